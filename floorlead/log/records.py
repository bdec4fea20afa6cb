"""An entry of the log, what was done about it, and the showroom's levels, clocks and rules, as records.

Stamps are local, `YYYY-MM-DDTHH:MM:SS`; a due is a day or a day with a time, `2026-11-24` or `2026-11-24T16:00`.
Levels, rules and items are codes of `data/log.toml`; a phone is digits only and is shown masked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

from floorlead.record import record
from floorlead.words import N_, pick

Pair = tuple[str, str]
"""(zh, en)."""


class Kind(StrEnum):
    """What an entry of the log is."""

    INCIDENT = "incident"
    COMPLAINT = "complaint"
    NOTICE = "notice"
    PLATE = "plate"


class Sort(StrEnum):
    """What a line of the page is: an entry, or something of another area that is listed with them."""

    COMPLAINT = "complaint"
    INCIDENT = "incident"
    TASK = "task"
    NOTICE = "notice"
    PLATE = "plate"
    LEAVE = "leave"
    OUTING = "outing"
    VIOLATION = "violation"


SORT_WORDS = {
    Sort.COMPLAINT: N_("complaint"), Sort.INCIDENT: N_("incident"), Sort.TASK: N_("task"), Sort.NOTICE: N_("notice"),
    Sort.PLATE: N_("plate time"), Sort.LEAVE: N_("leave"), Sort.OUTING: N_("outing"), Sort.VIOLATION: N_("discipline"),
}  # fmt: skip


class StepKind(StrEnum):
    """What happened to an entry."""

    ACTION = "action"
    RESPONSE = "response"
    ESCALATED = "escalated"
    CLOSED = "closed"
    REOPENED = "reopened"
    OWNER = "owner"
    DUE = "due"


@record
class Level:
    """How bad it is; `result`: closing needs one; `manager`: the manager is to be told."""

    kind: str
    code: str
    zh: str
    en: str
    result: bool = False
    manager: bool = False

    @property
    def shown(self) -> str:
        """The level in the language spoken now."""
        return pick(self.zh, self.en)


@record
class Clocks:
    """The clocks of a complaint: first response in minutes, acknowledged and investigated in hours; the due that a new
    complaint and incident get, in minutes from now (0: the day)."""

    respond_minutes: int = 30
    acknowledge_hours: int = 24
    investigate_hours: int = 48
    complaint_due_minutes: int = 120
    incident_due_minutes: int = 0


@record
class Result:
    """A usual way in which an entry ends; `satisfied` is what the customer thought, None where it is not said."""

    zh: str
    en: str
    satisfied: bool | None = None

    @property
    def shown(self) -> str:
        """The words in the language spoken now."""
        return pick(self.zh, self.en)


@record
class Rule:
    """Something against the discipline, and its points (whole, none negative)."""

    code: str
    zh: str
    en: str
    points: int

    @property
    def shown(self) -> str:
        """The rule in the language spoken now."""
        return pick(self.zh, self.en)

    def both(self) -> dict[str, str]:
        """The rule for the log of actions, and as it is kept."""
        return {"zh": self.zh, "en": self.en}


@record
class Item:
    """An item of the process spot check; `short` heads its column."""

    code: str
    zh: str
    en: str
    short: Pair

    @property
    def shown(self) -> str:
        """The item in the language spoken now."""
        return pick(self.zh, self.en)

    def both(self) -> dict[str, str]:
        """The item as it is kept with a result."""
        return {"zh": self.zh, "en": self.en}


@record
class Lists:
    """All of `data/log.toml`."""

    levels: Sequence[Level]
    clocks: Clocks
    words: Mapping[str, Sequence[Pair]]
    results: Sequence[Result]
    rules: Sequence[Rule]
    items: Sequence[Item]

    def of_kind(self, kind: str) -> list[Level]:
        """The levels of a kind of entry, from digit 1."""
        return [one for one in self.levels if one.kind == kind]

    def level(self, kind: str, code: str) -> Level | None:
        """A level by its code; None for none or one that the file no longer has."""
        return next((one for one in self.levels if (one.kind, one.code) == (kind, code)), None)


@record
class Entry:
    """An incident, a complaint, a notice or a plate time. `owner` is a name as it was typed or picked, `owner_id` the
    person where it is one; `responded_at` is the first action; `person_id` whom a notice of a plate time is for."""

    id: int
    day: date
    at: str
    by: str
    kind: Kind
    text: str
    level: str
    owner_id: int | None
    owner: str
    due: str
    customer: str
    phone: str
    car_id: int | None
    order_id: int | None
    model_id: int | None
    effective_on: date | None
    escalated_at: str
    escalated_to: str
    responded_at: str
    result: str
    closed_at: str
    closed_on: date | None
    satisfied: bool | None
    person_id: int | None

    @property
    def open(self) -> bool:
        """Whether it is not closed."""
        return not self.closed_at


@record
class Step:
    """Something that was done about an entry."""

    id: int
    entry_id: int
    at: str
    by: str
    kind: StepKind
    text: str


@record
class Row:
    """A line of the page, whatever it is about: row `id` of `table`. `at` is a local stamp, or a day where no time is known; `due` as an
    entry's; `state` is said in words; `late`: past its due and not done; `search` the words to find it by."""

    sort: Sort
    table: str
    id: int
    at: str
    text: str
    owner: str
    due: str
    state: str
    open: bool
    late: bool
    today: bool = True
    search: str = ""

    @property
    def key(self) -> str:
        """The name of the line, for the cursor and for places: `entries:4`."""
        return f"{self.table}:{self.id}"
