"""What may happen to a car and what the trade forbids, with why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorlead.cars import moves, queries, rules
from floorlead.cars.records import Hold, Placement, StockState
from floorlead.orders import moves as orders
from floorlead.record import replace
from floorlead.store import Refused
from floorlead.store import undo as undoing
from tests.conftest import enter_car, the_car, the_order


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
