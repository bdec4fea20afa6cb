"""The stock-take's paper as it is read from the store, and sending it to the printer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from floorlead import clock, settings
from floorlead.paper.queries import prints
from floorlead.people import queries as people
from floorlead.stocktake import queries
from floorlead.stocktake.records import Walk
from floorlead.stocktake.sheet import draw
from floorlead.store import Store
from floorlead.widgets import printing
from floorlead.words import _, pick

if TYPE_CHECKING:
    from floorlead.paper.model import Paper
    from floorlead.widgets.desk import Desk


def paper(store: Store, walk: Walk) -> Paper:
    """A walk's list, or its result once it is closed."""
    name = pick(settings.get(store, "showroom"), settings.get(store, "showroom_en")) or _("Showroom")
    day, times = walk.take.day, [walk.take.begun_at, walk.take.closed_at]
    span = "-".join(clock.hm(stamp) for stamp in times if stamp)
    head = (
        name,
        f"{day} {clock.weekday(day)}",
        f"{people.said_now(store, walk.take.by or people.leader(store))} {span}",
    )
    return draw(head, walk, store.clock.stamp()[5:16].replace("T", " "))


def print_list(desk: Desk) -> None:
    """Print the newest walk's paper on the showroom's printer."""
    store = desk.store
    take = queries.newest(store)
    if take is None:
        return
    nth = prints(store, "stocktake", take.day, take.id) + 1
    name = f"{take.day:%Y%m%d}-stocktake-{take.id}" + (f"-{nth}" if nth > 1 else "")
    printing.send(desk, paper(store, queries.walk(store, take)), "stocktake", take.day, take.id, name)
