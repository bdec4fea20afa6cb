"""An import of many cars, to be killed at a step of its life."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

from floorlead import clock
from floorlead.exchange import files, moves
from floorlead.finding import search_words
from floorlead.store import open_store, verify
from tests.exchange.conftest import vin
from tests.store.lives import Say

LINES, ON_SPOTS = 250, 3
CLOCK = clock.stopped("2026-11-24T08:41")


def importing(path: Path, number: int) -> Callable[[Say], None]:
    """Read in the list of that number, the cars of a model of its own; three of them on spots that are made for them."""
    search_words("青屿云母白")  # the pinyin library once, not in every life
    rows = [
        f"{vin(number * LINES + k)},M{number},白,2026-11-01,{f'D{number}-{k}' if k < ON_SPOTS else ''}"
        for k in range(LINES)
    ]
    data = "\n".join(["vin,model,colour,arrived_on,spot", *rows]).encode()

    def live(say: Say) -> None:
        with contextlib.closing(open_store(path, CLOCK, check="none")) as store:
            store.connection.execute("PRAGMA cache_size = 4")
            moves.carry_out(store, moves.plan(store, files.read(data, "x.csv", "cars")))
            say(f"M{number}")

    return live


def half_or_lost(path: Path, done: set[str]) -> str:
    """What is wrong with a file of such imports: one half there, a finished one not, a finding; or nothing."""
    with contextlib.closing(open_store(path, CLOCK)) as store:
        there = dict(store.rows("SELECT m.code, count(*) FROM cars c JOIN models m ON m.id = c.model_id GROUP BY 1"))
        if not done <= set(there):
            return "lost"
        counts = [store.one(f"SELECT count(*) FROM {table}") for table in ("models", "actions", "furniture")]
        if set(there.values()) - {LINES} or counts != [len(there), len(there), ON_SPOTS * len(there)]:
            return "half"
    return "" if verify.verify(path).ok else "not clean"
