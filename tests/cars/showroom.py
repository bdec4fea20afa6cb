"""The invented showroom's sixty cars on their spots, as tests need them: from `data/demo/cars.csv`, dated to 2026-11-23."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from floorlead import clock, shelf
from floorlead.cars import moves, queries
from floorlead.cars.records import Car, Hold, Model, Placement, StockState
from floorlead.furniture import queries as furniture
from floorlead.furniture.records import Furniture
from floorlead.orders import moves as order_moves
from floorlead.orders.records import Order
from floorlead.people import files
from floorlead.people import queries as people
from floorlead.people.records import Person
from floorlead.record import replace
from floorlead.store import Store
from tests import kept

PLACES = {
    "display": Placement.DISPLAY,
    "yard": Placement.YARD,
    "test_bay": Placement.TEST_DRIVE,
    "road": Placement.NONE,
}


def opened(folder: Path, at: str = "2026-11-23T08:25:00", *, with_cars: bool = True) -> Store:
    """The showroom of fifteen people, fourteen spots and sixty cars on a Monday morning; S01 and S06 rest."""
    fill = _full if with_cars else _staff
    store = kept.store(folder / "showroom.db", clock.stopped(at), f"cars{with_cars}", fill)
    store.by = "林晓峰"
    return store


def _full(store: Store) -> None:
    _staff(store)
    load(store)


def _staff(store: Store) -> None:
    store.by = "林晓峰"
    rows = files.read_people(shelf.find("demo", "people.csv").read_bytes())
    people.import_people(store, people.plan_import(store, rows))
    furniture.load(store, shelf.find("demo", "furniture.csv"))


def spot(store: Store, name: str) -> Furniture:
    """A spot by its name."""
    return next(piece for piece in furniture.standing(store) if piece.spot == name)


def person(store: Store, name: str) -> Person:
    """A person by name."""
    return next(one for one in people.everybody(store) if one.name == name)


def load(store: Store) -> None:
    """All sixty cars, the display cars on the spots of their names."""
    spots = {piece.spot: piece.id for piece in furniture.standing(store) if piece.spot}
    with shelf.find("demo", "cars.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    with store.write("{count} cars", count=len(rows)) as db:
        names = {row["model"]: row["model_name"] for row in rows}
        models = {code: moves.put_model(db, Model(0, code, name)) for code, name in names.items()}
        for row in rows:
            ident = moves.insert(db, _car(row, models, spots))
            moves.note(db, store, ident, "entered", spots.get(row["display_spot"]))


def _car(row: dict[str, str], models: dict[str, int], spots: dict[str, int]) -> Car:
    days = [
        date.fromisoformat(row[key]) if row[key] else None for key in ("built_on", "paid_on", "arrived_on", "eta_on")
    ]
    state = StockState.IN_TRANSIT if row["stock_state"] == "in_transit" else StockState.IN_STOCK
    return replace(
        moves.blank(), vin=row["vin"], model_id=models[row["model"]], model=row["model"], model_name=row["model_name"], trim=row["trim"], colour=row["ext_color"],
        interior=row["int_color"], powertrain=row["powertrain"], msrp=int(row["msrp"]), cost=int(row["cost"]),
        built_on=days[0], paid_on=days[1], arrived_on=days[2], expected_on=days[3], stock_state=state,
        allocated=row["allocation"] == "allocated", placement=PLACES[row["placement"]], hold=Hold(row["hold"]),
        spot_id=spots.get(row["display_spot"]), was_test_drive=row["placement"] == "test_bay", note=row["note"],
    )  # fmt: skip


def tail(store: Store, digits: str) -> Car:
    """A car by the last four of its VIN."""
    return queries.by_tail(store, digits)[0]


def on(store: Store, spot: str) -> Car | None:
    """The car on a spot by the spot's name."""
    names = {piece.id: piece.spot for piece in furniture.standing(store)}
    return next((car for ident, car in queries.on_spots(store).items() if names.get(ident) == spot), None)


def order(
    store: Store, car: Car | None, customer: str = "王先生", handover: str = "2026-11-27T00:00", **more: object
) -> Order:
    """An order, of a car where one is given."""
    from floorlead.orders import queries as orders

    facts = {"customer": customer, "number": orders.next_number(store), "handover_at": handover,
             "car_id": car.id if car else None, "model_id": car.model_id if car else None, **more}  # fmt: skip
    made = replace(order_moves.blank(store), **facts)
    found = orders.of(store, order_moves.save(store, made))
    assert found
    return found
