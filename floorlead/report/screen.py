"""F9: the day report. Everything in it is there already; the leader writes her remarks and seals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, ClassVar

from floorlead.finding import matches
from floorlead.paper.model import Paper
from floorlead.paper.text import as_text
from floorlead.report import brief, dialogs, printing, queries, trail
from floorlead.report.brief import REMARK_CELLS, VIEWS, Spot, open_points
from floorlead.report.records import Report
from floorlead.report.sheet import draw
from floorlead.store.undo import Change
from floorlead.tasks import queries as task_queries
from floorlead.text import as_many
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line
from floorlead.widgets.page import Command, Dialog, Hit, Page, TextField
from floorlead.words import N_, _

PREVIEW = 1
"""The view that shows the day's paper."""

TASK = (bind("space", "Space", N_("done"), changes=True), bind("-", "-", N_("drop"), changes=True))
TYPING = (bind("enter", "Enter", N_("done"), changes=True, effect="text row"), bind("escape", "Esc", N_("back")))


class ReportPage(Page):
    """The day's report: brief to work in, preview as the paper."""

    name = "report"
    key = "f9"
    word = N_("Report")
    finds = "rb ribao report"
    TABLES = ("days", "tasks", "reports", "reopens", "prints")
    DIALOGS: ClassVar[dict[str, type[Dialog]]] = {
        "print": dialogs.PrintReport, "reopen": dialogs.Reopen, "void": dialogs.Void, "lines": dialogs.Lines, "task": dialogs.TaskForm,
        "weather": dialogs.Weather, "week": dialogs.PrintWeek,
    }  # fmt: skip

    def __init__(self, desk: Any) -> None:
        super().__init__(desk)
        self.view = 0
        self.cursor = 0
        self.kept = ("remarks", 0)
        """The section the cursor stands in and how far down there: lines above come and go with the day."""
        self.top = 0
        self.typing: str | None = None
        self.report: Report | None = None
        self.spots: list[Spot] = []
        self.paper: list[str] = []
        self._remarks_y = 0

    @property
    def day(self) -> date:
        """The business day."""
        return self.store.today()

    # -- reading

    def enter(self) -> None:
        place = self._place()
        self.report = queries.current(self.store, self.day)
        tasks = task_queries.open_until(self.store, self.day + timedelta(days=1))
        self.spots = brief.spots(self.report, tasks)
        self._stand(*place)
        self.paper = as_text(self._shown_paper()).splitlines() if self.view else []

    def _shown_paper(self) -> Paper:
        """What the views behind the first show: the day's paper, the week's."""
        assert self.report
        return draw(self.report) if self.view == 1 else printing.week_paper(self.store)

    def _place(self) -> tuple[str, int]:
        """Where the cursor stands, whatever comes to stand above it."""
        if not self.spots:
            return self.kept
        section = self.spots[self.cursor].section
        return section, self.cursor - next(n for n, spot in enumerate(self.spots) if spot.section == section)

    def _stand(self, section: str, down: int) -> None:
        """Put the cursor into a section, so far down as it still goes."""
        inside = [n for n, spot in enumerate(self.spots) if spot.section == section] or [len(self.spots) - 1]
        self.cursor = inside[min(down, len(inside) - 1)]

    def next_view(self) -> None:
        self._commit()
        self.view = (self.view + 1) % len(VIEWS)
        self.top = 0
        self.enter()

    # -- drawing

    def title(self, cells: int) -> Line:
        assert self.report
        return brief.title(self.report, self.view)

    def body(self, cells: int, height: int) -> list[Line]:
        assert self.report
        if self.view:
            self.top = max(0, min(self.top, len(self.paper) - height))
            return [Line().put(text) for text in self.paper[self.top : self.top + height]]
        lines, starts = brief.lines(self.report, self.spots, self.cursor or 0, typing=self.typing is not None)
        at = starts[self.cursor]
        self.top = max(0, min(self.top, at - 1, len(lines) - height + 1))
        self.top = max(self.top, at + 3 - height, 0)
        self._remarks_y = 2 + starts[-1] - self.top
        return [
            *lines[self.top : self.top + height - 1],
            brief.addressed(self.report, self.store),
        ]

    def warning(self, cells: int) -> Line:
        assert self.report
        if self.view == len(VIEWS) - 1:
            return Line()
        if self.report.sealed:
            after = brief.changed_since(self.report, queries.live(self.store, self.day))
            if after:
                return Line().put(" " + _("changed since the seal: {sections}").format(sections=after), "warn")
            return Line().put(" " + _("sealed; ^P prints again or opens it again with a reason"))
        waiting = open_points(self.report)
        return Line().put(" " + (_("still open: {points}").format(points=as_many(waiting, 60)) if waiting else ""))

    def field(self) -> TextField | None:
        if self.typing is None or self.view:
            return None
        return TextField("remarks", 2, self._remarks_y, REMARK_CELLS, self.typing, queries.REMARKS_LIMIT)

    def typed(self, value: str) -> None:
        self.typing = value

    # -- keys

    def binds(self) -> Sequence[Bind]:
        paper, again = (
            bind("ctrl+p", "^P", N_("print") if self.view == len(VIEWS) - 1 else N_("print/seal")),
            bind("f9", "F9", VIEWS[(self.view + 1) % len(VIEWS)]),
        )
        if self.typing is not None:
            return (*TYPING, paper)
        if self.view:
            write = (bind("enter", "Enter", N_("write"), changes=True, effect="text"),) if self.view == PREVIEW else ()
            scroll = bind(("up", "down", "pageup", "pagedown"), "Up/Dn", N_("scroll"))
            return (*write, scroll, paper, again, bind("f1", "F1", N_("help")))
        spot = self.spots[self.cursor] if self.spots else None
        enter = {"remarks": N_("write"), "task": N_("edit")}.get(spot.kind if spot else "", N_("lines"))
        task = TASK if spot and spot.task else ()
        words = N_("remarks: write; a number: its lines; a task: edit")
        behind = bind("enter", "Enter", enter, changes=True, help=words, effect="box text page")
        return (
            *((behind,) if spot and trail.leads(spot) else ()), *task,
            bind(("insert", "+"), "Ins", N_("task"), changes=True), bind("tab", "Tab", N_("next part")), paper, again,
            bind("1", "1", N_("weather"), changes=True), bind("f1", "F1", N_("help")),
        )  # fmt: skip

    def press(self, key: str) -> bool:
        if self.typing is not None:
            return self._press_typing(key)
        if self.view:
            return self._press_preview(key)
        steps = {"up": -1, "down": 1, "pageup": -10, "pagedown": 10, "home": -999, "end": 999}
        if key in steps:
            self.cursor = max(0, min(self.cursor + steps[key], len(self.spots) - 1))
        elif key in ("tab", "backtab"):
            self._next_part(1 if key == "tab" else -1)
        elif key == "enter":
            self._open_spot()
        elif key in ("insert", "+"):
            self.desk.open("task", {"values": {"due": (self.day + timedelta(days=1)).isoformat()}})
        elif key == "1":
            self.desk.open("weather", brief.weather_args(self.report))
        elif key in ("space", "-"):
            self._task_key(key)
        else:
            return False
        return True

    def _press_typing(self, key: str) -> bool:
        """Whatever ends the typing keeps it; Esc and Enter stay here, other keys go on to what they do."""
        if key in ("up", "down", "tab", "backtab", "enter", "escape"):
            self._commit()
            return self.typing is not None or key in ("enter", "escape") or self.press(key)
        if key.startswith(("f", "ctrl+")) and len(key) > 1:
            self._commit()
            return False
        return True

    def _press_preview(self, key: str) -> bool:
        steps = {"up": -1, "down": 1, "pageup": -15, "pagedown": 15, "home": -999, "end": 999}
        if key == "escape" or (key == "enter" and self.view == PREVIEW):
            self.view, self.top = 0, 0
            self.enter()
            if key == "enter":
                self.cursor = len(self.spots) - 1
                self._open_spot()
        elif key in steps:
            self.top += steps[key]
        else:
            return False
        return True

    def _commit(self) -> None:
        """Save what was typed as the day's remarks."""
        if self.typing is None:
            return
        text = self.typing
        if self.desk.do(lambda: queries.put_day(self.store, self.day, "remarks", text)):
            self.typing = None
            self.enter()

    def _next_part(self, by: int) -> None:
        names = [spot.section for spot in self.spots]
        order = list(dict.fromkeys(names))
        here = order.index(names[self.cursor])
        self.cursor = names.index(order[(here + by) % len(order)])

    def _open_spot(self) -> None:
        spot = self.spots[self.cursor]
        if spot.kind == "remarks":
            self._write_remarks()
        elif spot.task:
            self.desk.open("task", brief.task_args(spot.task))
        elif spot.section == "head":
            self.press("1")
        elif lines := list(spot.said.source or trail.rows(self.store, self.day, spot.section)):
            said = spot.said
            self.desk.open(
                "lines", {"title": said.text.strip(), "lines": lines, "page": said.page, "place": said.place}
            )
        elif spot.said.page:
            self.desk.go(spot.said.page, spot.said.place)

    def _write_remarks(self) -> None:
        assert self.report
        if self.report.sealed:
            self.desk.say(_("The report is sealed; ^P opens it again with a reason"))
        else:
            self.typing = self.report.sections["remarks"]["text"]

    def _task_key(self, key: str) -> None:
        task = self.spots[self.cursor].task
        if task is None:
            self.desk.say(_("Space ticks a task; the cursor is on none"))
            return
        self.desk.do(lambda: (task_queries.tick if key == "space" else task_queries.drop)(self.store, task))
        self.enter()

    def click(self, do: str) -> None:
        kind, _sep, rest = do.partition(":")
        if kind == "view":
            self._commit()
            self.view, self.top = int(rest), 0
            self.enter()
        elif kind == "spot":
            self.cursor = int(rest)

    # -- finding, undo, place

    def hits(self, typed: str) -> list[Hit]:
        if not self.spots:
            self.enter()
        found = []
        for spot in self.spots:
            if spot.task and matches(typed, f"{spot.task.text.lower()} | {spot.task.owner.lower()}"):
                found.append(Hit(spot.task.text, _("task"), self.name, f"task:{spot.task.id}"))
        return found

    def go_to(self, place: str) -> None:
        self.view = 0
        self.enter()
        wanted = place.removeprefix("task:")
        self.cursor = next((n for n, s in enumerate(self.spots) if s.task and str(s.task.id) == wanted), self.cursor)

    def show_changes(self, changes: Sequence[Change]) -> None:
        tasks = [change.row for change in changes if change.table == "tasks"]
        if tasks:
            self.go_to(f"task:{tasks[-1]}")

    def state(self) -> dict[str, Any]:
        return {"view": self.view, "place": self._place(), "typing": self.typing, "day": self.day.isoformat()}

    def restore(self, state: dict[str, Any]) -> None:
        if state.get("day") == self.day.isoformat():
            self.view, self.typing = int(state["view"]), state["typing"]
            section, down = state["place"]
            self.kept = (str(section), int(down))

    def commands(self) -> list[Command]:
        commands = [
            Command(N_("Print today's report"), "dyrb dayin ribao", lambda: self.desk.go_and_open(self.name, "print")),
            Command(N_("Week of the showroom"), "zb zhoubao hz week", self._show_week),
            Command(N_("New task"), "rw xrw renwu task", self._new_task),
        ]
        if queries.is_closed(self.store, self.day):
            commands.append(
                Command(
                    N_("Open the sealed report again"),
                    "ck chongkai reopen",
                    lambda: self.desk.go_and_open(self.name, "reopen"),
                )
            )
        return commands

    def _show_week(self) -> None:
        self.desk.go(self.name)
        self.view, self.top = len(VIEWS) - 1, 0
        self.enter()

    def _new_task(self) -> None:
        self.desk.go(self.name)
        self.press("insert")

    def print_dialog(self) -> tuple[str, dict[str, Any]] | None:
        self._commit()
        return ("print", {}) if self.view < len(VIEWS) - 1 else ("week", {})
