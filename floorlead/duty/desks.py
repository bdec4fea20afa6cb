"""Putting a period's desks together from the rows: the plan, the substitutions, and who of the staff is away when.

What was signed in wins over the rota; leave and outings signed or decided in the course of the day begin then, so that
what was held before stays with whoever held it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from floorlead import settings
from floorlead.duty import lists, queries
from floorlead.duty.queries import Key
from floorlead.duty.reception import DAY_MINUTES, Away, Member, Reception
from floorlead.duty.records import AT_WORK, NOON, Book, Kind, Leave, Shift, minute_of
from floorlead.people.records import HERE, STATE_WORDS, Person, Role, State
from floorlead.store import Store
from floorlead.words import both

BANDS = {"": (0, DAY_MINUTES), "am": (0, NOON), "pm": (NOON, DAY_MINUTES)}
"""The minutes of a whole day's leave and of the two halves."""
FROM_THEN = (State.LEAVE, State.OUTING)
"""States that begin when they are signed; whoever is absent or rests never came."""


def read(store: Store, first: date, last: date) -> list[Reception]:
    """The desk of every day of a period, a closed day's without slots."""
    from floorlead.people import queries as people

    book, everybody = lists.book(store), people.everybody(store)
    desk = queries.desk(store, first, last)
    taken = queries.substitutions(store, first, last)
    acting = _acting(store, first, last)
    absent = _absent(store, book, first, last)
    chief = settings.get(store, "leader")
    found = []
    for day in queries.days(first, last):
        staff = [one for one in everybody if one.works_on(day)]
        members = {one.id: _member(one, day, book, absent) for one in staff}
        slots = tuple(desk[day, slot.code] for slot in book.slots if (day, slot.code) in desk)
        subs = sorted((one for one in taken if one.day == day), key=lambda one: (one.starts, one.id))
        found.append(
            Reception(day, slots, tuple(subs), members, _leaders(staff, acting.get(day), chief), acting.get(day))
        )
    return found


def _acting(store: Store, first: date, last: date) -> dict[date, int]:
    sql = "SELECT day, person_id FROM acting_leaders WHERE day BETWEEN ? AND ?"
    return {date.fromisoformat(day): who for day, who in store.rows(sql, first.isoformat(), last.isoformat())}


def _leaders(staff: list[Person], acting: int | None, chief: str) -> tuple[int, ...]:
    """The acting leader, the leaders with the one who leads this showroom first, the managers."""
    leaders = sorted((one for one in staff if one.role is Role.LEADER), key=lambda one: one.name != chief)
    order = [*(one.id for one in leaders), *(one.id for one in staff if one.role is Role.MANAGER)]
    return tuple(dict.fromkeys(order if acting is None else [acting, *order]))


class _Absences:
    """Who is away by plan, by leave and outings, and by what was signed."""

    def __init__(self) -> None:
        self.cells: dict[Key, Shift] = {}
        self.over: dict[Key, list[tuple[Away, str]]] = {}
        """Leave and outings, each with its half of the day; empty is the whole day."""
        self.signed: Mapping[Key, tuple[State, str]] = {}


def _absent(store: Store, book: Book, first: date, last: date) -> _Absences:
    found = _Absences()
    found.signed = queries.signed(store, first, last)
    for (who, day), cell in queries.planned(store, first, last).items():
        if shift := book.shift(cell.shift):
            found.cells[who, day] = shift
    for leave in queries.leaves(store, first, last):
        for day in queries.days(max(first, leave.first), min(last, leave.last)):
            found.over.setdefault((leave.person, day), []).append((_on_leave(leave, day, book), leave.half))
    out = next((one for one in book.shifts if one.kind is Kind.OUTING), None)
    words = (out.zh, out.en) if out else ("", "")
    at: dict[date, dict[tuple[int, int], str]] = {}
    for outing, half, day, who in queries.sent(store, first, last):
        at[day] = at[day] if day in at else _sent_at(store, day)
        away = Away(*_from_then(half, day, at[day].get((outing, who), "")), *words)
        found.over.setdefault((who, day), []).append((away, half))
    return found


def _sent_at(store: Store, day: date) -> dict[tuple[int, int], str]:
    """Who was sent out on the day itself: the local stamp by (outing, person). Whoever was sent before is not in it."""
    sql = (
        "SELECT p.outing_id, p.person_id, max(a.at) FROM actions a JOIN changes c ON c.seq = a.seq "
        "JOIN outing_people p ON p.id = c.row WHERE a.day = ?1 AND p.day = ?1 AND c.tbl = 'outing_people' "
        "AND c.op = 'I' AND c.id >= (SELECT min(first_change) FROM actions WHERE day = ?1) GROUP BY p.id"
    )
    zone = store.clock.zone
    return {
        (outing, who): datetime.fromisoformat(at).astimezone(zone).strftime("%Y-%m-%dT%H:%M:%S")
        for outing, who, at in store.rows(sql, day.isoformat())
    }


def _from_then(half: str, day: date, decided: str) -> tuple[int, int]:
    """The minutes of a half or whole day; what was decided in the midst of them begins then."""
    starts, ends = BANDS[half]
    minute = minute_of(decided[11:16]) if decided[:10] == day.isoformat() else 0
    return (minute if starts < minute < ends else starts), ends


def _on_leave(leave: Leave, day: date, book: Book) -> Away:
    kind = book.shift(leave.kind)
    return Away(
        *_from_then(leave.half, day, leave.decided_at), *((kind.zh, kind.en) if kind else (leave.kind, leave.kind))
    )


def _member(person: Person, day: date, book: Book, absent: _Absences) -> Member:
    shift = absent.cells.get((person.id, day))
    hours = (shift.starts, shift.ends) if shift and shift.kind in AT_WORK else (0, DAY_MINUTES)
    may_hold = person.role.value in book.desk_roles and not person.trainee
    away = tuple(_away(person, day, shift, absent))
    return Member(
        person.id, person.number, person.name, person.name_en or person.name, person.team, may_hold, *hours, away
    )


def _away(person: Person, day: date, shift: Shift | None, absent: _Absences) -> list[Away]:
    """The bands in which a person is not there; leave and outings tell why before the rota does."""
    over = absent.over.get((person.id, day), ())
    off = _off(person, day, shift)
    state, at = absent.signed.get((person.id, day), (None, ""))
    if state is None:
        return [*(one for one, _half in over), *off]
    parts = [one for one, half in over if half]
    if state in HERE:
        signed = minute_of(at[11:16]) if at[:10] == day.isoformat() else 0
        return [*parts, *(one for one, half in over if not half and one.starts > signed)]
    told = both(STATE_WORDS[state])
    since = minute_of(at[11:16]) if state in FROM_THEN and at[:10] == day.isoformat() else 0
    whole = [*(one for one, half in over if not half), *off]
    words = (whole[0].zh, whole[0].en) if whole else (told["zh"], told["en"])
    return [*parts, Away(min(since, whole[0].starts) if whole else since, DAY_MINUTES, *words)]


def _off(person: Person, day: date, shift: Shift | None) -> list[Away]:
    """A day off by the rota, by the weekly rest day for whom nothing is planned."""
    if shift:
        return [] if shift.kind in AT_WORK else [Away(*BANDS[""], shift.zh, shift.en)]
    if person.rest_day != day.weekday():
        return []
    told = both(STATE_WORDS[State.REST])
    return [Away(*BANDS[""], told["zh"], told["en"])]
