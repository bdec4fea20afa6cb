"""From a table's records to values by field: each cell is read once, each different text only once in a file.

What is wrong with a line is collected with its number; the other lines go on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from floorlead.cars import rules
from floorlead.exchange.records import Table, Values
from floorlead.tables import cells
from floorlead.tables.cells import Wrong
from floorlead.tables.csvtext import Record
from floorlead.tables.refused import RefusedLine, refused_line
from floorlead.words import _

Progress = Callable[[int, int], None]
"""Told how many of how many lines are done; it may raise to stop the work."""
SHOWN = 120
"""Characters of a refused line that are told."""
STEP = 500
"""Lines from one report of progress to the next."""
Parser = Callable[[str], Any]


class Memo(dict[str, Any]):
    """A reader of cells that reads each text once; what is wrong is read again and refused again."""

    def __init__(self, read: Parser) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, cell: str) -> Any:
        value = self[cell] = self.read(cell)
        return value


def silent(_done: int, _total: int) -> None:
    """No progress wanted."""


def iso(shift: int) -> Parser:
    """A reader of days, moved by `shift`, as ISO text or None."""

    def read(cell: str) -> str | None:
        found = cells.day(cell, shift)
        return found.isoformat() if found else None

    return read


def limited(limit: int) -> Parser:
    """A reader of words of at most `limit` characters; a lone dash is nothing. No identity-card or bank-card number."""
    return lambda cell: cells.filled(cells.free_word(cell, limit))


def one_of(values: Mapping[str, str], sentence: str) -> Parser:
    """A reader of words that stand for a value; `sentence` refuses all others (`{word}`)."""

    def read(cell: str) -> str:
        text = cells.word(cell)
        found = values.get(cells.key(text).replace("_", " "))
        if found is None:
            raise Wrong(_(sentence).format(word=text))
        return found

    return read


def vin(cell: str) -> str:
    """A VIN as it is kept; empty for nothing. Raises Wrong for what no terminal may show."""
    number = rules.normal_vin(cells.not_lost(cell))
    return number if number.isalnum() and number.isascii() else rules.normal_vin(cells.filled(cells.word(cell, 60)))


def values_of(
    table: Table,
    columns: Mapping[str, int],
    parsers: Mapping[str, Parser],
    refused: list[RefusedLine],
    progress: Progress,
) -> Iterator[tuple[Any, Values]]:
    """Each line that can be read, as (record, values by field); those that cannot go to `refused`, blank ones are left out."""
    readers = [(name, at, parsers[name]) for name, at in columns.items()]
    width, total = len(table.headings), len(table.body)
    for count, record in enumerate(table.body):
        if not count % STEP:
            progress(count, total)
        row = record.cells
        if row is not None and not "".join(row).strip():
            continue
        try:
            if row is None or len(row) != width:
                row = cells.cells_of(record, width)
            yield record, Values({name: read(row[at]) for name, at, read in readers})
        except Wrong as wrong:
            refused.append(refusal(record, wrong, columns))


def refusal(record: Record, why: object, columns: Mapping[str, int]) -> RefusedLine:
    """A record refused, its text on one line."""
    return refused_line(record, why, SHOWN, [at for name, at in columns.items() if name == "phone"])
