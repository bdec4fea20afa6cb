"""The power goes twenty times while thirty entries are made: nothing acknowledged is lost, no file is broken."""

from __future__ import annotations

import random
from pathlib import Path

from tests.hard.campaign import main
from tests.store.lives import CLOCK
from tests.store.test_power_cut import cuts, no_strace


def attempt(dice: random.Random, folder: Path) -> str:
    """Record a writer, cut the power at twenty of its moments."""
    if no_strace():
        return "skipped: " + no_strace()
    found = cuts(folder, CLOCK, "3", 20, dice)
    return "twenty whole" if found == {"whole": 20} else f"wrong: {dict(found)}"


if __name__ == "__main__":
    main(attempt, ("wrong",), count=15)
