"""What the advice's paper shows, read from the store."""

from __future__ import annotations

from floorlead import settings
from floorlead.advice.records import Saved
from floorlead.advice.sheet import Sheet
from floorlead.people import queries as people_queries
from floorlead.store import Store
from floorlead.words import _, pick


def sheet_of(store: Store, saved: Saved, nth: int = 0) -> Sheet:
    """A version with what the paper's head says."""
    showroom = pick(settings.get(store, "showroom"), settings.get(store, "showroom_en")) or _("Showroom")
    return Sheet(saved, showroom, people_queries.leader_shown(store), nth)
