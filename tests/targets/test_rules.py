"""How a month's target becomes days and people: sums are exact, nothing is negative, what is left is split anew."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorlead.targets import rules
from floorlead.targets.records import Share, TargetDay, Weighing

MONTHS = st.sampled_from(["2026-02", "2028-02", "2026-08", "2026-11", "2027-05", "2026-12"])
TOTAL = st.integers(0, 2000)


def month(name: str, weighing: Weighing | None = None, closed: frozenset[date] = frozenset()) -> list[TargetDay]:
    """A month without holidays."""
    weighs = weighing or Weighing()
    made = []
    for day in rules.days_of(name):
        kind = "closed" if day in closed else "weekend" if day.weekday() > 4 else "work"
        made.append(TargetDay(day, kind, rules.weight(kind, day, weighs), day in weighs.own))
    return made


@given(TOTAL, st.lists(st.floats(0, 50), max_size=40))
def test_parts_are_exact_and_fair(total: int, weights: list[float]) -> None:
    """Integers by largest remainder: the sum is the target, each part is within one of its exact share."""
    parts = rules.split(total, weights)

    assert all(part >= 0 for part in parts)
    assert sum(parts) == (total if sum(weights) > 0 else 0)
    assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if weight == 0)
    for part, weight in zip(parts, weights, strict=True):
        assert not sum(weights) or abs(part - total * weight / sum(weights)) < 1 + 1e-6


@given(MONTHS, TOTAL, TOTAL, st.integers(1, 28))
def test_what_is_left_is_split_over_the_days_left(name: str, target: int, done: int, day: int) -> None:
    """The remainder is re-planned daily: days before get nothing, the rest together what is missing, never less than 0."""
    days = month(name)
    on = days[0].day.replace(day=day)
    parts = rules.replan(target, days, done, on)

    assert sum(parts) == max(0, target - done)
    assert all(part == 0 for part, one in zip(parts, days, strict=True) if one.day < on)


@pytest.mark.parametrize(("name", "weekends"), [("2026-02", 4), ("2026-08", 5), ("2026-11", 5), ("2028-02", 4)])
def test_months_with_four_and_five_weekends(name: str, weekends: int) -> None:
    """A Saturday weighs 2.0 in a month with 4 and in one with 5 weekends: the same target gives each day less."""
    days = month(name)
    sundays = [one for one in days if one.day.weekday() == 6]
    parts = dict(zip((one.day for one in days), rules.plan(3000, days), strict=True))

    assert len(sundays) == weekends
    assert sum(parts.values()) == 3000
    assert abs(parts[sundays[1].day] - 2 * parts[sundays[1].day - timedelta(2)]) <= 2


def test_the_29th_of_february() -> None:
    """A leap year's February has its 29th day in the split."""
    days = month("2028-02")

    assert days[-1].day == date(2028, 2, 29)
    assert len(rules.plan(60, days)) == 29
    assert rules.last_of("2027-02") == date(2027, 2, 28)


def test_weights_of_the_kinds() -> None:
    """Weekend and holiday 2.0, make-up workday 0.7, closed 0; a weight set by hand wins over all of them."""
    day = date(2026, 11, 14)

    assert [rules.weight(kind, day, Weighing()) for kind in ("work", "weekend", "holiday", "makeup", "closed")] == [
        1.0, 2.0, 2.0, 0.7, 0.0,
    ]  # fmt: skip
    assert rules.weight("closed", day, Weighing(own={day: 1.5})) == 1.5


def test_a_closed_day_is_asked_nothing() -> None:
    """The showroom is shut on the 2nd: nothing is planned for it, it never counts as a day behind."""
    shut = date(2026, 11, 2)
    days = month("2026-11", closed=frozenset({shut}))

    assert rules.plan(300, days)[1] == 0
    assert shut not in rules.behind(rules.plan(300, days), days, {}, date(2026, 11, 6))


def test_first_and_last_day() -> None:
    """On the 1st everything is still to come; on the 30th the day must bring all that is missing."""
    days = month("2026-11")
    first = rules.figure("orders", 60, days, {}, date(2026, 11, 1))
    last = rules.figure("orders", 60, days, {date(2026, 11, 3): 52}, date(2026, 11, 30))

    assert (first.actual, first.today_target, first.left, first.behind) == (0, 3, 29, 0)
    assert (last.today_target, last.left, last.needed, last.gap) == (8, 0, 8, 8)
    assert rules.elapsed(days, date(2026, 11, 30)) == 1


def test_a_month_without_an_open_day() -> None:
    """Shut for the whole of February: nothing is planned and nothing asked, nobody is ahead, everybody still belongs."""
    days = [TargetDay(day, "closed", 0.0) for day in rules.days_of("2026-02")]
    one = rules.figure("orders", 28, days, {date(2026, 2, 3): 7}, date(2026, 2, 20), goes_on=True)

    assert (one.gap, one.against_plan, one.per_day, one.today_target, one.cause_due) == (None, "-", "-", 0, False)
    assert rules.membership(date(2026, 2, 15), None, days) == 0.5
    assert rules.to_people(28, [Share(1, 1, 1), Share(2, 1, rules.membership(date(2026, 2, 15), None, days))]) == {
        1: 19, 2: 9,
    }  # fmt: skip


@given(MONTHS, TOTAL, TOTAL, st.integers(1, 28), st.booleans())
def test_behind_is_minus_ahead_is_plus(name: str, target: int, done: int, day: int, goes_on: bool) -> None:
    """The plan's column has one sign for one thing: - behind, + ahead, 0 on the plan; the need is never below 0."""
    days = month(name)
    on = days[0].day.replace(day=day)
    one = rules.figure("orders", target, days, {days[0].day: done}, on, goes_on=goes_on)

    assert one.due is not None
    assert one.against_plan[0] == ("-" if done < one.due else "+" if done > one.due else "0")
    assert int(one.against_plan) == done - one.due
    assert one.needed is not None and one.needed >= 0
    assert one.left == sum(each.open and (each.day > on or (goes_on and each.day == on)) for each in days)


def test_ahead_asks_nothing_more() -> None:
    """65 orders of 60: nothing is asked of the days left, the gap says how far ahead."""
    days = month("2026-11")
    one = rules.figure("orders", 60, days, {date(2026, 11, 3): 65}, date(2026, 11, 20))

    assert (one.today_target, one.needed) == (0, 0)
    assert one.gap is not None and one.gap < 0


def test_no_target_is_not_a_target_of_nought() -> None:
    """Without a target there is no gap and no today's target; with one of 0 there is, and no percent."""
    days = month("2026-11")
    none = rules.figure("orders", None, days, {date(2026, 11, 3): 5}, date(2026, 11, 20))
    nought = rules.figure("orders", 0, days, {}, date(2026, 11, 20))

    assert (none.actual, none.gap, none.today_target, none.needed, none.done) == (5, None, None, None, None)
    assert (nought.gap, nought.today_target, nought.done, nought.cause_due) == (0, 0, None, False)


def _flat(name: str = "2026-11") -> list[TargetDay]:
    return [TargetDay(day, "work", 1.0) for day in rules.days_of(name)]


def test_three_days_behind_ask_for_a_cause() -> None:
    """30 orders, one a day: two days without are not asked about, three in a row are; a caught-up day ends the row."""
    days = _flat()

    def on(day: int, *done: int) -> tuple[int, bool]:
        brought = {date(2026, 11, n): count for n, count in enumerate(done, 1)}
        one = rules.figure("orders", 30, days, brought, date(2026, 11, day))
        return one.behind, one.cause_due

    assert on(3, 0, 0) == (2, False)
    assert on(4, 0, 0, 0) == (3, True)
    assert on(5, 0, 0, 3, 0) == (1, False)
    assert on(4, 0, 0, 0, 3) == (3, False), "today made up for it: nobody is asked in the evening"


def test_a_cause_holds_for_three_more_days() -> None:
    """A cause was given on the 4th; it is asked for again when the 4th, 5th and 6th were behind too."""
    days = _flat()
    given = date(2026, 11, 4)

    def owed(day: int) -> bool:
        return rules.figure("orders", 30, days, {}, date(2026, 11, day), given=given).cause_due

    assert [owed(day) for day in (4, 5, 6, 7)] == [False, False, False, True]


def test_closed_days_do_not_break_the_row() -> None:
    """Behind on Friday and Saturday, shut on Sunday, behind on Monday: that is three open days in a row."""
    days = [TargetDay(one.day, "closed", 0.0) if one.day.day == 8 else one for one in _flat()]
    run = rules.behind(rules.plan(300, days), days, {date(2026, 11, n): 20 for n in range(1, 6)}, date(2026, 11, 20))

    assert date(2026, 11, 8) not in run
    assert rules.cause_due(run, None, 3)


# -- people


def test_somebody_who_joins_or_leaves_in_the_month() -> None:
    """Joins on the 16th of a month of equal days: half a share; leaves on the 15th: the other half."""
    days = _flat()

    assert rules.membership(date(2026, 11, 16), None, days) == 0.5
    assert rules.membership(None, date(2026, 11, 15), days) == 0.5
    assert rules.membership(date(2026, 12, 1), None, days) == 0
    assert rules.to_people(60, [Share(1, 1, 1), Share(2, 1, 0.5), Share(3, 1, 0.5)]) == {1: 30, 2: 15, 3: 15}


def test_a_trainee_by_share() -> None:
    """Two consultants and a trainee with half a share: 60 is 24, 24 and 12."""
    assert rules.to_people(60, [Share(1, 1, 1), Share(2, 1, 1), Share(3, 0.5, 1, True)]) == {1: 24, 2: 24, 3: 12}


@given(TOTAL, st.lists(st.tuples(st.floats(0, 3), st.floats(0, 1)), max_size=15))
def test_people_get_all_of_it(total: int, some: list[tuple[float, float]]) -> None:
    """By person by largest remainder: together exactly the target, nobody below 0."""
    shares = [Share(n, share, part) for n, (share, part) in enumerate(some)]
    parts = rules.to_people(total, shares)

    assert sum(parts.values()) == (total if sum(one.weight for one in shares) > 0 else 0)
    assert all(part >= 0 for part in parts.values())


@given(
    st.integers(0, 50),
    st.sets(st.integers(0, 9)),
    st.lists(st.integers(0, 20), min_size=10, max_size=10),
    st.integers(1, 31),
)
def test_a_days_target_is_for_those_who_are_here(total: int, here: set[int], done: list[int], turn: int) -> None:
    """Who rests is asked nothing; those who are here share the whole of the day."""
    shares = [Share(n, 1, 1) for n in range(10)]
    parts = rules.today_by_person(total, shares, dict(enumerate(done)), here, 100, turn)

    assert set(parts) == here
    assert sum(parts.values()) == (total if here else 0)


def test_who_owes_more_is_asked_more() -> None:
    """Of 20 for the month one has brought 9 of 10, the other none: the day's 5 go mostly to the other."""
    shares = [Share(1, 1, 1), Share(2, 1, 1)]

    assert rules.today_by_person(5, shares, {1: 9}, [1, 2], 20) == {1: 0, 2: 5}
    assert rules.today_by_person(4, shares, {1: 10, 2: 10}, [1, 2], 20) == {1: 2, 2: 2}


def test_the_same_two_are_not_asked_first_every_day() -> None:
    """Two deliveries for four who owe the same: another pair on another day."""
    shares = [Share(n, 1, 1) for n in range(4)]
    pairs = {
        frozenset(who for who, count in rules.today_by_person(2, shares, {}, range(4), 40, turn).items() if count)
        for turn in range(1, 5)
    }

    assert len(pairs) == 4


def test_weeks_begin_on_monday() -> None:
    """November 2026 begins on a Sunday: a week of one day, four whole ones, and the 30th."""
    days = month("2026-11")
    planned = [{"orders": part} for part in rules.plan(60, days)]
    found = rules.weeks(days, planned, [{} for _one in days])

    assert [(one.first.day, one.last.day) for one in found] == [(1, 1), (2, 8), (9, 15), (16, 22), (23, 29), (30, 30)]
    assert sum(one.planned["orders"] for one in found) == 60


def test_months_before_and_after() -> None:
    """January follows December."""
    assert (rules.moved("2026-12", 1), rules.moved("2026-01", -1), rules.moved("2026-11", 14)) == (
        "2027-01", "2025-12", "2028-01",
    )  # fmt: skip


@given(
    st.integers(0, 400),
    st.sampled_from(["2026-02", "2026-11", "2024-02"]),
    st.frozensets(st.integers(1, 28), max_size=6),
)
def test_the_plan_keeps_step_with_the_time(target: int, name: str, shut: frozenset[int]) -> None:
    """A month is asked for evenly: on no evening is the plan further than a few from the weighed time, small targets too.

    Seven orders of a month are not all due by the 22nd because each of its first weekends gained one.
    """
    days = month(name, closed=frozenset(rules.first_of(name).replace(day=day) for day in shut))
    planned = rules.plan(target, days)
    assert sum(planned) == target
    for one in days:
        due = sum(planned[: one.day.day])
        assert abs(due - target * rules.elapsed(days, one.day)) < 4.5


def test_seven_orders_of_a_november() -> None:
    """Seven orders, time 77% on the 23rd: five or six are due, not seven."""
    days = month("2026-11")
    assert sum(rules.plan(7, days)[:23]) in (5, 6)
    assert rules.figure("orders", 58, days, {}, date(2026, 11, 23)).due in (44, 45)


@given(st.integers(0, 99_999), st.lists(st.sampled_from([0.0, 0.7, 1.0, 2.0, 0.333, 99.0, 1e-9]), max_size=40))
def test_evenly_split_is_exact_too(total: int, weights: list[float]) -> None:
    """Whatever the weights, the parts are the target; what weighs nothing gets nothing; no part is a whole one off."""
    parts = rules.split(total, weights, evenly=True)
    assert sum(parts) == (total if sum(weights) else 0)
    assert all(part >= 0 and (weight or not part) for part, weight in zip(parts, weights, strict=True))
    if sum(weights):
        assert all(abs(part - total * one / sum(weights)) < 1.0001 for part, one in zip(parts, weights, strict=True))


def test_the_calendar_has_two_ends() -> None:
    """Left and Right turn the months: before year 1 and after 9999 there is nothing to turn to, and nothing breaks."""
    assert rules.moved("0001-01", -1) == "0001-01"
    assert rules.moved("9999-12", 1) == "9999-12"
