"""A desk over a large showroom, without a screen, and how long its keys take."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from floorlead import words
from floorlead.app import PAGES
from floorlead.clock import stopped
from floorlead.store import open_store
from floorlead.widgets.desk import Desk
from floorlead.widgets.shared import SHARED

NOW = "2026-11-24T09:50"
ROUNDS = 25


@contextmanager
def opened(build: Callable[[Path], None]) -> Iterator[Desk]:
    """A started desk in Chinese over the showroom that `build` makes in a folder of its own."""
    words.use("zh")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "many.db"
        build(path)
        store = open_store(path, stopped(NOW), check="none")
        desk = Desk(store, PAGES, SHARED)
        desk.start()
        yield desk
        store.close()


def key_to_paint(desk: Desk, key: str) -> None:
    """Press a key and draw what it shows."""
    desk.press(key)
    desk.frame(80, 24)


def median(work: Callable[[], object]) -> float:
    """The median of a work's time in milliseconds, after one round that is not counted."""
    work()
    times = []
    for _n in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return round(statistics.median(times), 2)
