"""Reading the days that leave and outings lie over: who is there when, who has the desk, who has an appointment."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from floorlead.calendar import queries as calendar
from floorlead.calendar.rules import kind_of
from floorlead.duty import lists
from floorlead.duty import queries as duty
from floorlead.leave import notes, rules
from floorlead.leave.records import Floor
from floorlead.orders import queries as orders
from floorlead.people import queries as people_queries
from floorlead.people.records import HERE
from floorlead.record import replace
from floorlead.store import Store

if TYPE_CHECKING:
    from floorlead.duty.reception import Reception
    from floorlead.duty.records import Book, Leave


def now_of(store: Store) -> tuple[date, int]:
    """The business day and the minute of it, which goes on over midnight."""
    now, today = store.clock.now(), store.today()
    after = 1440 * (now.date() - today).days
    return today, max(0, now.hour * 60 + now.minute + after)


def floor(store: Store, first: date, last: date, without: Leave | None = None) -> Floor:
    """The days of a period from today on, not those that are sealed; `without` leaves a granted leave out."""
    book, today = lists.book(store), store.today()
    first = max(first, today)
    if last < first:
        return Floor(book, {}, frozenset(), {}, {}, {}, frozenset())
    shut, office = store.sealed(first, last), calendar.office(store)
    days = {one.day: one for one in duty.receptions(store, first, last) if one.day not in shut}
    if without is not None:
        days = {day: _without(one, without, book) for day, one in days.items()}
    heads = frozenset(p.id for p in people_queries.everybody(store) if p.on_cards)
    kinds = {day: kind_of(office, book.closed, day) for day in days}
    planned = frozenset(day for _who, day in duty.planned(store, first, last))
    return Floor(
        book, days, heads, _busy(store, first, last), _turns(store, first), kinds, planned,
        _unplanned(store, days, planned, first, last),
    )  # fmt: skip


def _unplanned(
    store: Store, days: Mapping[date, Reception], planned: Collection[date], first: date, last: date
) -> frozenset[tuple[int, date]]:
    """Who has nothing planned on a day that is planned, by (person's id, day), but those who signed in."""
    known = {key for key, cell in duty.planned(store, first, last).items() if cell.shift}
    known |= {key for key, (state, _at) in duty.signed(store, first, last).items() if state in HERE}
    return frozenset(
        (who, day) for day, one in days.items() if day in planned for who in one.staff if (who, day) not in known
    )


def _without(one: Reception, leave: Leave, book: Book) -> Reception:
    """A day's reception as if a leave were not granted."""
    member = one.staff.get(leave.person)
    if member is None or not leave.on(one.day):
        return one
    band, zh = rules.HALVES[leave.half], notes.kind(book, leave.kind)["zh"]
    away = list(member.away)
    found = next((x for x in away if x.starts >= band[0] and x.ends == band[1] and x.zh == zh), None)
    if found is not None:
        away.remove(found)
    return replace(one, staff={**one.staff, leave.person: replace(member, away=tuple(away))})


def _turns(store: Store, day: date) -> dict[int, int]:
    """How often each person has the desk in a day's month, as planned."""
    start = day.replace(day=1)
    end = (start + timedelta(days=31)).replace(day=1)
    sql = "SELECT holder_id, count(*) FROM desk_duty WHERE day >= ? AND day < ? AND holder_id IS NOT NULL GROUP BY holder_id"
    return {who: int(count) for who, count in store.rows(sql, start.isoformat(), end.isoformat())}


def appointments(store: Store, first: date, last: date) -> list[tuple[int, str, str, str]]:
    """Hand-overs and plate times of open orders in a period: (consultant's id, local stamp, step, customer)."""
    found = []
    for order in orders.open_orders(store):
        for step, stamp in (("out", order.handover_at), ("plates", order.plate_at)):
            inside = stamp and first.isoformat() <= stamp[:10] <= last.isoformat() and not order.is_done(step)
            if inside and order.advisor_id:
                found.append((order.advisor_id, stamp, step, order.customer))
    return sorted(found, key=lambda one: one[1])


def _busy(store: Store, first: date, last: date) -> dict[tuple[int, date], list[int]]:
    found: dict[tuple[int, date], list[int]] = {}
    for person, stamp, _step, _customer in appointments(store, first, last):
        if stamp[11:16] not in ("", "00:00"):
            minute = int(stamp[11:13]) * 60 + int(stamp[14:16])
            found.setdefault((person, date.fromisoformat(stamp[:10])), []).append(minute)
    return found
