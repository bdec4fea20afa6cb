"""A month's appraisal: each point with the dated check that caused it, scores, objections and what was closed.

Points are whole numbers taken off; scores lie between 0 and 100; people are ids, a month is `2026-11`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

from floorlead.record import record
from floorlead.words import N_, pick

WORK, ATTENDANCE = "work", "attendance"
INDICATORS = {
    "target": N_("target"), "orders": N_("orders"), "cards": N_("new cards"), "visits": N_("visits"),
    "calls": N_("phone contacts"), "weeks": N_("orders by week"), "growth": N_("growth"),
    "developed": N_("developed"), "lost": N_("lost"), "discipline": N_("discipline"), "misses": N_("reports missed"),
}  # fmt: skip
"""The indicators of the month that the file holds, beside the scores: planned target, actual, new customers, customer
visits, phone visits, orders by week, growth over last month, developed by oneself (outing, show, leaflet, referral),
lost, discipline points, reports and details not handed in."""


class Verdict(StrEnum):
    """What became of an objection."""

    RAISED = "raised"
    UPHELD = "upheld"
    DISMISSED = "dismissed"


VERDICTS = {
    Verdict.RAISED: N_("objection raised"), Verdict.UPHELD: N_("upheld, points given back"),
    Verdict.DISMISSED: N_("dismissed"),
}  # fmt: skip


@record
class Point:
    """Points taken off for one dated check. `source` names it (`mark:12`, `violation:3`, `spot:4:greeting`, `visit:7`,
    `report:2026-11-12`, `absent:2026-11-03`); `times` how often it was doubled, `part` work or attendance."""

    source: str
    person: int
    day: date
    zh: str
    en: str
    points: int
    part: str = WORK
    times: int = 0

    @property
    def shown(self) -> str:
        """What happened, in the language spoken now."""
        return pick(self.zh, self.en)


@record
class Objection:
    """What the person says against a point, and the answer."""

    id: int
    month: str
    person: int
    source: str
    text: str
    at: str
    by: str
    state: Verdict
    answer: str = ""
    decided_at: str = ""


@record
class Taken:
    """A point with the objection against it; an upheld one gives the points back."""

    point: Point
    objection: Objection | None = None

    @property
    def counts(self) -> bool:
        """Whether the points are taken off."""
        return self.objection is None or self.objection.state is not Verdict.UPHELD


@record
class Score:
    """What the leader gave for a part of the work, 0 to 100."""

    points: float
    note: str = ""


@record
class Sheet:
    """One person's month. `parts` are the scores of the work by code (None: not scored), `work`, `attendance` and
    `total` between 0 and 100; `indicators` by the codes of INDICATORS, ready to be shown."""

    person: int
    number: str
    name: str
    name_en: str
    taken: Sequence[Taken]
    parts: Mapping[str, float | None]
    notes: Mapping[str, str]
    absent_days: int
    attendance: float
    work: float
    total: float
    indicators: Mapping[str, str]

    @property
    def shown(self) -> str:
        """The name in the language spoken now."""
        return pick(self.name, self.name_en)


@record
class Close:
    """A closed month as it was frozen."""

    month: str
    revision: int
    at: str
    by: str
    reason: str
    sheets: Sequence[Sheet]


@record
class Appraisal:
    """A month as it stands (`live`) and as it was closed last; `differs` are the people whose sheet changed since."""

    month: str
    live: Sequence[Sheet]
    closed: Close | None
    differs: frozenset[int]
    part_words: Mapping[str, tuple[str, str]]
    """The parts of the work by code: (zh, en)."""
    attended: bool = True
    """Whether attendance was taken on any day of the month."""

    @property
    def sheets(self) -> Sequence[Sheet]:
        """What counts: the closed sheets, else the live ones."""
        return self.closed.sheets if self.closed else self.live

    def part(self, code: str) -> str:
        """A part's name in the language spoken now."""
        return pick(*self.part_words.get(code, (code, code)))
