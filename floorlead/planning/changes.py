"""What a repair changed, in words and in cost, read off the two rotas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from floorlead.planning.frame import OFF, Frame
from floorlead.planning.plan import Plan
from floorlead.planning.problem import REST, Desk
from floorlead.planning.rota import Change, DeskChange
from floorlead.words import _

if TYPE_CHECKING:
    from floorlead.planning.repairing import Task


def cost_of(task: Task, plan: Plan) -> float:
    """The weighted changes between the rota that stood and the plan, those of the absent themselves not counted."""
    from floorlead.planning.repairing import CALLED, MOVED, NOT_STEPPED_UP, SWAPPED, stepping_up

    cost = 0
    for p, row in enumerate(task.before.cells):
        for d, at in enumerate(row):
            if at is not None and (p, d) not in task.absent and plan.cells[p][d] != at:
                cost += CALLED if at == OFF else MOVED
    for (d, k), pair in task.before.desk.items():
        now = plan.desk.get((d, k), (None, None))
        if now != pair:
            wanted, second = stepping_up(task, d, pair)
            cost += NOT_STEPPED_UP if wanted is not None and now[0] != wanted else 0
            cost += SWAPPED if second is not None and now[1] != second else 0
    return cost


def listed(
    frame: Frame, before: Plan, after: Plan, absent: frozenset[tuple[int, int]]
) -> tuple[tuple[Change, ...], tuple[DeskChange, ...]]:
    """Every changed cell with its reason, and every changed desk entry."""
    cells = []
    for p, one in enumerate(frame.people):
        for d, day in enumerate(frame.days):
            old, new = before.cells[p][d], after.cells[p][d]
            if (old is not None and old != new) or (old is None and new not in (None, OFF)):
                cells.append(
                    Change(one.id, day.date, _code(frame, old), _code(frame, new), _why(frame, p, d, old, new, absent))
                )
    desk = [
        DeskChange(_entry(frame, place, before.desk.get(place, (None, None))), _entry(frame, place, pair))
        for place, pair in sorted(after.desk.items())
        if before.desk.get(place, (None, None)) != pair
    ]
    return tuple(cells), tuple(desk)


def _code(frame: Frame, at: int | None) -> str:
    return REST if at is None or at == OFF else frame.shifts[at].code


def _why(frame: Frame, p: int, d: int, old: int | None, new: int | None, absent: frozenset[tuple[int, int]]) -> str:
    if (p, d) in absent:
        return _("absent")
    if old in (None, OFF):
        return _("called in")
    if new == OFF:
        return _("rests instead")
    return _("moved to {shift}").format(shift=_code(frame, new))


def _entry(frame: Frame, place: tuple[int, int], pair: tuple[int | None, int | None]) -> Desk:
    who = [None if p is None else frame.people[p].id for p in pair]
    return Desk(frame.days[place[0]].date, frame.slots[place[1]].code, who[0], who[1])
