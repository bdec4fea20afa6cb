"""Everything that can still be read of a damaged file: page by page, and what a page lost out of the log of changes.

It reads bytes only and never asks SQLite about the damaged tree; what cannot be read is counted.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from floorlead.record import record
from floorlead.store import schema
from floorlead.store.pages import INTERIOR, LEAF, Pages, Row, Unreadable

LOG = ("changes", "actions")


@record
class Table:
    """A table's rows: those read from their pages, those told again by the log, and how many are lost."""

    name: str
    columns: tuple[str, ...]
    rows: dict[int, tuple[object, ...]]
    from_log: frozenset[int]
    lost: int
    bad_pages: int
    sure: bool
    """Whether `lost` is all: where the log has bad pages too it is only the least."""

    @property
    def read(self) -> int:
        """Rows read from their own pages."""
        return len(self.rows) - len(self.from_log)


class _Found:
    """What was found of one table while the pages are read."""

    def __init__(self, columns: tuple[str, ...], alias: int | None) -> None:
        self.columns = columns
        self.alias = alias
        self.rows: dict[int, tuple[object, ...]] = {}
        self.bad_rows = 0
        self.bad_pages = 0

    def take(self, rows: list[Row | None]) -> None:
        for row in rows:
            if row is None or not self.fits(row):
                self.bad_rows += 1
                continue
            values = list(row.values) + [None] * (len(self.columns) - len(row.values))
            if self.alias is not None:
                values[self.alias] = row.ident
            self.rows.setdefault(row.ident, tuple(values))

    def fits(self, row: Row) -> bool:
        return 0 < len(row.values) <= len(self.columns)


def tables(path: Path) -> list[Table]:
    """Read all that can be read. Raises OSError where the file itself cannot be read."""
    pages = Pages(path.read_bytes())
    found, roots = _known(), _roots(pages)
    seen: set[int] = set()
    for name, (root, sql) in roots.items():
        if (told := _columns(sql)) and (name not in found or len(told[0]) > 1):
            found[name] = _Found(*told)
        if name in found:
            _walk(pages, root, found[name], seen)
    _orphans(pages, found, roots, seen)
    return [_table(name, one, found) for name, one in found.items()]


def _known() -> dict[str, _Found]:
    """The tables that this program makes, for a file whose own words about them are gone."""
    from sqlite_utils import Database

    from floorlead.store.migrations import history

    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        history.apply(Database(db))
        names = [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {name: _Found(*_told(db, name)) for name in names}


def _columns(sql: str) -> tuple[tuple[str, ...], int | None] | None:
    """The columns of a table's words, and which of them is the rowid; None where the words cannot be read."""
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        try:
            db.execute(sql)
            name = db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchone()[0]
            return _told(db, name)
        except (sqlite3.Error, TypeError, ValueError):
            return None


def _told(db: sqlite3.Connection, name: str) -> tuple[tuple[str, ...], int | None]:
    quoted = name.replace('"', '""')
    info = db.execute(f'PRAGMA table_info("{quoted}")').fetchall()
    keys = [row[0] for row in info if row[5]]
    alias = keys[0] if len(keys) == 1 and info[keys[0]][2].upper() == "INTEGER" else None
    return tuple(row[1] for row in info), alias


def _roots(pages: Pages) -> dict[str, tuple[int, str]]:
    """Each table's first page and words: from the list of tables, or wherever a page of that list still lies."""
    listed = _Found(("type", "name", "tbl_name", "rootpage", "sql"), None)
    seen: set[int] = set()
    _walk(pages, 1, listed, seen)
    if listed.bad_pages or listed.bad_rows or not listed.rows:
        for number in range(1, pages.count + 1):
            rows = _leaf(pages, number) if number not in seen else []
            listed.take([row for row in rows if row and _is_schema(row)])
    found = {}
    for kind, name, _of, root, sql in listed.rows.values():
        if kind == "table" and isinstance(name, str) and isinstance(root, int) and isinstance(sql, str):
            found[name] = (root, sql)
    return found


def _is_schema(row: Row) -> bool:
    return len(row.values) == 5 and row.values[0] in ("table", "index", "trigger", "view")


def _leaf(pages: Pages, number: int) -> list[Row | None]:
    try:
        return list(pages.rows(number)) if pages.kind(number) == LEAF else []
    except Unreadable:
        return []


def _walk(pages: Pages, number: int, found: _Found, seen: set[int]) -> None:
    """Take the rows of a table's tree; a page that is none of its kind is counted, what lies below it is found later."""
    waiting = [number]
    while waiting:
        at = waiting.pop()
        if at in seen:
            continue
        try:
            kind = pages.kind(at)
            if kind == INTERIOR:
                waiting += reversed(pages.children(at))
            elif kind == LEAF:
                found.take(list(pages.rows(at)))
            else:
                raise Unreadable
            seen.add(at)
        except Unreadable:
            found.bad_pages += 1
            if at != 1:
                seen.add(at)


def _orphans(pages: Pages, found: dict[str, _Found], roots: dict[str, tuple[int, str]], seen: set[int]) -> None:
    """Leaves that no tree leads to any more go to the one table, of those with a gap, that all of their rows fit."""
    gaps = [name for name, one in found.items() if one.bad_pages or name not in roots]
    for number in range(2, pages.count + 1) if gaps else ():
        if number in seen:
            continue
        rows = _leaf(pages, number)
        whole = [row for row in rows if row and not _is_schema(row)]
        fitting = [name for name in gaps if whole and all(_belongs(found[name], row) for row in whole)]
        if len(fitting) == 1:
            found[fitting[0]].take(rows)


def _belongs(one: _Found, row: Row) -> bool:
    """Whether a row looks like one of the table's: as many values, the place of the rowid empty, none twice."""
    if len(row.values) != len(one.columns) or row.ident in one.rows:
        return False
    return one.alias is None or row.values[one.alias] is None


def _table(name: str, one: _Found, found: dict[str, _Found]) -> Table:
    sure = not one.bad_pages or (name in schema.RECORDED and not found["changes"].bad_pages)
    if name in LOG:
        gaps = max(one.rows, default=0) - len(one.rows)
        return Table(
            name, one.columns, dict(sorted(one.rows.items())), frozenset(), max(gaps, one.bad_rows), one.bad_pages, sure
        )
    last = _last_changes(found["changes"], name) if name in schema.RECORDED else {}
    rows = dict(one.rows)
    told, lost = set(), 0
    for row, (gone, new) in last.items():
        if row in rows or gone:
            continue
        if new:
            values = schema.parse_values(new)[: len(one.columns)]
            rows[row] = tuple(values + [None] * (len(one.columns) - len(values)))
            told.add(row)
        else:
            lost += 1
    lost = lost if last else max(one.bad_rows, lost)
    return Table(name, one.columns, dict(sorted(rows.items())), frozenset(told), lost, one.bad_pages, sure)


def _last_changes(changes: _Found, name: str) -> dict[int, tuple[bool, str]]:
    """What the log says of each row of a table last: whether it was deleted, and its values."""
    last: dict[int, tuple[bool, str]] = {}
    for row in _of_table(changes, name):
        last[row[0]] = (row[1] == "D", row[2])
    return last


def _of_table(changes: _Found, name: str) -> Iterator[tuple[int, str, str]]:
    for _ident, values in sorted(changes.rows.items()):
        _id, _seq, table, row, op, _old, new = values[:7]
        if table == name and isinstance(row, int):
            yield row, str(op), str(new or "")
