"""The discipline of a month: every breach with its minute and slot, and each person's points.

A withdrawn breach stays in sight and counts nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from floorlead import clock
from floorlead.discipline import queries, rules
from floorlead.discipline.records import Violation
from floorlead.duty import lists as duty_lists
from floorlead.leave import notes
from floorlead.log.board import numbers
from floorlead.people import queries as people_queries
from floorlead.people.records import Person
from floorlead.phones import mask_in
from floorlead.store import Store
from floorlead.text import as_many
from floorlead.widgets.grid import Cell, Column, Grid, Rows
from floorlead.widgets.line import Line
from floorlead.words import _

PAGE = 80


class Points:
    """A month's breaches, the newest first."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.back = 0
        """Months before this one."""
        self.found: list[Violation] = []
        self.people: Mapping[int, Person] = {}
        self.grid = Grid(_columns(0))

    @property
    def month(self) -> date:
        """The first day of the month shown."""
        first = self.store.today().replace(day=1)
        for _n in range(self.back):
            first = (first - timedelta(days=1)).replace(day=1)
        return first

    def read(self) -> None:
        """Read the month again."""
        last = (self.month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        self.found = queries.between(self.store, self.month, last)[::-1]
        self.people = {one.id: one for one in people_queries.everybody(self.store)}
        self.grid.columns = _columns(len(self.found))
        self.grid.source = Rows([self._cells(n, one) for n, one in enumerate(self.found, 1)])
        self.grid.clamp()

    def _cells(self, number: int, one: Violation) -> list[Cell]:
        look = "" if one.counts else "dim"
        slot = duty_lists.book(self.store).slot(one.slot)
        where = notes.said(slot.both()) if slot else one.slot or _("chosen")
        state = "" if one.counts else _("struck")
        texts = (
            str(number), f"{clock.short_day(one.day)} {one.at[11:16]}", self.people[one.person].shown, one.shown,
            str(one.points) if one.counts else "-", where, mask_in(one.note) or state,
        )  # fmt: skip
        return [Cell(text, look) for text in texts]

    def one(self) -> Violation | None:
        """The breach under the cursor."""
        return self.found[self.grid.cursor] if self.found else None

    def stand(self, ident: int) -> bool:
        """Go to a breach; returns whether it is in the month shown."""
        at = next((n for n, one in enumerate(self.found) if one.id == ident), None)
        self.grid.cursor = self.grid.cursor if at is None else at
        return at is not None

    def title(self) -> Line:
        """The month and its sums."""
        counted = rules.sums(self.found)
        count, points = (sum(pair[n] for pair in counted.values()) for n in (0, 1))
        line = Line().put(" " + _("Discipline") + " ", "title", "key:f8").put(f"[{self.month:%Y-%m}]", "chip")
        return line.put("  " + _("breaches {count}  points {points}").format(count=count, points=points))

    def lines(self, cells: int, height: int) -> list[Line]:
        """The breaches, below them each person's points."""
        if not self.found:
            told = _("No breach in this month.   4 and a digit note one")
            return [Line(), Line().put("   " + told)]
        rows = self.grid.lines(cells, height - 3)
        rows += [Line() for _n in range(height - 3 - len(rows))]
        return [self.grid.head(cells), *rows, Line(), Line().put("   " + self._sums())]

    def _sums(self) -> str:
        each: Sequence[str] = [
            _("{name} {points} ({count})").format(name=self.people[who].shown, points=points, count=count)
            for who, (count, points) in rules.sums(self.found).items()
        ]
        return as_many(each, PAGE - 6)


def _columns(count: int) -> list[Column]:
    cells = numbers(count)
    return [
        Column("#", cells, "right"), Column(_("When"), 12), Column(_("Name"), 14), Column(_("Rule"), 16),
        Column(_("pt"), 3, "right"), Column(_("Post"), 13), Column(_("Note"), 13 - cells),
    ]  # fmt: skip
