"""What of the cars must not be forgotten today: hand-overs, plate times, the order day, cars that stand too long.

Loaded only in a showroom that has cars.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from floorlead.ageing import queries as ageing
from floorlead.calendar import queries as calendar
from floorlead.calendar import rules as calendar_rules
from floorlead.cars import queries as cars
from floorlead.cars.records import Car, Drive
from floorlead.orders import queries as orders
from floorlead.orders import rules
from floorlead.orders.records import SIGNS, STEP_WORDS, STEPS, Order
from floorlead.record import record
from floorlead.settings import get
from floorlead.stocktake import queries as stocktake
from floorlead.store import Store
from floorlead.today.records import Notice
from floorlead.words import _, pick

LONG_MINUTES = 60
"""Minutes that a test-drive key may be out."""


@record
class CarsToday:
    """The cars as Today shows them; `first` stand before the tasks, `later` behind them."""

    first: Sequence[Notice]
    later: Sequence[Notice]
    due: int
    out: int
    over: int
    stock: dict[str, int]


def read(store: Store, day: date) -> CarsToday:
    """Read what Today says of the cars: a few short reads over what is here, whatever left long ago."""
    opened, out = orders.open_orders(store), orders.closed_on(store, day)
    drives = cars.drives_out(store)
    found = cars.some(store, [*(order.car_id for order in opened if order.car_id), *drives])
    over, silent = ageing.over(store, day)
    due = [order for order in opened if rules.day_of(order.handover_at) == day]
    first = [*(_handover(one, found) for one in due), *_plates(opened, found, day)]
    later = [
        *_order_day(store, day),
        *_aged(store, over, silent),
        *_missed(opened, day),
        *_keys(store, drives, found),
        *_stocktake(store, day),
    ]
    return CarsToday(first, later, len(due) + len(out), len(out), over, cars.counts(store))


def _handover(order: Order, found: dict[int, Car]) -> Notice:
    between = pick("", " ")
    signs = " ".join(f"{_(SIGNS[s])}{between}{'v' if order.is_done(s) else '.'}" for s in STEPS[:-1])
    time = "" if order.handover_at.endswith("T00:00") else order.handover_at[11:16]
    word = _("out")
    return Notice(f"{word} {time}".rstrip(), _named(order, found), signs, "cars", f"delivery:{order.id}",
                  bool(rules.missing(order)))  # fmt: skip


def _named(order: Order, found: dict[int, Car]) -> str:
    car = found.get(order.car_id or 0)
    return f"{car.shown} {car.tail} {order.customer}" if car else order.customer


def _plates(opened: Sequence[Order], found: dict[int, Car], day: date) -> list[Notice]:
    mine = [o for o in opened if rules.day_of(o.plate_at) == day and not o.is_done("plates")]
    mine.sort(key=lambda order: order.plate_at)
    return [
        Notice(
            f"{_(STEP_WORDS['plates'])} {o.plate_at[11:16]}".replace(" 00:00", ""),
            _named(o, found),
            o.note,
            "cars",
            f"delivery:{o.id}",
        )
        for o in mine
    ]


def _missed(opened: Sequence[Order], day: date) -> list[Notice]:
    """Orders whose hand-over day has gone by."""
    late = [o for o in opened if o.handover_at and o.handover_at[:10] < day.isoformat()]
    if not late:
        return []
    return [
        Notice(
            _("hand-over"),
            _("{count} past their day").format(count=len(late)),
            late[0].customer,
            "cars",
            f"delivery:{late[0].id}",
            True,
        )
    ]


def _order_day(store: Store, day: date) -> list[Notice]:
    weekday = int(get(store, "order_weekday")) - 1
    if not calendar_rules.is_order_day(calendar.office(store), day, weekday):
        return []
    if store.one("SELECT 1 FROM advices WHERE day = ?", day.isoformat()):
        return []
    return [Notice(_("order day"), _("order advice"), _("not saved yet"), "advice", "")]


def _aged(store: Store, over: int, silent: int) -> list[Notice]:
    if not silent:
        return []
    words = _("over {days} d: {count}").format(days=cars.thresholds(store)[-1], count=over)
    told = _("{count} not announced this week").format(count=silent)
    return [Notice(_("over-age"), words, told, "ageing", "", True)]


def _keys(store: Store, drives: dict[int, Drive], found: dict[int, Car]) -> list[Notice]:
    """Test-drive keys that are out for long."""
    since = (store.clock.now() - timedelta(minutes=LONG_MINUTES)).strftime("%Y-%m-%dT%H:%M:%S")
    return [
        Notice(_("key out"), f"{found[d.car_id].shown} {found[d.car_id].tail}", _("since {time}").format(time=d.out_at[11:16]),
               "cars", "display:0", True)
        for d in drives.values() if d.out_at < since and d.car_id in found
    ]  # fmt: skip


def _stocktake(store: Store, day: date) -> list[Notice]:
    due = stocktake.due(store, day)
    return [Notice(_("Stock-take"), _("due this half of the month"), "", "stocktake", "")] if due and due <= day else []
