"""What is sold along with a car: insured, financed, accessories with their sum, trade-in; a digit each, said in a moment.

Every digit is done at once and taken back by the same digit; the sum may be left open.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from floorlead.orders import moves, queries
from floorlead.orders.records import FLAG_WORDS, FLAGS, Order
from floorlead.widgets.keys import Bind, bind, digits
from floorlead.widgets.line import Line
from floorlead.widgets.page import Dialog, TextField
from floorlead.widgets.reading import a_sum
from floorlead.words import N_, _

ACCESSORIES = "accessories"
BINDS = (
    bind(digits(1, len(FLAGS)), f"1-{len(FLAGS)}", N_("yes/no"), changes=True),
    bind("enter", "Enter", N_("done"), effect="close"),
)
SUM = (bind("enter", "Enter", N_("keep the sum"), changes=True), bind("escape", "Esc", N_("no sum")))
LABEL = 24


class AlongBox(Dialog):
    """The flags of one order; after 3 the sum of the accessories may be typed. `args["sum"]` is what is typed so far."""

    def _order(self) -> Order | None:
        return queries.of(self.page.store, int(self.args["id"]))

    def alive(self) -> bool:
        return self._order() is not None

    def heading(self) -> str:
        order = self._order()
        return _("Sold along: {name}").format(name=order.customer) if order else ""

    def lines(self, cells: int) -> list[Line]:
        order = self._order()
        return [self._line(order, n, flag) for n, flag in enumerate(FLAGS, 1)] if order else []

    def _line(self, order: Order, number: int, flag: str) -> Line:
        there = getattr(order, flag)
        do = f"key:{number}"
        line = Line().put(f" {number} ", "key", do).col(_(FLAG_WORDS[flag]), LABEL - 8, do=do)
        line.col(_("yes") if there else "-", 5, style="good" if there else "dim", do=do)
        if flag == ACCESSORIES and "sum" not in self.args and order.accessory_amount is not None:
            line.put(_("{sum} yuan").format(sum=order.accessory_amount))
        return line

    def field(self) -> TextField | None:
        if "sum" not in self.args:
            return None
        return TextField("sum", 2 + LABEL, self.origin + FLAGS.index(ACCESSORIES), 12, str(self.args["sum"]), 12)

    def typed(self, value: str) -> None:
        self.args["sum"] = value

    def half_typed(self) -> dict[str, Any]:
        return {"sum": self.args["sum"]} if str(self.args.get("sum", "")).strip() else {}

    def binds(self) -> Sequence[Bind]:
        return SUM if "sum" in self.args else (*BINDS, *super().binds())

    def press(self, key: str) -> bool:
        order = self._order()
        if order is None:
            self.close()
        elif "sum" in self.args:
            return self._sum(order, key)
        elif key in ("escape", "enter"):
            self.close()
        elif key in digits(1, len(FLAGS)):
            self._mark(order, FLAGS[int(key) - 1])
        else:
            return False
        return True

    def _mark(self, order: Order, flag: str) -> None:
        if (
            self.desk.do(lambda: moves.mark(self.page.store, order, flag))
            and flag == ACCESSORIES
            and not order.accessories
        ):
            self.args["sum"] = ""
        self.page.enter()

    def _sum(self, order: Order, key: str) -> bool:
        if key not in ("enter", "escape"):
            return False
        amount = a_sum(str(self.args["sum"])) if key == "enter" else order.accessory_amount
        del self.args["sum"]
        if amount != order.accessory_amount:
            self.desk.do(lambda: moves.accessorise(self.page.store, order, amount))
        self.page.enter()
        return True
