"""The one file: open it, read it, write it through one door, undo, back up, verify.

Every write is one action with its changes recorded by the file's own triggers, so that undo, history, audit
and the report's "who, when" are one mechanism.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from floorlead import shelf
from floorlead.clock import Clock
from floorlead.store import aftermath, chain, file, free, loose, schema
from floorlead.store.checking import Checking
from floorlead.store.deciding import Deciding, decided
from floorlead.store.errors import SQLITE, Busy, CannotWrite, Damaged, Refused, told
from floorlead.words import _

__all__ = ["Busy", "CannotWrite", "Damaged", "Refused", "Store", "decided", "open_store"]

LINK_COLUMNS = "seq, id, at, day, by, kind, target, first_change"


class Store(Checking, Deciding):
    """An open floorlead file. Read with `rows`/`one`, write only inside `with store.write(…) as db`."""

    def __init__(self, path: Path, db: sqlite3.Connection, clock: Clock, *, reading: bool = False) -> None:
        self.path = path
        self.clock = clock
        self.reading = reading
        self.by = ""
        self.sure_of: datetime | None = None
        """The time at which somebody said that the clock is right, however long nothing was entered."""
        self.repaired: list[str] = []
        self.notices: list[str] = []
        self.last: tuple[str, dict[str, Any]] | None = None
        """What this program last wrote, as (message, fields)."""
        self.last_kind = ""
        """The kind of action that was: `do`, `undo`, `redo`, or one that nothing takes back."""
        self.writes = 0
        """Actions written by this program since it opened the file."""
        self._db = db
        self._writing = False
        self._version = -1
        self._patience = file.TIMEOUT_SECONDS
        self._identity = file.identity(path)

    def notice(self, sentence: str) -> None:
        """Remember something the user should be told once the screen is there."""
        if sentence not in self.notices:
            self.notices.append(sentence)

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """All rows of a query: read at once, so that no open cursor holds up another terminal's write."""
        try:
            return self._db.execute(sql, values).fetchall()
        except SQLITE as error:
            raise told(error) from error

    def one(self, sql: str, *values: Any) -> Any:
        """The first column of the first row, or None."""
        found = self.rows(sql, *values)
        return found[0][0] if found else None

    def changed_elsewhere(self) -> bool:
        """Whether another terminal has written since this was last asked."""
        before, self._version = self._version, int(self.one("PRAGMA data_version"))
        return before != self._version

    def sealed(self, first: date, last: date) -> set[date]:
        """The days of a period whose report is sealed and not open again: what belongs to them cannot change."""
        sql = (
            "SELECT r.day FROM reports r WHERE r.day BETWEEN ? AND ? AND r.void = 0 AND NOT EXISTS (SELECT 1 FROM reports n WHERE "
            "n.day = r.day AND n.revision > r.revision) AND NOT EXISTS (SELECT 1 FROM reopens o WHERE o.day = r.day "
            "AND o.revision = r.revision)"
        )
        return {date.fromisoformat(day) for (day,) in self.rows(sql, first.isoformat(), last.isoformat())}

    def today(self) -> date:
        """The business day: the clock's, but never before the last sealed one, whatever the clock says."""
        last = self.one(f"SELECT r.day FROM reports r WHERE {schema.STANDS} ORDER BY r.day DESC LIMIT 1")
        day = self.clock.today()
        return max(day, date.fromisoformat(last)) if last else day

    @contextlib.contextmanager
    def write(
        self, what: str, /, *, by: str = "", kind: str = "do", target: int | None = None, **args: Any
    ) -> Iterator[sqlite3.Connection]:
        """One action: all of its changes are saved or none.

        `what` is an English message with `{fields}`, `args` fill it (a pair of words is `{"zh":…, "en":…}`).
        An action without any change leaves nothing behind. Raises Refused (Busy, CannotWrite).
        """
        self._may_write()
        try:
            with self.deciding():
                seq = self._open_action(what, by or self.by, kind, target, args)
                yield self._db
                self._close_action(seq)
                aftermath.commit(self._db, self._saving(seq))
            self.last, self.last_kind, self.writes = (what, args), kind, self.writes + 1
            aftermath.wrote(what, args)
        except _Nothing:
            self._roll_back()
        except SQLITE as error:
            self._roll_back()
            raise told(error) from error
        except BaseException:
            self._roll_back()
            raise
        finally:
            self._writing = False

    def _saving(self, seq: int) -> Callable[[], bool]:
        """Tells afterwards whether the action that is open now stands in the file."""
        sql = "SELECT id FROM actions WHERE seq = ?"
        mine = self._db.execute(sql, (seq,)).fetchone()
        return lambda: bool(self._db.execute(sql, (seq,)).fetchone() == mine)

    def _may_write(self) -> None:
        if self.reading:
            raise CannotWrite("E23", told(sqlite3.OperationalError("readonly")).sentence)
        if self._writing:
            raise RuntimeError("a write inside a write")
        self._writing = True

    def _open_action(self, what: str, by: str, kind: str, target: int | None, args: dict[str, Any]) -> int:
        db = self._db
        seq = (db.execute("SELECT max(seq) FROM actions").fetchone()[0] or 0) + 1
        first = (db.execute("SELECT max(id) FROM changes").fetchone()[0] or 0) + 1
        row = (seq, os.urandom(16).hex(), self.clock.utc(), self.today().isoformat(), by, kind, target, what,
               chain.canonical(args), first, chain.new_salt())  # fmt: skip
        db.execute(
            "INSERT INTO actions(seq, id, at, day, by, kind, target, what, args, first_change, salt) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row,
        )  # fmt: skip
        return seq

    def _close_action(self, seq: int) -> None:
        db = self._db
        kind, what, args, salt, first = db.execute(
            "SELECT kind, what, args, salt, first_change FROM actions WHERE seq = ?", (seq,)
        ).fetchone()
        if db.execute("SELECT 1 FROM changes WHERE id >= ? LIMIT 1", (first,)).fetchone() is None:
            raise _Nothing
        mine = "SELECT id, tbl, row, op, old, new FROM changes WHERE id >= ? ORDER BY id"
        if kind in ("do", "note"):
            free.refuse_card_numbers(db, db.execute(mine, (first,)))
        digest = chain.payload_digest(salt, what, args, db.execute(mine, (first,)))
        action = db.execute(f"SELECT {LINK_COLUMNS} FROM actions WHERE seq = ?", (seq,)).fetchone()
        before = db.execute("SELECT chain FROM actions WHERE seq = ?", (seq - 1,)).fetchone()
        link = chain.link(before[0] if before else "", action, digest)
        db.execute("UPDATE actions SET digest = ?, chain = ? WHERE seq = ?", (digest, link, seq))

    def draft(self, key: str) -> str | None:
        """A half-typed text or a page's place, as it was last kept."""
        value = self.one("SELECT value FROM drafts WHERE key = ?", key)
        return None if value is None else str(value)

    def keep_drafts(self, drafts: dict[str, str | None]) -> None:
        """Keep half-typed texts and places (None forgets one); they are no actions and have no history."""
        if self.reading or self._writing or self._decides() or not drafts:
            return
        self._wait_for_check()
        self._begin()
        try:
            for key, value in drafts.items():
                loose.put(self._db, key, value)
            self._db.execute("COMMIT")
        except SQLITE as error:
            self._roll_back()
            raise told(error) from error
        finally:
            self._hold_again()

    def patience(self, seconds: float) -> None:
        """How long a write waits for another terminal before it is Busy."""
        self._patience = seconds
        self.hurry(False)

    def hurry(self, on: bool) -> None:
        """Whether the file is only asked and never waited for; off, the patience of before is back."""
        self._db.execute(f"PRAGMA busy_timeout = {0 if on else int(self._patience * 1000)}")

    @property
    def connection(self) -> sqlite3.Connection:
        """The bare connection, for the store's own modules."""
        return self._db

    def replaced(self) -> bool:
        """Whether another file lies in this one's place by now (a restore, a copy); a missing file is no other."""
        now = file.identity(self.path)
        return now is not None and now != self._identity

    def take_up(self) -> None:
        """Go on with the file that lies in this one's place now. Raises Refused; the old one then stays open."""
        other = open_store(self.path, self.clock, reading=self.reading, create=False, check="none")
        self._db.close()
        self._db, self._identity, self._version = other._db, other._identity, -1
        self._held = self._wants_hold = False
        self.last, self.writes = None, self.writes + 1
        self.check_behind()

    def close(self) -> None:
        """Close the file."""
        self._db.close()


class _Nothing(Exception):
    """An action without a change: rolled back, and nobody needs to know."""


def open_store(path: Path, clock: Clock, *, reading: bool = False, create: bool = True, check: str = "now") -> Store:
    """Open the showroom's file, made anew where there is none (`create`).

    `check`: "now" checks the whole file first, "behind" while the program goes on, "none" not at all.
    Raises Refused: foreign, newer, damaged or unreadable. The file is then as it was.
    """
    path = shelf.real(path)
    found = bool(file.looked_at(path))
    create = create and not reading
    if not found and not create:
        raise file.none_at(path)
    if not found:
        _refuse_emptied(path)
    try:
        if not found:
            _make_room(path)
        return _opened(path, clock, reading or not file.writable(path), create, check)
    except SQLITE as error:
        raise told(error) from error
    except OSError as error:
        sentence = _("{path} cannot be made: {reason}")
        raise Refused("E18", sentence.format(path=path, reason=error.strerror)) from error


def _refuse_emptied(path: Path) -> None:
    """An empty file that has backups is no file still to be made: raises Damaged."""
    if path.exists():
        from floorlead.store import backup

        if backup.listed(path):
            told = _(
                "{path} is empty, though there are backups of it; restore one, or move the file away to begin anew"
            )
            raise Damaged("E541", told.format(path=path))


def _make_room(path: Path) -> None:
    shelf.private_folder(path.parent)
    if not file.writable(path):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _opened(path: Path, clock: Clock, reading: bool, create: bool, check: str) -> Store:
    db = file.connect_reading(path) if reading else file.connect(path)
    store = Store(path, db, clock, reading=reading)
    try:
        version = file.version_of(db)
        if reading and 0 < version < file.VERSION:
            store.close()
            return _brought_up_first(path, clock, check)
        if not version and not create:
            raise file.none_at(path)
        if check == "now" and version:
            file.check_integrity(db)
        if not reading:
            _bring_up(store, version)
    except BaseException:
        store.close()
        raise
    if check == "behind":
        store.check_behind()
    store.changed_elsewhere()  # what was written until now is no news to whoever opens the file now
    return store


def _brought_up_first(path: Path, clock: Clock, check: str) -> Store:
    """A file of an earlier version is brought up before it is read. Raises Refused where it cannot be written."""
    if not file.writable(path):
        sentence = _("{path} is of an earlier version; open it once where it may be written")
        raise Refused("E19", sentence.format(path=path))
    open_store(path, clock, create=False, check="none").close()
    return open_store(path, clock, reading=True, create=False, check=check)


def _bring_up(store: Store, version: int) -> None:
    """Migrate an older or new file (a backup first) and put missing triggers back."""
    if version < file.VERSION:
        from floorlead.store.upgrade import upgrade

        upgrade(store, version)
        return
    db = store.connection
    if schema.present_triggers(db) != schema.expected_triggers(db):
        db.execute("BEGIN IMMEDIATE")
        store.repaired = schema.install_triggers(db)
        aftermath.commit(db, lambda: schema.present_triggers(db) == schema.expected_triggers(db))
