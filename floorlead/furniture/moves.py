"""Who stands in for a spot's keeper on a day: named one by one or all at once, each time one action."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from floorlead.furniture.records import Furniture
from floorlead.people.records import Person
from floorlead.store import Store, decided
from floorlead.words import N_


@decided
def stand_in(store: Store, day: date, spot: Furniture, person: Person | None) -> None:
    """Somebody wipes a spot for the day instead of its keeper; None gives it back to the keeper. Raises Refused."""
    name = {"zh": person.name, "en": person.name_en or person.name} if person else ""
    words = N_("{spot} today: {name}") if person else N_("{spot}: its keeper again")
    with store.write(words, spot=spot.spot or spot.label, name=name) as db:
        _put(db, day, spot.id, person.id if person else None)


@decided
def stand_in_all(store: Store, day: date, who: Mapping[int, int]) -> None:
    """Name a stand-in for each spot, {spot's id: person's id}, as one action. Raises Refused."""
    with store.write(N_("{count} spots wiped by stand-ins today"), count=len(who)) as db:
        for spot, person in who.items():
            _put(db, day, spot, person)


def _put(db: Any, day: date, spot: int, person: int | None) -> None:
    if person is None:
        db.execute("DELETE FROM stand_ins WHERE day = ? AND furniture_id = ?", (day.isoformat(), spot))
        return
    values = (person, day.isoformat(), spot)
    if not db.execute("UPDATE stand_ins SET person_id = ? WHERE day = ? AND furniture_id = ?", values).rowcount:
        db.execute("INSERT INTO stand_ins(person_id, day, furniture_id) VALUES (?, ?, ?)", values)


@decided
def keep(store: Store, spot: Furniture, person: Person | None) -> None:
    """A spot gets another keeper, from today on. Raises Refused."""
    name = {"zh": person.name, "en": person.name_en or person.name} if person else {"zh": "-", "en": "-"}
    with store.write(N_("{spot} is kept by {name}"), spot=spot.spot or spot.label, name=name) as db:
        db.execute("UPDATE furniture SET keeper_id = ? WHERE id = ?", (person.id if person else None, spot.id))
