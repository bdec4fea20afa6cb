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
EQUAL = 1e-9
"""Remainders so close together are equal: what is between them comes from the machine's arithmetic."""


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
    """The month so many months later, or earlier; the year stays between 1 and 9999."""
    first = first_of(month)
    number = max(12, min(first.year * 12 + first.month - 1 + by, 9999 * 12 + 11))
    return f"{number // 12:04}-{number % 12 + 1:02}"


def weight(kind: str, day: date, weighing: Weighing) -> float:
    """What a day counts: one set by hand as it is, closed 0, weekend and holiday the peak, a make-up workday less."""
    if day in weighing.own:
        return weighing.own[day]
    by_kind = {"closed": 0.0, "weekend": weighing.weekend, "holiday": weighing.weekend, "makeup": weighing.workday}
    return by_kind.get(kind, 1.0)


def split(total: int, weights: Sequence[float], *, evenly: bool = False) -> list[int]:
    """A whole number in whole parts by weight, by largest remainder; of equal remainders the earlier part gains, or,
    `evenly`, parts that lie evenly among them.

    The parts sum up to `total` unless no weight is above 0: then all are 0.
    """
    whole = sum(weights)
    if total <= 0 or whole <= 0:
        return [0] * len(weights)
    exact = [total * one / whole for one in weights]
    parts = [int(one + 1e-9) for one in exact]
    order = sorted(range(len(weights)), key=lambda n: (parts[n] - exact[n], n))
    order = [n for n in order if weights[n] > 0]
    more = total - sum(parts)
    for n in _spread(order, [exact[n] - parts[n] for n in order], more) if evenly else order[:more]:
        parts[n] += 1
    return parts


def _spread(order: Sequence[int], rests: Sequence[float], more: int) -> list[int]:
    """Whoever gains among parts in the order of their remainders: of the last equal ones those that lie evenly."""
    if not 0 < more < len(order):
        return list(order[:more])
    same = [n for n, rest in zip(order, rests, strict=True) if abs(rest - rests[more - 1]) < EQUAL]
    before = [n for n, rest in zip(order, rests, strict=True) if rest - rests[more - 1] >= EQUAL]
    left = more - len(before)
    return [*before, *(sorted(same)[(2 * n + 1) * len(same) // (2 * left)] for n in range(left))]


def plan(target: int, days: Sequence[TargetDay]) -> list[int]:
    """A month's target as it was split on its first morning, a number for each day.

    Days that weigh the same take turns: whoever gained first would owe the whole of a small target by the 20th.
    """
    return split(target, [one.weight for one in days], evenly=True)


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
    *, given: date | None = None, behind_days: int = 3, goes_on: bool = False,
) -> Figure:  # fmt: skip
    """One measure up to a day; `done` is what each day of the month brought, `given` the day of the last cause.

    While the day `goes_on` it is one of the days left, and what is left is what was missing in the morning.
    """
    before = sum(count for on, count in done.items() if on < day)
    today = done.get(day, 0)
    left = days_left(days, day, goes_on=goes_on)
    if target is None:
        return Figure(measure, None, before + today, today, left=left)
    planned = plan(target, days)
    due = sum(share for one, share in zip(days, planned, strict=True) if one.day <= day)
    shut = not any(one.open for one in days)
    until = sum(share for one, share in zip(days, planned, strict=True) if one.day < day)
    run = behind(planned, days, done, day)
    now = replan(target, days, before, day)[day.day - 1]
    owed = before + today < until and cause_due(run, given, behind_days)
    asked = max(0, target - before - (0 if goes_on else today))
    return Figure(measure, target, before + today, today, now, None if shut else due, left, asked, len(run), owed)


def days_left(days: Sequence[TargetDay], day: date, *, goes_on: bool = False) -> int:
    """The open days after a day, and the day itself while it goes on."""
    return sum(one.open and (one.day > day or (goes_on and one.day == day)) for one in days)


def pace(
    day: date, days: Sequence[TargetDay], targets: Mapping[str, int], done: Mapping[str, Mapping[date, int]],
    *, given: Mapping[str, date] | None = None, behind_days: int = 3, goes_on: bool = False,
) -> Pace:  # fmt: skip
    """The month up to a day, with each measure; `goes_on` while the day still counts among those left."""
    last = given or {}
    figures = {
        measure: figure(measure, targets.get(measure), days, done.get(measure, {}), day,
                        given=last.get(measure), behind_days=behind_days, goes_on=goes_on)
        for measure in MEASURES
    }  # fmt: skip
    left = days_left(days, day, goes_on=goes_on)
    return Pace(day, elapsed(days, day), sum(one.open for one in days), left, figures)


# -- people


def membership(joined: date | None, left: date | None, days: Sequence[TargetDay]) -> float:
    """The part of the month's weight in which somebody belongs to the showroom: who joins or leaves counts in part."""
    whole = sum(one.weight for one in days)
    there = [one for one in days if (joined is None or joined <= one.day) and (left is None or one.day <= left)]
    if not whole:  # a month in which the showroom is shut: its days count alike
        return len(there) / len(days) if days else 0.0
    return sum(one.weight for one in there) / whole


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
