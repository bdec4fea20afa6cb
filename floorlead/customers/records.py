"""A prospect, what happened to it, and the showroom's grades, as records without behaviour.

Days are dates, stamps local `YYYY-MM-DDTHH:MM:SS`; people and models are ids; a phone is digits only, and is shown
masked everywhere but on a reveal that is noted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from floorlead.record import record
from floorlead.words import pick

Pair = tuple[str, str]
"""(zh, en)."""


@record
class Grade:
    """A grade or an end state. `days`: interval of follow-ups after the last contact, None without; `digit` its key in
    the walk-in form; `agree`: the leader must agree; `counts`: lost, delivered or other; `keep`: days that the data
    are kept after the last contact."""

    code: str
    zh: str
    en: str
    days: int | None
    is_open: bool
    digit: int
    agree: bool
    counts: str
    keep: int

    @property
    def shown(self) -> str:
        """The grade's name in the language spoken now."""
        return pick(self.zh, self.en)


@record
class Named:
    """A source, a purpose (with its intent) or a paper (its kind as the code)."""

    code: str
    zh: str
    en: str
    intent: bool = True

    @property
    def shown(self) -> str:
        """The name in the language spoken now."""
        return pick(self.zh, self.en)


@record
class Lists:
    """All of `data/customers.toml`: grades by code in their order, sources and purposes by code, quick words, papers."""

    grades: Mapping[str, Grade]
    sources: Mapping[str, Named]
    purposes: Mapping[str, Named]
    words: Mapping[str, Sequence[Pair]]
    forms: Sequence[Named]


class Happened(StrEnum):
    """What can happen to a customer."""

    MADE = "made"
    CONTACT = "contact"
    GRADE = "grade"
    NEXT = "next"
    ADVISOR = "advisor"
    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    OPEN = "open"
    ORDER = "order"
    CONSENT = "consent"
    EDIT = "edit"


@record
class Customer:
    """A book row. `grade` is a code of the lists, an open grade or an end state (then `closed_on` is its day);
    `next_due` the day of the next follow-up as it was set, before any rest day; `number` the dealer system's."""

    id: int
    name: str
    phone: str
    grade: str
    model_id: int | None
    colour: str
    source: str
    advisor_id: int | None
    first_on: date
    last_contact: date | None
    next_due: date | None
    closed_on: date | None
    consent_at: str
    consent_how: str
    no_contact: bool
    progress: str
    competitor: str
    note: str
    number: str
    made_at: str
    by: str
    erased_on: date | None = None


@record
class Event:
    """Something that happened to a customer; `due` is the follow-up day that a contact answered, None for one unasked."""

    id: int
    customer_id: int
    day: date
    at: str
    by: str
    person_id: int | None
    kind: Happened
    grade_before: str
    grade_after: str
    due: date | None
    next_due: date | None
    reason: str
    note: str
    visit_id: int | None


@record
class Ending:
    """An application to end a customer as lost, frozen or out of touch, and what the leader said to it."""

    id: int
    customer_id: int
    wanted: str
    reason: str
    note: str
    asked_on: date
    asked_at: str
    person_id: int | None
    state: str
    decided_on: date | None
    decided_at: str
    by: str
    answer: str


class Owed(NamedTuple):
    """A follow-up that is owed, without its customer: thousands of them are told apart by this alone."""

    id: int
    next_due: date
    advisor_id: int | None
    last_contact: date | None


class Opened(NamedTuple):
    """An open prospect as a long list needs it: days as ISO text, `next_due` empty for none."""

    id: int
    grade: str
    next_due: str
    advisor_id: int | None
    first_on: str


@record
class Due:
    """A follow-up that is owed: `on` is the day it was or is to be shown, `late` the days past the due day (0 on it),
    `done` whether it was made today, `asked` whether an end was applied for."""

    customer: Customer
    on: date
    late: int
    done: bool = False
    asked: bool = False

    @property
    def id(self) -> int:
        """The customer's id."""
        return self.customer.id


@record
class Reminder:
    """An advisor was told how many follow-ups are overdue."""

    id: int
    day: date
    at: str
    by: str
    person_id: int
    overdue: int
