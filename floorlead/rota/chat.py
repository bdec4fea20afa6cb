"""The rota as lines for the chat group: a week, or one day with its desk; at most 30 lines, plain letters only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from floorlead import clock
from floorlead.duty.records import AT_WORK, band
from floorlead.rota import signs
from floorlead.rota.records import Stretch
from floorlead.text import show
from floorlead.words import _, pick

MOST = 30


def of_days(stretch: Stretch, showroom: str) -> str:
    """The days one after the other, each with its shifts and its desk; of one day everything in full."""
    if len(stretch.days) == 1:
        return _told(_one(stretch, stretch.first, showroom))
    head = _("Rota {first} to {last}  {showroom}").format(
        first=_day(stretch.first), last=_day(stretch.last), showroom=showroom
    )
    lines, none = [head], _("not planned")
    for day in stretch.days:
        shifts = "; ".join(f"{name} {names}" for name, names in _shifts(stretch, day, short=True))
        lines.append(f"{_day(day)}  {shifts or none}")
        if len(stretch.days) * 2 < MOST and (desk := _desk(stretch, day)):
            lines.append("  ".join(["  ", _("Front desk"), *desk]))
    return _told(lines)


def _one(stretch: Stretch, day: date, showroom: str) -> list[str]:
    lines = [_("Rota") + f" {_day(day)}  {showroom}"]
    lines += [f"{name}: {names}" for name, names in _shifts(stretch, day, short=False)] or [_("not planned")]
    if desk := _desk(stretch, day):
        lines += ["", _("Desk: holder/substitute"), *desk, _("Nobody leaves the desk without a substitute.")]
    return lines


def _told(lines: Sequence[str]) -> str:
    kept = [*lines[: MOST - 1], ".."] if len(lines) > MOST else lines
    return "\n".join(show(line) for line in kept) + "\n"


def _day(day: date) -> str:
    return f"{clock.short_day(day)}{pick('周', ' ')}{clock.weekday_short(day)}"


def _shifts(stretch: Stretch, day: date, *, short: bool) -> list[tuple[str, str]]:
    """Each shift that somebody has on the day, with the names."""
    names: dict[str, list[str]] = {}
    for person in stretch.people:
        cell = stretch.cells.get((person.id, day))
        if cell and cell.code and person.works_on(day):
            names.setdefault(cell.code, []).append(person.shown + ("*" if cell.marked else ""))
    found = []
    for shift in stretch.book.shifts:
        if shift.code in names:
            hours = f" {band(shift.starts, shift.ends)}" if shift.kind in AT_WORK and not short else ""
            found.append((shift.shown + hours, pick(" ", ", ").join(names[shift.code])))
    return found


def _desk(stretch: Stretch, day: date) -> list[str]:
    return [words for words, _gap in signs.slot_words(stretch, day, pick("缺", "nobody"))]
