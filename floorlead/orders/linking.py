"""What an order does to the customer's book row: ordered, delivered, open again; always inside the order's own action.

A customer with another open order stays ordered when one of them is delivered or cancelled.
"""

from __future__ import annotations

from typing import Any

from floorlead.customers import moves as customers
from floorlead.customers import queries as book
from floorlead.customers.lists import lists
from floorlead.customers.records import Customer, Happened
from floorlead.customers.rules import DELIVERED, NEW, ORDERED, next_due
from floorlead.orders import queries
from floorlead.orders.records import Order
from floorlead.record import replace
from floorlead.store import Store
from floorlead.visits import moves as visits
from floorlead.visits import queries as visit_queries


def linked(store: Store, order: Order) -> Order:
    """The order with its customer: the one named, else whoever has its telephone number, and the visit of its day."""
    found = book.get(store, order.customer_id) or book.by_phone(store, order.phone)
    if found is None:
        return replace(order, customer_id=None, visit_id=None)
    return replace(order, customer_id=found.id, visit_id=order.visit_id or _visit(store, order, found.id))


def _visit(store: Store, order: Order, customer: int) -> int | None:
    there = [one for one in visit_queries.on_day(store, order.ordered_on) if one.customer_id == customer]
    return there[-1].id if there else None


def ordered(db: Any, store: Store, order: Order) -> None:
    """The customer ordered: grade O, open again where the row was closed; the visit is a deal."""
    one = book.get(store, order.customer_id)
    if one is None:
        return
    grade = lists(store).grades.get(ORDERED)
    if grade and (one.closed_on or one.grade != ORDERED):
        after = customers.contacted(store, one, grade)
        _happened(db, store, order, Happened.ORDER, one, after)
    for ending in book.asked(store):  # who orders is neither lost nor frozen
        if ending.customer_id == one.id:
            customers.settle(db, store, ending, "withdrawn", "")
    visit = visit_queries.get(store, order.visit_id) if order.visit_id else None
    if visit and not visit.deal:
        visits.put_visit(db, replace(visit, deal=True))


def delivered(db: Any, store: Store, order: Order) -> None:
    """The car is handed over: the row closes as delivered."""
    one = _alone(store, order)
    if one and one.closed_on is None and DELIVERED in lists(store).grades:
        after = replace(one, grade=DELIVERED, closed_on=store.today(), next_due=None)
        _happened(db, store, order, Happened.CLOSED, one, after)


def open_again(db: Any, store: Store, order: Order) -> None:
    """The hand-over was taken back: ordered and waiting, as before."""
    one = _alone(store, order)
    grade = lists(store).grades.get(ORDERED)
    if one and grade and one.grade == DELIVERED:
        due = next_due(grade, one.last_contact or store.today())
        _happened(db, store, order, Happened.OPEN, one, replace(one, grade=ORDERED, closed_on=None, next_due=due))


def cancelled(db: Any, store: Store, order: Order) -> None:
    """The deal is off: the customer has the grade from before the order again and is due at once."""
    one = _alone(store, order)
    if one and one.grade == ORDERED:
        after = replace(one, grade=_before(store, one), closed_on=None, next_due=store.today())
        _happened(db, store, order, Happened.OPEN, one, after)


def _before(store: Store, one: Customer) -> str:
    """The open grade that the customer had before ordering; the new customers' where nothing is known."""
    known = lists(store).grades
    told = [e.grade_before for e in book.events(store, one.id) if e.kind is Happened.ORDER]
    fits = [code for code in reversed(told) if code in known and known[code].is_open and code != ORDERED]
    return next(iter(fits), NEW)


def _happened(db: Any, store: Store, order: Order, kind: Happened, before: Customer, after: Customer) -> None:
    customers.put(db, store, kind, before, after, due=before.next_due, note=order.number, visit_id=order.visit_id)


def _alone(store: Store, order: Order) -> Customer | None:
    """The order's customer, None where another of the customer's orders is still open."""
    one = book.get(store, order.customer_id)
    others = queries.of_customer(store, one.id) if one else ()
    return None if any(other.open and other.id != order.id for other in others) else one
