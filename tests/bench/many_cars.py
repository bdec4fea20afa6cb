"""Twenty thousand cars in the file, 600 of them in stock: what each page about cars costs a key, without a screen.

`python -m tests.bench.many_cars` prints the medians in milliseconds; `build` makes the file for the terminal's bench.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from floorlead.cars import moves, queries
from floorlead.cars.records import Placement, StockState
from floorlead.cars.rules import check_digit
from floorlead.clock import stopped
from floorlead.orders import moves as orders
from floorlead.orders.records import OrderState
from floorlead.record import replace
from floorlead.setup.demo import make_demo
from floorlead.store import Store, open_store
from floorlead.widgets.desk import Desk
from tests.bench.desks import NOW, key_to_paint, median, opened

IN_STOCK, GONE, OPEN, COMING = 545, 19_400, 30, 60
COLOURS = ("白", "黑", "灰", "蓝", "红", "银")
PAGES_OF_CARS = {
    "deliveries": ("f5",), "display board": ("f5", "tab"), "stock": ("f5", "tab", "tab"),
    "in transit": ("f5", "tab", "tab", "tab"), "ageing": ("f4",), "ageing summary": ("f4", "f4"),
}  # fmt: skip


def build(path: Path) -> None:
    """The standard showroom with 20,000 cars, their sales, orders and stories."""
    make_demo(path, stopped(NOW), "standard", 0)
    store = open_store(path, stopped(NOW), check="none")
    store.connection.execute("PRAGMA synchronous = OFF")
    models = queries.models(store)
    today = store.today()
    with store.write("Many cars", kind="note") as db:
        for n in range(IN_STOCK + GONE + COMING):
            _one(db, store, n, models[n % len(models)].id, today)
    store.close()


def _one(db, store: Store, n: int, model: int, today: date) -> None:
    bare = f"LX0Z1B2C0TA1{n:05d}"
    here, coming = n < IN_STOCK, n >= IN_STOCK + GONE
    left = None if here or coming else today - timedelta(days=1 + n % 3000)
    arrived = None if coming else (left or today) - timedelta(days=n * 7 % 200)
    state = StockState.IN_TRANSIT if coming else StockState.IN_STOCK if here else StockState.DELIVERED
    car = replace(
        moves.blank(), vin=bare[:8] + check_digit(bare) + bare[9:], model_id=model, model=str(model), trim="舒适版",
        colour=COLOURS[n % 6], cost=120_000, arrived_on=arrived, left_on=left, stock_state=state,
        placement=Placement.YARD if here else Placement.NONE, allocated=n < OPEN or bool(left),
    )  # fmt: skip
    ident = moves.insert(db, car)
    for kind in ("entered", "allocated", "handed_over") if left else ("entered",):
        moves.note(db, store, ident, kind)
    if n < OPEN or left:
        _order(db, store, n, ident, model, left, today)


def _order(db, store: Store, n: int, car: int, model: int, left: date | None, today: date) -> None:
    order = replace(
        orders.blank(store), number=f"N{n}", customer=f"客户{n}", car_id=car, model_id=model,
        ordered_on=(left or today) - timedelta(days=9), handover_at=f"{left or today + timedelta(days=n % 9)}T10:00",
        state=OrderState.DELIVERED if left else OrderState.OPEN, closed_at=f"{left}T10:00:00" if left else "",
    )  # fmt: skip
    ident = orders.insert(db, order)
    for step in ("invoice", "insurance") if n % 2 or left else ():
        sql = "INSERT INTO order_steps(order_id, code, at, by) VALUES (?, ?, ?, '')"
        db.execute(sql, (ident, step, f"{left or today - timedelta(days=1)}T10:00:00"))
    if left:
        sql = "INSERT INTO sales(day, model_id, colour, order_id) VALUES (?, ?, ?, ?)"
        db.execute(sql, (left.isoformat(), model, COLOURS[n % 6], ident))


def figures() -> dict[str, float]:
    """Medians in milliseconds by what is done."""
    found: dict[str, float] = {}
    with opened(build) as desk:
        for page, keys in PAGES_OF_CARS.items():
            found |= _page(desk, page, keys)
        desk.go("cars")
        desk.page.restore({"at": 0})
        found["a step, committed and drawn"] = median(lambda: key_to_paint(desk, "1"))
        found["Today"] = median(lambda: (desk.go("today"), desk.frame(80, 24)))
    return found


def _page(desk: Desk, page: str, keys: tuple[str, ...]) -> dict[str, float]:
    desk.go("today")
    for place in ("cars", "ageing"):
        desk.page_named(place).restore({})

    def again() -> None:
        desk.page.enter()
        desk.frame(80, 24)

    for key in keys:
        desk.press(key)
    return {f"{page}: read and drawn": median(again), f"{page}: down": median(lambda: key_to_paint(desk, "down"))}


if __name__ == "__main__":
    for what, value in figures().items():
        print(f"{what:34} {value:7.2f} ms")
