"""The announcement in words, ready to read out or to paste into the chat: which cars, how old, whose they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from floorlead import clock
from floorlead.ageing.records import PUSH, AgedCar
from floorlead.words import N_, _, pick

PUSHED = N_("[Over-age {day}] {cars}: push this week. Owners: {owners}.")
TELLS = N_("[Over-age {day}] {cars}: please take note. Owners: {owners}.")


def text(cars: Sequence[AgedCar], day: date, kind: str = PUSH) -> str:
    """The announcement of some cars in the language spoken now; empty without a car."""
    if not cars:
        return ""
    between = pick("/", " / ")
    words = _(PUSHED if kind == PUSH else TELLS)
    return words.format(day=clock.short_day(day), cars=between.join(map(_car, cars)), owners=owners(cars))


def _car(one: AgedCar) -> str:
    aged = _("{car} {age}d").format(car=one.name, age=one.stock_age)
    return f"{aged} {one.car.offer}".rstrip()


def owners(cars: Sequence[AgedCar]) -> str:
    """Who is to push which cars, by the ends of their numbers; those without anybody last."""
    mine: dict[str, list[str]] = {}
    for one in sorted(cars, key=lambda one: one.owner_id is None):
        mine.setdefault(one.owner or _("to be named"), []).append(one.car.tail)
    return pick(" ", ", ").join(f"{name}({' '.join(tails)})" for name, tails in mine.items())


def list_words(cars: Sequence[AgedCar], most: int = 2) -> dict[str, str]:
    """The first cars and how many more, in both languages, for the log."""
    more = f" +{len(cars) - most}" if len(cars) > most else ""
    names = [one.car.both() for one in cars[:most]]
    return {code: ", ".join(name[code] for name in names) + more for code in ("zh", "en")}
