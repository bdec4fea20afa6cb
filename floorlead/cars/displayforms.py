"""The boxes over the display board: a spot and everything that may be done with it, seen first and then done by a digit.

What the trade forbids is not offered; the sentence that says why stands below.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from floorlead import clock
from floorlead.cars import board, driveforms, moves, rotation, rules
from floorlead.cars.board import Proposal, Spot
from floorlead.cars.records import HOLD_WORDS, Car
from floorlead.furniture import moves as furniture_moves
from floorlead.furniture import queries as furniture
from floorlead.furniture import rules as furniture_rules
from floorlead.orders import queries as orders
from floorlead.people import queries as people
from floorlead.people.records import Person, Role
from floorlead.store import Store
from floorlead.text import wrap
from floorlead.widgets.choose import Choice, Entry, Form
from floorlead.widgets.line import Line
from floorlead.widgets.page import Dialog
from floorlead.words import N_, _

MOST = 8
"""Cars or people offered at once; 9 shows the next ones."""
Act = tuple[str, Callable[[], None]]


def proposed(store: Store, spot: Spot, found: Proposal) -> str:
    """The sentence about a spot: why it should change, when, and which car should take it."""
    car, day = spot.car, store.today()
    what = taker(store, found)
    if car is None:
        return _("{spot} is empty; {what}").format(spot=spot.name, what=what)
    if car.allocated:
        until = board.pick_up(spot.order) if spot.order else ""
        told = _("sold, stays until {day}; then {what}") if until else _("sold, stays until the hand-over; then {what}")
        return told.format(day=until, what=what)
    there, age = spot.stood(day) or 0, rules.stock_age(car, day)
    return _("{there} days on {spot}, in stock {age}; {what}").format(there=there, spot=spot.name, age=age, what=what)


def held(spot: Spot, car: Car) -> str:
    """The sentence about a display car that something holds."""
    if car.allocated:
        told = _("{hold}, and {sold}: release it before the hand-over")
        return told.format(hold=_(HOLD_WORDS[car.hold]), sold=board.sold_words(spot.order))
    return _("{hold}: it stands here, but nobody can be given it").format(hold=_(HOLD_WORDS[car.hold]))


def taker(store: Store, found: Proposal) -> str:
    """Which car should take a spot: the one in the yard, else the one that is expected, else none."""
    if found.car:
        day = clock.short_day(found.car.arrived_on) if found.car.arrived_on else "-"
        return _("{car} (in {day}) can take it").format(car=f"{found.car.shown} {found.car.tail}", day=day)
    if found.coming:
        return board.coming_words(found.coming, store.today())
    return _("no car of the model is free") if found.model else _("choose a car")


class OnSpot(Choice):
    """What the boxes over a spot share: the spot as it is now, and how something is done."""

    _seen: tuple[tuple[int, str], Spot | None, Proposal | None] = ((-1, ""), None, None)

    def spot(self) -> Spot | None:
        """The spot as it is now, None when it was removed; read again after each write and each minute."""
        store = self.page.store
        mark = (store.writes, store.clock.stamp()[:16])
        if self._seen[0] != mark:
            found = next((one for one in board.spots(store) if one.id == self.args.get("spot")), None)
            self._seen = (mark, found, board.proposal(store, found) if found else None)
        return self._seen[1]

    @property
    def here(self) -> Spot:
        """The spot, which is there while the box is."""
        found = self.spot()
        assert found
        return found

    @property
    def proposal(self) -> Proposal:
        """What should take it."""
        self.spot()
        assert self._seen[2]
        return self._seen[2]

    def alive(self) -> bool:
        return self.spot() is not None

    def heading(self) -> str:
        spot = self.here
        return f"{spot.name}  " + (f"{spot.car.shown} {spot.car.tail}" if spot.car else _("empty"))

    def act(self, act: Callable[[], object]) -> None:
        """Close, do it, and show the board as it is then."""
        self.close()
        self.desk.do(act)
        self.page.enter()


class SpotBox(OnSpot):
    """Enter on a spot: its car, who keeps it, and everything that may be done."""

    def intro(self, cells: int) -> list[Line]:
        spot = self.here
        keeper = spot.keeper.shown if spot.keeper else _("nobody")
        told = [_("Keeper: {name}").format(name=f"{keeper} {spot.absent}".strip())]
        if spot.stand_in:
            told.append(_("today: {name}").format(name=spot.stand_in.shown))
        lines = ["   ".join([spot.state_words(), *told]).strip()]
        found = self.proposal
        lines += wrap(proposed(self.page.store, spot, found), cells - 2)
        return [*(Line().put(" " + text) for text in lines), Line()]

    def acts(self) -> list[Act]:
        """What may be done, digit 1 first; an empty word is not offered now. 8 and 9 are the board's own."""
        spot, args = self.here, {"spot": self.args["spot"]}
        may = bool(spot.car) and not rules.forbidden(spot.car, "yard") if spot.car else False
        return [
            (_("take it off, to the yard"), self._off) if may else ("", self.close),
            (_("another car instead") if spot.car else _("put a car on"), lambda: self.desk.open("puton", args)),
            (_("another keeper from today on"), lambda: self.desk.open("keeper", args)),
            (_("everything about the car"), self._car) if spot.car else ("", self.close),
            (_("correct the spot's name and place"), self._correct),
            ("", self.close),
            ("", self.close),
            (_("who stands in today"), lambda: self.desk.open("standin", args)),
            (_("the proposal: {car}").format(car=self._name()) if self._name() else "", lambda: self.desk.open("rotate", args)),
        ]  # fmt: skip

    def _name(self) -> str:
        found = self.proposal.car
        sold = self.here.car is not None and self.here.car.allocated
        return f"{found.shown} {found.tail}" if found and not sold else ""

    def choices(self) -> Sequence[str]:
        return [word for word, _act in self.acts()]

    def outro(self, cells: int) -> list[Line]:
        car = self.here.car
        if car is None:
            return []
        told = rules.forbidden(car, "yard") or (
            _("A sold car stays on display until it is picked up.") if car.allocated else ""
        )
        return [Line().put(" " + told, "dim")] if told else []

    def take(self, number: int) -> None:
        self.acts()[number - 1][1]()

    def _off(self) -> None:
        car = self.here.car
        assert car
        self.act(lambda: moves.to_yard(self.page.store, car))

    def _correct(self) -> None:
        self.close()
        self.desk.go("furniture", str(self.args["spot"]))

    def _car(self) -> None:
        car = self.here.car
        assert car
        self.desk.open("car", {"id": car.id})


class PutOn(OnSpot):
    """The cars that can take a spot, best first, each with why; 9 shows the next ones."""

    def _found(self) -> tuple[Proposal, list[Car]]:
        found = self.proposal
        return found, rotation.candidates(found.cars, found.model, found.wanted)

    def _shown(self) -> tuple[Proposal, list[Car], bool]:
        found, cars = self._found()
        top = int(self.args.get("top", 0)) if int(self.args.get("top", 0)) < len(cars) else 0
        return found, cars[top : top + MOST], len(cars) > MOST

    def choices(self) -> Sequence[str]:
        found, cars, more = self._shown()
        live = orders.of_cars(self.page.store, [car.id for car in cars if car.allocated])
        words = [f"{car.shown} {car.tail}  {car.trim}  {self._why(found, car, live.get(car.id))}" for car in cars]
        return [*words, *[""] * (MOST - len(words)), _("more cars")] if more else words

    def _why(self, found: Proposal, car: Car, order: Any) -> str:
        """Why a car stands where it does in the list, in words."""
        age = rules.stock_age(car, self.page.store.today())
        told = [_("same model") if car.model_id == found.model else "", _("{age} days in stock").format(age=age)]
        if car.allocated:
            told.append(board.sold_words(order))
        elif car.id in found.wanted:
            told.append(_("an order waits for it"))
        return ", ".join(filter(None, told))

    def intro(self, cells: int) -> list[Line]:
        if self._found()[1]:
            return []
        return [Line().put(" " + _("No car in the yard can be put on display: none is there without a hold."))]

    def take(self, number: int) -> None:
        _found, cars, _more = self._shown()
        if number > len(cars):
            self.args["top"] = int(self.args.get("top", 0)) + MOST
            return
        self.desk.stacks[self.page.name].clear()
        put(self, self.here, cars[number - 1])


class Rotate(OnSpot):
    """The proposal for a spot, seen before it is done: 1 does it, 2 chooses another car."""

    def heading(self) -> str:
        spot = self.here
        return f"{spot.name}  " + _("proposal")

    def intro(self, cells: int) -> list[Line]:
        spot, found = self.here, self.proposal
        told = wrap(proposed(self.page.store, spot, found), cells - 2)
        why = _("same model, the newest in the yard that no order waits for, without a hold") if found.car else ""
        lines = [*told, *wrap(why, cells - 2)] if why else told
        return [*(Line().put(" " + text) for text in lines), Line()]

    def choices(self) -> Sequence[str]:
        spot, found = self.here, self.proposal
        sold = spot.car is not None and spot.car.allocated
        car = found.car
        words = ""
        if car and not sold:
            told = _("{car} takes the place of {off}") if spot.car else _("put {car} on {spot}")
            off = f"{spot.car.shown} {spot.car.tail}" if spot.car else ""
            words = told.format(car=f"{car.shown} {car.tail}", off=off, spot=spot.name)
        return (words, _("choose another car"))

    def take(self, number: int) -> None:
        car = self.proposal.car
        if number == 2:
            self.desk.open("puton", {"spot": self.args["spot"]})
        elif car:
            self.desk.stacks[self.page.name].clear()
            put(self, self.here, car)


def put(box: OnSpot, spot: Spot, car: Car) -> None:
    """A car takes a spot; what stood there goes to the yard in the same action."""
    store, off = box.page.store, spot.car
    if off:
        box.desk.do(lambda: moves.exchange(store, off, car))
    else:
        box.desk.do(lambda: moves.put_on_display(store, car, spot.id, spot.name))
    box.page.enter()


class StandIn(OnSpot):
    """Who wipes a spot today: those who are here, consultants first, each with how many spots are theirs today."""

    def _people(self) -> tuple[list[Person], dict[int, int]]:
        store = self.page.store
        day = store.today()
        here = [one.person for one in people.day(store, day) if one.here and one.person.on_cards]
        load = furniture_rules.loads(furniture.to_wipe(store), [p.id for p in here], furniture.stand_ins(store, day))
        order = sorted(here, key=lambda p: (p.role is not Role.CONSULTANT, load[p.id], p.position))
        return [person for person in order if person.id != self.here.piece.keeper_id], load

    def choices(self) -> Sequence[str]:
        found, load = self._people()
        words = [_("{name}  {count} today").format(name=p.shown, count=load[p.id]) for p in found[:MOST]]
        return [*words, *[""] * (MOST - len(words)), _("its keeper again") if self.here.stand_in else ""]

    def intro(self, cells: int) -> list[Line]:
        if self._people()[0]:
            return []
        return [Line().put(" " + _("Nobody here can stand in; sign somebody in first"))]

    def take(self, number: int) -> None:
        store, piece = self.page.store, self.here.piece
        person = self._people()[0][number - 1] if number <= MOST else None
        again = person is not None and self.here.stand_in == person
        self.act(lambda: furniture_moves.stand_in(store, store.today(), piece, None if again else person))


class Keeper(Form):
    """Whose spot it is from today on."""

    def alive(self) -> bool:
        return furniture.of(self.page.store, int(self.args.get("spot", 0))) is not None

    def heading(self) -> str:
        piece = furniture.of(self.page.store, int(self.args.get("spot", 0)))
        return (f"{piece.spot}  " if piece else "") + _("Keeper")

    def entries(self) -> Sequence[Entry]:
        return (Entry("keeper", N_("Keeper"), 40, hint=N_("number, name or pinyin initials")),)

    def save(self) -> None:
        store = self.page.store
        piece, who = (
            furniture.of(store, int(self.args.get("spot", 0))),
            people.meant(store, self.values.get("keeper", "")),
        )
        person = next((p for p in people.everybody(store) if p.id == who), None)
        assert piece
        self.finish(lambda: furniture_moves.keep(store, piece, person))


DIALOGS: dict[str, type[Dialog]] = {
    "spot": SpotBox, "puton": PutOn, "rotate": Rotate, "standin": StandIn, "keeper": Keeper, **driveforms.DIALOGS,
}  # fmt: skip
