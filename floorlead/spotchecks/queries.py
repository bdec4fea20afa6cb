"""Reading spot checks with their marks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from floorlead.record import replace
from floorlead.spotchecks.records import Mark, Spot
from floorlead.store import Store

_SELECT = "SELECT id, day, at, by, person_id, note, closed_at FROM spot_checks"


def _spot(row: tuple[Any, ...]) -> Spot:
    ident, day, at, by, person, note, closed = row
    return Spot(ident, date.fromisoformat(day), at, by, person, note, closed or "")


def _dressed(store: Store, spots: Sequence[Spot]) -> list[Spot]:
    marks: dict[int, dict[str, Mark]] = {spot.id: {} for spot in spots}
    idents = list(marks)
    for start in range(0, len(idents), 500):
        part = idents[start : start + 500]
        sql = f"SELECT spot_id, item, words, result, note FROM spot_marks WHERE spot_id IN ({', '.join('?' * len(part))}) ORDER BY id"
        for spot, item, words, result, note in store.rows(sql, *part):
            said = json.loads(words)
            marks[spot][item] = Mark(item, said.get("zh", item), said.get("en", item), result, note)
    return [replace(spot, marks=MappingProxyType(marks[spot.id])) for spot in spots]


def between(store: Store, first: date, last: date) -> list[Spot]:
    """The looks of a period, both days included, by the time."""
    rows = store.rows(f"{_SELECT} WHERE day BETWEEN ? AND ? ORDER BY at, id", first.isoformat(), last.isoformat())
    return _dressed(store, [_spot(row) for row in rows])


def on_day(store: Store, day: date) -> list[Spot]:
    """The looks of a day."""
    return between(store, day, day)


def of(store: Store, ident: int) -> Spot | None:
    """A look by its id."""
    found = _dressed(store, [_spot(row) for row in store.rows(f"{_SELECT} WHERE id = ?", ident)])
    return found[0] if found else None
