"""One day by its shifts: who is here from when until when, who is on leave, out or resting, and what sign-in says.

A bar has two cells an hour: `=` at work, `#` at the desk, `-` away for half the day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from floorlead.duty.records import Cell as Planned
from floorlead.duty.records import Kind, band
from floorlead.people.records import Person, Presence
from floorlead.rota.board import NUMBER, Tight
from floorlead.rota.light import at_work
from floorlead.rota.records import Stretch
from floorlead.rota.signs import marks, name_of, sign
from floorlead.widgets.grid import Cell, Column
from floorlead.widgets.line import Line
from floorlead.words import _

HALF_HOUR = 30
NAME, SHIFT, BAR_LEAST = 12, 15, 24


class Present:
    """The people of one day as rows; `signed` is what sign-in says of them, for today only."""

    def __init__(self, stretch: Stretch, grid: Tight, day: date, signed: Mapping[int, Presence], now: int) -> None:
        self.stretch, self.grid, self.day, self.signed, self.now = stretch, grid, day, signed, now
        self.column = 0
        working = [one for one in stretch.book.shifts if one.ends]
        self.starts = min((one.starts for one in working), default=480) // 60 * 60
        ends = max((one.ends for one in working), default=1200)
        self.steps = -(-(ends - self.starts) // HALF_HOUR)

    def columns(self) -> list[Column]:
        """The columns."""
        return [Column("", NUMBER), Column("", NAME), Column("", SHIFT), Column("", self.steps + 2), Column("", 20)]

    def __len__(self) -> int:
        return len(self.stretch.people)

    def row(self, index: int) -> Sequence[Cell]:
        """One person's cells."""
        person = self.stretch.people[index]
        cell = self.stretch.cells.get((person.id, self.day))
        here = index == self.grid.cursor
        return (
            Cell(f"{index + 1:>2}"), Cell(name_of(person, NAME - 1)),
            Cell(f"{'[' if here else ' '}{self._shift(person, cell)}{']' if here else ''}", "chip" if here else ""),
            Cell(self._bar(person, cell)), Cell(self._state(person, cell)),
        )  # fmt: skip

    def _shift(self, person: Person, cell: Planned | None) -> str:
        if not person.works_on(self.day) or cell is None or not cell.code:
            return "." if not person.works_on(self.day) else ""
        hours = at_work(self.stretch.book, cell)
        return f"{sign(self.stretch.book, cell.code)}{marks(cell)}" + (f" {band(*hours)}" if hours else "")

    def _bar(self, person: Person, cell: Planned | None) -> str:
        """The day in half hours."""
        shift = self.stretch.book.shift(cell.shift) if cell else None
        there = at_work(self.stretch.book, cell) if cell else None
        if there is None or shift is None:
            return ""
        held = [(one.slot.starts, one.slot.ends) for one in self.stretch.held(person.id, self.day)]

        def look(minute: int) -> str:
            if any(a <= minute < b for a, b in held):
                return "#"
            if there[0] <= minute < there[1]:
                return "="
            return "-" if shift.starts <= minute < shift.ends else " "

        return "".join(look(self.starts + n * HALF_HOUR) for n in range(self.steps))

    def _state(self, person: Person, cell: Planned | None) -> str:
        """What sign-in says; else what keeps the person away, in words."""
        one = self.signed.get(person.id)
        if one and one.said:
            return f"{one.words()} {one.at[11:16]}" if one.at[11:16] not in one.words() else one.words()
        shift = self.stretch.book.shift(cell.code) if cell else None
        if shift is None or shift.kind in (Kind.WORK, Kind.DESK):
            return _("not signed in") if one and one.here and shift else ""
        return shift.shown

    def head(self) -> list[Line]:
        """The hours above the bars with now between them, and how many are where."""
        hours = Line().put(" ").col(" #", NUMBER, style="head").col(_("Name"), NAME, style="head")
        hours.col(_("Shift"), SHIFT, style="head")
        for n in range(0, self.steps, 4):
            hours.col(f"{(self.starts + n * HALF_HOUR) // 60}", min(4, self.steps - n))
        pointer = Line().put(" " + self._sums()).to(1 + NUMBER + NAME + SHIFT)
        place = (self.now - self.starts) // HALF_HOUR
        if 0 <= place < self.steps:
            pointer.put(" " * place).put("v", "bold")
        return [hours, pointer]

    def _sums(self) -> str:
        kinds = [self._kind(person) for person in self.stretch.people]
        told = (
            (_("at work {count}"), sum(kind in (Kind.WORK, Kind.DESK) for kind in kinds)),
            (_("away {count}"), sum(kind in (Kind.LEAVE, Kind.OUTING, Kind.TRAINING) for kind in kinds)),
            (_("off {count}"), sum(kind is Kind.OFF for kind in kinds)),
        )  # fmt: skip
        return "  ".join(words.format(count=count) for words, count in told)

    def _kind(self, person: Person) -> Kind | None:
        cell = self.stretch.cells.get((person.id, self.day))
        shift = self.stretch.book.shift(cell.code) if cell else None
        return shift.kind if shift else None
