"""The open prospects in memory, without their texts: 20,000 of them are in order before a key is answered.

Read once, then only the rows that the record of changes names are read again, whoever wrote them or undid it.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Mapping, Sequence

from floorlead.customers import queries
from floorlead.customers.lists import lists
from floorlead.customers.records import Opened
from floorlead.store import Store

MANY = 2000
"""Rows changed at once from which on everything is read anew."""
_LAST = "9"
"""Sorts behind every day."""


class OpenBook:
    """The open prospects of a file by id; `refresh` before reading."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.rows: dict[int, Opened] = {}
        self._order: list[tuple[int, str, int]] = []
        self._place: Mapping[str, int] = {}
        self.mark = -1
        """The last change that is in the book."""

    def refresh(self) -> bool:
        """Read what was changed since the last time; returns whether anything was."""
        mark = int(self.store.one("SELECT max(id) FROM changes") or 0)
        place = {code: n for n, code in enumerate(lists(self.store).grades)}
        if (mark, place) == (self.mark, self._place):
            return False
        changed = self._changed() if 0 <= self.mark < mark and place == self._place else None
        self.mark, self._place = mark, place
        if changed is None:
            self._load()
        else:
            self._put(changed)
        return True

    def _changed(self) -> list[int] | None:
        """The customers changed since the last time, None where they are too many to be looked at one by one."""
        sql = "SELECT DISTINCT row FROM changes WHERE id > ? AND tbl = 'customers' LIMIT ?"
        found = [row for (row,) in self.store.rows(sql, self.mark, MANY + 1)]
        return None if len(found) > MANY else found

    def _load(self) -> None:
        self.rows = {one.id: one for one in queries.opened(self.store)}
        self._order = sorted(map(self._key, self.rows.values()))

    def _put(self, changed: Sequence[int]) -> None:
        now = {one.id: one for part in queries.parts(changed) for one in queries.opened(self.store, part)}
        for ident in changed:
            if before := self.rows.pop(ident, None):
                del self._order[bisect_left(self._order, self._key(before))]
            if after := now.get(ident):
                self.rows[ident] = after
                insort(self._order, self._key(after))

    def _key(self, one: Opened) -> tuple[int, str, int]:
        return self._place.get(one.grade, len(self._place)), one.next_due or _LAST, one.id

    def idents(self) -> list[int]:
        """The ids from hot to cold, the next due first."""
        return [ident for _place, _due, ident in self._order]

    def grades(self) -> dict[str, int]:
        """How many there are of each grade."""
        return Counter(one.grade for one in self.rows.values())

    def prospects(self) -> dict[int | None, dict[str, int]]:
        """How many of each grade every advisor has; None is nobody's."""
        found: dict[int | None, dict[str, int]] = {}
        for (advisor, grade), count in Counter((one.advisor_id, one.grade) for one in self.rows.values()).items():
            found.setdefault(advisor, {})[grade] = count
        return found
