"""Shifts, desk slots, substitutions, leave, outings and training, as records without behaviour.

A time of the day is minutes from midnight (540 is 9:00); a band is `[starts, ends)`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from floorlead.record import record
from floorlead.words import N_, _, pick

NOON = 12 * 60 + 30
"""Where a day's two halves meet."""


def minute_of(text: str) -> int:
    """Minutes from midnight of `HH:MM`."""
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


def clocked(minute: int) -> str:
    """Minutes from midnight as `9:00`; after midnight they go on: 1500 is `1:00`."""
    return f"{minute // 60 % 24}:{minute % 60:02d}"


def band(starts: int, ends: int) -> str:
    """A band in short: `9-11`, `8:30-17:30`."""
    return "-".join(clocked(m).removesuffix(":00") for m in (starts, ends))


class Kind(StrEnum):
    """What a cell of the rota means."""

    WORK = "work"
    DESK = "desk"
    OFF = "off"
    LEAVE = "leave"
    OUTING = "outing"
    TRAINING = "training"


AT_WORK = (Kind.WORK, Kind.DESK)
"""Kinds of cell whose people are in the showroom."""


@record
class Shift:
    """A shift, or what stands in its place; `digit` is its key (0 for none), `paid` counts in minutes."""

    code: str
    kind: Kind
    digit: int
    sign_zh: str
    sign_en: str
    zh: str
    en: str
    starts: int = 0
    ends: int = 0
    paid: int = 0
    paid_leave: bool = False
    at_work: bool = False
    allowance: float | None = None
    reasons: tuple[tuple[str, str], ...] = ()

    @property
    def sign(self) -> str:
        """What stands in the cell."""
        return pick(self.sign_zh, self.sign_en)

    @property
    def shown(self) -> str:
        """The name in the language spoken now."""
        return pick(self.zh, self.en)

    def both(self) -> dict[str, str]:
        """The name for the log, which is read in either language."""
        return {"zh": self.zh, "en": self.en}


@record
class Post:
    """A place that is never left without a named substitute."""

    code: str
    zh: str
    en: str

    @property
    def shown(self) -> str:
        """The name in the language spoken now."""
        return pick(self.zh, self.en)


@record
class Slot:
    """A band of a post: `code` (`front_desk 09:00`) names it for good."""

    code: str
    post: Post
    starts: int
    ends: int

    @property
    def shown(self) -> str:
        """The band in short: `9-11`."""
        return band(self.starts, self.ends)

    def both(self) -> dict[str, str]:
        """Post and band for the log."""
        return {"zh": f"{self.post.zh} {self.shown}", "en": f"{self.post.en} {self.shown}"}


@record
class Need:
    """How many people are wanted in a band of a kind of day (work, weekend, holiday, makeup)."""

    kind: str
    starts: int
    ends: int
    heads: int


@record
class Book:
    """What `rota.toml` says: the data that every rota is made of."""

    shifts: tuple[Shift, ...]
    slots: tuple[Slot, ...]
    needs: tuple[Need, ...]
    closed: frozenset[date]
    desk_roles: frozenset[str]
    substitution_reasons: tuple[tuple[str, str], ...]
    outing_kinds: tuple[tuple[str, str], ...]
    rules: Mapping[str, int]
    weights: Mapping[str, float]

    def shift(self, code: str) -> Shift | None:
        """The shift of a code; None when the file no longer has it."""
        return next((one for one in self.shifts if one.code == code), None)

    def digit(self, digit: int) -> Shift | None:
        """The shift of a digit key."""
        return next((one for one in self.shifts if one.digit == digit), None)

    def slot(self, code: str) -> Slot | None:
        """The slot of a code; None when the file no longer has it."""
        return next((one for one in self.slots if one.code == code), None)

    def leave_kinds(self) -> tuple[Shift, ...]:
        """The kinds of leave."""
        return tuple(one for one in self.shifts if one.kind is Kind.LEAVE)


@record
class Cell:
    """One person's day on the rota: the planned `shift` (a code, empty when nothing is planned) and what lies over it.

    `leave` (a leave's kind) and `outing` take the whole day when `half` is empty; `marked`: differs from what was published.
    """

    shift: str = ""
    locked: bool = False
    leave: str = ""
    leave_id: int = 0
    outing: int = 0
    half: str = ""
    marked: bool = False

    @property
    def code(self) -> str:
        """What the day is in the end: leave before outing before the planned shift; a half day stays a shift."""
        if self.half:
            return self.shift
        return self.leave or ("O" if self.outing else "") or self.shift


@record
class Desk:
    """Who holds a slot on a day and who stands in for them; ids of people or None."""

    slot: Slot
    holder: int | None = None
    substitute: int | None = None


@record
class Substitution:
    """Somebody takes over a slot for `[starts, ends)`; `ends` None is the end of the slot.

    `taker` None: the leader, because no leader is among the people. `reported`: nobody was free, the manager was told.
    """

    id: int
    day: date
    slot: str
    left: int | None
    taker: int | None
    starts: int
    ends: int | None
    reason: str
    reported: bool
    at: str
    by: str


LEAVE_STATES = {
    "asked": N_("asked"), "granted": N_("granted"), "refused": N_("refused"), "withdrawn": N_("withdrawn"),
}  # fmt: skip
HALVES = {"": N_("whole day"), "am": N_("morning"), "pm": N_("afternoon")}


@record
class Leave:
    """A leave, asked for or decided; `half` only where it is one day; `kind` is a leave shift's code."""

    id: int
    person: int
    kind: str
    first: date
    last: date
    half: str
    reason: str
    state: str
    asked_at: str
    decided_at: str
    by: str
    note: str

    @property
    def in_force(self) -> bool:
        """Whether it takes the person off the rota."""
        return self.state == "granted"

    def on(self, day: date) -> bool:
        """Whether it covers a day."""
        return self.first <= day <= self.last

    def days(self) -> float:
        """Calendar days it spans; half a day is 0.5."""
        return 0.5 if self.half else float((self.last - self.first).days + 1)


@record
class Outing:
    """Leafleting, a roadshow, a photo trip: place, days, how many people are wanted, and when its papers are due."""

    id: int
    kind: str
    place: str
    first: date
    last: date
    half: str
    wanted: int
    plan_due: date | None
    planned_on: date | None
    review_due: date | None
    reviewed_on: date | None
    cancelled_at: str
    note: str

    def on(self, day: date) -> bool:
        """Whether it covers a day and was not called off."""
        return self.first <= day <= self.last and not self.cancelled_at


@record
class Training:
    """A morning's training of the idle group: topic, trainer, and who was there (ids)."""

    id: int
    day: date
    starts: int | None
    topic: str
    trainer: str
    team: str
    note: str
    people: tuple[int, ...]


def half_words(half: str) -> str:
    """Which half of the day, in words; nothing for a whole one."""
    return _(HALVES[half]) if half else ""
