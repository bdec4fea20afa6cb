"""A special day of the office calendar: a holiday on which the offices are shut, or a weekend day that is worked."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from floorlead.record import record
from floorlead.words import N_, pick


class Kind(StrEnum):
    """What makes a day special."""

    HOLIDAY = "holiday"
    WORKDAY = "workday"


KIND_WORDS = {Kind.HOLIDAY: N_("holiday"), Kind.WORKDAY: N_("make-up workday")}


@record
class Special:
    """One special day with the festival's name; `id` is 0 while it is not in the file."""

    id: int
    day: date
    kind: Kind
    name: str
    name_en: str = ""

    @property
    def shown(self) -> str:
        """The name in the language spoken now."""
        return pick(self.name, self.name_en)
