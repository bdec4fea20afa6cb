"""The report's facts about visits, results and consultants: batches are counted, never heads, and rates carry n/d.

Visits that are written after sealing stand in the live figures only; the sealed report keeps what it said.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from floorlead.checks import queries as checks
from floorlead.customers import lists
from floorlead.customers import queries as customers
from floorlead.kpi.rules import rate
from floorlead.orders import queries as orders
from floorlead.people import queries as people
from floorlead.report.records import Data, Said
from floorlead.store import Store
from floorlead.targets import queries as targets
from floorlead.text import fit
from floorlead.visits import queries as visits
from floorlead.visits import rules as visit_rules
from floorlead.words import _, pick

COUNTS = ("batches", "walk_ins", "first", "carded_first", "repeat", "non_intent", "incomplete", "calls", "captured",
          "looked", "drives", "quotes")  # fmt: skip
PAIR_CELLS = 30
MEASURES = ("visits", "captured", "drives", "orders", "deliveries")


# -- visits


def read_traffic(store: Store, day: date) -> Data:
    """The day's batches by kind, and who still owes the details of a visit."""
    found = visits.on_day(store, day)
    counted = visit_rules.counts(found)
    names = _names(store)
    owed = [
        {"time": one.came_at[11:16], "name": names.get(one.advisor_id or 0, {"zh": "-", "en": "-"}), "why": one.explained}
        for one in found if one.incomplete
    ]  # fmt: skip
    return {"counts": {name: getattr(counted, name) for name in COUNTS}, "incomplete": owed}


def say_traffic(data: Data) -> list[Said]:
    """Batches by kind, the rates with their counts, the visits still to be completed."""
    n = data["counts"]
    told = _("first {first}  carded {carded_first}  again {repeat}  no intent {non_intent}  calls {calls}").format(**n)
    captured = _("captured {rate}").format(rate=rate(n["captured"], n["captured"] + n["looked"]).text)
    intent = n["captured"] + n["carded_first"] + n["repeat"]
    drives = _("test drives {rate}").format(rate=rate(n["drives"], intent).text)
    lines = [Said(f"{told}   {captured}   {drives}", (), "customers", "")]
    if data["incomplete"]:
        unsaid = _("not explained")
        owed = [f"{one['time']} {_both(one['name'])} {one['why'] or unsaid}" for one in data["incomplete"]]
        words = _("incomplete {count}: {visits}").format(count=len(owed), visits="; ".join(owed))
        lines.append(Said(words, owed, "customers", ""))
    return lines


# -- results


def read_results(store: Store, day: date) -> Data:
    """Orders, hand-overs and losses of a day."""
    made = targets.actuals(store, day, day)
    grades = lists.lists(store).grades
    agreed = [one for one in customers.decided(store, day, day) if one.state == "agreed" and one.wanted in grades]
    lost = [one for one in agreed if grades[one.wanted].counts == "lost"]
    return {
        "drives": sum(made["drives"].values()), "orders": sum(made["orders"].values()),
        "deliveries": sum(made["deliveries"].values()), "undelivered": orders.how_many(store),
        "cancelled": sum(targets.cancels(store, day, day).values()), "lost": len(lost),
        "reasons": sorted({one.reason for one in lost}),
        "asked": len(customers.asked(store)),
    }  # fmt: skip


def say_results(data: Data) -> list[Said]:
    """One line of results, one of what was cancelled or lost."""
    words = _("test drives {drives}  orders {orders}  deliveries {deliveries}  not delivered yet {undelivered}")
    lines = [Said(words.format(**data), (), "cars", "")]
    told = []
    if data["cancelled"]:
        told.append(_("cancelled {cancelled}").format(**data))
    if data["lost"]:
        told.append(_("lost {count} ({reasons})").format(count=data["lost"], reasons=", ".join(data["reasons"])))
    if data["asked"]:
        told.append(_("to be decided {count}").format(count=data["asked"]))
    return [*lines, Said("   ".join(told), told, "customers", "")] if told else lines


# -- follow-ups


def read_followups(store: Store, day: date) -> Data:
    """Follow-ups done on the day, still due and overdue by advisor, and who was reminded."""
    names = _names(store)
    owed = customers.due(store, day)
    late: dict[int, int] = {}
    for one in owed:
        if one.late > 0 and one.customer.advisor_id:
            late[one.customer.advisor_id] = late.get(one.customer.advisor_id, 0) + 1
    ranked = sorted(late.items(), key=lambda pair: (-pair[1], pair[0]))
    reminded = list(dict.fromkeys(one.person_id for one in customers.reminders(store, day)))
    return {"done": len(customers.contacted_on(store, day)), "due": len(owed), "reminded": [names[who] for who in reminded if who in names],
            "late": [{"name": names[who], "count": count} for who, count in ranked if who in names]}  # fmt: skip


def say_followups(data: Data) -> list[Said]:
    """How many were due, done and are late, by whom."""
    late = sum(one["count"] for one in data["late"])
    words = _("done {done}  still due {due}  overdue {late}").format(done=data["done"], due=data["due"], late=late)
    told = [f"{_both(one['name'])} {one['count']}" for one in data["late"]]
    if told:
        words += " (" + ", ".join(told[:8]) + ")"
    if data["reminded"]:
        words += "  " + _("reminded: {names}").format(names=", ".join(map(_both, data["reminded"])))
    return [Said(words, told, "customers", "due")]


# -- consultants


def read_consultants(store: Store, day: date) -> Data:
    """A line for each consultant of the day: results, overdue follow-ups, the day's points."""
    made = targets.actuals(store, day, day)
    overdue = customers.overdue(store, day)
    points = {who: points for who, _count, points in checks.points_since(store, day, day)}
    for who, more in _violations(store, day).items():
        points[who] = points.get(who, 0) + more
    wanted = targets.by_person(store, day)
    told = []
    for one in people.day(store, day):
        if one.person.role.value != "consultant":
            continue
        ident = one.person.id
        told.append({
            "name": {"zh": one.person.name, "en": one.person.name_en or one.person.name}, "here": one.here,
            **{name: made[name].get(ident, 0) for name in MEASURES}, "overdue": overdue.get(ident, 0),
            "points": points.get(ident, 0), "target": dict(wanted.get(ident, {})),
        })  # fmt: skip
    return {"people": [one for one in told if one["here"] or any(one[name] for name in MEASURES)]}


def _violations(store: Store, day: date) -> dict[int, int]:
    from floorlead.discipline import queries as discipline

    found: dict[int, int] = {}
    for one in discipline.on_day(store, day):
        if one.counts:
            found[one.person] = found.get(one.person, 0) + one.points
    return found


def say_consultants(data: Data) -> list[Said]:
    """Two consultants on a line, so that twelve of them leave room on the page."""
    told = [_consultant(one) for one in data["people"]]
    head = _("visits/captured/drives/orders/deliveries, overdue, points")
    pairs = ["  ".join(fit(one, PAIR_CELLS) for one in told[at : at + 2]).rstrip() for at in range(0, len(told), 2)]
    return [Said(head), *(Said(line, (), "customers", "") for line in pairs)] if told else [Said(_("none"))]


def _consultant(one: dict[str, Any]) -> str:
    text = f"{_both(one['name'])} " + "/".join(str(one[name]) for name in MEASURES)
    text += "  " + _("late {count}").format(count=one["overdue"]) if one["overdue"] else ""
    return text + ("  " + _("points {count}").format(count=one["points"]) if one["points"] else "")


def _names(store: Store) -> dict[int, dict[str, str]]:
    return {one.id: {"zh": one.name, "en": one.name_en or one.name} for one in people.everybody(store)}


def _both(words: dict[str, str]) -> str:
    return pick(words["zh"], words["en"])
