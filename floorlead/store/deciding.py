"""One decision: what a move reads, what it refuses for and what it writes, with no other writer in between.

A move that looks first and begins its write afterwards decides on what another terminal may have changed meanwhile. So
the write begins before the first look, and the clock stands until the last word.
"""

from __future__ import annotations

import contextlib
import functools
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from floorlead.record import replace
from floorlead.store.errors import SQLITE, Busy, Refused, told
from floorlead.words import _

if TYPE_CHECKING:
    from floorlead.clock import Clock
    from floorlead.store import Store

P = ParamSpec("P")
R = TypeVar("R")


def decided(move: Callable[P, R]) -> Callable[P, R]:
    """A move on a store (its first argument) whose guards are read inside the transaction that writes. Raises Busy."""

    @functools.wraps(move)
    def inside(*args: P.args, **kwargs: P.kwargs) -> R:
        store: Any = args[0]
        with store.deciding():
            return move(*args, **kwargs)

    return inside


class Deciding:
    """A connection's transactions: a decision that writes, a hold that only reads."""

    clock: Clock
    reading: bool
    _db: sqlite3.Connection
    _held = False
    _wants_hold = False

    def _wait_for_check(self) -> None:
        raise NotImplementedError

    @contextlib.contextmanager
    def deciding(self) -> Iterator[None]:
        """No other terminal writes while this lasts, and the clock stands; what was not written is as it was.

        The first write inside saves and ends it; a move inside a move belongs to the outer one. Raises Busy.
        """
        if self.reading or self._decides():
            yield
            return
        self._wait_for_check()
        self._begin()
        running = self.clock
        moment = running.source()
        standing = self.clock = replace(running, source=lambda: moment)
        try:
            yield
        finally:
            if self.clock is standing:
                self.clock = running
            self._roll_back()
            self._hold_again()

    def _decides(self) -> bool:
        return self._db.in_transaction and not self._held

    def _begin(self) -> None:
        """Keep every other writer out; raises Busy where one is at work."""
        self._end_hold()
        try:
            self._db.execute("BEGIN IMMEDIATE")
        except SQLITE as error:
            raise told(error) from error

    def _roll_back(self) -> None:
        with contextlib.suppress(sqlite3.Error):
            if self._decides():
                self._db.execute("ROLLBACK")

    def hold(self) -> None:
        """One picture of the file for every read until `let_go` or a write; another program's write waits for it.

        Raises Busy where the file cannot be read now.
        """
        self._wants_hold = True
        if self._db.in_transaction:
            return
        try:
            self._db.execute("BEGIN")
            self._db.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
            self._held = True
        except SQLITE as error:
            with contextlib.suppress(sqlite3.Error):
                self._db.execute("ROLLBACK")
            raise told(error) from error

    def _hold_again(self) -> None:
        """What follows a write sees one picture again, where the file can be read."""
        if self._wants_hold:
            with contextlib.suppress(Busy):
                self.hold()

    def let_go(self) -> None:
        """The end of a hold; nothing where there is none."""
        self._wants_hold = False
        self._end_hold()

    def _end_hold(self) -> None:
        if self._held:
            self._held = False
            with contextlib.suppress(sqlite3.Error):
                self._db.execute("COMMIT")


def must_still(now: object, before: object) -> None:
    """Refuse where a record that was looked at is no longer what it was; `now` is read inside the decision."""
    if now != before:
        raise Refused("E420", _("This was changed by another terminal meanwhile; look again"))


def must_rest(store: Store, seen: int, tables: Sequence[str]) -> None:
    """Refuse where one of these tables was changed after action `seen`: what was made from them is no longer true."""
    marks = ", ".join("?" * len(tables))
    if store.one(f"SELECT 1 FROM changes WHERE seq > ? AND tbl IN ({marks}) LIMIT 1", seen, *tables):
        raise Refused("E421", _("Another terminal changed what this was made from; make it again"))
