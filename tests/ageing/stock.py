"""The demo showroom's stock and single cars for the tests of the age list."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from floorlead import shelf
from floorlead.cars import moves, queries
from floorlead.cars.records import Car, Hold, Placement, StockState
from floorlead.furniture import queries as furniture_queries
from floorlead.people import files
from floorlead.people import queries as people_queries
from floorlead.record import replace
from floorlead.store import Store

PLACES = {"test_bay": Placement.TEST_DRIVE, "road": Placement.NONE}
"""Places as the demo's list calls them."""


def load(store: Store) -> None:
    """The demo's people, spots and cars (data/demo), the cars as one action."""
    rows = files.read_people(shelf.find("demo", "people.csv").read_bytes())
    people_queries.import_people(store, people_queries.plan_import(store, rows))
    furniture_queries.load(store, shelf.find("demo", "furniture.csv"))
    with shelf.find("demo", "cars.csv").open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.DictReader(file))
    spots = {piece.spot: piece.id for piece in furniture_queries.standing(store) if piece.spot}
    with store.write("cars") as db:
        models = _models(db, ((row["model"], row["model_name"]) for row in found))
        for row in found:
            moves.insert(db, _car(row, models, spots))


def _models(db: Any, named: Iterable[tuple[str, str]]) -> dict[str, int]:
    sql = "INSERT INTO models(code, name, position) VALUES (?, ?, ?)"
    return {code: db.execute(sql, (code, name, n)).lastrowid for n, (code, name) in enumerate(dict.fromkeys(named))}


def _car(row: dict[str, str], models: dict[str, int], spots: dict[str, int]) -> Car:
    days: Any = {
        name: date.fromisoformat(row[name]) if row[name] else None for name in ("built_on", "paid_on", "arrived_on")
    }
    placement = PLACES.get(row["placement"]) or Placement(row["placement"])
    state = StockState.IN_STOCK if row["stock_state"] == "test_drive" else StockState(row["stock_state"])
    spot = spots.get(row["display_spot"]) if placement in (Placement.DISPLAY, Placement.TEST_DRIVE) else None
    return replace(
        moves.blank(), vin=row["vin"], model_id=models[row["model"]], trim=row["trim"], colour=row["ext_color"],
        interior=row["int_color"], msrp=int(row["msrp"]), cost=int(row["cost"]), stock_state=state,
        allocated=row["allocation"] == "allocated", placement=placement,
        hold=Hold(row["hold"]), spot_id=spot, **days,
    )  # fmt: skip


def add(store: Store, tail: str, age: int, model: str = "QY", name: str = "青屿", **more: Any) -> Car:
    """Enter a car in the yard whose VIN ends in `tail` and that arrived `age` days ago."""
    today = store.today()
    arrived = today - timedelta(days=age)
    car = replace(
        moves.blank(), vin=f"LX0A1B2C3TA{int(tail):06}", colour="云母白", trim="精英版", cost=109500, msrp=120000,
        built_on=arrived - timedelta(days=30), paid_on=arrived - timedelta(days=10), arrived_on=arrived,
    )  # fmt: skip
    with store.write("a car") as db:
        ident = store.one("SELECT id FROM models WHERE code = ?", model)
        if ident is None:
            ident = db.execute("INSERT INTO models(code, name) VALUES (?, ?)", (model, name)).lastrowid
        made = moves.insert(db, replace(car, model_id=ident, **more))
    found = queries.of(store, made)
    assert found
    return found


def add_many(store: Store, here: int, gone: int = 0, announced: int = 0) -> None:
    """Enter many cars as one action: `here` in the yard, `gone` delivered long ago, the first `announced` of each
    announced once, with three events on each car's story."""
    car = add(store, "999999", 0)
    today = store.today()
    with store.write("many cars") as db:
        said = db.execute(
            "INSERT INTO announcements(day, at, by, kind, text) VALUES (?, ?, '', 'push', '')",
            (today.isoformat(), store.clock.stamp()),
        ).lastrowid
        for n in range(here - 1 + gone):
            left = None if n < here - 1 else today
            made = moves.insert(db, _one_of_many(car, n, today, left))
            for kind in ("entered", "arrived", "changed"):
                moves.note(db, store, made, kind)
            if n < announced or here <= n < here + announced:
                db.execute(
                    "INSERT INTO announced_cars(announcement_id, car_id, age) VALUES (?, ?, ?)", (said, made, n % 400)
                )


def _one_of_many(car: Car, n: int, today: date, left: date | None) -> Car:
    state, place = (StockState.DELIVERED, Placement.NONE) if left else (StockState.IN_STOCK, Placement.YARD)
    arrived = today - timedelta(days=n * 7 % 400)
    return replace(
        car, id=0, vin=f"LX0A1B2C3TB{n:06}", arrived_on=arrived, built_on=arrived, paid_on=arrived, left_on=left,
        stock_state=state, placement=place,
    )  # fmt: skip
