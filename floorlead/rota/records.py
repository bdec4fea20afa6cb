"""A stretch of the rota as it was read: people, days, cells, desk and wishes; drawing and counting need no store.

A day is one of the kinds work, weekend, holiday, makeup, closed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from floorlead.record import record

if TYPE_CHECKING:
    from floorlead.duty.records import Book, Cell, Desk
    from floorlead.people.records import Person

Key = tuple[int, date]
"""A person's id and a day."""


@record
class Wish:
    """What somebody wishes for a day: a shift's code and how much, 1 to 9."""

    shift: str
    weight: int
    note: str = ""


@record
class Count:
    """What one person did or is to do: slots held, late shifts, weekend and holiday days, days off; desk slots stood in."""

    desk: int = 0
    late: int = 0
    weekend: int = 0
    off: int = 0
    substitute: int = 0


@record
class Light:
    """How a day is staffed: whether anything is planned, heads short at the worst moment, desk slots without a holder."""

    planned: bool
    short: int
    gaps: tuple[str, ...]

    @property
    def letters(self) -> str:
        """`v` enough, `-2` so many heads short, `X` a desk gap, `.` nothing planned."""
        if not self.planned:
            return "."
        return (f"-{self.short}" if self.short else "") + ("X" if self.gaps else "") or "v"


@record
class Stretch:
    """The rota from `days[0]` to `days[-1]`; `desk` by (day, slot code), `counts` by person, `lights` by day."""

    days: tuple[date, ...]
    today: date
    book: Book
    kinds: Mapping[date, str]
    people: tuple[Person, ...]
    cells: Mapping[Key, Cell]
    desk: Mapping[tuple[date, str], Desk]
    wishes: Mapping[Key, Wish]
    published: frozenset[date]
    published_at: str
    counts: Mapping[int, Count]
    lights: Mapping[date, Light]

    @property
    def first(self) -> date:
        """The first day."""
        return self.days[0]

    @property
    def last(self) -> date:
        """The last day."""
        return self.days[-1]

    def held(self, person: int, day: date) -> list[Desk]:
        """The slots that somebody holds on a day, in their order."""
        return [one for (on, _slot), one in self.desk.items() if on == day and one.holder == person]
