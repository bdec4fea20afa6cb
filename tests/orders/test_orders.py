"""Orders and their papers: what contradicts itself is said, what the trade forbids is refused with why."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from floorlead.cars import queries as cars
from floorlead.cars import rules as car_rules
from floorlead.cars.records import StockState
from floorlead.orders import moves, queries, rules
from floorlead.orders.records import masked
from floorlead.record import replace
from floorlead.report import queries as reports
from floorlead.store import Refused, verify
from floorlead.store import undo as undoing
from tests.conftest import at, the_car, the_order

OPEN = rules.Setting(date(2026, 11, 24), lambda day: day.weekday() < 5, lambda day: day.year == 2026)


def times(store, name, **changes):
    """The order with other times."""
    order = the_order(store, name)
    moves.plan_times(store, order, replace(order, **changes))
    return the_order(store, name)


def test_handover_before_the_plates(store):
    """
    team 张伟
    stock QY 白 4114 5
    order 刘女士 4114 张伟 2026-11-24T10:30
    """
    order = times(store, "刘女士", plate_at="2026-11-24T13:30")
    assert "hand-over is before the plate appointment" in rules.contradictions(order, OPEN)[0]
    order = times(store, "刘女士", plate_at="2026-11-24T09:30")
    assert not any("before the plate" in told for told in rules.contradictions(order, OPEN))


def test_the_invoice_is_for_somebody_else(store):
    """
    team 张伟
    stock QY 白 4114 5
    order 刘女士 4114 张伟
    """
    order = replace(the_order(store, "刘女士"), invoice_name="刘先生")
    assert "刘先生" in rules.contradictions(order, OPEN)[0]
    assert rules.contradictions(replace(order, invoice_name="刘女士"), OPEN) == []


def test_compulsory_insurance_starts_tomorrow(store):
    """
    team 张伟
    stock QY 白 4114 5
    order 刘女士 4114 张伟 2026-11-24T10:30
    """
    order = times(store, "刘女士", insured_from=date(2026, 11, 25))
    assert "insurance begins 25 Nov, after the hand-over" in " ".join(rules.contradictions(order, OPEN))


def test_the_temporary_plate_ends_before_the_appointment(store):
    """
    team 张伟
    stock QY 白 4114 5
    order 刘女士 4114 张伟
    """
    order = times(store, "刘女士", temp_plate_until=date(2026, 11, 27), plate_at="2026-12-01T09:30")
    told = " ".join(rules.contradictions(order, OPEN))
    assert "ends 27 Nov, before the plate appointment" in told and "temporary plate ends 27 Nov" in told


def test_the_plate_office_is_closed_and_the_showroom_open(store):
    """Saturday: the showroom's best day, and the office is shut; next year nobody knows yet.

    team 张伟
    stock QY 白 4114 5
    order 刘女士 4114 张伟
    """
    order = times(store, "刘女士", plate_at="2026-11-28T09:30")
    assert "closed on 28 Nov" in rules.contradictions(order, OPEN)[0]
    order = times(store, "刘女士", plate_at="2027-01-04T09:30")
    assert "no holiday data for 2027" in rules.contradictions(order, OPEN)[0]


def test_the_wrong_one_of_two_equal_cars_drove_off(store):
    """Two white QY: 刘女士 drove off in the other one. One action puts it right, and one Ctrl+Z back.

    team 张伟
    stock QY 白 4114 5
    stock QY 白 4214 25
    order 刘女士 4114 张伟
    order 王先生 4214 张伟
    """
    moves.step(store, the_order(store, "刘女士"), "out")
    moves.swap(store, the_order(store, "刘女士"), the_order(store, "王先生"))
    gone, here = the_car(store, "4214"), the_car(store, "4114")
    assert gone.stock_state is StockState.DELIVERED and gone.left_on == store.today()
    assert here.in_stock and here.allocated and car_rules.stock_age(here, store.today()) == 5
    assert the_order(store, "王先生").car_id == here.id
    assert store.rows("SELECT vin, age_days FROM sales") == [(gone.vin, 25)]
    undoing.undo(store)
    assert the_car(store, "4114").stock_state is StockState.DELIVERED
    assert store.rows("SELECT vin, age_days FROM sales") == [(here.vin, 5)]
    assert verify.verify(store.path).ok


def test_a_delivery_after_the_seal_stands_in_tomorrows_report(store):
    """
    team 张伟
    lead 王
    stock QY 白 4114 5
    order 刘女士 4114 张伟
    at 18:25
    seal it
    """
    at(store, "19:10")
    moves.step(store, the_order(store, "刘女士"), "out")
    assert reports.sealed(store, store.today()).sections["deliveries"]["out"] == []
    at(store, "17:00", "2026-11-25")
    out = reports.live(store, store.today()).sections["deliveries"]["out"]
    assert [(one["customer"], one["closed_at"]) for one in out] == [("刘女士", "2026-11-24T19:10:00")]


def test_refused_on_the_spot(store):
    """The customer sees a scratch and goes home: the order is open again, the car in the yard with its age.

    team 张伟
    stock QY 白 4114 5
    order 刘女士 4114 张伟
    """
    moves.step(store, the_order(store, "刘女士"), "out")
    moves.step(store, the_order(store, "刘女士"), "out")
    order, car = the_order(store, "刘女士"), the_car(store, "4114")
    assert order.open and not order.is_done("out") and car.in_stock and car.allocated
    assert car_rules.stock_age(car, store.today()) == 5
    assert store.one("SELECT count(*) FROM sales") == 0


def test_a_step_is_stamped_and_the_same_digit_takes_it_back(store):
    """
    team 张伟
    lead 王
    stock QY 白 4114 5
    order 刘女士 4114 张伟
    """
    at(store, "09:50")
    assert moves.step(store, the_order(store, "刘女士"), "invoice")
    done = the_order(store, "刘女士").done["invoice"]
    assert (done.at, done.by) == ("2026-11-24T09:50:00", "王")
    assert not moves.step(store, the_order(store, "刘女士"), "invoice")
    assert the_order(store, "刘女士").done == {}


def test_two_orders_never_have_one_car(store):
    """
    team 张伟
    stock QY 白 4114 5
    order 刘女士 4114 张伟
    """
    car = the_car(store, "4114")
    with pytest.raises(Refused, match="allocated already"):
        moves.save(store, replace(moves.blank(store), customer="王先生", car_id=car.id, model_id=car.model_id))
    assert queries.waiting(store) == []


def test_a_handed_over_order_changes_no_more(store):
    """
    team 张伟
    stock QY 白 4114 5
    order 刘女士 4114 张伟
    """
    moves.step(store, the_order(store, "刘女士"), "out")
    with pytest.raises(Refused, match="take that back first"):
        moves.step(store, the_order(store, "刘女士"), "invoice")
    with pytest.raises(Refused, match="no open order"):
        moves.cancel(store, the_order(store, "刘女士"), "x")


def test_an_order_waits_for_its_car(store):
    """No free car: the order waits, counts for the order advice, and takes the car when it comes.

    team 张伟
    stock QY 白 4114 5
    """
    car = the_car(store, "4114")
    moves.save(store, replace(moves.blank(store), customer="刘女士", model_id=car.model_id, colour="白"))
    assert [order.customer for order in queries.waiting(store)] == ["刘女士"]
    with pytest.raises(Refused, match="no car yet"):
        moves.step(store, the_order(store, "刘女士"), "out")
    moves.allocate(store, the_order(store, "刘女士"), car)
    assert the_car(store, "4114").allocated and queries.waiting(store) == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("138 0000 1001", "13800001001"),
        ("１３８００００１００１", "13800001001"),
        ("+86 138-0000-1001", "13800001001"),
        ("", ""),
    ],
)
def test_a_phone_however_it_is_typed(store, typed, kept):
    """
    stock QY 白 4114 5
    """
    car = the_car(store, "4114")
    moves.save(store, replace(moves.blank(store), customer="刘女士", phone=typed, model_id=car.model_id))
    assert the_order(store, "刘女士").phone == kept
    assert masked(kept) == (kept and "138****1001")


def test_a_phone_that_is_none(store):
    with pytest.raises(Refused, match="11 digits"):
        moves.save(store, replace(moves.blank(store), customer="刘女士", phone="1380000", model_id=1))


def test_looked_through_today_and_again_tomorrow(store):
    """
    team 张伟
    stock QY 白 4114 5
    stock QY 白 4214 5
    order 刘女士 4114 张伟
    order 王先生 4214 张伟
    """
    assert moves.review(store, queries.in_delivery(store, store.today())) == 2
    assert moves.review(store, queries.in_delivery(store, store.today())) == 0
    at(store, "09:00", "2026-11-25")
    assert not rules.reviewed(the_order(store, "刘女士"), store.today())


def test_an_order_open_too_long_is_listed(store):
    """
    team 张伟
    stock QY 白 4114 5
    order 刘女士 4114 张伟
    """
    order = the_order(store, "刘女士")
    moves.save(store, replace(order, ordered_on=store.today() - timedelta(days=61)), order)
    old = reports.live(store, store.today()).sections["deliveries"]["old"]
    assert [one["customer"] for one in old] == ["刘女士"]


def test_the_rows_never_move_while_steps_are_done(store):
    """
    team 张伟
    stock QY 白 4114 5
    stock QY 白 4214 5
    stock QY 白 4314 5
    order 甲 4114 张伟 2026-11-24T15:00
    order 乙 4214 张伟 2026-11-24T10:00
    order 丙 4314 张伟
    """
    day = store.today()
    assert [order.customer for order in queries.in_delivery(store, day)] == ["乙", "甲", "丙"]
    moves.step(store, the_order(store, "乙"), "out")
    moves.step(store, the_order(store, "丙"), "invoice")
    assert [order.customer for order in queries.in_delivery(store, day)] == ["乙", "甲", "丙"]
    assert cars.counts(store)["on_hand"] == 2
