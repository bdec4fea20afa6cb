"""The month's grid of prospects on the screen: `*` where a contact is planned, the grade once it was made.

The days that fit are a window that left and right move; today's column is marked; PgUp and PgDn turn the month.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from floorlead import clock
from floorlead.cars import queries as cars
from floorlead.cars.lists import colour_now
from floorlead.customers import board, finding, grid, monthly, notes, queries, rules
from floorlead.customers.grid import GridRow
from floorlead.customers.lists import lists
from floorlead.customers.records import Customer
from floorlead.customers.sight import IdView
from floorlead.finding import matches, search_words
from floorlead.people import queries as people
from floorlead.text import as_many
from floorlead.widgets.grid import Cell, Column
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line, rule
from floorlead.words import N_, _

LEFT, RIGHT = 27, 13
"""Cells before the days and behind them."""
A_DAY = 3
STEP = 7
"""Days that left and right move the window by."""
BINDS = (
    bind("enter", "Enter", N_("customer")),
    bind(("left", "right"), "L/R", N_("scroll")),
    bind(("pageup", "pagedown"), "PgUp", N_("month"), help=N_("PgUp the month before, PgDn the next one")),
)
PRINT = bind("ctrl+p", "^P", N_("print"))


class GridView(IdView):
    """A row for each prospect of a month, by advisor and grade."""

    name = "grid"
    word = N_("grid")
    empty = N_("No prospect in this month.   PgUp the month before, Ins registers a walk-in")
    DETAIL = 4

    def __init__(self, page: Any) -> None:
        super().__init__(page)
        self.month = ""
        """The first day of the month shown; empty for today's."""
        self.start: int | None = None
        """The first day of the window; None puts today into it."""
        self.shown = 14
        self.advisors: Mapping[int, str] = {}
        self.models: Mapping[int, str] = {}
        self.results: Mapping[int, str] = {}
        self.months: dict[int, GridRow] = {}
        self._mark: tuple[int, date] | None = None
        """What `results` were read by."""

    @property
    def first(self) -> date:
        """The first day of the month shown."""
        return date.fromisoformat(self.month) if self.month else self.day.replace(day=1)

    @property
    def last(self) -> date:
        """The last day of the month shown."""
        return grid.month_of(self.first)[1]

    def read(self) -> Sequence[int]:
        """Every prospect that was open in the month, by id; a row's month is read when it is in sight."""
        self.advisors = {p.id: p.shown for p in people.everybody(self.store)}
        self.models = {model.id: model.shown for model in cars.models(self.store)}
        self.months = {}
        book = self.page.opened()
        if self._mark != (book.mark, self.first):
            self.results = monthly.standing(self.store, book, self.first)
            self._mark = (book.mark, self.first)
        return list(self.results)

    def month_at(self, index: int) -> GridRow | None:
        """A row's month, None where the customer is gone."""
        if self.things[index] not in self.months:
            self.months |= monthly.rows(self.store, self.around(index), self.first)
        return self.months.get(self.things[index])

    def summary(self) -> str:
        order = lists(self.store).grades
        counted = grid.counted(self.results.values())
        told = [f"{code} {counted[code]}" for code in rules.in_order(counted, order)]
        return f"{self.first:%Y-%m}  " + as_many(told, 24)

    # -- drawing

    def body(self, cells: int, height: int) -> list[Line]:
        self.shown = max(5, min(self.last.day, (min(cells, 140) - LEFT - RIGHT) // A_DAY))
        self.grid.columns = self.columns()
        return super().body(cells, height)

    def _window(self) -> range:
        """The days of the month in sight."""
        today = self.day.day if self.first <= self.day <= self.last else 1
        wanted = today - self.shown // 2 if self.start is None else self.start
        begin = max(1, min(wanted, self.last.day - self.shown + 1))
        return range(begin, begin + min(self.shown, self.last.day))

    def columns(self) -> list[Column]:
        days = [Column(self._day_title(day), A_DAY - 1, "right") for day in self._window()]
        return [
            Column("#", 3, "right"), Column(_("Customer"), 8), Column(_("Advisor"), 7), Column(_("g1"), 2), *days,
            Column(_("g2"), 2), Column(_("Reason"), 8),
        ]  # fmt: skip

    def _day_title(self, day: int) -> str:
        return f"{day:02d}" if self.first.replace(day=day) == self.day else str(day)

    def cells(self, number: int, thing: int) -> list[Cell]:
        found = self.month_at(number - 1)
        if found is None:
            return [Cell(str(number)), Cell("-")]
        one, style = found.customer, "done" if found.ended else ""
        days = [self._sign(found, day) for day in self._window()]
        return [
            Cell(str(number)), Cell(notes.name_of(one), style), Cell(grid.brief(self.advisors.get(one.advisor_id or 0, "-"))),
            Cell(found.began or "+", "dim"), *days, Cell(found.result, "bold" if found.ended else ""),
            Cell(rules.spoken(found.reason, self._reasons()), "dim"),
        ]  # fmt: skip

    def _reasons(self) -> Sequence[tuple[str, str]]:
        words = lists(self.store).words
        return [pair for name in ("lost", "frozen", "unreachable") for pair in words.get(name, ())]

    def _sign(self, row: GridRow, day: int) -> Cell:
        on = self.first.replace(day=day)
        sign = row.days.get(day, "")
        if not sign:
            return Cell("|" if on == self.day else ".", "dim")
        late = sign == grid.PLANNED and on < self.day
        return Cell(sign, "late" if late else "warn" if sign == grid.PLANNED else "good")

    def detail(self, cells: int) -> list[Line]:
        row = self.month_at(self.grid.cursor) if self.things else None
        if row is None:
            return []
        one, known = row.customer, lists(self.store)
        car = f"{self.models.get(one.model_id or 0, '')} {colour_now(one.colour)}".strip()
        head = "  ".join(filter(None, [notes.name_of(one), notes.grade_words(known, one.grade), car]))
        last = clock.short_day(one.last_contact) if one.last_contact else "-"
        told = _("last contact {last}   next {next}").format(last=last, next=notes.next_words(one, self.day))
        lines = [rule(head, 79), Line().put("   " + told)]
        return [*lines, Line().put("   " + "  ".join(notes.facts(one, known)))]

    def warning(self, cells: int) -> Line:
        told = _("* planned, not made yet   letter = grade when met   | today   + new")
        return Line().put(" " + told, "dim")

    # -- keys

    def binds(self) -> Sequence[Bind]:
        here = BINDS if self.things else BINDS[2:]
        return (*here, board.turning(self), PRINT)

    def move(self, key: str) -> bool:
        if key in ("pageup", "pagedown"):
            self._turn(grid.month_before(self.first) if key == "pageup" else grid.next_month(self.first))
            return True
        return super().move(key)

    def _turn(self, first: date) -> None:
        self.month = "" if first == self.day.replace(day=1) else first.isoformat()
        self.start = None
        self.enter()

    def press(self, key: str) -> bool:
        if key in ("left", "right"):
            start = self._window().start + (STEP if key == "right" else -STEP)
            self.start = max(1, min(start, self.last.day - self.shown + 1))
        elif key == "enter" and self.things:
            self.desk.open("detail", {"customer": self.thing()})
        else:
            return False
        return True

    def found(self, typed: str) -> list[tuple[int, str, str, int]]:
        """Whoever of the month fits, by name or number of the dealer system."""
        if self.desk.page is not self.page or self.page.view is not self:
            return []
        found = [(score, one) for score, one in finding.find(self.store, typed) if one.id in self.results]
        book = self.page.opened().rows
        ended = queries.some(self.store, [ident for ident in self.results if ident not in book]).values()
        found += [(matches(typed, search_words(one.name, one.number)), one) for one in ended if one.name]
        told = {one.id: (score, notes.name_of(one), self._advisor(one), one.id) for score, one in found if score}
        return list(told.values())

    def _advisor(self, one: Customer) -> str:
        return self.advisors.get(one.advisor_id or 0, "-")

    def print_dialog(self) -> tuple[str, dict[str, Any]] | None:
        return ("print", {"month": self.first.isoformat(), "customer": self.here})

    def state(self) -> dict[str, Any]:
        return {**super().state(), "month": self.month, "start": self.start}

    def restore(self, state: dict[str, Any]) -> None:
        super().restore(state)
        self.month = date.fromisoformat(state["month"]).isoformat() if state.get("month") else ""
        self.start = None if state.get("start") is None else int(state["start"])
