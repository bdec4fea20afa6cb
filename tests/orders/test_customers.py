"""An order and the customer's book row: O with the order, delivered with the hand-over, back where it was without it."""

from __future__ import annotations

from datetime import date

import pytest

from floorlead.cars.screen import CarsPage
from floorlead.customers import ends
from floorlead.customers import moves as customers
from floorlead.customers import queries as book
from floorlead.customers.records import Happened
from floorlead.orders import moves, queries
from floorlead.record import replace
from floorlead.store import Refused
from floorlead.store import undo as undoing
from floorlead.visits import moves as visits
from floorlead.visits import queries as visit_queries
from tests.conftest import at, desk_of, person, press, screen, the_car, the_order

PHONE = "13800000001"


def prospect(store, grade="A", phone=PHONE):
    """刘女士, looking at a QY, 张伟's, first seen a week ago."""
    made = replace(
        customers.blank(store), name="刘女士", phone=phone, grade=grade, model_id=the_car(store, "4114").model_id, colour="白",
        advisor_id=person(store, "张伟").id, first_on=date(2026, 11, 17), last_contact=date(2026, 11, 20),
        next_due=date(2026, 11, 27),
    )  # fmt: skip
    return book.get(store, customers.save(store, made))


def ordered(store, one, **more):
    """An order of a customer for the car 4114."""
    car = the_car(store, "4114")
    order = queries.begun(store, moves.blank(store), one.id, 0)
    return queries.of(store, moves.save(store, replace(order, **{"car_id": car.id, **more})))


def now(store, one):
    return book.get(store, one.id)


def test_a_customer_orders(store):
    """
    team 张伟
    stock QY 白 4114 5
    Grade O, due in a week, one event 'order', all taken back by one undo.
    """
    one = prospect(store)
    order = ordered(store, one)
    after = now(store, one)
    assert (after.grade, after.last_contact, after.next_due) == ("O", date(2026, 11, 24), date(2026, 12, 1))
    last = book.events(store, one.id)[-1]
    assert (last.kind, last.grade_before, last.grade_after, last.due) == (Happened.ORDER, "A", "O", date(2026, 11, 27))
    assert (order.customer, order.phone, order.customer_id, order.colour) == ("刘女士", PHONE, one.id, "白")
    undoing.undo(store)
    assert now(store, one) == one and queries.of(store, order.id) is None


def test_the_order_of_a_visit_is_a_deal(store):
    """
    team 张伟
    stock QY 白 4114 5
    刘女士 came today; the order typed in by its phone alone finds her and her visit.
    """
    one = prospect(store)
    seen = visits.register(store, replace(visits.blank(store), grade="H"), "", PHONE)
    order = replace(moves.blank(store), customer="刘女士", phone="138 0000 0001", car_id=the_car(store, "4114").id)
    found = queries.of(store, moves.save(store, order))
    assert (found.customer_id, found.visit_id) == (one.id, seen)
    assert visit_queries.get(store, seen).deal


def test_delivered_taken_back_cancelled(store):
    """
    team 张伟
    stock QY 白 4114 5
    The hand-over ends the row as D; refused on the spot it is O again; without the order it is A as before, due today.
    """
    one = prospect(store)
    order = ordered(store, one)
    moves.hand_over(store, order)
    assert (now(store, one).grade, now(store, one).closed_on, now(store, one).next_due) == (
        "D",
        date(2026, 11, 24),
        None,
    )
    moves.take_back(store, the_order(store, "刘女士"))
    assert (now(store, one).grade, now(store, one).closed_on) == ("O", None)
    moves.cancel(store, the_order(store, "刘女士"), "价格")
    assert (now(store, one).grade, now(store, one).next_due) == ("A", date(2026, 11, 24))
    assert [e.kind.value for e in book.events(store, one.id)] == ["made", "order", "closed", "open", "open"]


def test_two_orders_of_one_customer(store):
    """
    team 张伟
    stock QY 白 4114 5
    stock QY 黑 4115 5
    One is delivered, the other still waits: the customer stays ordered.
    """
    one = prospect(store)
    first = ordered(store, one)
    ordered(store, one, car_id=the_car(store, "4115").id, number="second")
    moves.hand_over(store, first)
    assert now(store, one).grade == "O"


def test_who_orders_is_not_lost(store):
    """
    team 张伟
    stock QY 白 4114 5
    An end was applied for when she ordered: the application is withdrawn.
    """
    one = prospect(store)
    ends.ask(store, one, "F1", "价格")
    ordered(store, one)
    assert book.asked(store) == []
    assert book.endings_of(store, one.id)[0].state == "withdrawn"


def test_along_by_digits(store):
    """
    team 张伟
    stock QY 白 4114 5
    order 刘女士 4114 张伟
    7 on the delivery page, then a digit each; 3 asks for the sum; after the hand-over the sale has them too.
    """
    desk = desk_of(store)
    press(desk, "f5", "7", "1", "3", '"2937', "enter", "4", "4", "escape")
    order = the_order(store, "刘女士")
    assert (order.insured, order.financed, order.accessories, order.trade_in) == (True, False, True, False)
    assert order.accessory_amount == 2937
    press(desk, "5")  # the hand-over keeps its one key
    assert not the_order(store, "刘女士").open
    press(desk, "7", "2", "escape")
    assert store.rows("SELECT insured, financed, accessories, trade_in FROM sales") == [(1, 1, 1, 0)]


def test_the_sum_may_be_left_open(store):
    """
    team 张伟
    stock QY 白 4114 5
    order 刘女士 4114 张伟
    Enter on nothing: accessories, sum not known; 3 again takes both back.
    """
    desk = desk_of(store)
    press(desk, "f5", "7", "3", "enter")
    assert (the_order(store, "刘女士").accessories, the_order(store, "刘女士").accessory_amount) == (True, None)
    press(desk, "3")
    assert not the_order(store, "刘女士").accessories


def test_the_form_begins_with_the_customer(store):
    """
    team 张伟
    stock QY 白 4114 5
    """
    one = prospect(store)
    desk = desk_of(store)
    desk.go(CarsPage.name)
    desk.open("order", {"customer": one.id, "visit": 0})
    shown = screen(desk)
    assert "刘女士" in shown and "QY" in shown
    assert "138****0001 stays" in shown and PHONE not in shown
    desk.press("ctrl+s")
    assert (the_order(store, "刘女士").customer_id, the_order(store, "刘女士").phone) == (one.id, PHONE)
    assert now(store, one).grade == "O"


def test_a_cancelled_order_has_nothing_along(store):
    """
    team 张伟
    stock QY 白 4114 5
    order 刘女士 4114 张伟
    """
    moves.cancel(store, the_order(store, "刘女士"), "价格")
    with pytest.raises(Refused):
        moves.mark(store, the_order(store, "刘女士"), "insured")


def test_the_number_of_the_order_was_another_customer_s(store):
    """
    team 张伟
    stock QY 白 4114 5
    Typed with the wrong number, corrected: the order is the other customer's, the first one has grade A again, due today.
    """
    one, other = prospect(store), prospect(store, phone="13800000002")
    order = ordered(store, one)
    moves.save(store, replace(order, phone="13800000002"), order)

    assert queries.of(store, order.id).customer_id == other.id
    assert (now(store, one).grade, now(store, one).next_due) == ("A", date(2026, 11, 24))
    assert now(store, other).grade == "O"
    undoing.undo(store)
    assert (now(store, one).grade, now(store, other)) == ("O", other)


def test_a_lost_customer_orders_and_cancels(store):
    """
    team 张伟
    stock QY 白 4114 5
    Lost as A, ordered after all, cancelled: open with the A from before the loss, not as one nobody has judged.
    """
    one = prospect(store)
    ends.ask(store, one, "F1", "价格")
    ends.decide(store, book.asked(store)[0], True)
    order = ordered(store, now(store, one))
    assert (now(store, one).grade, now(store, one).closed_on) == ("O", None)
    moves.cancel(store, order, "改主意")

    assert (now(store, one).grade, now(store, one).next_due) == ("A", date(2026, 11, 24))


def test_cancelled_on_the_day_of_the_visit(store):
    """
    team 张伟
    stock QY 白 4114 5
    Signed at ten, off at noon: the visit is no deal any more; one of a day before stays one, its cancellation counts.
    """
    visit = visits.register(store, visits.blank(store), "刘女士", PHONE)
    one = book.by_phone(store, PHONE)
    order = ordered(store, one)
    assert visit_queries.get(store, visit).deal
    moves.cancel(store, order, "改主意")
    assert not visit_queries.get(store, visit).deal

    order = ordered(store, now(store, one))
    at(store, "10:00", "2026-11-25")
    moves.cancel(store, order, "改主意")
    assert visit_queries.get(store, visit).deal


@pytest.mark.parametrize("end", ["ctrl+s", "escape"])
def test_back_to_the_customer_s_page(store, end):
    """The order is begun at the customer (F7, Enter, 7); saved or left, she is back on F7.

    team 张伟
    stock QY 白 4114 34
    """
    one = prospect(store)
    desk = desk_of(store)
    desk.go_and_open("customers", "detail", {"customer": one.id})
    press(desk, "7")
    assert desk.page.name == "cars" and desk.field() is not None
    press(desk, end)
    assert desk.page.name == "customers" and desk.dialog() is None
    assert len(queries.of_customer(store, one.id)) == (end == "ctrl+s")
