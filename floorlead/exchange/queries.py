"""What an import asks of the store: only the cars, orders and sales that the file names are looked up."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from floorlead.cars.queries import COLUMNS
from floorlead.customers import queries as customer_queries
from floorlead.customers.records import Customer
from floorlead.exchange.records import Table
from floorlead.store import Store
from floorlead.visits import queries as visit_queries
from floorlead.visits.records import Visit

CAR_NAMES = tuple(COLUMNS.split(", "))
ORDER_NAMES = (
    "number", "customer", "phone", "invoice_name", "advisor_id", "model_id", "trim", "colour", "car_id", "ordered_on",
    "deposit", "plate_at", "handover_at", "temp_plate_until", "insured_from", "insured", "financed", "accessories",
    "trade_in", "accessory_amount", "note",
)  # fmt: skip
"""The columns of an order that a file may tell."""
SALE_NAMES = (
    "day", "model_id", "trim", "colour", "age_days", "advisor", "insured", "financed", "accessories", "trade_in", "vin",
)  # fmt: skip
PART = 500


def _parts(store: Store, sql: str, wanted: Iterable[Any]) -> list[tuple[Any, ...]]:
    """The rows of a query over `IN ({marks})`, asked in parts."""
    values = list(wanted)
    found: list[tuple[Any, ...]] = []
    for start in range(0, len(values), PART):
        part = values[start : start + PART]
        found += store.rows(sql.format(marks=", ".join("?" * len(part))), *part)
    return found


def last_action(store: Store) -> int:
    """The number of the file's last action."""
    return int(store.one("SELECT max(seq) FROM actions") or 0)


def cars_by_vin(store: Store, vins: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The cars with these VINs as {VIN: values by column, and `id`}."""
    if store.one("SELECT 1 FROM cars LIMIT 1") is None:
        return {}
    rows = _parts(store, f"SELECT id, {COLUMNS} FROM cars WHERE vin IN ({{marks}})", vins)
    return {row[1]: dict(zip(("id", *CAR_NAMES), row, strict=True)) for row in rows}


def aliases(store: Store, vins: Sequence[str]) -> dict[str, str]:
    """Wrong numbers that cars once carried, as {wrong VIN: the VIN it was corrected to}."""
    if store.one("SELECT 1 FROM car_aliases LIMIT 1") is None:
        return {}
    sql = "SELECT a.vin, c.vin FROM car_aliases a JOIN cars c ON c.id = a.car_id WHERE a.vin IN ({marks})"
    return dict(_parts(store, sql, vins))


def corrected(store: Store) -> dict[str, str]:
    """Every wrong number that a car once carried, as {wrong VIN: the right one}."""
    return dict(store.rows("SELECT a.vin, c.vin FROM car_aliases a JOIN cars c ON c.id = a.car_id"))


def sold_vins(store: Store) -> list[str]:
    """The VINs of all cars ever sold; the history of sales is read once."""
    return [vin for (vin,) in store.rows("SELECT vin FROM sales WHERE vin <> ''")]


def live_orders(store: Store, cars: Iterable[int]) -> dict[int, str]:
    """The open orders that hold cars, as {car's id: order number}."""
    sql = "SELECT car_id, number FROM orders WHERE car_id IN ({marks}) AND state = 'open'"
    return dict(_parts(store, sql, cars))


def keys_out(store: Store) -> set[int]:
    """The ids of the test-drive cars whose key is out."""
    return {car for (car,) in store.rows("SELECT car_id FROM drives WHERE back_at IS NULL")}


def models(store: Store) -> list[tuple[int, str, str, str]]:
    """Every model as (id, code, name, English name)."""
    return [tuple(row) for row in store.rows("SELECT id, code, name, name_en FROM models ORDER BY id")]


def people(store: Store) -> list[tuple[int, str, str]]:
    """Everybody as (id, number, name), those still here last so that their names win."""
    sql = "SELECT id, number, name FROM people ORDER BY left_on IS NULL, id"
    return [(ident, number, name) for ident, number, name in store.rows(sql)]


def pieces(store: Store) -> list[tuple[int, str, str, str, int | None]]:
    """The spots of cars that stand now, as (id, kind, spot, label, keeper's id)."""
    sql = (
        "SELECT id, kind, spot, label, keeper_id FROM furniture "
        "WHERE removed_on IS NULL AND kind IN ('display_car', 'test_drive_car') ORDER BY position, id"
    )
    return [tuple(row) for row in store.rows(sql)]


def on_spots(store: Store) -> dict[int, tuple[int, str]]:
    """What stands on each spot, as {spot's id: (car's id, VIN)}."""
    rows = store.rows("SELECT spot_id, id, vin FROM cars WHERE spot_id IS NOT NULL")
    return {spot: (ident, vin) for spot, ident, vin in rows}


def orders_by_number(store: Store, numbers: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The orders with these numbers as {number in upper case: values by column, with `id` and `state`}."""
    sql = f"SELECT id, state, {', '.join(ORDER_NAMES)} FROM orders WHERE number IN ({{marks}})"
    names = ("id", "state", *ORDER_NAMES)
    return {row[2].upper(): dict(zip(names, row, strict=True)) for row in _parts(store, sql, numbers)}


def steps_of(store: Store, orders: Iterable[int]) -> set[tuple[int, str]]:
    """The paper steps that are done, as (order's id, code)."""
    return set(_parts(store, "SELECT order_id, code FROM order_steps WHERE order_id IN ({marks})", orders))


def orders_to_tell(store: Store, wanted: Sequence[int] | None = None) -> list[dict[str, Any]]:
    """Orders by column with `state`, their car's `vin` and `steps` as {code: stamp}; all, the newest first, or those
    wanted in their order."""
    columns = ", ".join(f"o.{name}" for name in ORDER_NAMES)
    sql = f"SELECT o.id, o.state, c.vin, {columns} FROM orders o LEFT JOIN cars c ON c.id = o.car_id"
    newest = " ORDER BY o.ordered_on DESC, o.id DESC"
    some = f"{sql} WHERE o.id IN ({{marks}})"
    rows = store.rows(sql + newest) if wanted is None else _parts(store, some, wanted)
    names = ("id", "state", "vin", *ORDER_NAMES)
    found = {row[0]: {**dict(zip(names, row, strict=True)), "steps": {}} for row in rows}
    done = "SELECT order_id, code, at FROM order_steps"
    in_part = f"{done} WHERE order_id IN ({{marks}})"
    for ident, code, at in store.rows(done) if wanted is None else _parts(store, in_part, wanted):
        found[ident]["steps"][code] = at
    return list(found.values()) if wanted is None else [found[ident] for ident in wanted]


def sales_between(store: Store, first: str, last: str) -> list[tuple[Any, ...]]:
    """The sales of some days, as (VIN, day, model's id, trim, colour, advisor, age)."""
    sql = "SELECT vin, day, model_id, trim, colour, advisor, age_days FROM sales WHERE day BETWEEN ? AND ?"
    return store.rows(sql, first, last)


def canonical(headings: Sequence[str]) -> str:
    """The heading line as it is remembered."""
    return json.dumps(list(headings), ensure_ascii=False, separators=(",", ":"))


def remembered(store: Store, table: Table) -> Mapping[str, int] | None:
    """The columns that were assigned to these headings before, None where none were."""
    found = store.one("SELECT columns FROM import_maps WHERE kind = ? AND headings = ?",
                      table.kind, canonical(table.headings))  # fmt: skip
    return {str(field): int(at) for field, at in json.loads(found).items()} if found else None


def customers_by(store: Store, column: str, wanted: Iterable[str]) -> dict[str, Customer]:
    """The customers with these numbers, or these telephone numbers, by `number` or `phone`."""
    values = {value for value in wanted if value and "*" not in value}
    names = customer_queries.COLUMNS
    rows = _parts(store, f"SELECT {names} FROM customers WHERE {column} IN ({{marks}})", sorted(values))
    found = [customer_queries.customer_of(row) for row in rows]
    return {str(getattr(one, column)): one for one in found}


def visits_by_number(store: Store, wanted: Iterable[str]) -> dict[str, Visit]:
    """The visits with these numbers."""
    values = sorted({value for value in wanted if value})
    rows = _parts(store, f"SELECT {visit_queries.COLUMNS} FROM visits WHERE number IN ({{marks}})", values)
    return {one.number: one for one in map(visit_queries.visit_of, rows)}
