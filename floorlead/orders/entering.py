"""What an order must be before it is kept: cleaned, with a number of its own, of a car or a model, not in the future."""

from __future__ import annotations

from floorlead.orders import queries
from floorlead.orders.records import ORDER_WORDS, Order
from floorlead.phones import number_in
from floorlead.record import replace
from floorlead.store import Refused, Store
from floorlead.text import clean, fold, free
from floorlead.words import _

NAME_LIMIT, NOTE_LIMIT = 40, 120


def ready(store: Store, order: Order, before: Order | None = None) -> Order:
    """The order as it may be kept. Raises Refused where something is missing or another order has its number."""
    customer = free(order.customer, NAME_LIMIT)
    if not customer:
        raise Refused("E120", _("An order needs the customer's name"))
    try:
        phone = number_in(order.phone, before.phone if before else "")
    except ValueError as error:
        raise Refused("E121", str(error)) from error
    number = clean(fold(order.number), 30) or queries.next_number(store)
    _must_be_free(store, order, number)
    if order.ordered_on > store.today():
        raise Refused("E130", _("the order day {day} lies in the future").format(day=order.ordered_on))
    if not order.car_id and not order.model_id:
        raise Refused("E123", _("An order needs a car or at least a model"))
    return replace(order, customer=customer, phone=phone, number=number, note=free(order.note, NOTE_LIMIT),
                   invoice_name=free(order.invoice_name, NAME_LIMIT), trim=clean(order.trim, NAME_LIMIT),
                   colour=clean(order.colour, NAME_LIMIT))  # fmt: skip


def _must_be_free(store: Store, order: Order, number: str) -> None:
    if other := queries.with_number(store, number, order.id):
        name, state = other[0], _(ORDER_WORDS[other[1]])
        raise Refused("E122", _("Order {number} is {name}'s ({state})").format(number=number, name=name, state=state))
