"""Rows and columns drawn line by line: only the rows in sight are asked for, so 20,000 cost what 36 cost.

A grid knows its cursor and what is in sight; what a row says comes from its source.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from floorlead.record import record
from floorlead.widgets.line import Line


@record
class Column:
    """A column: its title, its cells, how it is aligned."""

    title: str
    cells: int
    align: str = "left"


@record
class Cell:
    """One cell's text and style; `do` is what a click means besides going to the row."""

    text: str
    style: str = ""
    do: str = ""


class Source(Protocol):
    """Where a grid's rows come from."""

    def __len__(self) -> int:
        """How many rows there are."""
        ...

    def row(self, index: int) -> Sequence[Cell]:
        """One row's cells, a cell for each column."""
        ...


class Rows:
    """A source over rows that are already in hand."""

    def __init__(self, rows: Sequence[Sequence[Cell]]) -> None:
        self.rows = rows

    def __len__(self) -> int:
        return len(self.rows)

    def row(self, index: int) -> Sequence[Cell]:
        """One row's cells."""
        return self.rows[index]


class Grid:
    """Columns over a source, a cursor, and the first row in sight; `base` numbers its rows for clicks."""

    def __init__(
        self,
        columns: Sequence[Column],
        source: Source | None = None,
        cursor: int = 0,
        base: int = 0,
        pointer: bool = True,
    ) -> None:
        self.columns = columns
        self.source: Source = Rows(()) if source is None else source
        self.cursor = cursor
        self.top = 0
        self.base = base
        self.pointer = pointer

    def clamp(self) -> None:
        """Keep the cursor on a row that is there."""
        self.cursor = max(0, min(self.cursor, len(self.source) - 1))

    def below(self, height: int) -> int:
        """How many rows stand below the last one in sight of `height`, as drawn last."""
        return max(0, len(self.source) - self.top - height)

    def move(self, key: str, page: int) -> bool:
        """Move the cursor for `up down pageup pagedown home end`; returns whether the key was one of them."""
        steps = {"up": -1, "down": 1, "pageup": -page, "pagedown": page, "home": -(10**9), "end": 10**9}
        if key not in steps:
            return False
        self.cursor += steps[key]
        self.clamp()
        return True

    def head(self, cells: int) -> Line:
        """The line of column titles."""
        line = Line().put("  " if self.pointer else "")
        for column in self.columns:
            line.col(column.title, column.cells, column.align, "head" if column.title.strip() else "").put(" ")
        return line.cropped(cells)

    def lines(self, cells: int, height: int, active: bool = True) -> list[Line]:
        """The rows in sight, at most `height` lines."""
        self.clamp()
        self.top = max(0, min(self.top, self.cursor, len(self.source) - height))
        self.top = max(self.top, self.cursor - height + 1)
        last = min(len(self.source), self.top + height)
        return [self._line(index, cells, active) for index in range(self.top, last)]

    def _line(self, index: int, cells: int, active: bool) -> Line:
        return self.drawn(index, self.source.row(index), cells, active)

    def drawn(self, index: int, row: Sequence[Cell], cells: int, active: bool) -> Line:
        """A row's line: the pointer, then its cells under their columns."""
        here = active and index == self.cursor
        go = f"row:{self.base + index}"
        line = Line().put("> " if here else "  ", "cursor" if here else "", go) if self.pointer else Line()
        for column, cell in zip(self.columns, row, strict=False):
            text_style = cell.style or ("cursor" if here else "")
            line.col(cell.text, column.cells, column.align, text_style, cell.do or go).put(" ", "", go)
        return line.cropped(cells)
