"""What is kept of who looked at customers' data, and which data are kept too long, as records without behaviour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from floorlead.record import record

if TYPE_CHECKING:
    from floorlead.store.unnaming import Kept

Subject = tuple[str, int]
"""Whose data: a table (`customers`, `orders`, `entries`) and a row in it."""


@record
class Seen:
    """Somebody who saw a person's data: local stamp, initials, kind of access, why, and how many rows it showed."""

    day: date
    at: str
    by: str
    kind: str
    why: str
    count: int
    subject: Subject


@record
class Expired:
    """A customer (or an order or a log entry by itself) whose data are past their days: last contact, days to keep."""

    subject: Subject
    name: str
    phone: str
    grade: str
    last: date
    keep: int


@record
class Found:
    """Whom a purge is about: the phone numbers as they are kept, and the rows with their names."""

    phones: Sequence[str]
    customers: Sequence[int]
    orders: Sequence[int]
    entries: Sequence[int]
    open_orders: Sequence[str]
    """Numbers of orders that are still to be delivered: they refuse the purge."""
    nameless: Sequence[tuple[int, str]]
    """Customers without a phone number, as (row, name)."""
    names: Sequence[str] = ()
    """What they are and were called."""

    @property
    def subjects(self) -> list[Subject]:
        """The rows, each with its table."""
        tables = {"customers": self.customers, "orders": self.orders, "entries": self.entries}
        return [(table, row) for table, rows in tables.items() for row in rows]


@record
class Outside:
    """A file that was written out of the showroom's own folder: where, when (local stamp), by whom, whether it is there now."""

    path: str
    at: str
    by: str
    there: bool


@record
class Purged:
    """What a purge did: rows and old entries of the log erased, backups written anew or replaced, files that still hold
    a number (paths as text)."""

    customers: int
    orders: int
    entries: int
    texts: int
    actions: int
    backups: int
    replaced: int
    left: Sequence[str]
    reports: int = 0
    """Sealed reports that named them and name nobody now."""
    kept: Sequence[Kept] = ()
    """Reports of the first seal rule that still name them: no word can leave them."""
    papers: Sequence[str] = ()
    """Kept papers that named them and were removed."""
    outside: Sequence[Outside] = ()
    """Files that were written elsewhere and may hold a number."""
