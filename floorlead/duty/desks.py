"""Putting a period's desks together from the rows: the plan, the substitutions, and who of the staff is away when.

What was signed in wins over the rota; a leave signed in the course of the day begins when it was signed, so that what
was held before stays with whoever held it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

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
        self.over: dict[Key, list[Away]] = {}
        self.signed: Mapping[Key, tuple[State, str]] = {}


def _absent(store: Store, book: Book, first: date, last: date) -> _Absences:
    found = _Absences()
    found.signed = queries.signed(store, first, last)
    for (who, day), cell in queries.planned(store, first, last).items():
        if shift := book.shift(cell.shift):
            found.cells[who, day] = shift
    for leave in queries.leaves(store, first, last):
        for day in queries.days(max(first, leave.first), min(last, leave.last)):
            found.over.setdefault((leave.person, day), []).append(_on_leave(leave, book))
    out = next((one for one in book.shifts if one.kind is Kind.OUTING), None)
    words = (out.zh, out.en) if out else ("", "")
    for _outing, half, day, who in queries.sent(store, first, last):
        found.over.setdefault((who, day), []).append(Away(*BANDS[half], *words))
    return found


def _on_leave(leave: Leave, book: Book) -> Away:
    kind = book.shift(leave.kind)
    return Away(*BANDS[leave.half], *((kind.zh, kind.en) if kind else (leave.kind, leave.kind)))


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
    over = absent.over.get((person.id, day), [])
    planned = [*over, *_off(person, day, shift)]
    state, at = absent.signed.get((person.id, day), (None, ""))
    if state is None:
        return planned
    parts = [one for one in over if (one.starts, one.ends) != BANDS[""]]
    if state in HERE:
        return parts
    told = both(STATE_WORDS[state])
    since = minute_of(at[11:16]) if state in FROM_THEN and at[:10] == day.isoformat() else 0
    whole = [one for one in planned if one not in parts]
    words = (whole[0].zh, whole[0].en) if whole else (told["zh"], told["en"])
    return [*parts, Away(0 if whole else since, DAY_MINUTES, *words)]


def _off(person: Person, day: date, shift: Shift | None) -> list[Away]:
    """A day off by the rota, by the weekly rest day for whom nothing is planned."""
    if shift:
        return [] if shift.kind in AT_WORK else [Away(*BANDS[""], shift.zh, shift.en)]
    if person.rest_day != day.weekday():
        return []
    told = both(STATE_WORDS[State.REST])
    return [Away(*BANDS[""], told["zh"], told["en"])]
