"""The stock and what is on its way: where each car stands, whose it is, how long it is here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from floorlead import clock
from floorlead.cars import lists, moves, queries, rules
from floorlead.cars.records import HOLD_WORDS, Car, StockState
from floorlead.cars.views import View
from floorlead.finding import matches
from floorlead.orders import queries as orders
from floorlead.orders.records import Order
from floorlead.widgets.grid import Cell, Column
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line, rule
from floorlead.words import N_, _

OPEN = bind("enter", "Enter", N_("detail"), help=N_("everything that may be done with this car"))
NEW = bind(("insert", "+"), "Ins", N_("new car"), changes=True)
ARRIVE = bind("space", "Space", N_("arrived"), changes=True, help=N_("the car is here; it waits for its PDI"))
REST = (
    bind(("tab", "backtab"), "Tab", N_("view")), bind("ctrl+f", "^F", N_("VIN tail")), bind("f5", "F5", N_("age")),
    bind("f1", "F1", N_("help")),
)  # fmt: skip


class StockView(View):
    """Every car that is here, also the test-drive cars and those that are out for a while."""

    name = "stock"
    word = N_("stock")
    counted = "on_hand"
    DETAIL = 3
    STATES: ClassVar[tuple[StockState, ...]] = (StockState.IN_STOCK, StockState.TRANSFERRED)

    def __init__(self, page: Any) -> None:
        super().__init__(page)
        self.orders: dict[int, Order] = {}

    def read(self) -> Sequence[Car]:
        found = queries.here(self.store, *self.STATES)
        self.orders = orders.of_cars(self.store, [car.id for car in found if car.allocated])
        return found

    def summary(self) -> str:
        found = rules.counts(self.things)
        return _("free {free}  held {held}").format(**found)

    def columns(self) -> list[Column]:
        return [
            Column("#", 4, "right"), Column(_("Model, colour"), 14), Column(_("Trim"), 14), Column(_("Tail"), 4),
            Column(_("Age"), 4, "right"), Column(_("Where"), 14), Column(_("State"), 16),
        ]  # fmt: skip

    def cells(self, number: int, thing: Car) -> list[Cell]:
        age = rules.stock_age(thing, self.day)
        style = "bad" if thing.hold else "bold" if thing.allocated else ""
        return [
            Cell(str(number)), Cell(thing.shown), Cell(thing.trim), Cell(thing.tail),
            Cell("-" if age is None else str(age)), Cell(thing.place_words()), Cell(self._state(thing), style),
        ]  # fmt: skip

    def _state(self, car: Car) -> str:
        told = [_(HOLD_WORDS[car.hold])] if car.hold else []
        if car.allocated:
            order = self.orders.get(car.id)
            told.append(_("sold: {name}").format(name=order.customer) if order else _("allocated"))
        elif not told:
            told.append(_("free") if car.free else "-")
        return "  ".join(told)

    def detail(self, cells: int) -> list[Line]:
        car: Car | None = self.thing()
        if car is None:
            return []
        ages = ages_told(car, self.store)
        sums = [f"{word} {value:,}" for word, value in ((_("MSRP"), car.msrp), (_("cost"), car.cost)) if value]
        kind = "  ".join(filter(None, (car.trim, car.powertrain, car.interior)))
        return [
            rule(f"{car.shown} {car.vin}", 79),
            Line().put("   " + "   ".join(filter(None, (kind, *sums, car.note)))),
            Line().put("   " + "   ".join(ages)),
        ]

    def binds(self) -> Sequence[Bind]:
        return (OPEN, NEW, *REST) if self.things else (NEW, *REST)

    def press(self, key: str) -> bool:
        car: Car | None = self.thing()
        if key in ("insert", "+"):
            self.desk.open("newcar", {})
        elif key == "enter" and car:
            self.desk.open("car", {"id": car.id})
        else:
            return False
        return True

    def found(self, typed: str) -> list[tuple[int, str, str, int]]:
        return [
            (
                matches(typed, lists.search(car)),
                f"{car.shown} {car.tail}",
                f"{car.place_words()}  {self._state(car)}",
                car.id,
            )
            for car in self.things
        ]

    def print_dialog(self) -> tuple[str, dict[str, Any]] | None:
        return ("printlist", {}) if self.things else None


class TransitView(StockView):
    """What was paid and has not arrived."""

    name = "transit"
    word = N_("transit")
    counted = "in_transit"
    STATES: ClassVar[tuple[StockState, ...]] = (StockState.IN_TRANSIT,)

    def summary(self) -> str:
        today = self.day
        late = sum(1 for car in self.things if car.expected_on and car.expected_on < today)
        return _("late {count}").format(count=late) if late else ""

    def columns(self) -> list[Column]:
        return [
            Column("#", 4, "right"), Column(_("Model, colour"), 14), Column(_("Trim"), 14), Column(_("Tail"), 4),
            Column(_("Paid"), 6), Column(_("Expected"), 12), Column(_("State"), 16),
        ]  # fmt: skip

    def cells(self, number: int, thing: Car) -> list[Cell]:
        today = self.day
        late = thing.expected_on is not None and thing.expected_on < today
        expected = clock.short_day(thing.expected_on) if thing.expected_on else "-"
        paid = clock.short_day(thing.paid_on) if thing.paid_on else "-"
        return [
            Cell(str(number)), Cell(thing.shown), Cell(thing.trim), Cell(thing.tail), Cell(paid),
            Cell(expected + (" " + _("late") if late else ""), "bad" if late else ""), Cell(self._state(thing)),
        ]  # fmt: skip

    def binds(self) -> Sequence[Bind]:
        return (ARRIVE, OPEN, NEW, *REST[:3]) if self.things else (NEW, *REST)

    def press(self, key: str) -> bool:
        car: Car | None = self.thing()
        if key == "space" and car:
            self.desk.do(lambda: moves.arrive(self.store, car))
            self.page.enter()
            return True
        return super().press(key)


def ages_told(car: Car, store: Any) -> list[str]:
    """The three ages and what the car costs, in words."""
    day = store.today()
    named = ((_("in stock"), rules.stock_age), (_("paid"), rules.paid_age), (_("built"), rules.built_age))
    told = [
        _("{word} {days} d").format(word=word, days=age)
        for word, rule_of in named
        if (age := rule_of(car, day)) is not None
    ]
    if car.cost and car.stock_state is StockState.IN_STOCK:
        percent = queries.rate(store)
        told.append(
            _("interest {day:.2f} a day at {rate:g} %").format(day=rules.interest_per_day(car, percent), rate=percent)
        )
    return told
