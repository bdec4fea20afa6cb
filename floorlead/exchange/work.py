"""Long work beside the keys: in a thread with its own connection, its progress told, stopped by a word with nothing changed."""

from __future__ import annotations

import contextlib
import hashlib
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from floorlead.clock import Clock
from floorlead.exchange import files, headings, moves, queries
from floorlead.exchange.records import Plan
from floorlead.exchange.told import Lines, lines_of
from floorlead.exchange.writing import write_list
from floorlead.record import record
from floorlead.store import Refused, Store, open_store
from floorlead.store.backup import copy
from floorlead.words import _

GIVE_WAY_SECONDS = 0.0005
"""How long the work may keep a key waiting at each of its steps; a page reads the file in a score of steps."""


class Stopped(Refused):
    """The work was stopped on request; nothing was changed."""

    def __init__(self) -> None:
        super().__init__("E179", _("Stopped; nothing was changed"))


class Job:
    """One piece of work: what it is called, how far it is, and whether it should stop."""

    def __init__(self, word: str) -> None:
        self.word = word
        self.done = self.total = 0
        self.stopping = False
        self.began = time.monotonic()

    def progress(self, done: int, total: int) -> None:
        """Told by the work; raises Stopped where it should stop."""
        self.done, self.total = done, total
        if self.stopping:
            raise Stopped

    def step(self, word: str) -> None:
        """The next part of the work begins."""
        self.word = word
        self.progress(0, 0)


@record
class Looked:
    """A file that was looked at: its digest, its columns, and what it would do; no plan where columns are missing."""

    kind: str
    path: str
    digest: str
    headings: tuple[str, ...]
    sample: tuple[str, ...]
    columns: Mapping[str, int]
    plan: Plan | None
    lines: Lines | None


@contextlib.contextmanager
def own_store(path: Path, clock: Clock, *, by: str = "", reading: bool = False) -> Iterator[Store]:
    """The file in a connection of this thread's own."""
    store = open_store(path, clock, reading=reading, create=False, check="none")
    store.by = by
    try:
        yield store
    finally:
        store.close()


def look(place: Path, clock: Clock, kind: str, typed: str, columns: Mapping[str, int] | None, job: Job) -> Looked:
    """Read a file and plan its import. Raises Refused."""
    path, data = files.fetch(typed)
    table = files.read(data, path.name, kind)
    digest = hashlib.sha256(data).hexdigest()
    with own_store(place, clock, reading=True) as store:
        known = columns if columns is not None else queries.remembered(store, table)
        if known is None:
            headings.right_kind(table)
        found = headings.recognised(table, known)
        sample = tuple(table.body[0].cells or ()) if table.body else ()
        told = (kind, str(path), digest, table.headings, sample)
        if headings.missing(kind, found):
            return Looked(*told, found, None, None)
        plan = moves.plan(store, table, found, job.progress)
        return Looked(*told, found, plan, lines_of(plan, queries.models(store)))


def enter(store: Store, looked: Looked, partial: bool, job: Job) -> tuple[str, dict[str, Any]] | None:
    """A backup, then the import as it was shown; returns what the log says. Raises Refused; nothing was entered then.

    `store` is the screen's, of which only the path, the clock and the leader's name are used here.
    """
    assert looked.plan is not None
    _path, data = files.fetch(looked.path)
    if hashlib.sha256(data).hexdigest() != looked.digest:
        raise Refused("E178", _("The file was changed meanwhile; look at it again"))
    copy(store.path, store.clock, "import")
    job.step(_("Entering"))
    with own_store(store.path, store.clock, by=store.by) as own:
        moves.carry_out(own, looked.plan, job.progress, partial=partial)
        return own.last


def export(place: Path, clock: Clock, name: str, to: Path, job: Job) -> int:
    """Write a list to a file; returns its rows. Raises Refused; nothing was written then."""
    with own_store(place, clock, reading=True) as store:
        return write_list(store, name, to, job.progress)


def refusing(work: Callable[[], Any]) -> Callable[[], Any]:
    """Work for a thread: its refusal comes back as a value, and it lets the keys' thread go first."""

    def run() -> Any:
        before = sys.getswitchinterval()
        sys.setswitchinterval(GIVE_WAY_SECONDS)
        try:
            return work()
        except Refused as refused:
            return refused
        finally:
            sys.setswitchinterval(before)

    return run
