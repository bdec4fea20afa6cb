"""Reading a rota in from the page: where the file lies, what it would do, and only then one action that does it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from floorlead.rota import importplan
from floorlead.rota.importplan import Import
from floorlead.store import Refused
from floorlead.tables.fetching import fetch
from floorlead.text import wrap
from floorlead.widgets import clockbox
from floorlead.widgets.choose import Choice, Entry, Form
from floorlead.widgets.keys import Bind
from floorlead.widgets.line import Line
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.store import Store
    from floorlead.widgets.desk import Desk
    from floorlead.widgets.page import Page

LARGEST = 5_000_000
"""Bytes of a file that is still looked at: some years of a large showroom."""
SHOWN = 9
"""Lines of the plan in the box."""


def planned(store: Store, typed: str) -> Import:
    """The plan for the file at a typed or pasted path. Raises Refused."""
    return importplan.found_in(store, fetch(typed, "E228", LARGEST, _("{path} is too large for a rota"))[1])


class ImportFile(Form):
    """Where the file lies."""

    def heading(self) -> str:
        """What it is about."""
        return _("Read a rota in (CSV, XLSX)")

    def entries(self) -> Sequence[Entry]:
        """The one field."""
        return (Entry("path", N_("File"), 500),)

    def lines(self, cells: int) -> list[Line]:
        """The field, and what the file should look like."""
        told = _("CSV or XLSX: date,person,shift,locked; a desk slot: date,slot,holder,substitute. ~ is your home.")
        return [*super().lines(cells), Line(), *(Line().put("  " + part, "dim") for part in wrap(told, cells - 4))]

    def save(self) -> None:
        """Look into the file and go on to what it would do. Raises Refused."""
        path = self.values.get("path", "")
        planned(self.page.store, path)
        self.close()
        self.desk.open("rota_preview", {"path": path})


class Preview(Choice):
    """What the file would do, with each refused line and its reason; 1 does it."""

    def __init__(self, desk: Desk, page: Page, args: dict[str, Any]) -> None:
        super().__init__(desk, page, args)
        self.trouble, self.plan = "", Import((), (), 0, ())
        try:
            self.plan = planned(page.store, args["path"])
        except Refused as refused:
            self.trouble = str(refused)

    def heading(self) -> str:
        """Which file."""
        return _("Read in {file}").format(file=Path(self.args["path"].strip().strip("'\"")).name)

    def intro(self, cells: int) -> list[Line]:
        """The numbers, the refused lines, the changes."""
        lines = [self.trouble] if self.trouble else importplan.told(self.plan, SHOWN)
        return [Line().put(" " + part) for text in lines for part in wrap(text, cells - 2)]

    def choices(self) -> Sequence[str]:
        """Take it over, where there is something to take over."""
        return (_("Take over, one action"),) if self.plan.does_something else ()

    def binds(self) -> Sequence[Bind]:
        """The keys; with nothing to take over only the way back."""
        return super().binds() if self.choices() else self.KEYS

    def take(self, number: int) -> None:
        """Carry out what was shown; a file or a rota that changed meanwhile is shown again first. Raises Refused."""
        store, shown = self.page.store, self.plan
        self.plan = planned(store, self.args["path"])
        if self.plan != shown:
            raise Refused("E229", _("The file or the rota changed meanwhile; look again, then 1"))
        first = shown.first()
        if clockbox.asked(self.desk):
            return
        if self.desk.do(lambda: importplan.carry_out(store, shown)) or self.desk.queue:
            self.close()
            self.page.enter()
            if first:
                self.page.go_to(f"{first.isoformat()}/0")
