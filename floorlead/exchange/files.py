"""From a file to a table of one kind: its heading and the records below it. Nothing is judged here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import islice
from pathlib import Path

from floorlead.exchange.headings import recognised
from floorlead.exchange.records import Table
from floorlead.store import Refused
from floorlead.tables import fetching
from floorlead.tables.reading import Unreadable, read_table
from floorlead.words import _

LARGEST = 64 * 2**20
"""Bytes of a file that is still looked at."""
TITLES = 20
"""Lines among which the heading is looked for."""


def fetch(typed: str) -> tuple[Path, bytes]:
    """The path that was typed or pasted, and its bytes. Raises Refused."""
    return fetching.fetch(typed, "E176", LARGEST, _("{path} is too large for a list"))


def read(data: bytes, name: str, kind: str, *, shift: timedelta = timedelta()) -> Table:
    """The table of a kind in a file's bytes; every day in it is moved by `shift`. Raises Refused."""
    try:
        found = read_table(data, name)
    except Unreadable as error:
        raise Refused("E177", str(error)) from error
    filled = [at for at, record in islice(enumerate(found), TITLES) if record.cells and not record.blank]
    first = next((at for at in filled if _is_heading(kind, found[at].cells)), filled[0] if filled else None)
    if first is None:
        raise Refused("E177", _("The file is empty."))
    return Table(kind, name, tuple(found[first].cells or ()), found[first + 1 :], shift.days)


def _is_heading(kind: str, cells: Sequence[str] | None) -> bool:
    """Whether a line names at least two known columns; a dealer system likes to put its own title above."""
    return len(recognised(Table(kind, "", tuple(cells or ()), ()))) > 1
