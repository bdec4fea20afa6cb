"""How a month's target becomes days and people: by weight, in whole numbers whose sum is the target, never below 0.

What is left is split again every morning over the days that are left, so that a good or a bad day is spread out.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from floorlead.targets.records import CAUSES, MEASURES, Counts, Figure, Pace, Share, TargetDay, WeekPlan, Weighing
from floorlead.words import _, both

_DAY = timedelta(days=1)


def month_of(day: date) -> str:
    """The month a day lies in, `2026-11`."""
    return day.isoformat()[:7]


def first_of(month: str) -> date:
    """The first day of a month `2026-11`. Raises ValueError when it is none."""
    return date.fromisoformat(f"{month}-01")


def last_of(month: str) -> date:
    """The last day of a month; 29 February in a leap year."""
    first = first_of(month)
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def days_of(month: str) -> list[date]:
    """Every day of a month."""
    first = first_of(month)
    return [first + timedelta(days=n) for n in range(last_of(month).day)]


def moved(month: str, by: int) -> str:
    """The month so many months later, or earlier."""
    first = first_of(month)
    number = first.year * 12 + first.month - 1 + by
    return f"{number // 12:04}-{number % 12 + 1:02}"


def weight(kind: str, day: date, weighing: Weighing) -> float:
    """What a day counts: one set by hand as it is, closed 0, weekend and holiday the peak, a make-up workday less."""
    if day in weighing.own:
        return weighing.own[day]
    by_kind = {"closed": 0.0, "weekend": weighing.weekend, "holiday": weighing.weekend, "makeup": weighing.workday}
    return by_kind.get(kind, 1.0)


def split(total: int, weights: Sequence[float]) -> list[int]:
    """A whole number in whole parts by weight, by largest remainder; of equal remainders the earlier part gains.

    The parts sum up to `total` unless no weight is above 0: then all are 0.
    """
    whole = sum(weights)
    if total <= 0 or whole <= 0:
        return [0] * len(weights)
    exact = [total * one / whole for one in weights]
    parts = [int(one + 1e-9) for one in exact]
    order = sorted(range(len(weights)), key=lambda n: (parts[n] - exact[n], n))
    order = [n for n in order if weights[n] > 0]
    for n in order[: total - sum(parts)]:
        parts[n] += 1
    return parts


def plan(target: int, days: Sequence[TargetDay]) -> list[int]:
    """A month's target as it was split on its first morning, a number for each day."""
    return split(target, [one.weight for one in days])


def replan(target: int, days: Sequence[TargetDay], done: int, day: date) -> list[int]:
    """What the days from `day` on are to bring when `done` was there the evening before; 0 for the days before."""
    rest = [one.weight if one.day >= day else 0.0 for one in days]
    return split(max(0, target - done), rest)


def elapsed(days: Sequence[TargetDay], day: date) -> float:
    """The part of the month's weight that is over on the evening of a day; 1 where no day is open."""
    whole = sum(one.weight for one in days)
    return sum(one.weight for one in days if one.day <= day) / whole if whole else 1.0


def behind(planned: Sequence[int], days: Sequence[TargetDay], done: Mapping[date, int], day: date) -> list[date]:
    """The open days in a row before `day`, the last ones, on whose evening less was there than planned for each day."""
    found: list[date] = []
    wanted = actual = 0
    for one, share in zip(days, planned, strict=True):
        if one.day >= day:
            break
        wanted, actual = wanted + share, actual + done.get(one.day, 0)
        if one.open:
            found = [*found, one.day] if actual < wanted else []
    return found


def cause_due(run: Sequence[date], given: date | None, days: int) -> bool:
    """Whether a cause is owed: behind for `days` open days in a row, and as many since the last cause was given."""
    return days > 0 and len([one for one in run if given is None or one >= given]) >= days


def figure(
    measure: str, target: int | None, days: Sequence[TargetDay], done: Mapping[date, int], day: date,
    *, given: date | None = None, behind_days: int = 3,
) -> Figure:  # fmt: skip
    """One measure up to a day; `done` is what each day of the month brought, `given` the day of the last cause."""
    before = sum(count for on, count in done.items() if on < day)
    today = done.get(day, 0)
    left = sum(one.open and one.day > day for one in days)
    if target is None:
        return Figure(measure, None, before + today, today, left=left)
    planned = plan(target, days)
    due = sum(share for one, share in zip(days, planned, strict=True) if one.day <= day)
    until = sum(share for one, share in zip(days, planned, strict=True) if one.day < day)
    run = behind(planned, days, done, day)
    now = replan(target, days, before, day)[day.day - 1]
    owed = before + today < until and cause_due(run, given, behind_days)
    return Figure(measure, target, before + today, today, now, due, left, len(run), owed)


def pace(
    day: date, days: Sequence[TargetDay], targets: Mapping[str, int], done: Mapping[str, Mapping[date, int]],
    *, given: Mapping[str, date] | None = None, behind_days: int = 3,
) -> Pace:  # fmt: skip
    """The month up to a day, with each measure."""
    last = given or {}
    figures = {
        measure: figure(measure, targets.get(measure), days, done.get(measure, {}), day,
                        given=last.get(measure), behind_days=behind_days)
        for measure in MEASURES
    }  # fmt: skip
    left = sum(one.open and one.day > day for one in days)
    return Pace(day, elapsed(days, day), sum(one.open for one in days), left, figures)


# -- people


def membership(joined: date | None, left: date | None, days: Sequence[TargetDay]) -> float:
    """The part of the month's weight in which somebody belongs to the showroom: who joins or leaves counts in part."""
    whole = sum(one.weight for one in days)
    there = sum(
        one.weight for one in days if (joined is None or joined <= one.day) and (left is None or one.day <= left)
    )
    return there / whole if whole else 0.0


def to_people(total: int, shares: Iterable[Share]) -> dict[int, int]:
    """A target by person, by share and by the time the person is there; nobody at all gives nothing."""
    some = list(shares)
    parts = split(total, [one.weight for one in some])
    return {one.person: part for one, part in zip(some, parts, strict=True)}


def today_by_person(
    total: int, shares: Sequence[Share], done: Mapping[int, int], here: Iterable[int], month: int, turn: int = 0
) -> dict[int, int]:
    """A day's target by person, for those who are here, by what each still has to bring in the month.

    `done` is what each brought until the evening before; where nobody owes anything any more the shares decide. Where
    two owe the same, another one is asked first on each `turn` (the day of the month).
    """
    there = set(here)
    mine = to_people(month, shares)
    some = [one for one in shares if one.person in there and one.weight > 0]
    start = turn % len(some) if some else 0
    some = [*some[start:], *some[:start]]
    owed = [float(max(0, mine[one.person] - done.get(one.person, 0))) for one in some]
    weights = owed if sum(owed) else [one.weight for one in some]
    return {one.person: part for one, part in zip(some, split(total, weights), strict=True)}


# -- weeks


def weeks(
    days: Sequence[TargetDay], planned: Sequence[Mapping[str, int]], actual: Sequence[Mapping[str, int]]
) -> list[WeekPlan]:
    """The month's days by calendar week, Monday first; the first and the last week may be short."""
    found: dict[date, list[int]] = {}
    for n, one in enumerate(days):
        found.setdefault(one.day - one.day.weekday() * _DAY, []).append(n)
    return [
        WeekPlan(days[part[0]].day, days[part[-1]].day, sum(days[n].weight for n in part),
                 _sums([planned[n] for n in part]), _sums([actual[n] for n in part]))
        for part in found.values()
    ]  # fmt: skip


def _sums(some: Sequence[Mapping[str, int]]) -> dict[str, int]:
    return {measure: sum(one.get(measure, 0) for one in some) for measure in MEASURES}


def team(counts: Counts, measure: str) -> int:
    """What everybody together did, those without a name too."""
    return sum(counts.get(measure, {}).values())


# -- causes


def cause_words(cause: str) -> str:
    """A cause in the language spoken now: one of those on digits, else as it was typed."""
    return _(cause) if cause in CAUSES else cause


def cause_both(cause: str) -> dict[str, str]:
    """A cause in both languages."""
    return both(cause) if cause in CAUSES else {"zh": cause, "en": cause}
