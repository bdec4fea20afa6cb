"""Reading leave: what is asked, coming and over, balances, closed periods, and what granting one would mean.

A review reads the days from today on once; what is past stays as it was kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta

from floorlead.calendar import queries as calendar
from floorlead.calendar.records import Kind as Special
from floorlead.calendar.rules import unknown_years
from floorlead.duty import lists
from floorlead.duty import queries as duty
from floorlead.duty.records import LEAVE_STATES, Kind, Leave
from floorlead.leave import floor as floors
from floorlead.leave import notes, reading, rules
from floorlead.leave.records import BROKEN, Balance, Closure, Floor, Moved, Picks, Review, StandIn
from floorlead.orders.records import STEP_WORDS
from floorlead.people import queries as people_queries
from floorlead.people.records import Person
from floorlead.store import Store
from floorlead.words import _

PAST_DAYS = 400
"""How far back the page looks."""
NEVER = date(9999, 12, 31)


# -- lists


def upcoming(store: Store, today: date) -> list[Leave]:
    """Granted leave that is not over, by its first day."""
    return duty.leaves(store, today, NEVER)


def asked(store: Store, today: date) -> list[Leave]:
    """Leave asked for and not decided, what should have begun by now too."""
    return duty.leaves(store, today - timedelta(days=PAST_DAYS), NEVER, ("asked",))


def past(store: Store, today: date) -> list[Leave]:
    """What is over, was refused or withdrawn, the newest first."""
    since = today - timedelta(days=PAST_DAYS)
    over = [one for one in duty.leaves(store, since, today) if one.last < today]
    closed = duty.leaves(store, since, NEVER, ("refused", "withdrawn"))
    return sorted([*over, *closed], key=lambda one: (one.first, one.id), reverse=True)


def on(store: Store, person: int, day: date, states: Sequence[str] = ("granted", "asked")) -> list[Leave]:
    """A person's leave on a day."""
    return [one for one in duty.leaves(store, day, day, states) if one.person == person]


def decided_between(store: Store, since: str, until: str) -> list[Leave]:
    """Leave decided between two local stamps (the end not included), in the order of time."""
    sql = (
        f"SELECT {duty.LEAVE_COLUMNS} FROM leaves WHERE decided_at IS NOT NULL AND decided_at >= ? AND decided_at < ? "
        "ORDER BY decided_at, id"
    )
    return [duty.leave_of(row) for row in store.rows(sql, since, until)]


def closures(store: Store, first: date, last: date = NEVER) -> list[Closure]:
    """The periods closed to leave that touch a period."""
    sql = "SELECT id, first_day, last_day, name FROM closed_to_leave WHERE last_day >= ? AND first_day <= ? ORDER BY first_day, id"
    rows = store.rows(sql, first.isoformat(), last.isoformat())
    return [
        Closure(ident, date.fromisoformat(start), date.fromisoformat(end), name) for ident, start, end, name in rows
    ]


# -- counting


def works_of(store: Store, person: Person, first: date, last: date) -> Callable[[date], bool]:
    """Whether a person is to work on a day of a period: the rota, else every open day but the weekly rest day."""
    book = lists.book(store)
    sql = "SELECT day, shift FROM rota_cells WHERE person_id = ? AND day BETWEEN ? AND ?"
    planned = dict(store.rows(sql, person.id, first.isoformat(), last.isoformat()))

    def works(day: date) -> bool:
        if not person.works_on(day):
            return False
        shift = book.shift(planned.get(day.isoformat(), ""))
        if shift:
            return shift.kind is not Kind.OFF
        return day not in book.closed and day.weekday() != person.rest_day

    return works


def absence_days(store: Store, person: Person, first: date, last: date) -> list[date]:
    """The days of a period with any absence by leave, for the attendance score; see `rules.absence_days`."""
    book = lists.book(store)
    elsewhere = [kind.code for kind in book.leave_kinds() if kind.at_work]
    mine = [one for one in duty.leaves(store, first, last) if one.person == person.id]
    return rules.absence_days(mine, works_of(store, person, first, last), first, last, elsewhere)


def balances(store: Store, year: int, people: Iterable[Person]) -> dict[tuple[int, str], Balance]:
    """Every kind's balance of a year by (person's id, kind)."""
    book, first, last = lists.book(store), date(year, 1, 1), date(year, 12, 31)
    people = list(people)
    own = allowances(store, year, [one.id for one in people])
    found: dict[tuple[int, str], list[Leave]] = {}
    for one in duty.leaves(store, first, last, ("granted", "asked")):
        found.setdefault((one.person, one.kind), []).append(one)
    made = {}
    for person in people:
        works = works_of(store, person, first, last) if any(key[0] == person.id for key in found) else _never
        for kind in book.leave_kinds():
            key = (person.id, kind.code)
            count = {
                state: rules.taken([x for x in found.get(key, ()) if x.state == state], works, first, last)
                for state in ("granted", "asked")
            }
            limit = own.get(key, kind.allowance)
            made[key] = Balance(*key, year, limit, count["granted"], count["asked"])
    return made


def _never(_day: date) -> bool:
    return False


def allowances(store: Store, year: int, people: Iterable[int]) -> dict[tuple[int, str], float]:
    """The allowances entered for people in a year, in days, by (person's id, kind); elsewhere the book's count."""
    sql = "SELECT kind, days FROM leave_allowances WHERE person_id = ? AND year = ?"
    return {(who, kind): float(days) for who in people for kind, days in store.rows(sql, who, year)}


# -- what granting would mean


def floor(store: Store, first: date, last: date, without: Leave | None = None) -> Floor:
    """The days of a period from today on, not those that are sealed; `without` leaves a granted leave out."""
    return reading.floor(store, first, last, without)


def stand_ins(
    store: Store, person: int, first: date, last: date, half: str = "", picks: Picks | None = None
) -> list[StandIn]:
    """The slots that a person who goes away would leave open, from now on, with who is proposed to step up."""
    return floors.propose(floor(store, first, last), person, half, picks, reading.now_of(store))


def review(store: Store, leave: Leave, picks: Picks | None = None) -> Review:
    """Everything that is shown before a leave is granted."""
    there = floor(store, leave.first, leave.last)
    person = next(one for one in people_queries.everybody(store) if one.id == leave.person)
    others = duty.leaves(store, leave.first, leave.last, ("asked", "granted"))
    years = [balances(store, year, [person])[person.id, leave.kind] for year in rules.years(leave)]
    return Review(
        leave, floors.propose(there, leave.person, leave.half, picks, reading.now_of(store)),
        floors.staying(there, leave.person, leave.half), years, costs(store, person, leave),
        [one.name for one in closures(store, leave.first, leave.last)], _holidays(store, leave),
        sorted(duty.published_days(store, max(leave.first, store.today()), leave.last)) if leave.last >= store.today() else [],
        _own_appointments(store, leave), rules.overlaps(leave, others),
        _sent_out(store, leave), leave.first < store.today(), unknown_years(calendar.office(store), leave.first, leave.last),
    )  # fmt: skip


def costs(store: Store, person: Person, leave: Leave) -> list[float]:
    """Days that a leave takes of each year's balance."""
    works = works_of(store, person, leave.first, leave.last)
    return [
        rules.taken([leave], works, max(leave.first, date(year, 1, 1)), min(leave.last, date(year, 12, 31)))
        for year in rules.years(leave)
    ]


def _holidays(store: Store, leave: Leave) -> list[str]:
    inside = [
        one for one in calendar.specials(store)
        if one.kind is Special.HOLIDAY and leave.on(one.day) and one.day >= store.today()
    ]  # fmt: skip
    return list(dict.fromkeys(one.shown for one in inside))


def _sent_out(store: Store, leave: Leave) -> list[date]:
    """The days, today and later, on which an outing counts on the person in the same half."""
    sent = duty.sent(store, max(leave.first, store.today()), leave.last)
    return [
        day
        for _outing, half, day, who in sent
        if who == leave.person and (not half or not leave.half or half == leave.half)
    ]


def _own_appointments(store: Store, leave: Leave) -> list[tuple[str, str, str]]:
    """The person's hand-overs and plate times while away, as (local stamp, step, customer)."""
    band, today = rules.HALVES[leave.half], store.today().isoformat()
    found = []
    for person, stamp, step, customer in reading.appointments(store, leave.first, leave.last):
        minute = int(stamp[11:13] or 0) * 60 + int(stamp[14:16] or 0)
        if person == leave.person and stamp[:10] >= today and (not minute or band[0] <= minute < band[1]):
            found.append((stamp if minute else stamp[:10], _(STEP_WORDS[step]), customer))
    return found


def goes_back(store: Store, leave: Leave) -> list[tuple[tuple[date, str], bool]]:
    """Of the slots that were moved for a leave (key) whether each goes back when the leave is withdrawn."""
    kept = notes.read(leave.note).desk
    return floors.given_back(floor(store, leave.first, leave.last, leave), kept, reading.now_of(store))


def may_go_back(store: Store, kept: Sequence[Moved]) -> list[bool]:
    """Of slots that were moved for somebody who is here again, whether each goes back to them."""
    if not kept:
        return []
    there = floor(store, min(one.day for one in kept), max(one.day for one in kept))
    return [back for _key, back in floors.given_back(there, kept, reading.now_of(store))]


def names(store: Store) -> Mapping[int, dict[str, str]]:
    """Everybody's name in both languages by id."""
    return notes.names_of(people_queries.everybody(store))


def told(store: Store, leave: Leave) -> list[str]:
    """A decided leave in lines: who decided it when, what was given up, who stepped up, what a withdrawal gives back."""
    kept = notes.read(leave.note)
    at = leave.decided_at or leave.asked_at
    words = _("{state} by {name}, {day} {time}")
    found = [words.format(state=_(LEAVE_STATES[leave.state]), name=leave.by, day=at[:10], time=at[11:16])]
    found += [_("why: {why}").format(why=kept.said)] if kept.said else []
    if kept.broken:
        found.append(
            _("all the same: {broken}").format(broken=", ".join(_(x) for x in map(BROKEN.get, kept.broken) if x))
        )
    return found + moved_told(store, leave)


def moved_told(store: Store, leave: Leave, since: date = date.min) -> list[str]:
    """The slots that were moved for a leave from a day on, in lines, each with what becomes of it when it is over."""
    named, book, found = names(store), lists.book(store), []
    verdicts = dict(goes_back(store, leave)) if leave.in_force else {}
    for one in (each for each in notes.read(leave.note).desk if each.day >= since):
        slot = book.slot(one.slot)
        place = f"{notes.said(notes.day_words(one.day))} {slot.shown if slot else one.slot}"
        seat = 0 if one.was[0] != one.then[0] else 1
        was, then = (notes.seat(named, pair[seat], seat) for pair in (one.was, one.then))
        words = _("{slot}: {was} -> {then}") if seat == 0 else _("{slot} substitute: {was} -> {then}")
        back = verdicts.get((one.day, one.slot))
        after = "" if back is None else _("goes back") if back else _("stays: changed since, begun, or not free")
        found.append(f"{words.format(slot=place, was=was, then=then)}  {after}".rstrip())
    return found
