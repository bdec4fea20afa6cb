"""Who could go out on a day, as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from floorlead.record import record

if TYPE_CHECKING:
    from datetime import date

    from floorlead.people.records import Person


@record
class Pooled:
    """One of the people on a day of an outing: `goes`, or `busy` says why not to send them (empty: in the pool).

    `away` tells that they cannot go at all; somebody on the desk may, when another steps up. `sent` counts the days out
    in the last three months, this outing left out.
    """

    person: Person
    hours: str
    sent: int
    last: date | None
    goes: bool
    busy: str = ""
    away: bool = False

    @property
    def free(self) -> bool:
        """Whether they are in the pool and not sent yet."""
        return not self.goes and not self.busy
