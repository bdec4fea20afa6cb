"""Cards and reports: print them as text, JSON or PDF, seal, open again, send to the printer."""

from __future__ import annotations

import click

from floorlead.commands.common import day_option, format_option, output_option, sure_option
from floorlead.commands.pin import allow, pin_option
from floorlead.commands.work import as_done, day_of, make_card, make_report, make_week, open_for, open_sure, out
from floorlead.entry import Options
from floorlead.outputs import Output
from floorlead.store import aftermath
from floorlead.words import _


@click.command(short_help="The appearance and environment card. 仪表环境监督卡")
@day_option
@click.option("--list", "lists", multiple=True, help="Only this card (code); may be repeated. 只要这张卡")
@format_option("text", "json", "pdf")
@output_option
@click.pass_obj
def card(options: Options, day: str | None, lists: tuple[str, ...], form: str, output: Output | None) -> None:
    """Print a day's cards. 打印某天的检查卡。

    JSON: `day`, `lists[]` with `code`, `title`, `opened_at`, `opened_by`, `rest_passed[]` (`at`, `by`, `rows`, `marks`,
    `backfilled`), `counts` (`items`, `pass`, `fail`, `late`, `na`, `open`), `rows[]` with `subject`, `label`, `number`,
    `kind`, `list`, `away` and `marks` by item code: `result` (pass, fail, na, open), `reason`, `at`, `late`, `by`,
    `backfilled`, `value`, `first`, `first_at`, `points`. Times are the showroom's local time.
    """
    make_card(options, day, lists, form, output)


@click.command(short_help="The day report. 展厅日报")
@day_option
@click.option("--revision", type=click.IntRange(1), help="A sealed revision. 第几版")
@click.option("--week", is_flag=True, help="The week of that day instead. 那一周的汇总")
@format_option("text", "chat", "json", "pdf")
@output_option
@click.pass_obj
def report(
    options: Options, day: str | None, revision: int | None, week: bool, form: str, output: Output | None
) -> None:
    """Print a day's report: the sealed one, else the draft computed now. 打印日报: 已封存的, 否则是此刻的草稿。

    JSON: `day`, `number`, `revision`, `state` (draft, sealed), `seal`, `previous_seal` (64 hex or null), `sealed_at`,
    `showroom`, `leader`, `manager`, `reason`, `changed[]` and `sections` by name: `head`, `checks`, `people`, `tasks`,
    `remarks` and those that the showroom uses. With `--week`: `first`, `last`, `days[]`, `total`, `before`, `people[]`,
    `open`, `next`.
    """
    if week:
        make_week(options, day, form, output)
    else:
        make_report(options, day, revision, form, output)


@click.command(short_help="Seal the day's report. 封存日报")
@day_option
@sure_option
@format_option("text", "json")
@click.pass_obj
def seal(options: Options, day: str | None, sure: bool, form: str) -> None:
    """Seal a day: its report gets a number and a seal and is never changed again. 封存某天的日报, 编号, 之后不再改动。

    A clock days after the last entry, or before it, is asked about first: set it right, or say --yes.

    JSON: the sealed report, with the fields of `report --format json`, and `warnings[]`: what did not work after it.
    """
    from floorlead.report import sealing
    from floorlead.store import backup, witness

    store = open_sure(options, sure)
    done = sealing.seal(store, day_of(store, day))
    witness.keep(store, anyhow=True)
    with aftermath.step("{reason}"):
        backup.back_up(store, "seal")
    told = _("Sealed: no. {number} revision {revision} seal {seal}\n")
    out(
        as_done(done.to_dict())
        if form == "json"
        else told.format(number=done.number, revision=done.revision, seal=done.seal[:16]),
        None,
    )


@click.command(short_help="Open a sealed report again. 重开日报")
@day_option
@click.option("--reason", required=True, help="Why. 原因")
@click.option("--void", is_flag=True, help="It does not count: the day is still to come. 作废, 这一天还没到")
@pin_option
@click.pass_obj
def reopen(options: Options, day: str | None, reason: str, void: bool, pin_stdin: bool) -> None:
    """Open a sealed day again; the sealed revision stays readable and printable. 重开已封存的一天, 原版保留。

    `--void` is for a day that a wrong clock sealed before it came: a further revision says that the report does not count,
    its number stays, and the business day is the clock's again. Without --day it is the newest such day.
    """
    from floorlead.report import queries, sealing
    from floorlead.store import sealed

    store = open_for(options, reading=False, asked=void)
    ahead = sealed.ahead(store) if void and not day else None
    on = ahead.day if ahead else day_of(store, day)
    allow(store, "reopen", pin_stdin)
    if void:
        done = sealing.void(store, on, reason)
        told = _("The report of {day} is void; no. {number} stays, today is {today}\n")
        out(told.format(day=on, number=done.number, today=store.today()), None)
        return
    queries.reopen(store, on, reason)
    out(_("The report of {day} is open again\n").format(day=on), None)


@click.command("print", short_help="Send a paper to the printer. 打印到打印机")
@click.argument("what", type=click.Choice(["card", "report"]))
@day_option
@click.option("--printer", help="This printer instead of the showroom's. 用这台打印机")
@click.pass_obj
def print_(options: Options, what: str, day: str | None, printer: str | None) -> None:
    """Print the card or the report of a day on paper. 把某天的监督卡或日报打印出来。"""
    from floorlead import settings
    from floorlead.paper import press
    from floorlead.paper.outcome import outcome
    from floorlead.paper.queries import note_print, prints

    store = open_for(options, reading=False)
    on = day_of(store, day)
    device = printer if printer is not None else settings.get(store, "printer")
    if what == "card":
        from floorlead.checks.papers import PAPER_CARDS, read
        from floorlead.checks.sheet import draw as draw_card

        paper, revision, templates = draw_card(read(store, on, PAPER_CARDS, prints(store, "card", on, 0) + 1)), 0, {}
    else:
        from floorlead.report import queries, sheet

        found = queries.current(store, on)
        nth = prints(store, "report", on, found.revision) + 1 if found.sealed else 0
        paper, revision = sheet.draw(found, nth=nth), found.revision if found.sealed else 0
        templates = queries.kept_template(store, found) if found.sealed else {}
    name = f"{on:%Y%m%d}-{what}" + (f"-r{revision}" if revision else "")
    result = press.print_paper(paper, store.path, name, device, templates)
    aftermath.did(lambda: outcome(result))
    with aftermath.step(_("That it was printed is not noted in the file: {reason}")):
        note_print(store, what, on, revision, result.printer, str(result.path))
    out(outcome(result) + "\n", None)
