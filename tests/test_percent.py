"""Percentages: one exact half-up function; 100 only when it is reached, 0 only when there is nothing."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorlead.percent import as_set, in_percent, percent


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(110, 176, 63), (39, 312, 13), (236, 237, 99), (237, 237, 100), (238, 237, 100), (1, 1000, 1), (0, 9, 0), (1, 8, 13),
     (1, 200, 1), (29, 200, 15), (199, 200, 99), (1999, 2000, 99), (5, 4, 125), (-1, 1000, -1), (3, 40, 8)],
)  # fmt: skip
def test_whole_percent(part: int, whole: int, shown: int) -> None:
    assert percent(part, whole) == shown
    assert percent(part / whole) == shown, "a fraction that came as a machine's number says the same"
    assert in_percent(part, whole) == f"{shown}%"


@given(st.integers(0, 5000), st.integers(1, 5000))
def test_against_exact_arithmetic(part: int, whole: int) -> None:
    """Half up but at the two ends, from counts as from their quotient."""
    exact = Fraction(100 * part, whole)
    rounded = int((Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal(1), ROUND_HALF_UP))
    found = percent(part, whole)
    assert found == percent(part / whole)
    assert (found == 0) == (part == 0)
    assert found < 100 or part >= whole
    if 1 <= exact < 99 or exact >= 100:
        assert found == rounded


def test_without_a_whole() -> None:
    assert in_percent(None) == in_percent(0, 0) == in_percent(3, 0) == "-"
    assert as_set(0.29) == "29"
    assert as_set(1 / 3) == "33.3333"
