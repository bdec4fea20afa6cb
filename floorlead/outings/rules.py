"""When an outing's papers are due, what a roadshow should be like, and who goes next: whoever went least.

The activity plan is due by the 15th of the month before, the review within five days after the end; a roadshow visits
each town once, a large one for 7-10 days, a small one for 3-5.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from floorlead.duty.records import Outing
    from floorlead.outings.records import Pooled

PLAN_DAY, REVIEW_DAYS, SENT_DAYS = 15, 5, 90
SMALL, LARGE = (3, 5), (7, 10)
"""Days of a roadshow in a small and in a large town."""


def plan_due(first: date, today: date) -> date:
    """The day by which the plan is due: the 15th of the month before; when that has gone by, today, or the first day."""
    before = first.replace(day=1) - timedelta(days=1)
    return max(before.replace(day=PLAN_DAY), min(today, first))


def review_due(last: date) -> date:
    """The day by which the review is due: five days after the end."""
    return last + timedelta(days=REVIEW_DAYS)


def days(outing: Outing) -> int:
    """How many days it lasts."""
    return (outing.last - outing.first).days + 1


def is_roadshow(outing: Outing) -> bool:
    """Whether the rules of a roadshow hold: it goes on for several days."""
    return days(outing) > 1


def length_fits(outing: Outing) -> bool:
    """Whether a roadshow lasts as long as a small or a large town takes."""
    return any(least <= days(outing) <= most for least, most in (SMALL, LARGE))


def visited(outing: Outing, others: Iterable[Outing]) -> Outing | None:
    """The roadshow that was at the same place before; None for the first visit."""
    place = outing.place.strip().lower()
    if not place or not is_roadshow(outing):
        return None
    found = [
        one for one in others
        if one.id != outing.id and is_roadshow(one) and not one.cancelled_at and one.first < outing.first
        and one.place.strip().lower() == place
    ]  # fmt: skip
    return max(found, key=lambda one: one.last, default=None)


def plan_late(outing: Outing, today: date) -> bool:
    """Whether the plan is overdue."""
    return _late(outing, outing.plan_due, outing.planned_on, today)


def review_late(outing: Outing, today: date) -> bool:
    """Whether the review is overdue."""
    return _late(outing, outing.review_due, outing.reviewed_on, today)


def _late(outing: Outing, due: date | None, done: date | None, today: date) -> bool:
    return due is not None and done is None and not outing.cancelled_at and due < today


def waits(outing: Outing, today: date) -> bool:
    """Whether an outing that is over still waits for its review."""
    over = outing.last < today and not outing.cancelled_at
    return over and outing.review_due is not None and outing.reviewed_on is None


def next_to_go(pool: Sequence[Pooled], wanted: int) -> list[Pooled]:
    """Who is to be sent so that `wanted` go: of the free ones those who went least, then whose turn was longest ago."""
    missing = wanted - sum(one.goes for one in pool)
    free = [one for one in pool if one.free]
    free.sort(key=lambda one: (one.sent, one.last or date.min, one.person.position, one.person.id))
    return free[: max(0, missing)]
