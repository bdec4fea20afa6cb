"""The picks about an order: a car that fits it, another order to change cars with."""

from __future__ import annotations

from collections.abc import Sequence

from floorlead.cars import queries as cars
from floorlead.cars import rules as car_rules
from floorlead.cars.records import Car
from floorlead.orders import moves, queries
from floorlead.orders.records import Order
from floorlead.text import wrap
from floorlead.widgets.choose import Choice
from floorlead.widgets.line import Line
from floorlead.widgets.page import Dialog
from floorlead.words import _

MOST, SHOWN = 9, 7


class OfOrder(Dialog):
    """A box about one order; it closes when the order is gone."""

    def _order(self) -> Order | None:
        return queries.of(self.page.store, int(self.args["id"]))

    def alive(self) -> bool:
        return self._order() is not None


class CarPick(OfOrder, Choice):
    """The cars that fit an order, best first: its model and colour, here before on the way, the oldest first."""

    def heading(self) -> str:
        order = self._order()
        return _("A car for {name}").format(name=order.customer) if order else ""

    def _cars(self) -> list[Car]:
        order, store = self._order(), self.page.store
        if order is None:
            return []
        now = cars.of(store, order.car_id) if order.car_id else None
        colour, trim = (now.colour, now.trim) if now else (order.colour, order.trim)
        free = [car for car in cars.here(store) if car.free and car.model_id == order.model_id]
        day = store.today()
        free.sort(
            key=lambda c: (c.colour != colour, c.trim != trim, not c.in_stock, -(car_rules.stock_age(c, day) or 0))
        )
        return free

    def _page(self) -> list[Car]:
        """The cars that the digits mean now; with more of them than digits the last digit shows the next ones."""
        found = self._cars()
        first = int(self.args.get("from", 0)) % max(1, len(found))
        return found[first : first + SHOWN]

    def choices(self) -> Sequence[str]:
        day = self.page.store.today()
        told = [
            "  ".join(
                (
                    car.shown,
                    car.trim,
                    car.tail,
                    car.place_words(),
                    _("{days} d").format(days=car_rules.stock_age(car, day) or 0),
                )
            )
            for car in self._page()
        ]
        rest = [_("no car, it waits") if self._has_car() else "", _("more cars") if len(self._cars()) > SHOWN else ""]
        found = [*told, *[""] * (SHOWN - len(told)), *rest]
        while found and not found[-1]:
            found.pop()
        return found

    def _has_car(self) -> bool:
        order = self._order()
        return bool(order and order.car_id)

    def intro(self, cells: int) -> list[Line]:
        if self._cars():
            return []
        return [
            Line().put(" " + part) for part in wrap(_("No free car of this model is here or on its way"), cells - 2)
        ]

    def take(self, number: int) -> None:
        order, found = self._order(), self._page()
        assert order
        if number == SHOWN + 2:
            self.args["from"] = int(self.args.get("from", 0)) + SHOWN
            return
        car = found[number - 1] if number <= len(found) else None
        self.close()
        self.desk.do(lambda: moves.allocate(self.page.store, order, car))
        self.page.enter()


class SwapPick(OfOrder, Choice):
    """Another order to change cars with: of the same model, also one that was handed over today."""

    def heading(self) -> str:
        order = self._order()
        return _("{name} changes cars with").format(name=order.customer) if order else ""

    def _others(self) -> list[tuple[Order, Car]]:
        order, store = self._order(), self.page.store
        if order is None or not order.car_id:
            return []
        found = [o for o in queries.in_delivery(store, store.today()) if o.car_id and o.id != order.id]
        there = cars.some(store, [o.car_id for o in found if o.car_id])
        pairs = [(o, there[o.car_id]) for o in found if o.car_id]
        return [(o, car) for o, car in pairs if car.model_id == order.model_id][:MOST]

    def intro(self, cells: int) -> list[Line]:
        return [] if self._others() else [Line().put(" " + _("No other order has a car of this model"))]

    def choices(self) -> Sequence[str]:
        return [f"{o.customer}  {car.shown} {car.trim} {car.tail}" for o, car in self._others()]

    def take(self, number: int) -> None:
        order, other = self._order(), self._others()[number - 1][0]
        assert order
        self.close()
        self.desk.do(lambda: moves.swap(self.page.store, order, other))
        self.page.enter()
