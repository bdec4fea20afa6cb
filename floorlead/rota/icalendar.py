"""One person's rota as an iCalendar file (RFC 5545) for the phone: times in UTC, days off as whole days.

The same shift has the same UID in every file, so that a newer one replaces it; what people typed is always text.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from floorlead.duty.records import Kind, half_words
from floorlead.people.records import Person
from floorlead.rota.light import at_work
from floorlead.rota.records import Stretch
from floorlead.text import show
from floorlead.words import _

LONGEST = 75
"""Octets of a line; a longer one goes on in the next line behind a blank."""
HOST = "floorlead"


def calendar_of(stretch: Stretch, person: Person, zone: ZoneInfo, now: datetime) -> bytes:
    """The person's days of a stretch; `now` (aware) is when the file was made."""
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//floorlead//rota//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    head.append("X-WR-CALNAME:" + escaped(_("Rota") + f" {person.shown}"))
    stamp = f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    events = [
        line
        for event in _events(stretch, person, zone)
        for line in ("BEGIN:VEVENT", f"DTSTAMP:{stamp}", *event, "END:VEVENT")
    ]
    return b"".join(folded(line) for line in (*head, *events, "END:VCALENDAR"))


def escaped(text: str) -> str:
    """Text as a property's value: nothing in it ends the value or the line."""
    flat = show(text.replace("\r", " ").replace("\n", " "))
    return flat.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def folded(line: str) -> bytes:
    """A content line as bytes, folded at 75 octets and never inside a character, with CRLF."""
    parts, part = [], b""
    for char in line:
        octets = char.encode()
        if len(part) + len(octets) > LONGEST:
            parts.append(part)
            part = b" "
        part += octets
    return b"\r\n".join([*parts, part]) + b"\r\n"


def _events(stretch: Stretch, person: Person, zone: ZoneInfo) -> Iterator[list[str]]:
    """Each planned day, then each slot held or stood in for."""
    for day in stretch.days:
        cell = stretch.cells.get((person.id, day))
        shift = stretch.book.shift(cell.code) if cell else None
        if cell is None or shift is None or not person.works_on(day):
            continue
        uid = f"UID:rota-{day:%Y%m%d}-p{person.id}@{HOST}"
        whole = (shift.starts, shift.ends) if shift.ends and not cell.half else None  # half away: nothing may be left
        hours = at_work(stretch.book, cell) or whole
        over = stretch.book.shift(cell.leave or "O") if cell.half else None
        half = f" ({half_words(cell.half)} {over.shown})" if over else ""
        title = f"SUMMARY:{escaped(shift.shown + half)}"
        if hours and shift.kind is not Kind.LEAVE:
            yield [uid, *_timed(day, *hours, zone), title]
        else:
            yield [
                uid,
                f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
                f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
                title,
                "TRANSP:TRANSPARENT",
            ]
    yield from _desk(stretch, person, zone)


def _desk(stretch: Stretch, person: Person, zone: ZoneInfo) -> Iterator[list[str]]:
    names = {one.id: one.shown for one in stretch.people}
    for (day, code), one in stretch.desk.items():
        if person.id not in (one.holder, one.substitute):
            continue
        holds = one.holder == person.id
        words = _("{slot}, substitute {name}") if holds else _("{slot}, stands in for {name}")
        other = names.get((one.substitute if holds else one.holder) or 0, "-")
        title = words.format(slot=f"{one.slot.post.shown} {one.slot.shown}", name=other)
        uid = "".join(c if c.isalnum() and c.isascii() else "-" for c in code)
        yield [f"UID:desk-{day:%Y%m%d}-{uid}-p{person.id}@{HOST}", *_timed(day, one.slot.starts, one.slot.ends, zone),
               f"SUMMARY:{escaped(title)}"]  # fmt: skip


def _timed(day: date, starts: int, ends: int, zone: ZoneInfo) -> list[str]:
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    return [f"{name}:{(midnight + timedelta(minutes=minute)).astimezone(UTC):%Y%m%dT%H%M%SZ}"
            for name, minute in (("DTSTART", starts), ("DTEND", ends))]  # fmt: skip
