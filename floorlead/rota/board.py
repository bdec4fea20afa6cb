"""The rota as lines: a week or a month of signs beside the people, how each day is staffed, what the digits mean.

A cell is a shift's sign; `*` changed since it was published, `=` locked, brackets the cursor.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from floorlead.duty.records import Book, Kind
from floorlead.duty.records import Cell as Planned
from floorlead.people.records import Person
from floorlead.rota.records import Stretch
from floorlead.rota.signs import count_titles, counts, day_head, marks, meaning, name_of, text_of
from floorlead.text import fit, width
from floorlead.widgets.grid import Cell, Column, Grid, Source
from floorlead.widgets.line import Line
from floorlead.words import _, language, pick

PAGE = 80
NUMBER, NAME, DAY, COUNT = 3, 13, 6, 5
"""Cells of the week's columns."""
MONTH_NAME, MONTH_DAY, MONTH_COUNT = 7, 2, 3
WIDE_NAME, WIDE_COUNT, WIDE = 16, 5, 100
"""The month's columns; `WIDE` cells have room for longer names and one count more."""


class Tight(Grid):
    """A grid whose columns touch: each cell brings its own blanks. Rows without the cursor are drawn once."""

    kept: dict[tuple[int, int], Line]

    def over(self, columns: Sequence[Column], source: Source) -> None:
        """Show other rows: nothing drawn before counts any more."""
        self.columns, self.source, self.kept = columns, source, {}

    def drawn(self, index: int, row: Sequence[Cell], cells: int, active: bool) -> Line:
        """A row's line: the pointer in one cell, then the row's cells side by side."""
        here = active and index == self.cursor
        if not here and (line := self.kept.get((index, cells))):
            return line
        go = f"row:{index}"
        line = Line().put(">" if here else " ", "cursor" if here else "", go)
        for column, cell in zip(self.columns, row, strict=False):
            line.col(cell.text, column.cells, column.align, cell.style or ("cursor" if here else ""), cell.do or go)
        line = line.cropped(cells)
        if not here:
            self.kept[index, cells] = line
        return line


class Board:
    """The people of a stretch as rows; `column` is the place of the day under the cursor."""

    def __init__(self, stretch: Stretch, grid: Grid, *, monthly: bool, wide: bool) -> None:
        self.stretch, self.grid, self.column, self.monthly = stretch, grid, 0, monthly
        self.name = (WIDE_NAME if wide else MONTH_NAME) if monthly else NAME
        self.most = 3 if monthly and not wide else 4
        self.plain: dict[int, Sequence[Cell]] = {}
        """The rows without the cursor, made once."""
        self.count = (WIDE_COUNT if wide else MONTH_COUNT) if monthly else COUNT

    def columns(self) -> list[Column]:
        """The columns' widths and sides."""
        head = [] if self.monthly else [Column("#", NUMBER)]
        days = [Column("", MONTH_DAY if self.monthly else DAY) for _day in self.stretch.days]
        return [*head, Column("", self.name), *days, *(Column("", self.count, "right") for _n in range(self.most))]

    def __len__(self) -> int:
        return len(self.stretch.people)

    def row(self, index: int) -> Sequence[Cell]:
        """One person's cells."""
        at = self.column if index == self.grid.cursor else -1
        if at < 0 and index in self.plain:
            return self.plain[index]
        row = self._row(self.stretch.people[index], index, at)
        if at < 0:
            self.plain[index] = row
        return row

    def _row(self, person: Person, index: int, at: int) -> Sequence[Cell]:
        draw = month_cell if self.monthly else week_cell
        days = [
            draw(self.stretch, person, day, n == at, f"cell:{index}:{n}") for n, day in enumerate(self.stretch.days)
        ]
        head = [] if self.monthly else [Cell(f"{index + 1:>2}")]
        counted = [Cell(number) for number in counts(self.stretch.counts[person.id], self.most)]
        return (*head, Cell(name_of(person, self.name - 1)), *days, *counted)

    def head(self) -> list[Line]:
        """The days, and how each is staffed."""
        titles = count_titles(self.most)
        tops = [_month_numbers(self), _month_days(self)] if self.monthly else [_week_days(self)]
        for line in tops[-1:]:
            for title in titles:
                line.col(title, self.count, "right", "head")
        return [*tops, self._lights()]

    def _lights(self) -> Line:
        line = self.start("" if self.monthly else _("staffed"))
        for day in self.stretch.days:
            light = self.stretch.lights[day]
            text = "X" if self.monthly and light.planned and light.gaps else light.letters
            style = "dim" if text in ("v", ".") else "bad"
            end = line.cells + (MONTH_DAY if self.monthly else DAY)
            line.put("" if self.monthly else " ").put(text, style).to(end)
        return line

    def start(self, words: str = "", style: str = "") -> Line:
        """A line up to the first day."""
        before = 1 + (0 if self.monthly else NUMBER)
        return Line().put(" " * before).col(words, self.name, style=style)


def _week_days(board: Board) -> Line:
    stretch = board.stretch
    line = Line().put(" ").col(" #", NUMBER, style="head").col(_("Name"), NAME, style="head")
    for n, day in enumerate(stretch.days):
        head = day_head(day)
        text = f"[{head}]" if day == stretch.today else f" {head}"
        line.col(text, DAY, style="chip" if n == board.column else "head")
    return line


def _month_numbers(board: Board) -> Line:
    line = board.start(_("Name"), "head")
    for day in board.stretch.days:
        line.col(str(day.day) if day.day == 1 or day.weekday() == 0 else "", MONTH_DAY)
    return line


def _month_days(board: Board) -> Line:
    line = board.start()
    for n, day in enumerate(board.stretch.days):
        letter = pick("一二三四五六日", "MTWTFSS")[day.weekday()]
        style = "chip" if n == board.column else "head" if day == board.stretch.today else "dim"
        line.col(letter, MONTH_DAY, style=style)
    return line


def sign_cells() -> int:
    """Cells of a sign in the language spoken now."""
    return 2 if language() == "zh" else 1


def week_cell(stretch: Stretch, person: Person, day: date, here: bool, do: str) -> Cell:
    """A cell of the week: ` 早*`, under the cursor `[早*]`."""
    cell = stretch.cells.get((person.id, day))
    text = fit(text_of(stretch, person, day), sign_cells()) + marks(cell)
    return Cell(f"[{text}]", "chip", do) if here else Cell(f" {text}", look(stretch.book, cell), do)


def month_cell(stretch: Stretch, person: Person, day: date, here: bool, do: str) -> Cell:
    """A cell of the month in two cells: a Han sign fills them, what changed is then underlined."""
    cell = stretch.cells.get((person.id, day))
    text = text_of(stretch, person, day)
    style = "chip" if here else look(stretch.book, cell)
    if width(text) < MONTH_DAY:
        text += marks(cell)[:1]
    elif not here and cell and cell.marked:
        style = "head"
    return Cell(text, style, do)


def look(book: Book, cell: Planned | None) -> str:
    """How a cell stands out."""
    shift = book.shift(cell.code) if cell else None
    if cell and cell.marked:
        return "warn"
    if shift and shift.kind in (Kind.LEAVE, Kind.DESK):
        return "bold"
    return "dim" if shift and shift.kind is Kind.OFF else ""


def legend(book: Book, cells: int) -> list[Line]:
    """What each digit plans: sign and hours or word, on as few lines as they need."""
    lines, line = [], Line().put(" ")
    for shift in book.shifts:
        text = meaning(shift)
        if not shift.digit:
            continue
        if line.cells + 1 + width(text) + 2 > cells:
            lines.append(line)
            line = Line().put(" ")
        do = f"key:{shift.digit}"
        line.put(str(shift.digit), "key", do).put(text, "", do).put("  ")
    return [*lines, line]
