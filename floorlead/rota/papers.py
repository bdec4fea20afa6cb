"""What a paper of the rota shows, read from the store."""

from __future__ import annotations

from datetime import date

from floorlead import settings
from floorlead.duty import queries as duty
from floorlead.paper.model import Paper
from floorlead.people import queries as people_queries
from floorlead.rota import queries
from floorlead.rota.sheet import RotaSheet, draw_desk, draw_month, draw_week
from floorlead.store import Store
from floorlead.words import _, pick

WEEK, MONTH, DESK = "week", "month", "desk"
WEEK_DAYS = 7
"""More days than these are drawn like a month."""


def read(store: Store, first: date, last: date, nth: int = 0) -> RotaSheet:
    """What a paper of these days shows."""
    showroom = pick(settings.get(store, "showroom"), settings.get(store, "showroom_en")) or _("Showroom")
    acting = duty.acting_leader(store, first) if first == last else None
    names = {person.id: person.shown for person in people_queries.everybody(store)}
    leader = names.get(acting or 0, "")
    return RotaSheet(queries.read(store, first, last), showroom, people_queries.leader_shown(store), leader, nth)


def paper(store: Store, kind: str, day: date, nth: int = 0, *, text: bool = False) -> Paper:
    """The paper of the week or month that a day lies in, or of its desk; `text` is for 80 columns."""
    if kind == DESK:
        return draw_desk(read(store, day, day, nth), day)
    if kind == MONTH:
        return draw_month(read(store, *queries.month(day), nth), text=text)
    return draw_week(read(store, *queries.week(day), nth), text=text)


def of_days(store: Store, first: date, last: date, *, text: bool = False) -> Paper:
    """The paper of any days: one day's desk, a week, or more on a page like a month's."""
    if first == last:
        return draw_desk(read(store, first, last), first)
    sheet = read(store, first, last)
    return (draw_week if (last - first).days < WEEK_DAYS else draw_month)(sheet, text=text)
