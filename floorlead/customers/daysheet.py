"""A consultant's day: whom a follow-up was planned with, whom they met, by what, and the grade before and after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from floorlead.customers import grid, queries, rules
from floorlead.customers.board import Names
from floorlead.customers.records import Customer, Event, Happened
from floorlead.people import queries as people
from floorlead.people.records import Role
from floorlead.record import record
from floorlead.store import Store
from floorlead.visits import queries as visits
from floorlead.visits.records import Visit

MET = frozenset((Happened.MADE, Happened.CONTACT, Happened.ORDER, Happened.OPEN))
TOLD = frozenset((*MET, Happened.GRADE, Happened.CLOSED, Happened.AGREED, Happened.ASKED))


@record
class Met:
    """A customer of a day: planned or not, `how` walk_in, call, phone or empty where not met yet, grades, the last
    event that tells a result."""

    customer: Customer
    carried: bool
    planned: bool
    how: str
    purpose: str
    before: str
    now: str
    last: Event | None

    def result(self, known: Names) -> str:
        """What came of it: an end with its reason, an order, the note of the contact; empty where nothing did."""
        from floorlead.customers.stories import HAPPENED
        from floorlead.phones import mask_in
        from floorlead.words import _

        if self.last is None:
            return ""
        if self.last.kind in MET and self.last.kind is not Happened.ORDER:
            return mask_in(self.last.note)
        pairs = [pair for name in ("lost", "frozen", "unreachable") for pair in known.lists.words.get(name, ())]
        word = _(HAPPENED[self.last.kind])
        return f"{word} {rules.spoken(self.last.reason, pairs)}".strip() if self.last.kind is not Happened.GRADE else ""


@record
class Sheet:
    """A consultant's day sheet: the customers, prospects by grade, follow-ups planned and done, visits."""

    person: int
    met: Sequence[Met]
    grades: dict[str, int]
    planned: int
    done: int
    visits: int
    month: int


def read(store: Store, day: date, advisor: int | None = None) -> list[Sheet]:
    """The day sheets of every consultant of the day, or of one."""
    owed = {due.id: due.customer for due in queries.due(store, day)}
    told = [event for event in queries.events_between(store, day, day) if event.kind in TOLD]
    came = {one.customer_id: one for one in visits.on_day(store, day) if one.customer_id}
    events: dict[int, list[Event]] = {}
    for event in told:
        events.setdefault(event.customer_id, []).append(event)
    found = {**queries.some(store, [*events, *came]), **owed}
    met = [_met(one, events.get(one.id, []), came.get(one.id), day, one.id in owed) for one in found.values()]
    staff = [p.id for p in people.staff(store, day) if p.role is Role.CONSULTANT and advisor in (None, p.id)]
    month, grades = visits.between(store, grid.month_of(day)[0], day), queries.prospects(store, day)
    return [
        _sheet(day, who, met, grades.get(who, {}), [one for one in month if one.advisor_id == who]) for who in staff
    ]


def _met(one: Customer, events: Sequence[Event], visit: Visit | None, day: date, owed: bool) -> Met:
    answered = [event for event in events if event.kind in MET]
    planned = owed or any(event.due and event.due <= day for event in answered)
    how = visit.channel.value if visit else "phone" if answered else ""
    before = next((event.grade_before for event in events if event.grade_before), "" if events else one.grade)
    now = next((event.grade_after for event in reversed(events) if event.grade_after), one.grade)
    return Met(one, one.first_on < grid.month_of(day)[0], planned, how, visit.purpose if visit else "", before,
               now if how or events else "", events[-1] if events else None)  # fmt: skip


def _sheet(day: date, who: int, met: Iterable[Met], grades: dict[str, int], month: Sequence[Visit]) -> Sheet:
    mine = sorted(
        (one for one in met if one.customer.advisor_id == who), key=lambda one: (not one.planned, one.customer.id)
    )
    planned = [one for one in mine if one.planned]
    done, today = sum(bool(one.how) for one in planned), sum(one.day == day for one in month)
    return Sheet(who, mine, grades, len(planned), done, today, len(month))


def sums(sheets: Iterable[Sheet]) -> dict[str, int]:
    """The sums of some day sheets."""
    found = list(sheets)
    return {name: sum(getattr(one, name) for one in found) for name in ("planned", "done", "visits", "month")}
