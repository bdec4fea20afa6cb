"""What of leave and outings must not be forgotten today: requests undecided, plans and reviews due, people still wanted."""

from __future__ import annotations

from datetime import date, timedelta

from floorlead.duty import lists
from floorlead.duty.records import Outing
from floorlead.leave import notes
from floorlead.leave import queries as leave
from floorlead.outings import queries as outings
from floorlead.store import Store
from floorlead.today.records import Notice
from floorlead.words import _

SOON_DAYS = 3
"""Days before its first day from which a request, or an outing that wants people, is pressing."""


def notices(store: Store, day: date) -> list[Notice]:
    """The lines of a day: requests first, then outings that want people, then papers due or overdue."""
    return [*_asked(store, day), *_short(store, day), *_papers(store, day)]


def _asked(store: Store, day: date) -> list[Notice]:
    found = leave.asked(store, day)
    if not found:
        return []
    names, book = leave.names(store), lists.book(store)
    first = found[0]
    told = f"{notes.said(notes.who(names, first.person))} {notes.said(notes.of(first))}"
    what = (
        notes.said(notes.kind(book, first.kind)) if len(found) == 1 else _("{count} undecided").format(count=len(found))
    )
    place = str(first.id) if len(found) == 1 else "asked"
    return [Notice(_("leave?"), told, what, "leave", place, first.first <= day + timedelta(days=SOON_DAYS))]


def _short(store: Store, day: date) -> list[Notice]:
    """Outings of today and tomorrow for which people are still wanted."""
    made = []
    for on in (day, day + timedelta(days=1)):
        for one in outings.on(store, on):
            missing = one.wanted - len(outings.going(store, one.id).get(on, ()))
            if missing > 0:
                word = _("today {count} wanted") if on == day else _("tomorrow {count} wanted")
                made.append(_notice(store, one, word.format(count=missing), urgent=on == day))
    return made


def _papers(store: Store, day: date) -> list[Notice]:
    made = []
    for one in outings.due_by(store, day):
        if one.plan_due and one.planned_on is None and one.plan_due <= day <= one.last:
            word = _("plan overdue {day}") if one.plan_due < day else _("plan due today")
            made.append(_notice(store, one, word.format(day=one.plan_due.isoformat()), urgent=one.plan_due < day))
        if one.review_due and one.reviewed_on is None and one.review_due <= day:
            word = _("review overdue {day}") if one.review_due < day else _("review due today")
            made.append(_notice(store, one, word.format(day=one.review_due.isoformat()), urgent=one.review_due < day))
    return made


def _notice(store: Store, one: Outing, text: str, *, urgent: bool) -> Notice:
    return Notice(_("Outing"), notes.said(outings.both(lists.book(store), one)), text, "outings", str(one.id), urgent)
