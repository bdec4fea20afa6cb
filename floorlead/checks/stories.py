"""What the marks of a card say in words: notes, reasons, how it was filled; the same on the screen and on paper."""

from __future__ import annotations

from floorlead import clock
from floorlead.checks import rules
from floorlead.checks.records import Card, Item, Row
from floorlead.words import _, pick


def exceptions(card: Card, row: Row, items: tuple[Item, ...]) -> list[Item]:
    """The row's exceptions: those without a reason first, of these the newest."""
    found = [(item, mark) for item in items if (mark := card.mark(row, item)) and mark.is_exception]
    found.sort(key=lambda pair: pair[1].at, reverse=True)
    return [item for item, _mark in sorted(found, key=lambda pair: bool(pair[1].reason))]


def without_reason(card: Card, row: Row) -> bool:
    """Whether an exception of the row still lacks its reason."""
    return any((m := card.mark(row, i)) and m.is_exception and not m.reason for i in card.items(row))


def spoken(card: Card, reason: str) -> str:
    """A quick reason in the language spoken now, whichever it was picked in; a typed one as it was typed."""
    return next((pick(*pair) for pair in card.words.reasons if reason in pair), reason)


def note_of_item(card: Card, row: Row, item: Item) -> str:
    """What a mark has to say besides its sign: its reason, when it was late, what it was before."""
    mark = card.mark(row, item)
    if mark is None:
        return ""
    said = [f"{mark.value:g}{pick(item.unit, ' ' + (item.unit_en or item.unit))}"] if mark.value is not None else []
    reason = spoken(card, mark.reason)
    if mark.late:
        said.append(reason or _("done at {time}").format(time=clock.hm(mark.at)))
    elif reason:
        said.append(reason)
    if mark.first and not mark.is_exception:
        said.append(_("put right {time}").format(time=clock.hm(mark.at)))
    return " ".join(said)


def note_of(card: Card, row: Row) -> str:
    """The row's note: why it is away, or its marks' notes."""
    notes = [note for item in card.items(row) if (note := note_of_item(card, row, item))]
    return " ".join(dict.fromkeys(notes)) or row.away


def row_story(card: Card, row: Row, items: tuple[Item, ...]) -> str:
    """What stands out in a row, with times, or how many are open."""
    told = []
    for item in items:
        mark, sign = card.mark(row, item), rules.cell(card, row, item)
        if mark and (mark.is_exception or mark.first or mark.value is not None):
            told.append(
                f"{item.shown} {sign} {clock.hm(mark.first_at or mark.at)} {note_of_item(card, row, item)}".rstrip()
            )
    if told:
        return "; ".join(told)
    if row.away:
        return row.away
    waiting = sum(1 for item in items if rules.cell(card, row, item) == ".")
    return _("{count} open").format(count=waiting) if waiting else _("all fine")


def how_filled(card: Card) -> str:
    """How the card was filled: last save, when the rest was passed, how many single changes followed."""
    if not card.id:
        return _("not begun; every key is saved at once")
    times = [mark.at for mark in card.marks.values()] or [card.opened_at]
    by = next((mark.by for mark in card.marks.values() if mark.at == max(times)), card.opened_by)
    told = [_("saved {time} by {by}").format(time=clock.hm(max(times)), by=by)]
    if card.passes:
        last = card.passes[-1]
        passed = _("rest ok (^A) at {time}").format(time=clock.hm(last.at))
        later = _(", entered later") if last.backfilled else ""
        after = rules.changed_after_rest(card)
        told.append(passed + later + " -> " + _("changed since: {count}").format(count=after))
    return "   ".join(told)
