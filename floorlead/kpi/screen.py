"""The month's figures: the team beside last month and the targets, everybody by name, and the trend of one figure.

A figure is always shown with its counts; Enter shows the rows that were counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from floorlead import clock
from floorlead.finding import matches, search_words
from floorlead.kpi import board, dialogs, lists, queries, rules
from floorlead.kpi.records import Kpi, Mine, Month
from floorlead.text import wrap
from floorlead.widgets.grid import Grid, Rows
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line
from floorlead.widgets.page import Command, Dialog, Hit, Page
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.store.undo import Change
    from floorlead.widgets.desk import Desk

TEAM, PEOPLE, TREND = range(3)
VIEWS = (N_("whole team"), N_("consultants"), N_("trend"))
MONTHS = 12
"""Months of a trend."""
ROWS = bind("enter", "Enter", N_("rows"), help=N_("the visits, orders and customers behind the figure"))
CHOOSE = bind("1", "1", N_("definition"), changes=True, help=N_("how the figure is counted, and from when on"))
TARGET = bind("2", "2", N_("target"), changes=True, help=N_("what the month should reach"))
MONTH = bind(("pageup", "pagedown"), "PgUp", N_("month"), help=N_("the month before, the month after"))
VIEW = bind(("tab", "backtab"), "Tab", N_("tables"), help=N_("team, consultants, trend"))
MORE = bind(("left", "right"), "L/R", N_("figures"), help=N_("other figures of everybody"))
OTHER = bind(("left", "right"), "L/R", N_("figure"), help=N_("the trend of another figure"))
PRINT = bind("ctrl+p", "^P", N_("print"))
HELP = bind("f1", "F1", N_("help"))


class KpiPage(Page):
    """The figures of a month."""

    name = "kpi"
    key = ""
    word = N_("Figures")
    finds = "zb zhibiao kpi"
    TABLES = ("kpi_choices", "targets")
    DIALOGS: ClassVar[dict[str, type[Dialog]]] = dialogs.DIALOGS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.view = TEAM
        self.month = rules.month_of(desk.store.today())
        self.here = ""
        """The code of the figure under the cursor."""
        self.person = 0
        """The id of the person under the cursor."""
        self.now: Month | None = None
        self.last: Month | None = None
        self.grid = Grid(())

    # -- reading

    @property
    def kpis(self) -> Sequence[Kpi]:
        """Every figure."""
        return lists.book(self.store).kpis

    def kpi(self) -> Kpi:
        """The figure under the cursor, or whose trend is shown."""
        return next((one for one in self.kpis if one.code == self.here), self.kpis[0])

    def enter(self) -> None:
        """Read the month, and the one before."""
        self.now = queries.month(self.store, self.month)
        self.last = queries.month(self.store, rules.moved(self.month, -1)) if self.view == TEAM else None
        self._show()

    def _show(self) -> None:
        """Lay the view out and put the cursor back."""
        now, grid = self.now, self.grid
        assert now
        if self.view == TEAM:
            assert self.last
            rows = [board.team_row(n, one, now, self.last) for n, one in enumerate(self.kpis, 1)]
            grid.columns, grid.source = board.team_columns(), Rows(rows)
            grid.cursor = next((n for n, one in enumerate(self.kpis) if one.code == self.here), 0)
        elif self.view == PEOPLE:
            shown = self.beside()
            grid.columns, grid.source = (
                board.people_columns(shown),
                Rows([board.people_row(one, shown, now) for one in now.people]),
            )
            grid.cursor = next((n for n, one in enumerate(now.people) if one.person.id == self.person), grid.cursor)
        else:
            self._trend()
        grid.clamp()
        self._note()

    def _trend(self) -> None:
        months = self.months()
        kpi, code = self.kpi(), self.code(self.kpi())
        rates = queries.trend(self.store, kpi, code, months)
        chosen = queries.choices(self.store)
        old = {one: rules.in_force(kpi, chosen, rules.last_of(one)) for one in months}
        self.grid.columns = board.trend_columns()
        told = {one: f"({was})" for one, was in old.items() if was != code}
        self.grid.source = Rows(board.trend_rows(months, rates, told))
        self.grid.cursor = len(months) - 1

    def months(self) -> list[str]:
        """The months of the trend: a year up to the one shown, none before the first entry."""
        since = min(queries.since_month(self.store), self.month)
        return [one for one in rules.months_to(self.month, MONTHS) if one >= since]

    def beside(self) -> list[Kpi]:
        """The figures beside each other in the table by consultant."""
        return board.some(lists.book(self.store), [one.code for one in self.kpis].index(self.kpi().code))

    def code(self, kpi: Kpi) -> str:
        """The definition of a figure in force in the month shown."""
        assert self.now
        return self.now.definitions[kpi.code]

    def mine(self) -> Mine | None:
        """The person under the cursor."""
        people = self.now.people if self.now else ()
        return people[self.grid.cursor] if self.view == PEOPLE and people else None

    def _note(self) -> None:
        if self.view == TEAM:
            self.here = self.kpis[self.grid.cursor].code
        elif mine := self.mine():
            self.person = mine.person.id

    def show(self, view: int) -> None:
        """Show a view."""
        self.view = view % len(VIEWS)
        self.enter()

    def next_view(self) -> None:
        """The next view."""
        self.show(self.view + 1)

    # -- drawing

    def title(self, cells: int) -> Line:
        """The month, the views, and over a trend its figure."""
        line = Line().put(f" {_(self.word)}  ", "title").put(f"[{self.month}]", "chip", "month").put("  ")
        for n, word in enumerate(VIEWS):
            text = _(word)
            line.put(f"[{text}]" if n == self.view else f" {text} ", "chip" if n == self.view else "", f"view:{n}")
        now = self.now
        if now and now.first <= now.last < rules.last_of(self.month):
            line.put("  " + _("until {day}").format(day=clock.short_day(now.last)))
        if self.view == TREND:
            line.put(f"  {self.kpi().shown} {self.code(self.kpi())}", "title")
        return line

    def body(self, cells: int, height: int) -> list[Line]:
        """The rows of the view."""
        if self.now and len(self.grid.source):
            return [self.grid.head(cells), *self.grid.lines(cells, height - 1)]
        return [Line(), *(Line().put("   " + part) for part in wrap(board.nothing(), cells - 6))]

    def warning(self, cells: int) -> Line:
        """That a start was worked out; the definition of the figure under the cursor in words."""
        now = self.now
        if now is None or now.last < now.first:
            return Line().put(" " + _("This month has not begun"), "warn")
        kpi = self.kpi()
        code = self.code(kpi)
        if self.view != PEOPLE:
            start = (
                _("~ worked out as of {day}  ").format(day=now.first.isoformat()) if rules.mark(kpi, code, now) else ""
            )
            return Line().put(f" {start}{code} {kpi.definition(code).shown}", "dim").cropped(79)
        return Line().put(" " + _("n/d (%); - where nothing stands below the line"), "dim")

    # -- keys

    def binds(self) -> Sequence[Bind]:
        """The keys of the view."""
        sides = {TEAM: (), PEOPLE: (MORE,), TREND: (OTHER,)}[self.view]
        own = (ROWS, CHOOSE, TARGET) if self.view != PEOPLE else (ROWS,) if self.mine() else ()
        return (*own, *sides, MONTH, VIEW, PRINT, *(() if self.view == TREND else (HELP,)))

    def press(self, key: str) -> bool:
        """Take a key."""
        if self.store.changed_elsewhere():
            self.enter()
        if key in ("pageup", "pagedown"):
            self._turn(-1 if key == "pageup" else 1)
        elif self.grid.move(key, 10):
            self._note()
        elif key in ("tab", "backtab"):
            self.show(self.view + (1 if key == "tab" else -1))
        elif key in ("left", "right") and self.view != TEAM:
            self._aside(1 if key == "right" else -1)
        elif key == "enter":
            self._rows()
        elif key in ("1", "2") and self.view != PEOPLE:
            self._ask(key)
        else:
            return False
        return True

    def _turn(self, by: int) -> None:
        """The month before or after; there is none after the next one."""
        wanted = rules.moved(self.month, by)
        if wanted <= rules.moved(rules.month_of(self.store.today()), 1):
            self.month = wanted
            self.enter()

    def _aside(self, by: int) -> None:
        codes = [one.code for one in self.kpis]
        at = codes.index(self.kpi().code) + by * (board.AT_ONCE if self.view == PEOPLE else 1)
        if self.view == PEOPLE:
            at -= at % board.AT_ONCE
        self.here = codes[max(0, min(at, len(codes) - 1)) if self.view == PEOPLE else at % len(codes)]
        self._show()

    def _rows(self) -> None:
        kpi, month = self.kpi(), self.month
        if self.view == TREND:
            month = self.months()[self.grid.cursor]
        args: dict[str, Any] = {"kpi": kpi.code, "code": self.code(kpi), "month": month}
        mine = self.mine()
        if mine:
            args |= {"person": mine.person.id, "name": mine.person.shown}
        if self.view != PEOPLE or mine:
            self.desk.open("rows", args)

    def _ask(self, key: str) -> None:
        kpi = self.kpi()
        if key == "1":
            self.desk.open("choose", {"kpi": kpi.code})
            return
        assert self.now
        set_ = self.now.targets.get(kpi.code)
        values = {"amount": "" if set_ is None else str(set_)}
        self.desk.open("target", {"kpi": kpi.code, "month": self.month, "values": values})

    def click(self, do: str) -> None:
        """A click on a view or a row."""
        kind, _sep, rest = do.partition(":")
        if kind == "view":
            self.show(int(rest))
        elif kind == "row":
            self.grid.cursor = int(rest)
            self.grid.clamp()
            self._note()

    def print_dialog(self) -> tuple[str, dict[str, Any]] | None:
        """The month's paper."""
        return "print", {}

    # -- finding, undo, place

    def hits(self, typed: str) -> list[Hit]:
        """Figures by name, while this page is up."""
        if self.desk.page is not self:
            return []
        scored = [(matches(typed, search_words(one.zh, f"{one.en} {one.code}")), one) for one in self.kpis]
        return [Hit(one.shown, self.month, self.name, one.code, score) for score, one in scored if score]

    def go_to(self, place: str) -> None:
        """Go to a figure by its code, to a month such as 2026-11, or to a view's number."""
        if any(one.code == place for one in self.kpis):
            self.here = place
            self.view = TEAM if self.view == PEOPLE else self.view
        elif len(place) == 7 and place[4] == "-":
            self.month = place
        elif place.isdigit():
            self.view = int(place) % len(VIEWS)
        self.enter()

    def show_changes(self, changes: Sequence[Change]) -> None:
        """Go to the figure whose definition or target changed, in its month."""
        for change in changes:
            row = change.new or change.old or []
            if row and change.table == "targets" and not str(row[2]).startswith(queries.TARGET):
                self.desk.go("targets")
                self.desk.page.show_changes(changes)
                return
            if row and change.table in self.TABLES:
                self.month = str(row[1]) if change.table == "targets" else self.month
                self.go_to(str(row[1 if change.table == "kpi_choices" else 2]).removeprefix(queries.TARGET))
                return

    def state(self) -> dict[str, Any]:
        """The view, the month, the figure and the person."""
        return {"view": self.view, "month": self.month, "here": self.here, "person": self.person}

    def restore(self, state: dict[str, Any]) -> None:
        """Take them up again."""
        self.view = int(state.get("view", TEAM)) % len(VIEWS)
        month = str(state.get("month", self.month))
        rules.first_of(month)
        self.month, self.here, self.person = month, str(state.get("here", "")), int(state.get("person", 0))

    def commands(self) -> list[Command]:
        """What the command list offers."""
        return [Command(N_("Trend of a figure"), "qs qushi trend kpi", self._go_trend)]

    def _go_trend(self) -> None:
        self.desk.go(self.name)
        self.show(TREND)
