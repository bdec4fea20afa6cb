"""The manager's weekly roll-up: seven days side by side, each consultant's week, what stays open, what comes next week.

It is computed from the rows as they are now; which days were sealed, and which were never reported, stands beside it.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from floorlead import settings
from floorlead.customers import queries as customers
from floorlead.discipline import queries as discipline
from floorlead.kpi import queries as kpi
from floorlead.log import queries as logged
from floorlead.orders import queries as orders
from floorlead.orders import rules as order_rules
from floorlead.people import queries as people
from floorlead.people.records import Role
from floorlead.report.records import Data
from floorlead.store import Store, sealed
from floorlead.targets import queries as targets
from floorlead.tasks import queries as tasks
from floorlead.visits import queries as visits
from floorlead.visits import rules
from floorlead.words import N_, both

MEASURES = ("visits", "captured", "drives", "orders", "deliveries")


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def shown(today: date) -> date:
    """The day whose week is looked at: on a Monday the week that has just ended."""
    return today - timedelta(days=1) if today.weekday() == 0 else today


def read(store: Store, day: date) -> Data:
    """The week of `day` until today, JSON-ready; names in both languages."""
    first = monday(day)
    last = min(first + timedelta(days=6), store.today())
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    name = settings.get(store, "showroom")
    english = settings.get(store, "showroom_en") or name
    return {
        "first": first.isoformat(), "last": (first + timedelta(days=6)).isoformat(), "showroom": name, "showroom_en": english,
        "days": [_day(store, one) for one in days],
        "total": _totals(store, first, last),
        "before": _totals(store, first - timedelta(days=7), last - timedelta(days=7)),
        "people": _people(store, first, last), "open": _open(store, last), "next": _next(store, first + timedelta(days=7)),
    }  # fmt: skip


def _totals(store: Store, first: date, last: date) -> dict[str, int]:
    made = targets.actuals(store, first, last)
    counted = rules.counts(visits.between(store, first, last))
    return {**{name: sum(made[name].values()) for name in MEASURES}, "first": counted.captured + counted.looked}


def _day(store: Store, day: date) -> Data:
    found = sealed.of_day(store, day)
    told = {"number": found.number, "revision": found.revision, "at": found.at} if found else None
    return {"day": day.isoformat(), **_totals(store, day, day), "report": told}


def _people(store: Store, first: date, last: date) -> list[Data]:
    """The consultants of the week, who left in it too, and whoever else brought something, nobody's last: the lines add
    up to the week's."""
    made = targets.actuals(store, first, last)
    points = discipline.deducted(store, first, last)
    overdue = customers.overdue(store, store.today())
    told: list[Data] = []
    for one in people.everybody(store):
        mine = {name: made[name].get(one.id, 0) for name in MEASURES}
        if any(mine.values()) or (one.role is Role.CONSULTANT and kpi.belongs(one, first, last)):
            told.append({
                "name": {"zh": one.name, "en": one.name_en or one.name}, "points": points.get(one.id, (0, 0))[1],
                **mine, "overdue": overdue.get(one.id, 0),
            })  # fmt: skip
    nobodys = {name: made[name].get(None, 0) for name in MEASURES}
    if any(nobodys.values()):
        told.append({"name": both(N_("no advisor")), "points": 0, **nobodys, "overdue": 0})
    return told


def _open(store: Store, last: date) -> Data:
    """What goes along into the next week."""
    entries = logged.open_entries(store, last)
    return {
        "tasks": [{"text": one.text, "owner": one.owner, "due": one.due.isoformat()} for one in tasks.open_until(store, last)],
        "log": [{"kind": one.kind.value, "text": one.text, "day": one.day.isoformat()} for one in entries],
        "undelivered": orders.how_many(store), "asked": len(customers.asked(store)),
    }  # fmt: skip


def _next(store: Store, first: date) -> Data:
    """Hand-overs of the next week."""
    last = first + timedelta(days=6)
    found: list[dict[str, Any]] = []
    for order in orders.open_orders(store):
        day = order_rules.day_of(order.handover_at)
        if day and first <= day <= last:
            found.append(
                {"day": day.isoformat(), "customer": order.customer, "missing": len(order_rules.missing(order))}
            )
    return {"deliveries": found}
