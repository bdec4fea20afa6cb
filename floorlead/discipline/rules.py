"""Points summed by person; what was withdrawn counts nothing."""

from __future__ import annotations

from collections.abc import Iterable

from floorlead.discipline.records import Violation


def sums(violations: Iterable[Violation]) -> dict[int, tuple[int, int]]:
    """How many breaches and points each person has, as {person's id: (count, points)}, most points first."""
    found: dict[int, tuple[int, int]] = {}
    for one in violations:
        if one.counts:
            count, points = found.get(one.person, (0, 0))
            found[one.person] = (count + 1, points + one.points)
    return dict(sorted(found.items(), key=lambda pair: (-pair[1][1], -pair[1][0], pair[0])))
