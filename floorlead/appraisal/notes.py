"""What Today says of the appraisal: from the 1st to the 8th the last month is to be closed and handed to HR."""

from __future__ import annotations

from datetime import date

from floorlead.appraisal import queries
from floorlead.kpi import queries as kpi
from floorlead.kpi import rules
from floorlead.store import Store
from floorlead.words import _

DUE, PRESSING = 8, 6
"""The day of the month by which the sheets are with HR, and from which the line is pressing."""
Line = tuple[str, str, str, str, str, bool]
"""(word, name, text, page, place, urgent)."""


def notices(store: Store, day: date) -> list[Line]:
    """The lines of a day; none where nothing was checked or nobody was at work last month."""
    month = rules.moved(rules.month_of(day), -1)
    if day.day > DUE or queries.is_closed(store, month) or not _used(store, month):
        return []
    left = DUE - day.day
    told = _("due today, the 8th") if not left else _("by the 8th, {days} days left").format(days=left)
    name = _("close the appraisal of {month}").format(month=month)
    return [(_("appraisal"), name, told, "appraisal", month, day.day >= PRESSING)]


def month_shown(store: Store) -> str:
    """The month that the page opens with: this one; in its first days the last one, which is to be closed."""
    today = store.today()
    month = rules.month_of(today)
    last = rules.moved(month, -1)
    return last if today.day <= DUE and not queries.is_closed(store, last) and _used(store, last) else month


def _used(store: Store, month: str) -> bool:
    """Whether the showroom kept anything in a month."""
    return kpi.used(store, rules.first_of(month), rules.last_of(month))
