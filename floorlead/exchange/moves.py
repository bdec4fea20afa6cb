"""Carrying out what was planned: the whole import is one action, all of it or nothing, and taken back by one undo."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any

from floorlead.cars import lists
from floorlead.cars import moves as car_moves
from floorlead.exchange import cars, customers, entering, headings, orders, queries, sales, visits
from floorlead.exchange.parsing import STEP, Progress, silent
from floorlead.exchange.records import Entered, Plan, Table
from floorlead.finding import search_words
from floorlead.orders import moves as order_moves
from floorlead.record import replace
from floorlead.store import Refused, Store, decided
from floorlead.words import N_, _

PLANNERS = {
    "cars": cars.plan, "orders": orders.plan, "sales": sales.plan, "customers": customers.plan, "visits": visits.plan,
}  # fmt: skip
_DONE = {
    "cars": N_("Cars read in: {new} new, {changed} changed"),
    "orders": N_("Orders read in: {new} new, {changed} changed"),
    "sales": N_("Sales read in: {new} new"),
    "customers": N_("Customers read in: {new} new, {changed} changed"),
    "visits": N_("Visits read in: {new} new, {changed} changed"),
}
ROOM = "PRAGMA cache_size = -65536"
"""Memory in KiB (negative) for what is not saved yet: up to some 70,000 lines nothing is written before the end, and other
terminals go on reading; longer lists make them wait, and take no more memory."""
_Ids = Mapping[Any, int]


def plan(store: Store, table: Table, mapping: Mapping[str, int] | None = None, progress: Progress = silent) -> Plan:
    """What a file would do, reading only; `mapping` gives columns by hand, else they are known or remembered.

    Raises Refused where a needed column is missing, or where it is a list of another kind.
    """
    kept = queries.remembered(store, table)
    if kept is None and mapping is None:
        headings.right_kind(table)
    columns = headings.recognised(table, kept if mapping is None else mapping)
    found = PLANNERS[table.kind](store, table, columns, progress)
    return replace(found, remember=columns != (kept or headings.recognised(table)))


@decided
def carry_out(
    store: Store, planned: Plan, progress: Progress = silent, *, partial: bool = False, kind: str = "do"
) -> None:
    """Enter the accepted lines as one action. Raises Refused; nothing was entered then.

    One refused line refuses the whole, unless `partial`. `kind="note"` makes an action that undo leaves alone.
    """
    if planned.refused and not partial:
        told = _("{count} lines are refused; nothing was entered")
        raise Refused("E172", told.format(count=len(planned.refused)))
    if not planned.does_something:
        return
    table = planned.table
    counts: dict[str, Any] = {"new": len(planned.new), "changed": len(planned.changed)}
    with store.write(_DONE[table.kind], kind=kind, **counts) as db:
        db.execute(ROOM)
        if queries.last_action(store) != planned.seq + 1:
            _still(store, planned)
        ids: _Ids = _models(db, planned)
        _WRITERS[table.kind](db, store, planned, ids, progress)
        if planned.remember:
            _remember(db, planned)


def _still(store: Store, planned: Plan) -> None:
    """Refuse where what was done meanwhile changes what the file does."""
    again = PLANNERS[planned.table.kind](store, planned.table, planned.columns)
    seen = [(p.new, p.changed, p.same, p.refused, p.models, p.pieces, p.keepers) for p in (planned, again)]
    if seen[0] != seen[1]:
        raise Refused("E171", _("The showroom's file changed meanwhile; look at the import again"))


def _models(db: Any, planned: Plan) -> dict[str, int]:
    """Make the new models, in the order of their appearance; returns their ids."""
    last = db.execute("SELECT max(position) FROM models").fetchone()[0] or 0
    made = {}
    for place, (key, (code, name)) in enumerate(planned.models.items(), last + 1):
        sql = "INSERT INTO models(code, name, position) VALUES (?, ?, ?)"
        made[key] = db.execute(sql, (code, name, place)).lastrowid
    return made


def _remember(db: Any, planned: Plan) -> None:
    """Keep the columns that were assigned to these headings."""
    place = planned.table.kind, queries.canonical(planned.table.headings)
    columns = json.dumps(dict(planned.columns), sort_keys=True)
    sql = "UPDATE import_maps SET columns = ? WHERE kind = ? AND headings = ?"
    if not db.execute(sql, (columns, *place)).rowcount:
        db.execute("INSERT INTO import_maps(columns, kind, headings) VALUES (?, ?, ?)", (columns, *place))


def _counted(rows: Iterable[Any], total: int, progress: Progress, done: int = 0) -> Iterator[Any]:
    for count, row in enumerate(rows, done):
        if not count % STEP:
            progress(count, total)
        yield row


# -- cars

ON_A_SPOT = ("display", "test_drive")
"""Events that tell on which spot."""
_car_row = itemgetter(*queries.CAR_NAMES)
_MODEL, _SPOT = queries.CAR_NAMES.index("model_id"), queries.CAR_NAMES.index("spot_id")
_look = itemgetter("model_id", "colour", "trim")


def _cars(db: Any, store: Store, planned: Plan, ids: _Ids, progress: Progress) -> None:
    spots: _Ids = _pieces(db, planned)
    finds = _Finds(store, planned)
    keepers = [(keeper, spot) for spot, keeper in planned.keepers.items()]
    db.executemany("UPDATE furniture SET keeper_id = ? WHERE id = ?", keepers)
    gone = [(e.ident,) for e in planned.changed if e.before and e.before["spot_id"] not in (None, e.values["spot_id"])]
    db.executemany("UPDATE cars SET spot_id = NULL, placement = 'yard' WHERE id = ?", gone)
    total = len(planned.changed) + len(planned.new)
    for entered in _counted(planned.changed, total, progress):
        db.execute(car_moves.UPDATE, (*_whole(entered, ids, spots), entered.ident))
        if entered.before and _look(entered.values) != _look(entered.before):
            words = finds[_look(entered.values)]
            db.execute("UPDATE cars SET search = ? WHERE id = ?", (words, entered.ident))
        for kind, detail in entered.events:
            spot = entered.values["spot_id"] if kind in ON_A_SPOT else None
            car_moves.note(db, store, entered.ident, kind, spots.get(spot, spot), detail)
    rows = ((*_whole(entered, ids, spots), finds[_look(entered.values)]) for entered in planned.new)
    db.executemany(car_moves.INSERT, _counted(rows, total, progress, len(planned.changed)))
    _first_places(db, store, planned, spots)


def _first_places(db: Any, store: Store, planned: Plan, spots: _Ids) -> None:
    """A new car on a spot leaves the trail of one that was put there by hand; nothing is known of when but its arrival."""
    sql = (
        "INSERT INTO car_events(car_id, at, by, kind, spot_id, detail) SELECT id, ?, ?, ?, ?, ? FROM cars WHERE vin = ?"
    )
    for entered in planned.new:
        for kind, detail in entered.events:
            arrived, spot = date.fromisoformat(entered.values["arrived_on"]), entered.values["spot_id"]
            at = store.clock.bounds(arrived, arrived)[0]
            db.execute(sql, (at, store.by, kind, spots.get(spot, spot), detail, entered.values["vin"]))


class _Finds(dict[tuple[Any, str, str], str]):
    """Finding words, made once for each look; of a list with too many looks the rest is made when it is asked for."""

    MOST = 2_000

    def __init__(self, store: Store, planned: Plan) -> None:
        super().__init__()
        self.models: dict[Any, tuple[str, ...]] = {ident: told for ident, *told in queries.models(store)}  # type: ignore[misc]
        self.models |= {key: (*told, "") for key, told in planned.models.items()}

    def __missing__(self, look: tuple[Any, str, str]) -> str:
        model, colour, trim = look
        code, name, english = self.models[model]
        car = replace(car_moves.blank(), model=code, model_name=name, model_name_en=english, colour=colour, trim=trim)
        found = self[look] = lists.words(car) if len(self) < self.MOST else ""
        return found


def _whole(entered: Entered, ids: _Ids, spots: _Ids) -> tuple[Any, ...]:
    """A car's columns, what was still a key by its id now."""
    row = _car_row(entered.values)
    model, spot = row[_MODEL], row[_SPOT]
    if spot is None:
        return (row[0], ids.get(model, model), *row[2:])
    return (row[0], ids.get(model, model), *row[2:_SPOT], spots.get(spot, spot), *row[_SPOT + 1 :])


def _pieces(db: Any, planned: Plan) -> dict[str, int]:
    """Make the spots that the file brings, behind the last of their kind; returns their ids."""
    last = dict(db.execute("SELECT kind, max(position) FROM furniture GROUP BY kind").fetchall())
    made = {}
    for key, (kind, spot, label, label_en, keeper) in planned.pieces.items():
        last[kind] = last.get(kind, 0) + 1
        values = (kind, spot, label, label_en, keeper, last[kind], search_words(label, label_en, spot))
        sql = "INSERT INTO furniture(kind, spot, label, label_en, keeper_id, position, search) VALUES (?, ?, ?, ?, ?, ?, ?)"
        made[key] = db.execute(sql, values).lastrowid
    return made


# -- orders

_order_row = itemgetter(*queries.ORDER_NAMES)
_ORDER = ", ".join(queries.ORDER_NAMES)
_ORDER_INSERT = f"INSERT INTO orders({_ORDER}, search) VALUES ({', '.join('?' * (len(queries.ORDER_NAMES) + 1))})"
_ORDER_UPDATE = f"UPDATE orders SET {', '.join(f'{name} = ?' for name in queries.ORDER_NAMES)} WHERE id = ?"


def _orders(db: Any, store: Store, planned: Plan, ids: _Ids, progress: Progress) -> None:
    stamp = store.clock.stamp()
    for entered in _counted([*planned.new, *planned.changed], len(planned.new) + len(planned.changed), progress):
        model = entered.values["model_id"]
        row = _order_row({**entered.values, "model_id": ids.get(model, model)})
        ident = entered.ident
        if ident:
            db.execute(_ORDER_UPDATE, (*row, ident))
        words = search_words(entered.values["customer"], entered.values["number"])
        if not ident:
            ident = db.execute(_ORDER_INSERT, (*row, words)).lastrowid
        elif entered.before and entered.before["customer"] != entered.values["customer"]:
            db.execute("UPDATE orders SET search = ? WHERE id = ?", (words, ident))
        steps = [(ident, c, stamp if at == "yes" else at, store.by) for c, at in entered.values["steps"].items()]
        db.executemany("INSERT INTO order_steps(order_id, code, at, by) VALUES (?, ?, ?, ?)", steps)
        if entered.values.get("allocates"):
            car = entered.values["car_id"]
            db.execute("UPDATE cars SET allocation = 'allocated' WHERE id = ?", (car,))
            car_moves.note(db, store, car, "allocated", detail=entered.values["customer"])
    order_moves.link_all(db)


# -- sales

_sale_row = itemgetter(*queries.SALE_NAMES)
_SALE_INSERT = f"INSERT INTO sales({', '.join(queries.SALE_NAMES)}) VALUES ({', '.join('?' * len(queries.SALE_NAMES))})"


def _sales(db: Any, _store: Store, planned: Plan, ids: _Ids, progress: Progress) -> None:
    def row(entered: Entered) -> Sequence[Any]:
        day, model, *rest = _sale_row(entered.values)
        return (day, ids.get(model, model), *rest)

    db.executemany(_SALE_INSERT, _counted(map(row, planned.new), len(planned.new), progress))


# -- customers and visits


def _all(planned: Plan, progress: Progress) -> Iterator[Entered]:
    return _counted([*planned.changed, *planned.new], len(planned.changed) + len(planned.new), progress)


def _customers(db: Any, store: Store, planned: Plan, ids: _Ids, progress: Progress) -> None:
    entering.enter_customers(db, store, planned, ids, _all(planned, progress))


def _visits(db: Any, store: Store, planned: Plan, ids: _Ids, progress: Progress) -> None:
    entering.enter_visits(db, store, planned, ids, _all(planned, progress))


_WRITERS = {"cars": _cars, "orders": _orders, "sales": _sales, "customers": _customers, "visits": _visits}
