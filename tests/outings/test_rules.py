"""When an outing's papers are due, and what a roadshow should be like."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from floorlead.duty.records import Outing
from floorlead.outings import rules

days = st.dates(date(2026, 1, 1), date(2027, 12, 31))


def outing(first: date, length: int) -> Outing:
    last = first + timedelta(days=length - 1)
    return Outing(1, "巡展", "宝山", first, last, "", 2, None, None, rules.review_due(last), None, "", "")


@given(days, days)
def test_the_plan_is_due_on_the_15th_of_the_month_before_unless_that_is_past(first, today):
    """Never after the first day, never before both the 15th and today."""
    due = rules.plan_due(first, today)
    fifteenth = (first.replace(day=1) - timedelta(days=1)).replace(day=15)

    assert due <= first and due >= fifteenth
    assert due == fifteenth if today <= fifteenth else due == min(today, first)


def test_a_january_roadshow_is_planned_in_december():
    assert rules.plan_due(date(2027, 1, 8), date(2026, 11, 24)) == date(2026, 12, 15)


@given(days)
def test_the_review_is_due_five_days_after_the_end(first):
    one = outing(first, 4)
    assert one.review_due == one.last + timedelta(days=5)
    assert not rules.review_late(one, one.last + timedelta(days=5)) and rules.review_late(
        one, one.last + timedelta(days=6)
    )


def test_small_and_large_towns():
    """3-5 days for a small town, 7-10 for a large one; one day is no roadshow."""
    fits = [n for n in range(2, 13) if rules.length_fits(outing(date(2026, 12, 1), n))]
    assert fits == [3, 4, 5, 7, 8, 9, 10]
    assert not rules.is_roadshow(outing(date(2026, 12, 1), 1))
