"""Changing the office calendar: a day by hand, or a year from a file, each one action that Ctrl+Z takes back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from floorlead.calendar import queries
from floorlead.calendar.records import Special
from floorlead.record import record, replace
from floorlead.store import Refused, Store, decided
from floorlead.text import clean
from floorlead.words import N_, _

NAME_LIMIT = 40


@record
class Plan:
    """What an import would do, known before it is done; days that are not in the file stay as they are."""

    new: tuple[Special, ...]
    changed: tuple[tuple[Special, Special], ...]
    same: int


def save(store: Store, special: Special, before: Special | None = None) -> int:
    """Enter or change a special day; returns its id. Raises Refused.

    `before` is the record that was edited; a day stands in the calendar once.
    """
    _to_the_file(store)
    return _save(store, special, before)


@decided
def _save(store: Store, special: Special, before: Special | None) -> int:
    before = before and _filed(store, before)
    special = replace(special, id=before.id if before else 0, name=clean(special.name, NAME_LIMIT),
                      name_en=clean(special.name_en, NAME_LIMIT))  # fmt: skip
    if store.one("SELECT 1 FROM calendar_days WHERE day = ? AND id <> ?", special.day.isoformat(), special.id):
        sentence = _("{day} stands in the calendar already; Enter on it changes it")
        raise Refused("E190", sentence.format(day=special.day))
    words = N_("Calendar: {day} changed") if special.id else N_("Calendar: {day} added")
    with store.write(words, day=special.day.isoformat()) as db:
        if before is not None:
            _must_be(db, before)
        if not special.id:
            return queries.insert(db, special)
        _update(db, special)
    return special.id


def remove(store: Store, special: Special) -> None:
    """Take a special day out: it is a day like any other of its weekday. Raises Refused."""
    _to_the_file(store)
    _remove(store, special)


@decided
def _remove(store: Store, special: Special) -> None:
    special = _filed(store, special)
    with store.write(N_("Calendar: {day} removed"), day=special.day.isoformat()) as db:
        _must_be(db, special)
        db.execute("DELETE FROM calendar_days WHERE id = ?", (special.id,))


def _filed(store: Store, special: Special) -> Special:
    """The day as it stands in the file; one that was shown from the library has its id there now."""
    if special.id:
        return special
    ident = store.one("SELECT id FROM calendar_days WHERE day = ?", special.day.isoformat())
    return replace(special, id=ident or 0)


def _to_the_file(store: Store) -> None:
    """The library's days come into the file first: from the first own day on the file alone is the truth."""
    if not store.one("SELECT 1 FROM calendar_days LIMIT 1"):
        queries.preload(store)


def _update(db: Any, special: Special) -> None:
    sql = "UPDATE calendar_days SET day = ?, kind = ?, name = ?, name_en = ? WHERE id = ?"
    values = (special.day.isoformat(), special.kind.value, special.name, special.name_en)
    db.execute(sql, (*values, special.id))


def _must_be(db: Any, before: Special) -> None:
    sql = "SELECT id, day, kind, name, name_en FROM calendar_days WHERE id = ?"
    row = db.execute(sql, (before.id,)).fetchone()
    if row is None or queries.special_of(row) != before:
        sentence = _("{name} was changed by another terminal meanwhile; look again")
        raise Refused("E43", sentence.format(name=before.day))


def plan(store: Store, found: Sequence[Special]) -> Plan:
    """What taking over these days would do; an empty English name leaves the one that is there."""
    there = {special.day: special for special in queries.specials(store)}
    new, changed, same = [], [], 0
    for special in found:
        old = there.get(special.day)
        if old is None:
            new.append(special)
            continue
        now = replace(special, id=old.id, name=special.name or old.name, name_en=special.name_en or old.name_en)
        if now == old:
            same += 1
        else:
            changed.append((old, now))
    return Plan(tuple(new), tuple(changed), same)


def carry_out(store: Store, found: Sequence[Special]) -> Plan:
    """Take over the days of a file as one action, none where it changes nothing; returns what was done. Raises Refused."""
    done = plan(store, found)
    if not done.new and not done.changed:
        return done
    _to_the_file(store)
    return _carry_out(store, found)


@decided
def _carry_out(store: Store, found: Sequence[Special]) -> Plan:
    done = plan(store, found)
    words = N_("Calendar from a file: {new} new, {changed} changed")
    with store.write(words, new=len(done.new), changed=len(done.changed)) as db:
        for special in done.new:
            queries.insert(db, special)
        for before, now in done.changed:
            _must_be(db, before)
            _update(db, now)
    return done
