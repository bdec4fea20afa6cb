"""The invented showroom with its sixty cars and ninety days of sales, on its spots, as the advice reads them."""

from __future__ import annotations

import csv

from floorlead import shelf
from floorlead.calendar import queries as calendar
from floorlead.cars import queries as cars
from floorlead.furniture import queries as furniture
from floorlead.store import Store
from tests.cars import showroom


def load(store: Store) -> None:
    """Spots, cars, models, sales up to 2026-11-22, the calendar."""
    furniture.load(store, shelf.find("demo", "furniture.csv"))
    showroom.load(store)
    models = {model.code: model.id for model in cars.models(store)}
    with shelf.find("demo", "sales_history.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    sql = "INSERT INTO sales(day, model_id, trim, colour, age_days, advisor) VALUES (?, ?, ?, ?, ?, ?)"
    with store.write("{count} sales", count=len(rows)) as db:
        for row in rows:
            values = (row["trim"], row["ext_color"], int(row["age_days"]), row["consultant"])
            db.execute(sql, (row["delivered_on"], models[row["model"]], *values))
    calendar.preload(store)
