"""A stock-take: which cars should be here, and what was seen on the walk, each a row of its own.

What was expected is kept when the walk begins; a car that comes or goes meanwhile changes nothing about that.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from floorlead.record import record

if TYPE_CHECKING:
    from floorlead.cars.records import Car

NOTED = ""
"""What a row was typed as that only notes why a car was not seen."""


@record
class Take:
    """One walk; `expected` are the ids of the cars that should be here, in walking order; `closed_at` is empty while it
    goes on."""

    id: int
    day: date
    begun_at: str
    by: str
    closed_at: str
    expected: Sequence[int]

    @property
    def open(self) -> bool:
        """Whether the walk goes on."""
        return not self.closed_at


@record
class Mark:
    """Something seen: what was typed, the car it was (None for a number nobody knows), when, and a note.

    Typed nothing, it is no sight of the car but a note about one that was not seen.
    """

    id: int
    typed: str
    car_id: int | None
    at: str
    note: str

    @property
    def seen(self) -> bool:
        """Whether the car, or a number, was seen."""
        return self.typed != NOTED


@record
class Walk:
    """A stock-take with its cars: those not seen yet, those seen, and the differences, each with its mark."""

    take: Take
    unseen: list[tuple[Car, Mark | None]]
    seen: list[tuple[Car, Mark]]
    found: list[tuple[Mark, Car | None]]

    def mark_of(self, car: Car) -> Mark | None:
        """How a car was seen, None when it was not."""
        marks = [mark for one, mark in self.seen if one.id == car.id]
        marks += [mark for mark, one in self.found if one is not None and one.id == car.id]
        return marks[0] if marks else None
