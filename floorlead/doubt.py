"""Whether the clock can be right: one that stands days after the last entry, or before it, is asked about in words.

A single seal under a clock that is years wrong would carry the business day there, and every entry after it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from floorlead import settings
from floorlead.store import sealed
from floorlead.store.errors import Refused
from floorlead.words import _, pick

if TYPE_CHECKING:
    from floorlead.store import Store

TOLERANCE = timedelta(minutes=10)
"""How far before the last entry a clock may stand: two machines are never quite alike."""


def last_entry(store: Store) -> datetime | None:
    """When the last action was entered, as the clock of then said; None in a file without any."""
    at = store.one("SELECT at FROM actions ORDER BY seq DESC LIMIT 1")
    return store.clock.local(at) if at else None


def doubt(store: Store) -> str:
    """What is strange about the clock, as a sentence with both years; empty when nothing is, or it was said to be right."""
    last, now = last_entry(store), store.clock.now()
    if last is None:
        return ""
    most = timedelta(days=limit(store))
    if store.sure_of is not None and abs(now - store.sure_of) <= most:
        return ""
    if last - TOLERANCE <= now and store.clock.day_of(now) - store.clock.day_of(last) <= most:
        return ""
    return _("The clock says {now}, the last entry is of {last}").format(now=_spelled(now), last=_spelled(last))


def limit(store: Store) -> int:
    """After how many days without an entry the clock is asked about."""
    text = settings.get(store, "clock_days")
    return int(text) if text.isdecimal() else int(settings.DEFAULTS["clock_days"])


def is_right(store: Store) -> None:
    """Somebody looked: the clock is right as it stands now."""
    store.sure_of = store.clock.now()


def refuse(store: Store, *, sure: bool) -> None:
    """Raise Refused E460 where the clock cannot be right and nobody is `sure` that it is."""
    if sure:
        is_right(store)
    elif found := doubt(store):
        told = _("{doubt}. Set the clock right, or say --yes if it is; nothing was changed")
        if sealed.ahead(store):
            told = _(
                "{doubt}. A day still to come is sealed: `floorlead reopen --void` makes it void; nothing was changed"
            )
        raise Refused("E460", told.format(doubt=found))


def _spelled(moment: datetime) -> str:
    return pick(f"{moment.year}年{moment.month}月{moment.day}日 {moment:%H:%M}", f"{moment.day} {moment:%B %Y %H:%M}")
