"""How a visit is told of, and whose turn it takes: what other areas and the record say about it."""

from __future__ import annotations

from datetime import date
from typing import Any

from floorlead.people import queries as people
from floorlead.people.records import Role
from floorlead.queue import queries as queue
from floorlead.queue.records import State, Turn
from floorlead.store import Store
from floorlead.visits.records import CHANNEL_WORDS, Channel, Visit
from floorlead.words import N_, both

NOT_CAPTURED = N_("not captured")


def told(store: Store, visit: Visit, name: str) -> dict[str, Any]:
    """A visit's fields for the record, in either language."""
    model = store.rows("SELECT name, name_en FROM models WHERE id = ?", visit.model_id) if visit.model_id else []
    zh, en = model[0] if model else ("", "")
    who = next((one for one in people.everybody(store) if one.id == visit.advisor_id), None)
    advisor = {"zh": who.name, "en": who.name_en or who.name} if who else {"zh": "", "en": ""}
    blank = CHANNEL_WORDS[Channel.CALL] if visit.channel is Channel.CALL else NOT_CAPTURED
    return {
        "time": visit.came_at[11:16], "name": name or both(blank), "model": {"zh": zh, "en": en or zh},
        "grade": visit.grade, "advisor": advisor,
    }  # fmt: skip


def turn_of(store: Store, person: int) -> Turn | None:
    """Where an advisor stands in the queue now; None for who is not on duty."""
    return next((one for one in queue.turns(store) if one.person == person), None)


ORDER = (State.WAITING, State.OUT, State.AWAY, State.SERVING)
"""Whom a visit is offered to: who is in line, who has not joined it yet, who stepped away, who is with a customer."""


def line(store: Store, day: date) -> list[Turn]:
    """Who may take a visit: those in line by their turn, then the others on duty."""
    turns = queue.turns(store, day)
    return sorted(
        turns, key=lambda one: (ORDER.index(one.state), one.left, bool(one.since and not one.place), one.place)
    )


def others(store: Store, day: date) -> list[int]:
    """The consultants who are not on duty on a day, in the order of the card."""
    there = {one.person for one in queue.turns(store, day)}
    return [p.id for p in people.staff(store, day) if p.role is Role.CONSULTANT and p.id not in there]
