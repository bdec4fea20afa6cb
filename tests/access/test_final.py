"""What cannot be taken back is typed: a wrong digit, a habit or a half-typed word erases nothing."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from floorlead.app import PAGES
from floorlead.customers import queries as customers
from floorlead.store.undo import stacks
from floorlead.widgets.final import Final
from floorlead.widgets.keys import digits
from tests.access.people import customer
from tests.conftest import desk_of, press, screen

HOUSE = Path(__file__).resolve().parents[2] / "floorlead"
NO_UNDO = {
    "access/moves.py": "who looked is noted, nothing changes",
    "calendar/queries.py": "the office calendar comes in by itself",
    "kpi/moves.py": "the month's first counts are frozen by themselves",
    "lock/moves.py": "a PIN is typed twice or after the old one; taking one away is typed (PinOff)",
    "paper/queries.py": "a print is noted, nothing changes",
    "report/queries.py": "a seal is opened again with a reason, a digit and its words confirm it",
    "settings.py": "the screen's language and marks",
    "setup/screen.py": "the first start",
    "store/erase.py": "a customer for good: typed (EraseBox, EraseExpired)",
    "exchange/moves.py": "the demo's lists",
    "store/undo.py": "undo itself",
}
"""Files that write what Ctrl+Z leaves alone, and what keeps it from happening by accident."""


def test_every_act_without_undo_is_known() -> None:
    """Whoever writes another one says here what keeps it from happening by accident."""
    found = set()
    for path in HOUSE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "write":
                kind = next((word.value for word in node.keywords if word.arg == "kind"), None)
                if kind is not None and not (isinstance(kind, ast.Constant) and kind.value == "do"):
                    found.add(path.relative_to(HOUSE).as_posix())
    assert {one for one in found if "/demo" not in one} == set(NO_UNDO)


def test_a_final_box_takes_no_digit_and_keeps_no_draft() -> None:
    """Each of them is typed into; none has a key that carries it out at once."""
    kinds = {kind for page in PAGES for kind in page.load().DIALOGS.values() if issubclass(kind, Final)}
    assert {kind.__name__ for kind in kinds} == {"EraseBox", "EraseExpired", "PinOff"}
    for kind in kinds:
        assert not any(key in digits(0, 9) for one in kind.binds(object.__new__(kind)) for key in one.keys)
        assert kind.half_typed(object.__new__(kind)) == {}


@pytest.mark.parametrize(("name", "phone", "right", "wrong"), [
    ("赵先生", "13800001001", "1001", ["", "1", "0011", "赵先生", "13800001001"]),
    ("赵先生", "13800001001", "１００１", []),
    ("钱女士", "", "钱女士", ["", "钱", "0000"]),
])  # fmt: skip
def test_one_customer(store, name, phone, right, wrong):
    """The customer's data, 1, then the last four digits, or the name where there is no number; anything else is refused.

    lead 王
    """
    ident = customer(store, name, phone)
    desk = desk_of(store)
    desk.go_and_open("settings", "person", {"customer": ident})
    press(desk, "1")
    for typed in wrong:
        press(desk, f'"{typed}', "enter")
        assert "E520" in screen(desk)
        assert customers.get(store, ident).erased_on is None
    press(desk, f'"{right}', "enter")
    assert customers.get(store, ident).erased_on is not None
    assert "Erased: 1 customers" in screen(desk) and "^Z" not in screen(desk)


def test_esc_erases_nothing(store):
    """Half typed and Esc: back at the customer; opened again nothing stands there.

    lead 王
    """
    ident = customer(store, "赵先生", "13800001001")
    desk = desk_of(store)
    desk.go_and_open("settings", "person", {"customer": ident})
    press(desk, "1", '"1001', "escape")
    assert customers.get(store, ident).erased_on is None and desk.page.name == "customers"
    desk.go_and_open("settings", "erase", {"customer": ident})
    assert desk.field().value == ""


def test_what_is_undone_next_is_not_offered_beside_an_erasure(store):
    """A task was entered before: Ctrl+Z still takes it back, but the line about the erasure does not offer it.

    lead 王
    task 补价签 王
    """
    ident = customer(store, "赵先生", "13800001001")
    desk = desk_of(store)
    assert "^Z" in screen(desk)
    desk.go_and_open("settings", "erase", {"customer": ident})
    press(desk, '"1001', "enter")
    assert stacks(store)[0] and "^Z" not in screen(desk).splitlines()[-2]
