"""A rota in positions: what checking, scoring and repairing compute with.

A cell that is None is not planned; whatever a rota names that the problem does not know is left out.
"""

from __future__ import annotations

from floorlead.planning.frame import OFF, Frame
from floorlead.planning.problem import REST, Cell, Desk, Id
from floorlead.planning.rota import Rota
from floorlead.record import record

Held = dict[tuple[int, int], tuple[int | None, int | None]]
"""By (day, slot): holder and substitute."""


@record
class Plan:
    """`cells[p][d]` a shift, `OFF` or None; `desk` by (d, k); `trained` the group by day; `out` the people by outing."""

    cells: list[list[int | None]]
    desk: Held
    trained: dict[int, Id]
    out: dict[int, tuple[int, ...]]


def empty(frame: Frame) -> Plan:
    """Nothing planned."""
    return Plan([[None] * len(frame.days) for _one in frame.people], {}, {}, {})


def of_rota(frame: Frame, rota: Rota) -> Plan:
    """A rota in the frame's positions."""
    plan = empty(frame)
    fill(frame, plan, rota.cells, rota.desk)
    for day, group in rota.training:
        if day in frame.day:
            plan.trained[frame.day[day]] = group
    for index, people in rota.outings:
        plan.out[index] = tuple(frame.person[one] for one in people if one in frame.person)
    return plan


def fill(frame: Frame, plan: Plan, cells: tuple[Cell, ...], desk: tuple[Desk, ...]) -> None:
    """Put cells and desk entries into a plan."""
    for cell in cells:
        if cell.person in frame.person and cell.date in frame.day and cell.shift in frame.shift:
            plan.cells[frame.person[cell.person]][frame.day[cell.date]] = frame.shift[cell.shift]
    for one in desk:
        if one.date in frame.day and one.slot in frame.slot:
            found = tuple(None if who is None else frame.person.get(who) for who in (one.holder, one.substitute))
            plan.desk[frame.day[one.date], frame.slot[one.slot]] = (found[0], found[1])


def to_cells(frame: Frame, plan: Plan) -> tuple[Cell, ...]:
    """The planned cells of the days that the problem lists, by person and day."""
    listed = frame.problem.given or range(len(frame.days))
    return tuple(
        Cell(one.id, frame.days[d].date, REST if at == OFF else frame.shifts[at].code)
        for p, one in enumerate(frame.people)
        for d in listed
        if (at := plan.cells[p][d]) is not None
    )


def to_desk(frame: Frame, plan: Plan) -> tuple[Desk, ...]:
    """The desk entries by day and slot."""

    def who(p: int | None) -> Id | None:
        return None if p is None else frame.people[p].id

    return tuple(
        Desk(frame.days[d].date, frame.slots[k].code, who(holder), who(substitute))
        for (d, k), (holder, substitute) in sorted(plan.desk.items())
    )


def to_rota(frame: Frame, plan: Plan, status: str) -> Rota:
    """The plan as a rota, without figures."""
    return Rota(
        status, to_cells(frame, plan), to_desk(frame, plan),
        tuple((frame.days[d].date, group) for d, group in sorted(plan.trained.items())),
        tuple((index, tuple(frame.people[p].id for p in people)) for index, people in sorted(plan.out.items())),
    )  # fmt: skip


def works(plan: Plan, p: int, d: int) -> bool:
    """Whether a person works on a day, as far as it is planned."""
    at = plan.cells[p][d]
    return at is not None and at != OFF


def minutes(frame: Frame, plan: Plan, p: int, days: tuple[int, ...]) -> int:
    """Paid minutes of a person on these days."""
    return sum(frame.shifts[at].paid for d in days if (at := plan.cells[p][d]) is not None and at != OFF)


def counts(frame: Frame, plan: Plan) -> dict[str, list[int]]:
    """How often each person has each duty of `MEASURES` in the plan."""
    people = range(len(frame.people))
    days = range(len(frame.days))
    heavy = [d for d in days if frame.heavy[d]]
    told = {
        "weekend": [sum(works(plan, p, d) for d in heavy) for p in people],
        "late": [sum(1 for at in plan.cells[p] if at is not None and at != OFF and frame.late[at]) for p in people],
    }
    for measure in ("desk", "substitute", "evening_desk"):
        told[measure] = [0 for _p in people]
    for (_d, k), (holder, substitute) in plan.desk.items():
        if holder is not None:
            told["desk"][holder] += 1
            told["evening_desk"][holder] += k == frame.last_slot
        if substitute is not None:
            told["substitute"][substitute] += 1
    return told
