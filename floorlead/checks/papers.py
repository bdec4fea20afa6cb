"""What a day's card shows on paper, read from the store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from floorlead import settings
from floorlead.checks import queries
from floorlead.checks.sheet import CardDay
from floorlead.people import queries as people_queries
from floorlead.store import Store
from floorlead.words import _

PAPER_CARDS = ("appearance", "environment")
"""The cards of the appearance and environment card, as the trade prints it."""


def read(store: Store, day: date, codes: Sequence[str] = PAPER_CARDS, nth: int = 0) -> CardDay:
    """What the paper shows: the named cards of a day."""
    cards = [card for card in queries.cards_of(store, day) if card.words.code in codes]
    return CardDay(day, settings.get(store, "showroom") or _("Showroom"), people_queries.leader(store), cards, nth=nth)
