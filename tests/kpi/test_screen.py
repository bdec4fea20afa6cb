"""The page of figures from the keyboard: team, consultants, trend, the rows behind a number, the definition."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from floorlead import words
from floorlead.kpi import papers, queries
from floorlead.paper.text import as_text
from floorlead.store import Store
from floorlead.targets import moves as target_moves
from floorlead.text import width
from floorlead.widgets.desk import Desk
from tests.conftest import desk_of, press, screen
from tests.kpi import showroom as sh


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = sh.opened(tmp_path)
    sh.by_hand(opened)
    yield opened
    opened.close()


@pytest.fixture
def desk(store: Store) -> Desk:
    made = desk_of(store)
    made.go("kpi")
    return made


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("team", ()), ("people", ("tab",)), ("people-more", ("tab", "right")), ("trend", ("tab", "tab")),
        ("rows", ("down", "down", "enter")), ("choose", ("1",)), ("choose-today", ("1", "right")),
        ("target", ("2",)), ("changed", ("1", "right", "2")), ("print", ("ctrl+p",)), ("next", ("pagedown",)),
    ],
)  # fmt: skip
def test_screens(store: Store, golden, language: str, name: str, keys: tuple[str, ...]) -> None:
    """Every view and box fits 80x24 in both languages."""
    words.use(language)
    made = desk_of(store)
    made.go("kpi")
    press(made, *keys)
    text = screen(made)
    assert max(width(line) for line in text.splitlines()) <= 80
    assert width(text.splitlines()[-1]) <= 79
    golden(text, f"screen-kpi-{name}-{language}")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_paper(store: Store, golden, language: str) -> None:
    """The month's figures as text."""
    words.use(language)
    text = as_text(papers.paper(store, "2026-11"))
    assert max(width(line) for line in text.splitlines()) <= 80
    golden(text, f"kpi-{language}")


def test_enter_shows_the_rows_behind_a_number(desk: Desk) -> None:
    """The two orders of November, with their days and whose they are; no phone anywhere."""
    press(desk, "down", "down", "enter")
    text = screen(desk)
    assert "new orders 2" in text
    assert "3 Nov" in text
    assert "T00002" in text


def test_a_definition_is_chosen_by_a_digit(desk: Desk, store: Store) -> None:
    """1, Right for from today, 2 for B; Ctrl+Z takes it back and goes there."""
    press(desk, "1", "right", "2")
    assert queries.month(store, "2026-11").definitions["capture"] == "B"
    assert "B <- A 12/15 (80%)" in screen(desk)
    press(desk, "ctrl+z")
    assert queries.month(store, "2026-11").definitions["capture"] == "A"


def test_a_targets_undo_stays_on_the_figures(desk: Desk, store: Store) -> None:
    """70% for lead capture, Ctrl+Z: the page stays, the target is gone; from Today it comes back here to its month."""
    press(desk, "pageup", "2", '"70', "enter", "ctrl+z")
    assert (desk.page.name, queries.targets(store, "2026-10")) == ("kpi", {})
    desk.go("today")
    press(desk, "ctrl+y")
    assert (desk.page.name, desk.page.month, desk.page.here) == ("kpi", "2026-10", "capture")
    assert queries.targets(store, "2026-10") == {"capture": 70}


def test_a_months_targets_undone_from_here_are_shown_where_they_are(desk: Desk, store: Store) -> None:
    """Orders 60 was set on the page of targets: taken back from the figures, the page of targets comes up."""
    target_moves.set_target(store, "2026-11", "orders", 60)
    press(desk, "ctrl+z")
    assert (desk.page.name, desk.page.measure) == ("targets", "orders")


def test_a_target_is_typed(desk: Desk) -> None:
    """Full-width digits and a percent sign are understood; below it the figure is marked."""
    press(desk, "2", '"９０%', "enter")
    assert "90%" in screen(desk).splitlines()[3]
    press(desk, "2", '"abc', "enter")
    assert "whole number" in screen(desk)


def test_a_month_further_than_the_next_is_not_gone_to(desk: Desk) -> None:
    """December may be looked at for its targets; there is no January yet."""
    press(desk, "pagedown", "pagedown", "pagedown")
    assert "[2026-12]" in screen(desk)
    press(desk, "pageup", "pageup")
    assert "[2026-10]" in screen(desk)


def test_the_place_is_kept(desk: Desk, store: Store) -> None:
    """Month, view and figure survive a restart, in plain JSON."""
    press(desk, "down", "tab", "tab", "pageup")
    state = json.loads(json.dumps(desk.page.state()))
    again = desk_of(store)
    again.go("kpi")
    again.page.restore(state)
    again.page.enter()
    assert screen(again).splitlines()[1] == screen(desk).splitlines()[1]


def test_letters_find_a_figure(desk: Desk) -> None:
    """`fin` goes to finance."""
    press(desk, "f", "i", "n", "enter")
    assert any(line.startswith("> 12 Finance") for line in screen(desk).splitlines())


def test_an_empty_showroom(tmp_path: Path) -> None:
    """Nothing was ever entered: dashes, no error."""
    opened = sh.opened(tmp_path)
    made = desk_of(opened)
    made.go("kpi")
    press(made, "enter", "escape", "tab", "enter", "escape", "tab", "enter", "escape")
    assert "[trend]" in screen(made)
    opened.close()
