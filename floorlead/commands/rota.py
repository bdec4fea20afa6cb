"""The rota as text, JSON, PDF or files, what it breaks, and the solver's commands below it."""

from __future__ import annotations

import importlib
import sys
from datetime import date, timedelta
from pathlib import Path

import click

from floorlead.commands.common import format_option, import_facts, import_lines, output_option, sure_option
from floorlead.commands.work import WrongUse, as_json, day_of, drawn, open_for, open_sure, out, say_done
from floorlead.entry import Options
from floorlead.outputs import Output
from floorlead.store import Store
from floorlead.words import _

LATER = {
    "make": "floorlead.commands.making:make",
    "repair": "floorlead.commands.making:repair",
    "why": "floorlead.commands.making:why",
    "solve": "floorlead.commands.solving:solve",
}
"""Commands below this one that are loaded when they are named."""
MOST_DAYS = 366


class RotaGroup(click.Group):
    """The rota's own commands, those of the solver when they are named."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All of them."""
        return [*super().list_commands(ctx), *LATER]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """One of them."""
        if name not in LATER:
            return super().get_command(ctx, name)
        module, _sep, attribute = LATER[name].partition(":")
        found: click.Command = getattr(importlib.import_module(module), attribute)
        return found


@click.group(cls=RotaGroup, invoke_without_command=True, short_help="Who works when. 排班表")
@click.option("--from", "first", help="The first day; this week's Monday when none is named. 从哪天起")
@click.option("--days", type=click.IntRange(1, MOST_DAYS), help="How many days: 1 is the desk sheet, 7 a week. 几天")
@format_option("text", "json", "pdf", "chat", "csv", "xlsx", "ics")
@click.option("--out", "folder", type=click.Path(path_type=Path), help="The folder for csv, xlsx, ics. 放文件的文件夹")
@output_option
@click.pass_context
def rota(
    ctx: click.Context, first: str | None, days: int | None, form: str, folder: Path | None, output: Output | None
) -> None:
    """Print the rota: a week as it stands, or other days. 打印排班表。csv、xlsx、ics 写进文件夹并列出文件名。

    JSON: `from`, `to`, `published_at`, `days[]` (`date`, `kind`: work, weekend, holiday, makeup, closed, `planned`,
    `short` heads missing, `desk_gaps[]`, `published`), `people[]` (`id`, `number`, `name`, `trainee`, `cells` by date:
    `code`, `planned`, `locked`, `leave`, `outing`, `half`, `changed`; `counts`: `desk`, `late`, `weekend`, `off`,
    `substitute`), `desk[]` (`date`, `slot`, `from`, `to`, `holder`, `substitute`: numbers or null), `gaps[]`,
    `calendar_unknown[]` (years whose holidays are not known).
    """
    if ctx.invoked_subcommand is not None:
        return
    store = open_for(ctx.obj)
    start, last = span(store, first, days)
    if form in ("csv", "xlsx", "ics"):
        _write(store, form, start, last, folder, output)
    else:
        out(_made(store, form, start, last), output)


def span(store: Store, first: str | None, days: int | None) -> tuple[date, date]:
    """The first and last day asked for: from this week's Monday, seven days. Raises WrongUse."""
    today = store.today()
    start = day_of(store, first) if first else today - timedelta(days=today.weekday())
    try:
        return start, start + timedelta(days=(days or 7) - 1)
    except OverflowError as error:
        raise WrongUse(_("'{text}' is not a day; write it as 2026-11-23").format(text=first)) from error


def _made(store: Store, form: str, first: date, last: date) -> bytes | str:
    from floorlead.calendar import queries as calendar
    from floorlead.calendar import rules
    from floorlead.rota import exporting, papers, queries, telling

    if form == "json":
        unknown = rules.unknown_years(calendar.office(store), first, last)
        return as_json(telling.to_json(queries.read(store, first, last)) | {"calendar_unknown": unknown})
    if form == "chat":
        return exporting.chat_text(store, queries.read(store, first, last))
    return drawn(papers.of_days(store, first, last, text=form == "text"), form, store.path)


def _write(store: Store, form: str, first: date, last: date, folder: Path | None, output: Output | None) -> None:
    """Into the folder named, the one of `-o`, or the usual one; tells the files."""
    from floorlead.rota import exporting
    from floorlead.store import Refused

    place = folder or (output.path.parent if output else None)
    if place is not None and not place.is_dir():
        told = _("There is no folder {folder}; make it first, or write the file elsewhere")
        raise Refused("E182", told.format(folder=place))
    paths = exporting.write(store, form, first, last, place, output.path if output else None)
    out("".join(f"{path}\n" for path in paths), None)


@rota.command(short_help="What the rota breaks. 检查排班")
@click.option("--from", "first", help="The first day; this week's Monday when none is named. 从哪天起")
@click.option("--days", type=click.IntRange(1, MOST_DAYS), help="How many days, 7 when none are named. 几天")
@format_option("text", "json")
@click.pass_obj
def check(options: Options, first: str | None, days: int | None, form: str) -> None:
    """Name every rule that the rota breaks: law, house rule and wish apart. 列出违反的每一条: 法定、店规、愿望分开。

    Exit code 1 when a law is broken or a day has no rota. JSON: `from`, `to`, `broken[]` (`kind`: law, house, wish;
    `code`, `text`, `date`, `slot`, `people[]` by number), `unplanned` (`days[]`, `desk_slots`), `calendar_unknown[]`
    (years whose holidays are not known).
    """
    from floorlead.calendar import queries as calendar
    from floorlead.calendar import rules
    from floorlead.rota import findings, queries, telling

    store = open_for(options)
    start, last = span(store, first, days)
    found, stretch, office = (
        findings.broken(store, start, last),
        queries.read(store, start, last),
        calendar.office(store),
    )
    bare = findings.unplanned(stretch)
    if form == "json":
        told = {
            "from": start.isoformat(), "to": last.isoformat(), "broken": telling.broken_json(found, stretch.people),
            "unplanned": {"days": [day.isoformat() for day in bare.days], "desk_slots": bare.slots},
            "calendar_unknown": rules.unknown_years(office, start, last),
        }  # fmt: skip
        out(as_json(told), None)
    else:
        counts = [findings.counted(found)] if found or not bare.whole else []
        lines = [*findings.verdict(bare, found), *map(findings.words_of, found)]
        out("\n".join([*counts, *rules.unknown_told(office, start, last), *lines]) + "\n", None)
    sys.exit(1 if bare.days or any(one.kind == "law" for one in found) else 0)


@click.command("rota", short_help="A rota from CSV or XLSX. 排班表")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Only tell what would happen. 只预览")
@sure_option
@format_option("text", "json")
@click.pass_obj
def import_rota(options: Options, file: Path, dry_run: bool, sure: bool, form: str) -> None:
    """Read a rota in (date,person,shift,locked; date,slot,holder,substitute), all or nothing. 导入排班表, 有错的行一并列出。

    A person is a number or a name, a shift its code, sign or word in either language. JSON: `new`, `changed`, `same`,
    `refused[]` (`line`, `text`, `reason`), `imported`, `warnings[]`.
    """
    from floorlead.rota import importplan

    store = open_sure(options, sure, reading=dry_run and options.path.exists(), create=True)
    plan = importplan.found_in(store, file.read_bytes())
    imports = not dry_run and not plan.refused
    if imports:
        importplan.carry_out(store, plan)
    lines = import_lines(plan, plan.refused)
    say_done(import_facts(plan, plan.refused, imports), "\n".join(lines) + "\n", form)
    sys.exit(1 if plan.refused and not dry_run else 0)
