"""What a month's paper shows, read from the store."""

from __future__ import annotations

from floorlead import settings
from floorlead.people import queries as people_queries
from floorlead.store import Store
from floorlead.targets import queries
from floorlead.targets.sheet import TargetSheet
from floorlead.words import _, pick


def read(store: Store, month: str, nth: int = 0) -> TargetSheet:
    """The month as it stands today."""
    showroom = pick(settings.get(store, "showroom"), settings.get(store, "showroom_en")) or _("Showroom")
    found = queries.month(store, month)
    names = {ident: person.shown for ident, person in queries.people(store).items()}
    return TargetSheet(found, names, showroom, people_queries.leader_shown(store), store.today(), nth)
