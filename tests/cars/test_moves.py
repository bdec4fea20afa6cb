"""What may happen to a car and what the trade forbids, with why."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorlead.cars import moves, queries, rules
from floorlead.cars.records import Hold, Placement, StockState
from floorlead.orders import moves as orders
from floorlead.record import replace
from floorlead.store import Refused
from floorlead.store import undo as undoing
from tests.conftest import at, desk_of, enter_car, press, screen, the_car, the_order, vin


def test_arrival_in_the_future(store):
    """The dealer system says tomorrow: that is a car in transit."""
    with pytest.raises(Refused, match="future"):
        enter_car(store, "QY", "白", "4114", arrived_on=store.today() + timedelta(days=1))


def test_arrived_before_it_was_built(store):
    day = store.today()
    with pytest.raises(Refused, match="before it was built"):
        enter_car(store, "QY", "白", "4114", arrived_on=day - timedelta(days=3), built_on=day)


def test_arrived_without_invoice(store):
    """The car is here, the maker's invoice is not: it counts from its arrival, its paid age is not known."""
    car = enter_car(store, "QY", "白", "4114", arrived_on=store.today() - timedelta(days=5))
    assert rules.stock_age(car, store.today()) == 5
    assert rules.paid_age(car, store.today()) is None


def test_paid_but_not_arrived(store):
    """Invoiced and still on the road: interest runs (paid age), the stock age does not."""
    car = enter_car(store, "QY", "白", "4114", paid_on=store.today() - timedelta(days=9),
                    stock_state=StockState.IN_TRANSIT, placement=Placement.NONE)  # fmt: skip
    assert rules.stock_age(car, store.today()) is None
    assert rules.paid_age(car, store.today()) == 9


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("display", "still in transit"),
        ("test_drive", "still in transit"),
        ("handed_over", "still in transit"),
        ("yard", "still in transit"),
    ],
)
def test_a_car_on_the_road_does_nothing_here(store, what, words):
    """
    coming QY 白 4117 2026-11-26
    """
    assert words in rules.forbidden(the_car(store, "4117"), what)


def test_a_deal_is_off_and_the_car_keeps_its_age(store):
    """
    team 张伟
    stock QY 白 4114 75
    order 刘女士 4114 张伟
    """
    orders.cancel(store, the_order(store, "刘女士"), "贷款没批")
    car = the_car(store, "4114")
    assert car.free and rules.stock_age(car, store.today()) == 75
    undoing.undo(store)
    assert the_car(store, "4114").allocated and the_order(store, "刘女士").open


def test_sold_off_display_stays_until_it_is_fetched(store):
    """
    team 张伟
    car D01 青屿白 张伟
    stock QY 白 4114 75 D01
    order 刘女士 4114 张伟
    """
    car = the_car(store, "4114")
    assert car.allocated and car.spot == "D01"
    orders.step(store, the_order(store, "刘女士"), "out")
    assert the_car(store, "4114").spot == ""
    assert queries.on_spots(store) == {}


def test_damage_hold_on_an_allocated_car(store):
    """
    team 张伟
    stock QY 白 4114 3
    order 刘女士 4114 张伟 2026-11-24T10:30
    """
    moves.put_hold(store, the_car(store, "4114"), Hold.DAMAGE, "右后门")
    with pytest.raises(Refused, match="damage hold; release"):
        orders.step(store, the_order(store, "刘女士"), "out")
    moves.put_hold(store, the_car(store, "4114"), Hold.NO)
    orders.step(store, the_order(store, "刘女士"), "out")
    assert the_car(store, "4114").stock_state is StockState.DELIVERED


def test_a_damaged_car_is_not_allocated(store):
    """
    stock QY 白 4114 3
    """
    moves.put_hold(store, the_car(store, "4114"), Hold.DAMAGE, "右后门")
    order = replace(orders.blank(store), customer="刘女士", car_id=the_car(store, "4114").id)
    with pytest.raises(Refused, match="damage hold"):
        orders.save(store, order)
    assert store.one("SELECT count(*) FROM orders") == 0


ACTS = {
    "display": lambda s, c, spot: moves.put_on_display(s, c, spot, "D01"), "yard": lambda s, c, _s: moves.to_yard(s, c),
    "test": lambda s, c, _s: moves.to_test_drives(s, c), "away": lambda s, c, _s: moves.go_away(s, c, "车展"),
    "damage": lambda s, c, _s: moves.put_hold(s, c, Hold.DAMAGE, "x"), "free": lambda s, c, _s: moves.put_hold(s, c, Hold.NO),
    "transfer": lambda s, c, _s: moves.transfer(s, c, "二店"), "back": lambda s, c, _s: moves.give_back(s, c),
}  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
def test_no_move_changes_an_age_and_every_one_undoes(store, seed):
    """Whatever is done with a car, its days stay; taken back one by one it is what it was.

    team 张伟
    car D01 青屿白 张伟
    stock QY 白 4114 75
    """
    import random

    draw, first = random.Random(seed), the_car(store, "4114")
    spot = store.one("SELECT id FROM furniture")
    pictures = []
    for _step in range(14):
        before = the_car(store, "4114")
        try:
            ACTS[draw.choice(list(ACTS))](store, before, spot)
        except Refused:
            assert the_car(store, "4114") == before
            continue
        after = the_car(store, "4114")
        assert after.arrived_on == first.arrived_on and rules.stock_age(after, store.today()) == 75
        if store.one("SELECT max(seq) FROM actions") and after != before:
            pictures.append(before)
    for before in reversed(pictures):
        undoing.undo(store)
        assert the_car(store, "4114") == before


@given(st.integers(0, 4000), st.lists(st.integers(1, 999), min_size=2, max_size=6, unique=True))
def test_every_age_has_one_bucket(age, bounds):
    """Buckets by inclusive upper bounds: neighbours never overlap and nothing falls between."""
    growing = tuple(sorted(bounds))
    number = rules.bucket(age, growing)
    low = growing[number - 1] if number else -1
    high = growing[number] if number < len(growing) else 10**6
    assert low < age <= high
    assert rules.bucket_words(number, growing)


def test_two_cars_in_one_spot(store):
    """
    team 张伟
    car D01 青屿白 张伟
    stock QY 白 4114 5 D01
    stock QY 黑 4214 5
    """
    spot = store.one("SELECT id FROM furniture")
    with pytest.raises(Refused, match="D01 holds the car 4114"):
        moves.put_on_display(store, the_car(store, "4214"), spot, "D01")
    assert the_car(store, "4214").placement is Placement.YARD


def test_allocated_without_an_order_is_freed_in_the_box(store):
    """A dealer system calls a car allocated and no order came with it: the box frees it.

    stock QY 白 4114 5
    """
    car = the_car(store, "4114")
    with store.write("as a list says") as db:
        db.execute("UPDATE cars SET allocation = 'allocated' WHERE id = ?", (car.id,))
    desk = desk_of(store)
    press(desk, "f5", "tab", "tab", "enter")
    number = next(line.split()[1] for line in screen(desk).splitlines() if "belongs to no order" in line)
    press(desk, number)
    assert the_car(store, "4114").free


def test_a_hand_over_is_taken_back_days_later(store):
    """Found by its tail, the delivered car offers its way back; so does a returned one.

    team 张伟
    stock QY 白 4114 5
    stock QY 白 4214 5
    order 刘女士 4114 张伟
    """
    orders.step(store, the_order(store, "刘女士"), "out")
    moves.return_to_maker(store, the_car(store, "4214"), "退")
    at(store, "09:00", "2026-11-27")
    desk = desk_of(store)
    press(desk, "f5", "ctrl+f", "4", "1", "1", "4", "enter", "1", "escape")
    assert the_order(store, "刘女士").open and the_car(store, "4114").in_stock
    press(desk, "ctrl+f", "4", "2", "1", "4", "enter", "1")
    assert the_car(store, "4214").in_stock and the_car(store, "4214").left_on is None


def test_a_car_whose_key_is_out_stays_a_test_drive_car(store):
    """
    stock QY 白 4114 100
    """
    moves.to_test_drives(store, the_car(store, "4114"))
    moves.key_out(store, the_car(store, "4114"), None, 1200)
    for act in (moves.to_yard, moves.go_away, moves.return_to_maker):
        with pytest.raises(Refused, match="is out; enter its return"):
            act(store, the_car(store, "4114"))
    drive = queries.drives_out(store)[the_car(store, "4114").id]
    with pytest.raises(Refused, match="1200 km already"):
        moves.key_back(store, the_car(store, "4114"), drive, 900)
    moves.key_back(store, the_car(store, "4114"), drive, 1230)
    moves.to_yard(store, the_car(store, "4114"))


def test_a_correction_that_was_wrong_is_corrected_back(store):
    """A to B, back to A, then to C: each number is where it belongs.

    stock QY 白 4114 5
    """
    for tail, why in (("4174", "看错"), ("4114", "没看错"), ("4184", "还是看错")):
        moves.correct_vin(store, the_car(store, queries.here(store)[0].tail), vin(tail), why)
    assert [alias[0] for alias in queries.aliases(store, the_car(store, "4184"))] == [vin("4114"), vin("4174")]
    assert queries.by_vin(store, vin("4114")).tail == "4184"


@pytest.mark.parametrize(("field", "words"), [("paid_on", "paid"), ("built_on", "built")])
def test_days_that_lie_in_the_future(store, field, words):
    """Typed 2027 for 2026: refused, whatever state the car is in."""
    for state in ({"stock_state": StockState.IN_TRANSIT, "placement": Placement.NONE}, {"arrived_on": store.today()}):
        with pytest.raises(Refused, match=f"'{words}' 2027-05-01 lies in the future"):
            enter_car(store, "QY", "白", "4114", **{field: date(2027, 5, 1)}, **state)


def test_a_car_that_left_keeps_a_sound_arrival(store):
    """
    stock QY 白 4114 5
    """
    moves.return_to_maker(store, the_car(store, "4114"), "退")
    gone = the_car(store, "4114")
    for arrived in (None, store.today() + timedelta(days=1)):
        with pytest.raises(Refused):
            moves.save(store, replace(gone, arrived_on=arrived), gone)


def test_the_arrival_of_a_car_on_the_road_is_no_fact_to_type(store):
    """The form of a car in transit has no arrival: that is entered as one, with 1.

    coming QY 白 4117 2026-11-26
    """
    desk = desk_of(store)
    press(desk, "f5", "backtab", "enter", "2")
    assert "Expected" in screen(desk) and "Arrived" not in screen(desk)


def test_a_key_meant_for_a_box_that_is_gone_does_nothing(store):
    """The order was cancelled on another terminal while its box stood here: the digit must not tick another order.

    team 张伟
    stock QY 白 4114 5
    stock QY 白 4214 5
    order 刘女士 4114 张伟
    order 王先生 4214 张伟
    """
    desk = desk_of(store)
    press(desk, "f5", "enter", "0")
    with store.write("elsewhere") as db:
        db.execute("DELETE FROM orders WHERE customer = '刘女士'")
    press(desk, "1")
    assert the_order(store, "王先生").done == {}


@pytest.mark.parametrize("sign", ["²", "①", "٣", "Ⅳ"])
def test_a_sign_that_is_a_digit_to_read_is_no_key(store, sign):
    """A Chinese input method types 1 in a circle easily: no page and no box stumbles over it.

    stock QY 白 4114 5
    """
    desk = desk_of(store)
    for door in desk.doors:
        desk.go(door.name)
        press(desk, sign)
        screen(desk)
    desk.go("cars")
    press(desk, "tab", "tab", "enter", sign)
    assert "change its facts" in screen(desk)
