"""The desk on one day as records: who holds which slot, who takes over when, who is away when, whom it falls back to.

At every open minute exactly one person answers for a post; `duty.rules` tells who.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from floorlead.duty.records import Desk, Slot, Substitution
from floorlead.record import record
from floorlead.words import pick

DAY_MINUTES = 2880
"""A day of the rota may run over midnight."""


@record
class Away:
    """A band `[starts, ends)` in which somebody is not there, and why in both languages."""

    starts: int
    ends: int
    zh: str
    en: str

    @property
    def shown(self) -> str:
        """Why, in the language spoken now."""
        return pick(self.zh, self.en)


@record
class Member:
    """One of the staff as the desk sees them on a day; `[starts, ends)` is the shift, the whole day when none is planned.

    `may_hold`: the role may hold the desk and the person is no trainee.
    """

    id: int
    number: str
    zh: str
    en: str
    team: str
    may_hold: bool
    starts: int = 0
    ends: int = DAY_MINUTES
    away: tuple[Away, ...] = ()

    @property
    def shown(self) -> str:
        """The name in the language spoken now."""
        return pick(self.zh, self.en)

    def both(self) -> dict[str, str]:
        """The name for the log."""
        return {"zh": self.zh, "en": self.en or self.zh}

    def away_at(self, minute: int) -> Away | None:
        """Why the person is not there at a minute; None when there."""
        return next((one for one in self.away if one.starts <= minute < one.ends), None)


@record
class Reception:
    """A day's desk: the slots of an open day by their start (none on a closed one), the substitutions by theirs.

    `leaders` are those whom a post falls back to, in that order: the acting leader, the leaders, the managers.
    """

    day: date
    slots: tuple[Desk, ...]
    substitutions: tuple[Substitution, ...]
    staff: Mapping[int, Member]
    leaders: tuple[int, ...] = ()
    acting: int | None = None

    def slot(self, code: str) -> Desk | None:
        """A slot of the day by its code."""
        return next((one for one in self.slots if one.slot.code == code), None)


@record
class Held:
    """Who answers for a post at a minute (None: the leader, who is not among the people), and why."""

    who: int | None
    why: str
    substitution: Substitution | None = None


@record
class Stretch:
    """`[starts, ends)` of a slot in which the same person answers for the same reason."""

    slot: Slot
    starts: int
    ends: int
    held: Held


@record
class Load:
    """What keeps somebody busy on a day, and what they have borne already; minutes are minutes of the day.

    `appointments`: hand-overs and plate times, as (minute, step); `serving` and `driving`: since when, None when not.
    """

    appointments: tuple[tuple[int, str], ...] = ()
    serving: int | None = None
    driving: int | None = None
    overdue: int = 0
    substitutions: int = 0
    minutes: int = 0
    today: int = 0
    turn: bool = False


@record
class Candidate:
    """Somebody who might take a post over. `state`: free, appointment, serving, driving, shift, post or away.

    `minute` is when the appointment, the customer or the shift begins; `step` is the appointment's; `words` say which
    post or why away. The last two states can never take over: nobody holds two posts or while away.
    """

    member: Member
    load: Load
    state: str
    minute: int = 0
    step: str = ""
    words: tuple[str, str] = ("", "")

    @property
    def free(self) -> bool:
        """Whether nothing speaks against it."""
        return self.state == "free"

    @property
    def barred(self) -> bool:
        """Whether taking over would break the rule of one person, one post."""
        return self.state in ("post", "away")


@record
class Worked:
    """What a person bore in a period, as worked: slots held, times stepped up, late shifts, days at weekends and on
    holidays, last slots of a day, rest days."""

    desk: int = 0
    substitute: int = 0
    late: int = 0
    weekend: int = 0
    evening_desk: int = 0
    off: int = 0
