"""Which days are sealed: what every page asks of the reports. A report that was made void counts nowhere."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from floorlead.record import record
from floorlead.store.schema import STANDS

if TYPE_CHECKING:
    from floorlead.store import Store


@record
class Sealing:
    """A report that counts: its day, number, revision, and when it was sealed (a local stamp)."""

    day: date
    number: int
    revision: int
    at: str


_SEALING = f"SELECT r.day, r.number, r.revision, r.sealed_at FROM reports r WHERE {STANDS}"
_NEWEST = "ORDER BY r.day DESC, r.revision DESC LIMIT 1"


def of_day(store: Store, day: date) -> Sealing | None:
    """The day's newest report, opened again or not; None when there is none."""
    return _one(store, "r.day = ?", day)


def before(store: Store, day: date) -> Sealing | None:
    """The newest report of the days before `day`; None when there is none."""
    return _one(store, "r.day < ?", day)


def ahead(store: Store) -> Sealing | None:
    """The newest report of a day that is still to come by the clock; None when there is none."""
    return _one(store, "r.day > ?", store.clock.today())


def first_times(store: Store, first: date, last: date) -> dict[str, str]:
    """When each day of a period was sealed for the first time, by the day as text."""
    sql = f"SELECT r.day, min(r.sealed_at) FROM reports r WHERE r.day BETWEEN ? AND ? AND {STANDS} GROUP BY r.day"
    return dict(store.rows(sql, first.isoformat(), last.isoformat()))


def first_day(store: Store) -> str:
    """The first day that was ever sealed, as text; empty when there is none."""
    return str(store.one(f"SELECT min(r.day) FROM reports r WHERE {STANDS}") or "")


def _one(store: Store, where: str, day: date) -> Sealing | None:
    found = store.rows(f"{_SEALING} AND {where} {_NEWEST}", day.isoformat())
    return Sealing(date.fromisoformat(found[0][0]), *found[0][1:]) if found else None
