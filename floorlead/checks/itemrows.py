"""How the check items look: the cards on the left, on the right a card's lists and what each item asks."""

from __future__ import annotations

from floorlead.checks import lists, rules
from floorlead.checks.itemform import accepted
from floorlead.checks.records import CardWords, CheckList, Item
from floorlead.widgets.line import Line
from floorlead.words import N_, _

LEFT_CELLS = 27
_COLUMNS = (
    ("#", 2, "right"), (N_("Item"), 19, "left"), (N_("Sev"), 3, "center"), (N_("Pts"), 3, "right"),
    (N_("Due"), 5, "left"), (N_("Answer"), 13, "left"),
)  # fmt: skip


def usable(card: CardWords) -> bool:
    """Whether the card looks at something that is kept here."""
    return bool(card.lists) and all(one.subject in lists.SUBJECTS for one in card.lists)


def head() -> Line:
    """The titles of the columns on the right."""
    line = Line().put("  ")
    for title, size, align in _COLUMNS:
        line.col(_(title), size, align, "head").put(" ")
    return line


def drawn(number: int, one: CheckList, item: Item | None, *, here: bool) -> Line:
    """A line on the right: a list's name and how long it is, or an item of it."""
    style, go = "cursor" if here else "", f"item:{number}"
    line = Line().put("> " if here else "  ", style, go)
    if item is None:
        return line.put(one.shown, style or "bold", go).put("  " + _extent(one), "dim", go)
    place = str(one.items.index(item) + 1)
    texts = (place, item.shown, item.severity, str(item.points), item.due, accepted(item))
    for text, (_title, size, align) in zip(texts, _COLUMNS, strict=True):
        line.col(text, size, align, style, go).put(" ", "", go)
    return line


def _extent(one: CheckList) -> str:
    pages = len(rules.pages(one.items))
    count = _("{count} items").format(count=len(one.items))
    return count + (", " + _("{count} pages").format(count=pages) if pages > 1 else "")


def beside(left: list[Line], right: list[Line], number: int) -> Line:
    """A line of the screen: what stands on the left and what on the right of it."""
    line = left[number].cropped(LEFT_CELLS) if number < len(left) else Line().to(LEFT_CELLS)
    return line.add(right[number]) if number < len(right) else line
