"""Reading a stretch of the rota in one go: a cursor key then needs no store.

Every table is read with one short query whatever the age of the file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from floorlead.calendar import queries as calendar
from floorlead.calendar.rules import kind_of
from floorlead.duty import lists
from floorlead.duty import queries as duty
from floorlead.duty.records import Book
from floorlead.people import queries as people_queries
from floorlead.people.records import Person, Presence
from floorlead.rota import counters
from floorlead.rota.light import lights
from floorlead.rota.records import Key, Stretch, Wish
from floorlead.store import Store


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def week(day: date) -> tuple[date, date]:
    """The first and last day of a day's week."""
    return monday(day), monday(day) + timedelta(days=6)


def month(day: date) -> tuple[date, date]:
    """The first and last day of a day's month."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def people_of(store: Store, first: date, last: date) -> list[Person]:
    """The people on the rota of a period: everybody but manager and leader who belongs here on one of its days."""
    return [p for p in people_queries.everybody(store) if p.on_cards and _overlaps(p, first, last)]


def _overlaps(person: Person, first: date, last: date) -> bool:
    return (person.joined is None or person.joined <= last) and (person.left_on is None or person.left_on >= first)


def may_hold(book: Book, person: Person) -> bool:
    """Whether somebody may answer for the desk alone: the trade's roles, no trainee."""
    return person.role in book.desk_roles and not person.trainee


def read(store: Store, first: date, last: date) -> Stretch:
    """The rota of a period with all that is drawn of it."""
    book, office = lists.book(store), calendar.office(store)
    days = tuple(duty.days(first, last))
    kinds = {day: kind_of(office, book.closed, day) for day in days}
    people = tuple(people_of(store, first, last))
    idents = [person.id for person in people]
    cells, desk = duty.cells(store, first, last), duty.desk(store, first, last)
    return Stretch(
        days, store.today(), book, kinds, people, cells, desk, wishes(store, first, last),
        frozenset(duty.published_days(store, first, last)), published_at(store, first, last),
        counters.counted(store, first, last, idents), lights(book, kinds, idents, cells, desk),
    )  # fmt: skip


def signed(store: Store, day: date) -> dict[int, Presence]:
    """Where everybody is on a day, by id: what was signed in, else what the rota says."""
    return {one.person.id: one for one in people_queries.day(store, day)}


def wishes(store: Store, first: date, last: date) -> dict[Key, Wish]:
    """The wishes of a period by person and day."""
    sql = "SELECT person_id, day, shift, weight, note FROM wishes WHERE day BETWEEN ? AND ?"
    rows = store.rows(sql, first.isoformat(), last.isoformat())
    return {(who, date.fromisoformat(day)): Wish(shift, weight, note) for who, day, shift, weight, note in rows}


def published_at(store: Store, first: date, last: date) -> str:
    """When (local stamp) the period or a part of it was published last; empty when it never was."""
    sql = "SELECT max(at) FROM publications WHERE last_day >= ? AND first_day <= ?"
    return str(store.one(sql, first.isoformat(), last.isoformat()) or "")


def planned_in(store: Store, first: date, last: date) -> dict[Key, tuple[str, bool]]:
    """The planned shift and the lock of each cell of a period, without what lies over it."""
    sql = "SELECT person_id, day, shift, locked FROM rota_cells WHERE day BETWEEN ? AND ?"
    rows = store.rows(sql, first.isoformat(), last.isoformat())
    return {(who, date.fromisoformat(day)): (shift, bool(locked)) for who, day, shift, locked in rows}


def by_id(people: Sequence[Person]) -> Mapping[int, Person]:
    """People by their ids."""
    return {person.id: person for person in people}
