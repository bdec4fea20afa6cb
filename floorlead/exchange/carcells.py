"""How a car's columns are read, and what a car is of which a file says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from floorlead.exchange import queries
from floorlead.exchange import words as said
from floorlead.exchange.parsing import Memo, Parser, iso, limited, one_of, vin
from floorlead.tables import cells
from floorlead.words import N_

NEW: Mapping[str, Any] = {
    **dict.fromkeys(queries.CAR_NAMES, ""), **dict.fromkeys(("msrp", "cost", "spot_id", "left_on", "push_id")),
    **dict.fromkeys(("built_on", "paid_on", "arrived_on", "expected_on")), "allocation": "free", "free_days": 0,
    "was_test_drive": 0, "model": "", "model_name": "", "spot": "", "keeper": "",
}  # fmt: skip
"""A car of which a file says nothing."""
OWN = (
    "trim",
    "colour",
    "interior",
    "powertrain",
    "msrp",
    "cost",
    "built_on",
    "paid_on",
    "arrived_on",
    "expected_on",
    "note",
)
"""A car's own facts, which a file may correct."""
LEFT = ("delivered", "transferred", "returned")
KIND_OF = {"display": "display_car", "test_drive": "test_drive_car"}


def parsers(shift: int) -> dict[str, Parser]:
    """How each column is read."""
    day, short = Memo(iso(shift)).__getitem__, Memo(limited(40)).__getitem__
    amount = Memo(cells.amount).__getitem__
    state = one_of(said.readings(said.STATES), N_("unknown state '{word}'"))
    place = one_of(said.readings(said.PLACES), N_("unknown place '{word}'"))
    allocation = one_of(said.readings(said.ALLOCATIONS), N_("unknown allocation '{word}'"))
    hold = one_of(said.readings(said.HOLDS), N_("unknown hold '{word}'"))
    named: dict[str, Parser] = {
        "stock_state": Memo(state).__getitem__, "placement": Memo(place).__getitem__, "hold": Memo(hold).__getitem__,
        "allocation": Memo(allocation).__getitem__, "spot": Memo(limited(8)).__getitem__,
        "note": Memo(limited(120)).__getitem__, "unchecked": Memo(limited(120)).__getitem__, "vin": vin, "model": Memo(cells.number_word).__getitem__,
    }  # fmt: skip
    days = dict.fromkeys(("built_on", "paid_on", "arrived_on", "expected_on", "left_on"), day)
    words = dict.fromkeys(("model_name", "trim", "colour", "interior", "powertrain", "keeper"), short)
    return {**named, **days, **words, "msrp": amount, "cost": amount}
