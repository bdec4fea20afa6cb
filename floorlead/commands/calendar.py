"""Special days of the office calendar from a file."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from floorlead.commands.common import format_option, import_facts, import_lines, sure_option
from floorlead.commands.work import open_sure, say_done
from floorlead.entry import Options


@click.command("calendar", short_help="Holidays from CSV or XLSX. 放假安排")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Only tell what would happen. 只预览")
@sure_option
@format_option("text", "json")
@click.pass_obj
def import_calendar(options: Options, file: Path, dry_run: bool, sure: bool, form: str) -> None:
    """Import holidays and make-up workdays (date,kind,name), all or nothing. 导入放假和调休, 有错的行一并列出。

    JSON: `new`, `changed`, `same`, `refused[]` (`line`, `text`, `reason`), `imported`, `warnings[]`.
    """
    from floorlead.calendar import moves
    from floorlead.calendar.files import Unreadable, read_calendar
    from floorlead.store import Refused

    store = open_sure(options, sure, reading=dry_run and options.path.exists(), create=True)
    try:
        found = read_calendar(file.read_bytes())
    except Unreadable as error:
        raise Refused("E193", str(error)) from error
    plan = moves.plan(store, found.days)
    imports = not dry_run and not found.refused
    if imports:
        plan = moves.carry_out(store, found.days)
    lines = import_lines(plan, found.refused)
    say_done(import_facts(plan, found.refused, imports), "\n".join(lines) + "\n", form)
    sys.exit(1 if found.refused and not dry_run else 0)
