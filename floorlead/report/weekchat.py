"""The weekly roll-up for the chat group: plain text of at most thirty lines, its numbers as on the paper."""

from __future__ import annotations

from datetime import date
from typing import Any

from floorlead import clock
from floorlead.kpi.rules import rate
from floorlead.report.records import Data
from floorlead.report.sheet import CHAT_CELLS, CHAT_LINES
from floorlead.report.weeksheet import MEASURES
from floorlead.text import fit
from floorlead.words import _, pick


def as_chat(data: Data) -> str:
    """The week in lines: the head, each day, the week and the one before, consultants, what is open, what comes."""
    first, last = date.fromisoformat(data["first"]), date.fromisoformat(data["last"])
    head = _("[Week report] week {number} {first} - {last}").format(
        number=first.isocalendar()[1], first=clock.short_day(first), last=clock.short_day(last)
    )
    unsealed = "  " + _("not sealed")
    days = [f"{_day(one['day'])} {_counts(one)}" + ("" if one["report"] else unsealed) for one in data["days"]]
    sums = [
        _("whole week {counts}  captured {rate}").format(counts=_counts(data["total"]), rate=_captured(data["total"])),
        _("week before {counts}  captured {rate}").format(
            counts=_counts(data["before"]), rate=_captured(data["before"])
        ),
    ]
    order = _("visits/captured/drives/orders/deliveries")
    end = [_open(data["open"]), _("hand-overs next week {count}").format(count=len(data["next"]["deliveries"]))]
    room = CHAT_LINES - 2 - len(days) - len(sums) - len(end)
    lines = [head, order, *days, *sums, *_people(data["people"], room), *end]
    return "\n".join(fit(line, CHAT_CELLS).rstrip() for line in lines) + "\n"


def _people(people: list[Data], room: int) -> list[str]:
    """A line for each consultant, who brought most first, as many as there is room for."""
    ranked = sorted(people, key=lambda one: [-one[name] for name in reversed(MEASURES)])
    lines = [f"  {pick(**one['name'])} {_counts(one)}" + _owed(one) for one in ranked]
    if len(lines) <= room:
        return lines
    return [*lines[: room - 1], _("  and {count} more").format(count=len(lines) - room + 1)]


def _owed(one: dict[str, Any]) -> str:
    late = "  " + _("late {count}").format(count=one["overdue"]) if one["overdue"] else ""
    return late + ("  " + _("points {count}").format(count=one["points"]) if one["points"] else "")


def _counts(one: dict[str, Any]) -> str:
    return "/".join(str(one[name]) for name in MEASURES)


def _captured(total: dict[str, int]) -> str:
    return rate(total["captured"], total["first"]).text


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{clock.short_day(day)} {clock.weekday_short(day)}"


def _open(left: dict[str, Any]) -> str:
    words = _("orders not delivered {undelivered}  losses to be decided {asked}").format(**left)
    rest = _("log open {log}  tasks open {tasks}").format(log=len(left["log"]), tasks=len(left["tasks"]))
    return f"{words}  {rest}"
