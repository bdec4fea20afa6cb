"""The looks of today as a card of consultants and items, the month's looks, and each consultant's share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from floorlead import clock
from floorlead.log.records import Item
from floorlead.people.records import Person
from floorlead.phones import mask_in
from floorlead.record import record
from floorlead.spotchecks import rules
from floorlead.spotchecks.records import FAIL, NA, Spot
from floorlead.text import wrap
from floorlead.widgets.grid import Cell, Column
from floorlead.widgets.line import Line
from floorlead.words import _, pick

PAGE = 80
STYLES = {"v": "good", "X": "bad", ".": "open", "-": "dim"}


@record
class Look:
    """A line of today's card: a consultant, and a look at them (None while there is none)."""

    person: Person
    spot: Spot | None


def columns(items: Sequence[Item]) -> list[Column]:
    """Number, name, time, a column for each item."""
    head = [Column("#", 2, "right"), Column(_("Name"), 12), Column(_("Time"), 5)]
    each = max(4, min(6, (PAGE - 2 - 22 - 8) // max(1, len(items)) - 1))
    items_ = [Column(f"{n}{pick(*item.short)}", each) for n, item in enumerate(items, 1)]
    return [*head, *items_, Column(_("right"), PAGE - 2 - 22 - (each + 1) * len(items_) - 1)]


def cells(number: int, look: Look, items: Sequence[Item], at: int, here: bool) -> list[Cell]:
    """A line's cells; on the cursor's line the item under the cursor stands in brackets."""
    spot = look.spot
    found = []
    for n, item in enumerate(items):
        sign = rules.sign(spot.marks[item.code].result if spot and item.code in spot.marks else "")
        shown = f"[{sign}]" if here and n == at else f" {sign}"
        found.append(Cell(shown, "cursor" if here and n == at else STYLES[sign], f"cell:{number - 1}:{n + 1}"))
    told = ""
    if spot and spot.marks:
        one = rules.counted(spot)
        told = f"{one.passed}/{one.applied}"
    return [Cell(str(number)), Cell(look.person.shown), Cell(spot.at[11:16] if spot else ""), *found, Cell(told)]


def below(look: Look) -> list[Line]:
    """The failures and the note of the line under the cursor, and what the marks mean."""
    spot = look.spot
    lines = [Line()]
    failed = [mark.shown for mark in spot.marks.values() if mark.result == FAIL] if spot else []
    told = _("failed: {items}").format(items=", ".join(failed)) if failed else ""
    lines.append(Line().put(f"   {look.person.shown}  ", "bold").put(told))
    lines += [Line().put("   " + part) for part in wrap(mask_in(spot.note), PAGE - 6)[:2]] if spot and spot.note else []
    return [*lines, Line().put("   " + _("v ok  X failed  - does not apply  . not looked at"), "dim")]


def month_columns(count: int) -> list[Column]:
    """The month's looks, so many of them."""
    cells = max(2, len(str(count)))
    return [
        Column("#", cells, "right"), Column(_("When"), 12), Column(_("Name"), 12), Column(_("right"), 12),
        Column(_("failed"), 22), Column(_("Note"), 15 - cells),
    ]  # fmt: skip


def month_cells(number: int, spot: Spot, person: Person) -> list[Cell]:
    """A look in one line; what failed in the words of then."""
    failed = [mark.shown for mark in spot.marks.values() if mark.result == FAIL]
    when = f"{clock.short_day(spot.day)} {spot.at[11:16]}"
    state = rules.counted(spot).rate()
    texts = (str(number), when, person.shown, state, ", ".join(failed) or "-", mask_in(spot.note))
    return [Cell(text, "" if spot.closed else "dim") for text in texts]


def people_columns() -> list[Column]:
    """Each consultant's share."""
    return [
        Column(_("Name"), 14),
        Column(_("looks"), 6, "right"),
        Column(_("right"), 14, "right"),
        Column(_("last time"), 12),
    ]


def people_cells(person: Person, one: rules.Sum | None, last: date | None) -> list[Cell]:
    """A consultant of the month; who was never looked at stands out."""
    look = "" if one else "bold"
    texts = (
        person.shown,
        str(one.looks if one else 0),
        one.rate() if one else "-",
        clock.short_day(last) if last else "-",
    )
    return [Cell(text, look) for text in texts]


def detail(spot: Spot) -> list[str]:
    """A look item by item in the words of then, then its note."""
    told = [f"{rules.sign(mark.result)}  {mark.shown}" for mark in spot.marks.values() if mark.result != NA]
    told += [f"-  {mark.shown}" for mark in spot.marks.values() if mark.result == NA]
    return [*told, *wrap(mask_in(spot.note), PAGE - 8)] if spot.note else told
