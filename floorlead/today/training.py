"""The morning brief as a line of Today: what the idle group was trained in, and how many of it were there."""

from __future__ import annotations

from datetime import date

from floorlead.duty.records import clocked
from floorlead.record import record
from floorlead.store import Store
from floorlead.training import queries
from floorlead.words import _


@record
class Brief:
    """The morning's training in short; `starts` are minutes from midnight, `there` counts everybody who was there."""

    topic: str
    there: int
    idle: int
    starts: int

    @property
    def entered(self) -> bool:
        """Whether anything was entered."""
        return bool(self.topic or self.there)

    @property
    def done(self) -> bool:
        """Whether somebody was there."""
        return self.there > 0


def read(store: Store, day: date) -> Brief:
    """Read the morning's training: a few short reads."""
    morning = queries.morning(store, day)
    return Brief(morning.topic, len(morning.there), len(morning.idle()), morning.starts)


def told(brief: Brief) -> tuple[str, str, str, str]:
    """The line's four parts: its word, what was trained or that nothing was entered, how many and when, its key."""
    topic = brief.topic or (_("no topic") if brief.there else _("not entered"))
    count = (
        _("{count} there").format(count=brief.there) if brief.entered else _("{count} idle").format(count=brief.idle)
    )
    return _("Morning brief"), _("idle group: {topic}").format(topic=topic), f"{count}  {clocked(brief.starts)}", "^K"
