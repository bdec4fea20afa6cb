"""The rota into files from the page: a table, calendars for the phones, lines for the chat group, written at a digit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, cast

from floorlead.rota import exporting, queries
from floorlead.store import Refused
from floorlead.text import wrap
from floorlead.widgets.choose import Choice
from floorlead.widgets.line import Line
from floorlead.words import _

if TYPE_CHECKING:
    from floorlead.rota.screen import RotaPage

SHOWN = 8
"""Files named in the box."""


class FileBox(Choice):
    """Which file of the days shown."""

    @property
    def below(self) -> RotaPage:
        """The page below."""
        return cast("RotaPage", self.page)

    def heading(self) -> str:
        """Which days."""
        stretch = self.below.read()
        return _("Rota into files: {first} to {last}").format(first=stretch.first, last=stretch.last)

    def choices(self) -> Sequence[str]:
        """The forms."""
        return (
            _("table (CSV), which can be read in again"), _("workbook (XLSX)"),
            _("a calendar for each phone (ICS)"), _("lines for the chat group: the days shown"),
            _("lines for the chat group: tomorrow"),
        )  # fmt: skip

    def outro(self, cells: int) -> list[Line]:
        """Where they lie."""
        folder = exporting.folder_of(self.page.store)
        told = _("They are written to {folder}").format(folder=folder)
        return [Line().put(" " + part, "dim") for part in wrap(told, cells - 2)]

    def take(self, number: int) -> None:
        """Write the files and say where; what is for the chat is shown as well. Raises Refused."""
        stretch, tomorrow = self.below.read(), self.page.store.today() + timedelta(days=1)
        first, last = (tomorrow, tomorrow) if number == 5 else (stretch.first, stretch.last)
        form = exporting.FORMS[min(number, 4) - 1]
        self.close()
        self._write(form, first, last)

    def _write(self, form: str, first: date, last: date) -> None:
        store = self.page.store
        try:
            paths = exporting.write(store, form, first, last)
        except Refused as refused:
            self.desk.trouble = str(refused)
            return
        if not paths:
            self.desk.say(_("Nobody is on the rota in these days"))
            return
        more = "  " + _("and {count} more").format(count=len(paths) - 1) if len(paths) > 1 else ""
        self.desk.say(_("Written: {path}").format(path=paths[0]) + more)
        if form == "chat":
            text = exporting.chat_text(store, queries.read(store, first, last))
            lines = [part for line in text.splitlines() for part in wrap(line or " ", 72)]
            self.desk.open("text", {"title": _("For the chat group"), "lines": lines})
