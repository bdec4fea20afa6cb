"""What Today says of people: who has not signed in yet, leave to be decided, the report in the evening."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from floorlead.people.records import Presence
from floorlead.store import Store, sealed
from floorlead.today import leave
from floorlead.today.records import Notice
from floorlead.words import _

MORNING_ENDS, EVENING = 12 * 60, 17 * 60
"""Minutes of the business day, which goes on over midnight."""


def read(store: Store, day: date, people: Sequence[Presence]) -> list[Notice]:
    """Who is still to be signed in, leave and outings, the report from 17:00 on."""
    moment = store.clock.now()
    now = moment.hour * 60 + moment.minute + 1440 * (moment.date() - day).days
    found = _sign_in(people) if now < MORNING_ENDS else []
    found += leave.notices(store, day)
    if now >= EVENING:
        found += _report(store, day)
    return found


def _sign_in(people: Sequence[Presence]) -> list[Notice]:
    open_ = [one for one in people if one.person.on_cards and not one.said and one.here]
    if not open_:
        return []
    told = _("{count} not signed in yet").format(count=len(open_))
    away = [one for one in people if one.person.on_cards and not one.here]
    names = "  ".join(f"{one.person.shown} {one.words()}" for one in away)
    return [Notice(_("Attendance"), told, names, "people", "")]


def _report(store: Store, day: date) -> list[Notice]:
    if sealed.of_day(store, day):
        return []
    remarks = store.one("SELECT 1 FROM days WHERE day = ? AND remarks <> ''", day.isoformat())
    told = _("draft") if remarks else _("draft, remarks missing")
    return [Notice(_("Day report"), told, "F9", "report", "")]


def sealed_ahead(store: Store) -> list[Notice]:
    """A day that a wrong clock sealed before it came: until its report is void, that day counts as today."""
    found = sealed.ahead(store)
    if found is None:
        return []
    told = _("sealed, but still to come; ^P 3 makes it void")
    return [Notice(_("Day report"), str(found.day), told, "report", "", urgent=True)]
