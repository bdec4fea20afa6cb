"""The kinds of access that are noted, and when data have been kept long enough."""

from __future__ import annotations

from datetime import date, timedelta

from floorlead.words import N_

KINDS = {
    "reveal": N_("number shown"), "export": N_("list exported"), "print": N_("list printed"), "search": N_("searched by number"),
    "who_saw": N_("asked who saw it"), "purge": N_("data erased"),
}  # fmt: skip
"""Every access to a customer's data that is noted (PIPL art. 51), and its words."""
DELIVERED = "D"
"""The grade whose days count for an order that belongs to no customer of the book."""
KEEP_DAYS = 180
"""Days that data are kept where no grade says it."""


def is_expired(day: date, last: date, keep: int) -> bool:
    """Whether more than `keep` days have passed since the last contact (PIPL art. 19 and 47)."""
    return day > last + timedelta(days=keep)
