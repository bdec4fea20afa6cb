"""What a meeting's paper shows, read from the store."""

from __future__ import annotations

from datetime import date

from floorlead import settings
from floorlead.meetings import queries
from floorlead.meetings.records import Kind
from floorlead.meetings.sheet import MeetingSheet
from floorlead.people import queries as people_queries
from floorlead.store import Store
from floorlead.words import _, pick


def read(store: Store, day: date, kind: Kind, nth: int = 0) -> MeetingSheet:
    """The meeting as it stands now."""
    showroom = pick(settings.get(store, "showroom"), settings.get(store, "showroom_en")) or _("Showroom")
    return MeetingSheet(queries.sheet(store, day, kind), showroom, people_queries.leader_shown(store), nth)
