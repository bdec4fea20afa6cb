"""When an entry of the log is late, what a complaint's clock shows, and in which order lines stand.

A due day is over when the next one begins, a due time when its minute is over. First response is the first action
that is written; a complaint is acknowledged by it and investigated when it is closed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from floorlead.log.records import Clocks, Entry, Kind, Level, Row, Sort
from floorlead.record import record

ORDER = tuple(Sort)


def overdue(due: str, now: datetime, today: date) -> bool:
    """Whether a due (a day, or a local minute) is over; at the minute itself it is not."""
    if not due:
        return False
    return due < now.strftime("%Y-%m-%dT%H:%M") if len(due) > 10 else due < today.isoformat()


@record
class Watch:
    """A complaint's clock in whole minutes: `response` until the first action (None while there is none), `open_for`
    until it was closed or now; what is over its limit."""

    response: int | None
    open_for: int
    slow: bool
    unacknowledged: bool
    uninvestigated: bool

    @property
    def late(self) -> bool:
        """Whether a limit of hours is over: not acknowledged, not investigated."""
        return self.unacknowledged or self.uninvestigated


def watch(entry: Entry, now: str, clocks: Clocks) -> Watch:
    """What an entry's clock shows at a local stamp; what was closed stands still."""
    until = entry.closed_at or now
    lasted = minutes(entry.at, until)
    responded = minutes(entry.at, entry.responded_at) if entry.responded_at else None
    waited = lasted if responded is None else responded
    return Watch(
        responded, lasted, waited > clocks.respond_minutes, waited > clocks.acknowledge_hours * 60,
        lasted > clocks.investigate_hours * 60,
    )  # fmt: skip


def minutes(since: str, until: str) -> int:
    """Whole minutes from one local stamp to another, never below nought (a clock may have been put back)."""
    return max(0, int((datetime.fromisoformat(until) - datetime.fromisoformat(since)).total_seconds()) // 60)


def due_of(kind: Kind, now: datetime, today: date, clocks: Clocks) -> str:
    """The due that a new entry gets; within the day, rounded up to full five minutes."""
    wanted = {Kind.COMPLAINT: clocks.complaint_due_minutes, Kind.INCIDENT: clocks.incident_due_minutes}.get(kind, 0)
    if not wanted:
        return today.isoformat()
    moment = now + timedelta(minutes=wanted)
    moment += timedelta(minutes=-moment.minute % 5)
    return moment.strftime("%Y-%m-%dT%H:%M")


def is_late(entry: Entry, now: datetime, today: date, clocks: Clocks) -> bool:
    """Whether an open entry is past its due, or a complaint past one of its clocks."""
    if not entry.open or entry.kind is Kind.NOTICE:
        return False
    past = entry.kind is Kind.COMPLAINT and watch(entry, now.strftime("%Y-%m-%dT%H:%M:%S"), clocks).late
    return past or overdue(entry.due, now, today)


def needs_result(level: Level | None, kind: Kind) -> bool:
    """Whether closing needs a result: a complaint does unless its level says otherwise, a grumble does not."""
    return level.result if level else kind is Kind.COMPLAINT


def in_order(rows: Iterable[Row]) -> list[Row]:
    """Lines by kind, the open ones first, the newest first."""
    newest = sorted(rows, key=lambda row: (row.at, row.id), reverse=True)
    return sorted(newest, key=lambda row: (ORDER.index(row.sort), not row.open))
