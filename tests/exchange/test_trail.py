"""A car that a file puts on a spot leaves the same trail as one put there by hand: the card, the board and the age list
follow it."""

from __future__ import annotations

import pytest

from floorlead.cars import board
from floorlead.cars import moves as car_moves
from floorlead.cars import queries as cars
from floorlead.cars.records import Placement
from floorlead.checks import lists, subjects
from floorlead.furniture import queries as furniture
from floorlead.orders import moves as order_moves
from floorlead.record import replace
from floorlead.store import undo, verify
from tests.conftest import at
from tests.exchange.conftest import car, demo, look, reasons, take, vin

HEAD = "vin,model,colour,arrived_on,place,spot"


@pytest.fixture
def shown(store):
    """A white car on D01 and a black one on D02, both by a file of today, both here since 1 November."""
    take(store, "cars", f"{HEAD}\n{vin(1)},QY,白,2026-11-01,展厅,D01\n{vin(2)},QY,黑,2026-11-01,展厅,D02\n")
    return store


def events(store, number: int) -> list[tuple[str, str, str]]:
    """A car's story, the oldest first, as (day, kind, detail)."""
    found = reversed(cars.story(store, car(store, number)))
    return [(store.clock.day_at(one.at).isoformat(), one.kind, one.detail) for one in found]


def rows(store) -> list[tuple[str, str]]:
    """The rows of the display cars on today's card."""
    today = store.today()
    found = [row for one in lists.in_force(store) for row in subjects.live_rows(store, today, one)]
    return [(row.number, row.subject) for row in found if row.number.startswith("D")]


def test_a_display_car_of_a_file_has_its_story(shown):
    """Nothing better is known of when it came onto its spot than the day it arrived."""
    assert events(shown, 1) == [("2026-11-01", "display", "D01")]
    assert str(cars.displayed_since(shown, [car(shown, 1)])[car(shown, 1).id]) == "2026-11-01"


def test_an_empty_spot_leaves_the_card(shown):
    """D01 is handed over, D02 goes to the yard: neither spot is asked for on the card, and the board knows what stood there."""
    assert [spot for spot, _subject in rows(shown)] == ["D01", "D02"]
    order = replace(
        order_moves.blank(shown), customer="刘女士", car_id=car(shown, 1).id, model_id=car(shown, 1).model_id
    )
    order_moves.save(shown, order)
    held = order_moves.queries.of_car(shown, car(shown, 1).id)
    order_moves.hand_over(shown, held)
    car_moves.to_yard(shown, car(shown, 2))

    assert rows(shown) == []
    assert [board.proposal(shown, spot).model for spot in board.spots(shown)] == [car(shown, 1).model_id] * 2


def test_a_car_that_a_file_moves_stands_there_since_then(shown):
    """D01 to D03 on 28 November: its time on the new spot begins, its age goes on."""
    at(shown, "10:00", "2026-11-28")
    take(shown, "cars", f"vin,place,spot\n{vin(1)},展厅,D03\n")

    assert events(shown, 1)[1:] == [("2026-11-28", "display", "D03")]
    assert str(cars.displayed_since(shown, [car(shown, 1)])[car(shown, 1).id]) == "2026-11-28"


def test_a_car_that_a_file_takes_off_its_spot(shown):
    take(shown, "cars", f"vin,place,cost\n{vin(1)},车库,99000\n")

    assert events(shown, 1)[1:] == [("2026-11-24", "changed", ""), ("2026-11-24", "yard", "D01")]
    assert [spot for spot, _subject in rows(shown)] == ["D02"]


def test_two_cars_change_their_spots(shown):
    take(shown, "cars", f"vin,place,spot\n{vin(1)},展厅,D02\n{vin(2)},展厅,D01\n")
    told = [events(shown, n)[-1][1:] for n in (1, 2)]

    assert told == [("display", "D02"), ("display", "D01")]
    assert verify.verify(shown.path).findings == []
    undo.undo(shown)
    assert [car(shown, n).spot for n in (1, 2)] == ["D01", "D02"]
    undo.undo(shown)
    assert shown.rows("SELECT * FROM car_events") == []


def test_a_car_that_arrives_and_goes_on_display_at_once(store):
    take(store, "cars", f"vin,model,state\n{vin(1)},QY,在途\n")
    take(store, "cars", f"vin,arrived_on,place,spot\n{vin(1)},2026-11-23,展厅,D01\n")

    assert [kind for _day, kind, _detail in events(store, 1)] == ["arrived", "display"]


def test_cars_without_a_spot_have_no_story(store):
    take(store, "cars", f"vin,model,arrived_on\n{vin(1)},QY,2026-11-01\n")
    assert store.rows("SELECT * FROM car_events") == []


def test_the_demo_cars_are_followed(staffed):
    """Each of the 14 display cars and each test-drive car with a spot."""
    take(staffed, "cars", demo("cars.csv"))
    assert cars.spots_used(staffed) == {piece.id for piece in furniture.standing(staffed)}


def test_a_key_that_is_out_keeps_its_car(store):
    """The dealer system calls it a car of the yard; its key is with a customer."""
    take(store, "cars", f"vin,model,arrived_on,place\n{vin(1)},QY,2026-11-01,试驾\n")
    car_moves.key_out(store, car(store, 1), None, 5)
    plan = take(store, "cars", f"vin,place\n{vin(1)},车库\n")
    gone = look(store, "cars", f"vin,state,left_on\n{vin(1)},已交付,2026-11-23\n")

    assert list(plan.remarks) == ["line 2: its key is out; it stays a test-drive car"]
    assert car(store, 1).placement is Placement.TEST_DRIVE
    assert reasons(gone) == {2: "its key is out; enter its return first"}
