"""The question whether the clock is right: 1 says so, anything else leaves it to be set first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from floorlead.doubt import doubt, is_right
from floorlead.text import wrap
from floorlead.widgets.choose import Choice
from floorlead.widgets.line import Line
from floorlead.words import _

if TYPE_CHECKING:
    from floorlead.widgets.desk import Desk


class ClockBox(Choice):
    """Only 1 and Esc do anything; with `args["leaves"]` Esc ends the program, so that nothing is entered under it."""

    def alive(self) -> bool:
        return bool(doubt(self.store))

    def heading(self) -> str:
        return _("Is the clock right?")

    def intro(self, cells: int) -> list[Line]:
        why = _("What is entered now carries this day. Esc, set the clock of this computer, and come back.")
        return [Line().put(" " + part) for text in (doubt(self.store), why) for part in wrap(text, cells - 2)] + [
            Line()
        ]

    def choices(self) -> Sequence[str]:
        return (_("the clock is right"),)

    def take(self, number: int) -> None:
        is_right(self.store)
        self.close()
        self.desk.page.enter()

    def press(self, key: str) -> bool:
        if key == "escape" and self.args.get("leaves"):
            self.desk.leave(0)
            return True
        return super().press(key) or key != "ctrl+q"


def asked(desk: Desk) -> bool:
    """Ask about a clock that cannot be right, before a seal, an import or the close of a month; whether it was asked."""
    if desk.store.reading or not doubt(desk.store):
        return False
    desk.open("clock", {})
    return True
