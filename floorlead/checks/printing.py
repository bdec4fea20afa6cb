"""Printing a day's cards from the app."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from floorlead import settings
from floorlead.checks import queries
from floorlead.checks.sheet import CardDay, draw
from floorlead.paper.queries import prints
from floorlead.people import queries as people_queries
from floorlead.store import Store
from floorlead.widgets import printing
from floorlead.words import _

if TYPE_CHECKING:
    from floorlead.widgets.desk import Desk

PAPER_CARDS = ("appearance", "environment")
"""The cards of the appearance and environment card, as the trade prints it."""


def read(store: Store, day: date, codes: Sequence[str] = PAPER_CARDS, nth: int = 0) -> CardDay:
    """What the paper shows: the named cards of a day."""
    cards = [card for card in queries.cards_of(store, day) if card.words.code in codes]
    return CardDay(day, settings.get(store, "showroom") or _("Showroom"), people_queries.leader(store), cards, nth=nth)


def print_card(desk: Desk, day: date, codes: Sequence[str]) -> None:
    """Print a day's cards on the showroom's printer."""
    nth = prints(desk.store, "card", day, 0) + 1
    name = f"{day:%Y%m%d}-card" + ("" if tuple(codes) == PAPER_CARDS else f"-{codes[0]}")
    printing.send(desk, draw(read(desk.store, day, codes, nth)), "card", day, 0, name)
