"""Forms that two terminals fill at once: what each wrote stands; where both wrote the same field a digit takes either."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from floorlead import clock
from floorlead.calendar import queries as calendar
from floorlead.calendar.dialogs import DayForm
from floorlead.cars.carforms import CarFacts
from floorlead.cars.orderforms import OrderForm
from floorlead.checks.itemform import ItemForm
from floorlead.customers.detailforms import CustomerForm
from floorlead.furniture.dialogs import PieceForm
from floorlead.log.forms import EntryForm, TaskForm
from floorlead.people.dialogs import PersonForm
from floorlead.store import Store, open_store, verify
from floorlead.talks.dialogs import TalkForm
from floorlead.widgets.choose import Form
from floorlead.widgets.desk import Desk
from tests import kept
from tests.conftest import desk_of, screen

NOW = "2026-11-24T08:41"


def row(sql: str, name: str = "id") -> Callable[[Store], dict[str, Any]]:
    """The arguments of a form about the first row that is found."""
    return lambda store: {name: store.one(f"{sql} ORDER BY id")}


def _holiday(store: Store) -> str:
    calendar.preload(store)
    return str(store.one("SELECT day FROM calendar_days WHERE day > '2026-09-30'"))


FORMS: dict[str, tuple[str, type[Form], Callable[[Store], dict[str, Any]], tuple[str, str, str], tuple[str, str]]] = {
    "person": ("people", PersonForm, row("SELECT id FROM people"), ("title", "组长助理", "副组长"), ("team", "B")),
    "furniture": ("furniture", PieceForm, row("SELECT id FROM furniture WHERE removed_on IS NULL"),
                  ("label", "洽谈桌", "茶桌"), ("label_en", "Tea table")),
    "day": ("calendar", DayForm, lambda store: {"day": _holiday(store)},
            ("name", "节日", "假日"), ("name_en", "Feast")),
    "item": ("items", ItemForm, lambda _store: {"list": "appearance", "code": "badge"},
             ("zh", "胸牌一", "胸牌二"), ("points", "3")),
    "car": ("cars", CarFacts, row("SELECT id FROM cars WHERE stock_state = 'in_stock'"),
            ("note", "擦伤", "划痕"), ("interior", "米色")),
    "order": ("cars", OrderForm, row("SELECT id FROM orders WHERE state = 'open'"),
              ("note", "要贴膜", "要脚垫"), ("invoice_name", "某公司")),
    "customer": ("customers", CustomerForm, row("SELECT id FROM customers WHERE closed_on IS NULL", "customer"),
                 ("note", "周末来", "周日来"), ("competitor", "某品牌")),
    "talk": ("talks", TalkForm, row("SELECT id FROM talks WHERE retired_on IS NULL"),
             ("body", "实测 500", "实测 480"), ("competitor", "某车")),
    "entry": ("log", EntryForm, lambda store: {"id": store.one("SELECT id FROM entries WHERE kind = 'incident'"),
                                               "kind": "incident"},
              ("text", "灯坏", "门坏"), ("due", "2026-11-25")),
    "task": ("log", TaskForm, row("SELECT id FROM tasks WHERE done_on IS NULL AND dropped_on IS NULL"),
             ("text", "摆价签", "换价签"), ("due", "2026-11-28")),
}  # fmt: skip
"""The page, the form, what it is about; a field with two values, another field with one."""


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    """Two terminals on one showroom."""
    path = kept.demo(tmp_path / "showroom.db", clock.stopped(NOW), "demo")
    stores = [open_store(path, clock.stopped(NOW), check="none") for _n in range(2)]
    yield desk_of(stores[0]), desk_of(stores[1])
    for store in stores:
        store.close()


def opened(desk: Desk, name: str) -> Form:
    """The form, open over its page."""
    page, kind, about, *_fields = FORMS[name]
    desk.go(page)
    form = kind(desk, desk.page, about(desk.store))
    desk.stacks[desk.page.name].append(form)
    return form


def fill(form: Form, name: str, value: str) -> None:
    """Go to a field and write."""
    form.args["at"] = [entry.name for entry in form.entries()].index(name)
    form.typed(value)


def standing(desk: Desk, name: str) -> dict[str, str]:
    """What a form opened anew shows."""
    values = dict(opened(desk, name).values)
    desk.press("escape")
    return values


@pytest.mark.parametrize("name", FORMS)
def test_each_field_stands(two: tuple[Desk, Desk], name: str) -> None:
    """One terminal changes a field, the other one another: both stand, nothing is refused."""
    here, there = two
    (first, mine, _theirs), (second, other) = FORMS[name][3:]
    form, theirs = opened(here, name), opened(there, name)
    fill(form, first, mine)
    fill(theirs, second, other)
    there.press("ctrl+s")
    here.press("ctrl+s")
    assert here.dialog() is not form and there.dialog() is not theirs
    found = standing(here, name)
    assert (found[first], found[second]) == (mine, other)
    assert verify.verify(here.store.path).ok


@pytest.mark.parametrize("digit", ["1", "2", "ctrl+s"])
@pytest.mark.parametrize("name", FORMS)
def test_one_digit_takes_either(two: tuple[Desk, Desk], name: str, digit: str) -> None:
    """Both changed the same field: both values are shown, a digit takes either, ^S alone the own one."""
    here, there = two
    first, mine, other = FORMS[name][3]
    form, theirs = opened(here, name), opened(there, name)
    fill(form, first, mine)
    fill(theirs, first, other)
    there.press("ctrl+s")
    here.press("ctrl+s")
    assert here.dialog() is form
    assert form.field() is None
    shown = screen(here)
    assert mine in shown and other in shown and "E422" in shown
    if digit != "ctrl+s":
        here.press(digit)
        assert "E422" not in screen(here)
    here.press("ctrl+s")
    assert here.dialog() is not form
    assert standing(here, name)[first] == (other if digit == "1" else mine)
