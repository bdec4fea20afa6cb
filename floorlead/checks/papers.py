"""What a day's card shows on paper, read from the store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from floorlead import settings
from floorlead.checks import queries
from floorlead.checks.sheet import MORNING, CardDay
from floorlead.people import queries as people_queries
from floorlead.store import Store
from floorlead.words import _, pick

PAPER_CARDS = MORNING
"""What the card's paper shows when nothing else is asked for."""


def read(store: Store, day: date, codes: Sequence[str] = PAPER_CARDS, nth: int = 0) -> CardDay:
    """What the paper shows: the named cards of a day."""
    cards = [card for card in queries.cards_of(store, day) if card.words.code in codes]
    showroom = pick(settings.get(store, "showroom"), settings.get(store, "showroom_en")) or _("Showroom")
    return CardDay(day, showroom, people_queries.leader_shown(store), cards, nth=nth)
