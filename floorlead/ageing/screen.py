"""F4: the cars that stand too long. Space picks, Enter announces, the bar shows who has been here longest.

List and summary are drawn from one read; picks are a place, not data, and survive a restart.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from floorlead.ageing import board, dialogs, queries, rules, stories
from floorlead.ageing.records import AgedCar, Ageing
from floorlead.cars import lists
from floorlead.finding import matches
from floorlead.widgets.grid import Grid, Rows
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line, rule
from floorlead.widgets.page import Command, Dialog, Hit, Page
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.store.undo import Change
    from floorlead.widgets.desk import Desk

LIST, SUMMARY = 0, 1
PICK = bind(
    "space", "Space", N_("pick"), effect="cursor view", help=N_("pick the car and go down; again takes the pick off")
)
DUE = bind(
    "ctrl+a",
    "^A",
    N_("due"),
    effect="view said",
    help=N_("pick all shown over the push age that were not announced this week"),
)
SAY = bind(
    "enter", "Enter", N_("announce"), changes=True, help=N_("announce the picked cars, or the one under the cursor")
)
FILTER = bind(("tab", "backtab"), "Tab", N_("filter"), help=N_("only the cars above a threshold"))
PRINT = bind("ctrl+p", "^P", N_("print"))
TAIL = bind("ctrl+f", "^F", N_("tail"), help=N_("find a car by the end of its VIN"))
HELP = bind("f1", "F1", N_("help"))


class AgeingPage(Page):
    """The age list, and its summary by bucket and model."""

    name = "ageing"
    key = "f4"
    word = N_("Ageing")
    finds = "kl kuling age"
    TABLES = ("announcements", "announced_cars")
    DIALOGS: ClassVar[dict[str, type[Dialog]]] = {
        "announce": dialogs.Announce, "offer": dialogs.OfferForm, "move": dialogs.Move, "print": dialogs.PrintList,
        "told": dialogs.WhatWasAnnounced,
    }  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.view = LIST
        self.filter = 0
        """0 for all, else the threshold from the end: 1 is the last one."""
        self.here = 0
        """The id of the car under the cursor."""
        self.picked: set[int] = set()
        self.ageing: Ageing | None = None
        self.cars: list[AgedCar] = []
        self.sums: list[rules.Sum] = []
        self.grid = Grid(())
        self.matrix = Grid(())

    # -- reading

    def enter(self) -> None:
        """Read the cars again; the cursor stays with its car, a pick whose car left is dropped."""
        self.ageing = queries.aged(self.store)
        self.filter %= board.steps(self.ageing)
        self.picked &= {one.id for one in self.ageing.cars}
        self.grid.columns = board.columns(self.ageing)
        self.matrix.columns = board.summary_columns(self.ageing)
        self.sums = rules.by_model(self.ageing)
        self.matrix.source = Rows([board.sum_cells(one) for one in self.sums])
        self._stand(self.here)

    def arrive(self) -> None:
        """Coming from another page the list is shown: there Space picks."""
        self.view = LIST

    def read(self) -> Ageing:
        """The list as it was last read."""
        if self.ageing is None:
            self.enter()
        assert self.ageing
        return self.ageing

    def _stand(self, ident: int) -> bool:
        ageing = self.read()
        self.cars = rules.above(ageing, self.filter)
        found = next((n for n, one in enumerate(self.cars) if one.id == ident), None)
        if found is not None:
            self.grid.cursor = found
        self.grid.source = board.CarRows(ageing, self.cars, self.picked)
        self.grid.clamp()
        self._note_cursor()
        return found is not None

    def _note_cursor(self) -> None:
        self.here = self.cars[self.grid.cursor].id if self.cars else 0

    def car(self) -> AgedCar | None:
        """The car under the cursor."""
        return self.cars[self.grid.cursor] if self.cars else None

    def named(self, idents: Sequence[int]) -> list[AgedCar]:
        """Cars of the list by their ids, in the order of the list."""
        return [one for one in self.read().cars if one.id in set(idents)]

    def next_view(self) -> None:
        """From the list to the summary and back."""
        self.view = SUMMARY if self.view == LIST else LIST

    # -- drawing

    def title(self, cells: int) -> Line:
        """The filters, the picks, the mean age and the interest."""
        shown = self.filter if self.view == LIST else -1
        return board.title(self.read(), _(self.word), shown, len(self.picked))

    def body(self, cells: int, height: int) -> list[Line]:
        """The list with the car under the cursor in full, or the summary."""
        if not self.read().cars or (self.view == LIST and not self.cars):
            return board.nothing(self.read(), self.filter)
        if self.view == SUMMARY:
            return self._summary(cells, height)
        car = self.car()
        assert car
        rows = self.grid.lines(cells, height - board.PANEL - 1)
        rows += [Line() for _n in range(height - board.PANEL - 1 - len(rows))]
        return [self.grid.head(cells), *rows, *board.panel(self.read(), car)]

    def _summary(self, cells: int, height: int) -> list[Line]:
        feet = Grid(self.matrix.columns, Rows(board.summary_feet(self.read())), cursor=-1)
        rows = self.matrix.lines(cells, height - 6)
        below = [feet.drawn(n, feet.source.row(n), cells, False) for n in range(len(feet.source))]
        return [self.matrix.head(cells), *rows, rule("", board.PAGE - 1), *below]

    def warning(self, cells: int) -> Line:
        """What the columns mean; a clock that stands before an arrival."""
        if not self.cars:
            return Line()
        early = sum(one.early for one in self.read().cars)
        return Line().put(" " + board.explains(self.read(), early), "warn" if early else "dim")

    # -- keys

    def binds(self) -> Sequence[Bind]:
        """The keys."""
        if self.view == SUMMARY:
            cars = (bind("enter", "Enter", N_("its cars"), effect="view"),) if self.sums else ()
            return (*cars, bind("f4", "F4", N_("list")), PRINT, HELP)
        view = bind("f4", "F4", N_("sums"), help=N_("the summary by bucket and model"))
        return (PICK, DUE, SAY, FILTER, view, PRINT, TAIL, HELP) if self.cars else (FILTER, view, HELP)

    def press(self, key: str) -> bool:
        """Take a key."""
        if self.store.changed_elsewhere():
            self.enter()
        if self.view == SUMMARY:
            return self._press_summary(key)
        if self.grid.move(key, 10):
            self._note_cursor()
        elif key in ("tab", "backtab"):
            self.show(self.filter + (1 if key == "tab" else -1))
        elif key == "space" and self.cars:
            self._pick(self.here)
            self.grid.move("down", 1)
            self._note_cursor()
        elif key == "ctrl+a" and self.cars:
            self._pick_due()
        elif key == "enter" and self.cars:
            wanted = self.named(sorted(self.picked)) or [self.cars[self.grid.cursor]]
            self.desk.open("announce", {"cars": [one.id for one in wanted]})
        else:
            return False
        return True

    def _press_summary(self, key: str) -> bool:
        if key == "enter" and self.sums:
            self.go_to(str(self.sums[self.matrix.cursor].oldest))
            return True
        return self.matrix.move(key, 10)

    def _pick(self, ident: int) -> None:
        self.picked ^= {ident}

    def _pick_due(self) -> None:
        due = rules.due(self.read(), self.cars)
        fresh = [one.id for one in due if one.id not in self.picked]
        self.picked.update(fresh)
        if not due:
            told = _("No car shown is over {days} days and still to be announced this week")
            self.desk.say(told.format(days=self.read().push_days))

    def show(self, number: int) -> None:
        """Show another filter, by its number."""
        self.filter = number % board.steps(self.read())
        self._stand(self.here)

    def click(self, do: str) -> None:
        """A click on a filter, a pick mark or a line."""
        kind, _sep, rest = do.partition(":")
        if kind == "filter":
            self.view = LIST
            self.show(int(rest))
        elif kind == "row" and self.view == SUMMARY:
            self.matrix.cursor = int(rest)
            self.matrix.clamp()
        elif kind in ("row", "pick") and int(rest) < len(self.cars):
            self._stand(self.cars[int(rest)].id)
            if kind == "pick":
                self._pick(self.here)

    # -- finding, undo, place

    def hits(self, typed: str) -> list[Hit]:
        """The cars that fit, while this page is up; from elsewhere a car is found among the cars."""
        if self.desk.page is not self:
            return []
        found = []
        for one in self.read().cars:
            if score := matches(typed, lists.search(one.car)):
                where = _("{days} days  {place}").format(days=one.stock_age, place=stories.place(one))
                found.append(Hit(f"{one.car.shown} {one.car.tail}", where, self.name, str(one.id), score))
        return found

    def go_to(self, place: str) -> None:
        """Go to a car by id, whatever the filter."""
        self.view = LIST
        if not self._stand(int(place)):
            self.filter = 0
            self._stand(int(place))

    def show_changes(self, changes: Sequence[Change]) -> None:
        """Go to the first car of what was announced or taken back."""
        found = [values[2] for change in changes if change.table == "announced_cars"
                 for values in (change.new or change.old,) if values]  # fmt: skip
        shown = [one.id for one in self.named(found)]
        if shown:
            self.go_to(str(shown[0]))

    def state(self) -> dict[str, Any]:
        """View, filter, car and picks."""
        return {"view": self.view, "filter": self.filter, "here": self.here, "picked": sorted(self.picked)}

    def restore(self, state: dict[str, Any]) -> None:
        """Take them up again."""
        self.view, self.filter = int(state.get("view", LIST)) % 2, int(state.get("filter", 0))
        self.here, self.picked = int(state.get("here", 0)), {int(one) for one in state.get("picked", [])}

    def commands(self) -> list[Command]:
        """What the command list offers."""
        return [
            Command(N_("What was announced"), "tb tongbao announced", lambda: self.desk.go_and_open(self.name, "told")),
            Command(N_("Print the ageing list"), "dy dayin kuling", lambda: self.desk.go_and_open(self.name, "print")),
        ]  # fmt: skip

    def print_dialog(self) -> tuple[str, dict[str, Any]] | None:
        """The ageing list on paper."""
        return ("print", {})
