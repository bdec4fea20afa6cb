"""Plate times from the log: the open order by a digit, then when its plates are fetched; without an order in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from floorlead.log.writing import moment_in
from floorlead.orders import moves, queries
from floorlead.orders.records import Order
from floorlead.people import queries as people_queries
from floorlead.record import replace
from floorlead.store import Refused
from floorlead.widgets.choose import Choice, Form
from floorlead.widgets.choose import Entry as Field
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line
from floorlead.widgets.page import Dialog, Page
from floorlead.widgets.reading import shown_moment
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.widgets.desk import Desk

NINE = 9


class Plates(Choice):
    """The open orders without plates, nine at a time; 0 writes a plate time that has no order here."""

    def _orders(self) -> list[Order]:
        return [one for one in queries.open_orders(self.page.store) if not one.is_done("plates")]

    def _shown(self) -> list[Order]:
        found, start = self._orders(), int(self.args.get("from", 0))
        return (found[start:] or found)[:NINE]

    def heading(self) -> str:
        """What it is about."""
        return _("Plate time: which order?")

    def intro(self, cells: int) -> list[Line]:
        """Lines above the choices."""
        return [] if self._orders() else [Line().put(" " + _("No open order waits for plates"))]

    def choices(self) -> Sequence[str]:
        """What can be chosen."""
        names = {one.id: one.shown for one in people_queries.everybody(self.page.store)}
        return [
            "  ".join(filter(None, [one.customer, one.number, names.get(one.advisor_id or 0, ""), shown_moment(one.plate_at)]))
            for one in self._shown()
        ]  # fmt: skip

    def outro(self, cells: int) -> list[Line]:
        """Lines below the choices."""
        return [Line().put(" 0", "key", "key:0").put(" " + _("no order here: in words"), "", "key:0")]

    def binds(self) -> Sequence[Bind]:
        """The keys that work now."""
        last = len(self._shown())
        numbers = [str(n) for n in range(1, last + 1)]
        picks = (bind(numbers, f"1-{last}" if last > 1 else "1", N_("order")),) if last else ()
        more = (bind("tab", "Tab", N_("next nine")),) if len(self._orders()) > NINE else ()
        return (*picks, bind("0", "0", N_("in words")), *more, bind("escape", "Esc", N_("back")))

    def press(self, key: str) -> bool:
        """Take a key."""
        if key == "0":
            self.close()
            self.desk.open("entry", {"kind": "plate"})
        elif key == "tab":
            start = int(self.args.get("from", 0)) + NINE
            self.args["from"] = start if start < len(self._orders()) else 0
        else:
            return super().press(key)
        return True

    def take(self, number: int) -> None:
        """Go on to the time."""
        one = self._shown()[number - 1]
        self.close()
        self.desk.open("plate_time", {"id": one.id})


class PlateTime(Form):
    """When an order's plates are fetched; its other times stay."""

    def __init__(self, desk: Desk, page: Page, args: dict[str, Any]) -> None:
        super().__init__(desk, page, args)
        one = self._order()
        if not self.values and one:
            self.values["when"] = shown_moment(one.plate_at)
            args["was"] = dict(self.values)

    def _order(self) -> Order | None:
        return queries.of(self.page.store, int(self.args["id"]))

    def alive(self) -> bool:
        """Whether what it is about is still there."""
        return self._order() is not None

    def heading(self) -> str:
        """What it is about."""
        one = self._order()
        return _("Plate time of {name}").format(name=one.customer) if one else ""

    def entries(self) -> Sequence[Field]:
        """The fields."""
        return (Field("when", N_("When"), 24, hint=N_("11-26 9:30; empty = no appointment")),)

    def standing(self) -> Mapping[str, str] | None:
        """The time as it stands now."""
        one = self._order()
        return {"when": shown_moment(one.plate_at)} if one else None

    def save(self) -> None:
        """Set the time. Raises Refused."""
        store, one = self.page.store, self._order()
        if one is None:
            raise Refused("E343", _("This was changed by another terminal meanwhile; look again"))
        after = replace(one, plate_at=moment_in(store, self.values["when"]))
        if self.finish(lambda: moves.plan_times(store, one, after)):
            self.page.go_to(f"orders:{one.id}")


DIALOGS: dict[str, type[Dialog]] = {"plates": Plates, "plate_time": PlateTime}
"""The boxes by name."""
