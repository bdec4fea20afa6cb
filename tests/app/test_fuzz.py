"""A pen falls on the keyboard: letters and marks on every page, and not one row changes."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from floorlead import words
from floorlead.widgets.desk import Desk
from tests.app.walk import LETTERS, PLACES, PUNCTUATION, actions, arrive, close_all, play, quick, record_of

HAN = "张刘洋途观宝来红一二三"
CHARACTERS = LETTERS + PUNCTUATION + HAN


@pytest.mark.parametrize("page", PLACES)
def test_a_thousand_letters_change_nothing(desk_in: Callable[..., Desk], page: str) -> None:
    """On each page in each of its states, whatever boxes they open; `tests.hard.fallen_pen` lets fall ten thousand."""
    letters_fall(quick(desk_in("zh")), random.Random(page), page, 1000)


def letters_fall(desk: Desk, draw: random.Random, page: str, count: int) -> None:
    """So many letters and marks arrive on a page; not one row may change."""
    ways = PLACES[page]
    for way in ways:
        close_all(desk)
        words.use("zh")
        desk.go(page)
        play(desk, *way)
        before, logged = record_of(desk), actions(desk)
        for n in range(count // len(ways)):
            if n % 30 == 29:  # the find box opens anew each time
                desk.finder.clear()
            arrive(desk, draw.choice(CHARACTERS))
        assert actions(desk) == logged, (page, way)
        assert record_of(desk) == before, (page, way)
    close_all(desk)


def test_and_it_still_works(desk_in: Callable[..., Desk]) -> None:
    """After the pen: Esc, and the day goes on."""
    desk = quick(desk_in("zh"))
    draw = random.Random(1)
    desk.go("checks")
    for _n in range(500):
        arrive(desk, draw.choice(CHARACTERS))
    close_all(desk)
    play(desk, "ctrl+a")
    assert desk.store.one("SELECT count(*) FROM marks") == 48
