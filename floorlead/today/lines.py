"""The four lines of "do now" that never move: appearance, environment, reception, morning brief; each in four parts."""

from __future__ import annotations

from floorlead.checks.records import Card, Counts
from floorlead.today import training as trainings
from floorlead.today.queries import Today
from floorlead.words import _, pick

CARDS_UP = ("appearance", "environment")
FIXED = 4
Parts = tuple[str, str, str, str]
"""The line's word, how it stands, by when or how many, its key."""


def told(today: Today, number: int) -> Parts:
    """The line of a number, 0 first."""
    if number < len(CARDS_UP):
        return _card_text(today, number)
    return _desk_text(today) if number == 2 else _brief_text(today)


def is_done(today: Today, number: int) -> bool:
    """Whether nothing waits on the line."""
    if number < len(CARDS_UP):
        found = _card(today, number)
        return bool(found and found[0].id and not found[1].open)
    if number == 2:
        return bool(today.desk and today.desk.calm)
    return bool(today.brief and today.brief.done)


def _card(today: Today, number: int) -> tuple[Card, Counts] | None:
    pairs = zip(today.cards, today.counts, strict=True)
    return next(((card, n) for card, n in pairs if card.words.code == CARDS_UP[number]), None)


def _card_text(today: Today, number: int) -> Parts:
    found = _card(today, number)
    keys = " ".join(["F3"] * (number + 1))
    if found is None:
        name = pick(("仪表卡", "环境卡")[number], ("Appearance", "Environment")[number])
        return name, _("switched off"), "", keys
    card, n = found
    due = max((i.due for one in card.words.lists for i in one.items if i.due), default="")
    by = _("by {due}").format(due=due.lstrip("0")) if due else ""
    if not card.rows:
        return card.words.shown, _("nothing entered to look at"), by, keys
    if not card.id:
        return card.words.shown, ". " + _("not begun"), by, keys
    checked = _("{done}/{items} checked").format(done=n.items - n.open, items=n.items)
    late = "  " + _("late {late}").format(late=n.late) if n.late else ""
    return card.words.shown, f"{checked}  " + _("exc. {fail}").format(fail=n.fail) + late, by, keys


def _desk_text(today: Today) -> Parts:
    """Who answers for the desk now."""
    return _("Reception"), today.desk.text if today.desk else _("not planned"), "", "F6"


def _brief_text(today: Today) -> Parts:
    """What the idle group was trained in."""
    return trainings.told(today.brief) if today.brief else (_("Morning brief"), "", "", "^K")
