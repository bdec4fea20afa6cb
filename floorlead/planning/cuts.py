"""The pigeonhole cuts: how even a number of duties can be shared at best, from counts that are uneven already.

No rota can have a smaller range, a higher lowest count or a lower highest one; without these the proof does not end.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from floorlead.record import record

ENDLESS = 10**12


@record
class Span:
    """`range` is the least possible, `low` the most that everybody can have, `high` the least that somebody must have."""

    range: int
    low: int
    high: int


def span_of(base: list[int], room: list[int], least: int, most: int) -> Span:
    """What is possible with between `least` and `most` duties in all, person i having `base[i]` and room for `room[i]`."""
    top = max(b + r for b, r in zip(base, room, strict=True))
    low = min(base) + bisect_right(range(min(base), top), most, key=lambda n: _lifted(base, room, n + 1))
    high = max(base) + bisect_left(range(max(base), top), least, key=lambda n: _held(base, room, n))
    # everybody reaches `low` at most and somebody `high` at least; both at once is possible, between the two
    return Span(max(0, high - low), low, high)


def _lifted(base: list[int], room: list[int], level: int) -> int:
    """Duties needed to bring everybody up to a level; without end when somebody has no room."""
    if any(b + r < level for b, r in zip(base, room, strict=True)):
        return ENDLESS
    return sum(max(0, level - b) for b in base)


def _held(base: list[int], room: list[int], level: int) -> int:
    """Duties that fit below a level."""
    return sum(min(max(0, level - b), r) for b, r in zip(base, room, strict=True))
