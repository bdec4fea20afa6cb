"""The last gate of every write: no identity-card or bank-card number reaches a row, whatever field it was typed into.

A number of the showroom's own (an order's, a VIN) may have as many digits; what stood in a row before is left alone.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from floorlead.secrets import holds_identity, holds_number
from floorlead.store import schema
from floorlead.store.errors import Refused
from floorlead.words import _

NUMBERS = frozenset(("vin", "number"))
"""Columns that hold a number by their sense: only an identity number is refused there."""
MADE = frozenset(("reports", "templates", "card_words", "month_closes", "import_maps", "prints", "accounts"))
"""Tables whose texts the program makes of other rows."""
_MANY = re.compile(r"[^\W_a-zA-Z](?:(?:[^\w,']|_){0,3}[^\W_a-zA-Z]){14}")
"""Fifteen digits or Han near each other: nothing shorter can be such a number."""


def refuse_card_numbers(db: sqlite3.Connection, changes: Sequence[Sequence[Any]]) -> None:
    """Look at what an action wrote; a change is (id, table, row, op, old, new). Raises Refused E401."""
    names: dict[str, list[str]] = {}
    for _id, table, _row, _op, old, new in changes:
        if new is None or table in MADE or not _MANY.search(new):
            continue
        before = set(schema.parse_values(old)) if old else set()
        if table not in names:
            names[table] = schema.columns(db, table)
        for name, value in zip(names[table], schema.parse_values(new), strict=False):
            if isinstance(value, str) and value not in before:
                for text in _texts(value):
                    refuse(text, holds_identity if name in NUMBERS else holds_number)


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


def refuse(text: str, holds: Any = holds_number) -> None:
    """Raise Refused E401 when the text holds such a number."""
    if len(text) >= 15 and sum(char.isnumeric() for char in text) >= 15 and holds(text):
        sentence = _("Identity-card and bank-card numbers are not kept here; write it without the number")
        raise Refused("E401", sentence)
