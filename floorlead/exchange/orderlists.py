"""Orders as they leave the house: all of them, or those of the delivery page; phones masked, closed ones too.

The columns are those that an import reads, and the order's state behind them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from floorlead.cars import queries as cars
from floorlead.exchange import queries
from floorlead.orders import queries as orders
from floorlead.orders.records import ORDER_WORDS, OrderState
from floorlead.people import queries as people
from floorlead.phones import mask_in, masked
from floorlead.store import Store
from floorlead.words import _

Row = Sequence[Any]
STEPS = ("invoice", "insurance", "plates", "papers")
"""The steps that have a column, each with the day it was done."""


def yes(flag: object) -> str:
    """Yes or no in the language spoken now, as an import reads it."""
    return _("yes") if flag else _("no")


def everything(store: Store, number: Callable[[str], str] = masked) -> Iterator[Row]:
    """Every order, the newest first."""
    return _rows(store, queries.orders_to_tell(store), number)


def deliveries(store: Store, number: Callable[[str], str] = masked) -> Iterator[Row]:
    """What the delivery page shows: orders with a car, those handed over today, then those that wait for a car."""
    shown = [*orders.in_delivery(store, store.today()), *orders.waiting(store)]
    return _rows(store, queries.orders_to_tell(store, [order.id for order in shown]), number)


def _rows(store: Store, found: Iterable[dict[str, Any]], number: Callable[[str], str]) -> Iterator[Row]:
    models = {model.id: model for model in cars.models(store)}
    staff = {person.id: person.number for person in people.everybody(store)}
    for order in found:
        model = models.get(order["model_id"] or 0)
        flags = [yes(order[name]) for name in ("insured", "financed", "accessories", "trade_in")]
        flags.insert(3, order["accessory_amount"])
        times = (_moment(order[name] or "") for name in ("plate_at", "handover_at"))
        steps = (order["steps"].get(code, "")[:10] for code in STEPS)
        yield (
            order["number"], order["customer"], number(order["phone"]), order["invoice_name"],
            staff.get(order["advisor_id"] or 0, ""), order["vin"] or "", model.code if model else "",
            model.name if model else "", order["trim"], order["colour"], order["ordered_on"], order["deposit"], *times,
            order["temp_plate_until"], order["insured_from"], *steps, *flags,
            mask_in(order["note"]) if number is masked else order["note"],
            _(ORDER_WORDS[OrderState(order["state"])]),
        )  # fmt: skip


def _moment(text: str) -> str:
    return text.removesuffix("T00:00").replace("T", " ")
