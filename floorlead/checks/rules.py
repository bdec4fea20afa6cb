"""The rules of the card: what a key makes of a mark, what late means, what counts.

A mark made at its due time exactly is on time. The first result stays known when a fault is remedied.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from floorlead.checks.records import FAIL, LONGEST_PAGE, NA, PASS, Card, Counts, Item, Mark, Row
from floorlead.record import replace


def cell(card: Card, row: Row, item: Item) -> str:
    """The cell's sign: `v` pass, `X` exception, `L` late, `-` not there or not applicable, `.` not looked at."""
    mark = card.mark(row, item)
    if mark is None:
        return "-" if row.away else "."
    if mark.result == NA:
        return "-"
    if mark.result == FAIL:
        return "X"
    return "L" if mark.late else "v"


def counts(card: Card, rows: Iterable[Row] | None = None) -> Counts:
    """The card, or some of its rows, in numbers."""
    found = dict.fromkeys("vXL-.", 0)
    for row in card.rows if rows is None else rows:
        for item in card.items(row):
            found[cell(card, row, item)] += 1
    applied = sum(found[sign] for sign in "vXL.")
    return Counts(applied, found["v"], found["X"], found["L"], found["-"], found["."])


def open_cells(card: Card, rows: Iterable[Row]) -> list[tuple[Row, Item]]:
    """The cells that "the rest is fine" fills: not looked at, and answered by a tick (nobody invents a number)."""
    return [(r, i) for r in rows for i in card.items(r) if not i.is_number and cell(card, r, i) == "."]


def toggled(old: Mark | None, new: Mark, overdue: bool) -> Mark | None:
    """What the exception digit makes of a mark; None clears it.

    Past an item's due time the first press means "done, but late"; the next "not done"; the next takes it off again,
    back to what it was before. What was put right once stays known through all of it.
    """
    if old is None or old.result == NA:
        new = replace(new, was=old.result if old else None)
        return replace(new, result=PASS, late=True) if overdue else replace(new, result=FAIL)
    new = replace(new, first=old.first, first_at=old.first_at, reason=old.reason if old.first else "")
    if old.result == FAIL:
        if old.was is None:
            return None
        return replace(new, result=old.was, points=old.points if old.first else 0, single=0)
    if old.late:
        return replace(new, result=FAIL, was=old.was)
    return replace(new, result=PASS, late=True, was=PASS) if overdue else replace(new, result=FAIL, was=PASS)


def passed(new: Mark, overdue: bool, backfilled: bool = False) -> Mark:
    """A pass said now: late past the due time, unless it was seen in time and is only written now."""
    if overdue and not backfilled:
        return replace(new, result=PASS, late=True)
    return replace(new, result=PASS, points=0, backfilled=overdue and backfilled)


def remedied(old: Mark, at: str, by: str) -> Mark:
    """A fault put right: it passes now, the first result, its time and its points stay."""
    first = old.first or ("late" if old.late else old.result)
    return replace(old, result=PASS, late=False, first=first, first_at=old.first_at or old.at, at=at, by=by)


def measured(item: Item, new: Mark, value: float, overdue: bool = False) -> Mark:
    """A number read: it passes within the item's range, both ends included; past the due time it is late."""
    low = item.low if item.low is not None else float("-inf")
    high = item.high if item.high is not None else float("inf")
    good = low <= value <= high
    points = new.points if overdue or not good else 0
    return replace(new, result=PASS if good else FAIL, value=value, late=good and overdue, points=points)


def pages(items: tuple[Item, ...]) -> list[tuple[Item, ...]]:
    """The items in pages of at most nine columns, as even as they come."""
    number = -(-len(items) // LONGEST_PAGE) or 1
    size = -(-len(items) // number) or 1
    return [items[start : start + size] for start in range(0, len(items), size)] or [()]


def changed_after_rest(card: Card) -> int:
    """Single changes that followed a rest-pass: how the card was filled, in a number."""
    return sum(1 for mark in card.marks.values() if mark.single == 2)


def recheck(card_rows: list[tuple[Card, Row]], day: date, count: int) -> list[tuple[Card, Row, Item]]:
    """Cells to look at again today, drawn at random but the same all day long."""
    import random

    cells = [
        (card, row, item) for card, row in card_rows if not row.away for item in card.items(row) if not item.is_number
    ]
    draw = random.Random(day.isoformat())
    return draw.sample(cells, min(count, len(cells)))
