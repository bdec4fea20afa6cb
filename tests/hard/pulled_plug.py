"""The plug is pulled after any keys of the standard day: no step is lost or done twice, the papers are those of the day."""

from __future__ import annotations

import itertools
import random
import re
from pathlib import Path

from floorlead import clock
from floorlead.setup.demo import make_demo
from floorlead.store.verify import verify
from tests.app.conftest import command
from tests.app.day import EVENING, MORNING
from tests.app.plug import day_with_pulls
from tests.app.terminal import Terminal
from tests.conftest import GOLDEN
from tests.hard.campaign import main


def attempt(dice: random.Random, folder: Path) -> str:
    """One day with the plug pulled after some keys, in every tenth day after each."""
    showroom = folder / "showroom.db"
    make_demo(showroom, clock.stopped(MORNING), "standard")
    share = dice.choice([1.0, *[0.2] * 9])
    pulls = (dice.random() < share for _n in itertools.count())
    day_with_pulls(showroom, lambda now: Terminal(showroom, now=now), pulls)
    text = re.sub("[0-9a-f]{16}", "0" * 16, command(showroom, "report", now=EVENING))
    papers = {"card": command(showroom, "card", now=EVENING), "report": text}
    if any(paper != (GOLDEN / f"standard-day-{name}-zh.txt").read_text("utf-8") for name, paper in papers.items()):
        return "another paper"
    return "clean" if verify(showroom).ok else "not clean"


if __name__ == "__main__":
    main(attempt, ("another", "not clean"), count=10)
