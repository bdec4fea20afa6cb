"""A place that was kept by a killed terminal: what can be taken up again is, one bad box loses only itself."""

from __future__ import annotations

import json

import pytest

from floorlead.widgets.rooms import PLACE
from tests.conftest import desk_of, press, screen

HALF = {"kind": "incident", "values": {"text": "展车A1漏水", "owner": "王", "level": "normal", "due": "", "customer": "", "phone": ""},
        "was": {}, "at": 1}  # fmt: skip


def kept(store, dialogs, page="log"):
    """Keep a place with these dialogs, as a terminal does before it dies."""
    place = {"page": page, "day": "2026-11-24", "find": {}, "pages": {}, "dialogs": dialogs}
    store.keep_drafts({PLACE: json.dumps(place)})


@pytest.mark.parametrize("bad", ["no_such_box", "entry", "ending"])
def test_one_box_that_cannot_come_back_loses_only_itself(store, bad):
    """After an update a box of F4 has another shape: the half-typed incident on F8 is still there.

    lead 王
    """
    broken = {"no_such_box": [bad, {}], "entry": [bad, {"kind": "no such kind"}], "ending": [bad, {}]}[bad]
    kept(store, {"leave": [broken] if bad == "no_such_box" else [], "log": [["entry", HALF]],
                 "today": [["no_such_box", {}]]})  # fmt: skip
    assert "展车A1漏水" in screen(desk_of(store))

    kept(store, {"log": [["entry", HALF], broken]})
    desk = desk_of(store)
    assert "展车A1漏水" in screen(desk)
    assert [type(one).__name__ for one in desk.stacks["log"]] == ["EntryForm"]


def test_a_box_that_cannot_be_drawn_elsewhere_does_not_stop_the_page(store):
    """The box under another page cannot be drawn any more: this page keeps its own, that one opens without.

    lead 王
    """
    kept(store, {"log": [["entry", HALF]], "training": [["details", {"values": {"starts": "9:05"}, "at": "x"}]]})
    desk = desk_of(store)
    assert "展车A1漏水" in screen(desk)
    assert desk.stacks["training"] == []
    press(desk, "escape")
    desk.go("training")
    assert screen(desk)


def test_an_order_begun_at_a_customer_keeps_what_was_typed(store):
    """On F7 an order is begun at a customer, Esc with half a remark: back on F7, and the next time it is still there.

    lead 王
    """
    desk = desk_of(store)
    desk.go_and_open("cars", "order", {"customer": 0, "visit": 0, "back": "customers"})
    desk.dialog().values["note"] = "要白色内饰"
    press(desk, "escape")
    assert desk.page.name == "customers"
    desk.go_and_open("cars", "order", {"customer": 0, "visit": 0, "back": "customers"})
    assert desk.dialog().values["note"] == "要白色内饰"
