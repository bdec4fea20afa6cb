"""Reading 20,000 lines of cars in, beside the least that could be done with them: `python -m tests.bench.importing`.

The floor reads the same file with the bare csv module and enters the same rows with one bare `executemany` in one
transaction, into the same table of the same kind of file, without a trigger, a check or a log.
"""

from __future__ import annotations

import csv
import gc
import io
import json
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from floorlead.cars import rules
from floorlead.cars.queries import COLUMNS
from floorlead.clock import stopped
from floorlead.exchange import files, moves
from floorlead.store import Store, open_store

LINES = 20_000
NOW = "2026-11-24T08:41"
HEADINGS = "vin,model,model_name,powertrain,trim,ext_color,int_color,msrp,cost,built_on,paid_on,arrived_on,eta_on,stock_state,placement,allocation,hold,display_spot,keeper,note"
MODELS = (
    ("QY", "青屿", "1.5T", 119800),
    ("YL", "云岚", "2.0T", 159800),
    ("XX", "星溪", "PHEV", 102800),
    ("YS", "远山", "HEV", 229800),
)
TRIMS, COLOURS = ("精英版", "舒适版", "旗舰版", "豪华版"), ("云母白", "曜石黑", "岩石灰", "朱砂红", "深海蓝", "月光银")


def numbers(count: int) -> list[str]:
    """So many right VINs."""
    found = []
    for n in range(count):
        bare = f"LX0A1B2C0T{chr(65 + n // 1_000_000)}{n % 1_000_000:06d}"
        found.append(bare[:8] + rules.check_digit(bare) + bare[9:])
    return found


def dealer_file(path: Path, lines: int = LINES) -> None:
    """A dealer system's list of cars, each line another car."""
    dice, today = random.Random(20261124), date(2026, 11, 24)
    with path.open("w", encoding="utf-8-sig", newline="") as made:
        writer = csv.writer(made)
        writer.writerow(HEADINGS.split(","))
        for vin in numbers(lines):
            code, name, power, price = dice.choice(MODELS)
            arrived = today - timedelta(days=dice.randrange(400))
            built = arrived - timedelta(days=dice.randrange(5, 60))
            days = [built, built + timedelta(days=3), arrived]
            writer.writerow([vin, code, name, power, dice.choice(TRIMS), dice.choice(COLOURS), "黑", price, price - 8000,
                             *days, "", "in_stock", "yard", "free", "", "", "", ""])  # fmt: skip


def whole(store: Store, path: Path) -> None:
    """All that an import does: read, plan, carry out, all logged and chained."""
    table = files.read(path.read_bytes(), path.name, "cars")
    moves.carry_out(store, moves.plan(store, table))


def floor(db: sqlite3.Connection, path: Path, rows: list[tuple[Any, ...]]) -> None:
    """The least: the file through the csv module, the rows through one statement."""
    for _row in csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"))):
        pass
    db.execute("BEGIN IMMEDIATE")
    marks = ", ".join("?" * (COLUMNS.count(",") + 2))
    db.executemany(f"INSERT INTO cars({COLUMNS}, search) VALUES ({marks})", rows)
    db.execute("COMMIT")


def bare(path: Path, rows: list[tuple[Any, ...]]) -> sqlite3.Connection:
    """A file of the same kind whose triggers are gone, the models in it."""
    store = open_store(path, stopped(NOW))
    db = store.connection
    for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        db.execute(f"DROP TRIGGER {name}")
    for model in {row[1] for row in rows}:
        db.execute("INSERT INTO models(id, code, name) VALUES (?, ?, '')", (model, str(model)))
    return db


def seconds(act: Callable[[], object]) -> float:
    """How long it takes."""
    gc.collect()
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def figures(rounds: int = 3) -> dict[str, float]:
    """Seconds of both (medians of rounds in turn), lines a second, and the ratio, which should be 4 or less."""
    times: dict[str, list[float]] = {"import": [], "floor": []}
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "cars.csv"
        dealer_file(path)
        for n in range(rounds + 1):
            store = open_store(Path(place) / f"import{n}.db", stopped(NOW))
            took = seconds(lambda: whole(store, path))  # noqa: B023 - called at once
            rows = store.rows(f"SELECT {COLUMNS}, search FROM cars ORDER BY id")
            db = bare(Path(place) / f"floor{n}.db", rows)
            least = seconds(lambda: floor(db, path, rows))  # noqa: B023 - called at once
            assert len(rows) == LINES
            assert db.execute("SELECT count(*) FROM cars").fetchone()[0] == LINES
            store.close()
            db.close()
            if n:  # the first round warms up
                times["import"].append(took)
                times["floor"].append(least)
    middle = {name: median(found) for name, found in times.items()}
    return {
        **middle,
        "lines_per_second": LINES / middle["import"],
        "ratio": middle["import"] / middle["floor"],
        "goal": 4.0,
    }


if __name__ == "__main__":
    print(json.dumps(figures(), indent=1))
