"""Prospects per advisor: how many of each grade, how far below the floor, what is due and overdue.

The floor is the showroom's setting `prospect_floor`; an advisor without a single prospect stands here too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from floorlead.customers import board, monthly
from floorlead.customers.lists import lists
from floorlead.customers.monthly import Load
from floorlead.customers.views import View
from floorlead.widgets.grid import Cell, Column
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line, rule
from floorlead.words import N_, _

WIDE = 14
"""Cells of a name."""
BINDS = (
    bind("enter", "Enter", N_("who"), effect="view", help=N_("the customers of this advisor that are due or overdue")),
    bind("ctrl+p", "^P", N_("print")),
)


class AdvisorsView(View):
    """A line for each consultant, and the sum of all below."""

    name = "advisors"
    word = N_("load")
    empty = N_("No consultant yet.   People are entered on the page People")
    DETAIL = 2

    def __init__(self, page: Any) -> None:
        super().__init__(page)
        self.grades: Sequence[str] = ()
        self.least = 0

    def read(self) -> Sequence[Load]:
        """Every consultant with prospects and follow-ups."""
        self.grades = [grade.code for grade in lists(self.store).grades.values() if grade.is_open]
        self.least = monthly.floor(self.store)
        return monthly.loads(self.store, self.day, self.page.opened().prospects())

    def summary(self) -> str:
        low = sum(1 for load in self.things if self._below(load))
        return _("floor {floor}   below it {count}").format(floor=self.least, count=low) if self.least else ""

    def _below(self, load: Load) -> int:
        """By how many a consultant is below the floor."""
        return max(0, self.least - load.total) if load.person else 0

    def columns(self) -> list[Column]:
        return [
            Column(_("Advisor"), WIDE), *(Column(code, 3, "right") for code in self.grades), Column(_("all"), 4, "right"),
            Column(_("to floor"), 8, "right"), Column(_("to call"), 7, "right"), Column(_("overdue"), 7, "right"),
            Column(_("called"), 6, "right"),
        ]  # fmt: skip

    def cells(self, number: int, thing: Load) -> list[Cell]:
        below = self._below(thing)
        counts = [
            Cell(str(thing.grades.get(code) or "."), "" if thing.grades.get(code) else "dim") for code in self.grades
        ]
        gap = f"-{below}" if below else "v" if thing.person and self.least else ""
        return [
            Cell(thing.name or _("nobody's")), *counts, Cell(str(thing.total), "bold"),
            Cell(gap, "warn" if below else "good"), Cell(str(thing.due or ".")),
            Cell(str(thing.overdue or "."), "late" if thing.overdue else ""), Cell(str(thing.made or ".")),
        ]  # fmt: skip

    def detail(self, cells: int) -> list[Line]:
        sums = [sum(load.grades.get(code, 0) for load in self.things) for code in self.grades]
        line = Line().put("  ").col(_("all"), WIDE).put(" ")
        for count in sums:
            line.col(str(count), 3, "right").put(" ")
        line.col(str(sum(sums)), 4, "right", "bold").put(" " * 10)
        for name in ("due", "overdue"):
            line.col(str(sum(getattr(load, name) for load in self.things)), 7, "right").put(" ")
        return [rule("", 79), line.col(str(sum(load.made for load in self.things)), 6, "right")]

    def warning(self, cells: int) -> Line:
        worst = [load for load in self.things if load.overdue]
        if not worst:
            return Line()
        told = "  ".join(_("{name} {count}").format(name=load.name or "-", count=load.overdue) for load in worst[:4])
        return Line().put(" " + _("Overdue: {names}").format(names=told), "warn")

    def binds(self) -> Sequence[Bind]:
        turn = board.turning(self)
        return (BINDS[0], turn, BINDS[1]) if self.things else (turn,)

    def press(self, key: str) -> bool:
        load: Load | None = self.thing()
        if key != "enter" or load is None:
            return False
        self.page.show("due").stand(-load.id - 1)
        return True

    def print_dialog(self) -> tuple[str, dict[str, Any]] | None:
        return ("print", {})
