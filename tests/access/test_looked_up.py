"""Who is looked up by a telephone number is looked up by personal data: it is noted, once, when the hit is taken."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import pytest
from people import OTHER, PHONE, customer

from tests.conftest import desk_of, press, screen


@pytest.mark.parametrize("typed", [PHONE, PHONE[-4:]])
def test_a_number_that_rings(store, typed):
    """The phone rings and shows a number; Ctrl+F and its digits find who it is, from any page, and it is noted.

    lead 王
    """
    customer(store, "刘女士", PHONE)
    customer(store, "王先生", OTHER)
    desk = desk_of(store)
    press(desk, "ctrl+f", *typed)
    assert "1 found" in screen(desk) and "刘女士" in screen(desk)
    assert PHONE not in screen(desk)
    assert store.rows("SELECT kind FROM accesses") == []
    press(desk, "enter")
    assert desk.page.name == "customers" and ">" in next(line for line in screen(desk).splitlines() if "刘女士" in line)
    found = store.rows("SELECT kind, count, tbl, row FROM accesses JOIN access_rows ON access_id = accesses.id")
    assert found == [("search", 1, "customers", 1)]


def test_a_name_is_no_number(store):
    """Letters find by name; nothing is noted, and a number of the stock finds no customer.

    lead 王
    """
    customer(store, "刘女士", PHONE, search="刘女士 lns liunvshi")
    desk = desk_of(store)
    press(desk, "f7", "f7", "f7", *"lns", "enter")
    press(desk, "ctrl+f", *"13912")
    assert "0 found" in screen(desk)
    assert store.rows("SELECT kind FROM accesses") == []


def test_digits_are_asked_for(store):
    """Ctrl+F with nothing typed says what may be typed, and offers no key that marks.

    lead 王
    """
    desk = desk_of(store)
    press(desk, "f7", "ctrl+f")
    assert "last four" in screen(desk) and "found" not in screen(desk)
    assert "H" not in screen(desk).splitlines()[-1]


def test_a_card_number_is_not_kept_half_typed_either(store):
    """The remark with an identity number is refused; what waits to be corrected holds stars instead of the number.

    lead 王
    """
    desk = desk_of(store)
    press(desk, "f9", "enter")
    desk.typed("证件 110101199003074477 已看")
    press(desk, "enter")
    desk.keep()
    assert "not kept here" in screen(desk)
    assert b"110101199003074477" not in store.path.read_bytes()
    assert "证件 ****************** 已看" in store.draft("place")
