"""A list of one kind is not taken for another: the wrong command says which one is right."""

from __future__ import annotations

from itertools import permutations

import pytest

from floorlead import words
from floorlead.exchange import files, headings, moves
from floorlead.exchange.writing import write_list
from floorlead.setup.demo_stock import FILES
from floorlead.store import Refused
from tests.conftest import desk_of, press, screen
from tests.exchange.conftest import demo, enter_people, take

PAIRS = list(permutations(("cars", "orders", "sales"), 2))


@pytest.mark.parametrize(("told", "is_"), PAIRS)
def test_the_demo_files_under_the_wrong_name(store, told, is_):
    """`import cars orders.csv` and the five others."""
    table = files.read(demo(FILES[is_]), FILES[is_], told)
    with pytest.raises(Refused, match=f"looks like a list of {is_}; use Import {is_}"):
        moves.plan(store, table)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.parametrize(("told", "is_"), PAIRS)
def test_what_went_out_under_the_wrong_name(store, tmp_path, told, is_, suffix, language):
    words.use(language)
    path = tmp_path / f"list{suffix}"
    write_list(store, is_, path)
    with pytest.raises(Refused, match=f"import {is_}"):
        moves.plan(store, files.read(path.read_bytes(), path.name, told))


@pytest.mark.parametrize("kind", ["cars", "orders", "sales"])
def test_the_right_name_is_right(store, kind):
    headings.right_kind(files.read(demo(FILES[kind]), FILES[kind], kind))


def test_a_list_of_orders_may_tell_much_of_its_cars(store):
    """More columns about the car than about the order, and still a list of orders."""
    head = "订单号,客户,电话,车架号,车型,配置,外色,内饰,动力,指导价,成本,下线日期,到货日期"
    headings.right_kind(files.read(f"{head}\n".encode(), "x.csv", "orders"))


def test_columns_assigned_by_hand_are_taken_at_their_word(store):
    """Who assigns the columns knows what the list is."""
    table = files.read(demo("orders.csv"), "orders.csv", "cars")
    given = headings.given_by_hand(table, ["model=number"])
    assert moves.plan(store, table, given).lines == len(table.body)


def test_the_box_says_so(store, written):
    enter_people(store)
    take(store, "cars", demo("cars.csv"))
    desk = desk_of(store)
    desk.go("exchange")
    press(desk, "1", f'"{written("orders.csv", demo("orders.csv"))}', "enter")
    assert "This looks like a list of orders; use Import orders" in screen(desk)
