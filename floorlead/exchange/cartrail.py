"""What a file's line leaves on a car's story, the same as if the car had been moved by hand; and what its days must agree on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from floorlead.cars import rules
from floorlead.cars.moves import blank
from floorlead.cars.records import StockState
from floorlead.exchange.queries import CAR_NAMES
from floorlead.exchange.records import Happening
from floorlead.record import replace
from floorlead.store import Store
from floorlead.tables.cells import Wrong
from floorlead.words import _

_PLACE = ("placement", "spot_id", "was_test_drive")
_DAYS = ("built_on", "paid_on", "arrived_on", "left_on")
_FACTS = tuple(name for name in CAR_NAMES if name not in _PLACE)


def of_new(car: Mapping[str, Any], spot_name: Callable[[Any], str]) -> tuple[Happening, ...]:
    """The story of a new car: how it came to stand on its spot, nothing where it stands on none."""
    if car["spot_id"] is None:
        return ()
    return _onto(car, spot_name)


def of_change(
    before: Mapping[str, Any], after: Mapping[str, Any], told: Sequence[str], spot_name: Callable[[Any], str]
) -> tuple[Happening, ...]:
    """The story of a changed car: what the line tells (`told`), else that its facts changed, then where it went."""
    found: list[Happening] = [(kind, "") for kind in told]
    if not found and any(after[name] != before[name] for name in _FACTS):
        found.append(("changed", ""))
    if after["stock_state"] == "in_stock" and any(after[name] != before[name] for name in _PLACE[:2]):
        found += _moved(before, after, spot_name)
    return tuple(found) or (("changed", ""),)


def _moved(before: Mapping[str, Any], after: Mapping[str, Any], spot_name: Callable[[Any], str]) -> Sequence[Happening]:
    place, was = after["placement"], before["placement"]
    if place in ("display", "test_drive"):
        return _onto(after, spot_name)
    if place == "yard":
        arrives = before["stock_state"] != "in_stock"
        return () if arrives else (("back" if was == "away" else "yard", spot_name(before["spot_id"])),)
    return ((place, ""),)


def _onto(car: Mapping[str, Any], spot_name: Callable[[Any], str]) -> tuple[Happening, ...]:
    kind = car["placement"]
    return ((kind, spot_name(car["spot_id"]) if kind == "display" else ""),)


def check(car: Mapping[str, Any], store: Store, today: str) -> None:
    """The days of a car agree, and a test-drive car belongs to nobody. Raises Wrong."""
    arrived, built, paid, left = car["arrived_on"], car["built_on"], car["paid_on"], car["left_on"]
    if left is not None and left > today:
        raise Wrong(_("it left in the future: {day}").format(day=left))
    if arrived is None:
        wrong = car["stock_state"] == "in_stock"
    else:
        wrong = arrived > today or (built is not None and arrived < built) or (left is not None and left < arrived)
    if wrong or (built is not None and built > today) or (paid is not None and paid > today):
        raise Wrong(_date_trouble(car, store))
    if car["placement"] == "test_drive" and car["allocation"] == "allocated":
        raise Wrong(_("a test-drive car cannot be allocated"))


def _date_trouble(car: Mapping[str, Any], store: Store) -> str:
    """The sentence that the car's own rule has for it."""
    days = {name: date.fromisoformat(car[name]) if car[name] else None for name in _DAYS}
    looked = replace(blank(), stock_state=StockState(car["stock_state"]), **days)
    return rules.date_trouble(looked, store.today())
