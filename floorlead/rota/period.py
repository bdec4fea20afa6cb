"""A period of the rota as it stands, read once: people, cells, desk, the calendar, what outings still want."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from floorlead.calendar import queries as calendar
from floorlead.calendar.rules import Office
from floorlead.duty import lists
from floorlead.duty import queries as duty
from floorlead.duty.queries import Key
from floorlead.duty.records import AT_WORK, NOON, Book, Cell, Desk, Kind
from floorlead.people import queries as people
from floorlead.people.records import Person
from floorlead.record import record
from floorlead.store import Store


@record
class Wanted:
    """People still wanted for an outing on a day; minutes of the day."""

    outing: int
    day: date
    starts: int
    ends: int
    heads: int


@record
class Period:
    """What a period is made of, read once; days before `free_from` are over or have begun and stand as they are."""

    first: date
    last: date
    today: date
    book: Book
    people: tuple[Person, ...]
    cells: Mapping[Key, Cell]
    desk: Mapping[tuple[date, str], Desk]
    office: Office
    wanted: tuple[Wanted, ...]
    free_from: date
    seen: int = 0
    """The file's last action when it was read."""

    @property
    def days(self) -> list[date]:
        """Its days."""
        return duty.days(self.first, self.last)


def period(store: Store, first: date, last: date) -> Period:
    """Read a period: who is on the rota, what is planned, what lies over it; a week before it is read along."""
    found = [p for p in people.everybody(store) if p.on_cards and any(p.works_on(d) for d in duty.days(first, last))]
    before = first.replace(day=1) - timedelta(days=7)
    book, today = lists.book(store), store.today()
    now, begins = store.clock.now(), min((one.starts for one in book.shifts if one.kind in AT_WORK), default=0)
    begun = now.date() > today or now.hour * 60 + now.minute >= begins
    return Period(
        first, last, today, book, tuple(found), duty.laid(store, before, last), duty.desk(store, first, last),
        calendar.office(store), tuple(_wanted(store, first, last)), today + timedelta(days=begun),
        store.one("SELECT max(seq) FROM actions") or 0,
    )  # fmt: skip


def _wanted(store: Store, first: date, last: date) -> Iterator[Wanted]:
    """People still wanted for outings, for each day from today on."""
    found = [one for one in duty.outings(store, max(first, store.today()), last) if not one.cancelled_at]
    sent = duty.outing_people(store, [outing.id for outing in found])
    for outing in found:
        starts, ends = {"am": (510, NOON), "pm": (NOON, 1050)}.get(outing.half, (510, 1050))
        for day in duty.days(max(first, outing.first, store.today()), min(last, outing.last)):
            missing = outing.wanted - sum(1 for when, _who in sent[outing.id] if when == day)
            if missing > 0:
                yield Wanted(outing.id, day, starts, ends, missing)


def twins(book: Book) -> dict[str, str]:
    """The work shift that stands for a desk shift of the same hours; every other shift stands for itself."""
    hours = {(one.starts, one.ends): one.code for one in reversed(book.shifts) if one.kind is Kind.WORK}
    return {
        one.code: hours.get((one.starts, one.ends), one.code) if one.kind is Kind.DESK else one.code
        for one in book.shifts if one.kind in AT_WORK
    }  # fmt: skip
