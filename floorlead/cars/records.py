"""A car as a record: where it is in its life, whose it is, where it stands, and what holds it are four things.

A display car that is sold stays a display car; a car that is moved keeps its age.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from floorlead.cars.colours import colour_en
from floorlead.record import record
from floorlead.words import N_, _, language, pick


class StockState(StrEnum):
    """Where a car is in its life with the showroom."""

    IN_TRANSIT = "in_transit"
    IN_STOCK = "in_stock"
    DELIVERED = "delivered"
    TRANSFERRED = "transferred"
    RETURNED = "returned"


class Placement(StrEnum):
    """Where a car stands. `away` is out of the house for a while, `none` not here (yet or any more)."""

    YARD = "yard"
    DISPLAY = "display"
    TEST_DRIVE = "test_drive"
    AWAY = "away"
    NONE = "none"


class Hold(StrEnum):
    """What keeps a car from being handed over."""

    NO = ""
    DAMAGE = "damage"
    PDI = "pdi"


STATE_WORDS = {
    StockState.IN_TRANSIT: N_("in transit"), StockState.IN_STOCK: N_("in stock"), StockState.DELIVERED: N_("delivered"),
    StockState.TRANSFERRED: N_("at a sister store"), StockState.RETURNED: N_("returned"),
}  # fmt: skip
PLACEMENT_WORDS = {
    Placement.YARD: N_("yard"), Placement.DISPLAY: N_("on display"), Placement.TEST_DRIVE: N_("test-drive car"),
    Placement.AWAY: N_("out of the house"), Placement.NONE: "-",
}  # fmt: skip
HOLD_WORDS = {Hold.NO: "", Hold.DAMAGE: N_("damage hold"), Hold.PDI: N_("waits for PDI")}
HERE = (StockState.IN_TRANSIT, StockState.IN_STOCK, StockState.TRANSFERRED)
"""States of cars that still belong to the showroom."""


@record
class Model:
    """A model of the maker: `code` such as QY, `minimum` cars always in stock, its own `target_days` or None."""

    id: int
    code: str
    name: str
    name_en: str = ""
    minimum: int = 0
    target_days: int | None = None
    position: int = 0

    @property
    def shown(self) -> str:
        """The name in the language spoken now; in English the code where no English name was entered."""
        return pick(self.name, self.name_en or self.code)


@record
class Car:
    """One car. Money is whole yuan, days are calendar days; `spot` is its place's short name, `unchecked` says why a
    VIN was kept against its check digit, `push_id` is who pushes it, `offer` what is offered for it, `search` the words to
    find its model, colour and trim by."""

    id: int
    vin: str
    model_id: int
    model: str
    model_name: str
    model_name_en: str
    trim: str
    colour: str
    interior: str
    powertrain: str
    msrp: int | None
    cost: int | None
    built_on: date | None
    paid_on: date | None
    arrived_on: date | None
    expected_on: date | None
    stock_state: StockState
    allocated: bool
    placement: Placement
    hold: Hold
    spot_id: int | None
    spot: str
    left_on: date | None
    free_days: int
    unchecked: str
    was_test_drive: bool
    offer: str
    push_id: int | None
    note: str
    search: str = ""

    @property
    def colour_en(self) -> str:
        """The colour's English name."""
        return colour_en(self.colour)

    @property
    def tail(self) -> str:
        """The last four of the VIN, by which people name a car."""
        return self.vin[-4:]

    @property
    def model_shown(self) -> str:
        """The model's name in the language spoken now."""
        return pick(self.model_name, self.model_name_en or self.model)

    @property
    def shown(self) -> str:
        """Model and colour in the language spoken now: 青屿 云母白, QY white."""
        return f"{self.model_shown} {self.colour if language() == 'zh' else self.colour_en}".rstrip()

    def both(self) -> dict[str, str]:
        """Model, colour and tail in both languages, for the log."""
        return {
            "zh": f"{self.model_name}{self.colour}{self.tail}",
            "en": f"{self.model_name_en or self.model} {self.colour_en or self.colour} {self.tail}",
        }

    @property
    def in_stock(self) -> bool:
        """Whether it is in the house's books and has arrived."""
        return self.stock_state is StockState.IN_STOCK

    @property
    def on_hand(self) -> bool:
        """Whether it counts as stock to sell: arrived, and not a test-drive car."""
        return self.in_stock and self.placement is not Placement.TEST_DRIVE

    @property
    def on_display(self) -> bool:
        """Whether it stands on a display spot."""
        return self.placement is Placement.DISPLAY

    @property
    def free(self) -> bool:
        """Whether it may be sold: here or on its way, not allocated, not damaged, not a test-drive car."""
        known = self.stock_state in (StockState.IN_STOCK, StockState.IN_TRANSIT)
        return (
            known and not self.allocated and self.hold is not Hold.DAMAGE and self.placement is not Placement.TEST_DRIVE
        )

    def place_words(self) -> str:
        """Where it stands, in a word; a spot by its name."""
        if self.stock_state is not StockState.IN_STOCK:
            return _(STATE_WORDS[self.stock_state])
        return self.spot or _(PLACEMENT_WORDS[self.placement])


@record
class Event:
    """Something that happened to a car: a local stamp, who, `kind` as in `rules.EVENT_WORDS`, and its detail."""

    at: str
    by: str
    kind: str
    spot: str
    detail: str


@record
class Drive:
    """A test drive: the key left at `out_at` with the odometer at `km_out`, and came back, or not yet."""

    id: int
    car_id: int
    person_id: int | None
    out_at: str
    back_at: str | None
    km_out: int | None
    km_back: int | None
    note: str
