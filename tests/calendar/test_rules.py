"""When the offices are open and which day is the order day, over the year 2026 as it was announced."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from floorlead.calendar import queries, rules
from floorlead.calendar.records import Kind
from floorlead.calendar.rules import Office, order_day

YEAR = rules.office_of(queries.library([2025, 2026]))
NOBODY_KNOWS = Office({}, frozenset())
MONDAYS = [date(2026, 1, 5) + timedelta(weeks=n) for n in range(51)]
days = some.dates(date(2024, 1, 1), date(2028, 12, 31))
offices = some.dictionaries(days, some.sampled_from(Kind), max_size=60).map(lambda found: Office(found, frozenset()))


@pytest.mark.parametrize(
    ("monday", "moved"),
    [("2026-02-16", "2026-02-24"), ("2026-02-23", "2026-02-24"), ("2026-04-06", "2026-04-07"),
     ("2026-05-04", "2026-05-06"), ("2026-10-05", "2026-10-08")],
)  # fmt: skip
def test_monday_order_day_on_a_holiday_goes_to_the_next_office_day(monday: str, moved: str) -> None:
    """The five Monday holidays of 2026: Spring Festival takes two Mondays, their one order day is Tuesday 02-24."""
    day = date.fromisoformat(monday)

    assert order_day(YEAR, day) == date.fromisoformat(moved)
    assert rules.skipped(YEAR, date.fromisoformat(moved)) == (day if monday != "2026-02-16" else date(2026, 2, 23))
    assert not rules.is_order_day(YEAR, day)
    assert rules.is_order_day(YEAR, date.fromisoformat(moved))


def test_every_other_monday_of_2026_is_order_day() -> None:
    """Only five are not."""
    assert len([day for day in MONDAYS if not rules.is_order_day(YEAR, day)]) == 5


def test_two_order_days_in_one_week() -> None:
    """Order day Friday, which is a holiday with its weekend: Monday would be next, but that week has its own Friday."""
    golden = Office(dict.fromkeys((date(2026, 5, 1), date(2026, 5, 2), date(2026, 5, 3)), Kind.HOLIDAY), frozenset())

    assert order_day(golden, date(2026, 5, 1), 4) == date(2026, 5, 8)
    assert not rules.is_order_day(golden, date(2026, 5, 4), 4)


@given(offices, days, some.integers(0, 6))
def test_a_week_has_at_most_one_order_day(office: Office, day: date, weekday: int) -> None:
    """Whatever was entered as holidays, and whatever weekday is set."""
    monday = day - timedelta(days=day.weekday())
    week = [monday + timedelta(days=n) for n in range(7)]

    assert sum(rules.is_order_day(office, one, weekday) for one in week) <= 1


@given(offices, days, some.integers(0, 6))
def test_an_order_day_is_never_a_holiday_and_always_comes(office: Office, day: date, weekday: int) -> None:
    """The next order day lies ahead, is itself one, and nobody has to order on a holiday."""
    found = rules.next_order_day(office, day, weekday)

    assert found >= day
    assert rules.is_order_day(office, found, weekday)
    assert not office.is_holiday(found)


def test_make_up_saturday_and_sunday() -> None:
    """02-14 (Saturday) and 01-04 (Sunday) are worked, so the plate office is open; other weekends are not."""
    assert YEAR.is_open(date(2026, 2, 14))
    assert YEAR.is_open(date(2026, 1, 4))
    assert not YEAR.is_open(date(2026, 11, 21))
    assert YEAR.next_open(date(2026, 10, 9)) == date(2026, 10, 9)
    assert YEAR.next_open(date(2026, 2, 14)) == date(2026, 2, 14)


def test_plate_office_closed_but_showroom_open() -> None:
    """On National Day the showroom sells, the plate office opens again on Thursday 10-08."""
    assert not YEAR.is_open(date(2026, 10, 1))
    assert YEAR.next_open(date(2026, 10, 1)) == date(2026, 10, 8)


def test_a_year_without_data_knows_weekends_only() -> None:
    """2027 was not announced: its Mondays are order days, New Year's Friday counts as open, and it says so."""
    assert not YEAR.known(2027)
    assert YEAR.known(2026)
    assert YEAR.is_open(date(2027, 1, 1))
    assert order_day(YEAR, date(2027, 2, 8)) == date(2027, 2, 8)
    assert "2027" in rules.unknown_words(2027)


def test_one_day_entered_by_hand_does_not_make_a_year_known() -> None:
    """New Year's Day 2027 alone is not the State Council's notice with its seven festivals."""
    one = queries.library([2026])[:1]

    assert not rules.office_of(one).known(2026)


def test_the_29th_of_february() -> None:
    """2028-02-29 is a Tuesday like any other; the Monday before it is its week's order day."""
    assert NOBODY_KNOWS.is_open(date(2028, 2, 29))
    assert order_day(NOBODY_KNOWS, date(2028, 2, 29)) == date(2028, 2, 28)
    assert rules.next_order_day(NOBODY_KNOWS, date(2028, 2, 29)) == date(2028, 3, 6)


def test_the_turn_of_the_year() -> None:
    """2026-01-01 is a Thursday holiday: the week's order day was Monday, still in 2025."""
    assert order_day(YEAR, date(2026, 1, 1)) == date(2025, 12, 29)


def test_order_day_on_saturday() -> None:
    """A maker that takes orders on Saturday takes them on every Saturday that is no holiday by name."""
    assert order_day(YEAR, date(2026, 11, 23), 5) == date(2026, 11, 28)
    assert order_day(YEAR, date(2026, 9, 26), 5) == date(2026, 10, 10)
