"""A damaged file never closes the shop: put a backup back, look without writing, read out what can be read, or leave it.

Nothing here deletes anything; the damaged file is kept under another name.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from floorlead.entry import Options, run_app
from floorlead.store import Damaged, Refused, backup, held
from floorlead.text import fold, show
from floorlead.words import _

if TYPE_CHECKING:
    from pathlib import Path

    from floorlead.clock import Clock

FOREIGN = "E11"
"""No floorlead file: where it has backups its beginning was written over."""
LOOK, SALVAGE, LEAVE = "7", "8", "9"


def wanted(refused: Refused, path: Path) -> bool:
    """Whether a file that was refused is one to be rescued."""
    return isinstance(refused, Damaged) or (refused.code == FOREIGN and bool(backup.listed(path)))


def rescue(damage: Refused, options: Options, time: Clock) -> int:
    """Tell what happened and offer what can be done; returns the exit code."""
    _say(f"floorlead: {damage}")
    found = held.newest(options.path)
    best = next((one for one in found if not one.trouble and one.actions), None) or held.good(options.path)
    if best and best not in found:
        found = [*found[:-1], best]
    if not sys.stdin.isatty():
        _told_without_a_terminal(found, best, options, time)
        return 1
    while True:
        _offer(found, best, time)
        answer = _answer()
        if answer.isdigit() and 0 < int(answer) <= len(found):
            if _restored(found[int(answer) - 1], best, options, time):
                return run_app(options)
        elif answer == LOOK:
            _look(options, time)
        elif answer == SALVAGE:
            _salvage(options, time)
        else:
            return 1


def _told_without_a_terminal(found: Sequence[held.Held], best: held.Held | None, options: Options, time: Clock) -> None:
    if best:
        _say(_("The newest good backup: {path}; `floorlead restore {path}` puts it back").format(path=best.path))
    else:
        _say(_("There is no good backup beside it; `floorlead restore FILE` takes one from elsewhere"))
    for one in found:
        _say(f"  {show(one.line(time))}  {one.path.name}")
    _say(_("`floorlead salvage {path}` writes what can still be read as XLSX").format(path=options.path))


def _offer(found: Sequence[held.Held], best: held.Held | None, time: Clock) -> None:
    _say(_("Backups, the newest by what they hold first; a digit and Enter puts one back:") if found else
         _("There is no good backup beside it; `floorlead restore FILE` takes one from elsewhere"))  # fmt: skip
    for number, one in enumerate(found, 1):
        _say(f" {'>' if one is best else ' '}{number}  {show(one.line(time))}")
    _say("  " + LOOK + "  " + _("look at the damaged file, nothing is written"))
    _say("  " + SALVAGE + "  " + _("read out what can still be read, as XLSX, numbers masked"))
    _say("  " + LEAVE + "  " + _("leave everything as it is"))


def _restored(one: held.Held, best: held.Held | None, options: Options, time: Clock) -> bool:
    """Put a backup back. The newest good one needs nobody's leave; an older one loses entries, as `restore` does."""
    from floorlead.commands.pin import allow
    from floorlead.store import open_store

    if one.trouble:
        _say(_("This one is not sound; `floorlead restore --all-the-same {path}` takes it").format(path=one.path))
        return False
    try:
        if one is not best:
            store = open_store(one.path, time, reading=True, create=False)
            try:
                allow(store, "restore", False)
            finally:
                store.close()
        kept = backup.restore(one.path, options.path, time)
    except Refused as refused:
        _say(f"floorlead: {refused}")
        return False
    _say(_("Restored. The damaged file is kept as {path}").format(path=kept))
    return True


def _look(options: Options, time: Clock) -> None:
    from floorlead.commands.looking import look

    try:
        look(options, time)
    except Refused as refused:
        _say(f"floorlead: {refused}")


def _salvage(options: Options, time: Clock) -> None:
    from floorlead.commands.salvage import salvage

    try:
        done = salvage(options.path, time)
    except Refused as refused:
        _say(f"floorlead: {refused}")
        return
    _say(done.told())


def _answer() -> str:
    try:
        return fold(input("> ")).strip()
    except (EOFError, KeyboardInterrupt):
        return ""


def _say(text: str) -> None:
    print(text, file=sys.stderr)  # noqa: T201 - there is no screen yet
