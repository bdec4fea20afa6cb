"""What a good rota is, as rows and costs: heads, outings, training, hours, late-then-early, wishes, fairness.

Every row here can be met by paying, so none of them makes a rota impossible; the costs are those of `scoring`.
"""

from __future__ import annotations

from floorlead.planning.cuts import Span, span_of
from floorlead.planning.frame import OFF
from floorlead.planning.model import Model, Terms
from floorlead.planning.problem import MEASURES
from floorlead.planning.rows import INFINITE
from floorlead.planning.scoring import long_minutes, owed, training_days, turns
from floorlead.planning.sharing import DESK


def add(model: Model, *, desk: bool = True) -> None:
    """All soft terms; without `desk` those of the desk count as their least possible cost."""
    demand(model)
    _outings(model, desk)
    _training(model, desk)
    _hours(model)
    _late_early(model)
    _wishes(model)
    for measure in MEASURES:
        _fairness(model, measure, desk or measure != "substitute")


def demand(model: Model) -> None:
    """Heads missing on the floor, at the worst moment of each demand."""
    frame, rows = model.frame, model.rows
    for need in frame.problem.demand:
        d = frame.day[need.date]
        if not frame.open[d] or not need.heads:
            continue
        missing = rows.column(frame.weights.demand, 0, need.heads)
        model.short.append(missing)
        for start, end in frame.stretches(need.start, need.end):
            on = frame.spanning(start, end)
            terms: Terms = [(missing, 1.0)]
            for p in range(len(frame.people)):
                if not frame.half_off(p, d, start, end):
                    terms += model.works(p, d, on)
            rows.row(terms, need.heads, INFINITE, "demand", "wish")


def _outings(model: Model, desk: bool) -> None:
    frame, rows = model.frame, model.rows
    for index, need in enumerate(frame.problem.outings):
        d = frame.day.get(need.date, -1)
        if d < 0 or not frame.open[d]:
            continue
        on = frame.spanning(need.start, need.end)
        touched = [k for k, slot in enumerate(frame.slots) if slot.start < need.end and need.start < slot.end]
        for p, one in enumerate(frame.people):
            terms = model.works(p, d, on)
            if one.outing and terms and not frame.half_off(p, d, need.start, need.end):
                model.out[index, p] = go = rows.column()
                for k in touched:
                    mine = [(c[p, d, k], 1.0) for c in (model.held, model.second) if (p, d, k) in c]
                    if mine:
                        wider = sorted({*on, *frame.covering[k]})
                        rows.row(
                            [(go, 1.0), *mine, *((c, -1.0) for c, _v in model.works(p, d, wider))],
                            -INFINITE,
                            0,
                            "out",
                            "house",
                        )
                rows.row([(go, 1.0), *((c, -1.0) for c, _v in terms)], -INFINITE, 0, "out", "house")
        _apart(model, index, d)
        going = [(c, 1.0) for (i, _p), c in model.out.items() if i == index]
        rows.row([*going], -INFINITE, need.heads, "outing heads")
        rows.row(
            [*going, (rows.column(frame.weights.outing, 0, need.heads), 1.0)], need.heads, INFINITE, "outing", "wish"
        )
        if not desk:
            _left_behind(model, index, d, on, touched)


def _apart(model: Model, index: int, d: int) -> None:
    """Nobody goes on two outings at a time."""
    frame, need = model.frame, model.frame.problem.outings[index]
    for other, one in enumerate(frame.problem.outings[:index]):
        if one.date == need.date and one.start < need.end and need.start < one.end:
            for p in range(len(frame.people)):
                if (index, p) in model.out and (other, p) in model.out:
                    model.rows.row([(model.out[index, p], 1.0), (model.out[other, p], 1.0)], -INFINITE, 1, "out twice")


def _left_behind(model: Model, index: int, d: int, on: list[int], touched: list[int]) -> None:
    """While some are out, two who can serve remain for every slot."""
    frame = model.frame
    for k in touched:
        if set(on) <= set(frame.covering[k]):
            serving = [p for p in range(len(frame.people)) if frame.can_serve(p, d, k)]
            terms = [t for p in serving for t in model.works(p, d, frame.covering[k])]
            terms += [(model.out[index, p], -1.0) for p in serving if (index, p) in model.out]
            model.rows.row(terms, 2, INFINITE, "heads beside the outing")


def _training(model: Model, desk: bool) -> None:
    frame, rows, weights = model.frame, model.rows, model.frame.weights
    days, groups = training_days(frame), turns(frame)
    for d in days:
        skipped = rows.column(weights.training)
        for group in groups:
            members = frame.members(group, d)
            if not members:
                continue
            model.trained[d, group] = chosen = rows.column()
            present = []
            for p in members:
                absent = rows.column(weights.attendance)
                present += (work := model.works(p, d))
                rows.row([(absent, 1.0), *work, (chosen, -1.0)], 0, INFINITE, "attendance", "wish")
            rows.row([*present, (chosen, -1.0)], 0, INFINITE, "somebody to train")
            _kept_off(model, d, chosen, members, desk)
        rows.row(
            [(c, 1.0) for (e, _g), c in model.trained.items() if e == d] + [(skipped, 1.0)], 1, 1, "training", "wish"
        )
    if len(groups) > 1 and days:
        span = span_of(list(groups.values()), [len(days)] * len(groups), len(days), len(days))
        counts = [[(c, 1.0) for (_d, g), c in model.trained.items() if g == group] for group in groups]
        # a training that nobody gets lowers the total, and is dearer than what it could save
        _range(model, weights.turns, list(groups.values()), counts, Span(0, span.low, 0), None)


def _kept_off(model: Model, d: int, chosen: int, members: list[int], desk: bool) -> None:
    """The trained group neither holds nor substitutes the first slot."""
    frame, rows = model.frame, model.rows
    for k in frame.first_slots:
        if desk:
            for columns in (model.held, model.second):
                rows.row(
                    [(chosen, 1.0), *((columns[p, d, k], 1.0) for p in members if (p, d, k) in columns)],
                    -INFINITE,
                    1,
                    "kept off",
                )
            continue
        others = [p for p in range(len(frame.people)) if p not in members and frame.can_serve(p, d, k)]
        rows.row(
            [(chosen, -2.0), *(t for p in others for t in model.works(p, d, frame.covering[k]))],
            0,
            INFINITE,
            "others first",
        )


def _hours(model: Model) -> None:
    """Overtime and what is missing to the week's hours, both by the hour."""
    frame, rows, weights = model.frame, model.rows, model.frame.weights
    for column in model.over.values():
        rows.cost[column] = weights.overtime / 60
    for p in range(len(frame.people)):
        for cell in model.x[p]:
            for s, c in cell.items():
                rows.cost[c] += weights.long_day * long_minutes(frame, s) / 60
        for week in frame.weeks:
            if (due := owed(frame, p, week)) > 0 and weights.undertime:
                under = rows.column(weights.undertime / 60, 0, due, whole=False)
                rows.row([*model.minutes(p, week), (under, 1.0)], due, INFINITE, "undertime", "wish")


def _late_early(model: Model) -> None:
    frame, rows = model.frame, model.rows
    for p, one in enumerate(frame.people):
        before = frame.shift.get(one.last_shift or "", OFF)
        if before != OFF:
            for c, _v in model.works(p, 0, frame.too_soon[before]):
                rows.cost[c] += frame.weights.late_early
        for d in range(1, len(frame.days)):
            _pair(model, p, d)


def _pair(model: Model, p: int, d: int) -> None:
    """One cost for a day that begins too soon after the day before; one row for each end of a shift."""
    frame, rows = model.frame, model.rows
    follow = None
    for end in sorted({shift.end for shift in frame.shifts}):
        late = [s for s, shift in enumerate(frame.shifts) if shift.end >= end]
        soon = sorted(set.intersection(*(set(frame.too_soon[s]) for s in late)))
        first, then = model.works(p, d - 1, late), model.works(p, d, soon)
        if first and then:
            follow = rows.column(frame.weights.late_early) if follow is None else follow
            rows.row([*first, *then, (follow, -1.0)], -INFINITE, 1, "late_early", "wish")


def _wishes(model: Model) -> None:
    frame, rows = model.frame, model.rows
    for wish in frame.problem.wishes:
        p, d = frame.person[wish.person], frame.day[wish.date]
        if frame.away[p][d]:
            continue
        s = frame.shift[wish.shift]
        met = [(c, -1.0) for c, _v in model.works(p, d)] if s == OFF else model.works(p, d, [s])
        rows.constant += (wish.weight if s != OFF else 0.0) if wish.weight > 0 else (-wish.weight if s == OFF else 0.0)
        for c, v in met:
            rows.cost[c] -= v * wish.weight


def _fairness(model: Model, measure: str, built: bool) -> None:
    """A range over everybody who is compared, with what no sharing can undercut."""
    frame, rows = model.frame, model.rows
    able, weight = frame.counted[measure], float(getattr(frame.weights, measure))
    if len(able) < 2:
        return
    base, days = [frame.base[measure][p] for p in able], range(len(frame.days))
    span, duties = least(model, measure), frame.duties(measure)
    if not built:
        rows.constant += weight * span.range
        return
    counts = [_duties(model, measure, p, days) for p in able]
    _range(model, weight, base, counts, span, duties if not model.pins.loose_days else None)


def _duties(model: Model, measure: str, p: int, days: range) -> Terms:
    """The columns that count as a person's duties."""
    frame = model.frame
    if measure == "weekend":
        return [t for d in days if frame.heavy[d] for t in model.works(p, d)]
    if measure == "late":
        late = [s for s, is_late in enumerate(frame.late) if is_late]
        return [t for d in days for t in model.works(p, d, late)]
    columns = model.second if measure == "substitute" else model.held
    if measure == "desk" and model.some:
        days_fixed = sorted(model.pins.loose_days)
        some = [(c, 1.0) for (q, _d), c in model.some.items() if q == p]
        return some + [
            (columns[p, d, k], 1.0) for d in days_fixed for k in frame.slots_of(measure) if (p, d, k) in columns
        ]
    return [(columns[p, d, k], 1.0) for d in days for k in frame.slots_of(measure) if (p, d, k) in columns]


def least(model: Model, measure: str) -> Span:
    """What sharing can reach at best: everybody's room, and the totals between which the duties lie."""
    frame, days = model.frame, range(len(model.frame.days))
    able, rules = frame.counted[measure], model.frame.rules

    def room(p: int) -> int:
        if measure == "weekend":
            return sum(1 for d in days if frame.heavy[d] and model.x[p][d])
        if measure == "late":
            return sum(1 for d in days if any(frame.late[s] for s in model.x[p][d]))
        kinds = frame.slots_of(measure)
        served = [
            sum(1 for k in kinds if frame.can_serve(p, d, k) and bool(model.works(p, d, frame.covering[k])))
            for d in days
        ]
        return sum(min(n, rules.substitutions_a_day if measure == "substitute" else rules.held_a_day) for n in served)

    rooms = [room(p) for p in able]
    total = frame.duties(measure)
    if measure in DESK and not model.pins.loose_days:
        return span_of([frame.base[measure][p] for p in able], rooms, total, total)
    return span_of([frame.base[measure][p] for p in able], rooms, 0, sum(rooms))


def _range(model: Model, weight: float, base: list[int], counts: list[Terms], span: Span, total: int | None) -> None:
    """Lowest count and range as columns; the range costs. With a known total both are held between its averages."""
    rows, most = model.rows, max(b + len(c) for b, c in zip(base, counts, strict=True))
    low = rows.column(0, 0, span.low)
    wide = rows.column(weight, span.range, most)
    for before, terms in zip(base, counts, strict=True):
        rows.row([*terms, (low, -1.0)], -before, INFINITE, "fairness", "wish")
        rows.row([*terms, (low, -1.0), (wide, -1.0)], -INFINITE, -before, "fairness", "wish")
    rows.row([(low, 1.0), (wide, 1.0)], span.high, INFINITE, "fairness cut")
    if total is not None and total:
        whole = total + sum(base)
        rows.row([(low, float(len(base)))], -INFINITE, whole, "fairness cut")
        rows.row([(low, float(len(base))), (wide, float(len(base)))], whole, INFINITE, "fairness cut")
