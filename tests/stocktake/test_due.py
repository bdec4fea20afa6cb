"""When a stock-take is due, and what a typed end of a VIN means."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorlead.stocktake import rules

days = st.dates(date(2020, 1, 1), date(2032, 12, 31))


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-11-01", "2026-11-15"), ("2026-11-15", "2026-11-15"), ("2026-11-16", "2026-11-30"), ("2026-02-20", "2026-02-28"),
     ("2028-02-29", "2028-02-29"), ("2026-12-31", "2026-12-31")],
)  # fmt: skip
def test_twice_a_month(day, expected):
    """The 1st to the 15th, and the 16th to the end, whatever the month's length."""
    assert rules.due(date.fromisoformat(day), [], 2) == date.fromisoformat(expected)


@given(days, st.integers(1, 28))
def test_a_part_of_the_month_holds_its_day(day, times):
    """Every day lies in exactly one part, the parts of a month follow each other without a gap."""
    first, last = rules.part_of(day, times)
    assert first <= day <= last
    assert (first.year, first.month) == (day.year, day.month) == (last.year, last.month)
    assert first.day == 1 or rules.part_of(first - timedelta(days=1), times)[1] == first - timedelta(days=1)
    assert rules.part_of(last, times) == (first, last)


@given(days, st.integers(0, 8), st.sets(st.integers(0, 60)))
def test_a_closed_one_in_this_part_is_enough(day, times, ago):
    """Due until one was closed in this part; earlier ones and those of the future do not count; none is asked for at 0."""
    closed = [day - timedelta(days=n) for n in ago]
    found = rules.due(day, closed, times)
    if times == 0:
        assert found is None
        return
    first, last = rules.part_of(day, times)
    assert found == (None if any(first <= one <= day for one in closed) else last)


@given(days, st.integers(1, 8))
def test_done_today_is_done(day, times):
    """Closed today: nothing is due."""
    assert rules.due(day, [day], times) is None


@pytest.mark.parametrize(
    ("typed", "tail", "good"),
    [("4158", "4158", True), ("４１５８", "4158", True), (" ta 004-158 ", "TA004158", True), ("158", "158", False), ("", "", False),
     ("lx0a1b2c3ta004158", "LX0A1B2C3TA004158", True), ("x" * 18, "X" * 18, False), ("41 号", "41号", False), ("4\u200b158", "4158", True)],
)  # fmt: skip
def test_what_is_typed_is_folded(typed, tail, good):
    """Full-width, lower case, blanks: an input method is on or not."""
    assert rules.tail_of(typed) == tail
    assert rules.enough(tail) is good
