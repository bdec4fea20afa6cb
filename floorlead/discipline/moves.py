"""Noting a breach, setting it right, withdrawing it: each one action; points come from the rule, never money.

Employers' fines have had no footing in law since 2008; points go into the monthly appraisal.
"""

from __future__ import annotations

import json
from typing import Any

from floorlead.discipline import queries
from floorlead.discipline.records import Violation
from floorlead.log.records import Rule
from floorlead.people import queries as people_queries
from floorlead.people.records import Person
from floorlead.store import Refused, Store, decided
from floorlead.text import free
from floorlead.words import N_, _

NOTE_LIMIT = 80


@decided
def note(store: Store, person: int, stamp: str, rule: Rule, slot: str = "", text: str = "") -> int:
    """Note a breach at a local stamp (minute); returns its id. Raises Refused for a minute that is still to come."""
    stamp, who, text = _moment(store, stamp), _person(store, person), free(text, NOTE_LIMIT)
    words = N_("{name} {rule} {time}: {points} points")
    with store.write(words, name=_both(who), rule=rule.both(), time=stamp[11:16], points=rule.points) as db:
        values = (
            store.clock.day_at(stamp).isoformat(), stamp, person, rule.code, json.dumps(rule.both(), ensure_ascii=False),
            rule.points, slot, text, store.clock.stamp(), store.by, None,
        )  # fmt: skip
        sql = f"INSERT INTO violations({queries.COLUMNS}) VALUES ({', '.join('?' * len(values))})"
        return int(db.execute(sql, values).lastrowid or 0)
    raise AssertionError


@decided
def change(store: Store, before: Violation, person: int, stamp: str, text: str) -> None:
    """Set right whose it is, when it was, or its note; the slot is that which the person held then. Raises Refused."""
    stamp, who, text = _moment(store, stamp), _person(store, person), free(text, NOTE_LIMIT)
    slot = next((one.slot for one in queries.answerable(store, stamp) if one.person == person), "")
    rule = {"zh": before.zh, "en": before.en}
    words = N_("Changed: {name} {rule} {time}: {points} points")
    with store.write(words, name=_both(who), rule=rule, time=stamp[11:16], points=before.points) as db:
        _must_be(db, before)
        day = store.clock.day_at(stamp).isoformat()
        now = (day, stamp, person, slot, text)
        if now == (before.day.isoformat(), before.at, before.person, before.slot, before.note):
            return
        sql = "UPDATE violations SET day = ?, at = ?, person_id = ?, slot = ?, note = ? WHERE id = ?"
        db.execute(sql, (*now, before.id))


@decided
def withdraw(store: Store, one: Violation) -> None:
    """Withdraw a breach, or let it count again."""
    who, rule = _person(store, one.person), {"zh": one.zh, "en": one.en}
    words = N_("Withdrawn: {name} {rule} {time}") if one.counts else N_("Counts again: {name} {rule} {time}")
    with store.write(words, name=_both(who), rule=rule, time=one.at[11:16]) as db:
        _must_be(db, one)
        stamp = store.clock.stamp() if one.counts else None
        db.execute("UPDATE violations SET withdrawn_at = ? WHERE id = ?", (stamp, one.id))


def _must_be(db: Any, before: Violation) -> None:
    """Refuse when the breach is no longer what was looked at: taken back, set right or withdrawn meanwhile."""
    sql = "SELECT at, person_id, note, withdrawn_at FROM violations WHERE id = ?"
    row = db.execute(sql, (before.id,)).fetchone()
    if row is None or tuple(row) != (before.at, before.person, before.note, before.withdrawn_at or None):
        raise Refused("E363", _("This was changed by another terminal meanwhile; look again"))


def _moment(store: Store, stamp: str) -> str:
    """A breach's minute. Raises Refused for one that is still to come."""
    minute = f"{stamp[:16]}:00"
    if minute > store.clock.stamp():
        raise Refused("E361", _("{time} is still to come").format(time=minute[11:16]))
    return minute


def _person(store: Store, ident: int) -> Person:
    found = next((person for person in people_queries.everybody(store) if person.id == ident), None)
    if found is None:
        raise Refused("E360", _("Choose whose it is: left, right, or Enter and the name"))
    return found


def _both(person: Person) -> dict[str, str]:
    return {"zh": person.name, "en": person.name_en or person.name}
