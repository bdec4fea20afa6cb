"""Names to be erased from whatever text tells them; a name that somebody else bears too is left where it may be theirs."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable

from floorlead.store import Store, schema
from floorlead.store.erase import STARS, Numbers, Row
from floorlead.store.unnaming import LEAST_NAME, NAMES, _names

OTHERS = {**NAMES, "people": ("name", "name_en")}
"""Columns that hold the name of somebody, by table."""


def names_of(db: sqlite3.Connection, rows: Iterable[Row]) -> frozenset[str]:
    """The names of the persons in these rows, now and before they were changed."""
    there = schema.recorded(db)
    mine = [row for row in rows if row[0] in NAMES and row[0] in there]
    return frozenset(name for row in mine for name in _names(db, row) if len(name) >= LEAST_NAME)


def names_there(store: Store, rows: Iterable[Row]) -> frozenset[str]:
    """The same of an open file."""
    return names_of(store.connection, rows)


def others_there(store: Store, rows: Iterable[Row]) -> frozenset[str]:
    """The names of everybody else in an open file."""
    return others(store.connection, rows)


def others(db: sqlite3.Connection, rows: Iterable[Row]) -> frozenset[str]:
    """The names of everybody else in the file."""
    mine, there, found = set(rows), schema.recorded(db), set()
    for table, columns in OTHERS.items():
        sql = f"SELECT id, {', '.join(columns)} FROM {table}"
        for ident, *names in db.execute(sql).fetchall() if table in there else ():
            if (table, ident) not in mine:
                found |= {name.strip() for name in names if name and name.strip("* ")}
    return frozenset(found)


class Whom(Numbers):
    """Somebody's numbers and names, found together in any text."""

    def __init__(self, numbers: Numbers, names: Iterable[str], others: Iterable[str] = ()) -> None:
        super().__init__(numbers.all)
        self.numbers = numbers
        theirs = {other for other in others if other}
        self.own = frozenset(name for name in names if len(name) >= LEAST_NAME and name not in theirs)
        self.shared = frozenset(names) - self.own
        longer = {other for other in theirs if any(name in other for name in self.own)}
        every = sorted(longer | self.own, key=len, reverse=True)
        self._named = re.compile("|".join(map(_spelled, every))) if self.own else None

    def __bool__(self) -> bool:
        return bool(self.numbers) or bool(self.own)

    def called(self, text: str) -> set[str]:
        """Those of the names that a text tells, none of them as a part of somebody else's."""
        if self._named is None or not any(name in text for name in self.own):
            return set()
        return {found[0] for found in self._named.finditer(text)} & self.own

    def within(self, text: str) -> set[str]:
        """Those of the numbers and names that a text holds."""
        return self.numbers.within(text) | self.called(text)

    def near(self, text: str) -> set[str]:
        """Those whose digits or signs follow each other in a text."""
        return self.numbers.near(text) | self.called(text)

    def without(self, text: str) -> str:
        """A text with stars in the place of the numbers and the names."""
        plain = self.numbers.without(text)
        if self._named is None or not self.called(plain):
            return plain
        return self._named.sub(lambda found: STARS if found[0] in self.own else found[0], plain)


def _spelled(name: str) -> str:
    """A Latin name stands by itself; Han run on."""
    return rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])" if name.isascii() else re.escape(name)
