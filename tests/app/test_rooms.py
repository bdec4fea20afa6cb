"""A place that was kept by a killed terminal: what can be taken up again is, one bad box loses only itself."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from floorlead.store import Store
from floorlead.store.slots import PLACE
from floorlead.store.undo import undo
from floorlead.widgets.choose import Form
from floorlead.widgets.desk import Desk
from tests.app.walk import PLACES, play, quick
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


WAYS = ("own key", "escape", "other key", "tab", "lock", "resize", "restart")
"""Every way out of a box."""


def go_out(desk: Desk, way: str) -> Desk:
    """Leave by a way; returns the desk in which somebody is there again."""
    page = desk.page
    if way == "own key":
        desk.press(page.key)
    elif way == "escape":
        while desk.dialog() is not None:
            desk.press("escape")
    elif way in ("other key", "tab"):
        other = "f9" if page.key != "f9" else "f3"
        desk.press(other) if way == "other key" else desk.click(f"key:{other}")
        desk.go(page.name)
    elif way == "lock":
        desk.rest()
        desk.press("enter")
    elif way == "resize":
        desk.frame(70, 20)
        desk.press("1")
        desk.frame(80, 24)
    else:
        desk.keep()
        desk = quick(desk_of(desk.store))
    return desk


_found: dict[str, tuple[str, tuple[str, ...]]] = {}


def forms(store: Store) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Every kind of box that has a line to type on: the page and the keys that open it."""
    for page, ways in PLACES.items() if not _found else ():
        for keys in ways:
            desk = at(store, page, keys)
            if desk.dialog() is not None and desk.field() is not None and page != "welcome":
                _found.setdefault(type(desk.dialog()).__qualname__ + page, (page, tuple(keys)))
    return _found


def at(store: Store, page: str, keys: Sequence[str]) -> Desk:
    """A desk in a state, nothing left from before."""
    store.keep_drafts({PLACE: None})
    while undo(store):
        continue
    desk = quick(desk_of(store))
    desk.go(page)
    play(desk, *keys)
    return desk


@pytest.mark.parametrize("way", WAYS)
def test_every_way_out_of_every_form_keeps_what_is_typed(standard: Store, way: str) -> None:
    """Whatever box is open with a line to type on, and however it is left: opened again, the text is in it."""
    assert len(forms(standard)) >= 20
    for page, keys in forms(standard).values():
        desk = at(standard, page, keys)
        if way == "own key" and not desk.page.key:
            continue
        desk.typed("ab7")
        there, name, about = json.loads(desk.dialog().subject)
        desk = go_out(desk, way)
        if desk.dialog() is None:
            desk.go(there)
            desk.open(name, about)
        back = desk.dialog()
        typed = back.values.values() if isinstance(back, Form) else [back.args.get("typing"), back.args.get("typed")]
        assert "ab7" in typed, (page, keys)


@pytest.mark.parametrize("keys", [("f8", "insert", "2"), ("f7", "insert", "1", "2", "2")])
def test_the_pages_own_key_keeps_a_half_written_box(standard: Store, keys: tuple[str, ...]) -> None:
    """A complaint half typed, the page's key by habit, the box again: the text is there. So is a customer's number."""
    desk = desk_of(standard)
    press(desk, *keys, '"13912345678')
    press(desk, keys[0])
    assert desk.dialog() is None and "Kept" in screen(desk).splitlines()[-2]
    press(desk, *keys[1:3] if keys[0] == "f8" else keys[1:2])
    assert "13912345678" in [desk.dialog().values.get("text"), desk.dialog().values.get("phone")]
    press(desk, "escape")
    press(desk, *keys[1:3] if keys[0] == "f8" else keys[1:2])
    assert not desk.dialog().values.get("text") and not desk.dialog().values.get("phone")


def test_what_was_left_survives_a_restart(standard: Store) -> None:
    """Esc out of a half-typed complaint, then the machine goes down: opened again tomorrow it is still there."""
    desk = desk_of(standard)
    press(desk, "f8", "insert", "2", '"展车漏水', "escape")
    desk.keep()
    again = desk_of(standard)
    press(again, "insert", "2")
    assert again.field().value == "展车漏水"


def test_what_named_somebody_who_is_erased_is_not_kept_again(standard: Store) -> None:
    """Another terminal erases the customer whose number stands half typed here: it is neither kept nor shown again."""
    desk = desk_of(standard)
    press(desk, "f7", "insert", "1", "2", "2", '"13912345678')
    desk.keep()
    standard.keep_drafts({PLACE: None})
    press(desk, "f7")
    desk.keep()
    assert desk.dialog() is None and "erased" in screen(desk)
    assert not standard.one("SELECT count(*) FROM drafts WHERE value LIKE '%13912345678%'")
    press(desk, "insert")
    assert not desk.dialog().values["phone"]
