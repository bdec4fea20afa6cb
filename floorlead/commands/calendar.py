"""Special days of the office calendar from a file."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from floorlead.commands.common import format_option
from floorlead.commands.work import as_json, open_for, out
from floorlead.entry import Options
from floorlead.words import _


@click.command("calendar", short_help="Holidays from CSV or XLSX. 放假安排")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Only tell what would happen. 只预览")
@format_option("text", "json")
@click.pass_obj
def import_calendar(options: Options, file: Path, dry_run: bool, form: str) -> None:
    """Import holidays and make-up workdays (date,kind,name), all or nothing. 导入放假和调休, 有错的行一并列出。

    JSON: `new`, `changed`, `same`, `refused[]` (`line`, `text`, `reason`), `imported`.
    """
    from floorlead.calendar import moves
    from floorlead.calendar.files import Unreadable, read_calendar
    from floorlead.store import Refused

    store = open_for(options, reading=dry_run and options.path.exists(), create=True)
    try:
        found = read_calendar(file.read_bytes())
    except Unreadable as error:
        raise Refused("E193", str(error)) from error
    plan = moves.plan(store, found.days)
    if not dry_run and not found.refused:
        plan = moves.carry_out(store, found.days)
    told = {"new": len(plan.new), "changed": len(plan.changed), "same": plan.same,
            "imported": not dry_run and not found.refused,
            "refused": [{"line": r.line, "text": r.text, "reason": r.reason} for r in found.refused]}  # fmt: skip
    out(as_json(told) if form == "json" else _told(told), None)
    sys.exit(1 if found.refused and not dry_run else 0)


def _told(told: dict[str, object]) -> str:
    refused = told["refused"]
    assert isinstance(refused, list)
    lines = [_("new {new}, changed {changed}, the same {same}, refused {refused}").format(
        new=told["new"], changed=told["changed"], same=told["same"], refused=len(refused))]  # fmt: skip
    lines += [_("line {line}: {reason}").format(line=one["line"], reason=one["reason"]) for one in refused]
    return "\n".join(lines) + "\n"
