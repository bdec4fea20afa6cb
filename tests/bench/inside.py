"""What happens without a screen, measured in a process of its own: `python -m tests.bench.inside STORE` prints JSON.

Opening, one mark saved, the draft report, all that Today reads; the median and the slowest twentieth of each, in ms.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from floorlead import settings, words
from floorlead.app import PAGES
from floorlead.checks import lists
from floorlead.checks import queries as checks
from floorlead.checks.records import FAIL, PASS, Mark
from floorlead.clock import stopped
from floorlead.report import queries as reports
from floorlead.store import open_store
from floorlead.widgets.desk import Desk
from floorlead.widgets.shared import SHARED

NOW = "2026-11-24T08:41"


def measured(act: Callable[[], object], times: int) -> list[float]:
    """Milliseconds of each of `times` runs; the first run warms up and does not count."""
    act()
    found = []
    for _n in range(times):
        start = time.perf_counter()
        act()
        found.append((time.perf_counter() - start) * 1000)
    return found


def main(path: Path, times: int) -> dict[str, list[float]]:
    """Every act on the store at `path`."""
    words.use("zh")
    clock = stopped(NOW)

    def opened() -> None:
        store = open_store(path, clock, check="none")
        settings.all_of(store)
        store.close()

    found = {"open": measured(opened, times)}
    store = open_store(path, clock, check="none")
    day = store.today()
    card = checks.card(store, day, lists.in_force(store)[0])
    row, results = card.rows[0], [PASS, FAIL]

    def mark() -> None:
        results.reverse()
        new = Mark(results[0], store.clock.stamp(), "bench", points=2)
        checks.put(store, card, [(row, card.items(row)[0], new)], "{name}", name=row.both())

    found["mark"] = measured(mark, times)
    found["draft"] = measured(lambda: reports.live(store, day), times)
    desk = Desk(store, PAGES, SHARED)
    desk.start()
    for page in desk.pages:
        if page.key:
            found[page.name] = measured(page.enter, times)
    found["frame"] = measured(lambda: desk.frame(80, 24), times)
    store.close()
    return found


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))))
