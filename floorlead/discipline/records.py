"""A breach of discipline as it was noted, without behaviour.

`at` is the local minute of the breach, `day` its business day; `words` are the rule's as they were then; `slot` is the
desk slot that the person held at that minute, empty where the person was chosen.
"""

from __future__ import annotations

from datetime import date

from floorlead.record import record
from floorlead.words import pick


@record
class Violation:
    """A breach: whose, when, against which rule (a code of `data/log.toml`), how many points."""

    id: int
    day: date
    at: str
    person: int
    rule: str
    zh: str
    en: str
    points: int
    slot: str
    note: str
    noted_at: str
    by: str
    withdrawn_at: str

    @property
    def shown(self) -> str:
        """The rule's words of then in the language spoken now."""
        return pick(self.zh, self.en)

    @property
    def counts(self) -> bool:
        """Whether it was not withdrawn."""
        return not self.withdrawn_at


@record
class Answerable:
    """Who answers for a slot at a minute: person's id, the slot's code and its words."""

    person: int
    slot: str
    zh: str
    en: str

    @property
    def shown(self) -> str:
        """The slot in the language spoken now."""
        return pick(self.zh, self.en)
