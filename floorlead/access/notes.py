"""What a purge left, in words."""

from __future__ import annotations

from floorlead.store.unnaming import Kept
from floorlead.words import _


def still_named(one: Kept) -> str:
    """The sentence about a report that no word can leave."""
    told = _("Report {number}.{revision} of {day} still names them: it was sealed before a seal could let go of a name")
    return told.format(number=one.number, revision=one.revision, day=one.day)
