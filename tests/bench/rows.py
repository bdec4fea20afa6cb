"""The shared grid over many rows in the real shell: `python -m tests.bench.rows STORE 20000`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from floorlead.clock import stopped
from floorlead.store import open_store
from floorlead.widgets.desk import Desk
from floorlead.widgets.grid import Cell, Column, Grid
from floorlead.widgets.line import Line
from floorlead.widgets.page import Door, Page
from floorlead.widgets.shared import SHARED
from floorlead.widgets.shell import Shell

COUNT = int(sys.argv[2]) if len(sys.argv) > 2 else 36


class Cars:
    """Invented cars, one a row."""

    def __len__(self) -> int:
        return COUNT

    def row(self, index: int) -> Sequence[Cell]:
        """One car."""
        word = "Ready" if not index else ""
        return (Cell(str(index)), Cell(f"青屿云母白{index}"), Cell(f"{index % 200}天"), Cell(word))


class RowsPage(Page):
    """A list of cars."""

    name = "rows"
    key = "f2"
    word = "Rows"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.grid = Grid((Column("#", 6), Column("Car", 24), Column("Days", 8, "right"), Column("", 12)), Cars())

    def body(self, cells: int, height: int) -> list[Line]:
        """The rows in sight."""
        return [self.grid.head(cells), *self.grid.lines(cells, height - 1)]

    def press(self, key: str) -> bool:
        """Move."""
        return self.grid.move(key, 10)


if __name__ == "__main__":
    store = open_store(Path(sys.argv[1]), stopped("2026-11-24T08:41"), check="none")
    desk = Desk(store, (Door("rows", "f2", "Rows", "", "tests.bench.rows:RowsPage"),), SHARED)
    desk.start()
    Shell(desk, store.path.parent).run()
