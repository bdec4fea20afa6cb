"""The box over one delivery: its papers D01 to D17 to tick, and by digit its times, its car, its end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from floorlead.cars import queries as cars
from floorlead.orders import lists, moves, queries, rules
from floorlead.orders.records import Order, Paper
from floorlead.phones import masked
from floorlead.store import Refused
from floorlead.text import fit, wrap
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line
from floorlead.widgets.page import Dialog
from floorlead.widgets.reading import shown_moment
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.cars.deliveries import DeliveryView
    from floorlead.cars.screen import CarsPage

ACTS = (
    (N_("times"), "order_times"), (N_("change"), "order"), (N_("allocate"), "order_car"), (N_("swap"), "order_swap"),
    (N_("cancel"), "order_cancel"), (N_("the car"), "car"), (N_("along"), "along"),
)  # fmt: skip
BINDS = (
    bind(("space", "enter"), "Space", N_("tick"), changes=True, help=N_("this paper is there; again takes it back")),
    bind(("up", "down", "left", "right", "home", "end"), "Up/Dn", N_("paper")),
)
BACK = bind("escape", "Esc", N_("back"))


class DeliveryBox(Dialog):
    """One order: 17 papers in two columns, a cursor, and what a digit does."""

    def order(self) -> Order | None:
        """The order as it is now."""
        return queries.of(self.page.store, int(self.args["id"]))

    def papers(self) -> Sequence[Paper]:
        """The delivery file's papers."""
        return lists.papers(self.page.store)

    @property
    def at(self) -> int:
        """The paper under the cursor."""
        return max(0, min(int(self.args.get("at", 0)), len(self.papers()) - 1))

    def alive(self) -> bool:
        return self.order() is not None

    def heading(self) -> str:
        order = self.order()
        return f"{order.number}  {order.customer} {masked(order.phone)}".rstrip() if order else ""

    def lines(self, cells: int) -> list[Line]:
        order = self.order()
        if order is None:
            return []
        half = (len(self.papers()) + 1) // 2
        rows = [self._row(order, n, half, cells) for n in range(half)]
        return [*self._facts(order, cells), Line(), *rows, Line(), self._digits()]

    def _facts(self, order: Order, cells: int) -> list[Line]:
        car = cars.of(self.page.store, order.car_id) if order.car_id else None
        times = [
            _("plates {when}").format(when=shown_moment(order.plate_at) or "-"),
            _("hand-over {when}").format(when=shown_moment(order.handover_at) or "-"),
        ]
        if order.temp_plate_until:
            times.append(_("temporary plate to {day}").format(day=order.temp_plate_until))
        told = [f"{car.shown} {car.trim} {car.vin}" if car else _("no car yet"), "   ".join(times)]
        left = rules.missing_papers(order, self.papers(), self._view().around(order))
        if order.open and left:
            names = "  ".join(f"{paper.code} {paper.shown}" for paper in left)
            told.append(_("missing: {steps}").format(steps=names))
        lines = [Line().put(" " + part) for text in told for part in wrap(text, cells - 2)[:2]]
        clash = self._clash(order)
        return [*lines, *([Line().put(f" !! {clash}", "warn")] if clash else [])]

    def _view(self) -> DeliveryView:
        return cast("CarsPage", self.page).views[0]  # type: ignore[return-value]

    def _clash(self, order: Order) -> str:
        return next(iter(rules.contradictions(order, self._view().around(order))), "")

    def _row(self, order: Order, number: int, half: int, cells: int) -> Line:
        line = Line()
        for place in (number, number + half):
            if place < len(self.papers()):
                self._paper(line, order, place, cells // 2 - 1)
        return line

    def _paper(self, line: Line, order: Order, place: int, cells: int) -> None:
        paper, here = self.papers()[place], place == self.at
        done = order.done.get(paper.key)
        there = done or paper.code in rules.implied(order, self._view().around(order))
        sign = "v" if there else "!" if paper.severity == "R" else "."
        stamp = done.at[5:16].replace("T00:00", "").replace("T", " ") if done else ""
        text = f"{paper.code} {fit(paper.shown, cells - 21)} {stamp}"
        do = f"paper:{place}"
        line.put(">" if here else " ", "cursor", do).put(f"{sign} ", "good" if there else "open", do)
        line.col(text, cells - 3, style="cursor" if here else "", do=do).put(" ")

    def _digits(self) -> Line:
        line = Line()
        for n, (word, _name) in enumerate(ACTS, 1):
            line.put(f" {n}", "key", f"key:{n}").put(f" {_(word)} ", "", f"key:{n}")
        return line

    def binds(self) -> Sequence[Bind]:
        return (
            *BINDS,
            bind([str(n) for n in range(1, len(ACTS) + 1)], f"1-{len(ACTS)}", N_("choose"), changes=True),
            BACK,
        )

    def press(self, key: str) -> bool:
        steps = {"up": -1, "down": 1, "left": -9, "right": 9, "home": -99, "end": 99}
        order = self.order()
        if key == "escape" or order is None:
            self.close()
        elif key in steps:
            self.args["at"] = max(0, min(self.at + steps[key], len(self.papers()) - 1))
        elif key in ("space", "enter"):
            self._tick(order, self.papers()[self.at])
        elif len(key) == 1 and key in "1234567":
            self._act(order, ACTS[int(key) - 1][1])
        else:
            return False
        return True

    def _tick(self, order: Order, paper: Paper) -> None:
        words = {"zh": paper.zh, "en": paper.en}
        if self.desk.do(lambda: moves.step(self.page.store, order, paper.key, words)):
            self.args["at"] = min(self.at + 1, len(self.papers()) - 1)
        self.page.enter()

    def _act(self, order: Order, name: str) -> None:
        if name == "car":
            if order.car_id is None:
                raise Refused("E125", _("{name} has no car yet; allocate one with 3").format(name=order.customer))
            self.desk.open("car", {"id": order.car_id})
        else:
            self.desk.open(name, {"id": order.id})

    def click(self, do: str) -> None:
        kind, _sep, rest = do.partition(":")
        if kind == "paper":
            self.args["at"] = int(rest)


Say = Callable[[], None]
