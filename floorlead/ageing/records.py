"""A car on the age list with everything that is said about it, and the list as it stands on a day.

What was announced is kept as it was said then; what happened since is derived, never entered.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from floorlead.record import record
from floorlead.words import N_, _, pick

if TYPE_CHECKING:
    from floorlead.cars.records import Car

PUSH, TELL, OFFER, MOVE = "push", "tell", "offer", "move"
TOLD = (PUSH, TELL)
"""Kinds by which a car counts as announced; an offer and a move are measures that are kept with it."""
KIND_WORDS = {PUSH: N_("push"), TELL: N_("told"), OFFER: N_("offer"), MOVE: N_("new place")}
LEVELS = (N_("OVER"), N_("RED"), N_("WATCH"), N_("NOTE"))
"""What a car is called above the last threshold, above the one before it, and so on."""
HAPPENED = {
    "sold": N_("sold on day {days}"), "left": N_("left the books on day {days}"),
    "allocated": N_("ordered on day {days}"), "offer": N_("offer now {detail}"), "no_offer": N_("offer ended"),
    "display": N_("to {detail} on day {days}"), "yard": N_("to the yard on day {days}"),
    "back": N_("to the yard on day {days}"), "away": N_("out of the house on day {days}"),
    "test_drive": N_("a test-drive car from day {days}"), "today": N_("nothing yet"),
    "here": N_("still here after {days} days"),
}  # fmt: skip


@record
class Happening:
    """Something that happened to a car since it was announced, `days` days after that."""

    kind: str
    days: int
    detail: str = ""

    def words(self) -> str:
        """It in the language spoken now."""
        return _(HAPPENED[self.kind]).format(days=self.days, detail=self.detail)


@record
class Announced:
    """One time that a car was announced, made cheaper or moved: its age and offer then, who was to push it.

    `since` is what happened after it, `place` where a move went (empty for the yard), `by` who announced it.
    """

    day: date
    kind: str
    age: int
    owner: str
    offer: str
    since: tuple[Happening, ...]
    place: str = ""
    by: str = ""

    def since_words(self) -> str:
        """What happened since, in the language spoken now."""
        return ", ".join(happening.words() for happening in self.since)


@record
class AgedCar:
    """A car on hand: ages in days (never below 0), `bucket` 0 first, interest in yuan at the showroom's rate.

    `owner` is who pushes it (`owner_id` None: still to be named); `announced` is in the order of time.
    """

    car: Car
    stock_age: int
    paid_age: int | None
    built_age: int | None
    bucket: int
    interest_per_day: float
    interest_to_date: float
    owner_id: int | None
    owner: str
    announced: Sequence[Announced]
    early: bool = False
    """Whether the clock stands before the arrival."""

    @property
    def id(self) -> int:
        """The car's id."""
        return self.car.id

    @property
    def name(self) -> str:
        """Model, colour and tail as one word where the language allows: 青屿云母白4158, QY white 4158."""
        return pick(**self.car.both())

    @property
    def told(self) -> tuple[Announced, ...]:
        """The times it was announced, an offer or a move left out."""
        return tuple(one for one in self.announced if one.kind in TOLD)

    @property
    def last_told(self) -> date | None:
        """The day it was announced last."""
        told = self.told
        return told[-1].day if told else None


@record
class Ageing:
    """The stock on hand on a day, the oldest first; `apr` in percent, `buckets` as they are written (31-60)."""

    day: date
    thresholds: tuple[int, ...]
    buckets: tuple[str, ...]
    apr: float
    push_days: int
    cars: tuple[AgedCar, ...]

    @property
    def interest_per_day(self) -> float:
        """What all of it costs a day, in yuan."""
        return sum(one.interest_per_day for one in self.cars)

    @property
    def interest_to_date(self) -> float:
        """What all of it has cost since it arrived, in yuan."""
        return sum(one.interest_to_date for one in self.cars)


@record
class AnnouncedCar:
    """A car in an announcement: how it was called, in both languages, and what was said."""

    car_id: int
    name: dict[str, str]
    said: Announced


@record
class Announcement:
    """One announcement as it was made: `at` a local stamp, `text` as it was read out."""

    id: int
    day: date
    at: str
    by: str
    kind: str
    text: str
    cars: Sequence[AnnouncedCar]
