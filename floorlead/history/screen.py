"""The history page: every action of a day, newest first; left and right go through the days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from floorlead import clock
from floorlead.store import log
from floorlead.store.undo import changes_of
from floorlead.widgets.grid import Cell, Column, Grid, Rows
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line
from floorlead.widgets.page import Page
from floorlead.words import N_, _

KINDS = {
    "do": "",
    "undo": N_("undo"),
    "redo": N_("redo"),
    "note": N_("note"),
    "seal": N_("seal"),
    "reopen": N_("reopen"),
}
TABLE_WORDS = {
    "marks": N_("mark"), "cards": N_("card"), "card_rows": N_("row"), "card_passes": N_("rest-pass"), "card_words": N_("words"),
    "people": N_("person"), "attendance": N_("attendance"), "furniture": N_("spot"), "tasks": N_("task"), "days": N_("day"),
    "settings": N_("setting"), "reports": N_("report"), "prints": N_("print"), "check_lists": N_("card"),
    "check_items": N_("check item"), "reopens": N_("reopen"), "templates": N_("template"),
    "models": N_("model"), "cars": N_("car"), "car_aliases": N_("old VIN"), "car_events": N_("story"),
    "drives": N_("test drive"), "stand_ins": N_("stand-in"), "orders": N_("order"), "order_steps": N_("paper"),
    "sales": N_("sale"), "announcements": N_("announcement"), "announced_cars": N_("announced car"),
    "advices": N_("order advice"), "calendar_days": N_("calendar day"), "stocktakes": N_("Stock-take"),
    "stocktake_marks": N_("counted car"), "import_maps": N_("columns"),
}  # fmt: skip
MOST = 2000
_PHONE = re.compile(r"\b(1\d{2})\d{4}(\d{4})\b")


class HistoryPage(Page):
    """The log of one day."""

    name = "history"
    key = ""
    word = N_("History")
    finds = "ls lishi history log"

    def __init__(self, desk: Any) -> None:
        super().__init__(desk)
        self.back = 0
        self.grid = Grid(())
        self.actions: list[log.Action] = []

    @property
    def day(self) -> date:
        """The day that is shown."""
        return self.store.today() - timedelta(days=self.back)

    def enter(self) -> None:
        self.actions = log.actions(self.store, self.day, MOST)
        self.grid.columns = (Column(_("Time"), 5), Column(_("By"), 10), Column(_("What"), 48), Column(_("Kind"), 8))
        self.grid.source = Rows([self._row(action) for action in self.actions])

    def _row(self, action: log.Action) -> list[Cell]:
        time = log.local_time(self.store, action.at)
        return [Cell(time), Cell(action.by), Cell(action.words()), Cell(_(KINDS[action.kind]), "dim")]

    def title(self, cells: int) -> Line:
        told = _("{count} entries").format(count=len(self.actions))
        return (
            Line().put(f" {_(self.word)}   ", "title").put(f"{self.day} {clock.weekday(self.day)}   ", "bold").put(told)
        )

    def body(self, cells: int, height: int) -> list[Line]:
        if not self.actions:
            return [Line(), Line().put("   " + _("Nothing was entered on this day.   Left: the day before"))]
        return [self.grid.head(cells), *self.grid.lines(cells, height - 1)]

    def binds(self) -> Sequence[Bind]:
        scroll = (bind(("up", "down", "pageup", "pagedown"), "Up/Dn", N_("scroll")),) if len(self.actions) > 1 else ()
        details = (bind("enter", "Enter", N_("details")),) if self.actions else ()
        return (
            *scroll, bind(("left", "right"), "L/R", N_("day")), *details, bind("f2", "F2", N_("Today")), bind("f1", "F1", N_("help")),
        )  # fmt: skip

    def press(self, key: str) -> bool:
        if key in ("left", "right"):
            self.back = max(0, self.back + (1 if key == "left" else -1))
            self.grid.cursor = 0
            self.enter()
        elif key == "enter" and self.actions:
            self._details(self.actions[self.grid.cursor])
        else:
            return self.grid.move(key, 15)
        return True

    def _details(self, action: log.Action) -> None:
        lines = [
            f"{_(TABLE_WORDS.get(c.table, c.table))} {c.row}:  {_side(c.old)}  ->  {_side(c.new)}"
            for c in changes_of(self.store, action.seq)
        ]
        self.desk.open("listing", {"title": f"{action.seq} {action.words()}", "lines": lines[:500]})

    def click(self, do: str) -> None:
        if do.startswith("row:"):
            self.grid.cursor = int(do[4:])

    def state(self) -> dict[str, Any]:
        return {"cursor": self.grid.cursor}

    def restore(self, state: dict[str, Any]) -> None:
        self.grid.cursor = int(state.get("cursor", 0))


def _side(values: list[Any] | None) -> str:
    """A row's values; a phone is masked as everywhere."""
    told = "-" if values is None else " ".join(str(v) for v in values[1:] if v not in (None, ""))
    return _PHONE.sub(r"\1****\2", told)
