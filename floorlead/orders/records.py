"""An order in delivery and the steps that were done for it, as records without behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from floorlead.record import record
from floorlead.words import N_, pick


class OrderState(StrEnum):
    """What became of an order."""

    OPEN = "open"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


ORDER_WORDS = {
    OrderState.OPEN: N_("not delivered yet"), OrderState.DELIVERED: N_("handed over"), OrderState.CANCELLED: N_("cancelled"),
}  # fmt: skip
STEPS = ("invoice", "insurance", "plates", "papers", "out")
"""The day's inspection in its five steps, each a digit: 1 invoice to 5 out."""
STEP_WORDS = {
    "invoice": N_("invoice"), "insurance": N_("insurance"), "plates": N_("plates"), "papers": N_("papers"),
    "out": N_("hand-over"),
}  # fmt: skip
FLAGS = ("insured", "financed", "accessories", "trade_in")
"""What is sold along with the car, in the order of its digits."""
FLAG_WORDS = {
    "insured": N_("Insured here"), "financed": N_("Financed"), "accessories": N_("Accessories"), "trade_in": N_("Trade-in"),
}  # fmt: skip
SIGNS = {"invoice": N_("inv"), "insurance": N_("ins"), "plates": N_("plt"), "papers": N_("doc")}
"""The steps before the hand-over as a narrow column names them."""


@record
class Paper:
    """A paper of the delivery file: `severity` is R (nobody drives off without it), Y or G; `step` is the step of the
    day's inspection that is the same thing, empty where there is none."""

    code: str
    zh: str
    en: str
    severity: str
    step: str = ""

    @property
    def shown(self) -> str:
        """The paper's name in the language spoken now."""
        return pick(self.zh, self.en)

    @property
    def key(self) -> str:
        """The code under which it is ticked."""
        return self.step or self.code


@record
class Done:
    """A step that was done: local stamp, who, and a remark."""

    at: str
    by: str
    note: str = ""


@record
class Order:
    """A customer's order. Money is whole yuan; `plate_at` and `handover_at` are local, `YYYY-MM-DDTHH:MM`, where
    `T00:00` is a day without an hour; `car_id` is the allocated car's id; `customer_id` the book row that it came from and
    `visit_id` the visit; `accessory_amount` is None where it was not told; `done` are its steps by code, `search` the
    words to find the customer by."""

    id: int
    number: str
    customer: str
    phone: str
    invoice_name: str
    advisor_id: int | None
    model_id: int | None
    trim: str
    colour: str
    car_id: int | None
    state: OrderState
    ordered_on: date
    deposit: int | None
    plate_at: str
    handover_at: str
    temp_plate_until: date | None
    insured_from: date | None
    insured: bool
    financed: bool
    accessories: bool
    trade_in: bool
    closed_at: str
    reviewed_at: str
    reviewed_by: str
    note: str
    customer_id: int | None = None
    visit_id: int | None = None
    accessory_amount: int | None = None
    search: str = ""
    done: Mapping[str, Done] = MappingProxyType({})

    def is_done(self, step: str) -> bool:
        """Whether a step is done."""
        return step in self.done

    @property
    def open(self) -> bool:
        """Whether it is still to be handed over."""
        return self.state is OrderState.OPEN

    def both(self) -> dict[str, str]:
        """The customer, for the log."""
        return {"zh": self.customer, "en": self.customer}
