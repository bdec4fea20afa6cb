"""Counting looks: passed of those that applied, by consultant and by item."""

from __future__ import annotations

from collections.abc import Iterable

from floorlead.percent import in_percent
from floorlead.record import record
from floorlead.spotchecks.records import FAIL, NA, PASS, Spot


@record
class Sum:
    """How many looks, how many items passed of how many that applied."""

    looks: int = 0
    passed: int = 0
    applied: int = 0

    def rate(self) -> str:
        """`n/d (p%)`; `-` where nothing applied."""
        return f"{self.passed}/{self.applied} ({in_percent(self.passed, self.applied)})" if self.applied else "-"


def counted(spot: Spot) -> Sum:
    """One look's items."""
    results = [mark.result for mark in spot.marks.values()]
    return Sum(1, results.count(PASS), results.count(PASS) + results.count(FAIL))


def by_person(spots: Iterable[Spot]) -> dict[int, Sum]:
    """Each consultant's sums; a look that nothing was marked in counts nothing."""
    found: dict[int, Sum] = {}
    for spot in spots:
        one = counted(spot)
        if spot.marks:
            was = found.get(spot.person, Sum())
            found[spot.person] = Sum(was.looks + 1, was.passed + one.passed, was.applied + one.applied)
    return found


def failures(spots: Iterable[Spot]) -> dict[tuple[str, str, str], int]:
    """How often each item failed, as {(code, zh, en): times}, the most frequent first."""
    found: dict[tuple[str, str, str], int] = {}
    for spot in spots:
        for mark in spot.marks.values():
            if mark.result == FAIL:
                key = (mark.item, mark.zh, mark.en)
                found[key] = found.get(key, 0) + 1
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))


def sign(mark_result: str) -> str:
    """A result as a mark: v, X, -; a point where nothing was marked."""
    return {PASS: "v", FAIL: "X", NA: "-"}.get(mark_result, ".")
