"""F8: everything that happened and everything that is still to be done, in one list; what is open goes along by itself.

A line keeps its keys wherever it comes from: Space is done, Enter writes or opens, 1 the manager was told, 2 due,
3 owner, 4 a breach of discipline. F8 again shows the month's points.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from floorlead.discipline import queries as discipline
from floorlead.finding import matches
from floorlead.log import board, dialogs, forms, keys, platebox, queries, readers, reveal, violations
from floorlead.log.gathering import Gathering, counts
from floorlead.log.lists import lists
from floorlead.log.points import Points
from floorlead.log.records import SORT_WORDS, Entry, Kind, Row, Sort
from floorlead.widgets.grid import Grid, Rows
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line
from floorlead.widgets.page import Command, Dialog, Hit, Page
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.store.undo import Change
    from floorlead.widgets.desk import Desk

LIST, POINTS = 0, 1
NEW = bind(("insert", "+"), "Ins", N_("add"), help=N_("new: a digit says what it is"))
DONE = bind("space", "Space", N_("done"), changes=True, help=N_("closed, done or withdrawn; again opens it"))
ACT = bind("enter", "Enter", N_("act"), help=N_("the story and what was done now; of others their own box"))
WHO_READ = bind("enter", "Enter", N_("who read it"), help=N_("who has read it, with the time; Space there marks one"))
TOLD = bind("1", "1", N_("boss"), changes=True, help=N_("the manager was told just now; again takes it back"))
DUE = bind("2", "2", N_("by"), help=N_("by when"))
OWNER = bind("3", "3", N_("owner"))
BREACH = bind("4", "4", N_("breach"), help=N_("a breach of discipline: then the rule's digit"))
FILTER = bind(("tab", "backtab"), "Tab", N_("filter"))
VIEW = bind("f8", "F8", N_("sums"), help=N_("the month's breaches and points; again the list"))
HELP = bind("f1", "F1", N_("help"))
MONTH = bind(("left", "right"), "L/R", N_("month"))
WITHDRAW = bind("space", "Space", N_("strike"), changes=True, help=N_("the breach counts nothing; again it counts"))
CHANGE = bind("enter", "Enter", N_("edit"))


class LogPage(Page):
    """The log's list and the month's points."""

    name = "log"
    key = "f8"
    word = N_("Log")
    finds = "tz taizhang tf tufa ts tousu log incident complaint"
    TABLES = ("entries", "entry_steps", "acknowledgements", "violations")
    DIALOGS: ClassVar[dict[str, type[Dialog]]] = {
        **dialogs.DIALOGS, **forms.DIALOGS, **readers.DIALOGS, **reveal.DIALOGS, **platebox.DIALOGS, **violations.DIALOGS,
    }  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.view = LIST
        self.filter = "open"
        self.here = ""
        """The key of the line under the cursor."""
        self.all: list[Row] = []
        self.shown: list[Row] = []
        self.counted: dict[str, int] = {}
        self.grid = Grid(())
        self.points = Points(self.store)

    # -- reading

    def enter(self) -> None:
        """Read everything again; the cursor stays with its line, what it was on before it left gives the next one."""
        self.all = Gathering(self.store).rows()
        self.counted = counts(self.all)
        if self.view == POINTS:
            self.points.read()
        self._lay()

    def _lay(self) -> None:
        self.shown = [row for row in self.all if self._passes(row)]
        today = self.store.today()
        self.grid.columns = board.columns(len(self.shown))
        self.grid.source = Rows([board.cells(n, row, today) for n, row in enumerate(self.shown, 1)])
        at = next((n for n, row in enumerate(self.shown) if row.key == self.here), None)
        if at is not None:
            self.grid.cursor = at
        self.grid.clamp()
        self.note_cursor()

    def _passes(self, row: Row) -> bool:
        if self.filter == "open":
            return row.open
        return row.today if self.filter == "today" else row.sort.value == self.filter

    def note_cursor(self) -> None:
        """Remember the line under the cursor."""
        row = self.row()
        self.here = row.key if row else ""

    def row(self) -> Row | None:
        """The line under the cursor."""
        return self.shown[self.grid.cursor] if self.shown else None

    def entry(self) -> Entry | None:
        """The entry under the cursor; None where the line is something else."""
        row = self.row()
        return queries.of(self.store, row.id) if row and row.table == "entries" else None

    def arrive(self) -> None:
        """Come from another page: the list."""
        self.view = LIST

    def next_view(self) -> None:
        """From the list to the month's points and back."""
        self.view = POINTS if self.view == LIST else LIST
        self.enter()

    # -- drawing

    def title(self, cells: int) -> Line:
        """The filters with their counts, and how many are late."""
        if self.view == POINTS:
            return self.points.title()
        if not self.counted:
            self.enter()
        return board.title(_(self.word), self.filter, self.counted)

    def body(self, cells: int, height: int) -> list[Line]:
        """The list, and the line under the cursor in full."""
        if self.view == POINTS:
            return self.points.lines(cells, height)
        row = self.row()
        if row is None:
            return board.nothing(self.filter)
        entry = self.entry()
        steps = queries.steps(self.store, [entry.id])[entry.id] if entry else []
        number = self.grid.cursor + 1
        panel = board.panel(
            row,
            number,
            entry,
            steps,
            lists(self.store),
            self.store.clock.now().replace(tzinfo=None),
            queries.called(self.store),
        )
        room = height - board.PANEL - 1
        rows = self.grid.lines(cells, room)
        rows += [Line() for _n in range(room - len(rows))]
        return [self.grid.head(cells), *rows, *panel][:height]

    def warning(self, cells: int) -> Line:
        """What presses about the line, else what Ins makes."""
        if self.view == POINTS:
            return Line()
        entry = self.entry()
        if entry and entry.open and entry.kind is Kind.NOTICE and not queries.unacknowledged(self.store, entry):
            return Line().put(" " + _("Everybody here now has read it; Space closes it"), "dim")
        return board.hint(entry, lists(self.store), self.store.clock.now().replace(tzinfo=None))

    # -- keys

    def binds(self) -> Sequence[Bind]:
        """The keys of the line under the cursor."""
        if self.view == POINTS:
            own = (WITHDRAW, CHANGE) if self.points.found else ()
            return (*own, BREACH, MONTH, bind("f8", "F8", N_("list")), HELP)
        row = self.row()
        if row is None:
            return (NEW, BREACH, FILTER, VIEW, HELP)
        more = (TOLD,) if row.table == "entries" and row.sort.value != "notice" else ()
        owned = row.table in ("entries", "tasks") and row.sort is not Sort.NOTICE
        due = (DUE, OWNER) if owned else (DUE,) if row.table == "orders" else ()
        done = (DONE,) if row.table not in ("leaves", "outings") else ()
        act = WHO_READ if row.sort is Sort.NOTICE else ACT
        return (NEW, *done, act, *more, *due, BREACH, FILTER, VIEW)

    def press(self, key: str) -> bool:
        """Take a key."""
        if self.store.changed_elsewhere():
            self.enter()
        if key == "4":
            self.desk.open("violate", {})
            return True
        if self.view == POINTS:
            return keys.on_points(self, key)
        if self.grid.move(key, 10):
            self.note_cursor()
        elif key in ("tab", "backtab"):
            self._next_filter(1 if key == "tab" else -1)
        elif key in ("insert", "+"):
            self.desk.open("new", {})
        else:
            return keys.on_line(self, key)
        return True

    def _next_filter(self, step: int) -> None:
        names = [name for name in board.FILTERS if name in ("open", "today", self.filter) or self.counted.get(name)]
        self.show(names[(names.index(self.filter) + step) % len(names)])

    def show(self, name: str) -> None:
        """Show a filter by its name."""
        self.filter = name
        self._lay()

    def click(self, do: str) -> None:
        """A click on a filter or a line."""
        kind, _sep, rest = do.partition(":")
        if kind == "filter" and rest in board.FILTERS:
            self.view = LIST
            self.show(rest)
        elif kind == "row" and self.view == POINTS:
            self.points.grid.cursor = int(rest)
            self.points.grid.clamp()
        elif kind == "row":
            self.grid.cursor = int(rest)
            self.grid.clamp()
            self.note_cursor()

    # -- finding, undo, place

    def hits(self, typed: str) -> list[Hit]:
        """The lines of today and the open ones that fit: by words, customer, owner."""
        if not self.all:
            self.enter()
        found = [(matches(typed, row.search), row) for row in self.all]
        return [
            Hit(row.text, f"{_(self.word)} {_(SORT_WORDS[row.sort])}", self.name, row.key, score, self.desk.page is self)
            for score, row in found if score
        ]  # fmt: skip

    def go_to(self, place: str) -> None:
        """Go to a line by its key (`entries:4`), or show a filter by its name."""
        self.view = LIST
        if place in board.FILTERS:
            self.show(place)
            return
        self.here = place
        row = next((row for row in self.all if row.key == place), None)
        if row and not self._passes(row):
            self.filter = "open" if row.open else "today" if row.today else row.sort.value
        self._lay()

    def show_changes(self, changes: Sequence[Change]) -> None:
        """Go to what changed; a breach of another day stands among the month's points."""
        for change in changes:
            values = change.new or change.old
            if change.table in ("entries", "violations"):
                self._go_back_to(f"{change.table}:{change.row}")
                return
            if change.table in ("entry_steps", "acknowledgements") and values:
                self._go_back_to(f"entries:{values[1]}")
                return

    def _go_back_to(self, place: str) -> None:
        table, _sep, ident = place.partition(":")
        one = discipline.of(self.store, int(ident)) if table == "violations" else None
        if one and one.day != self.store.today():
            self.view = POINTS
            self.points.read()
            self.points.stand(one.id)
        else:
            self.go_to(place)

    def state(self) -> dict[str, Any]:
        """View, filter and line."""
        return {"view": self.view, "filter": self.filter, "here": self.here, "back": self.points.back}

    def restore(self, state: dict[str, Any]) -> None:
        """Take them up again."""
        self.view, self.here = int(state.get("view", LIST)) % 2, str(state.get("here", ""))
        self.filter = state["filter"] if state.get("filter") in board.FILTERS else "open"
        self.points.back = max(0, int(state.get("back", 0)))

    def commands(self) -> list[Command]:
        """What the command list offers."""

        def opens(name: str, args: dict[str, Any]) -> None:
            self.desk.go(self.name)
            self.desk.open(name, args)

        return [
            Command(N_("Enter an incident"), "tf tufa incident", lambda: opens("entry", {"kind": "incident"})),
            Command(N_("Enter a complaint"), "ts tousu complaint", lambda: opens("entry", {"kind": "complaint"})),
            Command(N_("Enter a maker's policy"), "zc zhengce notice policy", lambda: opens("entry", {"kind": "notice"})),
            Command(N_("Note a breach of discipline"), "jl jilv discipline", lambda: opens("violate", {})),
            Command(N_("Print the day's log"), "dy dayin taizhang", lambda: opens("print", {})),
        ]  # fmt: skip

    def print_dialog(self) -> tuple[str, dict[str, Any]] | None:
        """The day's log on paper."""
        return ("print", {})
