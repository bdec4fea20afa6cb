"""A look at one consultant's sales process, as a record: an item passed, failed or did not apply.

`words` of a mark are the item's as they were when it was marked.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from floorlead.record import record
from floorlead.words import pick

PASS, FAIL, NA = "pass", "fail", "na"


@record
class Mark:
    """What was seen of an item, with the item's words of then."""

    item: str
    zh: str
    en: str
    result: str
    note: str = ""

    @property
    def shown(self) -> str:
        """The item's words of then in the language spoken now."""
        return pick(self.zh, self.en)


@record
class Spot:
    """One look at one consultant; closed once the rest was said to be fine. `marks` by the item's code."""

    id: int
    day: date
    at: str
    by: str
    person: int
    note: str
    closed_at: str
    marks: Mapping[str, Mark] = MappingProxyType({})

    @property
    def closed(self) -> bool:
        """Whether it was finished."""
        return bool(self.closed_at)
