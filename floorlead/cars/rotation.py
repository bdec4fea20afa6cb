"""Which car should leave its display spot, and which one should take it: the same model, the newest in the yard.

Never a held car, never one that an order waits for while another is there; how a car came to be proposed can be said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from floorlead.cars.records import Car, Hold, Placement, StockState

Wish = tuple[int | None, str, str]
"""What a waiting order asks for: the model's id, a trim and a colour, empty where any will do."""


def due(days_there: int | None, age: int | None, limit: int) -> bool:
    """Whether a display car should be rotated: longer than `limit` days on its spot or in stock."""
    return max(days_there or 0, age or 0) > limit


def may_stand(car: Car) -> bool:
    """Whether a car can be put on display now: it is in the yard and nothing holds it."""
    return car.in_stock and car.placement is Placement.YARD and car.hold is Hold.NO


def _arrived(car: Car) -> int:
    return car.arrived_on.toordinal() if car.arrived_on else 0


def needed(cars: Sequence[Car], wishes: Iterable[Wish]) -> set[int]:
    """The ids of the cars that waiting orders would take: for each order the oldest free one that fits."""
    taken: set[int] = set()
    for model, trim, colour in wishes:
        fits = [
            car
            for car in cars
            if car.id not in taken and car.in_stock and car.free and car.model_id == model
            and trim in ("", car.trim) and colour in ("", car.colour)
        ]  # fmt: skip
        if fits:
            taken.add(min(fits, key=lambda car: (_arrived(car), car.id)).id)
    return taken


def candidates(cars: Iterable[Car], model: int | None, wanted: set[int]) -> list[Car]:
    """The cars that can be put on a spot, best first: free ones of the same model, the newest arrival first; then other
    models; a car that an order waits for behind those, an allocated one last."""
    able = [car for car in cars if may_stand(car)]
    return sorted(
        able, key=lambda car: (car.allocated, car.id in wanted, car.model_id != model, -_arrived(car), car.id)
    )


def proposal(cars: Iterable[Car], model: int | None, wanted: set[int]) -> Car | None:
    """The car that should take a spot of a model: free, of that model, wanted by nobody; None where there is none."""
    best = next(iter(candidates(cars, model, wanted)), None)
    return best if best and best.model_id == model and not best.allocated and best.id not in wanted else None


def coming(cars: Iterable[Car], model: int | None) -> Car | None:
    """The car of a model that is expected first, where none in the yard will do; it may be late."""
    found = [car for car in cars if car.stock_state is StockState.IN_TRANSIT and car.model_id == model and car.free]
    return min(found, key=lambda car: (car.expected_on or date.max, car.id), default=None)
