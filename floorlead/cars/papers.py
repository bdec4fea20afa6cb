"""Lists of cars and deliveries as papers, and the dialog that prints them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from floorlead import clock, settings
from floorlead.cars import queries, rules
from floorlead.cars.listsheet import deliveries_paper, stock_paper
from floorlead.cars.records import StockState
from floorlead.orders import queries as orders
from floorlead.people import queries as people
from floorlead.store import Store
from floorlead.widgets import printing
from floorlead.widgets.choose import Choice
from floorlead.words import _, pick

if TYPE_CHECKING:
    from floorlead.paper.model import Paper


def head(store: Store) -> tuple[str, str, str]:
    """A paper's head: showroom, day, who."""
    name = pick(settings.get(store, "showroom"), settings.get(store, "showroom_en")) or _("Showroom")
    day = store.today()
    return name, f"{day.isoformat()} {clock.weekday(day)}", f"{people.leader_shown(store)} {store.clock.stamp()[11:16]}"


def deliveries(store: Store) -> Paper:
    """Today's delivery list."""
    day = store.today()
    found = orders.in_delivery(store, day)
    cars = queries.some(store, [order.car_id for order in found if order.car_id])
    names = {p.id: p.shown for p in people.everybody(store)}
    return deliveries_paper(head(store), day, found, cars, names)


def stock(store: Store) -> Paper:
    """The stock list that the consultants know by heart every morning."""
    found = queries.here(store)
    here, coming = [c for c in found if c.in_stock], [c for c in found if c.stock_state is StockState.IN_TRANSIT]
    return stock_paper(head(store), store.today(), here, coming, rules.counts(found))


class PrintList(Choice):
    """Ctrl+P on the Cars page: paper is not undone, so a digit confirms."""

    def heading(self) -> str:
        return _("Print")

    def choices(self) -> Sequence[str]:
        return (_("Delivery list, one copy"), _("Stock list, one copy"))

    def take(self, number: int) -> None:
        kind, make = (("deliveries", deliveries), ("stock", stock))[number - 1]
        store = self.page.store
        self.close()
        printing.send(self.desk, make(store), kind, store.today(), 0, f"{store.today():%Y%m%d}-{kind}")
