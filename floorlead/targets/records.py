"""What is counted against a target, and where a month stands, as records without behaviour.

Counts are whole numbers; a share of time or of a target is a fraction of 1; people are ids; a month is `2026-11`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from floorlead.record import record
from floorlead.words import N_, _

MEASURES = ("visits", "captured", "drives", "orders", "deliveries")
"""What has a target: batches with intent, first visits that left a number, test drives, orders, deliveries."""
MEASURE_WORDS = {
    "visits": N_("walk-ins"), "captured": N_("captured"), "drives": N_("driven"), "orders": N_("orders"),
    "deliveries": N_("deliveries"),
}  # fmt: skip
FORECAST = ("orders", "deliveries")
"""What each consultant predicts in the morning."""
CAUSES = (
    N_("few visitors"), N_("numbers not asked for"), N_("no test drive offered"), N_("price, rival's offer"),
    N_("car not there"), N_("too few people"),
)  # fmt: skip
"""Why a month falls behind, on digits 1 to 6; 7 types."""
KINDS = {
    "work": N_("workday"), "weekend": N_("weekend"), "holiday": N_("holiday"), "makeup": N_("make-up day"),
    "closed": N_("closed"),
}  # fmt: skip

Counts = Mapping[str, Mapping[int | None, int]]
"""{measure: {person's id or None: count}}."""


@record
class Weighing:
    """How much a day of each kind counts; `own` are the days whose weight was set by hand."""

    weekend: float = 2.0
    workday: float = 0.7
    own: Mapping[date, float] = MappingProxyType({})


@record
class TargetDay:
    """A day of the month: its kind, what it weighs, whether the weight was set by hand."""

    day: date
    kind: str
    weight: float
    own: bool = False

    @property
    def open(self) -> bool:
        """Whether anything is asked of the day."""
        return self.weight > 0


@record
class Share:
    """One person's part of a month: the share as entered (1 is a full one) and the part of the month's weight in
    which the person belongs to the showroom; `set` tells whether the share was entered."""

    person: int
    share: float
    part: float
    set: bool = False

    @property
    def weight(self) -> float:
        """What the person counts in the split."""
        return self.share * self.part


@record
class Figure:
    """One measure in a month up to a day (that day included).

    `target` is None where none was set, and with it `due` (what should be there by the evening) and `today_target`;
    in a month without an open day nothing is `due`.
    `behind` are the open days in a row, up to yesterday, on whose evening less was there than planned.
    """

    measure: str
    target: int | None
    actual: int
    today: int
    today_target: int | None = None
    due: int | None = None
    left: int = 0
    """Open days that are left: those after the day, and the day itself while it goes on."""
    asked: int | None = None
    """What those days must bring together."""
    behind: int = 0
    cause_due: bool = False

    @property
    def word(self) -> str:
        """The measure's name."""
        return _(MEASURE_WORDS[self.measure])

    @property
    def done(self) -> float | None:
        """How much of the target is there, as a fraction; None without a target or with 0."""
        return self.actual / self.target if self.target else None

    @property
    def gap(self) -> int | None:
        """How many are missing against the plan until the evening; below 0 when ahead."""
        return None if self.due is None else self.due - self.actual

    @property
    def needed(self) -> float | None:
        """How many each day that is left must bring; on the last day what is missing."""
        return None if self.asked is None else self.asked / max(1, self.left)

    @property
    def against_plan(self) -> str:
        """How far behind (-) or ahead (+) of the plan until the evening, as text; a dash without a target."""
        return "-" if self.gap is None else f"{-self.gap:+d}" if self.gap else "0"

    @property
    def per_day(self) -> str:
        """`needed` with one decimal where it is no whole number, as text; a dash without a target or a day left."""
        return "-" if self.needed is None or not self.left else f"{self.needed:.1f}".removesuffix(".0")


@record
class Pace:
    """A month up to a day: how much of its weighed time is over (that day included), and each measure."""

    day: date
    time: float
    days: int
    """Open days of the month."""
    left: int
    """Open days that are left: those after the day, and the day itself while it goes on."""
    figures: Mapping[str, Figure]
    running: bool = True
    """Whether the day is a day of its own, not just the end (or the beginning) of a month that is over (or to come)."""

    @property
    def month(self) -> str:
        """The month."""
        return self.day.isoformat()[:7]

    @property
    def any(self) -> bool:
        """Whether the month has a target at all."""
        return any(one.target is not None for one in self.figures.values())

    @property
    def causes_due(self) -> list[str]:
        """The measures that are behind for so long that a cause must be given."""
        return [one.measure for one in self.figures.values() if one.cause_due]


@record
class Cause:
    """Why a measure is behind and what is done about it; `person` None is the whole team."""

    id: int
    day: date
    measure: str
    person: int | None
    cause: str
    action: str
    at: str
    by: str


@record
class DayPlan:
    """A day with what is planned (past days as the month was split, later ones re-planned) and what was done."""

    day: TargetDay
    planned: Mapping[str, int]
    actual: Mapping[str, int]


@record
class WeekPlan:
    """The days of a calendar week that lie in the month, summed up."""

    first: date
    last: date
    weight: float
    planned: Mapping[str, int]
    actual: Mapping[str, int]


@record
class Month:
    """All that a month's page shows: its days and weeks, its targets, where it stands, everybody's part."""

    month: str
    day: date
    targets: Mapping[str, int]
    pace: Pace
    days: Sequence[DayPlan]
    weeks: Sequence[WeekPlan]
    shares: Sequence[Share]
    people: Mapping[int, Mapping[str, int]]
    done: Counts
    forecasts: Mapping[tuple[int, str], int]
    causes: Sequence[Cause]
    unknown_year: int | None = None
    """The month's year where its holidays were not announced yet: its days then weigh as ordinary ones."""
