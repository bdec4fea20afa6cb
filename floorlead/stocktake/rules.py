"""When a stock-take is due, and what a typed end of a VIN means.

Source: at least twice a month, from the list to the car and from the car to the list, every place where cars stand.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from datetime import date, timedelta

LEAST, MOST = 4, 17
"""Characters of a VIN's end that name a car."""
MONTH = 30
"""Days that the parts of a month are measured on; the last part takes what is left of it."""


def part_of(day: date, times: int) -> tuple[date, date]:
    """The first and last day of the part of the month that a day lies in, the month cut into `times` (1-28) parts: with
    two of them the 1st to the 15th, and the 16th to the end."""
    starts = [1 + MONTH * n // times for n in range(times)]
    first = max(start for start in starts if start <= day.day)
    later = [start for start in starts if start > first]
    after = day.replace(day=1) + timedelta(days=31)
    last = (day.replace(day=min(later)) if later and min(later) <= _length(day) else after.replace(day=1)) - timedelta(
        1
    )
    return day.replace(day=first), last


def _length(day: date) -> int:
    after = day.replace(day=1) + timedelta(days=31)
    return (after.replace(day=1) - timedelta(days=1)).day


def due(day: date, closed: Collection[date], times: int) -> date | None:
    """The day by which a stock-take is still to be done: the last of this part of the month, None when one was closed
    in it already. `times` is how many a month; 0 asks for none."""
    if times < 1:
        return None
    first, last = part_of(day, min(times, 28))
    return None if any(first <= one <= day for one in closed) else last


def tail_of(typed: str) -> str:
    """What was typed as the end of a VIN: full-width letters folded, upper case, blanks and hyphens left out."""
    plain = unicodedata.normalize("NFKC", typed)
    kept = "".join(char for char in plain if unicodedata.category(char) != "Cf")
    return "".join(kept.upper().split()).replace("-", "")


def enough(tail: str) -> bool:
    """Whether what was typed is long enough to name a car: 4 to 17 letters and digits."""
    return LEAST <= len(tail) <= MOST and tail.isascii() and tail.isalnum()


def fitting(tail: str, vins: Iterable[tuple[int, str]]) -> list[int]:
    """The ids of the cars whose VIN ends so."""
    return [ident for ident, vin in vins if vin.endswith(tail)]
