"""Orders and their papers: what contradicts itself is said, what the trade forbids is refused with why."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from floorlead.calendar import queries as calendar
from floorlead.cars import moves as car_moves
from floorlead.cars import queries as cars
from floorlead.cars import rules as car_rules
from floorlead.cars.records import StockState
from floorlead.orders import lists, moves, queries, rules
from floorlead.orders.records import Done
from floorlead.phones import masked
from floorlead.record import replace
from floorlead.report import queries as reports
from floorlead.store import Refused, verify
from floorlead.store import undo as undoing
from tests.conftest import at, person, the_car, the_order

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


# -- what went wrong once, and must not again


def test_a_handed_over_order_keeps_its_car(store):
    """After the hand-over the form may correct the advisor, never the car; the sale follows the advisor.

    team 张伟 李娜
    stock QY 白 4114 5
    stock QY 白 4214 5
    order 刘女士 4114 张伟
    """
    moves.step(store, the_order(store, "刘女士"), "out")
    order = the_order(store, "刘女士")
    for car in (the_car(store, "4214").id, None):
        with pytest.raises(Refused, match="take that back first"):
            moves.save(store, replace(order, car_id=car), order)
    with pytest.raises(Refused, match="take that back first"):
        moves.plan_times(store, order, replace(order, handover_at="2026-11-30T10:00"))
    moves.save(store, replace(order, advisor_id=person(store, "李娜").id, insured=True), order)
    assert store.rows("SELECT advisor, insured, vin FROM sales") == [
        (person(store, "李娜").number, 1, the_car(store, "4114").vin)
    ]


def test_no_swap_with_a_car_that_is_on_the_road(store):
    """
    team 张伟
    stock QY 白 4114 5
    coming QY 白 4117 2026-11-26
    order 刘女士 4114 张伟
    order 王先生 4117 张伟
    """
    moves.step(store, the_order(store, "刘女士"), "out")
    with pytest.raises(Refused, match="still in transit"):
        moves.swap(store, the_order(store, "刘女士"), the_order(store, "王先生"))
    moves.step(store, the_order(store, "刘女士"), "out")
    moves.swap(store, the_order(store, "刘女士"), the_order(store, "王先生"))
    assert the_car(store, "4117").stock_state is StockState.IN_TRANSIT


def test_two_delivered_orders_swap_their_sales_too(store):
    """
    team 张伟
    stock QY 白 4114 5
    stock QY 黑 4214 25
    order 刘女士 4114 张伟
    order 王先生 4214 张伟
    """
    for name in ("刘女士", "王先生"):
        moves.step(store, the_order(store, name), "out")
    moves.swap(store, the_order(store, "刘女士"), the_order(store, "王先生"))
    moves.step(store, the_order(store, "刘女士"), "out")
    assert store.rows("SELECT vin, colour, age_days FROM sales") == [(the_car(store, "4114").vin, "白", 5)]


def test_a_stale_step_is_refused(store):
    """Another terminal cancelled the order: a digit on the old picture ticks nothing.

    team 张伟
    stock QY 白 4114 5
    order 刘女士 4114 张伟
    """
    stale = the_order(store, "刘女士")
    moves.cancel(store, stale, "贷款没批")
    with pytest.raises(Refused, match="another terminal"):
        moves.step(store, stale, "invoice")
    assert store.one("SELECT count(*) FROM order_steps") == 0


def test_half_past_midnight_belongs_to_the_evening(store):
    """A night of papers: what is ticked and handed over at 00:30 stands in the evening's report.

    team 张伟
    stock QY 白 4114 5
    stock QY 白 4214 5
    order 刘女士 4114 张伟
    order 王先生 4214 张伟
    """
    at(store, "00:30", "2026-11-25")
    moves.step(store, the_order(store, "刘女士"), "invoice")
    moves.step(store, the_order(store, "刘女士"), "out")
    moves.cancel(store, the_order(store, "王先生"), "不买了")
    evening, day = date(2026, 11, 24), date(2026, 11, 25)
    assert queries.steps_on(store, evening) == {"invoice": 1, "out": 1} and queries.steps_on(store, day) == {}
    assert [order.customer for order in queries.closed_on(store, evening)] == ["刘女士"]
    assert the_order(store, "王先生").closed_at.startswith("2026-11-24")
    assert the_car(store, "4114").left_on == evening


def test_the_reason_of_a_cancellation_is_never_lost(store):
    """
    team 张伟
    stock QY 白 4114 5
    order 刘女士 4114 张伟
    """
    order = the_order(store, "刘女士")
    moves.save(store, replace(order, note="很长的备注" * 30), order)
    moves.cancel(store, the_order(store, "刘女士"), "贷款没批")
    assert the_order(store, "刘女士").note.startswith("贷款没批")


def test_the_red_papers_are_named_when_all_steps_are_done(store):
    """15:30, the customer waits: all four steps are ticked, the balance is not in.

    team 张伟
    stock QY 白 4114 5
    order 刘女士 4114 张伟 2026-11-24T15:30
    """
    for step in ("invoice", "insurance", "plates", "papers"):
        moves.step(store, the_order(store, "刘女士"), step)
    around = queries.around(store.today(), the_car(store, "4114"), calendar.office(store), lists.papers(store))
    assert rules.owed_words(the_order(store, "刘女士"), around) == ["D02 Paid up"]
    assert "today, and still missing: D02 Paid up" in rules.contradictions(the_order(store, "刘女士"), around)
    moves.step(store, the_order(store, "刘女士"), "out")
    assert rules.contradictions(the_order(store, "刘女士"), around) == ["handed over, and still missing: D02 Paid up"]
    moves.step(store, the_order(store, "刘女士"), "out")
    moves.step(store, the_order(store, "刘女士"), "D02", {"zh": "尾款", "en": "Paid up"})
    assert rules.contradictions(the_order(store, "刘女士"), around) == []


def test_a_former_test_drive_car_is_no_new_car_sold(store):
    """
    team 张伟
    stock QY 白 4114 100
    """
    car_moves.to_test_drives(store, the_car(store, "4114"))
    car_moves.to_yard(store, the_car(store, "4114"))
    car = the_car(store, "4114")
    moves.save(store, replace(moves.blank(store), customer="刘女士", car_id=car.id, model_id=car.model_id))
    moves.step(store, the_order(store, "刘女士"), "out")
    assert store.one("SELECT count(*) FROM sales") == 0


def test_an_order_of_tomorrow(store):
    """
    team 张伟
    stock QY 白 4114 5
    order 刘女士 4114 张伟
    """
    order = the_order(store, "刘女士")
    with pytest.raises(Refused, match="lies in the future"):
        moves.save(store, replace(order, ordered_on=date(2099, 1, 1)), order)


@pytest.mark.parametrize(
    ("days", "word"), [(-1, "the temporary plate ended"), (0, "ends"), (3, "ends"), (4, ""), (40, "")]
)
def test_a_temporary_plate_is_said_from_three_days_before_its_end(store, days, word):
    """
    team 张伟
    stock QY 白 4114 5
    order 刘女士 4114 张伟
    """
    order = replace(the_order(store, "刘女士"), temp_plate_until=OPEN.day + timedelta(days=days))
    found = [told for told in rules.contradictions(order, OPEN) if "temporary plate" in told]

    assert len(found) == bool(word) and all(word in told for told in found)
    plated = replace(order, done={"plates": Done("2026-11-24T09:00:00", "王")})
    assert not [told for told in rules.contradictions(plated, OPEN) if "temporary plate" in told]
