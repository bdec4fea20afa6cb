"""The box over one car: its facts and its story, and by digit everything that may be done with it now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from floorlead.cars import moves, queries, rules
from floorlead.cars.carforms import FORMS
from floorlead.cars.records import HOLD_WORDS, Car, Hold, Placement, StockState
from floorlead.cars.stock import ages_told
from floorlead.furniture import queries as furniture
from floorlead.furniture.records import Kind
from floorlead.orders import moves as order_moves
from floorlead.orders import queries as orders
from floorlead.widgets.choose import Choice, Listing
from floorlead.widgets.line import Line
from floorlead.widgets.page import Dialog
from floorlead.words import _

Act = tuple[str, Callable[[], None]]
MOST = 9


class CarBox(Choice):
    """A car; a digit does what it says, what the trade forbids is not offered."""

    def car(self) -> Car | None:
        """The car as it is now."""
        return queries.of(self.page.store, int(self.args["id"]))

    def alive(self) -> bool:
        return self.car() is not None

    def heading(self) -> str:
        car = self.car()
        return f"{car.shown}  {car.vin}" if car else ""

    def intro(self, cells: int) -> list[Line]:
        car = self.car()
        if car is None:
            return []
        state = [
            car.place_words(),
            _("allocated") if car.allocated else "",
            _(HOLD_WORDS[car.hold]) if car.hold else "",
        ]
        order = orders.of_car(self.page.store, car.id)
        if order:
            state.append(f"{order.number} {order.customer}")
        told = ["  ".join(filter(None, state)), "  ".join(ages_told(car, self.page.store))]
        told += [
            _("was {vin} before: {why}").format(vin=old, why=why)
            for old, _at, _by, why in queries.aliases(self.page.store, car)
        ]
        if car.unchecked:
            told.append(_("the check digit is wrong, kept: {why}").format(why=car.unchecked))
        return [*(Line().put(" " + text) for text in told if text), Line()]

    def acts(self) -> list[Act]:
        """What may be done now, digit 1 first."""
        car = self.car()
        if car is None:
            return []
        offered = [*self._placing(car), *self._holding(car), *self._leaving(car)]
        edit = [
            (_("change its facts"), lambda: self._form("car_facts")),
            (_("correct the VIN"), lambda: self._form("car_vin")),
            (_("its story"), self._story),
        ]
        return [*offered[: MOST - len(edit)], *edit]

    def _placing(self, car: Car) -> list[Act]:
        store, found = self.page.store, list[Act]()
        order = orders.of_car(store, car.id)
        if car.stock_state is StockState.DELIVERED and order:
            return [(_("take the hand-over back"), lambda: self._do(lambda: order_moves.take_back(store, order)))]
        if car.stock_state is StockState.RETURNED:
            return [(_("it is back from the maker"), lambda: self._do(lambda: moves.give_back(store, car)))]
        if car.stock_state is StockState.IN_TRANSIT:
            found.append((_("it has arrived"), lambda: self._do(lambda: moves.arrive(store, car))))
        if car.stock_state is StockState.TRANSFERRED:
            return [(_("back from the sister store"), lambda: self._do(lambda: moves.give_back(store, car)))]
        if car.in_stock and car.placement is Placement.YARD:
            found.append((_("put on display"), lambda: self.desk.open("car_spot", {"id": car.id})))
        elif car.in_stock:
            found.append((_("to the yard"), lambda: self._do(lambda: moves.to_yard(store, car))))
        if car.allocated and order is None:
            found.append((_("free it: it belongs to no order"), lambda: self._do(lambda: moves.free(store, car))))
        return found

    def _holding(self, car: Car) -> list[Act]:
        if not car.in_stock:
            return []
        if car.hold:
            words = _("release: {hold}").format(hold=_(HOLD_WORDS[car.hold]))
            return [(words, lambda: self._do(lambda: moves.put_hold(self.page.store, car, Hold.NO)))]
        return [(_("damage hold"), lambda: self._form("car_why", what="damage"))]

    def _leaving(self, car: Car) -> list[Act]:
        store = self.page.store
        if not car.in_stock or car.placement is Placement.AWAY:
            return []
        found: list[Act] = [(_("out of the house"), lambda: self._form("car_why", what="away"))]
        if not rules.forbidden(car, "test_drive") and car.placement is not Placement.TEST_DRIVE:
            found.append((_("make it a test-drive car"), lambda: self._do(lambda: moves.to_test_drives(store, car))))
        if not rules.forbidden(car, "transferred"):
            found.append((_("to a sister store"), lambda: self._form("car_why", what="transferred")))
            found.append((_("back to the maker"), lambda: self._form("car_why", what="returned")))
        return found

    def choices(self) -> Sequence[str]:
        return [word for word, _act in self.acts()]

    def take(self, number: int) -> None:
        self.acts()[number - 1][1]()

    def _do(self, act: Callable[[], object]) -> None:
        self.desk.do(act)
        self.page.enter()

    def _form(self, name: str, **args: Any) -> None:
        self.desk.open(name, {"id": self.args["id"], **args})

    def _story(self) -> None:
        car = self.car()
        assert car
        told = []
        for event in queries.story(self.page.store, car):
            parts = (
                event.at[:16].replace("T", " "),
                _(rules.EVENT_WORDS.get(event.kind, event.kind)),
                event.spot,
                event.detail,
                event.by,
            )
            told.append("  ".join(filter(None, parts)))
        self.desk.open("car_story", {"title": f"{car.shown} {car.vin}", "lines": told})


class SpotPick(Choice):
    """The empty display spots, by digit."""

    def _spots(self) -> list[tuple[int, str]]:
        store = self.page.store
        taken = queries.on_spots(store)
        free = [f for f in furniture.standing(store) if f.kind is Kind.DISPLAY_CAR and f.id not in taken]
        return [(f.id, f.spot or f.shown) for f in free[:MOST]]

    def alive(self) -> bool:
        return queries.of(self.page.store, int(self.args["id"])) is not None

    def heading(self) -> str:
        return _("Which spot?")

    def choices(self) -> Sequence[str]:
        return [name for _ident, name in self._spots()]

    def intro(self, cells: int) -> list[Line]:
        return [] if self._spots() else [Line().put(" " + _("No display spot is empty; take a car off first"))]

    def take(self, number: int) -> None:
        store, (spot, name) = self.page.store, self._spots()[number - 1]
        car = queries.of(store, int(self.args["id"]))
        assert car
        self.close()
        self.desk.do(lambda: moves.put_on_display(store, car, spot, name))
        self.page.enter()


DIALOGS: dict[str, type[Dialog]] = {"car": CarBox, "car_spot": SpotPick, "car_story": Listing, **FORMS}
