"""What an order does to the customer's book row: ordered, delivered, open again; always inside the order's own action.

A customer with another open order stays ordered when one of them is delivered or cancelled.
"""

from __future__ import annotations

from typing import Any

from floorlead.customers import moves as customers
from floorlead.customers import queries as book
from floorlead.customers.lists import lists
from floorlead.customers.records import Customer, Happened
from floorlead.customers.rules import DELIVERED, ORDERED, next_due
from floorlead.orders import queries
from floorlead.orders.records import Order
from floorlead.record import replace
from floorlead.store import Store
from floorlead.visits import moves as visits
from floorlead.visits import queries as visit_queries


def linked(store: Store, order: Order, before: Order | None = None) -> Order:
    """The order with its customer: the one named, else whoever has its telephone number, and the visit of its day.

    A number that was corrected to another customer's makes it that customer's order.
    """
    owner = book.by_phone(store, order.phone)
    found = book.get(store, order.customer_id) or owner
    if found is None:
        return replace(order, customer_id=None, visit_id=None)
    if before and owner and owner.id != found.id and order.phone != before.phone:
        order, found = replace(order, visit_id=None), owner
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
    customers.withdraw_end(db, store, one)  # who orders is neither lost nor frozen
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
    """The deal is off: the customer has the open grade from before the order again and is due at once.

    Also where the order turns out to be another customer's.
    """
    one = _alone(store, order)
    if one and one.grade == ORDERED:
        after = replace(one, grade=customers.grade_before(store, one), closed_on=None, next_due=store.today())
        _happened(db, store, order, Happened.OPEN, one, after)
    visit = visit_queries.get(store, order.visit_id) if order.visit_id else None
    if (
        visit and visit.deal and visit.day == store.today()
    ):  # an older day's deal was one; the cancellation counts by itself
        visits.put_visit(db, replace(visit, deal=False))


def _happened(db: Any, store: Store, order: Order, kind: Happened, before: Customer, after: Customer) -> None:
    customers.put(db, store, kind, before, after, due=before.next_due, note=order.number, visit_id=order.visit_id)


def _alone(store: Store, order: Order) -> Customer | None:
    """The order's customer, None where another of the customer's orders is still open."""
    one = book.get(store, order.customer_id)
    others = queries.of_customer(store, one.id) if one else ()
    return None if any(other.open and other.id != order.id for other in others) else one
