"""Reading orders: the open ones and those closed today are read at once with all their steps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from floorlead.cars.records import StockState
from floorlead.customers import queries as customers
from floorlead.orders.records import Done, Order, OrderState
from floorlead.orders.rules import Setting, by_handover
from floorlead.record import replace
from floorlead.store import Store

if TYPE_CHECKING:
    from floorlead.calendar.rules import Office
    from floorlead.cars.records import Car
    from floorlead.orders.records import Paper

COLUMNS = (
    "number, customer, phone, invoice_name, advisor_id, model_id, trim, colour, car_id, state, ordered_on, deposit, "
    "plate_at, handover_at, temp_plate_until, insured_from, insured, financed, accessories, trade_in, closed_at, "
    "reviewed_at, reviewed_by, note, customer_id, visit_id, accessory_amount"
)
"""The columns of an order in the file, without its id."""
_SELECT = f"SELECT id, {COLUMNS}, search FROM orders"
_STATE = {state.value: state for state in OrderState}


def _order(row: tuple[Any, ...]) -> Order:
    flags = [bool(value) for value in row[17:21]]
    times = [row[13] or "", row[14] or "", _day(row[15]), _day(row[16])]
    closed = [row[21] or "", row[22] or "", *row[23:]]
    ordered: list[Any] = [_STATE[row[10]], date.fromisoformat(row[11]), row[12], *times]
    return Order(*row[:10], *ordered, *flags, *closed)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _dressed(store: Store, orders: list[Order]) -> list[Order]:
    """The orders with their steps."""
    steps: dict[int, dict[str, Done]] = {order.id: {} for order in orders}
    idents = list(steps)
    for start in range(0, len(idents), 500):
        part = idents[start : start + 500]
        sql = f"SELECT order_id, code, at, by, note FROM order_steps WHERE order_id IN ({', '.join('?' * len(part))})"
        for ident, code, at, by, note in store.rows(sql, *part):
            steps[ident][code] = Done(at, by, note)
    return [replace(order, done=MappingProxyType(steps[order.id])) for order in orders]


def _some(store: Store, where: str, *values: Any) -> list[Order]:
    return _dressed(store, [_order(row) for row in store.rows(f"{_SELECT} WHERE {where}", *values)])


def open_orders(store: Store) -> list[Order]:
    """Every open order, by its hand-over."""
    return sorted(_some(store, "state = 'open'"), key=by_handover)


def how_many(store: Store) -> int:
    """How many orders are open."""
    return int(store.one("SELECT count(*) FROM orders WHERE state = 'open'"))


def in_delivery(store: Store, day: date) -> list[Order]:
    """What the delivery page shows: open orders that have a car, and those handed over or cancelled on the day."""
    found = [order for order in open_orders(store) if order.car_id]
    return sorted(found + closed_on(store, day), key=by_handover)


def waiting(store: Store) -> list[Order]:
    """Open orders without a car."""
    return [order for order in open_orders(store) if not order.car_id]


def closed_on(store: Store, day: date) -> list[Order]:
    """Orders handed over on a day."""
    last = (day + timedelta(days=1)).isoformat()
    where = "closed_at >= ? AND closed_at < ? AND state = 'delivered' AND closed_at IS NOT NULL"
    return _some(store, where, day.isoformat(), last)


def signed_on(store: Store, day: date) -> list[Order]:
    """Orders signed on a day, those too that were cancelled later."""
    return _some(store, "ordered_on = ?", day.isoformat())


def of(store: Store, ident: int) -> Order | None:
    """An order by its id."""
    found = _some(store, "id = ?", ident)
    return found[0] if found else None


def of_cars(store: Store, cars: Iterable[int]) -> dict[int, Order]:
    """The live orders of cars, as {car's id: order}."""
    wanted = set(cars)
    return {order.car_id: order for order in open_orders(store) if order.car_id in wanted and order.car_id}


def of_car(store: Store, car: int) -> Order | None:
    """The order that a car belongs to or was handed over for."""
    found = _some(store, "car_id = ? AND car_id IS NOT NULL AND state <> 'cancelled'", car)
    return found[0] if found else None


def of_customer(store: Store, customer: int) -> list[Order]:
    """A customer's orders, the newest first, closed ones too."""
    found = _some(store, "customer_id = ? AND customer_id IS NOT NULL", customer)
    return sorted(found, key=lambda order: (order.ordered_on, order.id), reverse=True)


def begun(store: Store, order: Order, customer: int, visit: int) -> Order:
    """A new order as a customer's book row and a visit begin it: name, number, car of interest, consultant; ids, 0 for none."""
    one = customers.get(store, customer) if customer else None
    if one is None:
        return order
    return replace(order, customer=one.name, phone=one.phone, model_id=one.model_id, colour=one.colour,
                   advisor_id=one.advisor_id, customer_id=one.id, visit_id=visit or None)  # fmt: skip


def with_number(store: Store, number: str, other_than: int) -> tuple[str, OrderState] | None:
    """Whose another order of this number is, and what became of it."""
    rows = store.rows("SELECT customer, state FROM orders WHERE number = ? AND id <> ?", number, other_than)
    return (rows[0][0], _STATE[rows[0][1]]) if rows else None


def steps_on(store: Store, day: date) -> dict[str, int]:
    """How many of each step were done on a day."""
    sql = (
        "SELECT code, count(*) FROM order_steps WHERE (at >= ? AND at < ? AND substr(at, 12) <> '00:00:00') OR at = ? "
        "GROUP BY code"
    )
    known = f"{day.isoformat()}T00:00:00"  # a list tells the day of a step and no hour
    return {code: int(count) for code, count in store.rows(sql, *store.clock.bounds(day, day), known)}


def sold_between(store: Store, first: date, last: date) -> int:
    """Cars handed over from one day to another, both included."""
    sql = "SELECT count(*) FROM sales WHERE day >= ? AND day <= ?"
    return int(store.one(sql, first.isoformat(), last.isoformat()) or 0)


def allocated_at(store: Store, cars: Iterable[int]) -> dict[int, str]:
    """When cars were last allocated, as {car's id: local stamp}; what a list brought is not noted."""
    wanted = list(cars)
    found: dict[int, str] = {}
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        sql = (
            f"SELECT car_id, max(at) FROM car_events WHERE car_id IN ({', '.join('?' * len(part))}) "
            "AND kind = 'allocated' GROUP BY car_id"
        )
        found |= dict(store.rows(sql, *part))
    return found


def around(day: date, car: Car | None, office: Office, papers: Sequence[Paper] = (), allocated: str = "") -> Setting:
    """What an order with this car is looked at with on a day, `papers` being those of `lists.papers`."""
    return Setting(
        day, office.is_open, lambda on: office.known(on.year), car.hold.value if car else "",
        bool(car and car.stock_state is not StockState.IN_TRANSIT), car.expected_on if car else None, car is not None,
        papers, allocated,
    )  # fmt: skip


def next_number(store: Store) -> str:
    """The next free order number of the day: 20261123-1."""
    head = f"{store.today():%Y%m%d}-"
    taken = [n for (n,) in store.rows("SELECT number FROM orders WHERE number >= ? AND number < ?", head, head + "~")]
    top = max((int(n[len(head) :]) for n in taken if n[len(head) :].isdecimal()), default=0)
    return f"{head}{top + 1}"


def link_all(db: Any) -> None:
    """Tie every order without a customer to whoever has its telephone number now, inside an open action."""
    db.execute(
        "UPDATE orders SET customer_id = (SELECT c.id FROM customers c WHERE c.phone = orders.phone) "
        "WHERE customer_id IS NULL AND phone <> '' AND phone IN (SELECT phone FROM customers WHERE phone <> '')"
    )
