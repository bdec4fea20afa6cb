"""A problem's derived tables: positions instead of names, what each cell may be, weeks, who counts for which duty.

Checking, drafting, scoring and the solver's rows read the same tables, so they mean the same by every rule.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from floorlead.planning.problem import REST, Id, Problem
from floorlead.planning.sharing import shares
from floorlead.planning.weeks import Week, weeks_of

OFF = -1
"""The position of a day without a shift."""


class Frame:
    """The tables of one problem. Positions: p a person, d a day, s a shift, k a slot."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.rules, self.weights = problem.rules, problem.weights
        self.people, self.days = problem.people, problem.days
        self.shifts, self.slots = problem.shifts, problem.slots
        self.person: dict[Id, int] = {one.id: p for p, one in enumerate(problem.people)}
        self.day: dict[date, int] = {one.date: d for d, one in enumerate(problem.days)}
        self.shift: dict[str, int] = {one.code: s for s, one in enumerate(problem.shifts)} | {REST: OFF}
        self.shift_names = {one.code: one.name for one in problem.shifts if one.name}
        self.slot: dict[str, int] = {one.code: k for k, one in enumerate(problem.slots)}
        self.open = [one.kind != "closed" for one in problem.days]
        self.heavy = [one.kind in ("weekend", "holiday") for one in problem.days]
        self._hours()
        self._cells()
        self.weeks: list[Week] = weeks_of(problem)
        self.base, self.counted = shares(self)

    def _hours(self) -> None:
        """Which shift covers which slot, which slots overlap, which shift is late, which pairs follow too soon."""
        shifts, slots = self.shifts, self.slots
        self.covering = [
            [s for s, shift in enumerate(shifts) if shift.start <= slot.start and slot.end <= shift.end]
            for slot in slots
        ]
        self.overlap = [
            [j for j, other in enumerate(slots) if j != k and other.start < slot.end and slot.start < other.end]
            for k, slot in enumerate(slots)
        ]
        self.first_slots = [k for k, slot in enumerate(slots) if slot.start == min(one.start for one in slots)]
        self.last_slot = max(range(len(slots)), key=lambda k: (slots[k].end, slots[k].start), default=None)
        latest, several = max(s.end for s in shifts), len({s.end for s in shifts}) > 1
        self.late = [several and s.end == latest if s.late is None else s.late for s in shifts]
        gap = self.rules.hours_between * 60
        self.too_soon = [[t for t, after in enumerate(shifts) if after.start + 1440 - s.end < gap] for s in shifts]

    def _cells(self) -> None:
        """Leave, locks and what is forbidden, by cell; `away` is before joining and after leaving."""
        problem, at = self.problem, self._at
        self.leave = {at(one.person, one.date) for one in problem.leave if not one.half}
        self.half: dict[tuple[int, int], set[str]] = {}
        for one in problem.leave:
            if one.half:
                self.half.setdefault(at(one.person, one.date), set()).add(one.half)
        self.leave |= {cell for cell, halves in self.half.items() if len(halves) == 2}
        self.locks: dict[tuple[int, int], list[int]] = {}
        for lock in problem.locks:
            self.locks.setdefault(at(lock.person, lock.date), []).append(self.shift[lock.shift])
        self.forbid = {(*at(one.person, one.date), self.shift[one.shift]) for one in problem.forbid}
        self.away = [
            [bool((one.joined and day.date < one.joined) or (one.left and day.date > one.left)) for day in self.days]
            for one in self.people
        ]

    def _at(self, person: Id, day: date) -> tuple[int, int]:
        return self.person[person], self.day[day]

    def may(self, p: int, d: int) -> list[int]:
        """The shifts that a cell may be, `OFF` among them, by leave, locks, what is forbidden, employment, closing."""
        if self.away[p][d] or not self.open[d]:
            found = [OFF]
        else:
            found = [OFF] if (p, d) in self.leave else [*range(len(self.shifts)), OFF]
        for lock in self.locks.get((p, d), ()):
            found = [s for s in found if s == lock]
        return [s for s in found if (p, d, s) not in self.forbid]

    def half_off(self, p: int, d: int, start: int, end: int) -> bool:
        """Whether half a day's leave touches this stretch."""
        halves = self.half.get((p, d))
        if not halves:
            return False
        noon = self.rules.noon
        return ("am" in halves and start < noon) or ("pm" in halves and end > noon)

    def can_serve(self, p: int, d: int, k: int) -> bool:
        """Whether a person may hold or substitute a slot on a day when the shift covers it."""
        return self.would_serve(p, d) and not self.half_away(p, d, k)

    def would_serve(self, p: int, d: int) -> bool:
        """Whether a person does desk duty on a day, whatever half of it is leave."""
        return self.people[p].desk and self.open[d]

    def half_away(self, p: int, d: int, k: int) -> bool:
        """Whether half a day's leave touches a slot."""
        return self.half_off(p, d, self.slots[k].start, self.slots[k].end)

    def stretches(self, start: int, end: int) -> list[tuple[int, int]]:
        """The interval cut where a shift begins or ends, or at noon."""
        marks = {start, end, *(m for s in self.shifts for m in (s.start, s.end)), self.rules.noon}
        inside = sorted(m for m in marks if start <= m <= end)
        return list(pairwise(inside))

    def spanning(self, start: int, end: int) -> list[int]:
        """The shifts that cover an interval throughout."""
        return [s for s, shift in enumerate(self.shifts) if shift.start <= start and end <= shift.end]

    def week_minutes(self, p: int) -> int:
        """A person's ordinary minutes of a whole week."""
        own = self.people[p].week_minutes
        return self.rules.week_minutes if own is None else own

    def groups(self) -> list[Id]:
        """The groups in the order in which people name them."""
        return list(dict.fromkeys(one.group for one in self.people if one.group is not None))

    def members(self, group: Id, d: int) -> list[int]:
        """The people of a group who are employed on a day."""
        return [p for p, one in enumerate(self.people) if one.group == group and not self.away[p][d]]

    def slots_of(self, measure: str) -> list[int]:
        """The slots that a measure of the desk counts."""
        last = [] if self.last_slot is None else [self.last_slot]
        return last if measure == "evening_desk" else list(range(len(self.slots)))

    def duties(self, measure: str) -> int:
        """How many duties of the desk the period has; 0 for measures that are not of the desk."""
        days = sum(self.open)
        return {"desk": days * len(self.slots), "substitute": days * len(self.slots), "evening_desk": days}.get(
            measure, 0
        )
