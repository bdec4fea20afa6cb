"""A period of the rota as the task that the solver is given, and as the rota that the rules judge.

The desk shift is, to the solver, the shift of the same hours: who holds a slot is settled slot by slot.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from floorlead.calendar.rules import kind_of
from floorlead.duty import notes
from floorlead.duty import queries as duty
from floorlead.duty.records import NOON, Book, Cell, Kind, Slot
from floorlead.people import queries as people
from floorlead.people.records import Person, Role
from floorlead.planning.problem import Problem
from floorlead.planning.reading import read
from floorlead.planning.rota import Rota, from_json
from floorlead.rota.period import Period, period, twins
from floorlead.store import Store
from floorlead.words import _, language

LOOKS_BACK = timedelta(days=56)
"""How far back duty as worked counts for who is next."""
SECONDS = 60
REST = "-"
ELSEWHERE = "~"
"""To the solver: a day worked outside the showroom, on an outing or at a training; nobody else may have it."""


def judged(store: Store, first: date, last: date) -> tuple[Problem, Rota]:
    """The period as the rules judge it, and the rota as it stands: training only where a team has its turn, no history."""
    one, teams = period(store, first, last), _teams(store, first, last)
    turns = [{"date": day.isoformat(), "group": team} for day, team in teams.items()]
    task = told(store, one, history=False) | {"training": [{"date": day.isoformat()} for day in teams]}
    return read(task), from_json(standing(one) | {"training": turns})


def told(store: Store, one: Period, *, history: bool = True) -> dict[str, Any]:
    """The period as the task's JSON; what is past stands as it is. Without `history` nobody has worked before."""
    before = notes.worked(store, one.first - LOOKS_BACK, one.first - timedelta(days=1)) if history else {}
    kinds = {day: kind_of(one.office, one.book.closed, day) for day in one.days}
    base = {
        "days": [{"date": day.isoformat(), "kind": kind} for day, kind in kinds.items()],
        "people": [_person(one, person, before.get(person.id)) for person in one.people],
        "shifts": _shifts(one), "forbid": list(_forbidden(one)), "slots": [_slot(slot) for slot in one.book.slots],
        "demand": list(_demand(one.book, kinds)), "leave": list(_leave(one)), "locks": list(_locks(one)),
        "wishes": _wishes(store, one),
        "outings": [{"date": w.day.isoformat(), "start": w.starts, "end": w.ends, "heads": w.heads} for w in one.wanted],
        "training": [{"date": day.isoformat()} for day, kind in kinds.items() if kind in ("work", "makeup")],
        "rules": {name: one.book.rules[name] for name in RULES if name in one.book.rules} | {"noon": NOON},
        "weights": dict(one.book.weights), "seconds": SECONDS, "lang": language(),
    }  # fmt: skip
    return base | (
        {"frozen_before": one.free_from.isoformat(), "rota": standing(one)} if one.first < one.free_from else {}
    )


RULES = ("max_run", "rest_days_per_week", "week_minutes", "overtime_month_minutes")


def _shifts(one: Period) -> list[dict[str, Any]]:
    kept = set(twins(one.book).values())
    shifts = [
        {"code": shift.code, "name": shift.shown, "start": shift.starts, "end": shift.ends, "paid": shift.paid}
        for shift in one.book.shifts
        if shift.code in kept
    ]
    if not any(_elsewhere(one, person, day) for person in one.people for day in one.days):
        return shifts
    return [
        *shifts,
        {"code": ELSEWHERE, "name": _("elsewhere"), "start": 0, "end": 1, "paid": PAID_ELSEWHERE, "late": False},
    ]


PAID_ELSEWHERE = 480


def _elsewhere(one: Period, person: Person, day: date) -> bool:
    """Whether somebody works outside the showroom on a day: an outing or a training, which is no day of rest."""
    shift = one.book.shift(one.cells.get((person.id, day), Cell()).code)
    return shift is not None and shift.kind in (Kind.OUTING, Kind.TRAINING)


def _forbidden(one: Period) -> Iterator[dict[str, Any]]:
    """A desk shift with hours of its own is for those who may hold the desk; nobody is elsewhere who was not sent."""
    own = [code for code, same in twins(one.book).items() if code == same and _is_desk(one.book, code)]
    there = any(_elsewhere(one, person, day) for person in one.people for day in one.days)
    for person in one.people:
        for day in one.days:
            told = {"person": person.id, "date": day.isoformat()}
            if there and not _elsewhere(one, person, day):
                yield told | {"shift": ELSEWHERE}
            if not _may_hold(one.book, person):
                yield from (told | {"shift": code} for code in own)


def _is_desk(book: Book, code: str) -> bool:
    shift = book.shift(code)
    return shift is not None and shift.kind is Kind.DESK


def _may_hold(book: Book, person: Person) -> bool:
    return person.role.value in book.desk_roles and not person.trainee


def _slot(slot: Slot) -> dict[str, Any]:
    return {"code": slot.code, "start": slot.starts, "end": slot.ends}


def _demand(book: Book, kinds: Mapping[date, str]) -> Iterator[dict[str, Any]]:
    for day, kind in kinds.items():
        for need in book.needs:
            if need.kind == kind:
                yield {"date": day.isoformat(), "start": need.starts, "end": need.ends, "heads": need.heads}


def _person(one: Period, person: Person, history: Any) -> dict[str, Any]:
    counts = {
        name: getattr(history, name, 0) for name in ("weekend", "late", "desk", "substitute", "evening_desk")
    }  # fmt: skip
    return {
        "id": person.id, "name": person.shown, "group": person.team if person.team not in ("", "-") else None,
        "desk": _may_hold(one.book, person), "outing": person.role is Role.CONSULTANT,
        "joined": person.joined.isoformat() if person.joined else None,
        "left": person.left_on.isoformat() if person.left_on else None, "history": counts, **_carried(one, person),
    }  # fmt: skip


def _carried(one: Period, person: Person) -> dict[str, Any]:
    """What comes into the period: the run of days, the last shift, the week and the month begun."""
    monday = one.first - timedelta(days=one.first.weekday())
    week = [_code(one, person, monday + timedelta(days=n)) for n in range((one.first - monday).days)]
    last = _code(one, person, one.first - timedelta(days=1))
    carried: dict[str, Any] = {"streak": _streak(one, person), "month_overtime": _overtime(one, person)}
    if week and all(code is not None for code in week):
        minutes = sum(_paid(one, code) for code in week)
        carried["week_done"] = {"minutes": minutes, "rests": sum(not _paid(one, code) for code in week)}
    return carried | ({"last_shift": twins(one.book)[last]} if last in twins(one.book) else {})


def _code(one: Period, person: Person, day: date) -> str | None:
    """What a day before the period was; None where nothing was planned."""
    cell = one.cells.get((person.id, day))
    return cell.code or None if cell else None


def _paid(one: Period, code: str | None) -> int:
    shift = one.book.shift(code or "")
    return shift.paid if shift and shift.kind not in (Kind.OFF, Kind.LEAVE) else 0


def _streak(one: Period, person: Person) -> int:
    """Days worked in a row up to the day before; days that were never planned do not count."""
    day, run = one.first - timedelta(days=1), 0
    while run < 31 and _paid(one, _code(one, person, day)):
        day, run = day - timedelta(days=1), run + 1
    return run


def _overtime(one: Period, person: Person) -> int:
    """Minutes above the ordinary week in the whole weeks of this month that have gone by."""
    ordinary = one.book.rules.get("week_minutes", 2400)
    start = one.first.replace(day=1)
    monday, total = start - timedelta(days=start.weekday()), 0
    while monday + timedelta(days=7) <= one.first:
        week = duty.days(monday, monday + timedelta(days=6))
        total += max(0, sum(_paid(one, _code(one, person, day)) for day in week) - ordinary)
        monday += timedelta(days=7)
    return total


def _leave(one: Period) -> Iterator[dict[str, Any]]:
    """Leave, and whatever else takes somebody out of the showroom for the day."""
    for person in one.people:
        for day in one.days:
            cell = one.cells.get((person.id, day), Cell())
            shift = one.book.shift(cell.code)
            away = shift is not None and shift.kind is Kind.LEAVE
            if away or (cell.half and not _elsewhere(one, person, day)):
                yield {"person": person.id, "date": day.isoformat(), "half": "" if away else cell.half}


def _locks(one: Period) -> Iterator[dict[str, Any]]:
    same = twins(one.book)
    for person in one.people:
        for day in one.days:
            cell = one.cells.get((person.id, day), Cell())
            if _elsewhere(one, person, day):
                yield {"person": person.id, "date": day.isoformat(), "shift": ELSEWHERE}
            elif cell.locked and cell.code == cell.shift and (cell.shift in same or cell.shift == REST):
                yield {"person": person.id, "date": day.isoformat(), "shift": same.get(cell.shift, REST)}


def _wishes(store: Store, one: Period) -> list[dict[str, Any]]:
    same, ids = twins(one.book), {person.id for person in one.people}
    sql = "SELECT person_id, day, shift, weight FROM wishes WHERE day BETWEEN ? AND ? ORDER BY day, id"
    rows = store.rows(sql, one.first.isoformat(), one.last.isoformat())
    return [
        {"person": who, "date": day, "shift": same.get(shift, REST), "weight": weight * WISH_WEIGHT}
        for who, day, shift, weight in rows
        if who in ids and (shift in same or shift == REST)
    ]


WISH_WEIGHT = 4
"""What a wish of weight 1 costs when it is not met."""


def standing(one: Period) -> dict[str, Any]:
    """The rota as it stands, in the solver's words: shifts, else rest; slots that somebody holds."""
    same = twins(one.book)
    cells = [
        {
            "person": person.id, "date": day.isoformat(),
            "shift": ELSEWHERE if _elsewhere(one, person, day) else same.get(cell.code, REST),
        }
        for person in one.people for day in one.days if (cell := one.cells.get((person.id, day))) and cell.code
    ]  # fmt: skip
    known = {person.id for person in one.people}
    held = [
        {"date": day.isoformat(), "slot": slot, "holder": _known(desk.holder, known), "substitute": _known(desk.substitute, known)}
        for (day, slot), desk in one.desk.items() if desk.holder or desk.substitute
    ]  # fmt: skip
    return {"cells": cells, "desk": held}


def planned(one: Period) -> dict[str, Any]:
    """The rota as it was planned, leave and outings not yet taken out of it: what a repair begins from."""
    same = twins(one.book)
    cells = [
        {"person": person.id, "date": day.isoformat(), "shift": same.get(cell.shift, REST)}
        for person in one.people for day in one.days
        if (cell := one.cells.get((person.id, day))) and (cell.shift in same or cell.shift == REST)
    ]  # fmt: skip
    return standing(one) | {"cells": cells}


def absent(store: Store, one: Period) -> list[dict[str, Any]]:
    """Who was planned to work from today on and cannot: leave, an outing, or not come today."""
    same = twins(one.book)
    gone = {p.person.id for p in people.day(store, one.today) if p.said and not p.here}
    return [
        {"person": person.id, "date": day.isoformat()}
        for person in one.people for day in one.days
        if day >= one.today and (cell := one.cells.get((person.id, day))) and cell.shift in same
        and (cell.code != cell.shift or (day == one.today and person.id in gone))
    ]  # fmt: skip


def _known(ident: int | None, known: set[int]) -> int | None:
    return ident if ident in known else None


def _teams(store: Store, first: date, last: date) -> dict[date, str]:
    """Which team has its turn on which morning."""
    sql = "SELECT day, team FROM trainings WHERE day BETWEEN ? AND ? AND team <> '' ORDER BY day"
    return {date.fromisoformat(day): team for day, team in store.rows(sql, first.isoformat(), last.isoformat())}
