"""F5: the cars. What is being handed over, what stands on display, what is in stock, what is on its way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from floorlead.cars import deliveries, dialogs, display, orderforms, stock
from floorlead.cars import queries as car_queries
from floorlead.cars.views import View
from floorlead.orders import queries as orders
from floorlead.widgets.keys import Bind
from floorlead.widgets.line import Line
from floorlead.widgets.page import Command, Dialog, Hit, Page
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.store.undo import Change
    from floorlead.widgets.desk import Desk

VIEWS = (deliveries.DeliveryView, display.DisplayView, stock.StockView, stock.TransitView)
"""The views in the order of Tab."""


class CarsPage(Page):
    """The cars in four views; Tab goes on to the next one, F5 again to their ages."""

    name = "cars"
    key = "f5"
    word = N_("Cars")
    finds = "cl cheliang jc jiaoche cars kc kucun"
    TABLES = ("orders", "order_steps", "cars", "stand_ins", "drives", "models", "sales")
    DIALOGS: ClassVar[dict[str, type[Dialog]]] = {
        **dialogs.DIALOGS, **orderforms.DIALOGS, **display.DIALOGS, **deliveries.DIALOGS,
    }  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.views: list[View] = [kind(self) for kind in VIEWS]
        self.at = 0
        self.counts: dict[str, int] = {}

    @property
    def view(self) -> View:
        """The view that is up."""
        return self.views[self.at]

    def enter(self) -> None:
        """Read the view that is up; of the others only how much there is, until they are gone to."""
        self.counts = {**car_queries.counts(self.store), "delivery": orders.how_many(self.store)}
        for view in self.views:
            if view is not self.view:
                view.things = ()
        self.view.enter()

    def arrive(self) -> None:
        """Coming from another page the deliveries are up: `F5`, down, a digit is done without looking."""
        self._turn(0)

    def next_view(self) -> None:
        """F5 again: the ages."""
        self.desk.go("ageing")

    def show(self, name: str) -> View:
        """Go to a view by name."""
        self._turn(next((n for n, view in enumerate(self.views) if view.name == name), self.at))
        return self.view

    def _turn(self, number: int) -> None:
        self.at = number % len(self.views)
        self.view.enter()

    # -- drawing

    def title(self, cells: int) -> Line:
        line = Line().put(f" {_(self.word)}  ", "title")
        for n, view in enumerate(self.views):
            here = n == self.at
            text = f"{_(view.word)} {self.counts[view.counted]}"
            line.put(f"[{text}]" if here else f" {text} ", "chip" if here else "", f"view:{n}")
        return line.put("  " + self.view.summary())

    def body(self, cells: int, height: int) -> list[Line]:
        return self.view.body(cells, height)

    def warning(self, cells: int) -> Line:
        return self.view.warning(cells)

    # -- keys

    def binds(self) -> Sequence[Bind]:
        return self.view.binds()

    def press(self, key: str) -> bool:
        if self.store.changed_elsewhere():
            self.enter()
        if key in ("tab", "backtab"):
            self._turn(self.at + (1 if key == "tab" else -1))
            return True
        return self.view.move(key) or self.view.press(key)

    def click(self, do: str) -> None:
        kind, _sep, rest = do.partition(":")
        if kind == "view":
            self._turn(int(rest))
        elif kind == "row" and int(rest) < len(self.view.things):
            self.view.stand(self.view.ident(self.view.things[int(rest)]))
        elif kind == "cell":
            row, _sep, key = rest.partition(":")
            self.view.stand(self.view.ident(self.view.things[int(row)]))
            self.view.press(key)

    def print_dialog(self) -> tuple[str, dict[str, Any]] | None:
        return self.view.print_dialog()

    # -- finding, undo, place

    def hits(self, typed: str) -> list[Hit]:
        found = [hit for view in (self.view, *self.views) for hit in view.hits(typed, near=view is self.view)]
        once = {hit.place: hit for hit in reversed(found)}
        return [once[place] for place in dict.fromkeys(hit.place for hit in found)] or self._gone(typed)

    def _gone(self, typed: str) -> list[Hit]:
        """Cars that left, by the end of their VIN."""
        return [
            Hit(
                f"{car.shown} {car.tail}",
                f"{car.place_words()} {car.left_on or ''}",
                self.name,
                f"car:{car.id}",
                near=False,
            )
            for car in car_queries.by_tail(self.store, typed)
        ]

    def go_to(self, place: str) -> None:
        name, _sep, ident = place.partition(":")
        if name == "car":
            self.desk.open("car", {"id": int(ident)})
        else:
            self.show(name).stand(int(ident or 0))

    def show_changes(self, changes: Sequence[Change]) -> None:
        for view in (self.view, *self.views):
            view.enter()
            for change in reversed(changes):
                if (ident := view.subject(change)) and view.stand(ident):
                    self.show(view.name)
                    return

    def state(self) -> dict[str, Any]:
        return {"at": self.at, "views": {view.name: view.state() for view in self.views}}

    def restore(self, state: dict[str, Any]) -> None:
        self.at = int(state.get("at", 0)) % len(self.views)
        for view in self.views:
            view.restore(state.get("views", {}).get(view.name, {}))

    def commands(self) -> list[Command]:
        def opening(view: str, dialog: str) -> None:
            self.desk.go(self.name)
            self.show(view)
            self.desk.open(dialog, {})

        return [
            Command(N_("New order"), "dd dingdan xz order new", lambda: opening("delivery", "order")),
            Command(N_("New car"), "cl cheliang xz car new", lambda: opening("stock", "newcar")),
        ]
