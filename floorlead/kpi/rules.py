"""How counts become a figure: sums over sums, always with the counts beside them, and which definition is in force."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date

from floorlead.kpi.records import PERCENT, Choice, Counts, Definition, Kpi, Month, Parts, Rate

BAR = 30
"""Cells of the longest bar of a trend."""


def rate(n: int, d: int, unit: str = PERCENT) -> Rate:
    """A numerator over a denominator, shown `n/d (p%)`, `–` at a denominator of 0."""
    return Rate(n, d, unit)


def total(parts: Parts, counts: Counts) -> int:
    """The signed sum of named counts; one that was not counted is 0."""
    return sum(sign * counts.get(name, 0) for sign, name in parts)


def figure(kpi: Kpi, code: str, counts: Counts) -> Rate:
    """A figure under one of its definitions."""
    one: Definition = kpi.definition(code)
    return Rate(total(one.n, counts), total(one.d, counts), kpi.unit)


def in_force(kpi: Kpi, choices: Iterable[Choice], day: date) -> str:
    """The code of the definition that counts on a day: the last one chosen since, else the usual one."""
    mine = [one for one in choices if one.kpi == kpi.code and one.since <= day]
    chosen = max(mine, key=lambda one: one.since).definition if mine else kpi.usual
    return kpi.definition(chosen).code


def changed(kpi: Kpi, choices: Iterable[Choice], first: date, last: date) -> tuple[Choice, ...]:
    """The definitions that counted earlier in a period than the one at its end, each with the day it began (the
    period's first at the earliest), oldest first; empty where one counted throughout."""
    known = [one for one in choices if one.kpi == kpi.code]
    days = sorted({first, *(one.since for one in known if first < one.since <= last)})
    codes = [(day, in_force(kpi, known, day)) for day in days]
    end = codes[-1][1]
    found: list[Choice] = []
    for day, code in codes:
        if code != end and code not in {one.definition for one in found}:
            found.append(Choice(kpi.code, code, day))
    return tuple(found)


def month_of(day: date) -> str:
    """The month a day lies in, `2026-11`."""
    return day.isoformat()[:7]


def first_of(month: str) -> date:
    """The first day of a month `2026-11`. Raises ValueError when it is none."""
    return date.fromisoformat(f"{month}-01")


def last_of(month: str) -> date:
    """The last day of a month."""
    first = first_of(month)
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def moved(month: str, by: int) -> str:
    """The month so many months later, or earlier; the year stays between 1 and 9999."""
    first = first_of(month)
    number = max(12, min(first.year * 12 + first.month - 1 + by, 9999 * 12 + 11))
    return f"{number // 12:04}-{number % 12 + 1:02}"


def months_to(month: str, count: int) -> list[str]:
    """So many months up to one, the oldest first."""
    return [moved(month, step) for step in range(1 - count, 1)]


def bar(value: float | None, longest: float) -> str:
    """A bar of `#`, as long as the value is of the longest; one cell where there is anything at all."""
    if not value or longest <= 0 or value < 0:
        return ""
    return "#" * max(1, min(BAR, round(BAR * value / longest)))


def reached(value: Rate, target: int | None) -> bool | None:
    """Whether a figure in percent (or yuan) is at its target; None without either."""
    if target is None or value.value is None:
        return None
    return value.value * (100 if value.unit == PERCENT else 1) >= target


def mark(kpi: Kpi, code: str, month: Month) -> str:
    """`~` behind a figure whose month-start count was worked out, not frozen."""
    return "~" if month.computed.intersection(kpi.definition(code).names) else ""
