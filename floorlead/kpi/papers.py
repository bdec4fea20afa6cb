"""The month's figures as they are read from the store for paper, and sending them to the printer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from floorlead import settings
from floorlead.kpi import lists, queries, rules, sheet
from floorlead.paper.queries import prints
from floorlead.people import queries as people
from floorlead.store import Store
from floorlead.widgets import printing
from floorlead.words import _, pick

if TYPE_CHECKING:
    from floorlead.paper.model import Paper
    from floorlead.widgets.desk import Desk


def paper(store: Store, month: str) -> Paper:
    """A month's figures with last month's beside them."""
    name = pick(settings.get(store, "showroom"), settings.get(store, "showroom_en")) or _("Showroom")
    found = queries.month(store, month)
    over = found.last == rules.last_of(month)
    until = month if over else _("{month} until {day}").format(month=month, day=found.last.isoformat()[5:])
    before = queries.month(store, rules.moved(month, -1))
    head = (name, until, people.leader_shown(store))
    return sheet.draw(head, lists.book(store), found, before, store.clock.stamp()[5:16].replace("T", " "))


def print_month(desk: Desk, month: str) -> None:
    """Print a month's figures on the showroom's printer."""
    store, day = desk.store, rules.first_of(month)
    nth = prints(store, "kpi", day, 0) + 1
    name = f"{month.replace('-', '')}-kpi" + (f"-{nth}" if nth > 1 else "")
    printing.send(desk, paper(store, month), "kpi", day, 0, name)
