"""The office calendar: a year's holidays and make-up workdays, and a plain word when a year is not known yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from floorlead import clock
from floorlead.calendar import dialogs, moves, queries, rules
from floorlead.calendar.records import KIND_WORDS, Kind, Special
from floorlead.finding import matches, search_words
from floorlead.widgets.grid import Cell, Column, Grid
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line
from floorlead.widgets.page import Command, Dialog, Hit, Page
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.store.undo import Change
    from floorlead.widgets.desk import Desk

ADD = bind(("insert", "+"), "Ins", N_("add"), changes=True, help=N_("a holiday or a make-up workday"))
EDIT = bind("enter", "Enter", N_("edit"), changes=True)
REMOVE = bind("-", "-", N_("delete"), changes=True, help=N_("the day is again like any other of its weekday"))
YEAR = bind(("tab", "backtab"), "Tab", N_("year"))
COMMANDS = bind(("f10", "ctrl+k"), "^K", N_("commands"))
PAGE = 10


class CalendarPage(Page):
    """The special days of one year."""

    name = "calendar"
    key = ""
    word = N_("Calendar")
    finds = "rl rili calendar jiari"
    TABLES = ("calendar_days",)
    DIALOGS: ClassVar[dict[str, type[Dialog]]] = {
        "day": dialogs.DayForm, "import": dialogs.ImportFile, "preview": dialogs.Preview,
    }  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.year = self.store.today().year
        self.specials: list[Special] = []
        self.office = rules.office_of(())
        self.grid = Grid(())

    # -- reading

    def enter(self) -> None:
        """Read the special days again."""
        self.specials = queries.specials(self.store)
        self.office = rules.office_of(self.specials)
        self.grid.columns = _columns()
        self.grid.source = self
        self.grid.clamp()

    def years(self) -> list[int]:
        """The years on Tab: those with days, this one and the next."""
        today = self.store.today().year
        return sorted({special.day.year for special in self.specials} | {today, today + 1, self.year})

    def shown(self) -> list[Special]:
        """The year's days."""
        return [special for special in self.specials if special.day.year == self.year]

    def special(self) -> Special | None:
        """The day under the cursor."""
        shown = self.shown()
        return shown[self.grid.cursor] if self.grid.cursor < len(shown) else None

    def __len__(self) -> int:
        return len(self.shown())

    def row(self, index: int) -> Sequence[Cell]:
        """One day's cells."""
        one = self.shown()[index]
        weekend = one.kind is Kind.HOLIDAY and one.day.weekday() > 4
        kind = _(KIND_WORDS[one.kind]) + (" " + _("(a weekend)") if weekend else "")
        return [Cell(one.day.isoformat()), Cell(clock.weekday(one.day)), Cell(kind), Cell(one.shown)]

    # -- drawing

    def title(self, cells: int) -> Line:
        """The years; the one shown is marked, with how many days of each kind it has."""
        line = Line().put(f" {_(self.word)}  ", "title")
        years = self.years()
        first = max(0, min(years.index(self.year) - 2, len(years) - 5))
        for year in years[first : first + 5]:
            here = year == self.year
            line.put(f"[{year}]" if here else f" {year} ", "chip" if here else "", f"year:{year}")
        shown = self.shown()
        off = sum(special.kind is Kind.HOLIDAY for special in shown)
        text = _("{off} days off, {work} make-up workdays").format(off=off, work=len(shown) - off)
        return line.put("   " + text if shown else "")

    def body(self, cells: int, height: int) -> list[Line]:
        """The days, or what would be here."""
        if len(self):
            return [self.grid.head(cells), *self.grid.lines(cells, height - 1)]
        told = (rules.unknown_words(self.year), _("Ins adds a day, ^K imports a list (date,kind,name)."))
        return [Line(), *(Line().put("   " + text) for text in told)]

    def warning(self, cells: int) -> Line:
        """What a year without its notice means; else what the calendar is for."""
        if self.office.known(self.year):
            return Line().put(" " + _("Order days, plate appointments and the banks go by this calendar."), "dim")
        return Line().put(" !! ", "error").put(rules.unknown_words(self.year), "warn")

    # -- keys

    def binds(self) -> Sequence[Bind]:
        """The keys."""
        return (ADD, EDIT, REMOVE, YEAR) if len(self) else (ADD, YEAR, COMMANDS)

    def press(self, key: str) -> bool:
        """Take a key."""
        special = self.special()
        if self.grid.move(key, PAGE):
            return True
        if key in ("tab", "backtab"):
            years = self.years()
            self._show(years[(years.index(self.year) + (1 if key == "tab" else -1)) % len(years)])
        elif key in ("insert", "+"):
            self.desk.open("day", {})
        elif key == "enter" and special:
            self.desk.open("day", {"day": special.day.isoformat()})
        elif key == "-" and special:
            self.desk.do(lambda: moves.remove(self.store, special))
            self.enter()
        else:
            return False
        return True

    def _show(self, year: int) -> None:
        self.year, self.grid.cursor = year, 0
        self.grid.clamp()

    def click(self, do: str) -> None:
        """A click on a year or a line."""
        kind, _sep, rest = do.partition(":")
        if kind == "year":
            self._show(int(rest))
        elif kind == "row":
            self.grid.cursor = int(rest)
            self.grid.clamp()

    # -- finding, undo, place

    def hits(self, typed: str) -> list[Hit]:
        """The days whose festival fits, while this page is up: only then the pinyin library is worth loading."""
        if self.desk.page is not self:
            return []
        names = {(s.name, s.name_en): search_words(s.name, s.name_en) for s in self.specials}
        scored = [(matches(typed, names[s.name, s.name_en]), s) for s in self.specials]
        return [
            Hit(s.shown, f"{_(self.word)}  {s.day} {_(KIND_WORDS[s.kind])}", self.name, s.day.isoformat(), score,
                s.day.year == self.year)
            for score, s in scored if score
        ]  # fmt: skip

    def go_to(self, place: str) -> None:
        """Go to a day, in its year."""
        day = date.fromisoformat(place)
        self._show(day.year)
        self.grid.cursor = next((n for n, special in enumerate(self.shown()) if special.day >= day), 0)
        self.grid.clamp()

    def show_changes(self, changes: Sequence[Change]) -> None:
        """Go to the day that changed last."""
        found = [change.new or change.old for change in changes if change.table == "calendar_days"]
        if found and found[-1]:
            self.go_to(str(found[-1][1]))

    def state(self) -> dict[str, Any]:
        """The year and the line."""
        return {"year": self.year, "cursor": self.grid.cursor}

    def restore(self, state: dict[str, Any]) -> None:
        """Take them up again."""
        self.year = max(1980, min(2200, int(state.get("year", self.year))))
        self.grid.cursor = max(0, int(state.get("cursor", 0)))

    def commands(self) -> list[Command]:
        """What the command list offers."""

        def read_in() -> None:
            self.desk.go_and_open(self.name, "import")

        def take_over() -> None:
            self.desk.go(self.name)
            self.desk.do(lambda: queries.preload(self.store))
            self.enter()

        return [
            Command(N_("Import the calendar (CSV)"), "dr daoru rili calendar import", read_in),
            Command(N_("Take over holidays the program knows"), "jq jiaqi holidays", take_over),
        ]


def _columns() -> list[Column]:
    return [Column(_("Day"), 12), Column(_("Weekday"), 12), Column(_("Kind"), 22), Column(_("Festival"), 28)]
