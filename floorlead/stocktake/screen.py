"""The stock-take: begin, walk with the list or with the numbers, see what is left, close it with its differences.

Every tick is saved at once; what was expected when the walk began stays what was expected.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from floorlead import clock
from floorlead.cars import lists
from floorlead.cars import moves as car_moves
from floorlead.cars.records import Car, StockState
from floorlead.finding import matches
from floorlead.stocktake import dialogs, moves, queries
from floorlead.stocktake.records import Mark, Walk
from floorlead.stocktake.sheet import difference, state
from floorlead.widgets.grid import Cell, Column, Grid
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line
from floorlead.widgets.page import Command, Dialog, Hit, Page
from floorlead.words import N_, _, language

if TYPE_CHECKING:
    from floorlead.store.undo import Change
    from floorlead.widgets.desk import Desk

UNSEEN, SEEN, FOUND = range(3)
FILTERS = (N_("not counted"), N_("counted"), N_("differences"))
BEGIN = bind(("insert", "+"), "Ins", N_("begin"), changes=True, help=N_("what is in stock now should be here"))
FIRST = bind(("insert", "+", "enter"), "Ins", N_("begin"), changes=True, help=N_("what is in stock now should be here"))
TYPE = bind(("enter", "insert", "+"), "Enter", N_("type numbers"), help=N_("the end of each VIN, car after car"))
TICK = bind("space", "Space", N_("counted"), changes=True, help=N_("this car is here, and one down"))
BACK = bind("-", "-", N_("not counted"), changes=True, help=N_("take the tick, or what was found, back"))
NOTE = bind("1", "1", N_("note"), changes=True, help=N_("why it was not seen, or what was found"))
ARRIVED = bind("2", "2", N_("arrived"), changes=True, help=N_("a car known as in transit is here: enter its arrival"))
END = bind("ctrl+s", "^S", N_("end"), changes=True, help=N_("see what is left, then close the stock-take"))
REST = (
    bind(("tab", "backtab"), "Tab", N_("filter")), bind("ctrl+p", "^P", N_("print")), bind("f1", "F1", N_("help")),
)  # fmt: skip
CAR_ID = 3
"""Where a recorded row of stocktake_marks has its car."""
Thing = tuple[Car | None, Mark | None]


class StocktakePage(Page):
    """The newest stock-take: what is not seen yet, what was seen, and what is different."""

    name = "stocktake"
    key = ""
    word = N_("Stock-take")
    finds = "pd pandian stocktake"
    TABLES = ("stocktakes", "stocktake_marks")
    DIALOGS: ClassVar[dict[str, type[Dialog]]] = dialogs.DIALOGS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.filter = UNSEEN
        self.here = 0
        """The thing under the cursor: a car's id, or a mark's with a minus sign."""
        self.walk: Walk | None = None
        self.things: list[Thing] = []
        self.grid = Grid((), self)

    # -- reading

    def enter(self) -> None:
        take = queries.newest(self.store)
        self.walk = queries.walk(self.store, take) if take else None
        self._show(self.filter)

    def _of(self, number: int) -> list[Thing]:
        """What a filter shows."""
        walk = self.walk
        if walk is None:
            return []
        found: list[Thing] = [(car, mark) for mark, car in walk.found]
        return [list[Thing](walk.unseen), list[Thing](walk.seen), found][number]

    def _show(self, number: int) -> None:
        self.filter = number % len(FILTERS)
        self.grid.columns = _columns(self.filter)
        self.things = self._of(self.filter)
        self._stand(self.here)

    def _ident(self, thing: Thing) -> int:
        car, mark = thing
        return -mark.id if self.filter == FOUND and mark else car.id if car else 0

    def _stand(self, ident: int) -> bool:
        place = next((n for n, thing in enumerate(self.things) if self._ident(thing) == ident), None)
        if place is not None:
            self.grid.cursor = place
        self.grid.clamp()
        self.here = self._ident(self.things[self.grid.cursor]) if self.things else 0
        return place is not None

    def subject(self, ident: int) -> Thing | None:
        """The car and the mark that an id means, on whichever filter."""
        walk = self.walk
        if walk is None:
            return None
        if ident < 0:
            return next(((car, mark) for mark, car in walk.found if mark.id == -ident), None)
        return next(((car, mark) for car, mark in [*walk.unseen, *walk.seen] if car.id == ident), None)

    def thing(self) -> Thing | None:
        """What is under the cursor."""
        return self.things[self.grid.cursor] if self.things else None

    # -- drawing

    def title(self, cells: int) -> Line:
        line = Line().put(f" {_(self.word)}  ", "title")
        if self.walk is None:
            return line
        take = self.walk.take
        for n, word in enumerate(FILTERS):
            here, text = n == self.filter, f"{_(word)} {len(self._of(n))}"
            line.put(f"[{text}]" if here else f" {text} ", "chip" if here else "", f"filter:{n}")
        when = f"{clock.short_day(take.day)} {(take.closed_at or take.begun_at)[11:16]}"
        return line.put("  " + (when if take.open else _("closed") + " " + when))

    def body(self, cells: int, height: int) -> list[Line]:
        if self.walk is None:
            told = _("{what}    none yet.   Ins begins one: every car in stock should be here").format(
                what=_(self.word)
            )
            return [Line(), Line().put("   " + told)]
        if self.things:
            return [self.grid.head(cells), *self.grid.lines(cells, height - 1)]
        empty = (_("Every car was seen."), _("No car was seen yet."), _("Nothing was found that is not on the list."))
        return [Line(), Line().put("   " + empty[self.filter])]

    def __len__(self) -> int:
        return len(self.things)

    def row(self, index: int) -> Sequence[Cell]:
        """One row's cells, made when it is in sight."""
        car, mark = self.things[index]
        note = mark.note if mark else ""
        head = Cell(str(index + 1))
        if self.filter == FOUND and mark:
            told = difference(mark, car)
            where = Cell(mark.at[11:16])
            name = Cell(car.shown if car else "-")
            return [head, where, name, Cell(mark.typed[-8:]), Cell(told, "warn"), Cell(note)]
        assert car
        seen = _("seen {time}").format(time=mark.at[11:16]) if mark and mark.seen else ""
        told = "  ".join(filter(None, (seen, state(car), note)))
        return [head, Cell(car.place_words()), Cell(car.shown), Cell(car.vin[-8:]), Cell(car.trim), Cell(told)]

    def warning(self, cells: int) -> Line:
        due = queries.due(self.store, self.store.today())
        if due is None or (self.walk and self.walk.take.open):
            return Line()
        told = _("A stock-take is due by {day}: none was closed in this part of the month")
        return Line().put(" " + told.format(day=clock.short_day(due)), "warn")

    # -- keys

    def binds(self) -> Sequence[Bind]:
        if self.walk is None:
            return (FIRST, REST[-1])
        thing = self.thing()
        own: tuple[Bind, ...] = ()
        if thing and self.walk.take.open:
            own = (TICK, NOTE) if self.filter == UNSEEN else (BACK, NOTE)
        elif thing:
            own = (NOTE,)
        if thing and self.filter == FOUND and _in_transit(thing):
            own = (*own, ARRIVED)
        return (TYPE, *own, END, *REST) if self.walk.take.open else (BEGIN, *own, *REST)

    def press(self, key: str) -> bool:
        if self.grid.move(key, 10):
            self.here = self._ident(self.things[self.grid.cursor]) if self.things else 0
            return True
        if key in ("tab", "backtab"):
            self._show(self.filter + (1 if key == "tab" else -1))
            return True
        if key in ("insert", "+", "enter") and (self.walk is None or not self.walk.take.open):
            return self._begin(key)
        if key == "ctrl+s" and self.walk and self.walk.take.open:
            self.desk.open("end", {})
            return True
        if key in ("insert", "+", "enter"):
            self.desk.open("walk", {})
            return True
        thing = self.thing()
        return thing is not None and self._press_thing(thing, key)

    def _begin(self, key: str) -> bool:
        if self.walk is not None and key == "enter":
            return False
        if self.desk.do(lambda: moves.begin(self.store)):
            self.filter = UNSEEN
            self.enter()
            self.desk.open("walk", {})
        return True

    def _press_thing(self, thing: Thing, key: str) -> bool:
        walk, (car, mark) = self.walk, thing
        assert walk
        if key == "space" and self.filter == UNSEEN and car and walk.take.open:
            self.desk.do(lambda: moves.see(self.store, walk, car.vin, car))
        elif key == "-" and mark and mark.seen and walk.take.open:
            self.desk.do(lambda: moves.unsee(self.store, walk.take, mark, car))
        elif key == "1":
            self.desk.open("note", {"id": self._ident(thing), "values": {"note": mark.note if mark else ""}})
        elif key == "2" and car and _in_transit(thing):
            self.desk.do(lambda: car_moves.arrive(self.store, car))
        else:
            return False
        self.enter()
        return True

    def click(self, do: str) -> None:
        kind, _sep, rest = do.partition(":")
        if kind == "filter":
            self._show(int(rest))
        elif kind == "row" and int(rest) < len(self.things):
            self._stand(self._ident(self.things[int(rest)]))

    def print_dialog(self) -> tuple[str, dict[str, Any]] | None:
        return ("print", {}) if self.walk else None

    # -- finding, undo, place

    def hits(self, typed: str) -> list[Hit]:
        walk = self.walk
        if walk is None:
            return []
        everything = [(car, UNSEEN) for car, _mark in walk.unseen] + [(car, SEEN) for car, _mark in walk.seen]
        scored = [(matches(typed, lists.search(car)), car, n) for car, n in everything]
        return [
            Hit(f"{car.shown} {car.tail}", f"{_(FILTERS[n])}  {car.place_words()}", self.name, f"{n}:{car.id}", score,
                n == self.filter)
            for score, car, n in scored if score
        ]  # fmt: skip

    def go_to(self, place: str) -> None:
        number, _sep, ident = place.partition(":")
        self._show(int(number))
        self._stand(int(ident or 0))

    def show_changes(self, changes: Sequence[Change]) -> None:
        for change in reversed(changes):
            row = (change.new or change.old or []) if change.table == "stocktake_marks" else []
            idents = [int(row[CAR_ID]) if row and row[CAR_ID] else 0, -change.row]
            for number in (self.filter, *range(len(FILTERS))):
                self._show(number)
                if row and any(ident and self._stand(ident) for ident in idents):
                    return

    def state(self) -> dict[str, Any]:
        return {"filter": self.filter, "here": self.here}

    def restore(self, state: dict[str, Any]) -> None:
        self.filter = int(state.get("filter", 0)) % len(FILTERS)
        self.here = int(state.get("here", 0))

    def commands(self) -> list[Command]:
        def begin() -> None:
            self.desk.go(self.name)
            if self.walk and self.walk.take.open:
                self.desk.open("walk", {})
            else:
                self._begin("insert")

        return [Command(N_("Walk through a stock-take"), "pd pandian stocktake walk", begin)]


def _in_transit(thing: Thing) -> bool:
    return thing[0] is not None and thing[0].stock_state is StockState.IN_TRANSIT


def _columns(number: int) -> list[Column]:
    if number == FOUND:
        return [
            Column("#", 3, "right"), Column(_("Time"), 5), Column(_("Model, colour"), 15), Column(_("VIN ends"), 8),
            Column(_("Difference"), 21), Column(_("Note"), 20),
        ]  # fmt: skip
    where = 11 if language() == "zh" else 16
    return [
        Column("#", 3, "right"), Column(_("Where"), where), Column(_("Model, colour"), 15), Column(_("VIN ends"), 8),
        Column(_("Trim"), 11), Column(_("Note"), 36 - where),
    ]  # fmt: skip
