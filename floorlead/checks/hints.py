"""The warning line of a card: the quick reasons when one is missing, else the minutes to the next due time."""

from __future__ import annotations

from datetime import datetime

from floorlead.checks import rules
from floorlead.checks.records import Card, CardWords
from floorlead.widgets.line import Line
from floorlead.words import _, pick

COUNTDOWN_MINUTES = 30


def reasons(words: CardWords) -> Line:
    """That a reason is missing, and which ones Enter offers: without their digits, which mark on the card."""
    told = ", ".join(pick(*reason) for reason in words.reasons)
    return Line().put(" " + _("No reason yet, Enter:") + " ", "warn").put(told)


def countdown(card: Card, now: datetime) -> str:
    """Minutes to the next due time, from half an hour before it, with what is still open."""
    waiting: dict[str, int] = {}
    for row in card.rows:
        for item in card.items(row):
            if item.due and rules.cell(card, row, item) == ".":
                waiting[item.due] = waiting.get(item.due, 0) + 1
    for due, count in sorted(waiting.items()):
        minutes = int(due[:2]) * 60 + int(due[3:]) - now.hour * 60 - now.minute
        shown = due.lstrip("0")
        if 0 <= minutes <= COUNTDOWN_MINUTES:
            return _("{minutes} min to {due}, {count} still open").format(minutes=minutes, due=shown, count=count)
        if minutes < 0:
            return _("past {due}, {count} still open: they count as late").format(due=shown, count=count)
    return ""
