"""A line of a foreign table that was not taken, with its reason: the same in every kind of list."""

from __future__ import annotations

from collections.abc import Iterable

from floorlead.phones import safe, starred
from floorlead.record import record
from floorlead.tables.csvtext import Record
from floorlead.text import show

SHOWN = 200
"""Characters of a refused line that are told."""


@record
class RefusedLine:
    """A line that is not entered: its number, what stands there, and why in one phrase."""

    line: int
    text: str
    reason: str


def refused_line(found: Record, why: object, most: int = SHOWN, phones: Iterable[int] = ()) -> RefusedLine:
    """What is told of a record that was not taken: of its text `most` characters, no number whole in it; `phones` are
    the columns of telephone numbers, of which only the end is told however they are written."""
    text, cells = found.text[: 2 * most], found.cells or []
    for at in phones:
        if at < len(cells) and (cell := cells[at].strip()[:most]):
            text = text.replace(cell, starred(cell, most))
    return RefusedLine(found.line, show(safe(text.replace("\n", " "))[:most]), safe(str(why)))
