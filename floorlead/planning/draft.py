"""A first rota in hundredths of a second, least loaded first: start point, preview, and what remains without a solver.

It keeps leave, locks, runs and the days of rest; where the desk finds nobody the entry stays empty, and `check` says so.
"""

from __future__ import annotations

from floorlead.planning import plan as plans
from floorlead.planning.frame import OFF, Frame
from floorlead.planning.honest import judged
from floorlead.planning.plan import Plan
from floorlead.planning.problem import Problem
from floorlead.planning.rota import FEASIBLE, Rota
from floorlead.planning.scoring import ledger, total, training_days, turns
from floorlead.planning.weeks import allowance, rests
from floorlead.record import replace


def draft(problem: Problem) -> Rota:
    """A whole rota without the solver, with its ledger; `unknown` where it breaks a rule."""
    frame = Frame(problem)
    made = drafted(frame)
    terms = ledger(frame, made)
    rota = replace(plans.to_rota(frame, made, FEASIBLE), ledger=terms, objective=total(terms))
    return judged(frame, made, rota)


def drafted(frame: Frame) -> Plan:
    """The draft in positions."""
    plan = plans.empty(frame)
    hand = _Hand(frame, plan)
    for d in range(len(frame.days)):
        hand.day(d)
    _train(frame, plan)
    desk(frame, plan)
    _send_out(frame, plan)
    return plan


class _Hand:
    """Gives out shifts day by day: first whom a lock binds, then those who still owe most hours."""

    def __init__(self, frame: Frame, plan: Plan) -> None:
        self.frame, self.plan = frame, plan
        self.run = [one.streak for one in frame.people]
        self.week = {d: week for week in frame.weeks for d in week.days}
        self.late = list(frame.base["late"])
        self.weekend = list(frame.base["weekend"])
        self.wish = {
            (frame.person[w.person], frame.day[w.date]): frame.shift[w.shift]
            for w in frame.problem.wishes
            if w.weight > 0
        }

    def day(self, d: int) -> None:
        """Plan one day."""
        frame, people = self.frame, range(len(self.frame.people))
        may = [frame.may(p, d) or [OFF] for p in people]
        wanted = self._wanted(d)
        bound = [p for p in people if OFF not in may[p]]
        free = [p for p in people if OFF in may[p] and len(may[p]) > 1 and self._free(p, d)]
        due = {p: self._due(p, d) for p in people}
        free.sort(key=lambda p: (self.wish.get((p, d)) == OFF, -due[p], self._load(p, d), p))
        target = max(self._heads(d), self._share(d))
        chosen = [*bound, *(p for p in free if due[p] > 0), *(p for p in free if due[p] <= 0)][
            : max(len(bound), target)
        ]
        for p in people:
            self.plan.cells[p][d] = OFF
        for p in sorted(chosen, key=lambda p: self.late[p]):
            self._give(p, d, [s for s in may[p] if s != OFF], wanted)
        for p in people:
            self.run[p] = self.run[p] + 1 if plans.works(self.plan, p, d) else 0

    def _free(self, p: int, d: int) -> bool:
        frame, week = self.frame, self.week[d]
        worked = sum(plans.works(self.plan, p, e) for e in week.days if e < d)
        return self.run[p] < frame.rules.max_run and worked < len(week.days) - rests(frame.problem, p, week)

    def _days_left(self, p: int, d: int) -> tuple[int, int]:
        """Ordinary days that a person still has to work in this week, and those on which it is possible."""
        frame, week = self.frame, self.week[d]
        left = allowance(frame.problem, p, week, frame.week_minutes(p)) - plans.minutes(frame, self.plan, p, week.days)
        possible = sum(1 for e in week.days if e >= d and len(frame.may(p, e)) > 1)
        return min(possible, max(0, left) // max(1, frame.week_minutes(p) // 5)), possible

    def _due(self, p: int, d: int) -> float:
        """How urgent it is that a person works: ordinary days left, by days on which that is possible."""
        left, possible = self._days_left(p, d)
        return left / possible if possible else 0.0

    def _share(self, d: int) -> int:
        """The part of the week's work that falls on this day, by the heads that its days want."""
        left = sum(self._days_left(p, d)[0] for p in range(len(self.frame.people)))
        heads = [self._heads(e) for e in self.week[d].days if e >= d]
        return round(left * heads[0] / sum(heads)) if sum(heads) else 0

    def _load(self, p: int, d: int) -> int:
        return self.weekend[p] if self.frame.heavy[d] else 0

    def _heads(self, d: int) -> int:
        frame = self.frame
        desk = max(len(frame.slots), 2) if frame.slots and frame.open[d] else 0
        return max([desk, *(n.heads for n in frame.problem.demand if frame.day[n.date] == d)], default=0)

    def _wanted(self, d: int) -> list[list[int]]:
        """Stretches of the day with the heads still wanted: [start, end, heads]."""
        frame = self.frame
        found = [
            [a, b, n.heads]
            for n in frame.problem.demand
            if frame.day[n.date] == d
            for a, b in frame.stretches(n.start, n.end)
        ]
        return found + ([[slot.start, slot.end, 3] for slot in frame.slots] if frame.open[d] else [])

    def _give(self, p: int, d: int, may: list[int], wanted: list[list[int]]) -> None:
        frame = self.frame
        if not may:
            return
        before = self.plan.cells[p][d - 1] if d else frame.shift.get(frame.people[p].last_shift or "", OFF)
        soon = frame.too_soon[before] if before not in (None, OFF) else []

        evening = any(n > 0 and b == max(one.end for one in frame.shifts) for _a, b, n in wanted)

        def merit(s: int) -> tuple[float, bool]:
            shift = frame.shifts[s]
            use = sum(min(1, n) for a, b, n in wanted if n > 0 and shift.start <= a and b <= shift.end)
            wish = 2 if self.wish.get((p, d)) == s else 0
            long = max(0, shift.paid - frame.week_minutes(p) // 5) / 60
            # the least late come first and take the late shift as long as one is wanted
            return use + wish - 1.5 * long - (1 if s in soon else 0), frame.late[s] == evening

        best = max(may, key=merit)
        self.plan.cells[p][d] = best
        self.late[p] += frame.late[best]
        self.weekend[p] += frame.heavy[d]
        for one in wanted:
            if frame.shifts[best].start <= one[0] and one[1] <= frame.shifts[best].end:
                one[2] -= 1


def _send_out(frame: Frame, plan: Plan) -> None:
    """For each outing those on duty whom the desk does not need then."""
    gone: dict[int, set[int]] = {}
    for index, need in enumerate(frame.problem.outings):
        d = frame.day.get(need.date)
        if d is None or not frame.open[d]:
            continue
        touched = [k for k, slot in enumerate(frame.slots) if slot.start < need.end and need.start < slot.end]
        busy = {who for k in touched for who in plan.desk.get((d, k), ())} | gone.get(d, set())
        on = frame.spanning(need.start, need.end)
        able = [
            p for p, one in enumerate(frame.people)
            if one.outing and p not in busy and plan.cells[p][d] in on and not frame.half_off(p, d, need.start, need.end)
        ]  # fmt: skip
        plan.out[index] = tuple(able[: need.heads])
        gone.setdefault(d, set()).update(plan.out[index])


def _train(frame: Frame, plan: Plan) -> None:
    """On each training day the group that had fewest trainings, then the one with most people at work."""
    had = turns(frame)
    for d in training_days(frame):
        present = {g: sum(plans.works(plan, p, d) for p in frame.members(g, d)) for g in had}
        able = [group for group in had if present[group] and _others(frame, plan, group, d)]
        if able:
            group = min(able, key=lambda g: (had[g], -present[g]))
            plan.trained[d] = group
            had[group] += 1


def _others(frame: Frame, plan: Plan, group: object, d: int) -> bool:
    """Whether the first slot finds two people outside the group."""
    for k in frame.first_slots:
        on = frame.covering[k]
        found = [
            p for p, one in enumerate(frame.people)
            if one.group != group and plan.cells[p][d] in on and frame.can_serve(p, d, k)
        ]  # fmt: skip
        if len(found) < 2:
            return False
    return True


def desk(frame: Frame, plan: Plan) -> None:
    """Fill every slot of every open day: the scarcest slot first, the least loaded person, then the substitutes."""
    held = [list(frame.base[m]) for m in ("desk", "substitute", "evening_desk")]
    for d in (d for d, is_open in enumerate(frame.open) if is_open):
        able = {k: _able(frame, plan, d, k) for k in range(len(frame.slots))}
        order = sorted(able, key=lambda k: len(able[k]))
        holder: dict[int, int] = {}
        for k in order:
            found = [p for p in able[k] if list(holder.values()).count(p) < frame.rules.held_a_day]
            found = [p for p in found if all(holder.get(j) != p for j in frame.overlap[k])]
            if found:
                last = k == frame.last_slot
                holder[k] = best = min(found, key=lambda p: (held[2][p] if last else 0, held[0][p], p))
                held[0][best] += 1
                held[2][best] += last
        second = _seconds(frame, order, able, holder, held[1])
        for k in order:
            plan.desk[d, k] = (holder.get(k), second.get(k))


def _able(frame: Frame, plan: Plan, d: int, k: int) -> list[int]:
    on, group = frame.covering[k], plan.trained.get(d) if k in frame.first_slots else None
    return [
        p for p, one in enumerate(frame.people)
        if plan.cells[p][d] in on and frame.can_serve(p, d, k) and (group is None or one.group != group)
    ]  # fmt: skip


def _seconds(
    frame: Frame, order: list[int], able: dict[int, list[int]], holder: dict[int, int], load: list[int]
) -> dict[int, int]:
    second: dict[int, int] = {}
    for k in order:
        busy = {holder.get(k)} | {taken.get(j) for j in frame.overlap[k] for taken in (holder, second)}
        found = [
            p for p in able[k]
            if p not in busy and list(second.values()).count(p) < frame.rules.substitutions_a_day
        ]  # fmt: skip
        if found:
            second[k] = min(found, key=lambda p: (load[p], p))
            load[second[k]] += 1
    return second
