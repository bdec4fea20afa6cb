"""A 0/1 program without a solver: columns with costs and bounds, rows with names. Any backend can speak it.

A row that carries a fact may take part in a conflict; all others are structure or wishes and can always be kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from floorlead.planning.rota import Fact

INFINITE = float("inf")


class Row(NamedTuple):
    """`low <= sum(coefficient * column) <= high`; `reason` names the rule, `fact` the person, day or slot of it."""

    columns: list[int]
    coefficients: list[float]
    low: float
    high: float
    reason: str
    kind: str
    fact: Fact | None = None


class Rows:
    """The program while it is built; columns are named by their position."""

    def __init__(self) -> None:
        self.cost: list[float] = []
        self.low: list[float] = []
        self.high: list[float] = []
        self.whole: list[bool] = []
        self.rows: list[Row] = []
        self.constant = 0.0

    def column(self, cost: float = 0.0, low: float = 0.0, high: float = 1.0, *, whole: bool = True) -> int:
        """A new column, 0 or 1 unless bounds say otherwise; its position."""
        self.cost.append(cost)
        self.low.append(low)
        self.high.append(high)
        self.whole.append(whole)
        return len(self.cost) - 1

    def row(
        self,
        terms: Iterable[tuple[int, float]],
        low: float,
        high: float,
        reason: str,
        kind: str = "house",
        fact: Fact | None = None,
    ) -> None:
        """A row over (column, coefficient) pairs; a column may come more than once. Rows that bind nothing are dropped."""
        gathered: dict[int, float] = {}
        for column, coefficient in terms:
            gathered[column] = gathered.get(column, 0.0) + coefficient
        if gathered or low > 0 or high < 0:
            self.rows.append(Row(list(gathered), list(gathered.values()), low, high, reason, kind, fact))

    def value(self, values: list[float]) -> float:
        """The objective of some values."""
        return self.constant + sum(c * v for c, v in zip(self.cost, values, strict=True) if c)
