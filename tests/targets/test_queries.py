"""Counting what was done, once and in one place; where the month stands; everybody's part of a day."""

from __future__ import annotations

from datetime import date

import pytest

from floorlead import settings
from floorlead.calendar import moves as calendar
from floorlead.calendar.records import Kind, Special
from floorlead.people import queries as people
from floorlead.people.records import State
from floorlead.record import replace
from floorlead.targets import queries
from floorlead.targets.records import MEASURES
from tests.conftest import at, enter_car, person, the_car
from tests.targets import floor

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 24)


def _count(store, measure, first=FIRST, last=LAST):
    return queries.actuals(store, first, last)[measure]


def test_batches_with_intent_are_counted(store):
    """Papers and calls are no visit; captured is a first visit that left a number, not somebody known."""
    floor.staff(store, "张伟")
    who = person(store, "张伟").id
    with store.write("visits") as db:
        floor.visit(db, "2026-11-24", who, captured=1, test_drive=1, party=4)
        floor.visit(db, "2026-11-24", who, "repeat", captured=1, test_drive=1)
        floor.visit(db, "2026-11-24", None, "carded_first", captured=1)
        floor.visit(db, "2026-11-24", who, "non_intent", captured=1, test_drive=1)
        floor.visit(db, "2026-11-24", who, channel="call", captured=1)
        floor.visit(db, "2026-10-31", who, captured=1)

    found = queries.actuals(store, FIRST, LAST)

    assert (found["visits"], found["captured"], found["drives"]) == ({who: 2, None: 1}, {who: 1}, {who: 2})
    assert set(found) == set(MEASURES)


def test_an_order_called_off_the_same_day_never_was(store):
    """Placed and called off on the same day: no order, no cancel; called off later: an order then and a cancel now."""
    floor.staff(store, "张伟")
    who = person(store, "张伟").id
    with store.write("orders") as db:
        floor.order(db, "A", who, "2026-11-20")
        floor.order(db, "B", who, "2026-11-20", "cancelled", "2026-11-20")
        floor.order(db, "C", who, "2026-11-20", "cancelled", "2026-11-23")

    assert _count(store, "orders") == {who: 2}
    assert queries.cancels(store, FIRST, LAST) == {who: 1}
    assert queries.cancels(store, FIRST, date(2026, 11, 22)) == {}


def test_a_delivery_counts_once(store):
    """A hand-over leaves an order and a sale, a list brought the same car's sale too, and one that no order stands for."""
    floor.staff(store, "张伟")
    who = person(store, "张伟").id
    car = enter_car(store, "QY", "白", "4114", arrived_on=date(2026, 10, 1))
    with store.write("orders") as db:
        made = floor.order(db, "A", who, "2026-11-02", "delivered", "2026-11-20", car_id=car.id)
        rows = [("2026-11-20", "S01", car.vin, made), ("2026-11-20", "S01", car.vin, None), ("2026-11-18", "s01 ", "", None),
                ("2026-11-18", "Staff 1", "", None), ("2026-11-18", "谁", "", None), ("2026-10-30", "S01", "", None)]  # fmt: skip
        db.executemany(floor.SALES, [(day, car.model_id, advisor, vin, order) for day, advisor, vin, order in rows])

    assert the_car(store, "4114").id == car.id
    assert _count(store, "deliveries") == {who: 3, None: 1}


def test_half_past_midnight_is_still_the_evening(store):
    """A car handed over at 00:30 belongs to the business day that its stamp carries."""
    floor.staff(store, "张伟")
    with store.write("orders") as db:
        made = floor.order(db, "A", None, "2026-11-02", "delivered")
        db.execute("UPDATE orders SET closed_at = '2026-11-23T00:30:00' WHERE id = ?", (made,))

    assert _count(store, "deliveries", LAST.replace(day=23), LAST.replace(day=23)) == {None: 1}


def test_days_and_people_agree(store):
    """What is counted without names is what is counted with them."""
    floor.november(store)
    sums = {name: sum(found.values()) for name, found in queries.actuals(store, FIRST, LAST).items()}
    plain = dict.fromkeys(MEASURES, 0)
    for _day, measure, _who, count in queries.counted(store, FIRST, LAST, people=False):
        plain[measure] += count

    assert plain == sums


def test_the_months_pace(store):
    """The evening of the 24th: the time is weighed, the gap is against the plan, the need is for the days left."""
    floor.november(store)
    pace = queries.pace(store, LAST, evening=True)
    orders = pace.figures["orders"]

    assert (pace.days, pace.left, round(pace.time, 3)) == (30, 6, 0.795)
    assert (orders.target, orders.actual, orders.today) == (30, 12, 0)
    assert orders.gap == 24 - 12
    assert orders.needed == 3
    assert orders.behind >= 3
    assert "orders" in pace.causes_due


@pytest.mark.parametrize(("time", "left", "need"), [("09:03", 7, 18 / 7), ("18:59", 7, 18 / 7), ("19:00", 6, 3)])
def test_a_day_that_has_begun_is_one_of_the_days_left(store, time, left, need):
    """18 orders are missing: at 09:03 the 24th is still to bring its part of them, after the last shift the six days behind."""
    floor.november(store)
    at(store, time)
    orders = queries.pace(store, LAST).figures["orders"]

    assert (orders.left, orders.needed) == (left, need)
    assert orders.per_day == f"{need:.1f}".removesuffix(".0")


def test_what_came_today_does_not_ease_the_morning(store):
    """Two orders by noon: what every day left must bring, today too, is what was missing in the morning."""
    floor.november(store)
    at(store, "09:00")
    before = queries.pace(store, LAST).figures["orders"].needed
    with store.write("two orders") as db:
        floor.order(db, "M1", None, LAST.isoformat())
        floor.order(db, "M2", None, LAST.isoformat())

    assert queries.pace(store, LAST).figures["orders"].needed == before
    assert queries.pace(store, LAST, evening=True).figures["orders"].needed == 16 / 6


def test_a_month_that_is_over_has_no_today(store):
    """October on the targets' page: no today, nothing to bring a day; December: no today, all days are left."""
    floor.november(store)
    with store.write("October and December") as db:
        for month in ("2026-10", "2026-12"):
            db.execute("INSERT INTO targets(month, measure, amount) VALUES (?, 'orders', 62)", (month,))
    past, ahead = (queries.month(store, name).pace for name in ("2026-10", "2026-12"))

    assert (past.running, past.left, past.figures["orders"].per_day) == (False, 0, "-")
    assert (ahead.running, ahead.left, ahead.figures["orders"].per_day) == (False, 31, "2")
    assert queries.month(store, "2026-11").pace.running


def test_a_holiday_weighs_as_a_weekend(store):
    """The calendar's holiday is a peak day of the showroom, its make-up Saturday weighs 0.7."""
    calendar.save(store, Special(0, date(2026, 11, 4), Kind.HOLIDAY, "店庆"))
    calendar.save(store, Special(0, date(2026, 11, 7), Kind.WORKDAY, "调休"))
    days = {one.day.day: one for one in queries.days(store, "2026-11")}

    assert [days[n].weight for n in (3, 4, 7, 8)] == [1.0, 2.0, 0.7, 2.0]
    settings.put(store, "weekend_weight", "3")
    assert queries.days(store, "2026-11")[7].weight == 3
    settings.put(store, "weekend_weight", "viel")
    assert queries.days(store, "2026-11")[7].weight == 2


def test_shares_follow_who_is_there(store):
    """Consultants of the month share alike; the receptionist does not; who has left before the month is not asked."""
    floor.staff(store, "张伟", "李娜", "王芳")
    gone, late = person(store, "李娜"), person(store, "王芳")
    people.save(store, replace(gone, left_on=date(2026, 10, 31)), gone)
    people.save(store, replace(late, joined=date(2026, 11, 16)), late)
    found = queries.shares(store, "2026-11")

    assert [one.person for one in found] == [person(store, "张伟").id, late.id]
    assert found[0].part == 1 and 0.4 < found[1].part < 0.6


def test_who_is_away_is_asked_nothing_today(store):
    """李娜 is on leave: the day's target is for the two others, and all of it."""
    floor.november(store)
    people.say(store, LAST, person(store, "李娜"), State.LEAVE)
    pace = queries.pace(store, LAST)
    found = queries.by_person(store, LAST)

    assert set(found) == {person(store, "张伟").id, person(store, "王芳").id}
    for measure in MEASURES:
        assert sum(one[measure] for one in found.values()) == pace.figures[measure].today_target


def test_a_month_without_targets(store):
    """Nobody set a target: the counts are there, no gap, no cause, nobody's target."""
    floor.staff(store, "张伟")
    pace = queries.pace(store, LAST)

    assert not pace.any and pace.causes_due == []
    assert queries.by_person(store, LAST) == {}
    assert queries.month(store, "2026-11").targets == {}


def test_a_month_to_come_and_one_that_is_over(store):
    """The page can be turned: next month has its plan and nothing done, the last one stands at its end."""
    floor.november(store)
    with store.write("more") as db:
        db.execute("INSERT INTO targets(month, measure, amount) VALUES ('2026-12', 'orders', 62)")
    coming, over = queries.month(store, "2026-12"), queries.month(store, "2026-10")

    assert sum(one.planned["orders"] for one in coming.days) == 62
    assert (coming.pace.figures["orders"].actual, coming.day.day) == (0, 1)
    assert (over.day, over.pace.left, over.pace.time) == (date(2026, 10, 31), 0, 1)


def test_a_past_day_is_read_as_it_was_then(store):
    """The pace of the 10th does not know what the 11th brought."""
    floor.november(store)
    at(store, "08:41", "2026-11-24")
    pace = queries.pace(store, date(2026, 11, 10))

    assert pace.figures["orders"].actual == 5
    assert pace.left == 20


def test_the_last_open_day(store, tmp_path):
    """Monday's meeting looks back on Sunday; a day that the showroom was shut is skipped."""
    assert queries.last_open(store, date(2026, 11, 23)) == date(2026, 11, 22)
