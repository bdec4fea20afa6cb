"""The display board: who stands where since when, whose it is to wipe today, what is sold and what should be rotated.

A sold display car stays on its spot until it is picked up; nothing is put on or taken off without having been seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from floorlead.cars import board, displayforms, lists, moves, queries, rules
from floorlead.cars.board import DriveCar, Proposal, Spot
from floorlead.cars.views import View
from floorlead.finding import matches, search_words
from floorlead.furniture import moves as furniture_moves
from floorlead.furniture import queries as furniture
from floorlead.people.records import Person
from floorlead.widgets.grid import Cell, Column
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line
from floorlead.widgets.page import Dialog
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.cars.screen import CarsPage
    from floorlead.store.undo import Change

DIALOGS: dict[str, type[Dialog]] = displayforms.DIALOGS
STAND_IN = bind("8", "8", N_("stand-in"), changes=True, help=N_("who wipes this spot today instead of its keeper"))
ON_OFF = bind("-", "-", N_("on/off"), changes=True, help=N_("an empty spot gets a car, a car goes to the yard"))
ROTATE = bind(
    ("9", "space"), "9", N_("rotate"), changes=True, help=N_("see which car should take this spot; 1 does it")
)
OPEN = bind("enter", "Enter", N_("spot"), changes=True, help=N_("everything that can be done with this spot"))
WIPE = bind("ctrl+a", "^A", N_("wiping"), changes=True, help=N_("a stand-in for today wherever the keeper is not here"))
KEY = bind("0", "0", N_("key out/back"), changes=True, help=N_("the key of a test-drive car leaves or is back"))
CAR = bind("enter", "Enter", N_("car"), changes=True, help=N_("its drives, its key, back to the stock to sell"))
DRIVES = bind("space", "Space", N_("drives"), help=N_("its last drives: who, when, how far"))
REST = (bind(("tab", "backtab"), "Tab", N_("view")), bind("f1", "F1", N_("help")))

NAME = 3
"""How well letters must fit a person to find what is his: from the start of a name, not somewhere inside it."""
FURNITURE, DRIVEN, SPOT = 2, 1, 1 + queries.COLUMNS.split(", ").index("spot_id")
"""Where a recorded row of stand_ins, drives and cars has what it is about."""


class DisplayView(View):
    """Every display spot in walking order, and below them the test-drive cars with their keys."""

    name = "display"
    word = N_("display")
    counted = "display"
    empty: ClassVar[str] = N_('{what}    no spot yet.   ^K, then "spots" adds them')

    def __init__(self, page: CarsPage) -> None:
        super().__init__(page)
        self._proposals: dict[int, Proposal] = {}

    # -- reading

    def read(self) -> Sequence[Spot | DriveCar]:
        self._proposals = {}
        return board.read(self.store)

    def proposal(self, spot: Spot) -> Proposal:
        """What should take a spot, worked out once for a spot that somebody looks at."""
        if spot.id not in self._proposals:
            self._proposals[spot.id] = board.proposal(self.store, spot)
        return self._proposals[spot.id]

    def summary(self) -> str:
        spots = [thing for thing in self.things if isinstance(thing, Spot)]
        late, empty = sum(spot.rotate for spot in spots), sum(spot.car is None for spot in spots)
        told = [
            _("rotate {count}").format(count=late) if late else "",
            _("empty {count}").format(count=empty) if empty else "",
        ]
        return "  ".join(filter(None, told))

    # -- drawing

    def columns(self) -> list[Column]:
        return [
            Column(_("Spot"), 5), Column(_("Car"), 16), Column(_("Aged"), 4, "right"), Column(_("Stood"), 5, "right"),
            Column(_("Keeper"), 17), Column(_("State"), 19), Column("", 6),
        ]  # fmt: skip

    def cells(self, number: int, thing: Spot | DriveCar) -> list[Cell]:
        return self._spot_cells(thing) if isinstance(thing, Spot) else self._drive_cells(thing)

    def _spot_cells(self, spot: Spot) -> list[Cell]:
        car, day = spot.car, self.store.today()
        if car is None:
            return [
                Cell(spot.name),
                Cell(_("empty"), "dim"),
                Cell(""),
                Cell(""),
                self._keeper(spot),
                Cell(""),
                Cell(""),
            ]
        age = rules.stock_age(car, day)
        there = spot.stood(day)
        style = "bad" if car.hold else "bold" if car.allocated else ""
        return [
            Cell(spot.name), Cell(f"{car.shown} {car.tail}"), Cell("-" if age is None else str(age)),
            Cell("-" if there is None else str(there)), self._keeper(spot), Cell(spot.state_words(), style),
            Cell(_("rotate"), "late") if spot.rotate else Cell(""),
        ]  # fmt: skip

    def _keeper(self, spot: Spot) -> Cell:
        """The keeper, who stands in today in brackets, `!` where nobody who is here wipes it."""
        keeper = spot.keeper.shown if spot.keeper else "-"
        if spot.stand_in:
            keeper = f"{board.short(spot.keeper) if spot.keeper else '-'}({board.short(spot.stand_in)})"
        return Cell(keeper if spot.covered else f"{keeper} !", "" if spot.covered else "warn")

    def _drive_cells(self, one: DriveCar) -> list[Cell]:
        age = rules.stock_age(one.car, self.store.today())
        state = _("out since {time}").format(time=one.drive.out_at[11:16]) if one.drive else _("key in")
        who = one.holder if one.drive else one.keeper.shown if one.keeper else ""
        km = "" if one.km is None else f"{one.km}km" if one.km < 10**4 else str(one.km)
        style = "bad" if one.long_out else "bold" if one.drive else ""
        return [
            Cell(one.car.spot or _("drive")), Cell(f"{one.car.shown} {one.car.tail}"),
            Cell("-" if age is None else str(age)), Cell(""), Cell(who), Cell(state, style), Cell(km),
        ]  # fmt: skip

    def warning(self, cells: int) -> Line:
        told, style = self._told()
        return Line().put(f" {told}", style) if told else Line()

    def _told(self) -> tuple[str, str]:
        """The most urgent sentence about what is under the cursor, and its style."""
        thing = self.thing()
        if isinstance(thing, DriveCar):
            return _drive_told(thing)
        if thing is None:
            return "", ""
        if not thing.covered:
            told = _("{spot}: {name} {why}; 1 names a stand-in, ^A one for each")
            name = thing.keeper.shown if thing.keeper else _("no keeper")
            return told.format(spot=thing.name, name=name, why=thing.absent).replace(" ;", ";"), "warn"
        if thing.car and thing.car.hold:
            return displayforms.held(thing, thing.car), "warn"
        if thing.car is None or thing.rotate or thing.car.allocated:
            return self._proposed(thing), "late" if thing.rotate else ""
        return "", ""

    def _proposed(self, spot: Spot) -> str:
        return displayforms.proposed(self.store, spot, self.proposal(spot))

    # -- keys

    def binds(self) -> Sequence[Bind]:
        thing = self.thing()
        if thing is None:
            return REST
        if isinstance(thing, DriveCar):
            return (KEY, CAR, DRIVES, *REST)
        return (STAND_IN, ON_OFF, ROTATE, OPEN, WIPE, *REST)

    def press(self, key: str) -> bool:
        thing = self.thing()
        if key == "ctrl+a":
            self._wipe()
            return True
        if isinstance(thing, DriveCar):
            return self._press_drive(thing, key)
        return thing is not None and self._press_spot(thing, key)

    def _press_spot(self, spot: Spot, key: str) -> bool:
        names = {"8": "standin", "9": "rotate", "space": "rotate", "enter": "spot"}
        if key == "-" and spot.car:
            car = spot.car
            self.desk.do(lambda: moves.to_yard(self.store, car))
            self.page.enter()
        elif key == "-":
            self.desk.open("puton", {"spot": spot.id})
        elif key in names:
            self.desk.open(names[key], {"spot": spot.id})
        else:
            return False
        return True

    def _press_drive(self, one: DriveCar, key: str) -> bool:
        names = {"0": "keyback" if one.drive else "keyout", "enter": "drivecar", "space": "drives"}
        if key not in names:
            return False
        self.desk.open(names[key], {"id": one.car.id})
        return True

    def _wipe(self) -> None:
        """A stand-in for every spot whose keeper is not here, all at once as one action."""
        day = self.store.today()
        wanted = furniture.stand_ins_wanted(self.store, day)
        if wanted:
            self.desk.do(lambda: furniture_moves.stand_in_all(self.store, day, wanted))
            self.page.enter()
        elif furniture.uncovered(self.store, day):
            self.desk.say(_("Nobody here can stand in; sign somebody in first"))
        elif furniture.to_wipe(self.store):
            self.desk.say(_("Every spot has somebody who is here to wipe it"))
        else:
            self.desk.say(_("No car stands on a spot; there is nothing to wipe"))

    # -- finding, undo

    def found(self, typed: str) -> list[tuple[int, str, str, int]]:
        found = []
        for thing in self.things:
            spot = isinstance(thing, Spot)
            words = [lists.search(thing.car) if thing.car else thing.piece.search]
            words += [search_words(thing.name)] if spot else []
            persons = _persons(thing)
            label = f"{thing.car.shown} {thing.car.tail}" if thing.car else _("empty")
            place = thing.name if spot else thing.car.place_words()
            where = " ".join([place, *dict.fromkeys(person.shown for person in persons)])
            score = max(matches(typed, one) for one in words)
            kept = max((matches(typed, person.search) for person in persons), default=0)
            found.append((max(score, kept if kept >= NAME else 0), label, where, thing.id))
        return found

    def subject(self, change: Change) -> int:
        """The spot or the test-drive car that a change is about."""
        row = change.new or change.old or []
        if change.table == "stand_ins":
            return int(row[FURNITURE])
        if change.table == "drives":
            return -int(row[DRIVEN])
        if change.table != "cars":
            return 0
        here = next((thing.id for thing in self.things if thing.car and thing.car.id == change.row), 0)
        spots = [values[SPOT] for values in (change.new, change.old) if values]
        return here or next((int(spot) for spot in spots if spot), 0)


def _persons(thing: Spot | DriveCar) -> list[Person]:
    """Whose a spot or a test-drive car is: its keeper, who stands in today, who has the key."""
    other = thing.stand_in if isinstance(thing, Spot) else thing.who
    return [person for person in (thing.keeper, other) if person]


def _drive_told(one: DriveCar) -> tuple[str, str]:
    if one.long_out:
        told = _("the key of {car} has been out for {count} minutes with {who}")
        return told.format(car=f"{one.car.shown} {one.car.tail}", count=one.minutes, who=one.holder), "warn"
    return "", ""
