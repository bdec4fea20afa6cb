"""Everything that is done to an order: each one action with what it does to the car, undone by one Ctrl+Z."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from floorlead.cars import moves as car_moves
from floorlead.cars import queries as cars
from floorlead.cars import rules as car_rules
from floorlead.cars.records import Car, Placement, StockState
from floorlead.finding import search_words
from floorlead.orders import linking, queries, rules, swapping
from floorlead.orders.entering import NOTE_LIMIT, ready
from floorlead.orders.queries import link_all as link_all
from floorlead.orders.records import FLAG_WORDS, FLAGS, STEP_WORDS, Order, OrderState
from floorlead.people import queries as people
from floorlead.record import replace
from floorlead.store import Refused, Store, decided
from floorlead.text import clean
from floorlead.words import N_, _, both

_NAMES = queries.COLUMNS.split(", ")
INSERT = f"INSERT INTO orders({queries.COLUMNS}, search) VALUES ({', '.join('?' * (len(_NAMES) + 1))})"
UPDATE = f"UPDATE orders SET {', '.join(f'{name} = ?' for name in _NAMES)} WHERE id = ?"


def blank(store: Store) -> Order:
    """An order still to be entered."""
    return Order(0, "", "", "", "", None, None, "", "", None, OrderState.OPEN, store.today(), None, "", "", None, None,
                 False, False, False, False, "", "", "", "")  # fmt: skip


def values(order: Order) -> tuple[Any, ...]:
    """An order's columns in the order of `queries.COLUMNS`."""
    days = [day.isoformat() if day else None for day in (order.temp_plate_until, order.insured_from)]
    flags = [int(getattr(order, flag)) for flag in FLAGS]
    return (
        order.number, order.customer, order.phone, order.invoice_name, order.advisor_id, order.model_id, order.trim,
        order.colour, order.car_id, order.state.value, order.ordered_on.isoformat(), order.deposit,
        order.plate_at or None, order.handover_at or None, *days, *flags, order.closed_at or None,
        order.reviewed_at or None, order.reviewed_by, order.note, order.customer_id, order.visit_id, order.accessory_amount,
    )  # fmt: skip


def insert(db: Any, order: Order) -> int:
    """Enter an order inside an open action; returns its id."""
    return int(db.execute(INSERT, (*values(order), search_words(order.customer, order.number))).lastrowid)


def _must_be(db: Any, before: Order) -> None:
    row = db.execute(f"SELECT {queries.COLUMNS} FROM orders WHERE id = ?", (before.id,)).fetchone()
    if row != values(before):
        sentence = _("{name} was changed by another terminal meanwhile; look again")
        raise Refused("E43", sentence.format(name=before.customer))


def _put(db: Any, before: Order, after: Order) -> Order:
    _must_be(db, before)
    db.execute(UPDATE, (*values(after), after.id))
    return after


@decided
def save(store: Store, order: Order, before: Order | None = None) -> int:
    """Enter or change an order; an allocated car goes with it. Returns its id. Raises Refused."""
    order = linking.linked(store, ready(store, order, before), before)
    if before and not before.open and (order.car_id, order.state) != (before.car_id, before.state):
        raise Refused("E124", _("{name} is handed over; take that back first").format(name=order.customer))
    words = N_("Order {number} {name} changed") if before else N_("Order {number} {name}")
    old_car = before.car_id if before else None
    with store.write(words, number=order.number, name=order.both()) as db:
        if order.car_id != old_car:
            _reallocate(db, store, old_car, order.car_id, order.customer)
        if order.open and (before is None or order.customer_id != before.customer_id):
            if before:
                linking.cancelled(db, store, before)
            linking.ordered(db, store, order)
        if before is None:
            return insert(db, order)
        _put(db, before, order)
        if before.customer != order.customer:
            found_by = search_words(order.customer, order.number)
            db.execute("UPDATE orders SET search = ? WHERE id = ?", (found_by, order.id))
        if not order.open:
            _sell(db, store, order, _car_of(store, order))
        return order.id


def _reallocate(db: Any, store: Store, old: int | None, new: int | None, who: str) -> None:
    if old and (car := cars.of(store, old)):
        car_moves.change(db, store, car, "freed", who, allocated=False)
    if new and (car := cars.of(store, new)):
        car_moves.change(db, store, car, "allocated", who, allocated=True)


# -- steps


@decided
def step(store: Store, order: Order, code: str, word: dict[str, str] | None = None, note: str = "") -> bool:
    """Do a step now, or take it back when it is done; `out` is the hand-over. Returns whether it is done after it.

    Raises Refused where the trade forbids the hand-over.
    """
    if code == "out":
        if order.open:
            hand_over(store, order)
        else:
            take_back(store, order)
        return order.open
    if not order.open:
        raise Refused("E124", _("{name} is handed over; take that back first").format(name=order.customer))
    undone = not order.is_done(code)
    word = word or both(STEP_WORDS[code])
    words = N_("{name} {tail} {step} {time}") if undone else N_("{name} {tail} {step} taken back")
    stamp = store.clock.stamp()
    with store.write(words, name=order.both(), tail=_tail(store, order), step=word, time=stamp[11:16]) as db:
        _must_be(db, order)
        _tick(db, store, order.id, code, undone, note)
    return undone


def _tick(db: Any, store: Store, order: int, code: str, done: bool, note: str = "") -> None:
    if not done:
        db.execute("DELETE FROM order_steps WHERE order_id = ? AND code = ?", (order, code))
        return
    there = db.execute("SELECT 1 FROM order_steps WHERE order_id = ? AND code = ?", (order, code)).fetchone()
    if not there:
        sql = "INSERT INTO order_steps(order_id, code, at, by, note) VALUES (?, ?, ?, ?, ?)"
        db.execute(sql, (order, code, store.clock.stamp(), store.by, clean(note, NOTE_LIMIT)))


def _tail(store: Store, order: Order) -> str:
    car = cars.of(store, order.car_id) if order.car_id else None
    return car.tail if car else ""


def _car_of(store: Store, order: Order) -> Car:
    car = cars.of(store, order.car_id) if order.car_id else None
    if car is None:
        raise Refused("E125", _("{name} has no car yet; allocate one with Enter").format(name=order.customer))
    return car


@decided
def hand_over(store: Store, order: Order) -> None:
    """The car is handed over: the order is closed, the car leaves the stock, its age stands still. Raises Refused."""
    car = _car_of(store, order)
    stamp, day = store.clock.business_stamp(), store.today()
    with store.write(N_("{name} {car} handed over {time}"), name=order.both(), car=car.both(), time=stamp[11:16]) as db:
        gone = car_moves.change(db, store, car, "handed_over", order.customer, stock_state=StockState.DELIVERED,
                                placement=Placement.NONE, spot_id=None, left_on=day)  # fmt: skip
        _put(db, order, replace(order, state=OrderState.DELIVERED, closed_at=stamp))
        _tick(db, store, order.id, "out", True)
        _sell(db, store, order, gone)
        linking.delivered(db, store, order)


def _sell(db: Any, store: Store, order: Order, car: Car) -> None:
    """The hand-over counts once among the sales, for the order advice; a former test-drive car is no new car."""
    db.execute("DELETE FROM sales WHERE order_id = ?", (order.id,))
    if car.was_test_drive or not car.left_on:
        return
    found = next((p for p in people.everybody(store) if p.id == order.advisor_id), None)
    age = car_rules.stock_age(car, car.left_on)
    flags = [int(getattr(order, flag)) for flag in FLAGS]
    sql = (
        "INSERT INTO sales(day, model_id, trim, colour, age_days, advisor, insured, financed, accessories, trade_in, "
        "vin, order_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    )
    row = (car.left_on.isoformat(), car.model_id, car.trim, car.colour, age, found.number if found else "", *flags)
    db.execute(sql, (*row, car.vin, order.id))


def tie_sale(db: Any, ident: int, order: Order, day: date, advisor: str) -> None:
    """Tie a sale of the history that looks like a delivered order, and has none yet, to it, inside an open action."""
    sql = (
        "UPDATE sales SET order_id = ? WHERE id = (SELECT id FROM sales WHERE order_id IS NULL AND day = ? AND model_id = ? "
        "AND trim = ? AND colour = ? AND advisor = ? ORDER BY id LIMIT 1)"
    )
    db.execute(sql, (ident, day.isoformat(), order.model_id, order.trim, order.colour, advisor))


def mark(store: Store, order: Order, flag: str) -> None:
    """Say that something was sold along with the car (`FLAGS`), or take it back; also after the hand-over."""
    now = not getattr(order, flag)
    amount = order.accessory_amount if now or flag != "accessories" else None
    words = N_("{name}: {what} yes") if now else N_("{name}: {what} no")
    _along(store, order, replace(order, **{flag: now}, accessory_amount=amount), words, both(FLAG_WORDS[flag]))


def accessorise(store: Store, order: Order, amount: int | None) -> None:
    """The accessories' sum in whole yuan, None where it is not known; a sum says that there are accessories."""
    words = N_("{name}: accessories {sum}")
    after = replace(order, accessories=order.accessories or bool(amount), accessory_amount=amount)
    _along(store, order, after, words, "" if amount is None else str(amount))


@decided
def _along(store: Store, order: Order, after: Order, words: str, what: Any) -> None:
    if order.state is OrderState.CANCELLED:
        raise Refused("E127", _("{name} is no open order any more").format(name=order.customer))
    with store.write(words, name=order.both(), what=what, sum=what) as db:
        _put(db, order, after)
        if not after.open and after.car_id:
            _sell(db, store, after, _car_of(store, after))


@decided
def take_back(store: Store, order: Order) -> None:
    """A hand-over was refused on the spot or entered by mistake: the order is open again, the car is back in the yard
    with its own age."""
    car = _car_of(store, order)
    with store.write(N_("{name} {car} hand-over taken back"), name=order.both(), car=car.both()) as db:
        car_moves.change(db, store, car, "taken_back", order.customer, stock_state=StockState.IN_STOCK,
                         placement=Placement.YARD, left_on=None)  # fmt: skip
        _put(db, order, replace(order, state=OrderState.OPEN, closed_at=""))
        _tick(db, store, order.id, "out", False)
        db.execute("DELETE FROM sales WHERE order_id = ?", (order.id,))
        linking.open_again(db, store, order)


@decided
def cancel(store: Store, order: Order, why: str) -> None:
    """The deal is off: the order is closed, its car is free again with its original age. Raises Refused."""
    reason = clean(why, NOTE_LIMIT)
    if not reason:
        raise Refused("E126", _("A cancelled order needs a reason"))
    if not order.open:
        raise Refused("E127", _("{name} is no open order any more").format(name=order.customer))
    car = cars.of(store, order.car_id) if order.car_id else None
    with store.write(
        N_("Order {number} {name} cancelled: {why}"), number=order.number, name=order.both(), why=reason
    ) as db:
        if car:
            car_moves.change(db, store, car, "freed", order.customer, allocated=False)
        note = f"{reason} {order.note}".strip()[:NOTE_LIMIT]
        stamp = store.clock.business_stamp()
        after = replace(order, state=OrderState.CANCELLED, car_id=None, closed_at=stamp, note=note)
        _put(db, order, after)
        linking.cancelled(db, store, order)


@decided
def allocate(store: Store, order: Order, car: Car | None) -> None:
    """Give an order a car, or another one instead; None takes the car away. Raises Refused."""
    words = N_("{name}: car {car}") if car else N_("{name}: without a car")
    if not order.open:
        raise Refused("E127", _("{name} is no open order any more").format(name=order.customer))
    with store.write(words, name=order.both(), car=car.both() if car else "") as db:
        _must_be(db, order)
        _reallocate(db, store, order.car_id, car.id if car else None, order.customer)
        _put(db, order, replace(order, car_id=car.id if car else None))


@decided
def swap(store: Store, one: Order, other: Order) -> None:
    """Two orders change their cars as one action: also when the wrong one of two equal cars was handed over.

    Raises Refused where one of them was handed over and the other's car has not arrived.
    """
    first, second = _car_of(store, one), _car_of(store, other)
    if one.open is not other.open:
        swapping.must_have_arrived(first, second)
    words = N_("{one} and {other} change cars: {first}, {second}")
    with store.write(words, one=one.both(), other=other.both(), first=second.both(), second=first.both()) as db:
        for order, car in ((one, first), (other, second)):
            _must_be(db, order)
            car_moves.must_be(db, car)
        db.execute("UPDATE orders SET car_id = NULL WHERE id IN (?, ?)", (one.id, other.id))
        for order, car in ((one, second), (other, first)):
            db.execute("UPDATE orders SET car_id = ? WHERE id = ?", (car.id, order.id))
            car_moves.note(db, store, car.id, "allocated", detail=order.customer)
        if one.open is not other.open:
            first, second = swapping.trade_places(db, store, first, second)
        for order, car in ((one, second), (other, first)):
            if not order.open:
                _sell(db, store, order, car)


@decided
def plan_times(store: Store, order: Order, after: Order) -> None:
    """Set when the plates are fetched, when the car is handed over, how long the temporary plate and from when the
    compulsory insurance count; all other fields of `after` are left as they are."""
    if not order.open:
        raise Refused("E124", _("{name} is handed over; take that back first").format(name=order.customer))
    names = ("plate_at", "handover_at", "temp_plate_until", "insured_from")
    after = replace(order, **{name: getattr(after, name) for name in names})
    words = N_("{name}: plates {plates}, hand-over {handover}")
    plates, handover = (
        time.replace("T00:00", "").replace("T", " ") or "-" for time in (after.plate_at, after.handover_at)
    )
    with store.write(words, name=order.both(), plates=plates, handover=handover) as db:
        _put(db, order, after)


@decided
def review(store: Store, orders: Sequence[Order]) -> int:
    """Stamp orders as looked through today, or take the stamp back when the only one has it; returns how many."""
    today = store.today()
    stamp = store.clock.business_stamp()
    if len(orders) == 1 and rules.reviewed(orders[0], today):
        with store.write(N_("{name} not looked through"), name=orders[0].both()) as db:
            _put(db, orders[0], replace(orders[0], reviewed_at="", reviewed_by=""))
        return 0
    left = [order for order in orders if order.open and not rules.reviewed(order, today)]
    if not left:
        return 0
    words = (
        N_("{name} looked through {time}") if len(left) == 1 else N_("The other {count} orders looked through {time}")
    )
    with store.write(words, name=left[0].both(), count=len(left), time=stamp[11:16]) as db:
        for order in left:
            _put(db, order, replace(order, reviewed_at=stamp, reviewed_by=store.by))
    return len(left)
