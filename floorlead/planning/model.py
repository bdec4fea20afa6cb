"""The rota as rows: which columns there are, what structure, law, leave, locks and the desk demand of them.

The whole program and its relaxation without the desk's columns are made here; wishes and weights come from `wishing`.
"""

from __future__ import annotations

from datetime import date

from floorlead.planning import deskrows
from floorlead.planning.frame import OFF, Frame
from floorlead.planning.plan import Held, Plan
from floorlead.planning.problem import Id
from floorlead.planning.rota import Fact
from floorlead.planning.rows import INFINITE, Rows
from floorlead.planning.weeks import Week, allowance, rests
from floorlead.record import record

Terms = list[tuple[int, float]]
Key = tuple[str, Id | None, date | None, str | None, str | None]
"""What makes two rows one fact: kind, person, day, slot, shift; a law about a person is one fact for the whole period."""
BY_PERSON = ("max_run", "week_rest", "overtime")


def key(fact: Fact) -> Key:
    """A fact's key."""
    return (fact.kind, fact.person, None if fact.kind in BY_PERSON else fact.date, fact.slot, fact.shift)


@record
class Pins:
    """What is fixed because it is past or outside a repair: cells by (p, d), desk entries by (d, k)."""

    cells: dict[tuple[int, int], int]
    desk: Held
    loose_days: frozenset[int] = frozenset()
    """Days whose desk entries are as `desk` tells, missing ones too."""


NOTHING = Pins({}, {})


class Model:
    """Rows of one problem. `desk` False leaves the desk to necessary conditions, to who holds the last slot and who holds
    any, which is what the shifts depend on most; `named` makes leave and locks rows.
    """

    def __init__(
        self,
        frame: Frame,
        *,
        desk: bool = True,
        named: bool = False,
        pins: Pins = NOTHING,
        only: set[Key] | None = None,
    ) -> None:
        self.frame, self.rows, self.named, self.pins = frame, Rows(), named, pins
        self.only = only
        self.x: list[list[dict[int, int]]] = [
            [self._cell(p, d) for d in range(len(frame.days))] for p in range(len(frame.people))
        ]
        self.held: dict[tuple[int, int, int], int] = {}
        self.second: dict[tuple[int, int, int], int] = {}
        self.some: dict[tuple[int, int], int] = {}
        """Without the desk's columns: how many slots a person holds on a day, whichever they are."""
        self.over: dict[tuple[int, int], int] = {}
        self.trained: dict[tuple[int, Id], int] = {}
        self.out: dict[tuple[int, int], int] = {}
        self.short: list[int] = []
        if named:
            self._bind()
        self._law()
        asked = None if only is None else {told[2] for told in only if told[0] in ("reception", "substitute")}
        for d, day in enumerate(frame.days):
            if frame.open[d] and frame.slots and d not in pins.loose_days and (asked is None or day.date in asked):
                deskrows.slots(self, d, whole=desk)
                if not desk:
                    deskrows.heads(self, d)
        for (d, k), pair in pins.desk.items():
            for who, columns in zip(pair, (self.held, self.second), strict=True):
                if who is not None:
                    columns[who, d, k] = self.rows.column(0, 1, 1)

    # cells

    def _cell(self, p: int, d: int) -> dict[int, int]:
        """A cell's columns by shift; none for a day off that is certain."""
        frame, pinned = self.frame, self.pins.cells.get((p, d))
        if pinned is not None:
            return {} if pinned == OFF else {pinned: self.rows.column(0, 1, 1)}
        if self.named:
            may = [] if frame.away[p][d] or not frame.open[d] else [*range(len(frame.shifts)), OFF]
        else:
            may = frame.may(p, d)
            if not may:
                self.rows.row([], 1, INFINITE, "cell")
        found = {s: self.rows.column() for s in may if s != OFF}
        if found:
            low = 0 if OFF in may else 1
            self.rows.row([(c, 1) for c in found.values()], low, 1, "one shift a day")
        return found

    def works(self, p: int, d: int, shifts: list[int] | None = None) -> Terms:
        """The columns of a cell, those of some shifts only when asked."""
        cell = self.x[p][d]
        return [(c, 1.0) for s, c in cell.items() if shifts is None or s in shifts]

    def _bind(self) -> None:
        """Leave, locks and what is forbidden as rows with facts."""
        frame, row = self.frame, self.add
        for p, d in sorted(frame.leave):
            row(self.works(p, d), 0, 0, "leave", "law", self.fact("leave", p, d))
        for (p, d), locks in sorted(frame.locks.items()):
            for s in locks:
                terms, low, high = (self.works(p, d), 0, 0) if s == OFF else (self.works(p, d, [s]), 1, 1)
                row(terms, low, high, "lock", "house", self.fact("lock", p, d, shift=s))
        for p, d, s in sorted(frame.forbid):
            terms, low, high = (self.works(p, d), 1, 1) if s == OFF else (self.works(p, d, [s]), 0, 0)
            row(terms, low, high, "forbid", "house", self.fact("forbid", p, d, shift=s))

    def fact(
        self, kind: str, p: int | None = None, d: int | None = None, k: int | None = None, shift: int | None = None
    ) -> Fact:
        """The fact of a row: its kind and who, when, which slot or shift it is about."""
        frame = self.frame
        code = None if shift is None else "-" if shift == OFF else frame.shifts[shift].code
        return Fact(
            kind, None if p is None else frame.people[p].id, None if d is None else frame.days[d].date,
            None if k is None else frame.slots[k].code, "", code,
        )  # fmt: skip

    def add(self, terms: Terms, low: float, high: float, reason: str, kind: str, fact: Fact) -> None:
        """A row with a fact, when the fact is among those asked for."""
        if self.only is None or key(fact) in self.only:
            self.rows.row(terms, low, high, reason, kind, fact)

    # law

    def _limit(self, terms: Terms, high: float, reason: str, fact: Fact) -> None:
        """A law's upper bound; what is fixed already may break it, but nothing may be added then."""
        fixed = sum(v for c, v in terms if self.rows.low[c] >= 1) if self.pins.cells else 0.0
        if sum(v for _c, v in terms) > high and (
            free := [t for t in terms if self.rows.low[t[0]] < 1 or not self.pins.cells]
        ):
            bound = high - (fixed if self.pins.cells else 0.0)
            self.add(free, -INFINITE, max(0.0, bound), reason, "law", fact)

    def _law(self) -> None:
        frame = self.frame
        for p, one in enumerate(frame.people):
            if self.only is not None and not any((kind, one.id, None, None, None) in self.only for kind in BY_PERSON):
                continue
            self._runs(p)
            for w, week in enumerate(frame.weeks):
                fact = self.fact("week_rest", p, week.days[0])
                terms = [t for d in week.days for t in self.works(p, d)]
                self._limit(terms, len(week.days) - rests(frame.problem, p, week), "week_rest", fact)
                self._overtime(p, w, week)
            self._month(p)

    def _runs(self, p: int) -> None:
        """At most `max_run` days in a row, the streak before the period counted in."""
        frame, most = self.frame, self.frame.rules.max_run
        streak = min(frame.people[p].streak, most)
        for last in range(len(frame.days)):
            first = last - most
            if first < -streak:
                continue
            terms = [t for d in range(max(0, first), last + 1) for t in self.works(p, d)]
            days = last + 1 - max(0, first)
            if sum(1 for d in range(max(0, first), last + 1) if self.x[p][d]) == days:
                self._limit(terms, days - 1, "max_run", self.fact("max_run", p, last))

    def unit(self) -> int:
        """The greatest number of minutes that divides every shift: hours are counted in it."""
        from math import gcd

        frame = self.frame
        ends = [frame.week_minutes(p) // 5 for p in range(len(frame.people))]
        done = [one.week_done[0] for one in frame.people if one.week_done]
        return (
            gcd(
                *(s.paid for s in frame.shifts),
                *ends,
                *done,
                *(frame.week_minutes(p) for p in range(len(frame.people))),
            )
            or 1
        )

    def minutes(self, p: int, week: Week) -> Terms:
        """The paid minutes of a person's week."""
        return [(c, float(self.frame.shifts[s].paid)) for d in week.days for s, c in self.x[p][d].items()]

    def _overtime(self, p: int, w: int, week: Week) -> None:
        """A column for what exceeds the week's minutes, in minutes; none where nothing can."""
        frame = self.frame
        allowed = allowance(frame.problem, p, week, frame.week_minutes(p))
        most = sum(max((frame.shifts[s].paid for s in self.x[p][d]), default=0) for d in week.days)
        if most > allowed:
            self.over[p, w] = over = self.rows.column(0, 0, float(most - allowed), whole=False)
            self.rows.row([*self.minutes(p, week), (over, -1)], -INFINITE, allowed, "overtime of the week")

    def _month(self, p: int) -> None:
        frame, cap = self.frame, self.frame.rules.overtime_month_minutes
        first = frame.days[0].date.isoformat()[:7]
        for month in dict.fromkeys(week.month for week in frame.weeks):
            weeks = [w for w, week in enumerate(frame.weeks) if week.month == month and (p, w) in self.over]
            left: float = max(0, cap - (frame.people[p].month_overtime if month == first else 0))
            left = max(left, sum(self._fixed_over(p, w) for w in weeks))
            if weeks and sum(self.rows.high[self.over[p, w]] for w in weeks) > left:
                fact = self.fact("overtime", p, frame.weeks[weeks[0]].days[0])
                self.add([(self.over[p, w], 1) for w in weeks], -INFINITE, left, "overtime", "law", fact)

    def _fixed_over(self, p: int, w: int) -> float:
        """Overtime that what is fixed makes by itself."""
        week = self.frame.weeks[w]
        done = sum(v for c, v in self.minutes(p, week) if self.rows.low[c] >= 1) if self.pins.cells else 0.0
        return max(0.0, done - allowance(self.frame.problem, p, week, self.frame.week_minutes(p)))

    def plan(self, values: list[float]) -> Plan:
        """The plan that values tell, with the desk entries that are fixed."""
        frame = self.frame

        def on(column: int) -> bool:
            return values[column] > 0.5

        cells: list[list[int | None]] = [
            [next((s for s, c in cell.items() if on(c)), OFF) for cell in row] for row in self.x
        ]
        desk: Held = dict(self.pins.desk)
        for _p, d, k in (*self.held, *self.second):
            desk.setdefault((d, k), (None, None))
        for (p, d, k), column in self.held.items():
            if on(column):
                desk[d, k] = (p, desk[d, k][1])
        for (p, d, k), column in self.second.items():
            if on(column):
                desk[d, k] = (desk[d, k][0], p)
        trained = {d: group for (d, group), column in self.trained.items() if on(column)}
        out: dict[int, list[int]] = {
            index: [] for index, need in enumerate(frame.problem.outings) if need.date in frame.day
        }
        for (index, p), column in self.out.items():
            if on(column):
                out[index].append(p)
        return Plan(cells, desk, trained, {index: tuple(people) for index, people in out.items()})
