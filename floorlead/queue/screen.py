"""The reception queue: whose turn it is, who is with a customer, and the record that ends every quarrel about it.

The line is played from the data each time it is read; the page keeps only who is under the cursor and which day.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from floorlead import clock, settings
from floorlead.finding import matches
from floorlead.people import queries as people_queries
from floorlead.people.records import Person
from floorlead.queue import board, dialogs, moves, queries
from floorlead.queue.records import State, Step, Turn
from floorlead.record import replace
from floorlead.text import as_many
from floorlead.widgets.grid import Grid, Rows
from floorlead.widgets.keys import Bind, bind, digits, label_of
from floorlead.widgets.line import Line
from floorlead.widgets.page import Command, Dialog, Hit, Page
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.store.undo import Change
    from floorlead.widgets.desk import Desk

LINE, RECORD = 0, 1
VIEWS = (N_("the line"), N_("turn record"))
SERVE = bind(digits(1, 9), "1-9", N_("serves"), changes=True, help=N_("the person at that place takes a customer"))
SPACE = bind(
    "space", "Space", N_("serve/back"), changes=True,
    help=N_("takes a customer; from a customer or from away back to the end"),
)  # fmt: skip
AWAY = bind("-", "-", N_("aside"), changes=True, help=N_("steps away; again back to the end"))
BOX = bind("enter", "Enter", N_("by hand"), help=N_("another place or out of turn with the reason, leave the queue"))
ALL = bind("ctrl+a", "^A", N_("all in"), changes=True, help=N_("everybody here joins, in the order of sign-in"))
VIEW = bind(("tab", "backtab"), "Tab", N_("record"), help=N_("what happened in the queue, day by day"))
BACK = bind(("tab", "backtab"), "Tab", N_("the line"))
DAYS = bind(("pageup", "pagedown"), "PgUp/PgDn", N_("day before, after"), effect="view cursor said")
HELP = bind("f1", "F1", N_("help"))


class QueuePage(Page):
    """The line of today, and the record of any day."""

    name = "queue"
    key = ""
    word = N_("Turns")
    finds = "sw shunwei jd jiedai queue turn"
    TABLES = ("queue_events",)
    DIALOGS: ClassVar[dict[str, type[Dialog]]] = dialogs.DIALOGS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.view = LINE
        self.here = 0
        """The id of the person under the cursor."""
        self.day: date | None = None
        """The day of the record, None for today."""
        self.turns: list[Turn] = []
        self.steps: list[Step] = []
        self.taken: dict[int, int] = {}
        self.people: dict[int, Person] = {}
        self.posts: dict[int, str] = {}
        self.grid = Grid(())
        self.record = Grid((), pointer=False)

    # -- reading

    def enter(self) -> None:
        """Read the line and the record again; the cursor stays with its person."""
        self.people = {person.id: person for person in people_queries.everybody(self.store)}
        self.turns = queries.turns(self.store)
        self.posts = dict(queries.posts(self.store, self.store.today()))
        self.grid.columns, self.record.columns = board.columns(), board.record_columns()
        self._stand(self.here)
        if self.view == RECORD:
            self._read_record()

    def _read_record(self) -> None:
        on = self.day or self.store.today()
        self.steps, self.taken = queries.story(self.store, on), queries.taken(self.store, on)
        self.record.source = Rows([board.record_cells(step, self.people) for step in self.steps])
        self.record.clamp()

    def arrive(self) -> None:
        """Coming from another page the line is shown, the cursor on who is next."""
        self.view, self.day = LINE, None
        self.grid.cursor = 0
        self._note_cursor()

    def _stand(self, ident: int) -> bool:
        found = next((n for n, one in enumerate(self.turns) if one.person == ident), None)
        if found is not None:
            self.grid.cursor = found
        now = self.desk.now()
        rows = [board.cells(one, self.people[one.person], now, self.posts.get(one.person, "")) for one in self.turns]
        self.grid.source = Rows(rows)
        self.grid.clamp()
        self._note_cursor()
        return found is not None

    def _note_cursor(self) -> None:
        self.here = self.turns[self.grid.cursor].person if self.turns else 0

    def turn_of(self, ident: int) -> Turn | None:
        """Where a person stands now."""
        if not self.turns:
            self.enter()
        return next((one for one in self.turns if one.person == ident), None)

    def name_of(self, ident: int) -> str:
        """A person's name."""
        return self.people[ident].shown

    def told(self, turn: Turn) -> str:
        """A person's turn in one line."""
        return board.in_full(turn, self.people[turn.person], self.desk.now())

    # -- drawing

    def title(self, cells: int) -> Line:
        """The views, and the line in numbers or the day of the record."""
        line = Line().put(f" {_(self.word)}  ", "title")
        for n, word in enumerate(VIEWS):
            here = n == self.view
            line.put(f"[{_(word)}]" if here else f" {_(word)} ", "chip" if here else "", f"view:{n}")
        if self.view == LINE:
            return line.put("  " + "  ".join(board.counts(self.turns)))
        on = self.day or self.store.today()
        told = _("today") if on == self.store.today() else ""
        return line.put(f"  {clock.short_day(on)} {clock.weekday_short(on)} {told}")

    def body(self, cells: int, height: int) -> list[Line]:
        """The line with the person under the cursor in full, or the record with who took how many turns."""
        if self.view == RECORD:
            return self._record(cells, height)
        if not self.turns:
            words = _("{page}    nobody is on duty yet.   ^K people signs in who is here")
            return [Line(), Line().put("   " + words.format(page=_(self.word)))]
        rows = self.grid.lines(cells, height - 3)
        return [
            self.grid.head(cells),
            *rows,
            Line(),
            Line().put("   " + self.told(self.turns[self.grid.cursor])).cropped(cells - 1),
        ]

    def _record(self, cells: int, height: int) -> list[Line]:
        if not self.steps:
            words = _("No turns on this day.   PgUp the day before   Tab the line")
            return [Line(), Line().put("   " + words)]
        told = as_many(board.tally(self.taken, self.people), cells - 20)
        foot = Line().put("   " + _("turns taken: {people}").format(people=told)).cropped(cells - 1)
        return [self.record.head(cells), *self.record.lines(cells, height - 3), Line(), foot]

    def warning(self, cells: int) -> Line:
        """Who could join, or what lowers a turn."""
        if self.view == RECORD or not self.turns:
            return Line()
        waiting = self._could_join()
        if waiting:
            told = _("{count} here but not in line: ^A, all join; Space, one").format(count=len(waiting))
            return Line().put(" " + told, "warn", "key:ctrl+a")
        places = settings.get(self.store, "queue_overdue")
        if places == "0":
            return Line().put(" " + _("overdue follow-ups lower nobody (a setting)"), "dim")
        told = _("who has overdue follow-ups stands {places} lower (a setting)").format(places=places)
        return Line().put(" " + told, "dim")

    def _could_join(self) -> list[int]:
        return [one.person for one in self.turns if one.state is State.OUT and not one.since and not one.left]

    # -- keys

    def binds(self) -> Sequence[Bind]:
        """The keys."""
        if self.view == RECORD:
            return (BACK, DAYS, HELP)
        places = sorted(str(one.place) for one in self.turns if 0 < one.place < 10)
        serve = (replace(SERVE, keys=tuple(places), label=label_of(places)),) if places else ()
        return (*serve, SPACE, AWAY, BOX, ALL, VIEW, HELP) if self.turns else (VIEW, HELP)

    def press(self, key: str) -> bool:
        """Take a key."""
        if self.store.changed_elsewhere():
            self.enter()
        if key in ("tab", "backtab"):
            self.show(RECORD if self.view == LINE else LINE)
        elif self.view == RECORD:
            return self._press_record(key)
        elif self.grid.move(key, 10):
            self._note_cursor()
        else:
            return bool(self.turns) and self._press_line(key, self.turns[self.grid.cursor])
        return True

    def _press_record(self, key: str) -> bool:
        if key in ("pageup", "pagedown"):
            on = self.day or self.store.today()
            found = (queries.day_before if key == "pageup" else queries.day_after)(self.store, on)
            if found is None and key == "pagedown":
                found = self.store.today()
            if found is None:
                self.desk.say(_("Before this day nothing was entered"))
            self.show_day(found or on)
            return True
        return self.record.move(key, 10)

    def _press_line(self, key: str, turn: Turn) -> bool:
        if len(key) == 1 and key.isdigit() and key != "0":
            wanted = next((one for one in self.turns if one.place == int(key)), None)
            if wanted:
                self._do(lambda: moves.serve(self.store, wanted), stay=self.here != wanted.person)
        elif key == "space":
            act = moves.serve if turn.waiting else moves.back
            self._do(lambda: act(self.store, turn))
        elif key == "-":
            act = moves.back if turn.state in (State.AWAY, State.OUT) else moves.away
            self._do(lambda: act(self.store, turn))
        elif key == "enter":
            self.desk.open("box", {"person": turn.person})
        elif key == "ctrl+a":
            self._do(lambda: moves.join(self.store, self._could_join()))
        else:
            return False
        return True

    def _do(self, act: Callable[[], None], stay: bool = False) -> None:
        """Carry it out; the cursor stays at its place in the list, where the next one is now."""
        if not stay:
            self.here = 0
        self.desk.do(act)
        self.enter()

    def show(self, view: int) -> None:
        """Show the line or the record of today."""
        self.view, self.day = view, None
        self.enter()
        self.record.move("end", 10)

    def show_day(self, day: date) -> None:
        """Show the record of a day."""
        self.day = None if day == self.store.today() else day
        self._read_record()
        self.record.move("home", 10)

    def click(self, do: str) -> None:
        """A click on a view or a line."""
        kind, _sep, rest = do.partition(":")
        if kind == "view":
            self.show(int(rest))
        elif kind == "row" and self.view == LINE and int(rest) < len(self.turns):
            self._stand(self.turns[int(rest)].person)

    # -- finding, undo, place

    def hits(self, typed: str) -> list[Hit]:
        """The people of the line that fit, while this page is up; from elsewhere the people's own page answers."""
        if self.desk.page is not self:
            return []
        scored = [(matches(typed, self.people[one.person].search), one) for one in self.turns]
        return [
            Hit(self.name_of(one.person), board.where(one), self.name, str(one.person), score)
            for score, one in scored if score
        ]  # fmt: skip

    def go_to(self, place: str) -> None:
        """Go to a person by id."""
        self.view = LINE
        self._stand(int(place))

    def show_changes(self, changes: Sequence[Change]) -> None:
        """Go to the person of what was taken back or done again."""
        found = [values[2] for change in changes if change.table == "queue_events"
                 for values in (change.new or change.old,) if values]  # fmt: skip
        if found:
            self.go_to(str(found[-1]))

    def state(self) -> dict[str, Any]:
        """The view, the person, the day of the record."""
        return {"view": self.view, "here": self.here, "day": self.day.isoformat() if self.day else ""}

    def restore(self, state: dict[str, Any]) -> None:
        """Take them up again."""
        self.view, self.here = int(state.get("view", LINE)) % 2, int(state.get("here", 0))
        day = str(state.get("day", ""))
        self.day = date.fromisoformat(day) if day else None

    def commands(self) -> list[Command]:
        """What the command list offers."""

        def record() -> None:
            self.desk.go(self.name)
            self.show(RECORD)

        return [Command(N_("Record of turns"), "jl jilu shunwei", record)]
