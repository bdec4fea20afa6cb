"""How leave is counted: overlaps, days taken, days of absence, and which rules of the house a leave breaks.

Only days on which somebody was to work count; half a day is 0.5 for the balance and one day for the attendance score.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from floorlead.leave.records import BALANCE, CLOSED, DESK, HEADS, SICK, Review, StandIn

if TYPE_CHECKING:
    from floorlead.duty.records import Leave

Works = Callable[[date], bool]
"""Whether the person is to work on a day, whatever leave lies over it."""
NOON = 12 * 60 + 30
"""Where a day's two halves meet."""
HALVES = {"": (0, 2880), "am": (0, NOON), "pm": (NOON, 2880)}
"""The minutes of a whole day, which may run over midnight, and of its two halves."""
LONGEST = 400
"""Days that one leave may span."""


def span(first: date, last: date) -> list[date]:
    """Every day from `first` to `last`."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def inside(leave: Leave, first: date, last: date) -> list[date]:
    """The days of a leave that lie in a period: a month's or a year's own share of it."""
    return span(max(first, leave.first), min(last, leave.last))


def overlap(one: Leave, other: Leave) -> bool:
    """Whether two leaves of a person want the same half day; a morning and an afternoon do not."""
    if one.last < other.first or other.last < one.first:
        return False
    return not one.half or not other.half or one.half == other.half


def overlaps(leave: Leave, others: Iterable[Leave]) -> list[Leave]:
    """The other leaves of the person, granted or asked for, that want a half day which this one wants."""
    return [
        other for other in others
        if other.id != leave.id and other.person == leave.person and other.state in ("asked", "granted") and overlap(leave, other)
    ]  # fmt: skip


def taken(leaves: Iterable[Leave], works: Works, first: date, last: date) -> float:
    """Days that leaves take of a balance from `first` to `last`: half a day is 0.5, a day off costs nothing."""
    return sum(
        (0.5 if leave.half else 1.0)
        for leave in leaves for day in inside(leave, first, last) if works(day)
    )  # fmt: skip


def absence_days(
    leaves: Iterable[Leave], works: Works, first: date, last: date, at_work: Collection[str] = ()
) -> list[date]:
    """The days from `first` to `last` on which somebody was absent by granted leave, for the attendance score.

    Half a day counts as one, two halves of a day as one too (the showroom's monthly score: 100, four points off for
    each day). `at_work` are the kinds that are work elsewhere and no absence.
    """
    found = {
        day
        for leave in leaves if leave.in_force and leave.kind not in at_work
        for day in inside(leave, first, last) if works(day)
    }  # fmt: skip
    return sorted(found)


def attendance_score(days: int) -> int:
    """The monthly attendance score for a number of days with any absence: 100, four off for each, never below 0."""
    return max(0, 100 - 4 * days)


def years(leave: Leave) -> list[int]:
    """The calendar years that a leave touches."""
    return list(range(leave.first.year, leave.last.year + 1))


def broken(review: Review) -> tuple[str, ...]:
    """The rules of the house that granting would break (HEADS, DESK, CLOSED, BALANCE); none where somebody is ill."""
    if review.leave.kind == SICK:
        return ()
    return breaches(review)


def breaches(review: Review) -> tuple[str, ...]:
    """The same whatever the kind: what the box warns of."""
    found = {
        HEADS: any(one.short for one in review.staying),
        DESK: any(one.holds and one.taker is None for one in review.stand_ins),
        CLOSED: bool(review.closed),
        BALANCE: any(
            one.left is not None and cost > one.left and cost > 0
            for one, cost in zip(review.balances, review.costs, strict=True)
        ),
    }
    return tuple(code for code, is_so in found.items() if is_so)


# -- who was chosen in a box, as plain JSON: {"2026-11-24 front_desk 09:00": person's id}


def picks_of(kept: Mapping[str, int]) -> dict[tuple[date, str], int]:
    """Who was chosen to step up, from a box's arguments."""
    return {(date.fromisoformat(key[:10]), key[11:]): int(who) for key, who in kept.items()}


def key_of(one: StandIn) -> str:
    """A slot in a box's arguments."""
    return f"{one.day.isoformat()} {one.slot.code}"


def cycled(one: StandIn, step: int) -> int | None:
    """Who comes after the one chosen now, round and round; None where nobody can."""
    choices, taker = list(one.choices), one.taker
    if not choices:
        return None
    at = choices.index(taker) if taker is not None and taker in choices else -1
    return choices[(at + step) % len(choices)]
