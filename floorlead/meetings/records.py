"""A meeting of the day and what is read out at it, as records without behaviour.

Words are in the language spoken when they were read; a point's `key` (`task:12`) names it for good, so a tick stays with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from floorlead.record import record
from floorlead.words import N_


class Kind(StrEnum):
    """Which meeting."""

    MORNING = "morning"
    EVENING = "evening"


KIND_WORDS = {Kind.MORNING: N_("morning meeting"), Kind.EVENING: N_("evening meeting")}


@record
class Tick:
    """A point that was read out or answered, and when."""

    at: str
    answer: str = ""


@record
class Meeting:
    """A meeting as it was held; `id` 0 and no times while nobody began it."""

    id: int
    day: date
    kind: Kind
    begun_at: str = ""
    ended_at: str = ""
    praise: str = ""
    by: str = ""
    ticks: Mapping[str, Tick] = MappingProxyType({})


class Sort(StrEnum):
    """What a point is about; it decides what Space and Enter do."""

    STATE = "state"
    PERSON = "person"
    APPOINTMENT = "appointment"
    NOTICE = "notice"
    CAR = "car"
    STOCK = "stock"
    TRAINING = "training"
    PRAISE = "praise"
    CAUSE = "cause"
    TASK = "task"
    ENTRY = "entry"
    FOLLOW_UP = "follow_up"
    VISIT = "visit"
    ORDER = "order"
    ACTION = "action"


@record
class Point:
    """One line to read out; `late` marks what presses, `ident` is the row it stands for."""

    key: str
    sort: Sort
    words: str
    ident: int = 0
    late: bool = False
    done: bool = False


@record
class Block:
    """Points under a heading; `none` is said where there is none, a block without it is then left out."""

    title: str
    points: Sequence[Point]
    none: str = ""


@record
class Member:
    """One consultant at the meeting: today's targets and results by measure, predictions, follow-ups due and overdue."""

    person: int
    name: str
    here: bool
    wanted: Mapping[str, int]
    done: Mapping[str, int]
    predicted: Mapping[str, int]
    due: int
    overdue: int


@record
class Row:
    """A line of figures over the consultants: its name and a cell for each measure."""

    name: str
    cells: Sequence[str]


@record
class Sheet:
    """All of a meeting: its state, the team's figures, each consultant, the points."""

    meeting: Meeting
    rows: Sequence[Row]
    members: Sequence[Member]
    blocks: Sequence[Block]

    @property
    def morning(self) -> bool:
        """Whether it is the morning's."""
        return self.meeting.kind is Kind.MORNING

    def points(self) -> list[Point]:
        """Every point in the order of the sheet."""
        return [point for block in self.blocks for point in block.points]
