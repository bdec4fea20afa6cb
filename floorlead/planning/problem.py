"""What is to be planned, as plain records: days, people, shifts, desk slots, wishes, rules and weights.

Minutes are minutes of the day; a person's `id` is handed back as it came. Numbers of law and house stand here and
nowhere else, and a problem may set each of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from floorlead.record import record

Id = str | int
REST = "-"
"""The code of a day without a shift."""
MEASURES = ("weekend", "late", "desk", "substitute", "evening_desk")
"""What is shared out fairly: days worked at weekends and on holidays, late shifts, slots held, slots substituted, last slots held."""
KINDS = ("work", "weekend", "holiday", "makeup", "closed")


@record
class Rules:
    """The numbers of law and house; minutes, days or times of the day in minutes."""

    max_run: int = 6
    """Law: days worked in a row at most, those before the period counted in."""
    rest_days_per_week: int = 1
    """Law: days of rest in a calendar week (Monday to Sunday) at least."""
    week_minutes: int = 2400
    """Law: ordinary minutes of a week for people who have no number of their own; what is above is overtime."""
    overtime_month_minutes: int = 2160
    """Law: overtime of a calendar month at most (36 hours)."""
    day_minutes: int = 480
    """Law: ordinary minutes of a day; a longer shift is allowed, and costs."""
    noon: int = 750
    """House: where a day is divided for half a day's leave."""
    hours_between: float = 14.0
    """House: fewer hours than these between two shifts count as late-then-early."""
    held_a_day: int = 1
    """House: slots a person holds on one day at most."""
    substitutions_a_day: int = 2
    """House: slots a person is the named substitute of on one day at most."""
    long_leave_days: int = 7
    """House: from so many days of leave in the period on the person's share of every duty is pro-rated."""
    history_from: date | None = None
    """The first day that the counts in `history` cover; with it people who joined later are pro-rated."""


@record
class Weights:
    """What each soft term costs; whole numbers keep the proof short."""

    demand: float = 100
    """A head missing on the floor, for each demand that is not met."""
    outing: float = 60
    """A head missing on an outing."""
    training: float = 40
    """A training that no group gets, or whose group has nobody at work."""
    overtime: float = 2
    """An hour of overtime."""
    undertime: float = 1
    """An hour below the week's minutes."""
    long_day: float = 2
    """An hour of a shift above the day's ordinary minutes: overtime by the day, to be used with a reason only."""
    late_early: float = 3
    """A late shift followed by an early one."""
    turns: float = 2
    """Between the group trained most and the one trained least, each training."""
    attendance: float = 1
    """A member of the trained group who does not work that day."""
    wish: float = 4
    """A wish that names no weight of its own."""
    weekend: float = 5
    late: float = 3
    desk: float = 4
    substitute: float = 3
    evening_desk: float = 5
    """The five fairness ranges: each duty between the person with most and the one with least."""


@record
class Day:
    """One day of the period; nobody works on a `closed` one."""

    date: date
    kind: str = "work"


@record
class Person:
    """Somebody who can be planned; what lies before the period is carried in."""

    id: Id
    group: Id | None = None
    desk: bool = True
    outing: bool = True
    week_minutes: int | None = None
    streak: int = 0
    """Days worked in a row up to the day before the period."""
    joined: date | None = None
    left: date | None = None
    """First and last day of employment, both worked."""
    history: Mapping[str, int] | None = None
    """Counts of `MEASURES` so far, as worked."""
    last_shift: str | None = None
    week_done: tuple[int, int] | None = None
    """Minutes worked and days rested in the calendar week before the period's first day; None: not known."""
    month_overtime: int = 0
    name: str = ""


@record
class Shift:
    """A working time; `late` is told by the end when it is None."""

    code: str
    start: int
    end: int
    paid: int
    late: bool | None = None
    name: str = ""
    """What sentences call it; empty: its code."""


@record
class Slot:
    """A stretch of desk duty that every open day has."""

    code: str
    start: int
    end: int


@record
class Need:
    """Heads wanted from `start` to `end` of a day, on the floor or on an outing."""

    date: date
    start: int
    end: int
    heads: int


@record
class Leave:
    """A day of leave; `half` is `am`, `pm` or empty for the whole day."""

    person: Id
    date: date
    half: str = ""


@record
class Cell:
    """A person's shift (or `-`) on a day: a cell of the rota, a lock, or what is forbidden."""

    person: Id
    date: date
    shift: str


@record
class Wish:
    """A wish for a shift or for rest; a negative weight wishes against it."""

    person: Id
    date: date
    shift: str
    weight: float


@record
class Desk:
    """Who holds a slot and who is its named substitute; None: nobody yet."""

    date: date
    slot: str
    holder: Id | None
    substitute: Id | None


@record
class Repair:
    """A rota that stands, who is suddenly absent, and since when the past is fixed (day, minute of the day)."""

    cells: tuple[Cell, ...]
    desk: tuple[Desk, ...]
    absent: tuple[tuple[Id, date], ...]
    day: date
    minute: int
    training: tuple[tuple[date, Id], ...] = ()
    outings: tuple[tuple[int, tuple[Id, ...]], ...] = ()
    """Who goes on an outing, by its place in the problem."""


@record
class Problem:
    """The whole task; `days` are in order and without gaps."""

    days: tuple[Day, ...]
    people: tuple[Person, ...]
    shifts: tuple[Shift, ...]
    slots: tuple[Slot, ...] = ()
    demand: tuple[Need, ...] = ()
    leave: tuple[Leave, ...] = ()
    locks: tuple[Cell, ...] = ()
    forbid: tuple[Cell, ...] = ()
    wishes: tuple[Wish, ...] = ()
    outings: tuple[Need, ...] = ()
    training: tuple[date, ...] = ()
    trained: tuple[tuple[Id, int], ...] = ()
    """How often each group has been trained before the period."""
    rules: Rules = Rules()
    weights: Weights = Weights()
    seconds: float = 60.0
    lang: str = "en"
    repair: Repair | None = None
    frozen_before: date | None = None
    """Days before it stand as in `standing`; a day without a cell there is as its lock tells, or rest."""
    standing: Repair | None = None
    given: tuple[int, ...] = ()
    """Positions of the days that the caller listed; the others fill gaps and are closed."""
