"""The last gate of every write: no identity-card or bank-card number reaches a row, whatever field it was typed into.

A number of the showroom's own (an order's, a VIN, the ends of VINs in a row) may have as many digits; what stood in a
row before, and what the program says by itself, is left alone.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from floorlead.secrets import LEAST, holds_identity, holds_number
from floorlead.store import schema
from floorlead.store.errors import Refused
from floorlead.words import _

NUMBERS = frozenset(("vin", "number"))
"""Columns that hold a number by their sense: only an identity number is refused there."""
MADE = frozenset((
    "reports", "templates", "card_words", "month_closes", "import_maps", "prints", "accounts", "announcements", "advices",
    "month_starts", "publications", "seals",
))  # fmt: skip
"""Tables whose texts the program makes of other rows."""
GONE_DAYS = 90
"""Days after which a car that left is no longer named by the end of its number."""
_MANY = re.compile(r"[^\W_a-zA-Z](?:(?:[^\w,']|_){0,3}[^\W_a-zA-Z]){14}")
"""Fifteen digits or Han near each other: nothing shorter can be such a number."""


def refuse_card_numbers(db: sqlite3.Connection, changes: Iterable[Sequence[Any]]) -> None:
    """Look at what an action wrote; a change is (id, table, row, op, old, new). Raises Refused E401."""
    names: dict[str, list[str]] = {}
    known: list[str] = []
    for _id, table, _row, _op, old, new in changes:
        if new is None or table in MADE or not _MANY.search(new):
            continue
        before = set(schema.parse_values(old)) if old else set()
        if table not in names:
            names[table] = schema.columns(db, table)
        for name, value in zip(names[table], schema.parse_values(new), strict=False):
            if isinstance(value, str) and value not in before:
                for text in _texts(value):
                    if _long_enough(text) and (holds_identity(text) if name in NUMBERS else holds_number(text)):
                        known = known or _tails(db)
                        _refuse(name in NUMBERS or holds_number(text, known))


def _tails(db: sqlite3.Connection) -> list[str]:
    """The ends by which people name the cars that are here, on their way, or not long gone."""
    of_cars = "SELECT DISTINCT substr(vin, -4) FROM cars WHERE coalesce(left_on, '9') >= "
    newest = "(SELECT date(max(day), ?) FROM actions)"
    return [tail for (tail,) in db.execute(of_cars + newest, (f"-{GONE_DAYS} days",))]


def _texts(value: str) -> Iterator[str]:
    """A cell's text; of what the program packed as JSON every text in it, since its numbers stand side by side."""
    if value[:1] not in ("{", "["):
        yield value
        return
    try:
        waiting = [json.loads(value)]
    except ValueError:
        yield value
        return
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict | list):
            waiting += one.values() if isinstance(one, dict) else one


def refuse(text: str, *, grouped: bool = True) -> None:
    """Raise Refused E401 when the text holds such a number; without `grouped` only for one that is not in groups."""
    _refuse(_long_enough(text) and holds_number(text, grouped=grouped))


def _long_enough(text: str) -> bool:
    return len(text) >= LEAST and sum(char.isnumeric() for char in text) >= LEAST


def _refuse(holds: bool) -> None:
    if holds:
        sentence = _("Identity-card and bank-card numbers are not kept here; write it without the number")
        raise Refused("E401", sentence)
