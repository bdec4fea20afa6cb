"""Boxes with usual words by digits: a digit picks as the first key only, any other sign opens the text with itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.events import Key

from floorlead import clock
from floorlead.app import PAGES
from floorlead.customers import ends
from floorlead.customers import moves as customer_moves
from floorlead.customers import queries as customers
from floorlead.log import moves as log_moves
from floorlead.log.records import Kind
from floorlead.options.pins import PinSet
from floorlead.record import replace
from floorlead.store import Store
from floorlead.widgets.choose import Form
from floorlead.widgets.desk import Desk
from floorlead.widgets.ownwords import OwnWords
from floorlead.widgets.page import Dialog
from floorlead.widgets.pasting import Burst, Reader
from floorlead.widgets.shared import SHARED
from tests import kept
from tests.app.walk import PLACES, actions, arrive, play, quick
from tests.conftest import DAY, desk_of, press, screen


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Store]:
    """The invented showroom at 08:41."""
    morning = clock.stopped(f"{DAY}T08:41:00")
    opened = kept.opened(kept.demo(tmp_path / "demo.db", morning), morning)
    opened.by = "王"
    yield opened
    opened.close()


def at(store: Store, page: str, *keys: str) -> Desk:
    """A desk on a page after some keys."""
    desk = quick(desk_of(store))
    desk.go(page)
    play(desk, *keys)
    return desk


def box(store: Store, page: str, name: str, **args: Any) -> Desk:
    """A desk on a page with one of its boxes open."""
    desk = at(store, page)
    desk.open(name, args)
    return desk


def customer(store: Store) -> int:
    """An open customer with a number who has not ordered."""
    return next(one.id for one in customers.open_all(store) if one.phone and one.grade == "B")


def refusing(store: Store) -> Desk:
    """Why an end is refused that was applied for."""
    one = customers.get(store, customer(store))
    assert one
    wanted = ends.wanted(store)[0].code
    customer_moves.ask_end(store, one, wanted, "价格", "")
    ending = store.one("SELECT id FROM endings WHERE state = 'asked'")
    return box(store, "customers", "refuse", ending=ending)


def entry(store: Store, name: str) -> Desk:
    """A box about a complaint."""
    made = log_moves.add(
        store, replace(log_moves.blank(store, Kind.COMPLAINT), text="售后久等", level="normal", owner="王")
    )
    return box(store, "log", name, id=made)


def in_line(store: Store) -> int:
    """Somebody in the line at the door."""
    return int(store.one("SELECT id FROM people WHERE role = 'consultant' AND left_on IS NULL ORDER BY id"))


BOXES: dict[str, Callable[[Store], Desk]] = {
    "checks.Reason": lambda store: at(store, "checks", "ctrl+a", "2", "enter"),
    "advice.Reason": lambda store: at(store, "advice", "down", "5", "enter"),
    "log.Detail": lambda store: entry(store, "detail"),
    "log.Ending": lambda store: entry(store, "ending"),
    "log.Violate": lambda store: at(store, "log", "4", "right"),
    "people.Why": lambda store: at(store, "people", "4", "enter"),
    "queue.Reason": lambda store: box(store, "queue", "reason", person=in_line(store), place=0),
    "customers.RevealBox": lambda store: box(store, "customers", "reveal", customer=customer(store)),
    "customers.EndBox": lambda store: box(store, "customers", "end", customer=customer(store), wanted="L"),
    "customers.RefuseBox": refusing,
    "customers.NextBox": lambda store: box(store, "customers", "next", customer=customer(store)),
    "rota.Substitute": lambda store: at(store, "today", "3", "1"),
    "rota.LeaveBox": lambda store: at(store, "rota", "down", "right", "5"),
    "targets.CauseForm": lambda store: box(store, "targets", "cause", measures=["visits"]),
}
"""Every box in which a digit is a word and other words may be typed: how it is opened."""


def own_texts() -> set[str]:
    """The boxes whose classes take own words, and the forms with a choice that has a field for them."""
    kinds = {kind for page in PAGES for kind in page.load().DIALOGS.values()}
    plain = (Dialog.own_words, Form.own_words)
    return {f"{kind.__module__.split('.')[1]}.{kind.__name__}" for kind in kinds if kind.own_words not in plain}


def test_no_such_box_is_left_out() -> None:
    """Whoever makes another box with usual words and a text finds it tried below."""
    assert own_texts() == set(BOXES) - {"targets.CauseForm"}


@pytest.mark.parametrize("name", BOXES)
@pytest.mark.parametrize("sign", ["x", "途", "（", "."])
def test_a_sign_opens_the_text_and_digits_belong_to_it(demo: Store, name: str, sign: str) -> None:
    """ "2 days no parking": the first letter stands in the text, the digits behind it too, and nothing is written."""
    desk = BOXES[name](demo)
    assert desk.field() is None and desk.dialog() is not None
    before = actions(desk)
    arrive(desk, sign)
    field = desk.field()
    assert field is not None and field.value == sign, screen(desk)
    for digit in ["1", "7", "9", "2", "0"]:
        arrive(desk, digit)
    assert desk.field() and desk.field().value == f"{sign}17920"  # type: ignore[union-attr]
    assert actions(desk) == before and desk.dialog() is not None


@pytest.mark.parametrize("name", BOXES)
def test_what_comes_as_a_whole_counts_as_typed(demo: Store, name: str) -> None:
    """A date that the input method commits, or a paste, begins with a digit: it is text all the same."""
    desk = BOXES[name](demo)
    before = actions(desk)
    rest = desk.pasted("2026年11月24日")
    field = desk.field()
    assert field is not None and field.value == "2" and rest == "026年11月24日"
    desk.typed(field.value + rest)
    assert actions(desk) == before


@pytest.mark.parametrize("name", [name for name in BOXES if name != "targets.CauseForm"])
def test_a_digit_picks_as_the_first_key(demo: Store, name: str) -> None:
    """The usual word is still one digit."""
    desk = BOXES[name](demo)
    box = desk.dialog()
    arrive(desk, "1")
    assert desk.dialog() is not box or (isinstance(box, OwnWords) and not box.typing)
    assert desk.field() is None


@pytest.mark.parametrize("name", BOXES)
@pytest.mark.parametrize("way", ["own", "other", "escape", "restart"])
def test_what_was_typed_comes_back(demo: Store, name: str, way: str) -> None:
    """However the box is left half typed, the same box opened again has the text, and it can be entered."""
    desk = BOXES[name](demo)
    page, box = desk.page, desk.dialog()
    subject = box.subject  # type: ignore[union-attr]
    arrive(desk, "x")
    arrive(desk, "9")
    typed = desk.dialog()
    if way == "own":
        desk.press(page.key) if page.key else desk.leave_box(desk.stacks[page.name][0])
        assert desk.dialog() is None
    elif way == "other":
        desk.press("f9")
        desk.press("f4")
        desk.go(page.name)
    elif way == "escape":
        while desk.dialog() is not None and desk.page is page:
            desk.press("escape")
    if way in ("own", "escape"):
        desk.go(page.name)
        opened = typed if typed is not box else box
        desk.open(type_name(desk, opened), json.loads((typed or box).subject)[2])  # type: ignore[union-attr]
    if way == "restart":
        desk.keep()
        desk = quick(desk_of(demo))
    assert subject
    back = desk.dialog()
    assert back is not None
    typed = (
        list(back.values.values()) if isinstance(back, Form) else [back.args.get(name) for name in ("typing", "typed")]
    )
    assert any(str(one).endswith("x9") for one in typed), screen(desk)


def type_name(desk: Desk, box: Dialog | None) -> str:
    """The name under which the page opens a box."""
    return next(name for name, kind in {**desk.shared, **desk.page.DIALOGS}.items() if kind is type(box))


def test_boxes_without_a_text_say_so(demo: Store) -> None:
    """Somebody types into the print box: no letter and no digit behind it prints, the line says why; Backspace, then the digit."""
    desk = at(demo, "checks", "ctrl+p")
    box, before = desk.dialog(), actions(desk)
    for sign in "no 1 2":
        arrive(desk, sign)
    assert desk.dialog() is box and actions(desk) == before
    assert "Backspace" in screen(desk).splitlines()[-2]
    press(desk, "backspace", "1")
    assert desk.dialog() is not box


def test_no_box_anywhere_picks_inside_a_text(standard: Store) -> None:
    """In every state that is known of every page: after a letter no digit writes anything or closes a box."""
    boxes = [(page, way) for page, ways in PLACES.items() for way in ways if page != "welcome"]
    for page, way in boxes:
        desk = at(standard, page, *way)
        name, box = (page, way), desk.dialog()
        if box is None or type(box) in (*SHARED.values(), PinSet):
            continue
        arrive(desk, "x")
        before, there = actions(desk), desk.dialog()
        for digit in "1927":
            arrive(desk, digit)
        assert actions(desk) == before and desk.dialog() is there, name


def test_a_phrase_of_an_input_method_is_one_text() -> None:
    """What a keyboard cannot type in one piece is a phrase; single signs and typed-ahead keys stay keys."""
    reader = Reader()
    reader.now = lambda: 0.0  # type: ignore[method-assign, assignment]

    def told(sent: str) -> list[str]:
        return [
            f"<{one.text}>" if isinstance(one, Burst) else one.key
            for one in reader.feed(sent)
            if isinstance(one, Burst | Key)
        ]

    assert told("2026年11月24日") == ["<2026年11月24日>"]
    assert told("途观") == ["<途观>"]
    assert told("2") == ["2"] and told("ly2") == ["l", "y", "2"] and told("途") == ["途"]
