"""A line of a foreign table that was not taken, with its reason: the same in every kind of list."""

from __future__ import annotations

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


def refused_line(found: Record, why: object, most: int = SHOWN) -> RefusedLine:
    """What is told of a record that was not taken: of its text `most` characters."""
    return RefusedLine(found.line, show(found.text[:most]), str(why))
