"""When one of two cars that change orders has left the house: the one that went and the one that stayed are each other."""

from __future__ import annotations

from typing import Any

from floorlead.cars import moves as car_moves
from floorlead.cars.records import Car, Placement, StockState
from floorlead.record import replace
from floorlead.store import Refused, Store
from floorlead.words import _


def must_have_arrived(*cars_: Car) -> None:
    """Refuse where one of the cars is still on its way. Raises Refused E109."""
    for car in cars_:
        if car.stock_state is StockState.IN_TRANSIT:
            told = _("{car} is still in transit; enter its arrival first")
            raise Refused("E109", told.format(car=f"{car.shown} {car.tail}"))


def trade_places(db: Any, store: Store, first: Car, second: Car) -> tuple[Car, Car]:
    """The car that left and the one that stayed are each other: whether it is gone goes with the order, a hold and an
    age stay with the car; the one that stays stands in the yard."""
    made = []
    for car, like in ((first, second), (second, first)):
        gone = like.stock_state is StockState.DELIVERED
        after = replace(car, stock_state=like.stock_state, allocated=like.allocated, left_on=like.left_on,
                        placement=Placement.NONE if gone else Placement.YARD, spot_id=None)  # fmt: skip
        car_moves.update(db, after)
        car_moves.note(db, store, car.id, "handed_over" if gone else "taken_back")
        made.append(after)
    return made[0], made[1]
