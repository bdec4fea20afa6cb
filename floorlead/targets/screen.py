"""The month's targets: a digit is a number, the split to weeks, days and people follows by itself.

Three views of one month: its measures, its days, its people; Left and Right go to other months.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from floorlead.calendar.rules import unknown_words
from floorlead.finding import matches
from floorlead.people.records import Person
from floorlead.percent import in_percent
from floorlead.targets import board, dialogs, moves, queries, rules
from floorlead.targets.records import MEASURES, Month
from floorlead.widgets.grid import Grid, Rows, Source
from floorlead.widgets.keys import Bind, bind, digits
from floorlead.widgets.line import Line, rule
from floorlead.widgets.page import Command, Dialog, Hit, Page
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.store.undo import Change
    from floorlead.widgets.desk import Desk

MONTH, DAYS, PEOPLE = range(3)
VIEWS = (N_("month"), N_("by day"), N_("by person"))
PER_PAGE = 10
TYPE = bind(
    (*digits(0, 9), "enter"), "0-9/Enter", N_("number"), changes=True, help=N_("type the number; Enter saves it")
)
STEP = bind(("-", "+", "insert"), "-/+", N_("by one"), changes=True, help=N_("one less, one more"))
USUAL = bind("-", "-", N_("usual"), changes=True, help=N_("the usual weight or share again"))
COPY = bind("ctrl+a", "^A", N_("as before"), changes=True, help=N_("take over last month's targets and shares"))
CAUSE = bind("space", "Space", N_("cause"), changes=True, help=N_("why a measure is behind, and what is done about it"))
OTHER = bind(("left", "right"), "L/R", N_("month"))
VIEW = bind(("tab", "backtab"), "Tab", N_("next view"), help=N_("the month, its days, its people"))
PRINT = bind("ctrl+p", "^P", N_("print"))


class TargetsPage(Page):
    """One month's targets."""

    name = "targets"
    key = ""
    word = N_("Targets")
    finds = "mb mubiao targets"
    TABLES = ("targets", "target_shares", "target_weights", "target_causes", "forecasts")
    DIALOGS: ClassVar[dict[str, type[Dialog]]] = dialogs.DIALOGS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.view = MONTH
        self.month = ""
        """The month shown; empty is this one."""
        self.shown: Month | None = None
        self.people: dict[int, Person] = {}
        self.grids = [Grid(()), Grid(()), Grid(())]

    # -- reading

    def enter(self) -> None:
        """Read the month again."""
        self.month = self.month or rules.month_of(self.store.today())
        self.shown = queries.month(self.store, self.month)
        self.people = queries.people(self.store)
        figures = [board.cells(one, self.shown.pace) for one in self.shown.pace.figures.values()]
        people = [board.person_cells(self.shown, one, self.people[one.person]) for one in self.shown.shares]
        columns = (board.columns(), board.day_columns(), board.people_columns())
        sources: tuple[Source, ...] = (Rows(figures), board.DayRows(self.shown), Rows(people))
        for grid, head, source in zip(self.grids, columns, sources, strict=True):
            grid.columns, grid.source = head, source
            grid.clamp()

    def arrive(self) -> None:
        """Coming from another page this month is shown."""
        self.view = MONTH
        self._show(rules.month_of(self.store.today()))

    def read(self) -> Month:
        """The month as it was read last."""
        if self.shown is None:
            self.enter()
        assert self.shown
        return self.shown

    @property
    def grid(self) -> Grid:
        """The rows of the view that is shown."""
        return self.grids[self.view]

    @property
    def measure(self) -> str:
        """The measure under the cursor of the month."""
        return MEASURES[max(0, self.grids[MONTH].cursor)]

    def _show(self, month: str) -> None:
        self.month = month
        self.enter()
        today = self.store.today()
        if self.view == DAYS:
            self.grids[DAYS].cursor = today.day - 1 if rules.month_of(today) == month else 0

    def next_view(self) -> None:
        """To the next view; the days begin at today."""
        self.view = (self.view + 1) % len(VIEWS)
        self._show(self.month)

    # -- drawing

    def title(self, cells: int) -> Line:
        """The views, the month, its open days and its time."""
        line = Line().put(f" {_(self.word)}  ", "title")
        for n, word in enumerate(VIEWS):
            here = n == self.view
            line.put(f"[{_(word)}]" if here else f" {_(word)} ", "chip" if here else "", f"view:{n}")
        pace = self.read().pace
        told = _("open days {days}, left {left}, time {time}")
        told = told.format(days=pace.days, left=pace.left, time=in_percent(pace.time))
        return line.put(f"   {self.month}", "bold").put("   " + told)

    def body(self, cells: int, height: int) -> list[Line]:
        """The view's rows."""
        if self.view == MONTH:
            return self._month(cells)
        if self.view == DAYS:
            return [self.grid.head(cells), *self.grid.lines(cells, height - 1)]
        if not self.read().shares:
            return [Line(), Line().put("   " + _("Nobody shares in this month yet.   ^K people: Ins adds one"))]
        foot = Grid(self.grid.columns, Rows([board.people_foot(self.read())]), cursor=-1)
        rows = self.grid.lines(cells, height - 3)
        return [self.grid.head(cells), *rows, rule("", board.PAGE - 1), foot.drawn(0, foot.source.row(0), cells, False)]

    def _month(self, cells: int) -> list[Line]:
        month = self.read()
        top = [self.grid.head(cells), *self.grid.lines(cells, len(MEASURES))]
        if not month.targets:
            told = _("{month} has no target yet: type a number, ^A takes over those of {before}")
            words = told.format(month=self.month, before=rules.moved(self.month, -1))
            return [*top, Line(), Line().put("   " + words)]
        return [*top, Line(), *board.weeks(month, cells), *board.causes(month)]

    def warning(self, cells: int) -> Line:
        """What is owed a cause; else what the numbers mean."""
        month = self.read()
        if month.pace.causes_due and self._now and self.view == MONTH:  # where Space gives it
            return Line().put(" !! ", "error").put(board.owed(month.pace, cells - 5), "warn")
        if month.unknown_year:
            return Line().put(" " + unknown_words(month.unknown_year), "warn")
        hints = (
            _("time gone: weighed days until this evening   vs. plan: - is behind, + is ahead"),
            _("past: done/first split; from today on: what is left, split anew   * by hand"),
            _("done/wanted; here for: the part of the month somebody belongs here   * by hand"),
        )
        return Line().put(" " + hints[self.view], "dim")

    @property
    def _now(self) -> bool:
        return self.month == rules.month_of(self.store.today())

    # -- keys

    def binds(self) -> Sequence[Bind]:
        """The keys of the view."""
        if self.view == MONTH:
            cause = (CAUSE,) if self.read().targets and self._now else ()
            return (TYPE, STEP, *cause, COPY, OTHER, VIEW)
        some = self.view == DAYS or bool(self.read().shares)
        usual = (USUAL,) if some and self._unusual() else ()
        return (TYPE, *usual, OTHER, VIEW, PRINT) if some else (OTHER, VIEW)

    def _unusual(self) -> bool:
        """Whether the line under the cursor has a weight or a share of its own."""
        month, at = self.read(), self.grid.cursor
        return bool(month.days[at].day.own if self.view == DAYS else month.shares[at].set)

    def press(self, key: str) -> bool:
        """Take a key."""
        if self.store.changed_elsewhere():
            self.enter()
        if key in ("tab", "backtab"):
            self.view = (self.view + (1 if key == "tab" else -1)) % len(VIEWS)
            self._show(self.month)
        elif key in ("left", "right"):
            self._show(rules.moved(self.month, 1 if key == "right" else -1))
        elif self.grid.move(key, PER_PAGE):
            pass
        elif key == "enter" or (len(key) == 1 and key.isdecimal()):
            return self._edit("" if key == "enter" else key)
        else:
            return self._act(key)
        return True

    def _edit(self, first: str) -> bool:
        """Open the box on the row under the cursor, a typed digit in it."""
        month = self.read()
        if self.view == MONTH:
            self.desk.open("number", {"month": self.month, "measure": self.measure, "first": first})
        elif self.view == DAYS:
            self.desk.open("weight", {"day": month.days[self.grid.cursor].day.day.isoformat(), "first": first})
        elif month.shares:
            self.desk.open("part", {"person": month.shares[self.grid.cursor].person, "first": first})
        else:
            return False
        return True

    def _act(self, key: str) -> bool:
        month = self.read()
        if self.view == MONTH and key in STEP.keys:
            step = -1 if key == "-" else 1
            amount = max(0, month.targets.get(self.measure, 0) + step)
            self._do(lambda: moves.set_target(self.store, self.month, self.measure, amount))
        elif self.view == MONTH and key == "ctrl+a":
            self._do(lambda: moves.copy_last(self.store, self.month))
        elif self.view == MONTH and key == "space" and month.targets and self._now:
            self.desk.open("cause", {"measures": month.pace.causes_due or [self.measure]})
        elif self.view == DAYS and key == "-" and self._unusual():
            day = month.days[self.grid.cursor].day.day
            self._do(lambda: moves.set_weight(self.store, day, None))
        elif self.view == PEOPLE and key == "-" and month.shares and self._unusual():
            person = self.people[month.shares[self.grid.cursor].person]
            self._do(lambda: moves.set_share(self.store, self.month, person, None))
        else:
            return key in ("-", "+", "insert", "space")
        return True

    def _do(self, act: Any) -> None:
        self.desk.do(act)
        self.enter()

    def click(self, do: str) -> None:
        """A click on a view or a line."""
        kind, _sep, rest = do.partition(":")
        if kind == "view":
            self.view = int(rest)
        elif kind == "row":
            self.grid.cursor = int(rest)
            self.grid.clamp()

    # -- finding, undo, place

    def hits(self, typed: str) -> list[Hit]:
        """The people who share in the month, while this page is up."""
        if self.desk.page is not self:
            return []
        scored = [(matches(typed, self.people[one.person].search), one) for one in self.read().shares]
        return [
            Hit(self.people[one.person].shown, _(self.word), self.name, f"person:{one.person}", score, self.view == PEOPLE)
            for score, one in scored if score
        ]  # fmt: skip

    def go_to(self, place: str) -> None:
        """Go to `month:2026-11`, `measure:orders`, `day:2026-11-23`, `person:4`, or to the `cause` that is owed."""
        kind, _sep, rest = place.partition(":")
        if kind in ("month", "cause"):
            self.view = MONTH
            self._show(rest or rules.month_of(self.store.today()))
            if kind == "cause" and (due := self.read().pace.causes_due):
                self.desk.open("cause", {"measures": due})
        elif kind == "measure" and rest in MEASURES:
            self.view, self.grids[MONTH].cursor = MONTH, MEASURES.index(rest)
        elif kind == "day":
            self.view = DAYS
            self._show(rest[:7])
            self.grid.cursor = int(rest[8:10]) - 1
        elif kind == "person":
            self.view = PEOPLE
            people = [one.person for one in self.read().shares]
            self.grid.cursor = people.index(int(rest)) if int(rest) in people else 0

    def show_changes(self, changes: Sequence[Change]) -> None:
        """Go to what was taken back or done again."""
        kinds = {"targets": ("month", 1), "target_weights": ("day", 1), "target_shares": ("person", 2), "forecasts": ("person", 2)}  # fmt: skip
        for change in changes:
            values = change.new or change.old
            if values and change.table in kinds:
                if (code := str(values[2]).removeprefix("kpi:")) != str(values[2]):  # a figure's, shown on its page
                    self.desk.go("kpi", str(values[1]))
                    self.desk.go("kpi", code)
                    return
                kind, at = kinds[change.table]
                self.go_to(f"{kind}:{values[at]}")
                if kind == "month":
                    self.go_to(f"measure:{values[2]}")
                return

    def state(self) -> dict[str, Any]:
        """View, month and lines."""
        return {"view": self.view, "month": self.month, "rows": [grid.cursor for grid in self.grids]}

    def restore(self, state: dict[str, Any]) -> None:
        """Take them up again."""
        self.view, self.month = int(state.get("view", MONTH)) % len(VIEWS), str(state.get("month", ""))
        rules.first_of(self.month or "2000-01")
        for grid, row in zip(self.grids, state.get("rows", []), strict=False):
            grid.cursor = max(0, int(row))

    def commands(self) -> list[Command]:
        """What the command list offers."""

        def show() -> None:
            self.desk.go_and_open(self.name, "print")

        return [Command(N_("Print the month's targets"), "dy dayin mubiao targets", show)]

    def print_dialog(self) -> tuple[str, dict[str, Any]] | None:
        """The month on paper."""
        return ("print", {})
