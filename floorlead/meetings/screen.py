"""The morning and the evening meeting: read down the lines, Space ticks what was read out or settled, Enter answers.

Nothing here is typed twice: what is promised becomes a task, what is predicted a forecast, what is read out is ticked.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from floorlead.finding import matches, search_words
from floorlead.meetings import board, dialogs, moves, queries
from floorlead.meetings.records import Kind, Member, Point, Sheet, Sort
from floorlead.people import queries as people_queries
from floorlead.targets import moves as target_moves
from floorlead.targets.records import FORECAST, MEASURE_WORDS
from floorlead.tasks import queries as tasks
from floorlead.widgets.keys import Bind, bind, digits
from floorlead.widgets.line import Line
from floorlead.widgets.page import Command, Dialog, Hit, Page
from floorlead.words import N_, _

if TYPE_CHECKING:
    from datetime import date

    from floorlead.store.undo import Change
    from floorlead.widgets.desk import Desk

NOON = 13
"""Hour from which the evening meeting is shown first."""
KINDS = tuple(Kind)
TICK = bind("space", "Space", N_("tick"), changes=True, help=N_("begin or end; read out, settled, all here acknowledged; again takes it back"))  # fmt: skip
ENTER = bind(
    "enter", "Enter", N_("answer"), changes=True, help=N_("the answer, the good case, the cause, a prediction")
)
PREDICT = bind(digits(0, 9), "0-9", N_("predict"), changes=True, help=N_("orders or deliveries the consultant predicts; the same again takes it back"))  # fmt: skip
COLUMN = bind(("left", "right"), "L/R", N_("column"), help=N_("orders or deliveries, for the digits"))
ACT = bind(("insert", "+"), "Ins", N_("action"), changes=True, help=N_("an action with owner and day becomes a task"))
OTHER = bind(("tab", "backtab"), "Tab", N_("other meeting"))
PRINT = bind("ctrl+p", "^P", N_("print"))
STEPS = {"up": -1, "down": 1, "pageup": -10, "pagedown": 10, "home": -(10**6), "end": 10**6}


class MeetingsPage(Page):
    """The two meetings of the day."""

    name = "meetings"
    key = ""
    word = N_("Meetings")
    finds = "chenhui ch xh xihui meeting"
    TABLES = ("meetings", "meeting_ticks")
    DIALOGS: ClassVar[dict[str, type[Dialog]]] = dialogs.DIALOGS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.kind = self._usual()
        self.here = board.STATE
        """The key of the point under the cursor."""
        self.column = FORECAST[0]
        self.top = 0
        self.sheet: Sheet | None = None
        self.entries: list[board.Entry] = []

    def _usual(self) -> Kind:
        return Kind.MORNING if self.store.clock.now().hour < NOON else Kind.EVENING

    @property
    def day(self) -> date:
        """The business day."""
        return self.store.today()

    # -- reading

    def enter(self) -> None:
        """Read the meeting again; the cursor stays on its point."""
        self.sheet = queries.sheet(self.store, self.day, self.kind)
        self._lay()

    def _lay(self) -> None:
        self.entries = board.entries(self.read(), self.column)
        keys = [entry.point.key for entry in self.entries if entry.point]
        self.here = self.here if self.here in keys else board.STATE

    def arrive(self) -> None:
        """Coming from another page: in the morning the morning's, later the evening's."""
        self._show(self._usual())

    def read(self) -> Sheet:
        """The meeting as it was read last."""
        if self.sheet is None:
            self.enter()
        assert self.sheet
        return self.sheet

    def _show(self, kind: Kind) -> None:
        self.kind, self.here, self.top = kind, board.STATE, 0
        self.enter()

    def next_view(self) -> None:
        """The other meeting."""
        self._show(KINDS[1 - KINDS.index(self.kind)])

    @property
    def point(self) -> Point:
        """The point under the cursor."""
        self.read()
        return next(entry.point for entry in self.entries if entry.point and entry.point.key == self.here)

    # -- drawing

    def title(self, cells: int) -> Line:
        """The two meetings, and how many points are ticked."""
        line = Line().put(f" {_(self.word)}  ", "title").add(board.kinds(self.kind))
        points = self.read().points()
        done = sum(point.done or point.key in self.read().meeting.ticks for point in points)
        return line.put("   " + _("ticked {done}/{all}").format(done=done, all=len(points)))

    def body(self, cells: int, height: int) -> list[Line]:
        """The lines around the cursor."""
        self.read()
        at = next(n for n, entry in enumerate(self.entries) if entry.point and entry.point.key == self.here)
        last = at if any(entry.point for entry in self.entries[at + 1 :]) else len(self.entries) - 1
        self.top = max(0, min(self.top, at, len(self.entries) - height))
        self.top = max(self.top, last - height + 1)
        shown = list(enumerate(self.entries))[self.top : self.top + height]
        return [board.pointed(entry, n == at, n) for n, entry in shown]

    def warning(self, cells: int) -> Line:
        """What the digits set, or what the marks mean."""
        if self.read().members and not any(one.wanted for one in self.read().members):
            return Line().put(" " + _("No target is set for this month: ^K targets"), "warn")
        if self.kind is Kind.MORNING and self.point.sort is Sort.PERSON:
            word = _(MEASURE_WORDS[self.column])
            return Line().put(" " + _("A digit: predicted {what}; L/R the other column").format(what=word), "dim")
        return Line().put(" " + _("v read out or settled   ! presses   what is promised: Ins, owner and day"), "dim")

    # -- keys

    def binds(self) -> Sequence[Bind]:
        """The keys of the point."""
        sort = self.point.sort
        if sort is Sort.PERSON:
            some: tuple[Bind, ...] = (PREDICT, COLUMN, ENTER) if self.kind is Kind.MORNING else (TICK, ENTER)
        else:
            some = (TICK,) if sort is Sort.STATE else (TICK, ENTER)
        return (*some, ACT, OTHER, PRINT)

    def press(self, key: str) -> bool:
        """Take a key."""
        if self.store.changed_elsewhere():
            self.enter()
        point = self.point
        predicts = self.kind is Kind.MORNING and point.sort is Sort.PERSON
        if key in ("tab", "backtab"):
            self.next_view()
        elif key in STEPS:
            self._move(STEPS[key])
        elif key in ("insert", "+"):
            self.desk.open("action", {"owner": point.words if point.sort is Sort.PERSON else ""})
        elif key in ("left", "right") and predicts:
            self.column = FORECAST[1 - FORECAST.index(self.column)]
            self._lay()
        elif predicts and len(key) == 1 and key.isdecimal():
            self._predict(point.ident, int(key))
        elif key == "enter" and point.sort is not Sort.STATE:
            self._answer(point)
        elif key == "space":
            self._tick(point)
        else:
            return False
        return True

    def _move(self, step: int) -> None:
        keys = [entry.point.key for entry in self.entries if entry.point]
        at = max(0, min(keys.index(self.here) + step, len(keys) - 1))
        self.here = keys[at]

    def member(self, ident: int) -> Member | None:
        """A consultant of the sheet."""
        return next((one for one in self.read().members if one.person == ident), None)

    def _predict(self, ident: int, number: int) -> None:
        """The digit is the prediction, the same again takes it back; then one down."""
        one = self.member(ident)
        person = next(p for p in people_queries.everybody(self.store) if p.id == ident)
        again = one is not None and one.predicted.get(self.column) == number
        said = {self.column: None if again else number}
        self._do(lambda: target_moves.predict(self.store, self.day, person, said))

    def _answer(self, point: Point) -> None:
        if point.sort is Sort.PERSON and self.kind is Kind.MORNING:
            self.desk.open("predict", {"person": point.ident})
        elif point.sort is Sort.CAUSE:
            due = [one.key.partition(":")[2] for one in self.read().points() if one.sort is Sort.CAUSE]
            self.desk.open("cause", {"measures": due})
        elif point.sort is Sort.PRAISE:
            self.desk.open("praise", {})
        elif point.sort is Sort.TRAINING:
            self.desk.go("training")
        else:
            self.desk.open("answer", {"item": point.key})

    def _tick(self, point: Point) -> None:
        """What Space means on a point: the meeting, a task, a notice, a cause, else a tick of the meeting's own."""
        store, day, kind = self.store, self.day, self.kind
        if point.sort is Sort.STATE:
            self._do(lambda: moves.begin_or_end(store, day, kind))
        elif point.sort in (Sort.TASK, Sort.ACTION):
            self._settle(point.ident)
        elif point.sort is Sort.NOTICE and point.late:
            self._do(lambda: moves.acknowledge(store, day, point.ident))
        elif point.sort is Sort.CAUSE:
            self._answer(point)
        elif point.sort is not Sort.PERSON or kind is Kind.EVENING:
            self._do(lambda: moves.tick(store, day, kind, point.key, point.words))
            self._move(1)

    def _settle(self, ident: int) -> None:
        """Tick a task as done now, or open it again."""
        found = [*tasks.open_all(self.store), *tasks.done_on(self.store, self.day)]
        task = next((one for one in found if one.id == ident), None)
        if task is not None:
            self._do(lambda: tasks.tick(self.store, task))

    def _do(self, act: Any) -> None:
        self.desk.do(act)
        self.enter()

    def click(self, do: str) -> None:
        """A click on a meeting or a line."""
        kind, _sep, rest = do.partition(":")
        if kind == "kind":
            self._show(Kind(rest))
        elif kind == "row" and (point := self.entries[int(rest)].point):
            self.here = point.key

    # -- finding, undo, place

    def hits(self, typed: str) -> list[Hit]:
        """The consultants, while this page is up."""
        if self.desk.page is not self:
            return []
        scored = [(matches(typed, search_words(one.name)), one) for one in self.read().members]
        return [Hit(one.name, _(self.word), self.name, f"person:{one.person}", score) for score, one in scored if score]

    def go_to(self, place: str) -> None:
        """Go to `morning`, `evening` or a point by its key."""
        if place in [kind.value for kind in KINDS]:
            self._show(Kind(place))
        elif any(entry.point and entry.point.key == place for entry in self.entries):
            self.here = place

    def show_changes(self, changes: Sequence[Change]) -> None:
        """Go to the point that was ticked or unticked."""
        found = [values[2] for change in changes if change.table == "meeting_ticks"
                 for values in (change.new or change.old,) if values]  # fmt: skip
        for key in found:
            if not any(entry.point and entry.point.key == key for entry in self.entries):
                self.next_view()
            self.go_to(str(key))

    def state(self) -> dict[str, Any]:
        """The meeting, the point, the column."""
        return {"kind": self.kind.value, "here": self.here, "column": self.column}

    def restore(self, state: dict[str, Any]) -> None:
        """Take them up again."""
        self.kind, self.here = Kind(state.get("kind", self.kind.value)), str(state.get("here", board.STATE))
        self.column = FORECAST[list(FORECAST).index(state.get("column", FORECAST[0]))]

    def commands(self) -> list[Command]:
        """What the command list offers."""

        def show() -> None:
            self.desk.go_and_open(self.name, "print")

        return [Command(N_("Print the meeting's sheet"), "dy dayin chenhui xihui meeting", show)]

    def print_dialog(self) -> tuple[str, dict[str, Any]] | None:
        """The sheet of either meeting."""
        return ("print", {})
