"""A damaged file never closes the shop: restore the newest good backup, look without writing, or leave it.

Nothing here deletes anything; the damaged file is kept under another name.
"""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from floorlead.entry import Options, run_app
from floorlead.store import Refused, backup, file
from floorlead.words import _

if TYPE_CHECKING:
    from floorlead.clock import Clock


def rescue(damage: Refused, options: Options, time: Clock) -> int:
    """Tell what happened and offer what can be done; returns the exit code."""
    _say(f"floorlead: {damage}")
    good = newest_good(options.path)
    if good is None:
        _say(_("There is no good backup beside it; `floorlead restore FILE` takes one from elsewhere"))
        return 1
    if not sys.stdin.isatty():
        _say(_("The newest good backup: {path}; `floorlead restore {path}` puts it back").format(path=good.path))
        return 1
    _say(_("  1  restore the backup of {made} ({actions} actions)").format(made=good.made, actions=_actions(good.path)))
    _say(_("  2  leave everything as it is"))
    if _answer() != "1":
        return 1
    kept = backup.restore(good.path, options.path, time)
    _say(_("Restored. The damaged file is kept as {path}").format(path=kept))
    return run_app(options)


def newest_good(path: Path) -> backup.Backup | None:
    """The newest backup that passes its check."""
    for found in backup.listed(path):
        with contextlib.suppress(Refused, OSError):
            if file.looked_at(found.path):
                with contextlib.closing(file.connect_reading(found.path)) as db:
                    file.check_integrity(db)
                return found
    return None


def _actions(path: Path) -> int:
    with contextlib.closing(file.connect_reading(path)) as db:
        return int(db.execute("SELECT count(*) FROM actions").fetchone()[0])


def _answer() -> str:
    try:
        return input("> ").strip()
    except (EOFError, KeyboardInterrupt):
        return ""


def _say(text: str) -> None:
    print(text, file=sys.stderr)  # noqa: T201 - there is no screen yet
