"""The rota's second line: which days, where the desk has nobody, who is away, and the views."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from floorlead import clock
from floorlead.rota import signs
from floorlead.rota.board import PAGE
from floorlead.rota.records import Stretch
from floorlead.rota.signs import day_words
from floorlead.text import width
from floorlead.widgets.line import Line
from floorlead.words import N_, _, pick

VIEWS = (N_("week"), N_("one day"), N_("desk"), N_("month"))
WEEK, TODAY, DESK, MONTH = range(4)


def title(stretch: Stretch, word: str, view: int, day: date) -> Line:
    """The line; desk gaps are named as far as they fit before the views."""
    views = Line()
    for n, name in enumerate(VIEWS):
        here = n == view
        views.put(f"[{_(name)}]" if here else f" {_(name)} ", "chip" if here else "", f"view:{n}")
    line = Line().put(f" {word} ", "title").put(when(stretch, view, day) + "  ")
    room = PAGE - 1 - line.cells - views.cells
    told = gaps(stretch, room)
    line.put(told, "warn")
    away = leaves(stretch)
    if away and line.cells + 2 + width(away) + views.cells < PAGE:
        line.put("  " + away)
    return line.to(PAGE - 1 - views.cells).add(views)


def when(stretch: Stretch, view: int, day: date) -> str:
    """The days shown: a month, a week, one day."""
    if view == MONTH:
        return pick(f"{day.year}年{day.month}月", day.strftime("%b %Y"))
    if view != WEEK:
        return f"{clock.short_day(day)} {clock.weekday_short(day)}"
    last = stretch.last
    end = f"{last:%m-%d}" if last.month != stretch.first.month else f"{last.day:02d}"
    return pick(f"{stretch.first:%m-%d}..{end}", f"{stretch.first.day} {stretch.first:%b}-{last.day} {last:%b}")


def gaps(stretch: Stretch, room: int) -> str:
    """Where the desk has nobody from today on, day by day with their bands, as many as fit."""
    found = signs.gaps(stretch)
    if not found:
        return ""
    head = _("desk gap {count}").format(count=len(found))
    named = [f"{day_words(day)} {slot.shown}" for day, slot in found]
    return _as_many(head, named, room)


def _as_many(head: str, named: Sequence[str], room: int) -> str:
    """The count, with as many names behind it as fit."""
    text, between = head, ": "
    for name in named:
        if width(text) + len(between) + width(name) + 2 > room:
            break
        text, between = text + between + name, ", "
    return text


def leaves(stretch: Stretch) -> str:
    """How many people are on leave on a day of the stretch."""
    away = {who for (who, _day), cell in stretch.cells.items() if cell.leave}
    return _("leave {count}").format(count=len(away)) if away else ""
