"""The invented showroom's cars, orders and sales, read from their CSV files as a dealer system would export them.

The files are dated for one Monday; every day in them moves with today.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from floorlead import shelf
from floorlead.calendar import queries as calendar
from floorlead.cars import moves as cars
from floorlead.cars.records import Model
from floorlead.exchange import files, moves
from floorlead.store import Store
from floorlead.words import N_

WRITTEN_ON = date(2026, 11, 23)
"""The day that the files call today."""
FILES = {"cars": "cars.csv", "orders": "orders.csv", "sales": "sales_history.csv"}


def load(store: Store, folder: Sequence[str]) -> None:
    """Enter the cars, orders and sales of a demo folder; none of it stands on the undo stack."""
    shift = store.today() - WRITTEN_ON
    calendar.preload(store)
    _models(store, shelf.find(*folder, "cars.csv"))
    for kind, name in FILES.items():
        path = shelf.find(*folder) / name
        if path.exists():
            table = files.read(path.read_bytes(), path.name, kind, shift=shift)
            moves.carry_out(store, moves.plan(store, table), kind="note")


def _models(store: Store, path: Path) -> None:
    """The models with their English names, which no dealer system exports."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["model"]: (row["model_name"], row.get("model_name_en") or "") for row in csv.DictReader(file)}
    with store.write(N_("{count} models"), kind="note", count=len(rows)) as db:
        for place, (code, (name, english)) in enumerate(rows.items(), 1):
            cars.put_model(db, Model(0, code, name, english, position=place))
