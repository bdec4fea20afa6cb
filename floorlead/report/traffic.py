"""The report's facts about visits, results and consultants: batches are counted, never heads, and rates carry n/d.

Visits that are written after sealing stand in the live figures only; the sealed report keeps what it said.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from floorlead.customers import lists
from floorlead.customers import queries as customers
from floorlead.customers.records import Ending
from floorlead.discipline import queries as discipline
from floorlead.kpi.rules import rate
from floorlead.orders import queries as orders
from floorlead.people import queries as people
from floorlead.people.records import Role
from floorlead.report.records import Data, Said
from floorlead.store import Store
from floorlead.targets import queries as targets
from floorlead.text import fit, width
from floorlead.visits import queries as visits
from floorlead.visits import rules as visit_rules
from floorlead.visits.records import Visit
from floorlead.words import N_, _, both, pick

COUNTS = ("batches", "walk_ins", "first", "carded_first", "repeat", "non_intent", "incomplete", "calls", "captured",
          "looked", "drives", "quotes")  # fmt: skip
PAIR_CELLS, LINE_CELLS = 30, 64
MEASURES = ("visits", "captured", "drives", "orders", "deliveries")


# -- visits


def read_traffic(store: Store, day: date) -> Data:
    """The day's batches by kind, and who still owes the details of a visit."""
    found, month = visits.on_day(store, day), visits.between(store, day.replace(day=1), day)
    names = _names(store)
    owed = [
        {"time": one.came_at[11:16], "name": names.get(one.advisor_id or 0, {"zh": "-", "en": "-"}), "why": one.explained}
        for one in found if one.incomplete
    ]  # fmt: skip
    return {"counts": _counts(store, found, day, day), "month": _counts(store, month, day.replace(day=1), day),
            "incomplete": owed}  # fmt: skip


def _counts(store: Store, found: list[Visit], first: date, last: date) -> dict[str, int]:
    """The counts of a period; test drives are counted where targets and figures count them, with intent only."""
    counted = visit_rules.counts(found)
    drives = sum(targets.actuals(store, first, last)["drives"].values())
    return {**{name: getattr(counted, name) for name in COUNTS}, "drives": drives}


def say_traffic(data: Data) -> list[Said]:
    """Batches by kind, the rates with their counts, the visits still to be completed."""
    lines = [Said(_kinds(data["counts"]), (), "customers", "")]
    if "month" in data:  # reports sealed before this was counted have none
        lines.append(Said("  " + _("month: {counts}").format(counts=_kinds(data["month"])), (), "kpi", ""))
    if data["incomplete"]:
        unsaid = _("not explained")
        owed = [f"{one['time']} {_both(one['name'])} {one['why'] or unsaid}" for one in data["incomplete"]]
        words = _("incomplete {count}: {visits}").format(count=len(owed), visits="; ".join(owed))
        lines.append(Said(words, owed, "customers", ""))
    return lines


def _kinds(n: dict[str, int]) -> str:
    told = _("first {first}  carded {carded_first}  again {repeat}  no intent {non_intent}  calls {calls}").format(**n)
    captured = _("captured {rate}").format(rate=rate(n["captured"], n["captured"] + n["looked"]).text)
    intent = n["captured"] + n["carded_first"] + n["repeat"]
    drives = _("test drives {rate}").format(rate=rate(n["drives"], intent).text)
    return f"{told}   {captured}   {drives}"


# -- results


def read_results(store: Store, day: date) -> Data:
    """Orders, hand-overs and losses of a day and of its month, what stood open on its evening."""
    made, first = targets.actuals(store, day, day), day.replace(day=1)
    gone = _lost(store, first, day)
    lost = [one for one in gone if one.decided_on == day]
    return {
        "drives": sum(made["drives"].values()), "orders": sum(made["orders"].values()),
        "deliveries": sum(made["deliveries"].values()), "undelivered": _undelivered(store, day),
        "cancelled": sum(targets.cancels(store, day, day).values()), "lost": len(lost),
        "reasons": sorted({one.reason for one in lost}),
        "month": {"cancelled": sum(targets.cancels(store, first, day).values()), "lost": len(gone)},
        "asked": _asked(store, day),
    }  # fmt: skip


def _lost(store: Store, first: date, last: date) -> list[Ending]:
    """The losses agreed to in a period."""
    grades = lists.lists(store).grades
    agreed = [one for one in customers.decided(store, first, last) if one.state == "agreed" and one.wanted in grades]
    return [one for one in agreed if grades[one.wanted].counts == "lost"]


def _undelivered(store: Store, day: date) -> int:
    """The orders neither handed over nor cancelled on a day's evening; a report of yesterday knows nothing of today."""
    if day >= store.today():
        return orders.how_many(store)
    sql = (
        "SELECT (SELECT count(*) FROM orders WHERE state = 'open' AND ordered_on < ?1) + (SELECT count(*) FROM orders "
        "WHERE closed_at >= ?1 AND closed_at IS NOT NULL AND state <> 'open' AND ordered_on < ?1)"
    )
    return int(store.one(sql, (day + timedelta(days=1)).isoformat()))


def _asked(store: Store, day: date) -> int:
    """The applications that waited for the leader on a day's evening."""
    if day >= store.today():
        return len(customers.asked(store))
    sql = "SELECT count(*) FROM endings WHERE asked_on <= ?1 AND (state = 'asked' OR decided_on > ?1)"
    return int(store.one(sql, day.isoformat()))


def say_results(data: Data) -> list[Said]:
    """One line of results, one of what was cancelled or lost."""
    words = _("test drives {drives}  orders {orders}  deliveries {deliveries}  not delivered yet {undelivered}")
    lines = [Said(words.format(**data), (), "cars", "")]
    told = [_("cancelled {cancelled}").format(**data) + _month(data, "cancelled")]
    words = _("lost {count} ({reasons})") if data["lost"] else _("lost {count}")
    told.append(words.format(count=data["lost"], reasons=", ".join(data["reasons"])) + _month(data, "lost"))
    told.append(_("to be decided {count}").format(count=data["asked"]))
    return [*lines, Said("   ".join(told), told, "customers", "")]


def _month(data: Data, name: str) -> str:
    """The month's count behind the day's; reports sealed before it was counted have none."""
    return " " + _("(month {count})").format(count=data["month"][name]) if "month" in data else ""


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
    """A line for each consultant of the day and for whoever else brought something, nobody's last, so that the lines
    add up to the results: what was brought, overdue follow-ups, the day's points."""
    made = targets.actuals(store, day, day)
    overdue = customers.overdue(store, day)
    points = discipline.deducted(store, day, day)
    wanted = targets.by_person(store, day)
    here = {one.person.id for one in people.day(store, day) if one.here}
    told = []
    for one in people.everybody(store):
        mine = {name: made[name].get(one.id, 0) for name in MEASURES}
        if any(mine.values()) or (one.role is Role.CONSULTANT and one.id in here):
            told.append({
                "name": {"zh": one.name, "en": one.name_en or one.name}, "here": one.id in here, **mine,
                "overdue": overdue.get(one.id, 0), "points": points.get(one.id, (0, 0))[1],
                "target": dict(wanted.get(one.id, {})),
            })  # fmt: skip
    nobodys = {name: made[name].get(None, 0) for name in MEASURES}
    if any(nobodys.values()):
        name = both(N_("no advisor"))
        told.append({"name": name, "here": False, **nobodys, "overdue": 0, "points": 0, "target": {}})
    return {"people": told}


def say_consultants(data: Data) -> list[Said]:
    """Two consultants on a line, so that twelve of them leave room on the page."""
    told = [_consultant(one) for one in data["people"]]
    head = _("visits/captured/drives/orders/deliveries, overdue, points")
    return [Said(head), *(Said(line, (), "customers", "") for line in _paired(told))] if told else [Said(_("none"))]


def _paired(told: list[str]) -> list[str]:
    """Two on a line where both fit whole, else one."""
    lines: list[str] = []
    waiting = ""
    for one in told:
        if waiting and width(waiting) <= PAIR_CELLS and width(one) <= LINE_CELLS - PAIR_CELLS - 2:
            lines, waiting = [*lines, f"{fit(waiting, PAIR_CELLS)}  {one}"], ""
        else:
            lines, waiting = [*lines, *([waiting] if waiting else [])], one
    return [*lines, *([waiting] if waiting else [])]


def _consultant(one: dict[str, Any]) -> str:
    text = f"{_both(one['name'])} " + "/".join(str(one[name]) for name in MEASURES)
    text += "  " + _("late {count}").format(count=one["overdue"]) if one["overdue"] else ""
    return text + ("  " + _("points {count}").format(count=one["points"]) if one["points"] else "")


def _names(store: Store) -> dict[int, dict[str, str]]:
    return {one.id: {"zh": one.name, "en": one.name_en or one.name} for one in people.everybody(store)}


def _both(words: dict[str, str]) -> str:
    return pick(words["zh"], words["en"])
