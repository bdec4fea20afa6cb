"""Reading breaches of discipline, and who answered for the desk at a minute."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from floorlead.checks import queries as checks
from floorlead.discipline.records import Answerable, Violation
from floorlead.duty import queries as duty
from floorlead.duty import rules as duty_rules
from floorlead.store import Store

COLUMNS = "day, at, person_id, rule, words, points, slot, note, noted_at, by, withdrawn_at"
_SELECT = f"SELECT id, {COLUMNS} FROM violations"


def _violation(row: tuple[Any, ...]) -> Violation:
    ident, day, at, person, rule, words, points, slot, note, noted, by, withdrawn = row
    said = json.loads(words)
    pair = said.get("zh", rule), said.get("en", rule)
    return Violation(
        ident, date.fromisoformat(day), at, person, rule, *pair, points, slot, note, noted, by, withdrawn or ""
    )


def of(store: Store, ident: int) -> Violation | None:
    """A breach by its id."""
    found = store.rows(f"{_SELECT} WHERE id = ?", ident)
    return _violation(found[0]) if found else None


def between(store: Store, first: date, last: date) -> list[Violation]:
    """All breaches of a period, both days included, withdrawn ones too, by the time."""
    sql = f"{_SELECT} WHERE day BETWEEN ? AND ? ORDER BY at, id"
    return [_violation(row) for row in store.rows(sql, first.isoformat(), last.isoformat())]


def on_day(store: Store, day: date) -> list[Violation]:
    """The breaches of a day, withdrawn ones too."""
    return between(store, day, day)


def points(store: Store, person: int, first: date, last: date) -> list[Violation]:
    """A person's breaches of a period that count, each with its day and points, by the time."""
    sql = f"{_SELECT} WHERE person_id = ? AND day BETWEEN ? AND ? AND withdrawn_at IS NULL ORDER BY at, id"
    return [_violation(row) for row in store.rows(sql, person, first.isoformat(), last.isoformat())]


def deducted(store: Store, first: date, last: date) -> dict[int, tuple[int, int]]:
    """What a period cost each person, most points first, as {id: (how often, points)}: exceptions on the cards that the
    person owned, and breaches that count."""
    found = {who: (count, points) for who, count, points in checks.points_since(store, first, last)}
    for one in between(store, first, last):
        if one.counts:
            count, points = found.get(one.person, (0, 0))
            found[one.person] = (count + 1, points + one.points)
    return dict(sorted(found.items(), key=lambda pair: (-pair[1][1], -pair[1][0], pair[0])))


def answerable(store: Store, stamp: str) -> list[Answerable]:
    """Who answers for each slot open at a local stamp, by the slots' start: substitutions count from their minute on.

    A post that fell to the leader because nobody was there is nobody's breach.
    """
    day = store.clock.day_at(stamp)
    moment = datetime.fromisoformat(stamp)
    minute = (moment.date() - day).days * 1440 + moment.hour * 60 + moment.minute
    reception = duty.reception(store, day)
    found = []
    for code, held in duty_rules.held_at(reception, minute).items():
        desk = reception.slot(code)
        if held.who is not None and held.why != duty_rules.LEADER and desk:
            said = desk.slot.both()
            found.append(Answerable(held.who, code, said["zh"], said["en"]))
    return found
