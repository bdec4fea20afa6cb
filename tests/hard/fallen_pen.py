"""A pen falls on the keyboard: ten thousand letters and marks on one page, and not one row changes."""

from __future__ import annotations

import random
from pathlib import Path

from floorlead import clock, words
from floorlead.app import PAGES
from floorlead.setup.demo import make_demo
from floorlead.store import open_store
from floorlead.widgets.desk import Desk
from floorlead.widgets.shared import SHARED
from tests.app.test_fuzz import letters_fall
from tests.app.walk import PLACES, quick
from tests.hard.campaign import main

MORNING = clock.stopped("2026-11-24T08:41")


def attempt(dice: random.Random, folder: Path) -> str:
    """Ten thousand on one page."""
    make_demo(folder / "s.db", MORNING, "standard")
    words.use("zh")
    desk = quick(Desk(open_store(folder / "s.db", MORNING), PAGES, SHARED))
    desk.start()
    page = dice.choice(list(PLACES))
    try:
        letters_fall(desk, dice, page, 10_000)
    except AssertionError as changed:
        return f"changed: {str(changed)[:60]}"
    finally:
        desk.store.close()
    return f"nothing changed on {page}"


if __name__ == "__main__":
    main(attempt, ("changed",), count=60)
