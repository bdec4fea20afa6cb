"""What a day asks of people beside the desk, and what they bore at the desk in a period: read when it is asked for.

Each table is read with one short query, for any period of up to two months.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from floorlead.duty import lists, queries, rules
from floorlead.duty.reception import Load, Reception, Worked
from floorlead.duty.records import AT_WORK, Book, Kind, Shift, minute_of
from floorlead.people import queries as people
from floorlead.people.records import HERE
from floorlead.store import Store

NO_HOUR = "T00:00"
"""An appointment of a day without an hour keeps nobody from the desk."""


def loads(store: Store, reception: Reception, minute: int) -> dict[int, Load]:
    """What keeps each of the staff busy at a minute, and what they have borne already, by id."""
    day = reception.day
    monday, month = day - timedelta(days=day.weekday()), day.replace(day=1)
    times = _appointments(store, day)
    serving, driving = _serving(store, day), _driving(store, day)
    overdue, stepped = _overdue(store, day), _stepped_up(store, month, day)
    minutes = _minutes(store, monday, day)
    held = {(one.slot.code, one.held.who) for one in rules.stretches(reception) if one.starts < minute}
    today = Counter(who for _slot, who in held)
    line = _next_in_turn(store, day)
    return {
        who: Load(
            tuple(times.get(who, ())), serving.get(who), driving.get(who), overdue.get(who, 0),
            stepped.get(who, 0), minutes.get(who, 0), today[who], who == line,
        )
        for who in reception.staff
    }  # fmt: skip


def _appointments(store: Store, day: date) -> dict[int, list[tuple[int, str]]]:
    """Hand-overs and plate times of open orders on a day by their consultant, the earliest first."""
    sql = "SELECT advisor_id, handover_at, plate_at FROM orders WHERE state = 'open' AND advisor_id IS NOT NULL"
    found: dict[int, list[tuple[int, str]]] = {}
    for who, *stamps in store.rows(sql):
        for step, stamp in zip(("out", "plates"), stamps, strict=True):
            if stamp and stamp.startswith(day.isoformat()) and not stamp.endswith(NO_HOUR):
                found.setdefault(who, []).append((minute_of(stamp[11:16]), step))
    return {who: sorted(times) for who, times in found.items()}


def _serving(store: Store, day: date) -> dict[int, int]:
    """Who took a customer in their turn, and since which minute; test drives and hand-overs are read by themselves."""
    sql = "SELECT person_id, kind, at FROM queue_events WHERE day = ? AND kind <> 'move' ORDER BY id"
    last = {who: (kind, at) for who, kind, at in store.rows(sql, day.isoformat())}
    return {who: minute_of(at[11:16]) for who, (kind, at) in last.items() if kind == "serve"}


def _next_in_turn(store: Store, day: date) -> int | None:
    """Whose turn it is to take the next customer."""
    from floorlead.queue import queries as queue
    from floorlead.queue import rules as turns

    return turns.next_up(queue.turns(store, day))


def _driving(store: Store, day: date) -> dict[int, int]:
    """Who is out on a test drive, and since which minute."""
    sql = "SELECT person_id, out_at FROM drives WHERE back_at IS NULL AND person_id IS NOT NULL AND out_at >= ?"
    return {who: minute_of(at[11:16]) for who, at in store.rows(sql, day.isoformat())}


def _overdue(store: Store, day: date) -> dict[int, int]:
    """How many open tasks are past their day, by the id of whoever owns them: as the line of turns counts them."""
    from floorlead.queue import queries as queue

    return queue.overdue(store, day, people.staff(store, day))


def _stepped_up(store: Store, first: date, last: date) -> dict[int, int]:
    """How often each person took a post over."""
    sql = (
        "SELECT taker_id, count(*) FROM substitutions WHERE day BETWEEN ? AND ? AND reported = 0 "
        "AND taker_id IS NOT NULL GROUP BY taker_id"
    )
    return {who: int(count) for who, count in store.rows(sql, first.isoformat(), last.isoformat())}


def _minutes(store: Store, first: date, last: date) -> dict[int, int]:
    """Minutes at a post of each person in a period."""
    found: dict[int, int] = {}
    for reception in queries.receptions(store, first, last):
        for who, minutes in rules.ledger(reception)[2].items():
            found[who] = found.get(who, 0) + minutes
    return found


def worked(store: Store, first: date, last: date) -> dict[int, Worked]:
    """Duty as worked in a period by person's id: a slot counts for whoever held most of it, stepping up counts for
    whoever took over, a day counts as the rota or the sign-in has it. Days to come count as planned."""
    book = lists.book(store)
    tally: dict[int, dict[str, int]] = {}

    def add(who: int, what: str) -> None:
        own = tally.setdefault(who, {})
        own[what] = own.get(what, 0) + 1

    for reception in queries.receptions(store, first, last):
        credited, stepped, _minutes_held = rules.ledger(reception)
        closing = max((desk.slot.ends for desk in reception.slots), default=0)
        for code, who in credited.items():
            add(who, "desk")
            desk = reception.slot(code)
            if desk and desk.slot.ends == closing:
                add(who, "evening_desk")
        for who in stepped:
            add(who, "substitute")
    for who, what in _days(store, book, first, last):
        add(who, what)
    return {who: Worked(**counts) for who, counts in tally.items()}


def _days(store: Store, book: Book, first: date, last: date) -> list[tuple[int, str]]:
    """(person, what) for each late shift, each day worked at a weekend or on a holiday, each rest day of a period."""
    heavy, said = _heavy(store, first, last), queries.signed(store, first, last)
    late = {one.code for one in book.shifts if _is_late(one, book.shifts)}
    found: list[tuple[int, str]] = []
    for (who, day), cell in queries.laid(store, first, last).items():
        shift, state = book.shift(cell.code), said.get((who, day))
        works = state[0] in HERE if state else bool(shift and shift.kind in AT_WORK)
        if works:
            found += [(who, "late")] * (cell.code in late) + [(who, "weekend")] * (day in heavy)
        elif shift and shift.kind is Kind.OFF:
            found.append((who, "off"))
    return found


def _is_late(shift: Shift, shifts: Iterable[Shift]) -> bool:
    """Whether a shift is the late one: no other ends later, and some end earlier."""
    ends = {one.ends for one in shifts if one.kind in AT_WORK}
    return shift.kind in AT_WORK and len(ends) > 1 and shift.ends == max(ends)


def _heavy(store: Store, first: date, last: date) -> set[date]:
    """Weekends and holidays of a period, make-up workdays left out."""
    sql = "SELECT day, kind FROM calendar_days WHERE day BETWEEN ? AND ?"
    special: Mapping[str, str] = dict(store.rows(sql, first.isoformat(), last.isoformat()))
    return {
        day for day in queries.days(first, last)
        if special.get(day.isoformat(), "holiday" if day.weekday() >= 5 else "") == "holiday"
    }  # fmt: skip
