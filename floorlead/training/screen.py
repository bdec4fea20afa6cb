"""The morning's training: the idle group is worked out, one key says who was there, one digit what was trained.

Below the idle group stand all others with the reason, and may be marked too; nobody is forgotten over the weeks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from floorlead.duty.records import Training
from floorlead.finding import matches
from floorlead.people import queries as people_queries
from floorlead.people.records import Person, Role
from floorlead.training import board, dialogs, moves, queries
from floorlead.training.queries import Morning
from floorlead.training.records import Standing
from floorlead.widgets.grid import Grid, Rows, Source
from floorlead.widgets.keys import Bind, bind, digits
from floorlead.widgets.line import Line, rule
from floorlead.widgets.page import Command, Dialog, Hit, Page
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.store.undo import Change
    from floorlead.widgets.desk import Desk

MORNING, DAYS, PEOPLE = range(3)
VIEWS = (N_("this morning"), N_("by day"), N_("by person"))
THERE = bind("space", "Space", N_("there"), changes=True, effect="row cursor", help=N_("was there, and one down"))
NOT = bind("-", "-", N_("not there"), changes=True, effect="row cursor", help=N_("was not there, and one down"))
ALL = bind("ctrl+a", "^A", N_("all idle"), changes=True, help=N_("the whole idle group was there"))
TOPIC_HELP = N_("the topic of that number; the same again takes it back")
DETAILS = bind("enter", "Enter", N_("more"), changes=True, help=N_("topic, trainer and time"))
TABS = [
    bind(("tab", "backtab"), "Tab", word, help=N_("this morning, the mornings before, each person's share"))
    for word in (*VIEWS[1:], VIEWS[0])
]
"""The Tab key of each view, by what comes next."""
MOVES = bind(("up", "down", "pageup", "pagedown"), "Up/Dn", N_("scroll"))
HELP = bind("f1", "F1", N_("help"))


class TrainingPage(Page):
    """The idle group of today, and the trainings of the days before."""

    name = "training"
    key = ""
    word = N_("Training")
    finds = "px peixun training xz xianzhi idle"
    TABLES = ("trainings", "training_people")
    DIALOGS: ClassVar[dict[str, type[Dialog]]] = dialogs.DIALOGS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.view = MORNING
        self.here = 0
        """The id of the person under the cursor of the morning."""
        self.morning: Morning | None = None
        self.topics: list[str] = []
        self.trainer = ""
        self.people: dict[int, Person] = {}
        self.trainings: list[Training] = []
        self._standings: dict[int, Sequence[Standing]] = {}
        self.grids = [Grid(()), Grid(()), Grid(())]

    # -- reading

    def enter(self) -> None:
        """Read the morning and what was before again; the cursor stays with its person."""
        today = self.store.today()
        self.people = {person.id: person for person in people_queries.everybody(self.store)}
        self.morning = queries.morning(self.store, today)
        self.topics = queries.topics(self.store, today)
        self.trainer = queries.trainer(self.store, today)
        self.trainings = queries.history(self.store, today)
        self._standings = {}
        self._lay()
        self._stand(self.here)

    def arrive(self) -> None:
        """Coming from another page this morning is shown, from its first line."""
        self.view, self.grids[MORNING].cursor = MORNING, 0
        self._note_cursor()

    def read(self) -> Morning:
        """The morning as it was read last."""
        if self.morning is None:
            self.enter()
        assert self.morning
        return self.morning

    def _lay(self) -> None:
        """The rows of the three views."""
        morning = self.read()
        today = morning.day
        seen = queries.attended(self.trainings, today)
        morning_rows = [
            board.cells(one, self.people[one.person], one.person in morning.there, seen.get(one.person))
            for one in morning.standings
        ]
        held = queries.held(self.trainings, today)
        team = [p for p in self.people.values() if p.works_on(today) and p.role is Role.CONSULTANT]
        team.sort(key=lambda p: seen.get(p.id, (0, today))[0])
        shares = [board.person_cells(person, seen.get(person.id), held) for person in team]
        columns = (board.columns(), board.day_columns(), board.person_columns())
        sources: tuple[Source, ...] = (
            Rows(morning_rows),
            board.DayRows(self.trainings, self._standings_of),
            Rows(shares),
        )
        for grid, shown, source in zip(self.grids, columns, sources, strict=True):
            grid.columns, grid.source = shown, source
            grid.clamp()

    def _standings_of(self, one: Training) -> Sequence[Standing]:
        if one.id not in self._standings:
            self._standings[one.id] = queries.past(self.store, one).standings
        return self._standings[one.id]

    @property
    def grid(self) -> Grid:
        """The rows of the view that is shown."""
        return self.grids[self.view]

    def _stand(self, ident: int) -> bool:
        people = [one.person for one in self.read().standings]
        grid = self.grids[MORNING]
        if ident in people:
            grid.cursor = people.index(ident)
        grid.clamp()
        self._note_cursor()
        return ident in people

    def _note_cursor(self) -> None:
        standings = self.read().standings
        self.here = standings[self.grids[MORNING].cursor].person if standings else 0

    # -- drawing

    def title(self, cells: int) -> Line:
        """The views, and how many of the idle group were there."""
        line = Line().put(f" {_(self.word)}  ", "title")
        for n, word in enumerate(VIEWS):
            here = n == self.view
            line.put(f"[{_(word)}]" if here else f" {_(word)} ", "chip" if here else "", f"view:{n}")
        there, idle = self.read().counted()
        told = _("idle group {count}").format(count=idle)
        others = len(self.read().there) - there
        told += "   " + _("there {there}/{idle}").format(there=there, idle=idle) + (f" +{others}" if others else "")
        return line.put("   " + told)

    def body(self, cells: int, height: int) -> list[Line]:
        """The view's rows."""
        if self.view == MORNING:
            return self._morning(cells, height)
        if not len(self.grid.source):
            words = _("No training yet.   Tab this morning: ^A marks the idle group")
            return [Line(), Line().put("   " + words)]
        if self.view == PEOPLE:
            return [self.grid.head(cells), *self.grid.lines(cells, height - 1)]
        rows = self.grid.lines(cells, height - 4)
        one = self.trainings[self.grid.cursor]
        return [self.grid.head(cells), *rows, Line(), *board.who(one, self._standings_of(one), self.people)]

    def _morning(self, cells: int, height: int) -> list[Line]:
        morning, grid = self.read(), self.grid
        if not morning.standings:
            return [
                Line(),
                Line().put(
                    "   " + _("{page}    nobody entered yet.   ^K people: Ins adds one").format(page=_(self.word))
                ),
            ]
        first = self._picks()[:-1]
        rows = grid.lines(cells, height - 4 - len(first))
        idle = len(morning.idle())
        if grid.top <= idle < grid.top + len(rows):
            rows.insert(idle - grid.top, rule(_("not idle"), board.PAGE))
        none = [Line().put("   " + _("Nobody is idle at that time"), "dim")] if not idle else []
        lines = [board.heading(morning.training, self.trainer, morning.starts), grid.head(cells), *none, *rows]
        return [*lines, *(Line() for _n in range(height - len(lines) - len(first))), *first]

    def _picks(self) -> list[Line]:
        training = self.read().training
        return board.picks(self.topics, training.topic if training else "")

    def warning(self, cells: int) -> Line:
        """The topics by their digits."""
        if self.view != MORNING or not self.read().standings:
            return Line()
        return self._picks()[-1]

    # -- keys

    def binds(self) -> Sequence[Bind]:
        """The keys of the view."""
        tab = TABS[self.view]
        if self.view != MORNING:
            return (tab, *((MOVES,) if len(self.grid.source) > 1 else ()), HELP)
        last = len(self.topics)
        topic = bind(digits(1, last), f"1-{last}", N_("topic"), changes=True, help=TOPIC_HELP)
        return (THERE, NOT, ALL, topic, DETAILS, tab, HELP) if self.read().standings else (tab, HELP)

    def press(self, key: str) -> bool:
        """Take a key."""
        if self.store.changed_elsewhere():
            self.enter()
        if key in ("tab", "backtab"):
            self.view = (self.view + (1 if key == "tab" else -1)) % len(VIEWS)
        elif self.grid.move(key, 10):
            self._note_cursor()
        else:
            return self.view == MORNING and bool(self.read().standings) and self._mark(key)
        return True

    def _mark(self, key: str) -> bool:
        morning, today = self.read(), self.store.today()
        if len(key) == 1 and key.isdigit() and 1 <= int(key) <= len(self.topics):
            self._pick(self.topics[int(key) - 1])
        elif key == "space":
            self._one(key, lambda: moves.mark(self.store, today, [self.here]))
        elif key == "-":
            self._one(key, lambda: moves.unmark(self.store, today, self.here))
        elif key == "ctrl+a" and morning.idle():
            self._do(lambda: moves.mark(self.store, today, morning.idle()))
        elif key == "enter":
            self.desk.open("details")
        else:
            return False
        return True

    def _pick(self, topic: str) -> None:
        training = self.read().training
        chosen = "" if training and training.topic == topic else topic
        self._do(lambda: moves.set_topic(self.store, self.store.today(), chosen))

    def _one(self, key: str, act: Callable[[], None]) -> None:
        """One person is marked or not, then one down; who is marked so already is only gone past."""
        if (self.here in self.read().there) != (key == "space"):
            self._do(act)
        self.grid.move("down", 1)
        self._note_cursor()

    def _do(self, act: Callable[[], None]) -> None:
        self.desk.do(act)
        self.enter()

    def click(self, do: str) -> None:
        """A click on a view or a line."""
        kind, _sep, rest = do.partition(":")
        if kind == "view":
            self.view = int(rest)
        elif kind == "row":
            self.grid.cursor = int(rest)
            self.grid.clamp()
            self._note_cursor()

    # -- finding, undo, place

    def hits(self, typed: str) -> list[Hit]:
        """The people who fit, while this page is up; from elsewhere the people's own page answers."""
        if self.desk.page is not self:
            return []
        found = [(matches(typed, self.people[one.person].search), one) for one in self.read().standings]
        return [
            Hit(self.people[one.person].shown, one.words() if one.why else _("idle"), self.name, str(one.person), score)
            for score, one in found if score
        ]  # fmt: skip

    def go_to(self, place: str) -> None:
        """Go to a person by id."""
        self.view = MORNING
        self._stand(int(place))

    def show_changes(self, changes: Sequence[Change]) -> None:
        """Go to the first person of what was taken back or done again."""
        self.view = MORNING
        found = [values[2] for change in changes if change.table == "training_people"
                 for values in (change.new or change.old,) if values]  # fmt: skip
        if found:
            self._stand(int(min(found, key=self._row_of)))

    def _row_of(self, ident: int) -> int:
        return next((n for n, one in enumerate(self.read().standings) if one.person == ident), 10**6)

    def state(self) -> dict[str, Any]:
        """The view and the person."""
        return {"view": self.view, "here": self.here}

    def restore(self, state: dict[str, Any]) -> None:
        """Take them up again."""
        self.view, self.here = int(state.get("view", MORNING)) % len(VIEWS), int(state.get("here", 0))

    def commands(self) -> list[Command]:
        """What the command list offers."""
        return [
            Command(N_("This morning's training"), "xz xianzhi px", lambda: self.desk.go_and_open(self.name, "details"))
        ]
