"""What a whole copy of the file holds: its last action, how many there are, the sealed reports, and whether it is sound."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from floorlead.record import record, replace
from floorlead.store import backup, file, log
from floorlead.store.errors import SQLITE, Refused
from floorlead.store.verify import verify
from floorlead.words import _

if TYPE_CHECKING:
    from floorlead.clock import Clock

SHOWN = 5
"""Backups that a rescue shows."""


@record
class Held:
    """A copy of the file: `at` is the last action's time (UTC), `trouble` a sentence where the copy is not sound."""

    path: Path
    actions: int = 0
    at: str = ""
    by: str = ""
    words: str = ""
    sealed: int = 0
    trouble: str = ""

    def line(self, clock: Clock) -> str:
        """The copy in one line; the last action's time is the showroom's."""
        when = _local(self.at, clock)
        told = _("{when}  {actions} actions, {sealed} sealed reports  last: {by} {words}")
        line = told.format(when=when, actions=self.actions, sealed=self.sealed, by=self.by, words=self.words)
        return f"!! {line}  {self.trouble}" if self.trouble else line


def _local(at: str, clock: Clock) -> str:
    try:
        return clock.local(at).strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return _("no entry")


def newest(path: Path, count: int = SHOWN) -> list[Held]:
    """The newest backups of a store by what they hold, sound ones and others."""
    return [held(found.path) for found in backup.listed(path)[:count]]


def good(path: Path) -> Held | None:
    """The newest backup that is as it was entered."""
    return next(_sound(path), None)


def _sound(path: Path) -> Iterator[Held]:
    return (one for found in backup.listed(path) if not (one := held(found.path)).trouble and one.actions)


def held(path: Path) -> Held:
    """Look at one copy; nothing is raised, what is wrong with it is told."""
    found = Held(path)
    try:
        if not file.looked_at(path):
            return replace(found, trouble=_("empty"))
        found = _read(path)
        findings = verify(path).findings
    except (*SQLITE, Refused, OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        told = error.sentence if isinstance(error, Refused) else _("it cannot be read")
        return replace(found, trouble=told)
    if not findings:
        return found
    return replace(found, trouble=_("not as it was entered: {reason}").format(reason=findings[0].sentence))


def _read(path: Path) -> Held:
    import json

    with contextlib.closing(file.connect_reading(path)) as db:
        last = db.execute("SELECT at, by, what, args FROM actions ORDER BY seq DESC LIMIT 1").fetchone()
        count = db.execute("SELECT count(*) FROM actions").fetchone()[0]
        sealed = db.execute("SELECT count(*) FROM reports").fetchone()[0]
    if not last:
        return Held(path)
    at, by, what, args = last
    return Held(path, count, at, by, log.tell(what, json.loads(args) if args else {}), sealed)
