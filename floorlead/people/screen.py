"""The people: where everybody is today, said with one key each, and the roster of all who belong here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from floorlead import settings
from floorlead.finding import matches
from floorlead.people import dialogs, importing, notes, queries, rows, rules
from floorlead.people.records import HERE, ROLE_WORDS, STATE_WORDS, Person, Presence, State
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
STATES = (State.PRESENT, State.LATE, State.ABSENT, State.LEAVE, State.REST, State.OUTING)
"""The states by their digits, 1 first."""
MARK = bind(
    digits(1, len(STATES)), f"1-{len(STATES)}", N_("mark"), changes=True,
    help=N_("1 present 2 late 3 absent 4 leave 5 rest 6 outing; the same again takes it back"),
)  # fmt: skip
ADD = bind(("insert", "+"), "Ins", N_("add"), changes=True, help=N_("a new person"))
VIEW = bind(("tab", "backtab"), "Tab", N_("view"), help=N_("today, the roster, the roster with those who left"))


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
            self.grid.columns = rows.columns(rows.today_titles(), lines, (0, 1, 3, 7), True)
        else:
            lines = rows.Lines(self.people, rows.roster_cells)
            self.grid.columns = rows.columns(rows.roster_titles(), lines, (0, 1, 2, 3, 5), False)
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
        told = self._day_counts() if self.view == TODAY else self._roster_counts()
        gap = "  " if line.cells + Line().put("  ".join(told)).cells < cells - 2 else " "
        return line.put(" " + gap.join(told))

    def _day_counts(self) -> list[str]:
        said = rules.counts(one for one in self.day if one.said)
        resting = sum(one.state is State.REST for one in self.day)
        waiting = sum(not one.said and one.state is State.PRESENT for one in self.day)
        here = sum(said[state] for state in HERE)
        told = [_("here {here}/{all}").format(here=here, all=len(self.day)), _("open {count}").format(count=waiting)]
        found = {**said, State.REST: resting}
        others = [state for state in STATES[1:] if found[state]]
        return told + [f"{_(STATE_WORDS[state])} {found[state]}" for state in others]

    def _roster_counts(self) -> list[str]:
        told = [_("{count} people").format(count=len(self.people))]
        return [*told, _("{count} left").format(count=self.left)] if self.left else told

    def body(self, cells: int, height: int) -> list[Line]:
        """The lines, and below them the person under the cursor in full."""
        if not self.ids():
            words = _("{page}    nobody here yet.   Ins adds a person, ^K \"import\" reads a list")
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
        for n, state in enumerate(STATES, 1):
            line.put(str(n), "key", f"key:{n}")
            line.put(pick("", " ") + _(STATE_WORDS[state]) + "  ", "", f"key:{n}")
        return line

    # -- keys

    def binds(self) -> Sequence[Bind]:
        """The keys of the view."""
        if not self.ids():
            return (ADD, VIEW, bind(("f10", "ctrl+k"), "^K", N_("commands")))
        if self.view != TODAY:
            return (
                ADD, bind("enter", "Enter", N_("edit"), changes=True),
                bind("-", "-", N_("left"), changes=True, help=N_("today is the last day; again takes it back")),
                VIEW, bind(("f10", "ctrl+k"), "^K", N_("import")),
            )  # fmt: skip
        return (
            MARK,
            bind("space", "Space", N_("sign in"), changes=True, help=N_("present, late after line-up; one down")),
            bind("ctrl+a", "^A", N_("rest here"), changes=True, help=N_("everybody still open is here")),
            bind("enter", "Enter", N_("why"), help=N_("a reason or a note; for a late one the time")),
            ADD, VIEW,
        )  # fmt: skip

    def press(self, key: str) -> bool:
        """Take a key."""
        if self.grid.move(key, 10):
            self.here = self.ids()[self.grid.cursor] if self.ids() else 0
        elif key in ("tab", "backtab"):
            self.show_view((self.view + (1 if key == "tab" else -1)) % len(VIEWS))
        elif key in ("insert", "+"):
            self.desk.open("person")
        elif self.view == TODAY:
            return self._press_today(key)
        elif key == "enter" and self.here:
            self.desk.open("person", {"id": self.here})
        elif key == "-" and (person := self.person()):
            self._do(lambda: queries.leave(self.store, person))
        else:
            return False
        return True

    def show_view(self, view: int) -> None:
        """Show a view; the cursor stays with its person."""
        self.view = view
        self.enter()

    def _press_today(self, key: str) -> bool:
        one = self.presence()
        if one is None:
            return False
        if len(key) == 1 and key.isdigit() and 1 <= int(key) <= len(STATES):
            self._mark(one, STATES[int(key) - 1])
        elif key == "space":
            self._sign_in(one)
        elif key == "ctrl+a":
            self._rest()
        elif key == "enter":
            self._ask(one)
        else:
            return False
        return True

    def _do(self, act: Callable[[], object]) -> None:
        self.desk.do(act)
        self.enter()

    def _mark(self, one: Presence, state: State) -> None:
        today = self.store.today()
        if one.said and one.state is state:
            self._do(lambda: queries.unsay(self.store, today, one.person))
        else:
            self._do(lambda: queries.say(self.store, today, one.person, state))

    def _sign_in(self, one: Presence) -> None:
        """Space signs in whom nobody has signed yet, and goes one down."""
        now = f"{self.desk.now():%H:%M}"
        if one.said:
            self.desk.say(_("{name} is signed already: {state}").format(name=one.person.shown, state=one.words()))
        elif one.state is State.REST:
            self.desk.say(_("{name} rests today; 1 signs in all the same").format(name=one.person.shown))
        else:
            self._mark(one, rules.sign_in(settings.get(self.store, "line_up"), now))
        self.press("down")

    def _rest(self) -> None:
        if not any(not one.said and one.state is State.PRESENT for one in self.day):
            self.desk.say(_("Everybody is signed already"))
        self._do(lambda: queries.rest_are_here(self.store, self.store.today()))

    def _ask(self, one: Presence) -> None:
        if not one.said:
            self.desk.say(_("{name}: first where, with 1 to 6, then why").format(name=one.person.shown))
        else:
            self.desk.open("why" if one.state in notes.QUICK else "note", {"person": one.person.id})

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
        return [
            Hit(p.shown, f"{_(self.word)}  {p.number}  {_(ROLE_WORDS[p.role])} {p.team}", self.name, str(p.id), score)
            for score, p in scored
            if score
        ]

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
        return [
            Command(N_("Import people (CSV)"), "dr daoru import", lambda: self.desk.go_and_open(self.name, "import")),
            Command(N_("Add a person"), "zj zengjia add", lambda: self.desk.go_and_open(self.name, "person")),
        ]
