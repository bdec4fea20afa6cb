"""A dated task with its owner."""

from __future__ import annotations

from datetime import date

from floorlead.record import record


@record
class Task:
    """Something to be done; `due` is the day it is meant for, `owner` a name as it was typed or picked."""

    id: int
    text: str
    owner: str
    due: date
    made_on: date
    done_on: date | None
    done_at: str | None

    @property
    def done(self) -> bool:
        """Whether it was ticked."""
        return self.done_on is not None

    def overdue(self, day: date) -> bool:
        """Whether it was meant for an earlier day and is still open."""
        return not self.done and self.due < day
