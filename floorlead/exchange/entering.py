"""Entering customers and visits that a file brings, inside the import's one action, each with what it leaves as events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from floorlead.customers import moves as customers
from floorlead.customers import queries as book
from floorlead.customers import rules
from floorlead.customers.lists import lists
from floorlead.customers.records import Customer, Event, Happened
from floorlead.exchange.customers import DAYS, NAMES
from floorlead.exchange.records import Entered, Plan
from floorlead.exchange.visits import FLAGS
from floorlead.exchange.visits import NAMES as VISIT_NAMES
from floorlead.orders import moves as orders
from floorlead.record import replace
from floorlead.store import Store
from floorlead.visits import moves as visits
from floorlead.visits import queries as visit_queries
from floorlead.visits.records import Channel, Kind, Visit

Ids = Mapping[Any, int]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def enter_customers(db: Any, store: Store, planned: Plan, ids: Ids, rows: Iterable[Entered]) -> None:
    """The customers of a plan, new and changed; then orders of the same telephone number are theirs."""
    for entered in rows:
        values = dict(entered.values)
        days = {name: _day(values[name]) for name in DAYS}
        told = {name: values[name] for name in NAMES} | days
        told |= {"model_id": ids.get(values["model_id"], values["model_id"]), "no_contact": bool(values["no_contact"])}
        before = book.get(store, entered.ident)
        made = replace(before or customers.blank(store), **told)
        ident = customers.put_customer(db, made)
        _happened(db, store, before, replace(made, id=ident))
    orders.link_all(db)


def _happened(db: Any, store: Store, before: Customer | None, after: Customer) -> None:
    """A new row was made on its first day; a later contact than ours, an end or another grade are told on their day."""
    last = after.last_contact
    judged = replace(after, grade=rules.NEW, next_due=None) if after.closed_on else after
    if before is None:  # of who is closed already nobody knows the grade before
        _event(db, store, Happened.MADE, judged, after.first_on, "", None)
    was = before.grade if before else judged.grade
    if last and last != after.closed_on and (before is None or last != before.last_contact):
        _event(db, store, Happened.CONTACT, judged, last, was, before.next_due if before else None)
        was = judged.grade
    if after.closed_on and (before is None or before.closed_on is None):
        _event(db, store, Happened.CLOSED, after, after.closed_on, was, None)
    elif before and was != after.grade:
        _event(db, store, Happened.GRADE, after, store.today(), was, before.next_due)
    elif before and last == before.last_contact:
        _event(db, store, Happened.EDIT, after, store.today(), was, None)


def _event(
    db: Any,
    store: Store,
    kind: Happened,
    one: Customer,
    day: date,
    was: str,
    due: date | None,
    visit: int | None = None,
) -> None:
    """What the file tells happened on a day; of past days the hour is not known."""
    at = store.clock.stamp() if day == store.today() else f"{day}T00:00:00"
    told = Event(0, one.id, day, at, store.by, one.advisor_id, kind, was, one.grade, due, one.next_due, "", "", visit)
    customers.put_event(db, told)


def enter_visits(db: Any, store: Store, planned: Plan, ids: Ids, rows: Iterable[Entered]) -> None:
    """The visits of a plan in the order of time; whose telephone number is new is entered with the first of them."""
    made: dict[str, int] = {}
    for entered in sorted(rows, key=lambda one: (one.values["day"], one.values["came_at"], one.line)):
        values = entered.values
        model = ids.get(values["model_id"], values["model_id"])
        phone, customer = values["new_phone"], values["customer_id"]
        if phone:
            customer = made[phone] = made.get(phone) or _new_customer(db, store, values, model)
        told = {name: values[name] for name in VISIT_NAMES} | {name: bool(values[name]) for name in FLAGS}
        told |= {
            "day": date.fromisoformat(values["day"]), "channel": Channel(values["channel"]), "kind": Kind(values["kind"]),
            "model_id": model, "customer_id": customer,
        }  # fmt: skip
        before = visit_queries.get(store, entered.ident)
        ident = visits.put_visit(db, visit := replace(before or visits.blank(store), **told))
        if before is None and customer and visit.kind is not Kind.NON_INTENT:
            _followed_up(db, store, replace(visit, id=ident), book.get(store, customer))
    orders.link_all(db)


def _followed_up(db: Any, store: Store, visit: Visit, one: Customer | None) -> None:
    """The visit of somebody known is a follow-up of its day, told once; only one later than ours moves the next day."""
    met = (Happened.MADE, Happened.CONTACT, Happened.ORDER, Happened.OPEN)
    if one is None or any(event.day == visit.day and event.kind in met for event in book.events(store, one.id)):
        return
    later = one.closed_on is None and (one.last_contact is None or visit.day > one.last_contact)
    after, was, due = replace(one, grade=visit.grade, next_due=None), "", None
    if later:
        grade = lists(store).grades.get(visit.grade)
        told = grade if grade and grade.is_open and one.grade != rules.ORDERED else None
        after, was, due = customers.contacted(store, one, told, on=visit.day), one.grade, one.next_due
        customers.put_customer(db, after)
    _event(db, store, Happened.CONTACT, after, visit.day, was, due, visit.id)


def _new_customer(db: Any, store: Store, values: Mapping[str, Any], model: int | None) -> int:
    """Somebody whom only a visit tells of: seen first on its day, due by its grade."""
    day = date.fromisoformat(values["day"])
    found = lists(store).grades.get(values["grade"] or rules.NEW)
    grade = found if found and found.is_open else lists(store).grades[rules.NEW]
    one = replace(
        customers.blank(store), name=values.get("new_name", ""), phone=values["new_phone"], grade=grade.code,
        model_id=model, colour=values["colour"], source=values["source"], advisor_id=values["advisor_id"], first_on=day,
        last_contact=day, next_due=rules.next_due(grade, day), competitor=values["competitor"],
    )  # fmt: skip
    ident = customers.put_customer(db, one)
    _event(db, store, Happened.MADE, replace(one, id=ident), day, "", None)
    return ident
