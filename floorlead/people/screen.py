"""The people: where everybody is today, said with one key each, and the roster of all who belong here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from floorlead.finding import matches
from floorlead.people import dialogs, entry, importing, queries, rows
from floorlead.people.records import ROLE_WORDS, STATE_WORDS, Person, Presence
from floorlead.widgets.grid import Grid
from floorlead.widgets.keys import Bind, bind, digits
from floorlead.widgets.line import Line
from floorlead.widgets.page import Command, Dialog, Hit, Page
from floorlead.words import N_, _, pick

if TYPE_CHECKING:
    from floorlead.store.undo import Change
    from floorlead.widgets.desk import Desk

VIEWS = (N_("today"), N_("roster"), N_("with left"))
TODAY, ROSTER, WITH_LEFT = range(3)
MARK = bind(
    digits(1, len(entry.STATES)), f"1-{len(entry.STATES)}", N_("mark"), changes=True,
    help=N_("1 present 2 late 3 absent 4 leave 5 rest 6 outing; again = off"),
)  # fmt: skip
ADD = bind(("insert", "+"), "Ins", N_("add"), changes=True, help=N_("a new person"))
VIEW = bind(("tab", "backtab"), "Tab", N_("view"), help=N_("today, the roster, and those who left"))
SIGN_IN = bind("space", "Space", N_("sign in"), changes=True, help=N_("present, late after line-up; one down"))
REST = bind("ctrl+a", "^A", N_("rest here"), changes=True, help=N_("everybody still open is here"))
WHY = bind("enter", "Enter", N_("why"), effect="box said", help=N_("a reason or a note; for a late one the time"))
EDIT = bind("enter", "Enter", N_("edit"), changes=True)
LEFT = bind("-", "-", N_("left"), changes=True, help=N_("today is the last day; again takes it back"))
COMMANDS = bind(("f10", "ctrl+k"), "^K", N_("import"))


class PeoplePage(Page):
    """Attendance of the day and the roster, over the same person."""

    name = "people"
    key = ""
    word = N_("People")
    finds = "ry renyuan kq kaoqin"
    TABLES = ("people", "attendance")
    DIALOGS: ClassVar[dict[str, type[Dialog]]] = {
        "person": dialogs.PersonForm, "why": dialogs.Why, "note": dialogs.Note,
        "import": importing.ImportFile, "preview": importing.Preview,
    }  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.view = TODAY
        self.here = 0
        """The id of the person under the cursor, in whatever view."""
        self.day: list[Presence] = []
        self.people: list[Person] = []
        self.left = 0
        self.grid = Grid(())

    # -- reading

    def enter(self) -> None:
        """Read the day and the roster again; the cursor stays with its person."""
        today = self.store.today()
        everybody = queries.roster(self.store, today)
        self.day = queries.day(self.store, today)
        self.left = sum(queries.gone(person, today) for person in everybody)
        shown = len(everybody) if self.view == WITH_LEFT else len(everybody) - self.left
        self.people = everybody[:shown]
        self._lay()

    def _lay(self) -> None:
        if self.view == TODAY:
            lines = rows.Lines(self.day, rows.today_cells)
            self.grid.columns = rows.today_columns(lines)
        else:
            lines = rows.Lines(self.people, rows.roster_cells)
            self.grid.columns = rows.roster_columns(lines)
        self.grid.source = lines
        self._stand(self.here)

    def ids(self) -> list[int]:
        """The people in sight, by their ids."""
        return [one.person.id for one in self.day] if self.view == TODAY else [p.id for p in self.people]

    def _stand(self, ident: int) -> bool:
        """Put the cursor on a person; where it was when that person is not in this view."""
        ids = self.ids()
        found = ident in ids
        if found:
            self.grid.cursor = ids.index(ident)
        self.grid.clamp()
        self.here = ids[self.grid.cursor] if ids else 0
        return found

    def presence(self) -> Presence | None:
        """The day of the person under the cursor."""
        return next((one for one in self.day if one.person.id == self.here), None)

    def person(self) -> Person | None:
        """The person under the cursor."""
        return next((person for person in self.people if person.id == self.here), None)

    # -- drawing

    def title(self, cells: int) -> Line:
        """Which view, and how many are where."""
        line = Line().put(f" {_(self.word)}  ", "title")
        for n, word in enumerate(VIEWS):
            here = n == self.view
            line.put(f"[{_(word)}]" if here else f" {_(word)} ", "chip" if here else "", f"view:{n}")
        told = rows.today_counts(self.day) if self.view == TODAY else self._roster_counts()
        gap = "  " if line.cells + Line().put("  ".join(told)).cells < cells - 2 else " "
        return line.put(" " + gap.join(told))

    def _roster_counts(self) -> list[str]:
        told = [_("{count} people").format(count=len(self.people))]
        return [*told, _("{count} left").format(count=self.left)] if self.left else told

    def body(self, cells: int, height: int) -> list[Line]:
        """The lines, and below them the person under the cursor in full."""
        if not self.ids():
            words = _('{page}    nobody here yet.   Ins adds a person, ^K "import" reads a list')
            return [Line(), Line().put("   " + words.format(page=_(self.word)))]
        lines = [self.grid.head(cells), *self.grid.lines(cells, height - 3), Line()]
        return [*lines, Line().put("   " + self._detail()).cropped(cells - 1)]

    def _detail(self) -> str:
        one, person = self.presence(), self.person()
        if self.view == TODAY and one:
            return "  ".join(filter(None, [rows.in_full(one.person), one.note]))
        return rows.in_full(person) if person else ""

    def warning(self, cells: int) -> Line:
        """What the digits mean."""
        if self.view != TODAY or not self.day:
            return Line()
        line = Line().put(" ")
        for n, state in enumerate(entry.STATES, 1):
            word = _(STATE_WORDS[state])
            line.put(str(n), "key", f"key:{n}").put(pick(word, " " + word) + "  ", "", f"key:{n}")
        return line

    # -- keys

    def binds(self) -> Sequence[Bind]:
        """The keys of the view."""
        if not self.ids():
            return (ADD, VIEW, COMMANDS)
        if self.view != TODAY:
            return (ADD, EDIT, LEFT, VIEW, COMMANDS)
        return (MARK, SIGN_IN, REST, WHY, ADD, VIEW)

    def press(self, key: str) -> bool:
        """Take a key."""
        if self.grid.move(key, 10):
            self.here = self.ids()[self.grid.cursor] if self.ids() else 0
        elif key in ("tab", "backtab"):
            self.show_view((self.view + (1 if key == "tab" else -1)) % len(VIEWS))
        elif key in ("insert", "+"):
            self.desk.open("person")
        elif self.view == TODAY:
            return (one := self.presence()) is not None and entry.press(self, one, key)
        elif key == "enter" and self.here:
            self.desk.open("person", {"id": self.here})
        elif key == "-" and (person := self.person()):
            self.desk.do(lambda: queries.leave(self.store, person))
            self.enter()
        else:
            return False
        return True

    def show_view(self, view: int) -> None:
        """Show a view; the cursor stays with its person."""
        self.view = view
        self.enter()

    def click(self, do: str) -> None:
        """A click on a view or a line."""
        kind, _sep, rest = do.partition(":")
        if kind == "view":
            self.show_view(int(rest))
        elif kind == "row" and int(rest) < len(self.ids()):
            self._stand(self.ids()[int(rest)])

    # -- finding, undo, place

    def hits(self, typed: str) -> list[Hit]:
        """The people that fit, with their role."""
        if not self.people:
            self.enter()
        scored = [(matches(typed, person.search), person) for person in self.people]
        return [Hit(p.shown, self._where(p), self.name, str(p.id), score) for score, p in scored if score]

    def _where(self, person: Person) -> str:
        return f"{_(self.word)}  {person.number}  {_(ROLE_WORDS[person.role])} {person.team}"

    def go_to(self, place: str) -> None:
        """Go to a person by id, in this view or the first that has them."""
        for view in (self.view, TODAY, ROSTER, WITH_LEFT):
            if view != self.view:
                self.show_view(view)
            if self._stand(int(place)):
                return

    def show_changes(self, changes: Sequence[Change]) -> None:
        """Go to the last person whose day or record changed."""
        for change in reversed(changes):
            values = change.new or change.old or []
            if change.table == "attendance":
                self.show_view(TODAY)
                self._stand(int(values[2]))
                return
            if change.table == "people" and change.new:
                self.show_view(self.view or ROSTER)
                self.go_to(str(change.row))
                return

    def state(self) -> dict[str, Any]:
        """The view and the person."""
        return {"view": self.view, "here": self.here}

    def restore(self, state: dict[str, Any]) -> None:
        """Take them up again."""
        self.view = int(state.get("view", 0)) % len(VIEWS)
        self.here = int(state.get("here", 0))

    def commands(self) -> list[Command]:
        """What the command list offers."""

        def opens(dialog: str) -> Callable[[], None]:
            return lambda: self.desk.go_and_open(self.name, dialog)

        return [
            Command(N_("Import people (CSV, XLSX)"), "dr daoru import", opens("import")),
            Command(N_("Add a person"), "zj zengjia add", opens("person")),
        ]
