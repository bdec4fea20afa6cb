"""Reading the log: entries of a day, what is open, what was done about them, who has read a notice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from floorlead import settings
from floorlead.log.records import Entry, Kind, Step, StepKind
from floorlead.people import queries as people_queries
from floorlead.people.records import Person, Role
from floorlead.phones import mask_in
from floorlead.store import Store

COLUMNS = (
    "day, at, by, kind, text, level, owner_id, owner, due, customer, phone, car_id, order_id, model_id, effective_on, "
    "escalated_at, escalated_to, responded_at, result, closed_at, closed_on, satisfied, person_id"
)
"""The columns of an entry in the file, without its id."""
_SELECT = f"SELECT id, {COLUMNS} FROM entries"
KEPT_DAYS = 400
"""How far back finding and the page's history look."""


def _entry(row: tuple[Any, ...]) -> Entry:
    (ident, day, at, by, kind, text, level, owner_id, owner, due, customer, phone, car, order, model, effective,
     escalated, told, responded, result, closed, closed_on, satisfied, person) = row  # fmt: skip
    return Entry(
        ident, date.fromisoformat(day), at, by, Kind(kind), text, level, owner_id, owner, due or "", customer, phone,
        car, order, model, _day(effective), escalated or "", told, responded or "", result, closed or "",
        _day(closed_on), None if satisfied is None else bool(satisfied), person,
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _some(store: Store, where: str, *values: Any) -> list[Entry]:
    return [_entry(row) for row in store.rows(f"{_SELECT} WHERE {where} ORDER BY at, id", *values)]


def of(store: Store, ident: int) -> Entry | None:
    """An entry by its id."""
    found = _some(store, "id = ?", ident)
    return found[0] if found else None


def open_entries(store: Store, day: date) -> list[Entry]:
    """The entries that were open in the evening of a day, the oldest first; today's evening is now."""
    if day >= store.today():
        return _some(store, "closed_at IS NULL")
    where = "day <= ? AND (closed_at IS NULL OR closed_on > ?)"
    return _some(store, where, day.isoformat(), day.isoformat())


def on_day(store: Store, day: date) -> list[Entry]:
    """The entries made on a business day, by the time."""
    return _some(store, "day = ?", day.isoformat())


def closed_on(store: Store, day: date) -> list[Entry]:
    """The entries closed on a business day."""
    return _some(store, "closed_on = ? AND closed_on IS NOT NULL", day.isoformat())


def of_the_day(store: Store, day: date) -> list[Entry]:
    """What a day's log holds: made on it, closed on it, or still open in its evening."""
    found = {one.id: one for one in (*open_entries(store, day), *on_day(store, day), *closed_on(store, day))}
    return sorted(found.values(), key=lambda one: (one.at, one.id))


def complaints(store: Store, first: date, last: date) -> list[Entry]:
    """The complaints made from one day to another, both included."""
    where = "kind = 'complaint' AND day BETWEEN ? AND ?"
    return _some(store, where, first.isoformat(), last.isoformat())


def between(store: Store, first: date, last: date) -> list[Entry]:
    """All entries made from one day to another, both included."""
    return _some(store, "day BETWEEN ? AND ?", first.isoformat(), last.isoformat())


def notices(store: Store, day: date) -> list[Entry]:
    """The notices of the maker's that were open in the evening of a day."""
    return [one for one in open_entries(store, day) if one.kind is Kind.NOTICE]


def steps(store: Store, idents: Iterable[int]) -> dict[int, list[Step]]:
    """What was done about entries, by entry, in the order of time."""
    wanted = list(idents)
    found: dict[int, list[Step]] = {ident: [] for ident in wanted}
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        marks = ", ".join("?" * len(part))
        sql = f"SELECT id, entry_id, at, by, kind, text FROM entry_steps WHERE entry_id IN ({marks}) ORDER BY at, id"
        for ident, entry, at, by, kind, text in store.rows(sql, *part):
            found[entry].append(Step(ident, entry, at, by, StepKind(kind), text))
    return found


# -- who has read a notice


def acknowledged(store: Store, entry: int) -> dict[int, str]:
    """Who has acknowledged a notice, and when (local stamp), by person's id."""
    return dict(store.rows("SELECT person_id, at FROM acknowledgements WHERE entry_id = ?", entry))


def readers(store: Store, entry: Entry) -> list[Person]:
    """Who is to acknowledge a notice: the staff now, but those who lead it; of a closed one the staff when it closed."""
    return [person for person in people_queries.staff(store, entry.closed_on or store.today()) if person.on_cards]


def unacknowledged(store: Store, entry: Entry) -> list[Person]:
    """Who has not acknowledged a notice, in the order of the card; also who is at rest or away today."""
    there = acknowledged(store, entry.id)
    return [person for person in readers(store, entry) if person.id not in there]


def unacknowledged_of(store: Store, entries: Sequence[Entry]) -> dict[int, list[Person]]:
    """`unacknowledged` of several notices, by entry."""
    return {one.id: unacknowledged(store, one) for one in entries if one.kind is Kind.NOTICE}


def unread_in_the_evening(store: Store, entry: Entry, day: date) -> list[Person]:
    """Who of a past day's staff had not acknowledged a notice in its evening."""
    until = store.clock.bounds(day, day)[1]
    there = {who for who, at in acknowledged(store, entry.id).items() if at < until}
    return [one for one in people_queries.staff(store, day) if one.on_cards and one.id not in there]


# -- words


def called(store: Store) -> Callable[[str], str]:
    """How a name that was kept is said now: of one of the staff in the language spoken, else as typed, numbers masked."""
    names = {one.name: one.shown for one in people_queries.everybody(store)}
    return lambda text: names.get(text) or mask_in(text)


def manager(store: Store) -> str:
    """Whom incidents are told to: the setting, else the first manager, else empty."""
    found = (one.name for one in people_queries.staff(store, store.today()) if one.role is Role.MANAGER)
    return settings.get(store, "manager") or next(found, "")


def last_response(store: Store, day: date, days: int = 30) -> list[int]:
    """Minutes to the first response of the complaints of the last `days` days that got one."""
    from floorlead.log.rules import minutes

    found = complaints(store, day - timedelta(days=days - 1), day)
    return [minutes(one.at, one.responded_at) for one in found if one.responded_at]
