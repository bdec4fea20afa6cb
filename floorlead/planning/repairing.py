"""After a sick call: the fewest changes that make the rota whole again, proven, and then the best rota among those.

What is past stays, and what lies outside the weeks concerned stays too, unless no repair is possible within them.
"""

from __future__ import annotations

from floorlead.planning import backend, wishing
from floorlead.planning import plan as plans
from floorlead.planning.changes import cost_of, listed
from floorlead.planning.frame import OFF, Frame
from floorlead.planning.honest import judged
from floorlead.planning.model import Model, Pins, Terms
from floorlead.planning.plan import Plan
from floorlead.planning.problem import Leave, Problem, Repair
from floorlead.planning.rota import FEASIBLE, OPTIMAL, Rota
from floorlead.planning.rows import INFINITE
from floorlead.planning.scoring import ledger, total
from floorlead.planning.solving import NEAR, Best, Search, Told, contradiction, starting
from floorlead.record import record, replace

MOVED, CALLED, NOT_STEPPED_UP, SWAPPED = 10, 20, 3, 1
"""What changes cost: a worker to another shift or to rest, somebody called in from rest, a substitute who does not step
up (or a holder who is changed without need), another substitute."""
QUALITY_SECONDS = 3.0


@record
class Task:
    """What stands (`before`), who is absent, and what is fixed."""

    frame: Frame
    before: Plan
    absent: frozenset[tuple[int, int]]
    pins: Pins


def repair(problem: Problem, told: Told | None = None, best: Best | None = None) -> Rota:
    """The repaired rota with its changes; infeasible with its conflict when law, leave, locks and desk forbid any."""
    asked = problem.repair
    assert asked is not None
    search: Search | None = None
    for whole in (False, True):
        task = task_of(problem, asked, whole=whole)
        if search is None:
            search = Search(task.frame, problem.seconds, told, best)
            if best is not None:
                best(_as_it_stands(task))
        search.enter("repair")
        found = _repaired(search, task)
        if found is not None:
            return found
    assert search is not None
    search.frame = task.frame
    return contradiction(search, task.pins, changes=())


def _as_it_stands(task: Task) -> Rota:
    """What is known before a repair is found: the rota without those who are absent, and what it breaks."""
    frame, plan = task.frame, task.before
    rota = Rota(FEASIBLE, plans.to_cells(frame, plan), plans.to_desk(frame, plan), changes=(), minimal=False)
    return judged(frame, plan, rota, task.pins.loose_days)


def task_of(problem: Problem, asked: Repair, *, whole: bool) -> Task:
    """The repair's frame and what is fixed; `whole` frees the whole period from now on, else the weeks concerned."""
    gone = {
        (who, day)
        for who, day in asked.absent
        if day >= asked.day and problem.days[0].date <= day <= problem.days[-1].date
    }
    leave = (*problem.leave, *(Leave(who, day) for who, day in sorted(gone, key=str)))
    kept = tuple(lock for lock in problem.locks if (lock.person, lock.date) not in gone)
    forbid = tuple(one for one in problem.forbid if (one.person, one.date) not in gone or one.shift != "-")
    frame = Frame(replace(problem, leave=leave, locks=kept, forbid=forbid))
    before = plans.empty(frame)
    plans.fill(frame, before, asked.cells, asked.desk)
    before.trained.update({frame.day[day]: group for day, group in asked.training if day in frame.day})
    absent = frozenset((frame.person[who], frame.day[day]) for who, day in gone)
    return Task(frame, before, absent, _pins(frame, before, absent, asked, whole))


def _pins(frame: Frame, before: Plan, absent: frozenset[tuple[int, int]], asked: Repair, whole: bool) -> Pins:
    """Past days and days outside the weeks concerned stand; of today the slots that have begun."""
    weeks = [week for week in frame.weeks if whole or any(d in week.days for _p, d in absent)]
    free = {d for week in weeks for d in week.days if frame.days[d].date >= asked.day}
    cells = {
        (p, d): OFF if at is None else at
        for p, row in enumerate(before.cells) for d, at in enumerate(row) if d not in free
    }  # fmt: skip
    desk = {(d, k): pair for (d, k), pair in before.desk.items() if d not in free}
    today = frame.day.get(asked.day)
    if today in free and today is not None:
        for k, slot in enumerate(frame.slots):
            if slot.start <= asked.minute:
                pair = before.desk.get((today, k), (None, None))
                desk[today, k] = pair
                _stay(frame, absent, today, k, pair)
    return Pins(cells, desk, frozenset(d for d in range(len(frame.days)) if d not in free))


def _stay(
    frame: Frame, absent: frozenset[tuple[int, int]], d: int, k: int, pair: tuple[int | None, int | None]
) -> None:
    """Who is at a slot that has begun keeps a shift that covers it."""
    for p in pair:
        if p is not None and (p, d) not in absent:
            frame.forbid |= {(p, d, s) for s in (OFF, *range(len(frame.shifts))) if s not in frame.covering[k]}


def _repaired(search: Search, task: Task) -> Rota | None:
    """Fewest changes first, then the best rota at that cost; None when there is no repair."""
    model = Model(task.frame, pins=task.pins)
    changes = _changes(model, task)
    wishing.demand(model)
    for c, v in changes:
        model.rows.cost[c] = v
    found = backend.solve(model.rows, search.left())
    if found.status == backend.INFEASIBLE:
        return None
    if not found.values:
        return _as_it_stands(task)
    plan, cost = model.plan(found.values), found.objective
    minimal = found.status == backend.OPTIMAL
    plan, best = _better(search, task, plan, cost)
    return _told(search, task, plan, minimal, best)


def _better(search: Search, task: Task, plan: Plan, cost: float) -> tuple[Plan, bool]:
    """Among all repairs of this cost the one with the best rota; whether that is proven."""
    model = Model(task.frame, pins=task.pins)
    changes = _changes(model, task)
    wishing.add(model)
    short = [(c, model.rows.cost[c]) for c in model.short]
    model.rows.row([*changes, *short], -INFINITE, cost + NEAR, "fewest changes")
    for d, group in task.before.trained.items():
        if (d, group) in model.trained:
            model.rows.cost[model.trained[d, group]] -= task.frame.weights.training / 2
    found = backend.solve(model.rows, min(search.left(), QUALITY_SECONDS), start=starting(model, plan))
    return (model.plan(found.values) if found.values else plan), found.status == backend.OPTIMAL


def _changes(model: Model, task: Task) -> Terms:
    """What each column costs as a change of the rota that stands."""
    terms: Terms = []
    for p, row in enumerate(task.before.cells):
        for d, at in enumerate(row):
            if (p, d) in task.absent or (p, d) in task.pins.cells or at is None:
                continue
            cell = model.x[p][d]
            if at == OFF:
                terms += [(c, CALLED) for c in cell.values()]
            elif at in cell:
                # to another shift or to rest: whatever is not the old shift
                stays = model.rows.column(0, 0, 1)
                terms.append((stays, MOVED))
                model.rows.row([(cell[at], 1.0), (stays, 1.0)], 1, INFINITE, "moved")
    for (d, k), pair in task.before.desk.items():
        if (d, k) in task.pins.desk or d in task.pins.loose_days:
            continue
        wanted, second = stepping_up(task, d, pair)
        terms += [
            (c, NOT_STEPPED_UP)
            for (p, e, j), c in model.held.items()
            if (e, j) == (d, k) and wanted is not None and p != wanted
        ]
        terms += [
            (c, SWAPPED)
            for (p, e, j), c in model.second.items()
            if (e, j) == (d, k) and second is not None and p != second
        ]
    return terms


def stepping_up(task: Task, d: int, pair: tuple[int | None, int | None]) -> tuple[int | None, int | None]:
    """Who should hold a slot now (the holder, the substitute when the holder is absent), and who was its substitute."""
    holder, second = pair
    if holder is not None and (holder, d) in task.absent:
        holder = second if second is not None and (second, d) not in task.absent else None
    return holder, second


def _told(search: Search, task: Task, plan: Plan, minimal: bool, best: bool) -> Rota:
    frame = task.frame
    terms = ledger(frame, plan)
    rota = plans.to_rota(frame, plan, OPTIMAL if minimal and best else FEASIBLE)
    cells, desk = listed(frame, task.before, plan, task.absent)
    objective = total(terms)
    rota = replace(
        rota, objective=objective, bound=objective if minimal and best else 0.0, seconds=search.spent(), ledger=terms,
        changes=cells, desk_changes=desk, changes_cost=cost_of(task, plan), minimal=minimal,
    )  # fmt: skip
    return judged(frame, plan, rota, task.pins.loose_days)
