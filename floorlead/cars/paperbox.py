"""The box over one delivery: its papers D01 to D17 to tick, and by digit its times, its car, its end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from floorlead.cars import queries as cars
from floorlead.orders import lists, moves, queries, rules
from floorlead.orders.records import STEPS, Order, Paper
from floorlead.phones import masked
from floorlead.store import Refused
from floorlead.text import fit, wrap
from floorlead.widgets.keys import Bind, bind, digits
from floorlead.widgets.line import Line
from floorlead.widgets.page import Dialog
from floorlead.widgets.reading import shown_moment
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.cars.deliveries import DeliveryView
    from floorlead.cars.screen import CarsPage

ACTS = {
    "7": (N_("along"), "along"), "8": (N_("times"), "order_times"), "9": (N_("change"), "order"),
    "0": (N_("allocate"), "order_car"), "insert": (N_("swap"), "order_swap"), "-": (N_("cancel"), "order_cancel"),
    "enter": (N_("car"), "car"),
}  # fmt: skip
"""What a key opens; the digits below are the list's own."""
LABELS = {"insert": "Ins", "enter": "Enter"}
BINDS = (
    bind("space", "Space", N_("tick"), changes=True, help=N_("this paper is there; again takes it back")),
    bind(digits(1, 5), "1-5", N_("step"), changes=True, help=N_("done now; the same digit again takes it back")),
    bind("6", "6", N_("seen"), changes=True, help=N_("this order was looked through today")),
    bind(("7", "8", "9", "0"), "7-9 0", N_("choose"), help=N_("along, times, change, allocate")),
    bind(("insert", "+"), "Ins", N_("swap")), bind("-", "-", N_("cancel")),
    bind("enter", "Enter", N_("car"), help=N_("everything that may be done with this car")),
)  # fmt: skip
BACK = bind("escape", "Esc", N_("back"))


class DeliveryBox(Dialog):
    """One order: 17 papers in two columns, a cursor; 1 to 7 mean what they mean in the list."""

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
        for key, (word, _name) in ACTS.items():
            line.put(f" {LABELS.get(key, key)}", "key", f"key:{key}").put(f" {_(word)} ", "", f"key:{key}")
        return line

    def binds(self) -> Sequence[Bind]:
        return (*BINDS, BACK)

    def press(self, key: str) -> bool:
        steps = {"up": -1, "down": 1, "left": -9, "right": 9, "home": -99, "end": 99}
        order = self.order()
        if key == "escape" or order is None:
            self.close()
        elif key in steps:
            self.args["at"] = max(0, min(self.at + steps[key], len(self.papers()) - 1))
        elif key == "space":
            self._tick(order, self.papers()[self.at])
        elif key in digits(1, len(STEPS)):
            self._view().take_step(order, STEPS[int(key) - 1])
            self.page.enter()
        elif key == "6":
            self.desk.do(lambda: moves.review(self.page.store, [order]))
            self.page.enter()
        elif (act := ACTS.get("insert" if key == "+" else key)) is not None:
            self._act(order, act[1])
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
                raise Refused("E125", _("{name} has no car yet; allocate one with 0").format(name=order.customer))
            self.desk.open("car", {"id": order.car_id})
        else:
            self.desk.open(name, {"id": order.id})

    def click(self, do: str) -> None:
        kind, _sep, rest = do.partition(":")
        if kind == "paper":
            self.args["at"] = int(rest)


Say = Callable[[], None]
