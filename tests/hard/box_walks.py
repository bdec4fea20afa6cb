"""Every key that is named on a page, in its boxes and in the boxes over them does what its entry tells."""

from __future__ import annotations

import random
from pathlib import Path

from floorlead import words
from tests import kept
from tests.app.keywalk import Walk, demo, lies
from tests.app.test_keylines import NAMES
from tests.hard.campaign import main


def attempt(dice: random.Random, folder: Path) -> str:
    """One page, to any depth from one box to three."""
    kept.begin_at(folder)
    words.use(dice.choice(("zh", "en")))
    page, depth = dice.choice(NAMES), dice.choice((1, 2, 2, 3))
    walk = Walk(folder, demo, depth)
    try:
        wrong = lies(list(walk.walk(page)))
    finally:
        walk.close()
    return f"lies: {page} {wrong[0]}" if wrong else f"{depth} deep: true"


if __name__ == "__main__":
    main(attempt, ("lies",), count=60)
