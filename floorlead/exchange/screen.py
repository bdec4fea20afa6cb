"""Files in and out: what can be read in and written out, each a small walk of boxes over this page.

Reading, planning and entering go on beside the keys; what is carried out is what was shown.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

from floorlead.exchange import dialogs, forms, work
from floorlead.exchange.work import Job, Looked
from floorlead.store import Refused
from floorlead.text import wrap
from floorlead.widgets import clockbox
from floorlead.widgets.grid import Cell, Column, Grid, Rows
from floorlead.widgets.keys import Bind, bind, digits
from floorlead.widgets.line import Line
from floorlead.widgets.page import Command, Dialog, Page
from floorlead.words import N_, _

PEOPLE, EXPORT = "people", "export"
TICK_SECONDS = 0.1
"""From one drawing of the progress to the next."""
ACTS = (
    (N_("Import cars"), "drcl daorucheliang import cars", N_("the dealer system's list of cars")),
    (N_("Import orders"), "drdd daorudingdan import orders", N_("open orders with customers, papers and their cars")),
    (N_("Import sales"), "drxs daoruxiaoshou import sales", N_("past sales, for the order advice")),
    (N_("Import people"), "drry daorurenyuan import people", N_("the staff")),
    (N_("Export a list"), "dcqd daochuqingdan export list", N_("any list as CSV or XLSX, phones masked")),
    (N_("Import customers"), "drkh daorukehu import customers", N_("prospects with grade, advisor and next day")),
    (N_("Import visits"), "drld daorulaidian import visits", N_("visits and calls of past days")),
)
WAYS = ("cars", "orders", "sales", PEOPLE, EXPORT, "customers", "visits")
"""What each digit does: the kind of list that comes in, or one of the other two."""


class ExchangePage(Page):
    """The ways in and out."""

    name = "exchange"
    key = ""
    word = N_("Files")
    finds = "wj wenjian dr daoru dc daochu files"
    TABLES = ("import_maps",)
    KEYS = (
        bind(digits(1, len(ACTS)), f"1-{len(ACTS)}", N_("choose")), bind("enter", "Enter", N_("choose")),
        bind(("up", "down"), "Up/Dn", N_("move")),
    )  # fmt: skip
    DIALOGS: ClassVar[dict[str, type[Dialog]]] = {
        "file": dialogs.ImportFile, "columns": dialogs.Columns, "plan": dialogs.Preview, "working": dialogs.Working,
        "lists": forms.Lists, "to": forms.ExportTo,
    }  # fmt: skip

    def __init__(self, desk: Any) -> None:
        super().__init__(desk)
        self.grid = Grid(())
        self.job: Job | None = None
        self.looked: dict[str, Looked] = {}
        self.enter()

    def enter(self) -> None:
        self.grid.columns = (Column("", 2), Column("", 20), Column("", 52))
        rows = [
            [Cell(str(n), "key"), Cell(_(word)), Cell(_(told), "dim")] for n, (word, _f, told) in enumerate(ACTS, 1)
        ]
        self.grid.source = Rows(rows)

    def body(self, cells: int, height: int) -> list[Line]:
        told = _("CSV in UTF-8 or GB 18030, or XLSX. All or nothing, a backup first, taken back by ^Z.")
        return [
            Line(),
            *self.grid.lines(cells, len(ACTS)),
            Line(),
            *(Line().put(f"   {t}", "dim") for t in wrap(told, 72)),
        ]

    def binds(self) -> Sequence[Bind]:
        return self.KEYS

    def press(self, key: str) -> bool:
        if self.grid.move(key, 3):
            return True
        if key == "enter":
            self.begin(self.grid.cursor + 1)
        elif key.isdigit() and 1 <= int(key) <= len(ACTS):
            self.grid.cursor = int(key) - 1
            self.begin(int(key))
        else:
            return False
        return True

    def click(self, do: str) -> None:
        kind, _sep, rest = do.partition(":")
        if kind == "row" and rest.isdigit():
            self.press(str(int(rest) + 1))

    def begin(self, number: int) -> None:
        """Begin one of the ways."""
        way = WAYS[number - 1]
        if way == PEOPLE:
            self.desk.go_and_open("people", "import")
        elif way == EXPORT:
            self.desk.open("lists")
        else:
            self.desk.open("file", {"kind": way})

    def commands(self) -> list[Command]:
        def runs(number: int) -> Callable[[], None]:
            def run() -> None:
                if self.desk.page is not self:
                    self.desk.go(self.name)
                self.begin(number)

            return run

        return [Command(word, finds, runs(n)) for n, (word, finds, _t) in enumerate(ACTS, 1) if WAYS[n - 1] != PEOPLE]

    def state(self) -> dict[str, Any]:
        return {"at": self.grid.cursor}

    def restore(self, state: dict[str, Any]) -> None:
        self.grid.cursor = int(state.get("at", 0))

    # -- work beside the keys

    def run(self, word: str, act: Callable[[Job], Any], done: Callable[[Any], None]) -> None:
        """Do work beside the keys under a box that tells how far it is; `done` gets its result or its refusal."""
        if self.job is not None:
            return
        job = self.job = Job(word)
        self.show("working", {})

        def finish(result: Any) -> None:
            self.job = None
            self.desk.stacks[self.name][:] = [
                d for d in self.desk.stacks[self.name] if not isinstance(d, dialogs.Working)
            ]
            done(result)

        self.desk.later(work.refusing(lambda: act(job)), finish)
        self._tick(None)

    def _tick(self, _slept: object) -> None:
        """Draw again after a moment, as long as there is work."""
        if self.job is not None:
            self.desk.later(lambda: time.sleep(TICK_SECONDS), self._tick)

    def show(self, name: str, args: dict[str, Any]) -> None:
        """Open a box over this page, also when another one is up meanwhile."""
        self.desk.stacks[self.name].append(self.DIALOGS[name](self.desk, self, args))

    # -- reading in

    def look(
        self, kind: str, path: str, columns: Mapping[str, int] | None, form: dialogs.ImportFile | None = None
    ) -> None:
        """Look into a file and go on to what it would do, or to its columns."""

        def done(result: Any) -> None:
            if isinstance(result, Refused):
                if form is not None:
                    form.error = str(result)
                else:
                    self.desk.trouble = str(result)
                return
            if form is not None:
                form.close()
            self._looked(result)

        place, clock = self.store.path, self.store.clock
        self.run(_("Reading"), lambda job: work.look(place, clock, kind, path, columns, job), done)

    def _looked(self, found: Looked) -> None:
        args: dict[str, Any] = {"kind": found.kind, "path": found.path, "columns": dict(found.columns)}
        if found.plan is None:
            self.show("columns", args | {"headings": list(found.headings), "sample": list(found.sample)})
            return
        self.looked = {key_of(args): found}
        self.show("plan", args)

    def seen(self, args: Mapping[str, Any]) -> Looked:
        """What a file would do, from the last look; looked at now after a restart. Raises Refused."""
        found = self.looked.get(key_of(args))
        if found is None:
            job = Job("")
            found = work.look(self.store.path, self.store.clock, args["kind"], args["path"], args["columns"], job)
            self.looked = {key_of(args): found}
        return found

    def carry_out(self, preview: dialogs.Preview, found: Looked, partial: bool) -> None:
        """Enter what was shown; the box stays where it was refused or stopped."""
        if clockbox.asked(self.desk):
            return

        def done(result: Any) -> None:
            if isinstance(result, Refused):
                self.desk.trouble = str(result)
                self.looked = {}
                return
            preview.close()
            self.desk.do(lambda: self._adopt(result))
            self.desk.page.enter()

        self.run(_("Making a backup"), lambda job: work.enter(self.store, found, partial, job), done)

    def _adopt(self, last: tuple[str, dict[str, Any]] | None) -> None:
        """What the thread wrote counts as this terminal's own last action."""
        self.store.last = last
        self.store.writes += 1

    # -- writing out

    def export(self, name: str, path: Path, form: forms.ExportTo) -> None:
        """Write a list to a file and say where it is."""

        def done(result: Any) -> None:
            if isinstance(result, Refused):
                form.error = str(result)
                return
            form.close()
            self.desk.say(_("{count} rows written: {path}").format(count=result, path=path))

        place, clock = self.store.path, self.store.clock
        self.run(_("Writing"), lambda job: work.export(place, clock, name, path, job), done)


def key_of(args: Mapping[str, Any]) -> str:
    """What a look is kept under."""
    return json.dumps([args["kind"], args["path"], args["columns"]], sort_keys=True)
