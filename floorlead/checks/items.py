"""What the cards ask: which cards are used, and each item's words, points, due time and range.

A change is for the cards still to come; a card that was begun keeps the words it was made with.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from floorlead.checks import lists
from floorlead.checks.itemform import ItemForm
from floorlead.checks.itemrows import LEFT_CELLS, beside, drawn, head, usable
from floorlead.checks.records import CardWords, CheckList, Item
from floorlead.widgets.grid import Cell, Column, Grid, Rows
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line
from floorlead.widgets.page import Dialog, Hit, Page
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.store.undo import Change
    from floorlead.widgets.desk import Desk

CARDS, ITEMS = 0, 1
SWITCH = bind("space", "Space", N_("switch"), changes=True, help=N_("use this card from today on, or no longer"))
INTO = bind("enter", "Enter", N_("items"), effect="view cursor")
EDIT = bind("enter", "Enter", N_("edit"), changes=True)
ADD = bind(("insert", "+"), "Ins", N_("add"), changes=True, help=N_("a new item at the end of this list"))
REMOVE = bind("-", "-", N_("take off"), changes=True, help=N_("take the item off; past cards keep it"))
SIDE = bind(("tab", "backtab", "left", "right"), "Tab", N_("side"), help=N_("the cards, or the card's items"))

Entry = tuple[CheckList, Item | None]
"""A line on the right: a list's heading (no item), or an item of it."""


class ItemsPage(Page):
    """The cards on the left, the items of one of them on the right."""

    name = "items"
    key = ""
    word = N_("Check items")
    finds = "xm xiangmu jcx items"
    TABLES = ("check_lists", "check_items")
    DIALOGS: ClassVar[dict[str, type[Dialog]]] = {"item": ItemForm}

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.side = CARDS
        self.at = 0
        """The line on the right that the cursor stands on."""
        self.top = 0
        self.cards: list[CardWords] = []
        self.grid = Grid(())

    # -- reading

    def enter(self) -> None:
        """Read the cards again."""
        self.cards = lists.every(self.store)
        self.grid.columns = [Column(_("Card"), 18), Column(_("Used"), 4)]
        self.grid.source = Rows([self._card_cells(card) for card in self.cards])
        self.grid.clamp()
        self._clamp()

    def _card_cells(self, card: CardWords) -> list[Cell]:
        sign = (_("yes") if card.is_on else _("no")) if usable(card) else "-"
        style = "" if usable(card) and card.is_on else "dim"
        return [Cell(card.shown, style), Cell(sign, style or "bold")]

    @property
    def card(self) -> CardWords:
        """The card under the cursor."""
        return self.cards[self.grid.cursor]

    def entries(self) -> list[Entry]:
        """The lines on the right: each list with its items."""
        return [(one, item) for one in self.card.lists for item in (None, *one.items)]

    def entry(self) -> Entry | None:
        """The line on the right under the cursor."""
        found = self.entries()
        return found[self.at] if self.at < len(found) else None

    def _clamp(self) -> None:
        self.at = max(0, min(self.at, len(self.entries()) - 1)) if self.cards else 0

    # -- drawing

    def title(self, cells: int) -> Line:
        """How many cards are used."""
        line = Line().put(f" {_(self.word)}   ", "title")
        on = sum(card.is_on and usable(card) for card in self.cards)
        return line.put(_("{on} of {all} cards on").format(on=on, all=len(self.cards)))

    def body(self, cells: int, height: int) -> list[Line]:
        """Cards and items beside each other, and the item under the cursor in full below."""
        if not self.cards:
            return [Line(), Line().put("   " + _("No card in checklists.toml; take the file away to have them back"))]
        rows = height - 3
        left = [self.grid.head(LEFT_CELLS), *self.grid.lines(LEFT_CELLS, rows, active=self.side == CARDS)]
        right = [head(), *self._right(rows)]
        count = max(len(left), len(right))
        lines = [beside(left, right, n) for n in range(count)]
        return [*lines, Line(), Line().put("   " + self._detail()).cropped(cells - 1)]

    def _right(self, rows: int) -> list[Line]:
        entries = self.entries()
        self.top = max(0, min(self.top, self.at, len(entries) - rows), self.at - rows + 1)
        shown = range(self.top, min(len(entries), self.top + rows))
        return [drawn(n, *entries[n], here=self.side == ITEMS and n == self.at) for n in shown]

    def _detail(self) -> str:
        found = self.entry() if self.side == ITEMS else None
        if found is None or found[1] is None:
            return "" if usable(self.card) else _("{card}: its rows are not kept here yet").format(card=self.card.shown)
        return f"{found[1].short}   {found[1].long}"

    def warning(self, cells: int) -> Line:
        """What a change does not touch."""
        return Line().put(" " + _("Past cards keep their words; today's card too, once it was begun."), "dim")

    # -- keys

    def binds(self) -> Sequence[Bind]:
        """The keys of the side."""
        if not self.cards:
            return (bind(("f10", "ctrl+k"), "^K", N_("commands")),)
        return (SWITCH, INTO, ADD, SIDE) if self.side == CARDS else (SWITCH, EDIT, ADD, REMOVE, SIDE)

    def press(self, key: str) -> bool:
        """Take a key."""
        if not self.cards:
            return False
        if key in ("tab", "backtab", "left", "right"):
            self.side = {"left": CARDS, "right": ITEMS}.get(key, 1 - self.side)
        elif key == "space":
            self._switch()
        elif key in ("insert", "+"):
            self.desk.open("item", {"list": self._list().code})
        elif self.side == CARDS:
            return self._press_card(key)
        else:
            return self._press_item(key)
        return True

    def _press_card(self, key: str) -> bool:
        if self.grid.move(key, 10):
            self.at = self.top = 0
        elif key == "enter":
            self.side = ITEMS
        else:
            return False
        return True

    def _press_item(self, key: str) -> bool:
        steps = {"up": -1, "down": 1, "pageup": -10, "pagedown": 10, "home": -(10**6), "end": 10**6}
        found = self.entry()
        if key in steps:
            self.at += steps[key]
            self._clamp()
        elif key == "enter" and found:
            self.desk.open("item", {"list": found[0].code, **({"code": found[1].code} if found[1] else {})})
        elif key == "-" and found and found[1]:
            self._remove(found[0], found[1])
        else:
            return False
        return True

    def _list(self) -> CheckList:
        found = self.entry()
        return found[0] if self.side == ITEMS and found else self.card.lists[-1]

    def _switch(self) -> None:
        card = self.card
        if not usable(card):
            self.desk.say(_("{card}: its rows are not kept here yet").format(card=card.shown))
            return
        self.desk.do(lambda: lists.switch(self.store, card))
        self.enter()

    def _remove(self, one: CheckList, item: Item) -> None:
        if len(one.items) == 1:
            self.desk.say(_("The last item of a list stays; Space switches the card off"))
            return
        self.desk.do(lambda: lists.remove_item(self.store, one, item))
        self.enter()

    def click(self, do: str) -> None:
        """A click on a card or an item."""
        kind, _sep, rest = do.partition(":")
        if kind == "row":
            self.side, self.grid.cursor, self.at = CARDS, int(rest), 0
        elif kind == "item":
            self.side, self.at = ITEMS, int(rest)
        self._clamp()

    # -- finding, undo, place

    def hits(self, typed: str) -> list[Hit]:
        """The items whose words begin so; only on this page, where they are what is looked for."""
        if self.desk.page is not self:
            return []
        wanted = typed.lower()
        return [
            Hit(item.shown, f"{card.shown}  {one.shown}", self.name, f"{one.code}|{item.code}", 4)
            for card in self.cards
            for one in card.lists
            for item in one.items
            if item.zh.startswith(wanted) or any(word.startswith(wanted) for word in item.en.lower().split())
        ]

    def go_to(self, place: str) -> None:
        """Go to an item by `list|code`, or to a list by its code."""
        code, _sep, item = place.partition("|")
        for n, card in enumerate(self.cards):
            if any(one.code == code for one in card.lists):
                self.grid.cursor, self.side = n, ITEMS
                entries = [(one.code, found.code if found else "") for one, found in self.entries()]
                self.at = entries.index((code, item)) if (code, item) in entries else entries.index((code, ""))
                return

    def show_changes(self, changes: Sequence[Change]) -> None:
        """Go to the card or item that changed."""
        values = (changes[-1].new or changes[-1].old) if changes else None
        if not values:
            return
        if changes[-1].table == "check_lists":
            self.grid.cursor = next((n for n, c in enumerate(self.cards) if c.code == values[1]), self.grid.cursor)
            self.side = CARDS
        else:
            self.go_to(f"{values[1]}|{values[2]}")

    def state(self) -> dict[str, Any]:
        """The card, the side and the line."""
        return {"card": self.grid.cursor, "side": self.side, "at": self.at}

    def restore(self, state: dict[str, Any]) -> None:
        """Take them up again."""
        self.side = int(state.get("side", CARDS)) % 2
        self.grid.cursor, self.at = int(state.get("card", 0)), int(state.get("at", 0))
