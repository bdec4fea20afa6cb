"""The one box that shows a customer's telephone number in full: why is asked and noted first, 20 seconds, then it closes.

The number is never kept anywhere but in the customer's row: not in the box's arguments, so that a restart hides it.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from floorlead.access import moves as access
from floorlead.customers import notes, queries
from floorlead.customers.records import Customer
from floorlead.store import Refused
from floorlead.text import clean
from floorlead.widgets.choose import Choice
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line
from floorlead.widgets.ownwords import OwnWords
from floorlead.widgets.page import Page, TextField
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.widgets.desk import Desk

SECONDS = 20
"""How long the number stands there."""
TICK = 1.0
WHY_LIMIT = 40
REASONS = (N_("call back"), N_("make an appointment"), N_("hand-over"), N_("complaint"), N_("check the entry"))
"""Why a number is wanted, by digit; the digit behind them is for other words."""


class RevealBox(OwnWords, Choice):
    """Why, then the number. Own words where no digit fits."""

    def __init__(self, desk: Desk, page: Page, args: dict[str, Any]) -> None:
        super().__init__(desk, page, args)
        self.until = 0.0
        """When the number is hidden again, by the monotonic clock; 0 while it is hidden."""

    def _customer(self) -> Customer | None:
        return queries.get(self.page.store, int(self.args["customer"]))

    def alive(self) -> bool:
        return self._customer() is not None and not (self.until and self.left() <= 0)

    def left(self) -> int:
        """Seconds that the number still stands there."""
        return round(self.until - time.monotonic())

    def heading(self) -> str:
        one = self._customer()
        return _("Number of {name}").format(name=notes.name_of(one)) if one else ""

    def intro(self, cells: int) -> list[Line]:
        one = self._customer()
        if one is None:
            return []
        if self.until:
            return [Line(), Line().put("   " + _grouped(one.phone), "bold"), Line()]
        return [Line().put(" " + _("Why? It is noted who looked, when and why."), "dim")]

    def outro(self, cells: int) -> list[Line]:
        if self.until:
            return [Line().put(" " + _("closes in {seconds} s, or with any key").format(seconds=self.left()), "dim")]
        if self.typing:
            return [Line().put(" " + _("Why") + " ", "cursor").put("_" * WHY_LIMIT, "dim")]
        return []

    def choices(self) -> Sequence[str]:
        return () if self.until or self.typing else [*map(_, REASONS), _("in your own words")]

    def field(self) -> TextField | None:
        if self.until or not self.typing:
            return None
        return TextField("why", 4 + Line().put(_("Why")).cells, self.origin + 1, WHY_LIMIT, self.words, WHY_LIMIT)

    def takes_words(self) -> bool:
        return not self.until

    def binds(self) -> Sequence[Bind]:
        if self.until:
            return (bind("escape", "Esc", N_("hide")),)
        enter = (bind("enter", "Enter", N_("show")),) if self.typing else ()
        return (*enter, *super().binds())

    def press(self, key: str) -> bool:
        if self.until:
            self.close()
            return True
        return self.press_words(key) if self.typing else super().press(key)

    def enter_words(self, text: str) -> None:
        self._show(clean(text, WHY_LIMIT))

    def take(self, number: int) -> None:
        if number > len(REASONS):
            self.begin_words()
        else:
            self._show(_(REASONS[number - 1]))

    def _show(self, why: str) -> None:
        """Note who looks and why, then show. Raises Refused without a reason or a number."""
        one, store = self._customer(), self.page.store
        if one is None or not one.phone:
            raise Refused("E330", _("No number was left"))
        if not why:
            raise Refused("E331", _("Say why the number is wanted"))
        if self.desk.do(lambda: access.note(store, "reveal", [("customers", one.id)], why), quiet=True):
            self.forget_words()
            self.until = time.monotonic() + SECONDS
            self._wait(None)

    def _wait(self, _slept: object) -> None:
        """Draw again every second; close when the time is over."""
        if not self.alive():
            self.close()
        elif self in self.desk.stacks[self.page.name]:
            self.desk.later(lambda: time.sleep(TICK), self._wait)


def _grouped(phone: str) -> str:
    """A mobile number as it is read aloud: 138 0000 0001."""
    return f"{phone[:3]} {phone[3:7]} {phone[7:]}" if len(phone) == 11 else phone
