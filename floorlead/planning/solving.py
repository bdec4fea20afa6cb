"""From a problem to a proven rota: first the shifts alone, then the desk on them, and all together only when that leaves a gap.

The shifts alone are a relaxation, so their optimum is a bound; a desk that costs no more on them proves the whole.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from floorlead.planning import backend, wishing
from floorlead.planning import plan as plans
from floorlead.planning.draft import drafted
from floorlead.planning.frame import OFF, Frame
from floorlead.planning.honest import hard, judged
from floorlead.planning.model import NOTHING, Model, Pins
from floorlead.planning.plan import Plan
from floorlead.planning.problem import Problem
from floorlead.planning.rota import FEASIBLE, INFEASIBLE, OPTIMAL, Conflict, Rota
from floorlead.planning.scoring import ledger, total
from floorlead.record import replace

NEAR = 1e-6
SHIFTS_PART = 0.7
"""The part of the time that the shifts alone may take."""
LEAST_PART = 0.05
"""The part of the time that a desk for given shifts may take when none is left."""
Told = Callable[[dict[str, Any]], None]
"""Is told the progress: `phase`, `seconds`, `objective`, `bound`, `gap`."""
Best = Callable[[Any], None]
"""Is told each better answer as it is found."""


class Search:
    """One search: the best plan so far, what no plan can undercut, and the time left."""

    def __init__(self, frame: Frame, seconds: float, told: Told | None = None, best: Best | None = None) -> None:
        self.frame, self.told, self.best = frame, told, best
        self.begun, self.seconds = time.monotonic(), seconds
        self.plan: Plan | None = None
        self.objective, self.bound = float("inf"), float("-inf")
        self.phase = "draft"

    def spent(self) -> float:
        """Seconds since the beginning."""
        return time.monotonic() - self.begun

    def left(self) -> float:
        """Seconds that are left."""
        return self.seconds - self.spent()

    def enter(self, phase: str) -> None:
        """Begin a phase: `draft`, `shifts`, `desk`, `whole`, `conflict`, `repair`."""
        self.phase = phase
        self.tell()

    def tell(self, objective: float | None = None, bound: float | None = None) -> None:
        """Hand on the progress, with a better objective or bound that a running phase has found."""
        if self.told is None:
            return
        best = min(self.objective, objective) if objective is not None else self.objective
        low = max(self.bound, bound) if bound is not None else self.bound
        seen = best if best < float("inf") else None, low if low > float("-inf") else None
        gap = (seen[0] - seen[1]) / max(1.0, abs(seen[0])) if seen[0] is not None and seen[1] is not None else None
        self.told({"phase": self.phase, "seconds": self.spent(), "objective": seen[0], "bound": seen[1], "gap": gap})

    def offer(self, plan: Plan) -> bool:
        """A plan that keeps all rules; the better one is kept. Whether this one is."""
        cost = total(ledger(self.frame, plan))
        if cost >= self.objective - NEAR:
            return False
        self.plan, self.objective = plan, cost
        self.tell()
        if self.best is not None:
            self.best(answer(self))
        return True

    def done(self) -> bool:
        """Whether nothing better is possible."""
        return self.objective <= self.bound + NEAR


def solve(problem: Problem, told: Told | None = None, best: Best | None = None) -> Rota:
    """The best rota within the problem's seconds, or the conflict that forbids one; `best` is told what is found on the way.

    Raises backend.NoSolver.
    """
    backend.available()
    if problem.repair is not None:
        from floorlead.planning.repairing import repair

        return repair(problem, told, best)
    frame = Frame(problem)
    search = Search(frame, problem.seconds, told, best)
    _begin(search)
    if not searched(search):
        return contradiction(search)
    return answer(search)


def contradiction(search: Search, pins: Pins = NOTHING, **more: Any) -> Rota:
    """Why there is no rota; that there is none is known before the reasons are."""
    from floorlead.planning.explaining import explain
    from floorlead.planning.reasons import unexplained

    search.enter("conflict")
    if search.best is not None:
        known = Conflict((), unexplained(), ())
        search.best(Rota(INFEASIBLE, seconds=search.spent(), conflict=known, **more))
    return Rota(INFEASIBLE, seconds=search.spent(), conflict=explain(search.frame, pins), **more)


def _begin(search: Search) -> None:
    """The draft as the first plan, when it breaks no rule; else as what is known so far."""
    plan = drafted(search.frame)
    if search.frame.problem.frozen_before is None and not hard(search.frame, plan):
        search.offer(plan)
    elif search.best is not None:
        search.best(answer(search, plan))


def answer(search: Search, draft: Plan | None = None) -> Rota:
    """The search's best plan as a rota with its ledger; the draft, with what it breaks, where the time was too short."""
    frame, plan, fixed = search.frame, search.plan, standing(search.frame)
    objective = search.objective
    if plan is None:
        plan = _over(draft or drafted(frame), fixed)
        objective = total(ledger(frame, plan))
    rota = plans.to_rota(frame, plan, OPTIMAL if search.done() else FEASIBLE)
    bound = min(search.bound, objective) if search.bound > float("-inf") else 0.0
    rota = replace(rota, objective=objective, bound=bound, seconds=search.spent(), ledger=ledger(frame, plan))
    return judged(frame, plan, rota, fixed.loose_days)


def _over(plan: Plan, fixed: Pins) -> Plan:
    """A plan with what is fixed laid over it."""
    for (p, d), at in fixed.cells.items():
        plan.cells[p][d] = at
    for place in [place for place in plan.desk if place[0] in fixed.loose_days]:
        del plan.desk[place]
    plan.desk.update(fixed.desk)
    return plan


def searched(search: Search, pins: Pins | None = None) -> bool:
    """Search in three steps; False when there is no rota at all."""
    search.enter("shifts")
    frame, pins = search.frame, pins or standing(search.frame)
    model = Model(frame, desk=False, pins=pins)
    wishing.add(model, desk=False)
    limit = SHIFTS_PART * search.left()
    found = backend.solve(model.rows, limit, progress=lambda best, bound: search.tell(None, bound))
    if found.status == backend.INFEASIBLE:
        return False
    search.bound = max(search.bound, found.bound)
    if found.values or not model.rows.cost:
        _desk(search, model.plan(found.values), pins)
    if search.plan is None:
        _any(search, pins)
    return search.done() or _whole(search, pins)


def _any(search: Search, pins: Pins) -> None:
    """Some rota that keeps all rules and has most heads on the floor."""
    model = Model(search.frame, pins=pins)
    wishing.demand(model)
    found = backend.solve(model.rows, search.left() / 2)
    if found.values:
        search.offer(model.plan(found.values))


def _desk(search: Search, shifts: Plan, pins: Pins) -> None:
    """The best desk on given shifts, offered when there is one."""
    search.enter("desk")
    cells = {(p, d): OFF if at is None else at for p, row in enumerate(shifts.cells) for d, at in enumerate(row)}
    model = Model(search.frame, pins=Pins(cells, pins.desk, pins.loose_days))
    wishing.add(model)
    found = backend.solve(model.rows, max(search.left(), LEAST_PART * search.seconds))
    if found.values or not model.rows.cost:
        search.offer(model.plan(found.values))


def _whole(search: Search, pins: Pins) -> bool:
    """All together, from the best plan so far."""
    search.enter("whole")
    model = Model(search.frame, pins=pins)
    wishing.add(model)
    if search.bound > float("-inf"):
        model.rows.row(
            [(c, v) for c, v in enumerate(model.rows.cost) if v],
            search.bound - model.rows.constant - NEAR,
            float("inf"),
            "bound",
        )
    start = starting(model, search.plan) if search.plan else None
    found = backend.solve(model.rows, search.left(), start=start, progress=search.tell)
    if found.status == backend.INFEASIBLE:
        return False
    search.bound = max(search.bound, found.bound)
    if found.values:
        search.offer(model.plan(found.values))
    return True


def starting(model: Model, plan: Plan) -> dict[int, float]:
    """The values of the columns that a plan decides; the solver finds the rest."""
    values = {
        c: float(plan.cells[p][d] == s)
        for p, row in enumerate(model.x)
        for d, cell in enumerate(row)
        for s, c in cell.items()
    }
    for columns, side in ((model.held, 0), (model.second, 1)):
        values |= {c: float(plan.desk.get((d, k), (None, None))[side] == p) for (p, d, k), c in columns.items()}
    values |= {c: float(plan.trained.get(d) == group) for (d, group), c in model.trained.items()}
    return values | {c: float(p in plan.out.get(index, ())) for (index, p), c in model.out.items()}


def standing(frame: Frame) -> Pins:
    """What `frozen_before` fixes: the cells as they stand, or as their lock tells, or rest; the desk as it stands."""
    before = frame.problem.frozen_before
    days = [d for d, day in enumerate(frame.days) if before is not None and day.date < before]
    if not days:
        return Pins({}, {})
    plan = plans.empty(frame)
    if frame.problem.standing is not None:
        plans.fill(frame, plan, frame.problem.standing.cells, frame.problem.standing.desk)
    cells = {}
    for p in range(len(frame.people)):
        for d in days:
            at, locks = plan.cells[p][d], frame.locks.get((p, d))
            cells[p, d] = at if at is not None else locks[-1] if locks else OFF
    desk = {(d, k): pair for (d, k), pair in plan.desk.items() if d in days}
    return Pins(cells, desk, frozenset(days))
