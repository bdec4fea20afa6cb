"""Visits, prospects, follow-ups and their papers on the command line; telephone numbers masked unless asked and noted."""

from __future__ import annotations

import click

from floorlead.commands.common import day_option, format_option, output_option
from floorlead.commands.pin import allow, pin_option
from floorlead.commands.work import WrongUse, as_json, day_of, drawn, open_for, out
from floorlead.entry import Options
from floorlead.outputs import Output
from floorlead.words import _


@click.command(short_help="Visits and calls of a day. 来店来电")
@day_option
@format_option("text", "json")
@output_option
@click.pass_obj
def visits(options: Options, day: str | None, form: str, output: Output | None) -> None:
    """Print the visits and calls of a day, counted by batches. 打印一天的来店来电, 按批次计。

    JSON: `day`, `counts` (`batches`, `walk_ins`, `calls`, `first`, `carded_first`, `repeat`, `non_intent`, `captured`,
    `looked`, `incomplete`, `drives`, `quotes`, `deals`), `visits[]`: `number`, `channel`, `kind`, `came_at`, `left_at`
    (local stamps, null where not known), `party`, `times`, `advisor` (`number`, `name`, or null), `customer` (`id`,
    `number`, `name`, `phone` masked, or null), `model`, `colour`, `grade`, `captured`, `test_drive`, `quote`, `finance`,
    `deal`, `incomplete`, `explained`, `source`, `purpose`, `competitor`, `note`.
    """
    from floorlead.customers import forms, telling

    store = open_for(options)
    on = day_of(store, day)
    if form == "json":
        out(as_json(telling.visits(store, on)), output)
        return
    paper, _shown = forms.make(store, forms.Asked(forms.REGISTER, on))
    out(forms.text_of(forms.REGISTER, paper), output)


@click.command(short_help="Prospects by advisor and grade. 意向客户")
@day_option
@format_option("text", "json")
@output_option
@click.pass_obj
def customers(options: Options, day: str | None, form: str, output: Output | None) -> None:
    """Print the open prospects with the floor per advisor; overdue as of the day. 打印在跟客户和每人的底线。

    JSON: `day`, `floor`, `grades` ({grade: count}), `advisors[]` (`number`, `name`, `grades`, `total`, `below` the floor,
    `due`, `overdue`; nobody's with `number` null), `customers[]`: `id`, `number`, `name`, `phone` (masked), `grade`,
    `model`, `colour`, `source`, `advisor` (`number`, `name`, or null), `first_on`, `last_contact`, `next_due`, `late`
    (days), `no_contact`, `progress`, `competitor`.
    """
    from floorlead.customers import telling

    store = open_for(options)
    on = day_of(store, day)
    found = telling.customers(store, on)
    out(as_json(found) if form == "json" else telling.customers_text(store, found), output)


@click.command(short_help="Follow-ups due and overdue. 回访")
@day_option
@format_option("text", "json")
@output_option
@click.pass_obj
def followups(options: Options, day: str | None, form: str, output: Output | None) -> None:
    """Print who is to be called by whom, the oldest first. 打印该回访谁, 逾期的在前。

    JSON: `day`, `due`, `overdue`, `done` (numbers), `advisors[]`: `number`, `name` (null for nobody's), `due`, `overdue`,
    `oldest` (days late), `reminded_at` (a stamp or null), `customers[]`: `id`, `number`, `name`, `phone` (masked),
    `grade`, `model`, `due` (the day), `shown_on` (the day before where the advisor rests), `late` (days), `asked` (an end
    is applied for).
    """
    from floorlead.customers import telling

    store = open_for(options)
    on = day_of(store, day)
    found = telling.followups(store, on)
    out(as_json(found) if form == "json" else telling.followups_text(store, found), output)


@click.command(short_help="A paper of the sheets and cards. 三表一卡")
@click.argument("paper", metavar="PAPER")
@day_option
@click.option("--advisor", default="", help="Staff ID or name. 顾问工号或姓名")
@click.option("--customer", default="", help="Customer no. or id, for the card. 客户编号")
@click.option("--phones", is_flag=True, help="Whole phone numbers; it is noted who took them. 手机号不打码, 留痕")
@pin_option
@format_option("text", "json", "pdf")
@output_option
@click.pass_obj
def form(
    options: Options, paper: str, day: str | None, advisor: str, customer: str, phones: bool, pin_stdin: bool, form: str,
    output: Output | None,
) -> None:  # fmt: skip
    """Write a paper: register, day, grid (of the day's month) or card. 写出登记表、营业日报、级别状况表或管理卡。

    JSON: `paper`, `title`, `day`, `head[]`, `tables[]` (`heading`, `columns[]`, `rows[][]`), `facts[]` (`label`, `text`),
    `notes[]`.
    """
    from floorlead.access import moves as access
    from floorlead.customers import forms, telling
    from floorlead.people.queries import meant

    store = open_for(options, reading=not phones)
    if phones:
        allow(store, "export", pin_stdin)
    if paper not in forms.PRINTED:
        kinds = ", ".join(forms.PRINTED)
        raise WrongUse(_("There is no paper '{kind}'; there are: {kinds}").format(kind=paper, kinds=kinds))
    on = day_of(store, day)
    asked = forms.Asked(paper, on, meant(store, advisor) if advisor else None, telling.meant(store, customer), phones)
    made, shown = forms.make(store, asked)
    if shown:
        access.note(store, "print", shown, forms.number_of(asked))
        if output is not None:
            access.note(store, "export", shown, str(output.path.absolute()))
    if form == "json":
        out(as_json(telling.paper(paper, on, made)), output)
    else:
        out(forms.text_of(paper, made) if form == "text" else drawn(made, form, store.path), output)
