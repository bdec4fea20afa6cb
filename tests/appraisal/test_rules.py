"""Scores: 70 of daily work and 30 of attendance, points that double when missed again, the mean of a year."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from floorlead.appraisal import rules
from floorlead.appraisal.records import Point

START = date(2026, 11, 2)


def point(day: int, who: int = 1, points: int = 10) -> Point:
    return Point(f"visit:{who}{day}", who, START + timedelta(days=day), "", "", points)


def always(_who: int, _day: date) -> bool:
    return True


def test_seventy_and_thirty() -> None:
    """Daily work 90, attendance 96: 0.7 x 90 + 0.3 x 96 = 91.8."""
    assert rules.total(90, 96, 70, 30) == 91.8
    assert rules.total(100, 100, 70, 30) == 100


def test_what_nobody_scored_is_left_out() -> None:
    """Conduct 80 at 60, skill 95 at 20, attitude not scored: (4800 + 1900) / 80."""
    weights = {"conduct": 60, "skill": 20, "attitude": 20}
    assert rules.work({"conduct": 80, "skill": 95, "attitude": None}, weights) == 83.75
    assert rules.work({"conduct": None}, weights) == 0


@given(st.floats(0, 100), st.floats(0, 100))
def test_a_total_lies_between_its_parts(work: float, attendance: float) -> None:
    """No score is above the better or below the worse of the two, but for the rounding."""
    found = rules.total(work, attendance, 70, 30)
    assert min(work, attendance) - 0.051 <= found <= max(work, attendance) + 0.051


def test_three_days_in_a_row_double_twice() -> None:
    """10, 20, 40; after a day with it handed in it is 10 again."""
    made = rules.doubled([point(0), point(1), point(2), point(4)], always)
    assert [one.points for one in made] == [10, 20, 40, 10]
    assert [one.times for one in made] == [0, 1, 2, 0]


def test_the_rest_day_between_does_not_end_the_row() -> None:
    """Missed on Monday, rest on Tuesday, missed on Wednesday: it doubles."""
    rests = START + timedelta(days=1)
    made = rules.doubled([point(0), point(2)], lambda _who, day: day != rests)
    assert [one.points for one in made] == [10, 20]


def test_two_on_one_day_double_alike() -> None:
    """Two batches of Tuesday not filled in after one of Monday: 2, 4, 4."""
    two = [point(0, points=2), point(1, points=2), Point("visit:x", 1, START + timedelta(days=1), "", "", 2)]
    assert sorted(one.points for one in rules.doubled(two, always)) == [2, 4, 4]


def test_each_person_has_a_row_of_their_own() -> None:
    """Another's miss the day before doubles nothing."""
    assert [one.points for one in rules.doubled([point(0, 1), point(1, 2)], always)] == [10, 10]


@given(st.sets(st.integers(0, 25)))
def test_doubling_never_takes_less_than_the_points(days: set[int]) -> None:
    """Every miss costs its points or a doubling of them, each once."""
    made = rules.doubled([point(day) for day in days], always)
    assert len(made) == len(days)
    assert all(one.points == 10 * 2**one.times and 0 <= one.times <= rules.MOST_DOUBLED for one in made)


def test_a_row_of_missing_reports() -> None:
    """Missing, missing, late, missing: doubled once, then anew."""
    owed = [(START + timedelta(days=n), what) for n, what in enumerate(("missing", "missing", "late", "missing"))]
    assert rules.streak(owed, "missing") == [0, 1, 0, 0]


def test_the_year_is_the_mean_of_its_closed_months() -> None:
    """Three months of 90, 91 and 92.5; nothing closed, nothing said."""
    assert rules.mean([90, 91, 92.5]) == 91.2
    assert rules.mean([]) is None


def test_orders_by_week() -> None:
    """November 2026 begins on a Sunday: six weeks, the first has one day."""
    days = [date(2026, 11, 1), date(2026, 11, 2), date(2026, 11, 8), date(2026, 11, 30)]
    assert rules.weeks(days, date(2026, 11, 1), date(2026, 11, 30)) == "1/2/0/0/0/1"
