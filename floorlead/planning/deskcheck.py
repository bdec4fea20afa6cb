"""What the desk's entries break: nobody there, somebody who cannot be there, too much for one person.

Entries of a day without any planned cell are not asked for.
"""

from __future__ import annotations

from collections.abc import Iterator

from floorlead.planning import sentences as say
from floorlead.planning.frame import OFF, Frame
from floorlead.planning.plan import Plan
from floorlead.planning.rota import Violation


def desk_violations(frame: Frame, plan: Plan) -> Iterator[Violation]:
    """Every rule of the desk that the plan breaks; all are the house's."""
    for d, is_open in enumerate(frame.open):
        if not is_open or all(row[d] is None for row in plan.cells):
            continue
        for k in range(len(frame.slots)):
            yield from _entry(frame, plan, d, k)
        yield from _loads(frame, plan, d)
    for index, people in plan.out.items():
        yield from _out(frame, plan, index, people)


def _entry(frame: Frame, plan: Plan, d: int, k: int) -> Iterator[Violation]:
    holder, second = plan.desk.get((d, k), (None, None))
    for who, code in ((holder, "no_holder"), (second, "no_substitute")):
        if who is None:
            yield _told(frame, code, d, k)
        else:
            yield from _fit(frame, plan, who, d, k)
    if holder is not None and holder == second:
        yield _told(frame, "same_person", d, k, holder)


def _fit(frame: Frame, plan: Plan, p: int, d: int, k: int) -> Iterator[Violation]:
    """Whether one person can be at this slot."""
    slot, at = frame.slots[k], plan.cells[p][d]
    if not frame.people[p].desk:
        yield _told(frame, "not_desk", d, k, p)
    if frame.half_off(p, d, slot.start, slot.end):
        yield _told(frame, "half_leave", d, k, p)
    if at == OFF:
        yield _told(frame, "rests", d, k, p)
    elif at is not None and at not in frame.covering[k]:
        yield _told(frame, "not_covered", d, k, p)
    group = plan.trained.get(d)
    if k in frame.first_slots and group is not None and frame.people[p].group == group:
        yield _told(frame, "in_training", d, k, p)


def _loads(frame: Frame, plan: Plan, d: int) -> Iterator[Violation]:
    """Too many slots of one person, and slots at the same time."""
    pairs = {k: plan.desk.get((d, k), (None, None)) for k in range(len(frame.slots))}
    for p in {who for pair in pairs.values() for who in pair if who is not None}:
        for side, most, code in (
            (0, frame.rules.held_a_day, "held_a_day"),
            (1, frame.rules.substitutions_a_day, "substitutions_a_day"),
        ):
            mine = [k for k, pair in pairs.items() if pair[side] == p]
            if len(mine) > most:
                yield _told(frame, code, d, mine[-1], p, count=len(mine), most=most)
        on = [k for k, pair in pairs.items() if p in pair]
        for k in on:
            if any(j in frame.overlap[k] and j < k for j in on):
                yield _told(frame, "two_at_once", d, k, p)


def _out(frame: Frame, plan: Plan, index: int, people: tuple[int, ...]) -> Iterator[Violation]:
    """People on an outing who do not work then, or who are wanted at the desk."""
    if index >= len(frame.problem.outings) or (need := frame.problem.outings[index]).date not in frame.day:
        return
    d, on = frame.day[need.date], frame.spanning(need.start, need.end)
    for p in people:
        at = plan.cells[p][d]
        if (
            not frame.people[p].outing
            or frame.half_off(p, d, need.start, need.end)
            or (at is not None and at not in on)
        ):
            yield _told(frame, "outing_away", d, None, p)
        for k, slot in enumerate(frame.slots):
            if p in plan.desk.get((d, k), ()) and slot.start < need.end and need.start < slot.end:
                yield _told(frame, "outing_desk", d, k, p)


def _told(frame: Frame, code: str, d: int, k: int | None, p: int | None = None, **parts: int) -> Violation:
    day, slot = frame.days[d].date, None if k is None else frame.slots[k]
    when = "" if slot is None else f"{say.hm(slot.start)}-{say.hm(slot.end)}"
    who = "" if p is None else say.name(frame.people[p])
    told = say.broken(code, name=who, day=say.on(day), slot=when, **parts)
    people = () if p is None else (frame.people[p].id,)
    return Violation(code, "house", told, people, day, None if slot is None else slot.code)
