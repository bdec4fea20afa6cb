"""The display board as it is read: every spot with its car, its keeper and what is due; then the test-drive cars.

A spot's id is the furniture's, a test-drive car's the car's with a minus sign.
"""

from __future__ import annotations

from datetime import date

from floorlead import clock, settings
from floorlead.cars import queries, rotation, rules
from floorlead.cars.records import HOLD_WORDS, Car, Drive, Hold, StockState
from floorlead.furniture import queries as furniture
from floorlead.furniture.records import Furniture, Kind
from floorlead.orders import queries as orders
from floorlead.orders.records import Order
from floorlead.people import queries as people
from floorlead.people.records import Person
from floorlead.record import record
from floorlead.store import Store
from floorlead.words import _, pick

OUT_MINUTES = 60
"""A test drive of more minutes than this is warned of."""


@record
class Spot:
    """A display spot; `since` is the day its car came onto it, `covered` whether somebody who is here wipes it,
    `absent` why its keeper is not here."""

    piece: Furniture
    car: Car | None
    since: date | None
    keeper: Person | None
    absent: str
    stand_in: Person | None
    covered: bool
    order: Order | None
    rotate: bool

    @property
    def id(self) -> int:
        """The spot's id."""
        return self.piece.id

    @property
    def name(self) -> str:
        """The spot's short name."""
        return self.piece.spot or self.piece.shown

    def stood(self, day: date) -> int | None:
        """Days since its car came onto it, never below 0; None where nobody knows."""
        return max(0, (day - self.since).days) if self.since else None

    def state_words(self) -> str:
        """Free, sold to whom until when, or held."""
        if self.car is None:
            return ""
        if self.car.hold is not Hold.NO:
            return _(HOLD_WORDS[self.car.hold])
        return sold_words(self.order) if self.car.allocated else _("free")


@record
class DriveCar:
    """A test-drive car; `drive` is the one that is out, `who` has its key, `keeper` looks after it, `km` is where the
    odometer was last."""

    car: Car
    drive: Drive | None
    who: Person | None
    keeper: Person | None
    km: int | None
    minutes: int

    @property
    def id(self) -> int:
        """The car's id with a minus sign: no spot has it."""
        return -self.car.id

    @property
    def holder(self) -> str:
        """Who took the key, by name."""
        return self.who.shown if self.who else "-"

    @property
    def long_out(self) -> bool:
        """Whether its key has been out too long."""
        return self.minutes > OUT_MINUTES


@record
class Proposal:
    """What should take a spot: a car of the same model in the yard, else the one that is expected first.

    `model` is the model wanted there, None where no car ever stood; `wanted` are cars that orders wait for.
    """

    car: Car | None
    coming: Car | None
    model: int | None
    cars: list[Car]
    wanted: set[int]


def sold_words(order: Order | None) -> str:
    """Sold to whom, picked up when; a car that is allocated without an order is only allocated."""
    if order is None:
        return _("allocated")
    return " ".join(filter(None, (_("sold"), order.customer, pick_up(order))))


def pick_up(order: Order) -> str:
    """The day of the hand-over as `11-27`, `27 Nov`; empty where none is fixed."""
    return clock.short_day(date.fromisoformat(order.handover_at[:10])) if order.handover_at else ""


def read(store: Store) -> list[Spot | DriveCar]:
    """The whole board: spots in walking order, then the test-drive cars."""
    return [*spots(store), *drive_cars(store)]


def spots(store: Store) -> list[Spot]:
    """Every display spot in walking order."""
    day, limit = store.today(), int(settings.get(store, "rotate_days"))
    cars = queries.on_spots(store)
    since = queries.displayed_since(store, list(cars.values()))
    live = orders.of_cars(store, [car.id for car in cars.values()])
    present = {one.person.id: one for one in people.day(store, day)}
    everybody = {person.id: person for person in people.everybody(store)}
    standing_in, open_ones = furniture.stand_ins(store, day), set(furniture.uncovered(store, day))

    def spot(piece: Furniture) -> Spot:
        car = cars.get(piece.id)
        on = since.get(car.id) if car else None
        late = car is not None and rotation.due((day - on).days if on else None, rules.stock_age(car, day), limit)
        there = present.get(piece.keeper_id or 0)
        absent = "" if there and there.here else there.words() if there else _("left") if piece.keeper_id else ""
        return Spot(
            piece, car, on, everybody.get(piece.keeper_id or 0), absent, everybody.get(standing_in.get(piece.id, 0)),
            piece.id not in open_ones, live.get(car.id) if car else None, late and car is not None and not car.allocated,
        )  # fmt: skip

    return [spot(piece) for piece in furniture.standing(store) if piece.kind is Kind.DISPLAY_CAR]


def drive_cars(store: Store) -> list[DriveCar]:
    """Every test-drive car with its key; also one that is none any more while its key is out, so that it comes back."""
    rows = store.rows("SELECT id FROM cars WHERE stock_state = 'in_stock' AND placement = 'test_drive'")
    out = {one[0].id: one for one in queries.cars_out(store)}
    cars = queries.some(store, sorted({*out, *(ident for (ident,) in rows)}))
    persons = {person.id: person for person in people.everybody(store)}
    keepers = {piece.id: piece.keeper_id for piece in furniture.standing(store)}
    found = []
    for ident in sorted(cars):
        car = cars[ident]
        _car, drive, minutes = out.get(ident, (car, None, 0))
        who, keeper = persons.get(drive.person_id or 0) if drive else None, keepers.get(car.spot_id or 0)
        found.append(DriveCar(car, drive, who, persons.get(keeper or 0), odometer(store, car), minutes))
    return found


def odometer(store: Store, car: Car) -> int | None:
    """Where a car's odometer was last, which is the most it ever showed; None where nobody wrote it down."""
    found = store.rows("SELECT max(km_out), max(km_back) FROM drives WHERE car_id = ?", car.id)
    return max((km for km in found[0] if km is not None), default=None)


def proposal(store: Store, spot: Spot) -> Proposal:
    """What should take a spot now, or after the hand-over of the sold car on it."""
    model = spot.car.model_id if spot.car else _last_model(store, spot.id)
    cars = queries.here(store, StockState.IN_STOCK, StockState.IN_TRANSIT)
    wishes = [(order.model_id, order.trim, order.colour) for order in orders.waiting(store)]
    wanted = rotation.needed(cars, wishes)
    found = rotation.proposal(cars, model, wanted)
    return Proposal(found, None if found else rotation.coming(cars, model), model, cars, wanted)


def _last_model(store: Store, spot: int) -> int | None:
    """The model of the car that stood on a spot last."""
    car = store.one("SELECT car_id FROM car_events WHERE spot_id = ? ORDER BY id DESC LIMIT 1", spot)
    found = queries.of(store, car) if car else None
    return found.model_id if found else None


def coming_words(car: Car, day: date) -> str:
    """A car that is expected, and how late it is: `QY white 5779 expected 24 Nov`."""
    if car.expected_on is None:
        return _("{car} is on its way").format(car=f"{car.shown} {car.tail}")
    told = _("{car} was expected {day}, {count} days late") if car.expected_on < day else _("{car} expected {day}")
    late = (day - car.expected_on).days
    return told.format(car=f"{car.shown} {car.tail}", day=clock.short_day(car.expected_on), count=late)


def short(person: Person) -> str:
    """A name where two must stand together: Han as it is, Latin as surname and initial."""
    first, *others = person.shown.split()
    return pick(person.name, f"{first} {others[0][0]}" if others else first)
