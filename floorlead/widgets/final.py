"""What cannot be taken back is typed, never picked: the box says what goes, warns, and asks for something to be typed.

No draft keeps what was typed, so nothing is ever half confirmed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from floorlead.record import replace
from floorlead.store import Refused
from floorlead.text import clean, fold, wrap
from floorlead.widgets.choose import Entry, Form
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line
from floorlead.widgets.page import TextField
from floorlead.words import N_, _

INSIDE = 74
"""Cells of a line inside the box."""
SURE = N_("type it")


class Final(Form):
    """An act without undo: `wanted` is typed and Enter carries it out."""

    def told(self) -> Sequence[str]:
        """What is about to go, and that it cannot be taken back."""
        return ()

    def warned(self) -> Sequence[str]:
        """What speaks against it."""
        return ()

    def asked(self) -> str:
        """What has to be typed, in words."""
        return ""

    def wanted(self) -> str:
        """What has to be typed."""
        return ""

    def carry_out(self) -> None:
        """Do it; the box is closed by then."""

    def entries(self) -> Sequence[Entry]:
        """The one field."""
        return (Entry("sure", SURE, 40),)

    def binds(self) -> Sequence[Bind]:
        """Enter carries it out, once the right thing is typed."""
        return (bind("enter", "Enter", N_("do it for good"), changes=True), bind("escape", "Esc", N_("back")))

    def lines(self, cells: int) -> list[Line]:
        """What goes, what warns, what to type, the field."""
        return [*self._above(cells), *super().lines(cells)]

    def _above(self, cells: int) -> list[Line]:
        told = [Line().put(" " + part) for text in self.told() for part in wrap(text, cells - 2)]
        warned = [Line().put(" " + part, "warn") for text in self.warned() for part in wrap(f"!! {text}", cells - 2)]
        asked = [Line().put(" " + part, "bold") for part in wrap(self.asked(), cells - 2)]
        return [*told, *warned, Line(), *asked]

    def field(self) -> TextField | None:
        """The field, below the words."""
        found = super().field()
        return None if found is None else replace(found, y=found.y + len(self._above(INSIDE)))

    def half_typed(self) -> dict[str, Any]:
        """Nothing is kept."""
        return {}

    def save(self) -> None:
        """Carry it out where the right thing was typed. Raises Refused (E520)."""
        if _plain(self.values.get("sure", "")) != _plain(self.wanted()):
            raise Refused("E520", _("Nothing was done: {asked}").format(asked=self.asked()))
        self.close()
        self.carry_out()


def _plain(text: str) -> str:
    return clean(fold(text), 60).replace(" ", "").casefold()
