"""Every rule that a rota breaks, without the solver and fast enough to run after each edit by hand.

A cell that is missing is not planned: it breaks nothing and may still become work or rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from floorlead.planning import plan as plans
from floorlead.planning import sentences as say
from floorlead.planning.deskcheck import desk_violations
from floorlead.planning.frame import OFF, Frame
from floorlead.planning.plan import Plan
from floorlead.planning.problem import Problem
from floorlead.planning.rota import Rota, Violation
from floorlead.planning.scoring import ledger, short
from floorlead.planning.weeks import allowance, rests

LAW, HOUSE, WISH = "law", "house", "wish"


def check(problem: Problem, rota: Rota) -> list[Violation]:
    """What the rota breaks: law first, then the house's rules, then wishes, each with its sentence."""
    frame = Frame(problem)
    return broken(frame, plans.of_rota(frame, rota))


def broken(frame: Frame, plan: Plan) -> list[Violation]:
    """What a plan in positions breaks."""
    found = [
        *_cells(frame, plan),
        *_runs(frame, plan),
        *_weeks(frame, plan),
        *desk_violations(frame, plan),
        *_demand(frame, plan),
    ]
    found += _soft(frame, plan)
    return sorted(found, key=lambda one: (LAW, HOUSE, WISH).index(one.kind))


def _cells(frame: Frame, plan: Plan) -> Iterator[Violation]:
    """Work where nobody may work, locks and what is forbidden."""
    for p in range(len(frame.people)):
        for d in range(len(frame.days)):
            at = plan.cells[p][d]
            if at is not None:
                yield from _cell(frame, p, d, at)


def _cell(frame: Frame, p: int, d: int, at: int) -> Iterator[Violation]:
    if at != OFF and not frame.open[d]:
        yield _broken(frame, "closed", HOUSE, p, d)
    if at != OFF and frame.away[p][d]:
        yield _broken(frame, "employment", LAW, p, d)
    elif at != OFF and (p, d) in frame.leave:
        yield _broken(frame, "leave", LAW, p, d)
    for lock in frame.locks.get((p, d), ()):
        if lock != at:
            yield _broken(frame, "lock", HOUSE, p, d, shift=_code(frame, lock))
    if (p, d, at) in frame.forbid:
        yield _broken(frame, "forbid", HOUSE, p, d, shift=_code(frame, at))


def _broken(frame: Frame, code: str, kind: str, p: int, d: int, **parts: Any) -> Violation:
    one, day = frame.people[p], frame.days[d].date
    return Violation(code, kind, say.broken(code, name=say.name(one), day=say.on(day), **parts), (one.id,), day)


def _code(frame: Frame, s: int) -> str:
    return say.called(frame, "-" if s == OFF else frame.shifts[s].code)


def _runs(frame: Frame, plan: Plan) -> Iterator[Violation]:
    """Too many days in a row, told once for each run on the day that is too many."""
    for p, one in enumerate(frame.people):
        run = one.streak
        for d, day in enumerate(frame.days):
            run = run + 1 if plans.works(plan, p, d) else 0
            if run == frame.rules.max_run + 1 or (d == 0 and run > frame.rules.max_run):
                told = say.broken(
                    "max_run", name=say.name(one), day=say.on(day.date), count=run, most=frame.rules.max_run
                )
                yield Violation("max_run", LAW, told, (one.id,), day.date)


def _weeks(frame: Frame, plan: Plan) -> Iterator[Violation]:
    """Days of rest in each calendar week, and the overtime of each month."""
    first = frame.days[0].date.isoformat()[:7]
    for p, one in enumerate(frame.people):
        over: dict[str, int] = {}
        for week in frame.weeks:
            day, needed = frame.days[week.days[0]].date, rests(frame.problem, p, week)
            worked = sum(plans.works(plan, p, d) for d in week.days)
            if worked > len(week.days) - needed:
                told = say.broken(
                    "week_rest", name=say.name(one), day=say.on(day), count=len(week.days) - worked, most=needed
                )
                yield Violation("week_rest", LAW, told, (one.id,), day)
            minutes = plans.minutes(frame, plan, p, week.days) - allowance(
                frame.problem, p, week, frame.week_minutes(p)
            )
            over[week.month] = over.get(week.month, 0) + max(0, minutes)
        for month, minutes in over.items():
            whole = minutes + (one.month_overtime if month == first else 0)
            if minutes and whole > frame.rules.overtime_month_minutes:
                most = say.hours(frame.rules.overtime_month_minutes)
                told = say.broken("overtime", name=say.name(one), day=month, hours=say.hours(whole), most=most)
                yield Violation("overtime", LAW, told, (one.id,), None)


def _demand(frame: Frame, plan: Plan) -> Iterator[Violation]:
    for index, need in enumerate(frame.problem.demand):
        if missing := short(frame, plan, index, hopeful=True):
            yield Violation("demand", HOUSE, say.demand(need, missing), (), need.date, None, missing)


def _soft(frame: Frame, plan: Plan) -> Iterator[Violation]:
    """Wishes and habits, as far as the cells that they need are planned."""
    for term in ledger(frame, plan):
        d = None if term.date is None else frame.day.get(term.date)
        if term.reason in ("wish", "late_early", "long_day") and d is not None:
            planned = plan.cells[frame.person[term.people[0]]][d] is not None
        else:
            planned = term.reason in ("outing", "training") and all(
                d is not None and row[d] is not None for row in plan.cells
            )
        if planned:
            yield Violation(term.reason, WISH, term.text, term.people, term.date, None, term.amount)
