"""The page of targets, key by key, in both languages at 80x24."""

from __future__ import annotations

import pytest

from floorlead import words
from floorlead.store import open_store
from floorlead.targets import moves, queries
from floorlead.targets.papers import read
from floorlead.targets.sheet import draw
from floorlead.text import width
from tests.conftest import desk_of, press, screen
from tests.targets import floor

SCENES = {
    "month": (),
    "number": ("6",),
    "days": ("tab",),
    "weight": ("tab", "1"),
    "people": ("tab", "tab"),
    "part": ("tab", "tab", "enter"),
    "cause": ("space",),
    "cause-typing": ("space", "1", "tab", '"请老客户周末试驾', "tab", '"ln'),
    "cause-given": ("space", "1", "ctrl+s"),
    "last-month": ("left",),
    "print": ("ctrl+p",),
}


@pytest.fixture
def shop(store):
    """November's targets and what was done of them until the 24th."""
    floor.november(store)
    return store


@pytest.fixture
def desk(shop):
    """The page of targets."""
    made = desk_of(shop)
    made.go("targets")
    return made


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("scene", SCENES)
def test_scene(desk, golden, scene, language):
    """A walk of keys, and what the screen then says."""
    words.use(language)
    desk.page.enter()
    press(desk, *SCENES[scene])
    shown = screen(desk)

    assert all(width(line) <= 80 for line in shown.split("\n"))
    golden(shown.split("\n", 1)[1], f"targets-{scene}-{language}")


def test_digits_are_a_number(desk, shop):
    """6, then 5 in the box, Enter: the target is 65; the other digits of the old number are gone."""
    press(desk, "down", "down", "down", "6", '"65', "enter")

    assert queries.targets(shop, "2026-11")["orders"] == 65
    assert desk.page.measure == "orders"


def test_one_more_one_less(desk, shop):
    """+ and - step the number, Ctrl+Z takes the last step back and stays on the line."""
    press(desk, "end", "+", "+", "-", "ctrl+z")

    assert queries.targets(shop, "2026-11")["deliveries"] == 30


def test_a_refused_number_stays(desk, shop):
    """What is no number is refused in the box, the typed text stays in its field."""
    press(desk, "enter", '"viel', "enter")

    assert "viel" in desk.dialog().values["amount"]
    assert "E371" in screen(desk) or "!!" in screen(desk)
    assert queries.targets(shop, "2026-11")["visits"] == 200


def test_an_empty_month(store, golden):
    """No target yet: the page says what would be here and the keys that make it."""
    floor.staff(store, "张伟")
    moves.set_target(store, "2026-10", "orders", 55)
    desk = desk_of(store)
    desk.go("targets")
    golden(screen(desk).split("\n", 1)[1], "targets-empty-en")
    press(desk, "ctrl+a")

    assert queries.targets(store, "2026-11") == {"orders": 55}


def test_nobody_at_all(store):
    """Without people the views are empty and say so; no key fails."""
    desk = desk_of(store)
    desk.go("targets")
    press(desk, "tab", "tab", "5", "enter", "-", "space", "tab", "space", "-", "left", "right", "up", "pagedown")

    assert desk.page.name == "targets"


def test_a_day_by_hand(desk, shop):
    """On the days' view: 4 is what the day weighs, - its usual weight again."""
    press(desk, "tab", "4", "enter")
    assert queries.days(shop, "2026-11")[23].weight == 4
    press(desk, "-")
    assert queries.days(shop, "2026-11")[23].weight == 1


def test_share_and_prediction(desk, shop):
    """张伟 has half a share and predicts two orders: one form; - is the usual share again."""
    press(desk, "tab", "tab", "enter", '"50', "tab", '"2', "ctrl+s")
    who = desk.page.read().shares[0]

    assert (who.share, who.set) == (0.5, True)
    assert queries.forecasts(shop, shop.today()) == {(who.person, "orders"): 2}
    press(desk, "ctrl+z")
    assert queries.forecasts(shop, shop.today()) == {}, "one box is one action"
    press(desk, "ctrl+y", "-")
    assert desk.page.read().shares[0].share == 1


def test_the_cause_that_is_owed(desk, shop):
    """Today sends here with `cause`: the box is open, one digit and ^S give it for all that is behind."""
    desk.go("targets", "cause")
    owed = desk.dialog().measures()
    press(desk, "2", "ctrl+s")

    assert owed and {one.measure for one in queries.causes(shop, shop.today(), shop.today())} == set(owed)
    assert desk.page.read().pace.causes_due == []


def test_the_place_survives_a_restart(desk, shop):
    """Killed in the middle of a number: the page, the month and the typed digits are there again."""
    press(desk, "left", "down", "7")
    desk.keep()
    again = desk_of(open_store(shop.path, shop.clock))

    assert (again.page.name, again.page.month, again.dialog().values["amount"]) == ("targets", "2026-10", "7")
    press(again, "escape", "escape")
    assert again.page.measure == "captured"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_paper(shop, golden, language):
    """The month on paper: where it stands, weeks, days, people, causes."""
    from floorlead.paper.text import as_text

    moves.give_cause(shop, ["orders", "visits"], "few visitors")
    words.use(language)
    text = as_text(draw(read(shop, "2026-11")))

    assert all(width(line) <= 80 for line in text.split("\n"))
    golden(text, f"targets-paper-{language}")
