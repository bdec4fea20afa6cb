"""The bottom line does not lie: every key that it names does what its entry tells, on every page, view and box."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from floorlead import words
from floorlead.app import PAGES
from floorlead.widgets.keys import EFFECTS
from floorlead.widgets.shared import SHARED
from tests.app.keywalk import Walk, conflicts, demo, empty, lies, table

NAMES = [door.name for door in PAGES if door.name != "welcome"]
LONG = ("rota", "report", "customers", "kpi")
"""Pages whose walk over the invented showroom takes many seconds."""
DEEP = ("checks", "log", "people", "talks")
"""Pages whose boxes open boxes of every kind, and are soon walked."""
DAYS = [pytest.param(name, marks=pytest.mark.slow) if name in LONG else name for name in NAMES]


@pytest.fixture
def walk(tmp_path: Path) -> Iterator[Callable[..., Walk]]:
    """Walks of showrooms, each closed at the end."""
    begun: list[Walk] = []

    def begin(lay: Callable[[Path], None], depth: int = 1) -> Walk:
        begun.append(Walk(tmp_path, lay, depth))
        return begun[-1]

    yield begin
    for one in begun:
        one.close()


@pytest.mark.parametrize("page", NAMES)
def test_where_nothing_was_entered(walk: Callable[..., Walk], page: str) -> None:
    """An empty showroom: a key that has nothing to work on is not named."""
    assert not lies(list(walk(empty).walk(page)))


@pytest.mark.parametrize("page", DAYS)
def test_on_a_day_like_any(walk: Callable[..., Walk], golden: Callable[..., None], page: str) -> None:
    """The invented showroom: each page, its views, and the boxes that its keys open; a digit means one thing in all
    the views, and the page's table of keys is the one that is kept."""
    found = list(walk(demo).walk(page))
    assert not lies(found)
    assert not conflicts(found)
    for language in ("zh", "en"):
        golden(table(found, language), f"keys-{page}-{language}")


@pytest.mark.slow
@pytest.mark.parametrize("page", DEEP)
def test_in_boxes_over_boxes(walk: Callable[..., Walk], page: str) -> None:
    """The boxes that those boxes open; `tests.hard.box_walks` goes there on every page."""
    words.use("zh")
    assert not lies(list(walk(demo, 2).walk(page)))


def test_effects_are_known_kinds() -> None:
    """An entry tells its effect in the words of the table."""
    for door in PAGES:
        kind = door.load()
        for part in (kind, *kind.DIALOGS.values(), *SHARED.values()):
            for one in part.KEYS:
                assert set(one.effects()) <= set(EFFECTS), (part, one)


def test_a_key_that_lies_is_found(walk: Callable[..., Walk]) -> None:
    """A key that only moves the cursor, named as one that writes, is told."""
    found = list(walk(demo).walk("talks"))
    moved = next(one for one in found if one.bind.keys[0] == "tab")
    wrong = moved._replace(bind=type(moved.bind)(("tab",), "Tab", "view", True))
    assert lies([wrong]) and not lies([moved])


def test_a_digit_with_two_meanings_is_found(walk: Callable[..., Walk]) -> None:
    """One digit, two views, two words."""
    one = next(p for p in walk(demo).walk("log") if p.key == "4")
    other = one._replace(where="elsewhere", bind=type(one.bind)(("4",), "4", "owner"))
    assert conflicts([one, other]) and not conflicts([one, one])
