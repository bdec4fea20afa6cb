"""The box over the check items: an item's words in both languages, how it is judged and when it is due.

The code of an item is made once, from its English words, and never changes: marks of past cards are known by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from floorlead.checks import lists
from floorlead.checks.records import CheckList, Item
from floorlead.record import replace
from floorlead.store import Refused, Store
from floorlead.text import as_number, clean, fold, width
from floorlead.widgets.choose import Entry, Form
from floorlead.widgets.page import Page
from floorlead.words import N_, _, pick

if TYPE_CHECKING:
    from floorlead.widgets.desk import Desk

COLUMN_CELLS, MOST_POINTS = 6, 99
TICK, NUMBER = "tick", "number"
SEVERITIES = (("R", N_("R at once")), ("Y", N_("Y today")), ("G", N_("G a note")))
_TIME = re.compile(r"([01]?\d|2[0-3]):?([0-5]\d)")


class ItemForm(Form):
    """An item of a list: new without a code, else the one with it."""

    def __init__(self, desk: Desk, page: Page, args: dict[str, Any]) -> None:
        super().__init__(desk, page, args)
        if not self.values:
            self.values.update(values_of(self._item()))
            args["was"] = dict(self.values)

    def _list(self) -> CheckList:
        every = (one for card in lists.every(self.page.store) for one in card.lists)
        return next(one for one in every if one.code == self.args["list"])

    def _item(self) -> Item:
        """The item as it stands now; a new one is due as the others are."""
        items = self._list().items
        dues = {item.due for item in items}
        new = Item("", "", "", points=1, due=dues.pop() if len(dues) == 1 else "")
        return next((item for item in items if item.code == self.args.get("code")), new)

    def heading(self) -> str:
        """Which list, which item."""
        return "  ".join((self._list().shown, self._item().shown or _("a new item")))

    def entries(self) -> Sequence[Entry]:
        """The fields; the range only for an answer in numbers."""
        words = (
            Entry("zh", N_("Chinese"), 20), Entry("en", N_("English"), 30),
            Entry("short_zh", N_("Column zh"), 6, hint=N_("at most 6 cells; empty = the words above")),
            Entry("short_en", N_("Column en"), 6, hint=N_("at most 6 cells; empty = the words above")),
            Entry("long_zh", N_("In full zh"), 80), Entry("long_en", N_("In full en"), 120),
            Entry("severity", N_("Severity"), choices=SEVERITIES), Entry("points", N_("Points"), 2),
            Entry("due", N_("Due"), 5, hint=N_("such as 09:00; empty = never late")),
            Entry("answer", N_("Answer"), choices=((TICK, N_("tick")), (NUMBER, N_("number")))),
        )  # fmt: skip
        bounds = (
            Entry("low", N_("From"), 12, hint=N_("empty = no lower end")),
            Entry("high", N_("To"), 12, hint=N_("empty = no upper end")),
            Entry("unit", N_("Unit"), 8), Entry("unit_en", N_("Unit en"), 8),
        )  # fmt: skip
        return (*words, *bounds) if self.values.get("answer") == NUMBER else words

    def standing(self) -> Mapping[str, str] | None:
        """The item as it stands now."""
        return values_of(self._item()) if self.args.get("code") and self._item().code else None

    def save(self) -> None:
        """Save the item as one action; what another terminal changed meanwhile is not overwritten."""
        store, one, before = self.page.store, self._list(), self._item()
        if self.args.get("code") and not before.code:
            sentence = _("{name} was changed by another terminal meanwhile; look again")
            raise Refused("E43", sentence.format(name=before.shown or self.args["was"]["en"]))
        item = item_from(self.values, before, in_columns=one.subject != "day")
        if not item.code:
            item = replace(item, code=new_code(item.en, codes_used(store, one)))
        if self.desk.do(lambda: lists.save_item(store, one, item)) or self.desk.queue:
            self.close()
            self.page.enter()
            self.page.go_to(f"{one.code}|{item.code}")


def values_of(item: Item) -> dict[str, str]:
    """An item as the form's texts."""
    texts = ("zh", "en", "short_zh", "short_en", "long_zh", "long_en", "severity", "due", "answer", "unit", "unit_en")
    ends = {name: number_text(getattr(item, name)) for name in ("low", "high")}
    return {**{name: getattr(item, name) for name in texts}, "points": str(item.points), **ends}


def item_from(values: dict[str, str], old: Item, *, in_columns: bool) -> Item:
    """The item that the form's texts make of an old one. Raises Refused with the one thing that is wrong.

    `in_columns` tells that its words head a column, which has six cells.
    """
    text = {name: clean(value, 120) for name, value in values.items()}
    number = text["answer"] == NUMBER
    item = replace(
        old, zh=text["zh"], en=text["en"], short_zh=text["short_zh"], short_en=text["short_en"],
        long_zh=text["long_zh"], long_en=text["long_en"], severity=text["severity"], points=_points(text["points"]),
        due=_due(text["due"]), answer=text["answer"], low=_end(text["low"]) if number else None,
        high=_end(text["high"]) if number else None, unit=text["unit"] if number else "",
        unit_en=text["unit_en"] if number else "",
    )  # fmt: skip
    for words in (item.short_zh or item.zh, item.short_en or item.en) if in_columns else ():
        if width(words) > COLUMN_CELLS:
            sentence = _("'{words}' takes {cells} cells; a column title has at most 6")
            raise Refused("E87", sentence.format(words=words, cells=width(words)))
    return item


def _points(typed: str) -> int:
    text = fold(typed).strip() or "0"
    if not (text.isascii() and text.isdigit() and int(text) <= MOST_POINTS):
        raise Refused("E88", _("Write the points as a whole number from 0 to 99"))
    return int(text)


def _due(typed: str) -> str:
    text = fold(typed).strip()
    match = _TIME.fullmatch(text)
    if text and match is None:
        raise Refused("E73", _("Write the time as 08:30"))
    return f"{int(match[1]):02}:{match[2]}" if match else ""


def _end(typed: str) -> float | None:
    value = as_number(typed)
    if value is None and typed.strip():
        raise Refused("E69", _("That is no number; write it as 12.4"))
    return value


def number_text(value: float | None) -> str:
    """A number as it is typed: `60`, `1.5`; empty for None."""
    if value is None:
        return ""
    return str(int(value)) if value == int(value) else repr(value)


def accepted(item: Item) -> str:
    """What is answered: a tick, or a number and from where to where it is good."""
    if not item.is_number:
        return _("tick")
    return f"{number_text(item.low)}-{number_text(item.high)} {pick(item.unit, item.unit_en or item.unit)}".strip()


def codes_used(store: Store, one: CheckList) -> set[str]:
    """The codes that a list has or ever had: those shipped, those there now, those removed."""
    shipped = {item.code for card in lists.shipped(store) for same in card.lists if same.code == one.code
               for item in same.items}  # fmt: skip
    edited = {code for (code,) in store.rows("SELECT code FROM check_items WHERE list = ?", one.code)}
    return shipped | edited | {item.code for item in one.items}


def new_code(english: str, used: Iterable[str]) -> str:
    """A code for a new item, never used in its list: from the English words, else i and a number."""
    taken = set(used)
    made = re.sub(r"[^a-z0-9]+", "_", english.lower()).strip("_")[:24]
    tries = [made, *(f"{made}_{n}" for n in range(2, len(taken) + 3))] if made else []
    tries += [f"i{n}" for n in range(1, len(taken) + 2)]
    return next(code for code in tries if code not in taken)
