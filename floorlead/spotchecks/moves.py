"""Marking a spot check: an item, the rest at once, a note; each one action. The first mark begins the look."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from floorlead.log.records import Item
from floorlead.people.records import Person
from floorlead.spotchecks import queries
from floorlead.spotchecks.records import FAIL, NA, PASS, Spot
from floorlead.store import Refused, Store, decided
from floorlead.store.deciding import must_still
from floorlead.text import free
from floorlead.words import N_, _

NOTE_LIMIT = 120
_SAID = {
    PASS: N_("Spot check {name}: {item} ok"), FAIL: N_("Spot check {name}: {item} failed"),
    NA: N_("Spot check {name}: {item} does not apply"), "": N_("Spot check {name}: {item} not marked"),
}  # fmt: skip


@decided
def begin(store: Store, person: Person) -> int:
    """One more look at a consultant; returns its id."""
    with store.write(
        N_("Spot check of {name} begun {time}"), name=_both(person), time=store.clock.stamp()[11:16]
    ) as db:
        return _row(db, store, person.id)
    raise AssertionError


@decided
def mark(store: Store, person: Person, spot: Spot | None, item: Item, result: str) -> int:
    """Mark an item, or take its mark off (an empty `result`); without a look yet it begins. Returns the look's id."""
    with store.write(_SAID[result], name=_both(person), item=item.both()) as db:
        ident = _kept(db, store, person, spot)
        _mark(db, ident, item, result)
        if not result and spot and spot.closed:
            db.execute("UPDATE spot_checks SET closed_at = NULL WHERE id = ?", (ident,))
        return ident
    raise AssertionError


@decided
def finish(store: Store, person: Person, spot: Spot | None, items: Sequence[Item]) -> int:
    """What is not marked is fine, and the look is over; returns its id."""
    left = [item for item in items if spot is None or item.code not in spot.marks]
    failed = sum(one.result == FAIL for one in spot.marks.values()) if spot else 0
    words = N_("Spot check {name}: the rest is fine, failed {count}")
    with store.write(words, name=_both(person), count=failed) as db:
        ident = _kept(db, store, person, spot)
        for item in left:
            _mark(db, ident, item, PASS)
        if spot is None or not spot.closed:
            db.execute("UPDATE spot_checks SET closed_at = ? WHERE id = ?", (store.clock.stamp(), ident))
        return ident
    raise AssertionError


@decided
def note(store: Store, person: Person, spot: Spot | None, text: str) -> None:
    """Write what was seen. Raises Refused for nothing new about a look that was not begun."""
    text = free(text, NOTE_LIMIT)
    if spot is None and not text:
        raise Refused("E362", _("Write what was seen"))
    with store.write(N_("Spot check {name}: {note}"), name=_both(person), note=text or "-") as db:
        ident = _kept(db, store, person, spot)
        db.execute("UPDATE spot_checks SET note = ? WHERE id = ? AND note <> ?", (text, ident, text))


@decided
def drop(store: Store, person: Person, spot: Spot) -> None:
    """Take a whole look back that was begun by mistake."""
    must_still(queries.of(store, spot.id), spot)
    with store.write(N_("Spot check of {name} taken back"), name=_both(person)) as db:
        db.execute("DELETE FROM spot_marks WHERE spot_id = ?", (spot.id,))
        db.execute("DELETE FROM spot_checks WHERE id = ?", (spot.id,))


def _kept(db: Any, store: Store, person: Person, spot: Spot | None) -> int:
    """The look's id, begun where it is new; one that changed since it was looked at is refused."""
    if spot is None:
        return _row(db, store, person.id)
    now = queries.of(store, spot.id)
    if now != spot:
        raise Refused("E363", _("This was changed by another terminal meanwhile; look again"))
    return spot.id


def _row(db: Any, store: Store, person: int) -> int:
    sql = "INSERT INTO spot_checks(day, at, by, person_id) VALUES (?, ?, ?, ?)"
    return int(db.execute(sql, (store.today().isoformat(), store.clock.stamp(), store.by, person)).lastrowid)


def _mark(db: Any, spot: int, item: Item, result: str) -> None:
    db.execute("DELETE FROM spot_marks WHERE spot_id = ? AND item = ?", (spot, item.code))
    if result:
        words = json.dumps(item.both(), ensure_ascii=False)
        sql = "INSERT INTO spot_marks(spot_id, item, words, result) VALUES (?, ?, ?, ?)"
        db.execute(sql, (spot, item.code, words, result))


def _both(person: Person) -> dict[str, str]:
    return {"zh": person.name, "en": person.name_en or person.name}
