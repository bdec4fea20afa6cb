"""What an age means: which word it earns, how long its bar is, whose turn it is this week, what happened since.

The list is a plain sum over its cars, so that the screen, the paper and the command say the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from floorlead.ageing.records import LEVELS, AgedCar, Ageing, Happening
from floorlead.record import record
from floorlead.words import _

if TYPE_CHECKING:
    from floorlead.cars.records import Car

DAYS_A_CELL, LONGEST_BAR = 15, 16
Event = tuple[str, date, str, str]
"""(local stamp, its business day, kind, spot) of a car's story."""
MOVES = ("display", "yard", "back", "away", "test_drive")
"""Events of a car that are a change of place."""


def level(bucket: int, thresholds: Sequence[int]) -> str:
    """The word of a bucket in the language spoken now: the last one is OVER, the one before it RED; else empty."""
    step = len(thresholds) - bucket
    return _(LEVELS[step]) if bucket and step < len(LEVELS) else ""


def bar(age: int) -> str:
    """An age as a bar, 15 days a cell; one that is longer than the bar ends in `>`."""
    cells = age // DAYS_A_CELL
    return "#" * cells if cells <= LONGEST_BAR else "#" * (LONGEST_BAR - 1) + ">"


def monday(day: date) -> date:
    """The Monday of a day's week: a car is announced at most once from Monday to Sunday."""
    return day - timedelta(days=day.weekday())


def told_this_week(one: AgedCar, day: date) -> bool:
    """Whether the car was announced in the week of a day, up to that day."""
    return any(monday(day) <= said.day <= day for said in one.told)


def due(ageing: Ageing, cars: Iterable[AgedCar]) -> list[AgedCar]:
    """Those of the cars that are older than the push age and were not announced this week."""
    return [one for one in cars if one.stock_age > ageing.push_days and not told_this_week(one, ageing.day)]


def above(ageing: Ageing, step: int) -> list[AgedCar]:
    """The cars above the `step`th threshold from the end (1 is the last one); all for 0."""
    least = len(ageing.thresholds) + 1 - step
    return [one for one in ageing.cars if not step or one.bucket >= least]


def mean_age(cars: Sequence[AgedCar]) -> int | None:
    """The mean stock age in whole days, half a day up; None where there is no car."""
    return int(sum(one.stock_age for one in cars) / len(cars) + 0.5) if cars else None


def counts(ageing: Ageing) -> list[int]:
    """How many cars there are in each bucket."""
    found = [0] * len(ageing.buckets)
    for one in ageing.cars:
        found[one.bucket] += 1
    return found


@record
class Sum:
    """Cars taken together: how many in each bucket and in all, mean age in days, interest in yuan."""

    name: str
    buckets: tuple[int, ...]
    count: int
    mean: int | None
    per_day: float
    to_date: float
    oldest: int
    """The id of the oldest car."""


def total(ageing: Ageing, cars: Sequence[AgedCar], name: str) -> Sum:
    """The sum of some cars of the list."""
    buckets = [0] * len(ageing.buckets)
    for one in cars:
        buckets[one.bucket] += 1
    per_day, to_date = sum(one.interest_per_day for one in cars), sum(one.interest_to_date for one in cars)
    return Sum(name, tuple(buckets), len(cars), mean_age(cars), per_day, to_date, cars[0].id if cars else 0)


def by_model(ageing: Ageing) -> list[Sum]:
    """A sum for each model, the one that costs most a day first."""
    models: dict[int, list[AgedCar]] = {}
    for one in ageing.cars:
        models.setdefault(one.car.model_id, []).append(one)
    found = [total(ageing, cars, cars[0].car.model_shown) for cars in models.values()]
    return sorted(found, key=lambda one: (-one.per_day, one.name))


def by_bucket(ageing: Ageing) -> list[Sum]:
    """A sum for each bucket, the youngest first."""
    groups: list[list[AgedCar]] = [[] for _name in ageing.buckets]
    for one in ageing.cars:
        groups[one.bucket].append(one)
    return [total(ageing, cars, name) for name, cars in zip(ageing.buckets, groups, strict=True)]


def since(car: Car, said_on: date, at: str, offer: str, events: Iterable[Event], day: date) -> tuple[Happening, ...]:
    """What happened to a car since it was announced at a local stamp with an offer, seen from `day`; days are never
    below 0.

    A sale ends the story; an order, a new offer and the last move are told before how long the car stands here still.
    """
    if car.left_on is not None:
        return (Happening("sold" if car.stock_state == "delivered" else "left", _days(car.left_on, said_on)),)
    later = [event for event in events if event[0] > at and event[1] <= day]
    found = [_happened(event, said_on) for event in later if event[2] == "allocated"][-1:] if car.allocated else []
    if car.offer != offer:
        found.append(Happening("offer" if car.offer else "no_offer", 0, car.offer))
    found += [_happened(event, said_on) for event in later if event[2] in MOVES][-1:]
    if not car.allocated:
        days = _days(day, said_on)
        found.append(Happening("here" if days else "today", days))
    return tuple(found)


def _happened(event: Event, said_on: date) -> Happening:
    _at, day, kind, spot = event
    return Happening(kind, _days(day, said_on), spot)


def _days(day: date, said_on: date) -> int:
    return max(0, (day - said_on).days)
