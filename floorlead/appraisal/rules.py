"""Scores of a month: daily work at 70 and attendance at 30 of a hundred, and points that double when missed again.

Attendance is a hundred less four for each day with any absence; a score nobody gave is left out, never taken as full.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta

from floorlead.appraisal.records import Point, Sheet, Taken
from floorlead.record import replace

FULL = 100.0
MOST_DOUBLED = 6
"""A sixth doubling already takes more than there is."""


def conduct(taken: Iterable[Taken]) -> float:
    """A hundred less the points that count, never below 0."""
    return max(0.0, FULL - sum(one.point.points for one in taken if one.counts))


def work(parts: Mapping[str, float | None], weights: Mapping[str, float]) -> float:
    """The weighted mean of the parts that were scored; 0 where none was."""
    known = [(weights.get(code, 0.0), score) for code, score in parts.items() if score is not None]
    whole = sum(weight for weight, _score in known)
    return sum(weight * score for weight, score in known) / whole if whole > 0 else 0.0


def total(work_score: float, attendance: float, of_work: float, of_attendance: float) -> float:
    """The month's score, rounded to a tenth: `0.7 x work + 0.3 x attendance` by the usual weights."""
    whole = of_work + of_attendance
    return tenth((of_work * work_score + of_attendance * attendance) / whole) if whole > 0 else 0.0


def tenth(value: float) -> float:
    """Rounded to a tenth, half up."""
    return int(value * 10 + 0.5 + 1e-9) / 10


def mean(values: Sequence[float]) -> float | None:
    """The year's score: the mean of its closed months; None without one."""
    return tenth(sum(values) / len(values)) if values else None


def doubled(
    points: Sequence[Point], works: Callable[[int, date], bool], apart: Collection[tuple[int, str]] = ()
) -> list[Point]:
    """The same miss again on the person's next working day doubles, and again doubles once more; a working day without
    it between two ends the row. `points` are of one kind, for any people; several on one day double alike. `apart` are
    (person, source) of what turned out to be no miss: it never doubles and lets nothing double."""
    made: list[Point] = [one for one in points if (one.person, one.source) in apart]
    last: dict[int, tuple[date, int]] = {}
    misses = [one for one in points if (one.person, one.source) not in apart]
    for one in sorted(misses, key=lambda point: (point.person, point.day, point.source)):
        before = last.get(one.person)
        times = 0
        if before:
            day, so_far = before
            again = day < one.day and not _worked_between(one.person, day, one.day, works)
            times = so_far if day == one.day else so_far + 1 if again else 0
        times = min(times, MOST_DOUBLED)
        last[one.person] = (one.day, times)
        made.append(replace(one, points=one.points * 2**times, times=times))
    return made


def _worked_between(person: int, first: date, last: date, works: Callable[[int, date], bool]) -> bool:
    days = (first + timedelta(days=n) for n in range(1, (last - first).days))
    return any(works(person, day) for day in days)


def streak(owed: Sequence[tuple[date, str]], miss: str) -> list[int]:
    """For days in their order, each with what became of it, how often in a row `miss` came before: 0, 1, 2, ..; 0 for
    what is no miss."""
    made: list[int] = []
    row = 0
    for _day, what in owed:
        made.append(min(row, MOST_DOUBLED) if what == miss else 0)
        row = row + 1 if what == miss else 0
    return made


def same(one: Sheet, other: Sheet) -> bool:
    """Whether two sheets say the same of the points, scores and totals; the names and indicators may differ."""
    return _core(one) == _core(other)


def _core(sheet: Sheet) -> tuple[object, ...]:
    points = sorted((one.point.source, one.point.points, one.counts) for one in sheet.taken)
    return points, dict(sheet.parts), sheet.absent_days, sheet.attendance, sheet.work, sheet.total


def differing(live: Iterable[Sheet], frozen: Iterable[Sheet]) -> frozenset[int]:
    """The people whose sheet is not what was frozen, who came or went included."""
    now, then = ({one.person: one for one in sheets} for sheets in (live, frozen))
    return frozenset(
        who for who in now.keys() | then.keys() if who not in now or who not in then or not same(now[who], then[who])
    )


def weeks(days: Iterable[date], first: date, last: date) -> str:
    """How many of the days lie in each week of a period, `1/0/2/1/0`; weeks begin on Monday."""
    start = first - timedelta(days=first.weekday())
    found = [0] * ((last - start).days // 7 + 1)
    for day in days:
        found[(day - start).days // 7] += 1
    return "/".join(map(str, found))
