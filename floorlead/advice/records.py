"""Order advice as records: what sold, what stands here, what is asked for, and the lines that follow from it.

A saved version holds the figures as they were computed and the leader's own quantities beside them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from floorlead.record import record
from floorlead.words import pick


@record
class Sold:
    """Cars of one model, trim and colour sold in the window."""

    model: str
    trim: str
    colour: str
    count: int


@record
class Stock:
    """A free car: here with its `age` in days, or on its way (`age` None); `spot` is its place's name or placement."""

    model: str
    trim: str
    colour: str
    age: int | None
    vin: str = ""
    spot: str = ""


@record
class Waiting:
    """Open orders without a car; `colour` may be empty where the customer takes any."""

    model: str
    colour: str
    count: int


@record
class Wish:
    """A model as the showroom wants it: its code and names, cars always in stock, days that the stock should last."""

    code: str
    name: str
    name_en: str
    minimum: int
    target_days: int


@record
class ModelLine:
    """One model's arithmetic. `rate` is cars a day, `free` stands here, `in_transit` is on its way and free.

    `need` follows from the arithmetic; `advice` is the same, or 0 where every colour has to be pushed first.
    """

    model: str
    name: str
    name_en: str
    sold: int
    rate: float
    target_days: int
    minimum: int
    target: int
    free: int
    in_transit: int
    waiting: int
    need: int
    advice: int

    @property
    def shown(self) -> str:
        """The name in the language spoken now."""
        return pick(self.name, self.name_en or self.model)

    @property
    def available(self) -> int:
        """Free cars here and on their way."""
        return self.free + self.in_transit


@record
class ColourLine:
    """One colour of a model: its blended share (0 to 1), how many there should be, and how many to order.

    `trims` are the trims to order with how often each sold, `blocked` those that have a car to push first.
    """

    model: str
    colour: str
    sold: int
    share: float
    goal: float
    free: int
    in_transit: int
    waiting: int
    advice: int
    trims: Sequence[tuple[str, int]]
    blocked: Sequence[str]
    colour_en: str = ""

    @property
    def key(self) -> str:
        """What the line is known by: model and colour."""
        return f"{self.model}|{self.colour}"

    @property
    def shown(self) -> str:
        """The colour in the language spoken now."""
        return pick(self.colour, self.colour_en)

    @property
    def shut(self) -> bool:
        """Whether every trim that sells in this colour has a car to push first."""
        return bool(self.blocked) and not self.trims


@record
class Push:
    """A trim-colour whose oldest free car is too old to order another: how old it is, where it stands, how many."""

    model: str
    name: str
    name_en: str
    trim: str
    colour: str
    age: int
    vin: str
    spot: str
    cars: int
    colour_en: str = ""

    @property
    def shown(self) -> str:
        """Model, colour and trim in the language spoken now."""
        return " ".join(filter(None, (pick(self.name, self.name_en or self.model),
                                      pick(self.colour, self.colour_en), self.trim)))  # fmt: skip


@record
class OrderDay:
    """The order day's state: whether `day` is one, the next one, what holiday it stands for, which year lacks data."""

    day: date
    is_order_day: bool
    next: date
    instead_of: date | None
    unknown_year: int | None


@record
class Advice:
    """What to order as of a day, from sales in the `window` days before it."""

    as_of: date
    window: int
    target_days: int
    push_days: int
    models: Sequence[ModelLine]
    lines: Sequence[ColourLine]
    push_first: Sequence[Push]
    order: OrderDay

    def of(self, model: str) -> list[ColourLine]:
        """A model's colours."""
        return [line for line in self.lines if line.model == model]


@record
class Edit:
    """The leader's own quantity for a line, and why."""

    quantity: int
    reason: str = ""


Edits = Mapping[str, Edit]
"""Own quantities by the line's key."""


@record
class Saved:
    """A version of the day's advice as it was saved; it never changes."""

    version: int
    at: str
    by: str
    advice: Advice
    edits: Edits


def quantity(line: ColourLine, edits: Edits) -> int:
    """How many to order: the leader's own number, else the advice."""
    edit = edits.get(line.key)
    return edit.quantity if edit else line.advice


def short(line: ColourLine, count: int) -> bool:
    """Whether an order that waits in this colour finds no car even when `count` are ordered."""
    return line.waiting > line.free + line.in_transit + count
