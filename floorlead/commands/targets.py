"""A month's targets as text, JSON or PDF, and setting them."""

from __future__ import annotations

import click

from floorlead.commands.common import format_option, output_option
from floorlead.commands.work import WrongUse, as_done, as_json, drawn, open_for, out
from floorlead.entry import Options
from floorlead.outputs import Output
from floorlead.words import _


@click.command(short_help="The month's targets and pace. 月目标和进度")
@click.option("--month", help="The month, 2026-11; this one by default. 哪个月")
@click.option(
    "--set", "wanted", multiple=True, metavar="MEASURE=N", help="Set a target; N empty takes it away. 设定目标"
)
@format_option("text", "json", "pdf")
@output_option
@click.pass_obj
def targets(options: Options, month: str | None, wanted: tuple[str, ...], form: str, output: Output | None) -> None:
    """Print a month's targets: where it stands, by week, day and person. 打印月目标: 进度、按周、按日、按人。

    Measures: visits, captured, drives, orders, deliveries.

    JSON: `month`, `as_of`, `calendar_known`, `open_days`, `days_left` (today too until closing), `time` (part of the month's weight until
    the evening of `as_of`), `measures[]` (`measure`, `target` or null, `actual`, `done`, `gap` (missing against the plan;
    below 0 when ahead), `needed_per_day`, `today`, `today_target`, `days_behind`, `cause_due`), `days[]` (`day`, `kind`, `weight`, `wanted`, `done`, both by measure), `people[]`
    (`name`, `share`, `part`, `wanted`, `done`), `causes[]` (`day`, `measure`, `cause`, `action`, `by`); with `--set` also `warnings[]`.
    """
    from floorlead.targets import moves, queries, rules, sheet
    from floorlead.targets.papers import read

    store = open_for(options, reading=not wanted)
    name = month or rules.month_of(store.today())
    try:
        rules.first_of(name)
    except ValueError as error:
        raise WrongUse(_("'{text}' is no month; write it as 2026-11").format(text=name)) from error
    if wanted:
        moves.set_targets(store, name, dict(_pair(one) for one in wanted))
    if form == "json":
        names = {ident: person.shown for ident, person in queries.people(store).items()}
        facts = sheet.to_json(queries.month(store, name), names)
        out(as_done(facts) if wanted else as_json(facts), output)
        return
    out(drawn(sheet.draw(read(store, name)), form, store.path), output)


def _pair(text: str) -> tuple[str, int | None]:
    """`orders=60` as its parts. Raises WrongUse."""
    measure, sign, number = text.partition("=")
    if not sign or (number and not number.isdecimal()):
        raise WrongUse(_("'{text}' sets nothing; write it as orders=60").format(text=text))
    return measure.strip(), int(number) if number else None
