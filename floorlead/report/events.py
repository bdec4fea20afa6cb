"""The report's facts about the log: incidents and complaints with their clock, notices and who has not read them,
breaches of discipline, spot checks.

Customers may be named, their telephone numbers never stand here; words are in both languages where they are data.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from floorlead.discipline import queries as discipline
from floorlead.discipline.records import Violation
from floorlead.leave import notes
from floorlead.leave import queries as leave
from floorlead.log import lists, queries, rules
from floorlead.log.records import Entry, Kind, Lists, Step, StepKind
from floorlead.phones import mask_in
from floorlead.record import replace
from floorlead.report.records import Data, Said
from floorlead.spotchecks import queries as spotchecks
from floorlead.spotchecks.records import FAIL, PASS, Spot
from floorlead.store import Store
from floorlead.words import _

ACTIONS = (StepKind.ACTION, StepKind.RESPONSE)
NAMED = 8
"""People named of those who have not read a notice; behind the line stand all."""


def read_events(store: Store, day: date) -> Data:
    """What the log says of a day as it stood in its evening; on the day itself, now."""
    until = min(store.clock.bounds(day, day)[1], store.clock.stamp())
    found, book = queries.of_the_day(store, day), lists.lists(store)
    steps = queries.steps(store, [one.id for one in found])
    names = leave.names(store)
    told = [one for one in found if one.kind is not Kind.NOTICE]
    return {
        "entries": [_entry(one, steps[one.id], day, until, book, names) for one in told],
        "notices": [_notice(store, one, day, names) for one in found if one.kind is Kind.NOTICE],
        "violations": [_breach(one, names) for one in discipline.on_day(store, day) if one.counts],
        "spot_checks": [_spot(one, names) for one in spotchecks.on_day(store, day) if one.marks],
        "respond_minutes": book.clocks.respond_minutes,
    }  # fmt: skip


def _entry(one: Entry, steps: list[Step], day: date, until: str, book: Lists, names: notes.Names) -> Data:
    closed = bool(one.closed_on and one.closed_on <= day)
    stood = until if not closed else one.closed_at
    responded = one.responded_at if one.responded_at and one.responded_at <= stood else ""
    level = book.level(one.kind.value, one.level)
    owner = names.get(one.owner_id or 0) or said_of(one.owner, names)
    actions = [f"{step.at[11:16]} {mask_in(step.text)}" for step in steps if step.kind in ACTIONS and step.at < until]
    return {
        "kind": one.kind.value, "at": one.at, "text": mask_in(one.text), "customer": mask_in(one.customer), "owner": owner,
        "level": {"zh": level.zh, "en": level.en} if level else {"zh": "", "en": ""}, "due": one.due,
        "response": rules.minutes(one.at, responded) if responded else None, "lasted": rules.minutes(one.at, stood),
        "told": said_of(one.escalated_to, names) if one.escalated_at and one.escalated_at < until else "",
        "told_at": one.escalated_at if one.escalated_at < until else "",
        "result": mask_in(one.result) if closed else "", "closed": closed, "satisfied": one.satisfied if closed else None,
        "late": _was_late(one, closed, until, day, book), "actions": actions, "new": one.day == day, "id": one.id,
    }  # fmt: skip


def said_of(name: str, names: notes.Names) -> dict[str, str]:
    """A kept name in both languages, of one of the staff as it is there; numbers masked."""
    found = next((one for one in names.values() if one["zh"] == name), None)
    return found or dict.fromkeys(("zh", "en"), mask_in(name))


def _was_late(one: Entry, closed: bool, until: str, day: date, book: Lists) -> bool:
    """Whether an entry was past its due, or a complaint past its clocks, when the day was over or it was closed."""
    then = replace(
        one,
        closed_at=one.closed_at if closed else "",
        responded_at=one.responded_at if one.responded_at <= until else "",
    )
    if one.kind is Kind.COMPLAINT and rules.watch(then, max(until, one.at), book.clocks).late:
        return True
    stood = one.closed_at if closed else until
    return bool(one.due) and (one.due < stood[:16] if len(one.due) > 10 else one.due < day.isoformat())


def _notice(store: Store, one: Entry, day: date, names: notes.Names) -> Data:
    left = queries.unread_in_the_evening(store, one, day) if day < store.today() else queries.unacknowledged(store, one)
    people = queries.readers(store, one)
    return {
        "text": mask_in(one.text), "at": one.at, "effective": one.effective_on.isoformat() if one.effective_on else "",
        "unread": [names[person.id] for person in left], "people": max(len(people), len(left)), "id": one.id,
    }  # fmt: skip


def _breach(one: Violation, names: notes.Names) -> Data:
    return {
        "name": names[one.person], "at": one.at, "rule": {"zh": one.zh, "en": one.en}, "points": one.points,
        "slot": one.slot, "note": mask_in(one.note), "id": one.id,
    }  # fmt: skip


def _spot(one: Spot, names: notes.Names) -> Data:
    marks = list(one.marks.values())
    return {
        "name": names[one.person], "at": one.at, "passed": sum(mark.result == PASS for mark in marks),
        "applied": sum(mark.result in (PASS, FAIL) for mark in marks),
        "failed": [{"zh": mark.zh, "en": mark.en} for mark in marks if mark.result == FAIL], "note": mask_in(one.note),
    }  # fmt: skip


# -- saying


def say_events(data: Data) -> list[Said]:
    """Complaints, incidents, notices, discipline, spot checks; one line that says so where there was nothing."""
    lines = [
        *_say_kind(data, "complaint", _("complaints")), *_say_kind(data, "incident", _("incidents")),
        *_say_kind(data, "plate", _("plate times")), *_say_notices(data["notices"]), *_say_breaches(data["violations"]),
        *_say_spots(data["spot_checks"]),
    ]  # fmt: skip
    return lines or [Said(_("no incident, no complaint"), (), "log", "today")]


def _say_kind(data: Data, kind: str, word: str) -> list[Said]:
    found = [one for one in data["entries"] if one["kind"] == kind]
    if not found:
        return []
    still = sum(not one["closed"] for one in found)
    told = [_one(one) for one in found]
    head = _("{what} {count}, open {open}").format(what=word, count=len(found), open=still)
    return [Said(head, told, "log", kind), *(
        Said("  " + text, one["actions"], "log", f"entries:{one['id']}") for text, one in zip(told, found, strict=True)
    )]  # fmt: skip


def _one(one: Data) -> str:
    when = one["at"][11:16] if one["new"] else f"{one['at'][5:10]} {one['at'][11:16]}"
    level = notes.said(one["level"])
    parts = [when, one["customer"], one["text"], f"({level})" if level else "", notes.said(one["owner"])]
    if one["response"] is not None:
        parts.append(_("first response after {count} min").format(count=one["response"]))
    elif one["kind"] == "complaint":
        parts.append(_("no response yet"))
    if one["told"]:
        parts.append(_("told {name} {time}").format(name=_name(one["told"]), time=one["told_at"][11:16]))
    parts.append(_ending(one))
    return "  ".join(filter(None, parts))


def _name(told: str | dict[str, str]) -> str:
    """A name of the facts; older ones were kept in one language."""
    return told if isinstance(told, str) else notes.said(told)


def _ending(one: dict[str, Any]) -> str:
    if not one["closed"]:
        return _("still open, overdue") if one["late"] else _("still open")
    satisfied = {True: _("satisfied"), False: _("not satisfied")}.get(one["satisfied"], "")
    return " ".join(filter(None, [_("ended"), one["result"], f"({satisfied})" if satisfied else ""]))


def _say_notices(found: list[Data]) -> list[Said]:
    lines = []
    for one in found:
        names = [notes.said(name) for name in one["unread"]]
        read = _("read by all") if not names else _("not read by {count}: {names}")
        few = [
            *names[:NAMED],
            *([_("and {count} more").format(count=len(names) - NAMED)] if len(names) > NAMED else []),
        ]
        told = read.format(count=len(names), names=", ".join(few))
        day = _(", from {day}").format(day=one["effective"]) if one["effective"] else ""
        lines.append(
            Said(_("notice: {text}").format(text=one["text"]) + f"{day}; {told}", names, "log", f"entries:{one['id']}")
        )
    return lines


def _say_breaches(found: list[Data]) -> list[Said]:
    if not found:
        return []
    told = [
        " ".join(filter(None, [one["at"][11:16], notes.said(one["name"]), notes.said(one["rule"]),
                               f"-{one['points']}", one["note"]]))
        for one in found
    ]  # fmt: skip
    head = _("discipline {count}, points {points}: {what}")
    points = sum(one["points"] for one in found)
    return [Said(head.format(count=len(found), points=points, what="; ".join(told)), told, "log", "violation")]


def _say_spots(found: list[Data]) -> list[Said]:
    if not found:
        return []
    told = []
    for one in found:
        failed = ", ".join(notes.said(item) for item in one["failed"])
        words = f"{notes.said(one['name'])} {one['passed']}/{one['applied']}"
        told.append(f"{words} ({failed})" if failed else words)
    return [
        Said(_("spot checks {count}: {what}").format(count=len(found), what="; ".join(told)), told, "spotchecks", "")
    ]
