"""What a rota costs, term by term and in words: the ledger. Its sum is the objective that the solver minimises."""

from __future__ import annotations

from collections.abc import Iterator

from floorlead.planning import plan as plans
from floorlead.planning import sentences as say
from floorlead.planning.frame import OFF, Frame
from floorlead.planning.plan import Plan
from floorlead.planning.problem import MEASURES, Id
from floorlead.planning.rota import Term
from floorlead.planning.weeks import Week, allowance, contract


def ledger(frame: Frame, plan: Plan) -> tuple[Term, ...]:
    """Every soft term of the plan that is not zero, the dearest kinds first; cells not planned count as rest."""
    found = [
        *_demand(frame, plan), *_outings(frame, plan), *_training(frame, plan), *_turns(frame, plan),
        *_hours(frame, plan), *_long_days(frame, plan), *_late_early(frame, plan), *_wishes(frame, plan), *_fairness(frame, plan),
    ]  # fmt: skip
    return tuple(term for term in found if term.amount > 0 and term.weight > 0)


def total(terms: tuple[Term, ...]) -> float:
    """The objective."""
    return sum(term.cost for term in terms)


def short(frame: Frame, plan: Plan, index: int, *, hopeful: bool = False) -> int:
    """Heads missing at the worst moment of a demand; `hopeful` counts cells not planned as present."""
    need = frame.problem.demand[index]
    d = frame.day[need.date]
    if not frame.open[d]:
        return 0
    worst = 0
    for start, end in frame.stretches(need.start, need.end):
        on = set(frame.spanning(start, end))
        present = sum(
            1
            for p in range(len(frame.people))
            if ((at := plan.cells[p][d]) in on or (hopeful and at is None)) and not frame.half_off(p, d, start, end)
        )
        worst = max(worst, need.heads - present)
    return worst


def _demand(frame: Frame, plan: Plan) -> Iterator[Term]:
    for index, need in enumerate(frame.problem.demand):
        if missing := short(frame, plan, index):
            yield Term("demand", "shortage", missing, frame.weights.demand, (), need.date, say.demand(need, missing))


def _outings(frame: Frame, plan: Plan) -> Iterator[Term]:
    for index, need in enumerate(frame.problem.outings):
        missing = need.heads - len(plan.out.get(index, ()))
        if need.date in frame.day and frame.open[frame.day[need.date]] and missing > 0:
            yield Term("outing", "outing", missing, frame.weights.outing, (), need.date, say.outing(need, missing))


def training_days(frame: Frame) -> list[int]:
    """The open days on which a group is trained; none when there is no group."""
    days = [frame.day[one] for one in frame.problem.training]
    return [d for d in days if frame.open[d]] if frame.groups() else []


def _training(frame: Frame, plan: Plan) -> Iterator[Term]:
    weights = frame.weights
    for d in training_days(frame):
        group, day = plan.trained.get(d), frame.days[d].date
        members = frame.members(group, d) if group is not None else []
        missing = [p for p in members if not plans.works(plan, p, d)]
        if len(missing) == len(members):
            yield Term("training", "training", 1, weights.training, (), day, say.no_training(group, day))
        if missing:
            who = tuple(frame.people[p].id for p in missing)
            yield Term(
                "attendance", "training", len(missing), weights.attendance, who, day, say.absent(frame, who, day)
            )


def turns(frame: Frame) -> dict[Id, int]:
    """The groups that take turns, each with its trainings before the period."""
    before = {str(group): count for group, count in frame.problem.trained}
    return {group: before.get(str(group), 0) for group in frame.groups()}


def _turns(frame: Frame, plan: Plan) -> Iterator[Term]:
    counts = turns(frame)
    for group in plan.trained.values():
        counts[group] = counts.get(group, 0) + 1
    if len(counts) > 1 and training_days(frame):
        spread = max(counts.values()) - min(counts.values())
        yield Term("turns", "training", spread, frame.weights.turns, (), None, say.turns(spread))


def owed(frame: Frame, p: int, week: Week) -> int:
    """Minutes that a person is to work in a week by contract, leave taken off."""
    leave = sum(1 for d in week.days if (p, d) in frame.leave and not frame.away[p][d] and frame.open[d])
    free = sum(1 for d in week.days if not frame.away[p][d] and frame.open[d] and (p, d) not in frame.leave)
    return contract(frame.problem, p, week, frame.week_minutes(p), leave, free)


def _hours(frame: Frame, plan: Plan) -> Iterator[Term]:
    weights = frame.weights
    for p, one in enumerate(frame.people):
        for week in frame.weeks:
            worked, day = plans.minutes(frame, plan, p, week.days), frame.days[week.days[0]].date
            over = worked - allowance(frame.problem, p, week, frame.week_minutes(p))
            under = owed(frame, p, week) - worked
            if over > 0:
                told = say.overtime(one, over, day)
                yield Term("overtime", "overtime", over / 60, weights.overtime, (one.id,), day, told)
            if under > 0:
                told = say.undertime(one, under, day)
                yield Term("undertime", "undertime", under / 60, weights.undertime, (one.id,), day, told)


def long_minutes(frame: Frame, s: int) -> int:
    """Minutes of a shift above those of an ordinary day."""
    return max(0, frame.shifts[s].paid - frame.rules.day_minutes)


def _long_days(frame: Frame, plan: Plan) -> Iterator[Term]:
    for p, one in enumerate(frame.people):
        for d, at in enumerate(plan.cells[p]):
            if at is not None and at != OFF and (extra := long_minutes(frame, at)):
                day = frame.days[d].date
                told = say.long_day(one, extra, day)
                yield Term("long_day", "overtime", extra / 60, frame.weights.long_day, (one.id,), day, told)


def _late_early(frame: Frame, plan: Plan) -> Iterator[Term]:
    for p, one in enumerate(frame.people):
        before = frame.shift.get(one.last_shift or "", OFF)
        for d, day in enumerate(frame.days):
            at = plan.cells[p][d]
            at = OFF if at is None else at
            if before != OFF and at in frame.too_soon[before]:
                told = say.late_early(one, day.date)
                yield Term("late_early", "late_early", 1, frame.weights.late_early, (one.id,), day.date, told)
            before = at


def _wishes(frame: Frame, plan: Plan) -> Iterator[Term]:
    for wish in frame.problem.wishes:
        p, d = frame.person[wish.person], frame.day[wish.date]
        at = plan.cells[p][d]
        met = (OFF if at is None else at) == frame.shift[wish.shift]
        if not frame.away[p][d] and met != (wish.weight > 0):
            told = say.wish(frame, frame.people[p], wish)
            yield Term("wish", "wish", 1, abs(wish.weight), (wish.person,), wish.date, told)


def accounts(frame: Frame, plan: Plan) -> dict[str, list[int]]:
    """Everybody's count of each duty, before the period (credits included) and in the plan."""
    done = plans.counts(frame, plan)
    return {m: [n + more for n, more in zip(frame.base[m], done[m], strict=True)] for m in MEASURES}


def _fairness(frame: Frame, plan: Plan) -> Iterator[Term]:
    for measure, counts in accounts(frame, plan).items():
        able = frame.counted[measure]
        if len(able) < 2:
            continue
        low, high = min(counts[p] for p in able), max(counts[p] for p in able)
        who = tuple(frame.people[p].id for p in able if counts[p] == high)
        weight: float = getattr(frame.weights, measure)
        yield Term(measure, "fairness", high - low, weight, who, None, say.spread(measure, low, high))
