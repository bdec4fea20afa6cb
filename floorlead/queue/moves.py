"""What is done in the queue, each one action: join, take a customer, back, away, another place, leave.

What was looked at must still hold: two terminals never give the same person two customers by one glance each.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from floorlead.people import queries as people_queries
from floorlead.people.records import Person
from floorlead.queue import queries
from floorlead.queue.records import Kind, State, Turn, told
from floorlead.store import Refused, Store, decided
from floorlead.text import clean
from floorlead.words import N_, _

REASON_LIMIT = 60
_SAID = {
    Kind.SERVE: N_("{name} takes a customer {time} {reason}"), Kind.BACK: N_("{name} back at the end of the line {time}"),
    Kind.AWAY: N_("{name} steps away {time}"), Kind.LEAVE: N_("{name} leaves the queue {time}"),
}  # fmt: skip


@decided
def join(store: Store, people: Sequence[int]) -> None:
    """Put people at the end of the line, in this order. Raises Refused without anybody."""
    if not people:
        raise Refused("E250", _("Everybody on duty is in line already"))
    names = {person.id: person for person in people_queries.everybody(store)}
    first = _both(names[people[0]])
    words = N_("{name} joins the queue") if len(people) == 1 else N_("{count} join the queue, first {name}")
    with store.write(words, name=first, count=len(people)) as db:
        for person in people:
            _must_be(store, person, State.OUT)
            _note(db, store, person, Kind.JOIN)


@decided
def serve(store: Store, turn: Turn, reason: str = "") -> None:
    """Somebody takes a customer, in turn or for a reason out of it. Raises Refused."""
    _act(store, turn, Kind.SERVE, turn.place or None, reason)


@decided
def back(store: Store, turn: Turn) -> None:
    """Somebody is free again and stands at the end; who was not in line joins it. Raises Refused."""
    if turn.state is State.OUT:
        join(store, [turn.person])
    else:
        _act(store, turn, Kind.BACK)


@decided
def away(store: Store, turn: Turn) -> None:
    """Somebody steps away for a while. Raises Refused."""
    _act(store, turn, Kind.AWAY)


@decided
def leave(store: Store, turn: Turn) -> None:
    """Somebody leaves the queue for the day. Raises Refused."""
    _act(store, turn, Kind.LEAVE)


@decided
def _act(store: Store, turn: Turn, kind: Kind, place: int | None = None, reason: str = "") -> None:
    person, reason = _person(store, turn.person), clean(reason, REASON_LIMIT)
    time = store.clock.stamp()[11:16]
    with store.write(_SAID[kind], name=_both(person), time=time, reason=told(reason)) as db:
        _must_be(store, turn.person, turn.state)
        _note(db, store, turn.person, kind, place, reason)


@decided
def move(store: Store, turn: Turn, place: int, reason: str) -> None:
    """Put somebody at a place of the line (1 is next) by the leader's hand. Raises Refused without a reason."""
    person, reason = _person(store, turn.person), clean(reason, REASON_LIMIT)
    if not reason:
        raise Refused("E252", _("Say why {name} is to stand elsewhere; the others will ask").format(name=person.shown))
    with store.write(
        N_("{name} to place {place}: {reason}"), name=_both(person), place=place, reason=told(reason)
    ) as db:
        _must_be(store, turn.person, turn.state)
        _note(db, store, turn.person, Kind.MOVE, max(1, place), reason)


def _note(db: Any, store: Store, person: int, kind: Kind, place: int | None = None, reason: str = "") -> None:
    values = (store.today().isoformat(), person, kind.value, place, reason, store.clock.stamp(), store.by)
    db.execute(
        "INSERT INTO queue_events(day, person_id, kind, place, reason, at, by) VALUES (?, ?, ?, ?, ?, ?, ?)", values
    )


def _must_be(store: Store, person: int, state: State) -> None:
    """Refuse when the person no longer stands as was looked at."""
    now = next((one for one in queries.turns(store) if one.person == person), None)
    if now is None:
        raise Refused("E253", _("{name} is not on duty any more").format(name=_person(store, person).shown))
    if now.state is not state:
        sentence = _("{name} stands elsewhere by now; look again")
        raise Refused("E251", sentence.format(name=_person(store, person).shown))


def _person(store: Store, ident: int) -> Person:
    return next(person for person in people_queries.everybody(store) if person.id == ident)


def _both(person: Person) -> dict[str, str]:
    return {"zh": person.name, "en": person.name_en or person.name}
