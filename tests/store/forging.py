"""What a hand with a database browser changes: one value of a row to another that the table takes."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from floorlead.store import schema
from tests.store.conftest import forged

OTHERS = [
    "allocated",
    "damage",
    "away",
    "2026-11-24T09:30",
    "in_transit",
    "delivered",
    "tell",
    "workday",
    10**6,
    1200,
    "2027-12-31",
    "am",
    "asked",
    "2026-01-02",
    "late",
    "leader",
    "zone",
    "na",
    "note",
    "U",
    "D",
    *(
        "call",
        "repeat",
        "incident",
        "action",
        "contact",
        "export",
        "orders",
        "competitor",
        "evening",
        "upheld",
        "manager",
    ),
    *("agreed", "2027-01", "pass", "entries", "escalated", 0.5),
]
"""Values that some column takes for another."""


def edits(db: sqlite3.Connection, table: str, column: str, key: str, row: int) -> bool:
    """Change one value by hand to another that the table takes; whether there was one."""
    now = db.execute(f"SELECT {column} FROM {table} WHERE {key} = ?", (row,)).fetchone()[0]
    others: list[object] = [now + 1000, 1 - now, 3] if isinstance(now, int) else []
    others += [now + 1.5] if isinstance(now, float) else []
    others += [now + "x", *OTHERS] if isinstance(now, str) else [*OTHERS, 1, None]
    for other in [*others, None]:
        if other == now:
            continue
        with contextlib.suppress(sqlite3.IntegrityError):
            db.execute(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", (other, row))
            return True
    return False


def rows_of(path: Path, table: str) -> tuple[list[str], str, list[int]]:
    """A table's columns, its key, and its first, middle and last row."""
    with contextlib.closing(sqlite3.connect(path)) as db:
        columns = schema.columns(db, table)
        keys = [row for (row,) in db.execute(f"SELECT {columns[0]} FROM {table} ORDER BY 1")]
    return columns, columns[0], sorted({keys[0], keys[len(keys) // 2], keys[-1]})


@dataclass(frozen=True)
class Place:
    """One value of the file."""

    table: str
    column: str
    row: int


def places(path: Path, table: str) -> list[Place]:
    """Each column of the table's three rows."""
    columns, _key, rows = rows_of(path, table)
    assert len(rows) == 3, table
    return [Place(table, column, row) for column in columns for row in rows]


def change(path: Path, place: Place) -> set[tuple[str, int]]:
    """Change one value of a file; what verify may name for it, as (table, row): in the log it may be the action."""
    key = rows_of(path, place.table)[1]
    with forged(path) as db:
        action = db.execute("SELECT seq FROM changes WHERE id = ?", (place.row,)).fetchone()
        assert edits(db, place.table, place.column, key, place.row), place
    wanted = {(place.table, place.row), (place.table, place.row + 1000 * (place.column == key))}
    return wanted | ({("actions", action[0])} if place.table == "changes" else set())


def rounds(path: Path, tables: Iterable[str]) -> Iterator[list[Place]]:
    """Every place of the tables, a round with a column of each row at most; the keys, to which others point, last."""
    asked = {table: rows_of(path, table) for table in tables}
    for n in range(max(len(columns) for columns, _key, _rows in asked.values()) - 1):
        yield [
            Place(table, columns[1 + (n + nth) % (len(columns) - 1)], row)
            for table, (columns, _key, rows) in asked.items()
            for nth, row in enumerate(rows)
            if n < len(columns) - 1
        ]
    yield [Place(table, key, row) for table, (_columns, key, rows) in asked.items() for row in rows]


def change_all(path: Path, round_: list[Place]) -> None:
    """Change all places of a round."""
    with forged(path) as db:
        keys = {place.table: schema.columns(db, place.table)[0] for place in round_}
        for place in round_:
            assert edits(db, place.table, place.column, keys[place.table], place.row), place
