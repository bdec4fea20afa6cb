"""The report's facts about leave and outings: what was decided today, who is out today and tomorrow, which papers are due.

Leave that begins before the day it is decided on is told as recorded late.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from floorlead.duty import lists
from floorlead.duty.records import LEAVE_STATES, Leave, Outing
from floorlead.leave import notes
from floorlead.leave import queries as leave
from floorlead.leave.records import BROKEN
from floorlead.outings import queries as outings
from floorlead.report.records import Data, Said
from floorlead.store import Store
from floorlead.words import _

DUE_AHEAD = 1
"""Days before a paper is due from which the report tells it."""


def read_leave(store: Store, day: date) -> Data:
    """Leave decided on a day, and how many requests wait."""
    names = leave.names(store)
    found = leave.decided_between(store, *store.clock.bounds(day, day))
    return {
        "decided": [_decided(store, one, names) for one in found],
        "waiting": [
            {"name": names[one.person], "days": notes.of(one)} for one in leave.asked(store, day) if _before(store, one, day)
        ],
    }  # fmt: skip


def _before(store: Store, one: Leave, day: date) -> bool:
    return store.clock.day_at(one.asked_at) <= day


def _decided(store: Store, one: Leave, names: notes.Names) -> Data:
    book, kept = lists.book(store), notes.read(one.note)
    stand_ins = [
        {"slot": slot.both() if (slot := book.slot(moved.slot)) else {"zh": moved.slot, "en": moved.slot},
         "day": moved.day.isoformat(), "taker": notes.who(names, moved.then[0])}
        for moved in kept.desk if moved.was[0] == one.person
    ]  # fmt: skip
    return {
        "name": names.get(one.person, {"zh": "-", "en": "-"}), "kind": one.kind, "what": notes.what(book, one),
        "first": one.first.isoformat(), "last": one.last.isoformat(), "half": one.half, "days": notes.of(one),
        "state": one.state, "by": one.by, "late": one.first < store.clock.day_at(one.decided_at),
        "why": kept.said, "broken": list(kept.broken), "stand_ins": stand_ins,
    }  # fmt: skip


def say_leave(data: Data) -> list[Said]:
    """How much leave was decided, each one with who stands in; then what waits."""
    told = [_one(one) for one in data["decided"]]
    lines = [Said(_("leave decided {count}").format(count=len(told)), told, "leave", "")]
    lines += [Said("  " + text, (), "leave", "") for text in told]
    if data["waiting"]:
        names = [f"{notes.said(one['name'])} {notes.said(one['days'])}" for one in data["waiting"]]
        words = _("asked for and undecided {count}: {names}").format(count=len(names), names="; ".join(names))
        lines.append(Said("  " + words, names, "leave", "asked"))
    return lines


def _one(one: Data) -> str:
    parts = [notes.said(one["name"]), notes.said(one["days"]), notes.said(one["what"]), _(LEAVE_STATES[one["state"]])]
    if one["late"]:
        parts.append(_("(recorded late)"))
    if one["broken"]:
        broken = ", ".join(_(BROKEN.get(code, code)) for code in one["broken"])
        parts.append(_("(all the same: {broken})").format(broken=broken))
    if one["why"]:
        parts.append(f"({one['why']})")
    stand_ins = [f"{notes.said(slot['slot'])} {notes.said(slot['taker'])}" for slot in one["stand_ins"]]
    told = " ".join(parts)
    return told + "; " + ", ".join(stand_ins) if stand_ins and one["state"] == "granted" else told


def read_outings(store: Store, day: date) -> Data:
    """Who is out on the day and on the next, and which plans and reviews are due or overdue."""
    tomorrow = day + timedelta(days=DUE_AHEAD)
    return {
        "today": _out(store, day), "tomorrow": _out(store, tomorrow),
        "due": [fact for one in outings.due_by(store, tomorrow) for fact in _papers(store, one, day, tomorrow)],
    }  # fmt: skip


def _out(store: Store, day: date) -> list[Data]:
    names = leave.names(store)
    return [
        {
            "what": outings.both(lists.book(store), one), "half": one.half, "days": notes.span(day, day, one.half),
            "wanted": one.wanted, "people": [names[who] for who in outings.going(store, one.id).get(day, ())],
        }
        for one in outings.on(store, day)
    ]  # fmt: skip


def _papers(store: Store, one: Outing, day: date, until: date) -> list[Data]:
    found = []
    for paper, due, done in (("plan", one.plan_due, one.planned_on), ("review", one.review_due, one.reviewed_on)):
        if due is not None and done is None and due <= until and (paper == "review" or one.last >= day):
            what = outings.both(lists.book(store), one)
            found.append({"paper": paper, "what": what, "due": due.isoformat(), "late": due < day, "id": one.id})
    return found


def say_outings(data: Data) -> list[Said]:
    """Today's outings with their people, tomorrow's, the papers; nothing where there is nothing."""
    lines: list[Said] = []
    for key, word in (("today", _("out today")), ("tomorrow", _("out tomorrow"))):
        told = [_out_words(one) for one in data[key]]
        if told:
            lines.append(Said(f"{word} {len(told)}: " + "; ".join(told), told, "outings", ""))
    papers = [_paper_words(one) for one in data["due"]]
    if papers:
        words = _("papers due {count}: {papers}").format(count=len(papers), papers="; ".join(papers))
        lines.append(Said(words, papers, "outings", str(data["due"][0]["id"])))
    return lines


def _out_words(one: Data) -> str:
    names = ", ".join(map(notes.said, one["people"]))
    short = _("{count} of {wanted}").format(count=len(one["people"]), wanted=one["wanted"])
    return f"{notes.said(one['what'])} {notes.said(one['days'])} {short} {names}".rstrip()


def _paper_words(one: dict[str, Any]) -> str:
    word = _("plan paper") if one["paper"] == "plan" else _("review paper")
    late = " " + _("overdue") if one["late"] else ""
    return f"{notes.said(one['what'])} {word} {one['due']}{late}"
