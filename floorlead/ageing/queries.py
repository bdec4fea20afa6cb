"""Reading the age list: the cars on hand with their announcements in one read, what came of them when it is looked at.

Only cars on hand are on it: one in transit has no age, a test-drive car is not for sale, one that left is frozen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from floorlead import settings
from floorlead.ageing import rules
from floorlead.ageing.records import MOVE, AgedCar, Ageing, Announced, AnnouncedCar, Announcement, Happening
from floorlead.cars import queries as car_queries
from floorlead.cars import rules as car_rules
from floorlead.cars.records import Car, StockState
from floorlead.furniture import queries as furniture_queries
from floorlead.furniture.records import Furniture, Kind
from floorlead.people import queries as people_queries
from floorlead.people.records import Person
from floorlead.store import Store

Said = tuple[str, str, str, str, str, int, int | None, str]
"""(day, local stamp, by, kind, text, age, owner's id, offer) of a car in an announcement."""
_TOLD_OF = "('allocated', 'display', 'yard', 'back', 'away', 'test_drive')"


def aged(store: Store, day: date | None = None) -> Ageing:
    """The cars on hand with their ages on a day (today), the oldest first.

    An age is never below 0: a car that a clock set back has not seen arrive yet counts as arrived on that day.
    """
    on = day or store.today()
    bounds, percent = car_queries.thresholds(store), car_queries.rate(store)
    cars = [car for car in car_queries.here(store, StockState.IN_STOCK, order=False) if car.on_hand]
    people = {person.id: person for person in people_queries.everybody(store)}
    keepers = {piece.id: piece.keeper_id for piece in furniture_queries.standing(store)}
    said = _said(store, on)
    made = []
    for car in cars:
        owner = _owner(car, keepers, people, on)
        told = _Told(partial(_told, store, car, said[car.id], people, on)) if car.id in said else ()
        made.append(_aged(car, on, bounds, percent, owner, told))
    made.sort(key=lambda one: (-one.stock_age, one.id))
    buckets = tuple(car_rules.bucket_words(n, bounds) for n in range(len(bounds) + 1))
    return Ageing(on, bounds, buckets, percent, int(settings.get(store, "push_days")), tuple(made))


def _aged(
    car: Car, on: date, bounds: tuple[int, ...], percent: float, owner: Person | None, told: Sequence[Announced]
) -> AgedCar:
    age = car_rules.stock_age(car, on) or 0
    paid, built = car_rules.paid_age(car, on), car_rules.built_age(car, on)
    return AgedCar(
        car, max(0, age), None if paid is None else max(0, paid), None if built is None else max(0, built),
        car_rules.bucket(age, bounds), car_rules.interest_per_day(car, percent),
        car_rules.interest_to_date(car, on, percent), owner.id if owner else None, owner.shown if owner else "", told,
        age < 0,
    )  # fmt: skip


def _owner(car: Car, keepers: Mapping[int, int | None], people: Mapping[int, Person], on: date) -> Person | None:
    """Who pushes a car: the one named for it, else the keeper of its spot; nobody who has left."""
    for ident in (car.push_id, keepers.get(car.spot_id or 0)):
        person = people.get(ident or 0)
        if person and not people_queries.gone(person, on):
            return person
    return None


def owner_of(store: Store, car: Car) -> int | None:
    """The id of who pushes a car today: the one named for it, else the keeper of its spot; None for nobody."""
    spot = furniture_queries.of(store, car.spot_id) if car.spot_id else None
    people = {person.id: person for person in people_queries.everybody(store)}
    owner = _owner(car, {spot.id: spot.keeper_id} if spot else {}, people, store.today())
    return owner.id if owner else None


def _said(store: Store, on: date) -> dict[int, list[Said]]:
    """What was announced of the cars in stock up to a day, as {car's id: in the order of time}."""
    sql = (
        "SELECT x.car_id, a.day, a.at, a.by, a.kind, a.text, x.age, x.owner_id, x.offer FROM cars c "
        "CROSS JOIN announced_cars x ON x.car_id = c.id CROSS JOIN announcements a ON a.id = x.announcement_id "
        "WHERE c.stock_state = 'in_stock' AND a.day <= ? ORDER BY x.id"
    )
    found: dict[int, list[Said]] = {}
    for car, *rest in store.rows(sql, on.isoformat()):
        found.setdefault(car, []).append(tuple(rest))
    return found


class _Told(Sequence[Announced]):
    """What was announced of a car and what came of it, read when somebody looks: at most cars nobody does."""

    __slots__ = ("_made", "_read")

    def __init__(self, read: Callable[[], list[Announced]]) -> None:
        self._read = read
        self._made: list[Announced] | None = None

    def _all(self) -> list[Announced]:
        if self._made is None:
            self._made = self._read()
        return self._made

    def __len__(self) -> int:
        return len(self._all())

    def __getitem__(self, place: Any) -> Any:
        return self._all()[place]


def _told(store: Store, car: Car, said: Iterable[Said], people: Mapping[int, Person], on: date) -> list[Announced]:
    events = _events_of(store, [car.id]).get(car.id, ())
    return [_announced(one, people, _since(car, one, events, on)) for one in said]


def _since(car: Car, said: Said, events: Iterable[rules.Event], on: date) -> tuple[Happening, ...]:
    day, at, *_rest, offer = said
    return rules.since(car, date.fromisoformat(day), at, offer, events, on)


def _announced(said: Said, people: Mapping[int, Person], since: tuple[Happening, ...]) -> Announced:
    day, _at, by, kind, text, age, owner, offer = said
    who = people.get(owner or 0)
    named = who.shown if who else ""
    return Announced(date.fromisoformat(day), kind, age, named, offer, since, text if kind == MOVE else "", by)


def announced_on(store: Store, day: date) -> list[Announcement]:
    """What was announced, offered or moved on a day, in the order of time."""
    sql = "SELECT id, day, at, by, kind, text FROM announcements WHERE day = ? ORDER BY id"
    return _whole(store, store.rows(sql, day.isoformat()))


def announced_since(store: Store, first: date, last: date) -> list[Announcement]:
    """What was announced from one day to another, in the order of time."""
    sql = "SELECT id, day, at, by, kind, text FROM announcements WHERE day BETWEEN ? AND ? ORDER BY id"
    return _whole(store, store.rows(sql, first.isoformat(), last.isoformat()))


def last_announcements(store: Store, most: int = 30) -> list[Announcement]:
    """The last announcements with what became of their cars, the newest first."""
    sql = "SELECT id, day, at, by, kind, text FROM announcements ORDER BY id DESC LIMIT ?"
    return _whole(store, store.rows(sql, most))


def _whole(store: Store, rows: list[tuple[Any, ...]]) -> list[Announcement]:
    """Announcements with their cars, which may have left since."""
    said = {row[0]: _cars_in(store, row[0]) for row in rows}
    cars = car_queries.some(store, (one[0] for ones in said.values() for one in ones))
    events = _events_of(store, list(cars))
    people = {person.id: person for person in people_queries.everybody(store)}
    made = []
    for ident, day, at, by, kind, text in rows:
        inside = []
        for car_id, age, owner, offer in said[ident]:
            car, one = cars[car_id], (day, at, by, kind, text, age, owner, offer)
            told = _announced(one, people, _since(car, one, events.get(car_id, ()), store.today()))
            inside.append(AnnouncedCar(car_id, car.both(), told))
        made.append(Announcement(ident, date.fromisoformat(day), at, by, kind, text, inside))
    return made


def _cars_in(store: Store, announcement: int) -> list[tuple[Any, ...]]:
    sql = "SELECT car_id, age, owner_id, offer FROM announced_cars WHERE announcement_id = ? ORDER BY id"
    return store.rows(sql, announcement)


def _events_of(store: Store, cars: list[int]) -> dict[int, list[rules.Event]]:
    """What may have happened to cars since, in the order of time; before the day's end it is still the day before."""
    found: dict[int, list[rules.Event]] = {}
    for start in range(0, len(cars), 500):
        part = cars[start : start + 500]
        sql = (
            "SELECT e.car_id, e.at, e.kind, coalesce(f.spot, '') FROM car_events e "
            f"LEFT JOIN furniture f ON f.id = e.spot_id WHERE e.car_id IN ({', '.join('?' * len(part))}) "
            f"AND e.kind IN {_TOLD_OF} ORDER BY e.id"
        )
        for car, at, kind, spot in store.rows(sql, *part):
            found.setdefault(car, []).append((at, store.clock.day_at(at), kind, spot))
    return found


def over(store: Store, day: date | None = None) -> tuple[int, int]:
    """How many cars stand above the last threshold, and how many of them were not announced this week.

    The same counts as `aged` gives, without reading each car in full.
    """
    on = day or store.today()
    first = on - timedelta(days=car_queries.thresholds(store)[-1])
    sql = "SELECT id FROM cars WHERE stock_state = 'in_stock' AND placement <> 'test_drive' AND arrived_on < ?"
    old = {ident for (ident,) in store.rows(sql, first.isoformat())}
    week = (
        "SELECT x.car_id FROM announcements a CROSS JOIN announced_cars x ON x.announcement_id = a.id "
        "WHERE a.day BETWEEN ? AND ? AND a.kind IN ('push', 'tell')"
    )
    told = {ident for (ident,) in store.rows(week, rules.monday(on).isoformat(), on.isoformat())}
    return len(old), len(old - told)


def free_spots(store: Store) -> list[Furniture]:
    """The display spots on which no car stands, in walking order."""
    taken = car_queries.on_spots(store)
    return [
        piece for piece in furniture_queries.standing(store) if piece.kind is Kind.DISPLAY_CAR and piece.id not in taken
    ]
