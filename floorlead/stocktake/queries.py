"""Reading stock-takes: the walk that goes on, the newest one, and when the next is due."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from floorlead import settings
from floorlead.cars import queries as cars
from floorlead.cars.records import Car, Placement
from floorlead.stocktake import rules
from floorlead.stocktake.records import Mark, Take, Walk
from floorlead.store import Store

_COLUMNS = "id, day, begun_at, by, closed_at, expected"
PLACES = (Placement.DISPLAY, Placement.TEST_DRIVE, Placement.YARD, Placement.AWAY, Placement.NONE)
"""The places in the order of the walk."""


def _take(row: tuple[Any, ...]) -> Take:
    ident, day, begun, by, closed, expected = row
    return Take(ident, date.fromisoformat(day), begun, by, closed or "", tuple(json.loads(expected)))


def newest(store: Store) -> Take | None:
    """The walk that goes on, else the last one."""
    rows = store.rows(f"SELECT {_COLUMNS} FROM stocktakes ORDER BY id DESC LIMIT 1")
    return _take(rows[0]) if rows else None


def of(store: Store, ident: int) -> Take | None:
    """A walk by its id."""
    rows = store.rows(f"SELECT {_COLUMNS} FROM stocktakes WHERE id = ?", ident)
    return _take(rows[0]) if rows else None


def marks(store: Store, take: Take) -> list[Mark]:
    """What was seen, in its order."""
    sql = "SELECT id, typed, car_id, at, note FROM stocktake_marks WHERE stocktake_id = ? ORDER BY id"
    return [Mark(*row) for row in store.rows(sql, take.id)]


def walk(store: Store, take: Take) -> Walk:
    """A walk with all its cars: the expected ones in walking order, the others as they were found."""
    found = marks(store, take)
    known = cars.some(store, [*take.expected, *(mark.car_id for mark in found if mark.car_id)])
    expected = set(take.expected)
    by_car = {mark.car_id: mark for mark in found if mark.car_id}
    unseen: list[tuple[Car, Mark | None]] = []
    seen: list[tuple[Car, Mark]] = []
    for ident in take.expected:
        mark, car = by_car.get(ident), known.get(ident)
        if car is None:
            continue
        if mark and mark.seen:
            seen.append((car, mark))
        else:
            unseen.append((car, mark))
    others = [(mark, known.get(mark.car_id or 0)) for mark in found if mark.car_id not in expected]
    return Walk(take, unseen, seen, others)


def to_expect(store: Store) -> list[Car]:
    """The cars that should be here now, place after place: on display, test drives, yard, and those out of the house."""
    found = [car for car in cars.here(store) if car.in_stock]
    return sorted(found, key=lambda car: PLACES.index(car.placement))


def meant(store: Store, open_walk: Walk, typed: str) -> list[Car]:
    """The cars that a typed end of a VIN may mean: expected ones, else any car that was ever here."""
    tail = rules.tail_of(typed)
    if not rules.enough(tail):
        return []
    expected = [*(car for car, _mark in open_walk.unseen), *(car for car, _mark in open_walk.seen)]
    fits = set(rules.fitting(tail, [(car.id, car.vin) for car in expected]))
    if fits:
        return [car for car in expected if car.id in fits]
    wrong = cars.by_vin(store, tail) if len(tail) == rules.MOST else None
    return cars.by_tail(store, tail) or ([wrong] if wrong else [])


def due(store: Store, day: date) -> date | None:
    """The day by which a stock-take is still to be closed, None when this part of the month has one."""
    first = day.replace(day=1)
    rows = store.rows(
        "SELECT day FROM stocktakes WHERE day >= ? AND day <= ? AND closed_at IS NOT NULL",
        (first - timedelta(days=1)).isoformat(), day.isoformat(),
    )  # fmt: skip
    closed = [date.fromisoformat(text) for (text,) in rows]
    return rules.due(day, closed, int(settings.get(store, "stocktakes")))
