"""A figure is its counts: n/d with the rounded percentage, a dash at nothing, the definition that was in force."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from floorlead.kpi import rules
from floorlead.kpi.records import YUAN, Choice, Definition, Kpi

A = Definition("A", "", "", ((1, "x"),), ((1, "x"), (1, "y")))
B = Definition("B", "", "", ((1, "x"), (-1, "z")), ((1, "y"),))
KPI = Kpi("k", "", "", "percent", (A, B), "A")
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


def test_the_counts_stand_beside_the_percentage() -> None:
    """11 of 14 is 79%; one to three cases are shown with their counts too."""
    assert rules.rate(11, 14).text == "11/14 (79%)"
    assert [rules.rate(n, 3).text for n in range(4)] == ["0/3 (0%)", "1/3 (33%)", "2/3 (67%)", "3/3 (100%)"]
    assert rules.rate(1, 8).text == "1/8 (13%)"  # 12.5 rounds half up
    assert rules.rate(6, 5).text == "6/5 (120%)"


def test_a_denominator_of_nothing_is_a_dash() -> None:
    """No visitors, no rate; nothing is divided by 0."""
    assert rules.rate(0, 0).text == "–"
    assert rules.rate(3, 0).text == "–"
    assert rules.rate(3, 0).cell == "-"
    assert rules.rate(3, 0).value is None
    assert rules.rate(0, 0, YUAN).text == "–"


def test_yuan_a_car() -> None:
    """18,500 yuan over five cars."""
    assert rules.rate(18_500, 5, YUAN).text == "18500/5 (3,700)"
    assert rules.rate(18_500, 5, YUAN).value == 3700


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_the_percentage_is_the_rounded_fraction(n: int, d: int) -> None:
    """Half up, in whole numbers, so that no machine rounds another way; the ends stand only where they are reached."""
    shown = int(rules.rate(n, d).share.removesuffix("%"))
    assert shown - 0.5 <= 100 * n / d <= shown + 0.5 or (shown == 1 and 0 < 200 * n < d) or (shown == 99 and n < d)


def test_sums_and_differences() -> None:
    """A definition may take a count away; a count that is not there is 0."""
    counts = {"x": 5, "y": 3, "z": 2}
    assert (rules.figure(KPI, "A", counts).n, rules.figure(KPI, "A", counts).d) == (5, 8)
    assert (rules.figure(KPI, "B", counts).n, rules.figure(KPI, "B", counts).d) == (3, 3)
    assert rules.figure(KPI, "A", {}).text == "–"


def test_a_definition_that_the_file_lost() -> None:
    """The usual one counts; nothing breaks."""
    gone = [Choice("k", "Z", date(2026, 1, 1))]
    assert rules.in_force(KPI, gone, date(2026, 6, 1)) == "A"


@given(st.lists(st.tuples(DAYS, st.sampled_from("AB")), max_size=5, unique_by=lambda pair: pair[0]), DAYS)
def test_the_last_choice_since_is_in_force(chosen: list[tuple[date, str]], day: date) -> None:
    """Whatever was chosen before, the newest choice that has begun counts."""
    choices = [Choice("k", code, since) for since, code in chosen]
    begun = sorted(pair for pair in chosen if pair[0] <= day)
    assert rules.in_force(KPI, choices, day) == (begun[-1][1] if begun else "A")


@given(st.lists(st.tuples(DAYS, st.sampled_from("AB")), max_size=5, unique_by=lambda pair: pair[0]), DAYS)
def test_a_month_in_which_it_changed_names_both(chosen: list[tuple[date, str]], day: date) -> None:
    """Every definition that counted on a day of the month is either the one at its end or told as an earlier one."""
    choices = [Choice("k", code, since) for since, code in chosen]
    first, last = rules.first_of(rules.month_of(day)), rules.last_of(rules.month_of(day))
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    used = {rules.in_force(KPI, choices, one) for one in days}
    earlier = {one.definition for one in rules.changed(KPI, choices, first, last)}
    assert used == earlier | {rules.in_force(KPI, choices, last)}
    assert rules.in_force(KPI, choices, last) not in earlier


def test_months() -> None:
    """December goes over to January; February of a leap year has 29 days."""
    assert rules.moved("2026-12", 1) == "2027-01"
    assert rules.moved("2026-01", -1) == "2025-12"
    assert rules.last_of("2028-02") == date(2028, 2, 29)
    assert rules.months_to("2026-02", 3) == ["2025-12", "2026-01", "2026-02"]


def test_a_bar_fits_and_shows_what_is_there() -> None:
    """The longest is full, the smallest is one cell, nothing is nothing."""
    assert len(rules.bar(1, 1)) == rules.BAR
    assert rules.bar(0.001, 1) == "#"
    assert rules.bar(None, 1) == rules.bar(0, 1) == rules.bar(1, 0) == ""
