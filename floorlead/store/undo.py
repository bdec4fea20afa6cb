"""Undo and redo, unlimited for the current business day and over restarts; each is a new action in the log.

What was recorded is played backwards (or forwards again), and only onto rows that still are as the action
left them.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from floorlead.record import record
from floorlead.store import log, schema
from floorlead.store.deciding import decided
from floorlead.store.errors import Refused
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.store import Store

UNDID = N_("Undone: {done}")
REDID = N_("Done again: {done}")


@record
class Change:
    """One recorded change; `old` and `new` are the row's values in column order, None where there was no
    row."""

    table: str
    row: int
    old: list[Any] | None
    new: list[Any] | None

    def inverse(self) -> Change:
        """The change that takes this one back."""
        return Change(self.table, self.row, self.new, self.old)


def stacks(store: Store) -> tuple[list[int], list[int]]:
    """The actions of today that undo would take back and redo would do again, the next one last.

    What was erased with a customer's data is stepped over: nothing is left of it that could be taken back.
    """
    undo: list[int] = []
    redo: list[int] = []
    day = store.today().isoformat()
    for seq, kind, target in store.rows("SELECT seq, kind, target FROM actions WHERE day = ? ORDER BY seq", day):
        _step(undo, redo, seq, kind, target)
    gone = erased(store)
    return [seq for seq in undo if seq not in gone], [seq for seq in redo if seq not in gone]


def erased(store: Store) -> set[int]:
    """The actions of today that were erased with a customer's data."""
    day = store.today().isoformat()
    return {row[0] for row in store.rows("SELECT seq FROM actions WHERE day = ? AND salt IS NULL AND chain <> ''", day)}


def behind_a_seal(store: Store) -> bool:
    """Whether today's report was sealed: what was done before is no longer taken back."""
    day = store.today().isoformat()
    return bool(store.one("SELECT 1 FROM actions WHERE day = ? AND kind = 'seal' LIMIT 1", day))


def _step(undo: list[int], redo: list[int], seq: int, kind: str, target: int | None) -> None:
    if kind == "do":
        undo.append(seq)
        redo.clear()
    elif kind == "undo" and target in undo:
        undo.remove(target)
        redo.append(target)
    elif kind == "redo" and target in redo:
        redo.remove(target)
        undo.append(target)
    elif kind in ("seal", "reopen"):
        undo.clear()
        redo.clear()


def changes_of(store: Store, seq: int) -> list[Change]:
    """What an action changed, in its order."""
    first = store.one("SELECT first_change FROM actions WHERE seq = ?", seq)
    after = store.one("SELECT first_change FROM actions WHERE seq = ?", seq + 1)
    rows = store.rows(
        "SELECT tbl, row, old, new FROM changes WHERE id >= ? AND id < ? ORDER BY id", first, after or 2**62
    )
    later = {table: schema.defaults(store.connection, table) for table in {row[0] for row in rows}}
    return [Change(t, r, _parsed(old, later[t]), _parsed(new, later[t])) for t, r, old, new in rows]


def _parsed(text: str | None, defaults: list[Any]) -> list[Any] | None:
    if text is None:
        return None
    values = schema.parse_values(text)
    return values + defaults[len(values) :]


@decided
def undo(store: Store) -> log.Action | None:
    """Take back the last action of today; returns it, or None when there is nothing. Raises Refused."""
    done, _redo = stacks(store)
    return _play(store, done, "undo", UNDID)


@decided
def redo(store: Store) -> log.Action | None:
    """Do again what was last taken back; returns it, or None when there is nothing. Raises Refused."""
    _undo, undone = stacks(store)
    return _play(store, undone, "redo", REDID)


@decided
def _play(store: Store, stack: list[int], kind: str, words: str) -> log.Action | None:
    if not stack:
        return None
    target = log.action(store, stack[-1])
    changes = changes_of(store, target.seq)
    if kind == "undo":
        changes = [change.inverse() for change in reversed(changes)]
    done = {"zh": _in("zh", target), "en": _in("en", target)}
    with store.write(words, kind=kind, target=target.seq, done=done) as db:
        db.execute("PRAGMA defer_foreign_keys = ON")
        names = {table: schema.columns(db, table) for table in {change.table for change in changes}}
        for change in changes:
            if change.table not in schema.FIXED:  # a card's words stay: the next card finds them by digest
                _apply(db, change, names[change.table])
    return target


def _in(language: str, action: log.Action) -> str:
    from floorlead import words

    spoken = words.language()
    words.use(language)
    try:
        return action.words()
    finally:
        words.use(spoken)


def _apply(db: sqlite3.Connection, change: Change, names: list[str]) -> None:
    now = db.execute(f"SELECT * FROM {change.table} WHERE id = ?", (change.row,)).fetchone()
    if (None if now is None else list(now)) != change.old:
        sentence = _("This was changed again since, by another terminal or a later entry; it was left as it is")
        raise Refused("E42", sentence)
    if change.new is None:
        db.execute(f"DELETE FROM {change.table} WHERE id = ?", (change.row,))
    elif change.old is None:
        marks = ", ".join("?" * len(names))
        db.execute(f"INSERT INTO {change.table} VALUES ({marks})", change.new)
    else:
        settings = ", ".join(f"{name} = ?" for name in names)
        db.execute(f"UPDATE {change.table} SET {settings} WHERE id = ?", (*change.new, change.row))
