"""Whose turn it is to take the next customer, as records without behaviour.

Stamps are local, `YYYY-MM-DDTHH:MM:SS`; people are ids; a reason is a message of `REASONS` or typed words.
"""

from __future__ import annotations

from enum import StrEnum

from floorlead.record import record
from floorlead.words import N_, _, both


class Kind(StrEnum):
    """What happens to somebody in the queue."""

    JOIN = "join"
    SERVE = "serve"
    BACK = "back"
    AWAY = "away"
    MOVE = "move"
    LEAVE = "leave"


KIND_WORDS = {
    Kind.JOIN: N_("joins the queue"), Kind.SERVE: N_("takes a customer"), Kind.BACK: N_("back, to the end"),
    Kind.AWAY: N_("steps away"), Kind.MOVE: N_("to place {place}"), Kind.LEAVE: N_("leaves the queue"),
}  # fmt: skip


class State(StrEnum):
    """Where somebody on duty stands: in line, with a customer, away for a while, or not in the queue (yet)."""

    WAITING = "waiting"
    SERVING = "serving"
    AWAY = "away"
    OUT = "out"


STATE_WORDS = {
    State.WAITING: N_("in line"), State.SERVING: N_("with a customer"), State.AWAY: N_("stepped away"),
    State.OUT: N_("not in line"),
}  # fmt: skip

DRIVE, HANDOVER, OFF_DUTY = N_("test drive"), N_("hand-over"), N_("off duty")
ON_LEAVE, ON_OUTING = N_("leave"), N_("outing")
REASONS = (N_("asked by name"), N_("returning customer"), N_("speaks the language"), N_("swapped turns"))
"""The usual reasons of a turn out of order, as messages; the first one on digit 1."""
_MESSAGES = frozenset((*REASONS, DRIVE, HANDOVER, OFF_DUTY, ON_LEAVE, ON_OUTING))


def spoken(reason: str) -> str:
    """A reason in the language spoken now; typed words stay as they are."""
    return _(reason) if reason in _MESSAGES else reason


def told(reason: str) -> dict[str, str]:
    """A reason for a record that is read in either language."""
    return both(reason) if reason in _MESSAGES else {"zh": reason, "en": reason}


@record
class Event:
    """Something that was keyed; `place` is the one moved to, or the one from which a customer was taken."""

    person: int
    kind: Kind
    at: str
    place: int | None = None
    reason: str = ""
    by: str = ""


@record
class Present:
    """Somebody on duty; `at` is when they join by signing in, empty while they have not.

    `begins`: the stamp of a later start (a late shift, half a day's leave), empty when it has come.
    """

    person: int
    at: str = ""
    begins: str = ""


@record
class Busy:
    """`[starts, ends)` in which somebody is taken without a key; `ends` is empty while it goes on.

    `state` is SERVING or AWAY; `counts` tells whether it is a turn taken.
    """

    person: int
    starts: str
    ends: str
    why: str
    state: State = State.SERVING
    counts: bool = False


@record
class Step:
    """One moment of the queue's day, keyed or told by other data (`by` is empty, `busy` the number of its Busy)."""

    at: str
    person: int
    kind: Kind
    place: int | None = None
    reason: str = ""
    by: str = ""
    busy: int = -1
    counts: bool = True


@record
class Turn:
    """Where somebody stands: `place` counts from 1 among those waiting (0 for the others), `since` is a stamp.

    `lowered_by`: places lost to overdue follow-ups; `taken`: turns taken so far; `left`: out for the rest of the day;
    `since` of who is not in line yet is when they will be, empty when they could be.
    """

    person: int
    place: int
    state: State
    since: str
    lowered_by: int
    why: str
    overdue: int = 0
    taken: int = 0
    left: bool = False

    @property
    def waiting(self) -> bool:
        """Whether the person may be next."""
        return self.state is State.WAITING

    @property
    def serving(self) -> bool:
        """Whether the person is with a customer."""
        return self.state is State.SERVING
