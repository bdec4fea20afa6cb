"""What granting leave would mean, as data: who stands in for whom, who stays, what is left of the year.

A holder and a substitute are ids of people or None; a time of the day is minutes from midnight.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from floorlead.record import record
from floorlead.words import N_

if TYPE_CHECKING:
    from datetime import date

    from floorlead.duty.reception import Reception
    from floorlead.duty.records import Book, Leave, Slot

Pair = tuple[int | None, int | None]
"""Holder and substitute of a slot."""
Band = tuple[int, int]
"""Minutes from midnight, the end not included."""
Picks = Mapping[tuple["date", str], int]
"""Who was chosen to step up, by (day, slot's code)."""

SICK = "S"
"""The kind of leave that no rule of the house stands against: who is ill is away."""

HEADS, DESK, CLOSED, BALANCE = "heads", "desk", "closed", "balance"
BROKEN = {
    HEADS: N_("too few stay"), DESK: N_("nobody for the desk"), CLOSED: N_("days closed to leave"),
    BALANCE: N_("more than is left"),
}  # fmt: skip
"""The rules of the house that leave may break; the leader may give each of them up, and it is logged."""


@record
class Floor:
    """Some days of the showroom: each day's desk with who is there when, who is counted, who has an appointment.

    `busy` are the minutes of hand-overs and plate times, `turns` how often each has the desk in the month, `kinds`
    what kind of day each is (work, weekend, holiday, makeup, closed), `heads` the ids of those on the rota, `planned` the
    days for which anything is planned, `unplanned` who has nothing planned on one of those and did not sign in.
    """

    book: Book
    days: Mapping[date, Reception]
    heads: frozenset[int]
    busy: Mapping[tuple[int, date], Sequence[int]]
    turns: Mapping[int, int]
    kinds: Mapping[date, str]
    planned: frozenset[date]
    unplanned: frozenset[tuple[int, date]] = frozenset()


@record
class StandIn:
    """A slot whose holder (`holds`) or substitute will be away: how it was, how it will be, who may step up.

    `choices` begins with whom the plan or the ranking proposes; it is empty when nobody can. `since` is the minute from
    which another takes over a slot that has begun: the plan stays, what was held before is not written anew.
    """

    day: date
    slot: Slot
    holds: bool
    was: Pair
    then: Pair
    choices: Sequence[int]
    since: int | None = None

    @property
    def key(self) -> tuple[date, str]:
        """Which slot of which day."""
        return self.day, self.slot.code

    @property
    def taker(self) -> int | None:
        """Who steps up: as holder, or as substitute where that is what is missing."""
        return self.then[0 if self.holds else 1]


@record
class Moved:
    """A slot as it was before the leave and as the leave left it, kept with the leave for its withdrawal.

    With `since` the plan was left alone and a substitution entered from that minute on.
    """

    day: date
    slot: str
    was: Pair
    then: Pair
    since: int | None = None


@record
class Kept:
    """What is kept with a leave or an outing: words, the slots that were moved, the rules that were given up."""

    said: str = ""
    desk: tuple[Moved, ...] = ()
    broken: tuple[str, ...] = ()


@record
class Staying:
    """How many people are at work in a band of a day without and with the leave, and how many are wanted."""

    day: date
    starts: int
    ends: int
    before: int
    after: int
    wanted: int

    @property
    def short(self) -> bool:
        """Whether the leave leaves too few."""
        return self.after < self.wanted and self.after < self.before


@record
class Balance:
    """A year's leave of one kind in days, halves as 0.5; `allowance` None: no limit is set."""

    person: int
    kind: str
    year: int
    allowance: float | None
    taken: float
    asked: float = 0.0

    @property
    def left(self) -> float | None:
        """What is left of the allowance, None without one."""
        return None if self.allowance is None else self.allowance - self.taken


@record
class Review:
    """Everything that is shown before leave is granted.

    `costs` are days of each year by its balance, `appointments` sentences ready to read, `published` the days whose
    rota was given out, `sent_out` those on which an outing counts on the person, `closed` and `holidays` the names of what the days fall into,
    `unknown_years` those of the days whose holidays were not announced yet.
    """

    leave: Leave
    stand_ins: Sequence[StandIn]
    staying: Sequence[Staying]
    balances: Sequence[Balance]
    costs: Sequence[float]
    closed: Sequence[str]
    holidays: Sequence[str]
    published: Sequence[date]
    appointments: Sequence[tuple[str, str, str]]
    overlaps: Sequence[Leave]
    sent_out: Sequence[date]
    late: bool
    unknown_years: Sequence[int] = ()


@record
class Closure:
    """A period in which no leave is granted: a motor show, a festival; `id` is 0 while it is not in the file."""

    id: int
    first: date
    last: date
    name: str
