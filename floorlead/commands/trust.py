"""What the file can tell of itself: history, undo, verify, backup, restore, doctor."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from floorlead.commands.common import day_option, format_option
from floorlead.commands.pin import allow, pin_option
from floorlead.commands.work import as_json, clock_of, day_of, open_for, out, say_json_or
from floorlead.entry import Options
from floorlead.store import aftermath
from floorlead.words import _

if TYPE_CHECKING:
    from floorlead.store.verify import Verdict


@click.command(short_help="What was done, by whom, when. 操作记录")
@day_option
@click.option("--limit", type=click.IntRange(1, 100_000), default=200, help="At most so many. 最多几条")
@format_option("text", "json")
@click.pass_obj
def history(options: Options, day: str | None, limit: int, form: str) -> None:
    """List the actions of a day (or the newest ones), newest first. 列出某天 (或最近) 的操作。

    JSON: a list of `seq`, `at` (UTC), `day`, `by`, `kind` (do, undo, redo, note, seal, reopen), `target`, `words`.
    """
    from floorlead.store import log

    store = open_for(options)
    found = log.actions(store, day_of(store, day) if day else None, limit)
    rows = [
        {"seq": a.seq, "at": a.at, "day": a.day, "by": a.by, "kind": a.kind, "target": a.target, "words": a.words()}
        for a in found
    ]
    text = "".join(f"{a.day} {log.local_time(store, a.at)}  {a.by}  {a.words()}\n" for a in found)
    say_json_or(rows, text or _("nothing was entered\n"), form)


@click.command(short_help="Take back the last action of today. 撤销今天最后一步")
@click.pass_obj
def undo(options: Options) -> None:
    """Take back the last action of today; it is a new entry in the history. 撤销今天的最后一步, 历史里留有记录。"""
    from floorlead.store import Refused
    from floorlead.store.undo import behind_a_seal
    from floorlead.store.undo import undo as take_back

    store = open_for(options, reading=False)
    action = take_back(store)
    if action is None:
        sealed = behind_a_seal(store)
        raise Refused(
            "E40", _("Nothing to take back since the report was sealed") if sealed else _("Nothing to undo today")
        )
    out(_("Undone: {words}\n").format(words=action.words()), None)


@click.command(short_help="Prove that the file is as it was entered. 校验数据")
@click.option("--seal", "mark", default="", help="The 16 hex digits on a paper. 纸上的封存码")
@format_option("text", "json")
@click.pass_obj
def verify(options: Options, mark: str, form: str) -> None:
    """Replay the history against the data and recompute every seal; exit code 1 when something differs. 校验全部数据。

    JSON: `ok`, `actions`, `rows`, `reports`, `last_seal`, `findings[]` (`table`, `row`, `sentence`), `first_rule[]`
    (numbers of reports whose own seal covers their facts only), `erased` (texts that left sealed reports for somebody's sake).
    """
    from floorlead.store.verify import verify as check

    verdict = check(options.path, mark)
    if verdict.ok:
        text = _("All is as it was entered: {actions} actions, {rows} rows, {reports} sealed reports\n").format(
            actions=verdict.actions, rows=verdict.rows, reports=verdict.reports
        )
        text += "".join(f"{line}\n" for line in _rules(verdict))
    else:
        text = "".join(f"!! {f.table} {f.row}: {f.sentence}\n" for f in verdict.findings)
    say_json_or(verdict.to_dict(), text, form)
    sys.exit(0 if verdict.ok else 1)


def _rules(verdict: Verdict) -> list[str]:
    """Which seal rule holds for which reports, and what was erased from sealed ones."""
    from floorlead.store.erase import spans

    lines = []
    if verdict.first_rule:
        told = _(
            "Sealed under the first rule, which covers the facts only: no. {numbers}; later seals cover all of them"
        )
        lines.append(told.format(numbers=spans(sorted(verdict.first_rule))))
    if verdict.erased:
        lines.append(
            _("{count} texts of sealed reports were erased for good; the seals still hold").format(count=verdict.erased)
        )
    return lines


@click.command(short_help="Make a backup now. 立即备份")
@click.option(
    "--to", type=click.Path(path_type=Path, file_okay=False), help="Into this folder, a USB stick say. 备份到这个文件夹"
)
@click.pass_obj
def backup(options: Options, to: Path | None) -> None:
    """Make a whole, checked copy of the file. 做一份完整并检查过的备份。"""
    from floorlead import outputs
    from floorlead.store.backup import back_up

    if to is not None:
        outputs.check_folder(to, options.path, its="backups")
    made = back_up(open_for(options), "manual", to)
    aftermath.did(lambda: str(made))
    out(f"{made}\n", None)
    if to is not None:
        with aftermath.step(_("That the copy lies there could not be noted: {reason}")):
            _note_outside(options, made)


def _note_outside(options: Options, made: Path) -> None:
    """Whoever is erased later is told where the copy lies. Raises Refused where the file takes no note."""
    from floorlead.access.moves import note_copy

    with contextlib.closing(open_for(options, reading=False)) as store:
        note_copy(store, made)


@click.command(short_help="Put a backup back. 恢复备份")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--all-the-same", is_flag=True, help="Also one that is not as it was entered. 有出入也恢复")
@pin_option
@click.pass_obj
def restore(options: Options, file: Path, all_the_same: bool, pin_stdin: bool) -> None:
    """Put a backup in the file's place, also when the file cannot be opened; the old one is kept. 用备份替换, 旧文件保留。"""
    from floorlead.store import backup as backups

    if not all_the_same:
        _refuse_unsound(file)
    _may_restore(options, file, pin_stdin)
    kept = backups.restore(file, options.path, clock_of(options))
    told = _("Restored {file}\n").format(file=file)
    aftermath.did(told.strip)
    out(told + (_("The file before is kept as {path}\n").format(path=kept) if kept else ""), None)


def _refuse_unsound(file: Path) -> None:
    """A backup is proven before it takes the file's place. Raises Refused (E544)."""
    from floorlead.store import Refused
    from floorlead.store.backup import check
    from floorlead.store.verify import verify as prove

    check(file)
    if findings := prove(file).findings:
        told = _("This backup is not as it was entered: {reason}. Nothing was changed; --all-the-same restores it")
        raise Refused("E544", told.format(reason=findings[0].sentence))


def _may_restore(options: Options, file: Path, pin_stdin: bool) -> None:
    """The manager's PIN of the file itself; of the backup where the file can no longer be read."""
    from floorlead.store import Refused, open_store

    if options.path.exists():
        try:
            store = open_store(options.path, clock_of(options), create=False)
        except Refused:
            store = open_store(file, clock_of(options), reading=True, create=False)
        try:
            allow(store, "restore", pin_stdin)
        finally:
            store.close()


@click.command(short_help="Look at the surroundings. 检查运行环境")
@format_option("text", "json")
@click.pass_obj
def doctor(options: Options, form: str) -> None:
    """Check what the data stands on: SQLite, disk, permissions, clock, terminal, backups, printer. 检查运行环境。

    JSON: a list of `name`, `state` (ok, warn), `words`, and `do` where there is something to do.
    """
    from floorlead.commands.checkup import look

    found = look(options)
    text = "".join(
        f"{'ok ' if one['state'] == 'ok' else '!!'} {one['name']}: {one['words']}\n"
        + (f"   -> {one['do']}\n" if "do" in one else "")
        for one in found
    )
    out(as_json(found) if form == "json" else text, None)
