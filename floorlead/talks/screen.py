"""The library for the morning training: how it is said and what the rival has, found by letters, model or rival.

A page that is no longer true is retired, not deleted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from floorlead import clock
from floorlead.cars import queries as cars
from floorlead.finding import matches
from floorlead.log.queries import called
from floorlead.phones import mask_in
from floorlead.talks import dialogs, moves, queries
from floorlead.talks.records import KIND_WORDS, Kind, Talk
from floorlead.text import wrap
from floorlead.widgets.grid import Cell, Column, Grid, Rows
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line, rule
from floorlead.widgets.page import Command, Dialog, Hit, Page
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.store.undo import Change
    from floorlead.widgets.desk import Desk

PAGE = 80
PANEL, LIST = 8, 3
"""Lines below the list that tell the page under the cursor; lines that a long one leaves the list."""
ALL, TALKS, RIVALS, RETIRED = range(4)
VIEWS = (N_("all"), N_("talk track"), N_("rival"), N_("retired"))
NEW = bind(("insert", "+"), "Ins", N_("add"), changes=True)
EDIT = bind("enter", "Enter", N_("edit"), changes=True)
RETIRE = bind("-", "-", N_("retire"), changes=True, help=N_("no longer used; again it is used"))
AGAIN = bind("-", "-", N_("use again"), changes=True)
MODEL = bind(("left", "right"), "L/R", N_("model"), help=N_("only what is about one of our models"))
TAB = bind(("tab", "backtab"), "Tab", N_("filter"))
HELP = bind("f1", "F1", N_("help"))


class TalksPage(Page):
    """Talk tracks and what is known of rivals."""

    name = "talks"
    key = ""
    word = N_("Talk tracks")
    finds = "hs huashu jp jingpin rivals talk"
    TABLES = ("talks",)
    DIALOGS: ClassVar[dict[str, type[Dialog]]] = dialogs.DIALOGS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.view, self.model, self.here = ALL, 0, 0
        """The filter, the id of the model shown (0 for all), the id of the page under the cursor."""
        self.all: list[Talk] = []
        self.shown: list[Talk] = []
        self.models: dict[int, str] = {}
        self.grid = Grid(())

    # -- reading

    def enter(self) -> None:
        """Read the library again; the cursor stays with its page."""
        self.all = queries.everything(self.store)
        self.models = {one.id: one.shown for one in cars.models(self.store)}
        if self.model not in self.models:
            self.model = 0
        self._lay()

    def _lay(self) -> None:
        self.shown = [one for one in self.all if self._passes(one)]
        at = next((n for n, one in enumerate(self.shown) if one.id == self.here), None)
        self.grid.columns = _columns(len(self.shown))
        self.grid.source = Rows([self._cells(n, one) for n, one in enumerate(self.shown, 1)])
        self.grid.cursor = self.grid.cursor if at is None else at
        self.grid.clamp()
        self._note_cursor()

    def _passes(self, one: Talk) -> bool:
        if self.model and one.model_id not in (None, self.model):
            return False
        kinds = {TALKS: Kind.TALK, RIVALS: Kind.COMPETITOR}
        return one.retired if self.view == RETIRED else not one.retired and kinds.get(self.view, one.kind) is one.kind

    def _cells(self, number: int, one: Talk) -> list[Cell]:
        model = self.models.get(one.model_id or 0, _("all"))
        day = clock.short_day(self.store.clock.day_at(one.changed_at))
        texts = (str(number), _(KIND_WORDS[one.kind]), mask_in(one.title), model, mask_in(one.competitor) or "-", day)
        return [Cell(text, "dim" if one.retired else "") for text in texts]

    def _note_cursor(self) -> None:
        one = self.talk()
        self.here = one.id if one else 0

    def talk(self) -> Talk | None:
        """The page under the cursor."""
        return self.shown[self.grid.cursor] if self.shown else None

    # -- drawing

    def title(self, cells: int) -> Line:
        line = Line().put(f" {_(self.word)}  ", "title")
        for n, word in enumerate(VIEWS):
            here = n == self.view
            line.put(f"[{_(word)}]" if here else f" {_(word)} ", "chip" if here else "", f"view:{n}")
        told = self.models[self.model] if self.model else _("all models")
        return line.put(f"   {told}   {len(self.shown)}")

    def body(self, cells: int, height: int) -> list[Line]:
        one = self.talk()
        if one is None:
            told = N_("Nothing here yet.   Ins writes how it is said, or what the rival has")
            return [Line(), Line().put("   " + _(told))]
        below = _panel(one, called(self.store)(one.by))
        room = height - max(PANEL, min(len(below), height - LIST - 1)) - 1
        rows = self.grid.lines(cells, room)
        rows += [Line() for _n in range(room - len(rows))]
        return [self.grid.head(cells), *rows, *below][:height]

    # -- keys

    def binds(self) -> Sequence[Bind]:
        own = (EDIT, AGAIN if self.view == RETIRED else RETIRE) if self.shown else ()
        return (NEW, *own, *((MODEL,) if self.models else ()), TAB, HELP)

    def press(self, key: str) -> bool:
        if self.store.changed_elsewhere():
            self.enter()
        one = self.talk()
        if self.grid.move(key, 10):
            self._note_cursor()
        elif key in ("tab", "backtab"):
            self.show((self.view + (1 if key == "tab" else -1)) % len(VIEWS))
        elif key in ("left", "right") and self.models:
            idents = [0, *self.models]
            self.model = idents[(idents.index(self.model) + (1 if key == "right" else -1)) % len(idents)]
            self._lay()
        elif key in ("insert", "+"):
            self.desk.open("talk", {"kind": "competitor" if self.view == RIVALS else "talk"})
        elif key == "enter" and one:
            self.desk.open("talk", {"id": one.id})
        elif key == "-" and one:
            self.desk.do(lambda: moves.retire(self.store, one))
            self.enter()
        else:
            return False
        return True

    def show(self, view: int) -> None:
        """Show a filter."""
        self.view = view
        self._lay()

    def click(self, do: str) -> None:
        kind, _sep, rest = do.partition(":")
        if kind == "view":
            self.show(int(rest))
        elif kind == "row":
            self.grid.cursor = int(rest)
            self.grid.clamp()
            self._note_cursor()

    # -- finding, undo, place

    def hits(self, typed: str) -> list[Hit]:
        """The pages in use that fit by title, model or rival, while this page is up."""
        if self.desk.page is not self:
            return []
        found = [(matches(typed, one.search), one) for one in self.all if not one.retired]
        return [
            Hit(mask_in(one.title), _(KIND_WORDS[one.kind]), self.name, str(one.id), score)
            for score, one in found
            if score
        ]

    def go_to(self, place: str) -> None:
        """Go to a page by its id, whatever the filter."""
        self.here = int(place)
        one = next((one for one in self.all if one.id == self.here), None)
        if one and not self._passes(one):
            self.view, self.model = (RETIRED if one.retired else ALL), 0
        self._lay()

    def show_changes(self, changes: Sequence[Change]) -> None:
        found = [change.row for change in changes if change.table == "talks"]
        if found:
            self.go_to(str(found[0]))

    def state(self) -> dict[str, Any]:
        return {"view": self.view, "model": self.model, "here": self.here}

    def restore(self, state: dict[str, Any]) -> None:
        self.view = int(state.get("view", ALL)) % len(VIEWS)
        self.model, self.here = int(state.get("model", 0)), int(state.get("here", 0))

    def commands(self) -> list[Command]:
        def new() -> None:
            self.desk.go_and_open(self.name, "talk")

        return [Command(N_("Write a talk track"), "xj hs huashu talk", new)]


def _columns(count: int) -> list[Column]:
    cells = max(2, len(str(count)))
    return [
        Column("#", cells, "right"), Column(_("Kind"), 10), Column(_("Headline"), 30 - cells), Column(_("Our model"), 13),
        Column(_("Rival"), 12), Column(_("Changed"), 7),
    ]  # fmt: skip


def _panel(one: Talk, by: str) -> list[Line]:
    """What is said, whole: a long text leaves the list fewer lines."""
    parts = wrap(mask_in(one.body), PAGE - 6) if one.body else ["-"]
    head = rule(mask_in(one.title), PAGE - 1, by)
    return [head, *(Line().put("   " + part) for part in parts)]
