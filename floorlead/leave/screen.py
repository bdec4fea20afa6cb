"""Leave: what comes, what is asked for, what is over, what is left of the year, when none is granted.

A decision is one digit in the box that first shows what it means; Ctrl+Z takes it back with the desk.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from floorlead.duty import lists
from floorlead.duty.records import Leave
from floorlead.finding import matches
from floorlead.leave import board, decide, dialogs, moves, notes, queries
from floorlead.leave.records import Balance, Closure
from floorlead.people import queries as people_queries
from floorlead.people.records import Person
from floorlead.text import wrap
from floorlead.widgets.grid import Cell, Grid
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line
from floorlead.widgets.page import Command, Dialog, Hit, Page
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.store.undo import Change
    from floorlead.widgets.desk import Desk

COMING, ASKED, PAST, BALANCES, CLOSED = range(5)
VIEWS = (N_("to come"), N_("asked"), N_("past"), N_("balances"), N_("closed days"))
NEW = bind(("insert", "+"), "Ins", N_("new"), changes=True, help=N_("leave is asked for; the next box decides"))
OPEN = bind(
    "enter", "Enter", N_("decide, withdraw"), help=N_("what it means, then a digit decides; granted: 2 back early")
)
VIEW = bind(("tab", "backtab"), "Tab", N_("view"))
KIND = bind(("left", "right"), "L/R", N_("kind"))
YEAR = bind(("1", "2", "3"), "1-3", N_("last, this, next year"), effect="view same")
ALLOW = bind("enter", "Enter", N_("days a year"), changes=True)
SHUT = bind(("insert", "+"), "Ins", N_("close days"), changes=True, help=N_("no leave is granted on them"))
EDIT = bind("enter", "Enter", N_("edit"), changes=True)
OPENED = bind("-", "-", N_("open again"), changes=True)
HELP = bind("f1", "F1", N_("help"))


class LeavePage(Page):
    """Leave in five views."""

    name = "leave"
    key = ""
    word = N_("Leave")
    finds = "qj qingjia leave"
    TABLES = ("leaves", "leave_allowances", "closed_to_leave")
    DIALOGS: ClassVar[dict[str, type[Dialog]]] = {
        "leave": dialogs.LeaveForm, "decide": decide.Decide, "refuse": decide.Refuse, "early": decide.Early, "allow": dialogs.AllowForm,
        "close": dialogs.CloseForm,
    }  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.view, self.kind, self.year = COMING, 0, self.store.today().year
        self.lists: list[list[Leave]] = [[], [], []]
        self.shut: list[Closure] = []
        self.people: list[Person] = []
        self.everybody: dict[int, Person] = {}
        self.own: dict[tuple[int, str], Balance] = {}
        self.grid = Grid((), self)

    # -- reading

    def enter(self) -> None:
        """Read what the view shows; the counts of the first two always."""
        today = self.store.today()
        self.lists[COMING], self.lists[ASKED] = queries.upcoming(self.store, today), queries.asked(self.store, today)
        self.everybody = {one.id: one for one in people_queries.everybody(self.store)}
        self.people = [one for one in self.everybody.values() if one.on_cards and one.works_on(today)]
        if self.view == PAST:
            self.lists[PAST] = queries.past(self.store, today)
        if self.view == BALANCES:
            self.own = queries.balances(self.store, self.year, self.people)
        self.shut = queries.closures(self.store, today)
        book = lists.book(self.store)
        self.grid.columns = (
            board.balance_columns(book) if self.view == BALANCES
            else board.closed_columns() if self.view == CLOSED else board.columns()
        )  # fmt: skip
        self.grid.clamp()

    def show(self, view: int) -> None:
        """Show a view from its first line."""
        self.view, self.grid.cursor = view % len(VIEWS), 0
        self.enter()

    def next_view(self) -> None:
        """The next view."""
        self.show(self.view + 1)

    def __len__(self) -> int:
        return len(self._records())

    def row(self, index: int) -> Sequence[Cell]:
        """One line's cells, made when it is in sight."""
        if self.view == CLOSED:
            return board.closed_row(index + 1, self.shut[index])
        if self.view == BALANCES:
            person = self.people[index]
            own = [self.own[person.id, kind.code] for kind in lists.book(self.store).leave_kinds()]
            return board.balance_row(index + 1, person, own, self.kind if index == self.grid.cursor else None)
        leave = self.lists[self.view][index]
        cost = sum(queries.costs(self.store, self.everybody[leave.person], leave))
        names = notes.names_of(self.everybody.values())
        return board.row(index + 1, leave, names, lists.book(self.store), cost)

    def leave(self) -> Leave | None:
        """The leave under the cursor."""
        return self.lists[self.view][self.grid.cursor] if self.view <= PAST and len(self) else None

    # -- drawing

    def title(self, cells: int) -> Line:
        """The views, the one shown marked, with their counts."""
        line = Line().put(f" {_(self.word)}  ", "title")
        counts = [str(len(self.lists[COMING])), str(len(self.lists[ASKED])), "", "", str(len(self.shut))]
        for n, (word, count) in enumerate(zip(VIEWS, counts, strict=True)):
            text = f"{_(word)} {count}".rstrip()
            line.put(f"[{text}]" if n == self.view else f" {text} ", "chip" if n == self.view else "", f"view:{n}")
        return line.put(f"  {self.year}" if self.view == BALANCES else "")

    def body(self, cells: int, height: int) -> list[Line]:
        """The lines, or what would be here."""
        if len(self):
            return [self.grid.head(cells), *self.grid.lines(cells, height - 1)]
        empty = (
            N_("Nobody has leave from today on.   Ins enters a request, F6 and 5, 6 or 7 grants it"),
            N_("Nothing is asked for and undecided.   Ins enters a request"),
            N_("No leave is over yet."), N_("Nobody is on the rota yet.   ^K people adds somebody"),
            N_("Leave may be asked for on every day.   Ins closes days, such as a motor show"),
        )  # fmt: skip
        return [Line(), *(Line().put("   " + part) for part in wrap(_(empty[self.view]), cells - 6))]

    def warning(self, cells: int) -> Line:
        """What the numbers mean."""
        if self.view == BALANCES and len(self):
            return Line().put(" " + _("taken/left in days; half a day is 0.5, days off do not count"), "dim")
        late = sum(one.first < self.store.today() for one in self.lists[ASKED])
        if late:
            return Line().put(" " + _("asked for and begun without a decision: {count}").format(count=late), "warn")
        return Line()

    # -- keys

    def binds(self) -> Sequence[Bind]:
        """The keys of the view."""
        if self.view == BALANCES:
            return (ALLOW, KIND, YEAR, VIEW, HELP) if len(self) else (VIEW, HELP)
        if self.view == CLOSED:
            return (SHUT, EDIT, OPENED, VIEW, HELP) if len(self) else (SHUT, VIEW, HELP)
        return (NEW, OPEN, VIEW, HELP) if len(self) else (NEW, VIEW, HELP)

    def press(self, key: str) -> bool:
        """Take a key."""
        if self.store.changed_elsewhere() and self._moved_away():
            return True
        if self.grid.move(key, 10):
            return True
        if key in ("tab", "backtab"):
            self.show(self.view + (1 if key == "tab" else -1))
        elif key in ("insert", "+") and self.view != BALANCES:
            self.desk.open("close" if self.view == CLOSED else "leave", {})
        elif self.view == BALANCES:
            return self._press_balances(key)
        elif self.view == CLOSED:
            return bool(len(self)) and self._press_closed(key)
        elif key == "enter" and (leave := self.leave()):
            self.desk.open("decide", {"leave": leave.id})
        else:
            return False
        return True

    def _moved_away(self) -> bool:
        """Another terminal wrote: read again and stay on the same record; returns whether it is gone."""
        before = self._ident()
        self.enter()
        idents = [one.id for one in self._records()]
        if before is None or before in idents:
            self.grid.cursor = idents.index(before) if before is not None else self.grid.cursor
            return False
        self.desk.say(_("Another terminal changed this; look again"))
        return True

    def _records(self) -> Sequence[Leave | Closure | Person]:
        """What the lines of the view stand for."""
        return self.people if self.view == BALANCES else self.shut if self.view == CLOSED else self.lists[self.view]

    def _ident(self) -> int | None:
        return self._records()[self.grid.cursor].id if len(self) else None

    def _press_balances(self, key: str) -> bool:
        kinds = lists.book(self.store).leave_kinds()
        if key in ("left", "right"):
            self.kind = (self.kind + (1 if key == "right" else -1)) % max(1, len(kinds))
        elif key in ("1", "2", "3"):
            self.year = self.store.today().year + int(key) - 2
            self.enter()
        elif key == "enter" and len(self) and kinds:
            person = self.people[self.grid.cursor]
            kind = kinds[self.kind % len(kinds)].code
            self.desk.open("allow", {"person": person.id, "kind": kind, "year": self.year})
        else:
            return False
        return True

    def _press_closed(self, key: str) -> bool:
        one = self.shut[self.grid.cursor]
        if key == "enter":
            self.desk.open("close", {"id": one.id})
        elif key == "-":
            self.desk.do(lambda: moves.open_again(self.store, one))
            self.enter()
        else:
            return False
        return True

    def click(self, do: str) -> None:
        """A click on a view, a line or a balance."""
        kind, _sep, rest = do.partition(":")
        if kind == "view":
            self.show(int(rest))
        elif kind in ("row", "kind"):
            line, _sep, place = rest.partition(":")
            self.grid.cursor, self.kind = int(line), int(place or self.kind)
            self.grid.clamp()

    # -- finding, undo, place

    def hits(self, typed: str) -> list[Hit]:
        """The people that fit, while this page is up: their next leave, their balance."""
        if self.desk.page is not self:
            return []
        found = []
        for person in self.people:
            score = matches(typed, person.search)
            at = self._line_of(person.id)
            if score and at is not None:
                found.append(Hit(person.shown, _(VIEWS[self.view]), self.name, f"line:{at}", score))
        return found

    def _line_of(self, person: int) -> int | None:
        lines = self.people if self.view == BALANCES else () if self.view == CLOSED else self.lists[self.view]
        idents = [one.id if isinstance(one, Person) else one.person for one in lines]
        return idents.index(person) if person in idents else None

    def go_to(self, place: str) -> None:
        """Go to a leave by id wherever it stands, to a line (`line:3`) or a view (`asked`)."""
        kind, _sep, rest = place.partition(":")
        if kind == "line":
            self.grid.cursor = int(rest)
            self.grid.clamp()
        elif kind == "asked":
            self.show(ASKED)
        else:
            self._find(int(place))

    def _find(self, ident: int) -> None:
        for view in (self.view if self.view <= PAST else COMING, COMING, ASKED, PAST):
            if view != self.view:
                self.show(view)
            at = next((n for n, one in enumerate(self.lists[view]) if one.id == ident), None)
            if at is not None:
                self.grid.cursor = at
                return

    def show_changes(self, changes: Sequence[Change]) -> None:
        """Go to the leave, the balance or the closed days that changed."""
        tables = {change.table for change in changes}
        if "leaves" in tables:
            self._find(next(change.row for change in changes if change.table == "leaves"))
        elif "leave_allowances" in tables:
            self.show(BALANCES)
        elif tables:
            self.show(CLOSED)

    def state(self) -> dict[str, Any]:
        """The view and the line."""
        return {"view": self.view, "line": self.grid.cursor, "kind": self.kind, "year": self.year}

    def restore(self, state: dict[str, Any]) -> None:
        """Take them up again."""
        self.view, self.grid.cursor = int(state.get("view", 0)) % len(VIEWS), int(state.get("line", 0))
        self.kind, self.year = int(state.get("kind", 0)), int(state.get("year", self.year))

    def commands(self) -> list[Command]:
        """What the command list offers."""

        def shows(view: int) -> None:
            self.desk.go(self.name)
            self.show(view)

        def new() -> None:
            self.desk.go_and_open(self.name, "leave")

        return [
            Command(N_("Enter leave"), "qj qingjia leave", new),
            Command(N_("Leave balances"), "jq jiaqi yue balance", lambda: shows(BALANCES)),
            Command(N_("Days closed to leave"), "bz bupi closed", lambda: shows(CLOSED)),
        ]
