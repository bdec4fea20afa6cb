"""The boxes of writing out: which list, and where it goes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from floorlead.exchange.lists import LISTS
from floorlead.exchange.writing import usual_path
from floorlead.store import Refused
from floorlead.text import wrap
from floorlead.widgets.choose import Entry, Form
from floorlead.widgets.keys import Bind, bind, digits
from floorlead.widgets.line import Line
from floorlead.widgets.page import Dialog
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.exchange.screen import ExchangePage


class Lists(Dialog):
    """Which list is to be written."""

    @property
    def at(self) -> int:
        """The list under the cursor."""
        return int(self.args.get("at", 0)) % len(LISTS)

    def heading(self) -> str:
        return _("Export a list")

    def lines(self, cells: int) -> list[Line]:
        lines = []
        for n, one in enumerate(LISTS.values()):
            style = "cursor" if n == self.at else ""
            line = Line().put("> " if n == self.at else "  ", "cursor", f"row:{n}")
            line.put(f"{n + 1} " if n < 9 else "  ", "key", f"row:{n}")
            lines.append(line.put(_(one.word), style, f"row:{n}"))
        return lines

    def binds(self) -> Sequence[Bind]:
        return (
            bind(digits(1, 9), "1-9", N_("choose")), bind("enter", "Enter", N_("choose")),
            bind(("up", "down"), "Up/Dn", N_("move")), *super().binds(),
        )  # fmt: skip

    def press(self, key: str) -> bool:
        if key in ("up", "down", "tab", "backtab"):
            self.args["at"] = self.at + (1 if key in ("down", "tab") else -1)
        elif key == "enter":
            self._choose(self.at)
        elif key.isdigit() and len(key) == 1 and key != "0":
            self._choose(int(key) - 1)
        elif key == "escape":
            self.close()
        else:
            return False
        return True

    def click(self, do: str) -> None:
        kind, _sep, rest = do.partition(":")
        if kind == "row":
            self._choose(int(rest))

    def _choose(self, number: int) -> None:
        name = list(LISTS)[number]
        self.close()
        self.desk.open("to", {"list": name, "values": {"path": str(usual_path(self.store, name))}})


class ExportTo(Form):
    """Where the list goes."""

    def heading(self) -> str:
        word = LISTS[str(self.args["list"])].word
        return _("Export {what}").format(what=_(word))

    def entries(self) -> Sequence[Entry]:
        return (Entry("path", N_("File"), 500),)

    def lines(self, cells: int) -> list[Line]:
        said = _("The name's end decides: .csv or .xlsx. A file of this name is replaced. Phones are masked.")
        return [*super().lines(cells), Line(), *(Line().put(f"  {part}", "dim") for part in wrap(said, cells - 4))]

    def save(self) -> None:
        typed = self.values.get("path", "").strip().strip("'\"")
        if not typed:
            raise Refused("E180", _("Name a file, ending in .csv or .xlsx"))
        try:
            path = Path(typed).expanduser()
        except RuntimeError as error:
            raise Refused("E180", _("{path} is no place for a file").format(path=typed)) from error
        cast("ExchangePage", self.page).export(self.args["list"], path, self)
