"""Shifts first and the desk on them find what everything in one program finds, on floors of any shape."""

from __future__ import annotations

import random
from pathlib import Path

from tests.hard.campaign import main
from tests.planning.test_solving import assert_same, shaped


def attempt(dice: random.Random, _folder: Path) -> str:
    """One floor, solved both ways."""
    seed = dice.randrange(10**6)
    try:
        assert_same(shaped(seed))
    except AssertionError:
        return f"differs: floor {seed}"
    return "the same"


if __name__ == "__main__":
    main(attempt, ("differs",), count=40)
