"""Reading visits: by day, by customer, what the advisors still owe; rows become records here."""

from __future__ import annotations

from datetime import date
from typing import Any

from floorlead.store import Store
from floorlead.visits.records import Channel, Kind, Visit

COLUMNS = (
    "id, day, channel, came_at, left_at, kind, party, times, advisor_id, customer_id, model_id, colour, grade, captured, "
    "test_drive, quote, finance, deal, incomplete, explained, source, purpose, competitor, note, number, at, by"
)


def visit_of(row: tuple[Any, ...]) -> Visit:
    """A visit from its columns."""
    ident, day, channel, came, left, kind, party, times, advisor, customer, model, colour, grade = row[:13]
    captured, drive, quote, finance, deal, incomplete = (bool(flag) for flag in row[13:19])
    explained, source, purpose, competitor, note, number, at, by = row[19:]
    return Visit(
        ident, date.fromisoformat(day), Channel(channel), came, left or "", Kind(kind), party, times, advisor, customer,
        model, colour, grade, captured, drive, quote, finance, deal, incomplete, explained, source, purpose, competitor,
        note, number, at, by,
    )  # fmt: skip


def _visits(store: Store, where: str, *values: Any) -> list[Visit]:
    return [visit_of(row) for row in store.rows(f"SELECT {COLUMNS} FROM visits {where}", *values)]


def get(store: Store, ident: int | None) -> Visit | None:
    """A visit by id."""
    return next(iter(_visits(store, "WHERE id = ?", ident)), None) if ident else None


def on_day(store: Store, day: date) -> list[Visit]:
    """The visits and calls of a business day, in the order in which they came."""
    return _visits(store, "WHERE day = ? ORDER BY came_at, id", day.isoformat())


def between(store: Store, first: date, last: date) -> list[Visit]:
    """The visits and calls of a period, in the order of time."""
    return _visits(store, "WHERE day BETWEEN ? AND ? ORDER BY day, came_at, id", first.isoformat(), last.isoformat())


def incomplete(store: Store, day: date) -> list[Visit]:
    """What the advisors owe on a day: not filled in and not explained, from days before too, oldest first."""
    where = "WHERE incomplete = 1 AND day <= ? AND explained = '' ORDER BY day, came_at, id"
    return _visits(store, where, day.isoformat())


def of_customer(store: Store, customer: int) -> list[Visit]:
    """Every visit and call of a customer, in the order of time."""
    return _visits(store, "WHERE customer_id = ? ORDER BY day, came_at, id", customer)


def same_batch(store: Store, customer: int, day: date, channel: Channel) -> Visit | None:
    """The batch that a customer belongs to already on a day."""
    where = "WHERE customer_id = ? AND day = ? AND channel = ?"
    return next(iter(_visits(store, where, customer, day.isoformat(), channel.value)), None)


def came_before(store: Store, customer: int, day: date) -> bool:
    """Whether a customer was in the showroom on a day before this one."""
    sql = "SELECT 1 FROM visits WHERE customer_id = ? AND day < ? AND channel = 'walk_in' LIMIT 1"
    return store.one(sql, customer, day.isoformat()) is not None
