"""The month's grid of prospects: a row each, a `*` on every day a contact was planned, the grade once it was made.

A pure reading of customers and their events; who did not buy in a month stands in the next month's grid again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta

from floorlead.customers.records import Customer, Event, Happened
from floorlead.record import record

PLANNED = "*"
"""The sign of a planned contact that was not made (yet) on its day."""
MET = frozenset((Happened.MADE, Happened.CONTACT, Happened.ORDER, Happened.OPEN))
"""What counts as a contact: the grade letter then stands on the day."""
ENDS = frozenset((Happened.CLOSED, Happened.AGREED))


@record
class GridRow:
    """A prospect's month. `days`: {day of the month: `*` or a grade}; `began` the grade at its beginning, empty for one
    made in it; `result` the grade at its end, or now; `ended` whether it was closed in the month, `reason` why."""

    customer: Customer
    carried: bool
    began: str
    days: Mapping[int, str]
    result: str
    ended: bool
    reason: str

    @property
    def id(self) -> int:
        """The customer's id."""
        return self.customer.id


def month_of(day: date) -> tuple[date, date]:
    """The first and the last day of a day's month."""
    first = day.replace(day=1)
    return first, next_month(first) - timedelta(days=1)


def next_month(day: date) -> date:
    """The first day of the month after a day's."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def month_before(day: date) -> date:
    """The first day of the month before a day's."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def rows(
    customers: Iterable[Customer], events: Mapping[int, Sequence[Event]], first: date, order: Sequence[str]
) -> list[GridRow]:
    """The grid of the month that begins on `first`; `events` are each customer's whole story in the order of time.

    `order` are the grades from hot to cold: the rows stand by advisor, then by grade, then as they were entered.
    """
    last = month_of(first)[1]
    found = [row(one, events.get(one.id, ()), first, last) for one in customers if _stands(one, first, last)]
    place = placing(order)
    return sorted(found, key=lambda row: place(row.customer.advisor_id, row.result, row.id))


def placing(order: Sequence[str]) -> Callable[[int | None, str, int], tuple[bool, int, int, int]]:
    """Where a row stands by its advisor (nobody's last), its grade as of `order` and its id."""
    place = {code: n for n, code in enumerate(order)}
    return lambda advisor, grade, ident: (advisor is None, advisor or 0, place.get(grade, len(place)), ident)


def _stands(one: Customer, first: date, last: date) -> bool:
    """Whether a prospect was open on some day of the month."""
    return one.first_on <= last and (one.closed_on is None or one.closed_on >= first)


def row(one: Customer, story: Sequence[Event], first: date, last: date) -> GridRow:
    """One prospect's month, which begins on `first` and ends on `last`; `story` is everything that happened to it."""
    here = [event for event in story if first <= event.day <= last]
    end = next((event for event in reversed(here) if event.kind in ENDS), None)
    ended = end is not None and one.closed_on is not None and one.closed_on <= last
    carried = one.first_on < first
    return GridRow(
        one, carried, grade_on(one, story, first - timedelta(days=1)) if carried else "", _days(one, here, first, last),
        grade_on(one, story, last), ended, end.reason if end and ended else "",
    )  # fmt: skip


def _days(one: Customer, here: Sequence[Event], first: date, last: date) -> dict[int, str]:
    """The signs of a month: planned days first, the grade over them where the contact was made."""
    planned = [event.due for event in here if event.kind in MET and event.due]
    planned += [one.next_due] if one.next_due and one.closed_on is None and not one.no_contact else []
    signs = {day.day: PLANNED for day in planned if day and first <= day <= last}
    for event in here:
        if event.kind in MET or (event.kind is Happened.GRADE and event.day.day in signs):
            signs[event.day.day] = event.grade_after or event.grade_before or one.grade
        if event.kind in ENDS:
            signs[event.day.day] = event.grade_after or one.grade
    return signs


def grade_on(one: Customer, story: Sequence[Event], day: date) -> str:
    """The grade that a prospect had at the end of a day: the one that the next change found, else the one of now."""
    later = [event for event in story if event.day > day]
    if not later:
        return one.grade
    before = [event.grade_after for event in story if event.day <= day and event.grade_after]
    return next((event.grade_before for event in later if event.grade_before), before[-1] if before else one.grade)


def brief(name: str) -> str:
    """A name in few cells: a Latin surname with the first letter of what follows, a Han name whole."""
    first, _blank, rest = name.partition(" ")
    return f"{first} {rest[0]}" if rest and name.isascii() else name


def counted(results: Iterable[str]) -> dict[str, int]:
    """How many prospects a month ends with, by their grade or end state."""
    return dict(Counter(results))
