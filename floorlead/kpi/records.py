"""A key figure, its definitions and a month of counts, as records without behaviour.

Only counts are held, percentages are never kept; people are ids, a month is `2026-11`, money whole yuan.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from floorlead.percent import in_percent
from floorlead.record import record
from floorlead.words import pick

if TYPE_CHECKING:
    from floorlead.people.records import Person

PERCENT, YUAN = "percent", "yuan"
REPORT_MISSING, INCOMPLETE = "report_missing", "incomplete"
MISSES = (REPORT_MISSING, INCOMPLETE)
"""What may double beside the rules of discipline: a day without its report, a visit whose details stay missing."""
Counts = Mapping[str, int]
"""{name of `counts.NAMES`: how many}."""
Parts = tuple[tuple[int, str], ...]
"""Named counts with their signs: ((1, "orders"), (-1, "cancels"))."""


@record
class Definition:
    """One way to work a figure out: the sum `n` over the sum `d`."""

    code: str
    zh: str
    en: str
    n: Parts
    d: Parts

    @property
    def shown(self) -> str:
        """What it says, in the language spoken now."""
        return pick(self.zh, self.en)

    @property
    def names(self) -> tuple[str, ...]:
        """The counts that it needs, each once."""
        return tuple(dict.fromkeys(name for _sign, name in (*self.n, *self.d)))


@record
class Kpi:
    """A key figure; `usual` is the code of the definition that counts until the showroom chooses another."""

    code: str
    zh: str
    en: str
    unit: str
    definitions: tuple[Definition, ...]
    usual: str

    @property
    def shown(self) -> str:
        """The figure's name in the language spoken now."""
        return pick(self.zh, self.en)

    def both(self) -> dict[str, str]:
        """The name in both languages, for the log."""
        return {"zh": self.zh, "en": self.en}

    def definition(self, code: str) -> Definition:
        """A definition by its code; the usual one where the file no longer has it."""
        found = {one.code: one for one in self.definitions}
        return found.get(code) or found[self.usual]


@record
class Part:
    """A part of the daily work in the appraisal: its weight beside the others, whatever their sum."""

    code: str
    zh: str
    en: str
    weight: float

    @property
    def shown(self) -> str:
        """The part's name in the language spoken now."""
        return pick(self.zh, self.en)

    def both(self) -> dict[str, str]:
        """The name in both languages, for the log."""
        return {"zh": self.zh, "en": self.en}


@record
class Weights:
    """How the appraisal weighs: `work` and `attendance` of a hundred, the parts of the work, points of what is missed,
    and what doubles when it happens again the next working day: misses (`MISSES`) and rules of discipline by code."""

    work: float
    attendance: float
    parts: tuple[Part, ...]
    report: int
    spot_fail: int
    incomplete: int
    doubles: frozenset[str]


@record
class Book:
    """All of `data/kpi.toml`."""

    kpis: tuple[Kpi, ...]
    weights: Weights

    def kpi(self, code: str) -> Kpi | None:
        """A figure by its code."""
        return next((one for one in self.kpis if one.code == code), None)


@record
class Choice:
    """From which day on the showroom counts a figure by which definition."""

    kpi: str
    definition: str
    since: date


@record
class Rate:
    """A numerator over a denominator; `unit` is percent or yuan a car."""

    n: int
    d: int
    unit: str = PERCENT

    @property
    def value(self) -> float | None:
        """The fraction (of percent) or the yuan a car; None where nothing stands below."""
        return self.n / self.d if self.d > 0 else None

    @property
    def share(self) -> str:
        """The rounded percentage or yuan alone, half up; empty without a denominator."""
        if self.d <= 0:
            return ""
        if self.unit == YUAN:
            return f"{(2 * self.n + self.d) // (2 * self.d):,}"
        return in_percent(self.n, self.d)

    @property
    def text(self) -> str:
        """`11/14 (79%)`: the counts always stand beside what they make; `–` where the denominator is 0."""
        return f"{self.n}/{self.d} ({self.share})" if self.d > 0 else "–"

    @property
    def cell(self) -> str:
        """The same for a column of cells on the screen, where a dash must be one cell wide."""
        return self.text if self.d > 0 else "-"


@record
class Fact:
    """Something counted: under which name, whose (None: nobody's), on which day, how much, and the row it stands for."""

    name: str
    person: int | None
    day: str
    amount: int
    table: str = ""
    row: int = 0


@record
class Mine:
    """A person's counts of a month."""

    person: Person
    counts: Counts


@record
class Month:
    """A month of counts. `definitions` are those in force at its end (today for the current one), `earlier` what counted
    before within the month, `computed` the month-start counts that were worked out and not frozen."""

    month: str
    first: date
    last: date
    """The last day counted: the month's, or today."""
    team: Counts
    people: Sequence[Mine]
    definitions: Mapping[str, str]
    earlier: Mapping[str, tuple[Choice, ...]]
    computed: frozenset[str] = frozenset()
    frozen_at: str = ""
    targets: Mapping[str, int] = MappingProxyType({})
    """Targets of figures in percent or yuan, by code."""
