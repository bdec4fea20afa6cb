"""The VIN: normalised, checked, corrected through the process, never used twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorlead.cars import moves, queries, rules
from floorlead.cars.records import StockState
from floorlead.record import replace
from floorlead.store import Refused
from floorlead.store import undo as undoing
from tests.conftest import desk_of, enter_car, press, screen, the_car, vin

RIGHT = "LX0A1B2C5TA004114"
LETTERS = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ"


@pytest.mark.parametrize(
    "typed",
    [
        "lx0a1b2c5ta004114",
        " LX0A 1B2C 5TA0 04114 ",
        "ＬＸ０Ａ１Ｂ２Ｃ５ＴＡ００４１１４",
        "LX0A1B2C5-TA004114",
        "LX0A1B2C5\u200bTA004114",
    ],
)
def test_however_it_is_typed(typed):
    """Lower case, blanks, full-width, hyphens, an invisible character: the same number."""
    assert rules.normal_vin(typed) == RIGHT
    assert rules.vin_trouble(rules.normal_vin(typed)) is None


@pytest.mark.parametrize("typed", ["LX0A1B2C5TA00411", "LX0A1B2C5TA0041144"])
def test_sixteen_or_eighteen_characters(typed):
    """16 or 18 characters: refused, the count is said."""
    trouble = rules.vin_trouble(typed)
    assert trouble and trouble.kind == "length" and str(len(typed)) in trouble.sentence


def test_i_o_q_typed_for_1_0():
    """I, O and Q never stand in a VIN; where 1 or 0 makes the check digit right, that number is offered."""
    trouble = rules.vin_trouble("LXOA1B2C5TA0O4114")
    assert trouble and trouble.kind == "letter" and trouble.meant == RIGHT and RIGHT in trouble.sentence
    assert rules.vin_trouble("LXQQ1B2C5TA004114").meant == ""


@given(st.integers(0, 16), st.sampled_from(LETTERS))
def test_a_wrong_digit_in_the_serial_is_always_seen(place, char):
    """One digit of the serial mistyped as another digit is seen every time."""
    wrong = RIGHT[:place] + char + RIGHT[place + 1 :]
    if place > 10 and char.isdigit() and char != RIGHT[place]:
        trouble = rules.vin_trouble(wrong)
        assert trouble and trouble.kind == "digit"


@given(st.text(LETTERS, min_size=17, max_size=17))
def test_the_check_digit_makes_any_number_right(text):
    right = text[:8] + rules.check_digit(text) + text[9:]
    assert rules.vin_trouble(right) is None
    assert rules.normal_vin(right.lower()) == right


@given(st.text(max_size=30))
def test_any_text_is_told_not_raised(text):
    """Whatever is pasted into the field, a sentence or nothing comes back."""
    trouble = rules.vin_trouble(rules.normal_vin(text))
    assert trouble is None or trouble.sentence


def test_save_anyway_with_a_reason(store):
    """A wrong check digit is refused; with a reason it is kept, and the reason with it."""
    wrong = vin("4114")[:-1] + "5"
    with pytest.raises(Refused, match="reason"):
        enter_car(store, "QY", "白", "4114", vin=wrong, arrived_on=store.today())
    kept = enter_car(store, "QY", "白", "4114", vin=wrong, arrived_on=store.today(), unchecked="合格证就是这样")
    assert kept.unchecked == "合格证就是这样"


def test_a_vin_exists_already_whatever_its_case(store):
    """
    stock QY 白 4114 3
    """
    with pytest.raises(Refused, match="here already"):
        enter_car(store, "QY", "白", "4114", vin=vin("4114").lower(), arrived_on=store.today())
    assert store.one("SELECT count(*) FROM cars") == 1


def test_a_car_in_transit_arrives_instead_of_being_entered_twice(store):
    """The truck is here, the leader types the VIN as a new car: the app offers its arrival.

    coming QY 白 4117 2026-11-24
    """
    desk = desk_of(store)
    press(desk, "f5", "tab", "tab", "insert", '"' + vin("4117"), "ctrl+s")
    assert "1 enters its arrival" in screen(desk)
    press(desk, "1")
    assert the_car(store, "4117").stock_state is StockState.IN_STOCK
    assert the_car(store, "4117").arrived_on == store.today()


def test_a_correction_keeps_the_alias(store):
    """A misread VIN is corrected: the old number still finds the car, and nobody may use it again.

    stock QY 白 4114 3
    """
    car = the_car(store, "4114")
    moves.correct_vin(store, car, vin("4174"), "入库看错")
    assert queries.by_vin(store, vin("4114")).vin == vin("4174")
    assert [alias[0] for alias in queries.aliases(store, the_car(store, "4174"))] == [vin("4114")]
    with pytest.raises(Refused, match="here already"):
        enter_car(store, "QY", "白", "4114", arrived_on=store.today())
    with pytest.raises(Refused, match="reason"):
        moves.correct_vin(store, the_car(store, "4174"), vin("4184"), " ")
    undoing.undo(store)
    assert the_car(store, "4114").id == car.id


def test_the_model_year_letter(store):
    """T in the tenth place is 2026, not 1996."""
    assert rules.model_year(RIGHT, store.today()) == 2026
    assert rules.model_year(RIGHT[:9] + "0" + RIGHT[10:], store.today()) is None


@pytest.mark.parametrize("tail", ["4114", "04114", "A004114", RIGHT[-8:]])
def test_found_by_the_last_four_to_eight(store, tail):
    """
    stock QY 白 4114 3
    stock QY 白 5114 3
    """
    assert [car.tail for car in queries.by_tail(store, tail)] == ["4114"]
    assert queries.by_tail(store, "114") == []


def test_a_car_that_left_is_still_found(store):
    """
    stock QY 白 4114 3
    """
    moves.return_to_maker(store, the_car(store, "4114"), "退")
    desk = desk_of(store)
    press(desk, "f5", "ctrl+f", "4", "1", "1", "4", "enter")
    assert vin("4114") in screen(desk)


def test_another_terminal_was_quicker(store):
    """
    stock QY 白 4114 3
    """
    before = the_car(store, "4114")
    moves.save(store, replace(before, trim="精英版"), before)
    with pytest.raises(Refused, match="another terminal"):
        moves.save(store, replace(before, trim="舒适版"), before)
    assert the_car(store, "4114").trim == "精英版"
