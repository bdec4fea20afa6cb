"""What the age list costs in a file of 20,000 cars of which 600 are in stock: `python -m tests.bench.ageing`."""

from __future__ import annotations

import gc
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from floorlead import clock
from floorlead.ageing import queries, rules
from floorlead.ageing.board import CarRows, columns
from floorlead.store import Store, open_store
from floorlead.widgets.grid import Grid
from tests.ageing.stock import add_many

HERE, GONE, ANNOUNCED = 600, 19_400, 400
ROUNDS = 15


def figures() -> dict[str, float]:
    """Medians in milliseconds: reading the list, its summary, drawing the rows in sight; and the file's cars."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "many.db", clock.stopped("2026-11-24T16:05"))
        add_many(store, HERE, GONE, ANNOUNCED)
        gc.freeze()  # as the app does once its first screen stands
        found = _measure(store)
        store.close()
    return found


def _measure(store: Store) -> dict[str, float]:
    ageing = queries.aged(store)
    grid = Grid(columns(ageing), CarRows(ageing, ageing.cars, set()))
    return {
        "aged_ms": _median(lambda: queries.aged(store)),
        "over_ms": _median(lambda: queries.over(store)),
        "by_model_ms": _median(lambda: rules.by_model(ageing)),
        "rows_in_sight_ms": _median(lambda: grid.lines(80, 12)),
        "cars": float(len(ageing.cars)),
    }


def _median(work: Callable[[], object]) -> float:
    times = []
    for _n in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return round(statistics.median(times), 2)


if __name__ == "__main__":
    print(figures())
