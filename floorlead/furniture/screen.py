"""The showroom: every display car, table, zone and test-drive car, where it stands and whose it is to keep."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from floorlead.cars import queries as car_queries
from floorlead.cars.records import Car
from floorlead.finding import matches
from floorlead.furniture import dialogs, queries
from floorlead.furniture.records import KIND_WORDS, Furniture, Kind
from floorlead.people import queries as people_queries
from floorlead.widgets.grid import Cell, Column, Grid, Rows
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line
from floorlead.widgets.page import Command, Dialog, Hit, Page
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.store.undo import Change
    from floorlead.widgets.desk import Desk

KINDS = tuple(Kind)
ADD = bind(("insert", "+"), "Ins", N_("add"), changes=True, help=N_("a new spot, table, zone or test-drive car"))
EDIT = bind("enter", "Enter", N_("edit"), changes=True)
REMOVE = bind("-", "-", N_("remove"), changes=True, help=N_("take it out of the showroom; past cards keep it"))
FILTER = bind(("tab", "backtab"), "Tab", N_("filter"), help=N_("one kind only"))


class FurniturePage(Page):
    """What stands in the showroom, kind after kind in walking order."""

    name = "furniture"
    key = ""
    word = N_("Showroom")
    finds = "zt zhanting jj jiaju spots tables"
    TABLES = ("furniture",)
    DIALOGS: ClassVar[dict[str, type[Dialog]]] = {"piece": dialogs.PieceForm}

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.filter = 0
        """0 for all, else the kind's number from 1."""
        self.here = 0
        """The id of the piece under the cursor."""
        self.standing: list[Furniture] = []
        self.keepers: dict[int, str] = {}
        self.cars: dict[int, tuple[str, str]] = {}
        """What stands on each spot now: the car in Han and in English."""
        self.grid = Grid(())

    # -- reading

    def enter(self) -> None:
        """Read what stands here again; the cursor stays with its piece."""
        self.standing = sorted(queries.standing(self.store), key=lambda piece: KINDS.index(piece.kind))
        today = self.store.today()
        self.cars = {spot: _label(car) for spot, car in car_queries.on_spots(self.store).items()}
        self.keepers = {
            person.id: person.shown + (" " + _("(left)") if people_queries.gone(person, today) else "")
            for person in people_queries.everybody(self.store)
        }
        self.grid.columns = _columns()
        self._stand(self.here)

    @property
    def kind(self) -> Kind | None:
        """The one kind shown, or None for all."""
        return KINDS[self.filter - 1] if self.filter else None

    def shown(self) -> list[Furniture]:
        """The pieces that the filter lets through."""
        return [piece for piece in self.standing if self.kind in (None, piece.kind)]

    def _stand(self, ident: int) -> bool:
        pieces = self.shown()
        found = next((n for n, piece in enumerate(pieces) if piece.id == ident), None)
        if found is not None:
            self.grid.cursor = found
        self.grid.source = Rows([self._cells(piece) for piece in pieces])
        self.grid.clamp()
        self.here = pieces[self.grid.cursor].id if pieces else 0
        return found is not None

    def piece(self) -> Furniture | None:
        """The piece under the cursor."""
        return next((piece for piece in self.standing if piece.id == self.here), None)

    def place_of(self, piece: Furniture) -> int:
        """The piece's place among those of its kind, 1 first."""
        return [other.id for other in self.standing if other.kind is piece.kind].index(piece.id) + 1

    def _cells(self, piece: Furniture) -> list[Cell]:
        keeper = self.keepers.get(piece.keeper_id or 0, "")
        label, english = self.cars.get(piece.id, (piece.label, piece.label_en))
        return [
            Cell(str(self.place_of(piece))), Cell(_(KIND_WORDS[piece.kind])), Cell(piece.spot), Cell(label),
            Cell(english), Cell(keeper),
        ]  # fmt: skip

    # -- drawing

    def title(self, cells: int) -> Line:
        """The kinds with how many there are of each; the one shown is marked."""
        line = Line().put(f" {_(self.word)}  ", "title")
        counts = [(_("all"), len(self.standing))]
        counts += [(_(KIND_WORDS[kind]), sum(p.kind is kind for p in self.standing)) for kind in KINDS]
        for n, (word, count) in enumerate(counts):
            here = n == self.filter
            text = f"{word} {count}"
            line.put(f"[{text}]" if here else f" {text} ", "chip" if here else "", f"filter:{n}")
        return line

    def body(self, cells: int, height: int) -> list[Line]:
        """The pieces, or what would be here."""
        if self.shown():
            return [self.grid.head(cells), *self.grid.lines(cells, height - 1)]
        word = _(KIND_WORDS[self.kind]) if self.kind else _(self.word)
        return [Line(), Line().put("   " + _("{what}    nothing here yet.   Ins adds one").format(what=word))]

    def warning(self, cells: int) -> Line:
        """What a change does not touch."""
        return Line().put(" " + _("Past cards keep what stood here then."), "dim") if self.shown() else Line()

    # -- keys

    def binds(self) -> Sequence[Bind]:
        """The keys."""
        return (ADD, EDIT, REMOVE, FILTER) if self.shown() else (ADD, FILTER)

    def press(self, key: str) -> bool:
        """Take a key."""
        piece = self.piece()
        if self.grid.move(key, 10):
            pieces = self.shown()
            self.here = pieces[self.grid.cursor].id if pieces else 0
        elif key in ("tab", "backtab"):
            self._show((self.filter + (1 if key == "tab" else -1)) % (len(KINDS) + 1))
        elif key in ("insert", "+"):
            self.desk.open("piece", {"kind": (self.kind or Kind.DISPLAY_CAR).value})
        elif key == "enter" and piece:
            self.desk.open("piece", {"id": piece.id})
        elif key == "-" and piece:
            self.desk.do(lambda: queries.remove(self.store, piece))
            self.enter()
        else:
            return False
        return True

    def _show(self, number: int) -> None:
        self.filter = number
        self._stand(self.here)

    def click(self, do: str) -> None:
        """A click on a kind or a line."""
        kind, _sep, rest = do.partition(":")
        if kind == "filter":
            self._show(int(rest))
        elif kind == "row" and int(rest) < len(self.shown()):
            self._stand(self.shown()[int(rest)].id)

    # -- finding, undo, place

    def hits(self, typed: str) -> list[Hit]:
        """The pieces that fit, with their keepers."""
        if not self.standing:
            self.enter()
        scored = [(matches(typed, piece.search), piece) for piece in self.standing]
        return [Hit(p.shown, self._where(p), self.name, str(p.id), score) for score, p in scored if score]

    def _where(self, piece: Furniture) -> str:
        told = (_(self.word), piece.spot, self.keepers.get(piece.keeper_id or 0, ""))
        return "  ".join(filter(None, told))

    def go_to(self, place: str) -> None:
        """Go to a piece by id, whatever the filter."""
        if not self._stand(int(place)):
            self.filter = 0
            self._stand(int(place))

    def show_changes(self, changes: Sequence[Change]) -> None:
        """Go to the last piece that changed."""
        found = [change.row for change in changes if change.table == "furniture" and change.new]
        if found:
            self.go_to(str(found[-1]))

    def state(self) -> dict[str, Any]:
        """The filter and the piece."""
        return {"filter": self.filter, "here": self.here}

    def restore(self, state: dict[str, Any]) -> None:
        """Take them up again."""
        self.filter = int(state.get("filter", 0)) % (len(KINDS) + 1)
        self.here = int(state.get("here", 0))

    def commands(self) -> list[Command]:
        """What the command list offers."""

        def add() -> None:
            self.desk.go_and_open(self.name, "piece")

        return [Command(N_("Add a car, a table or a zone"), "zj zengjia add", add)]


def _label(car: Car) -> tuple[str, str]:
    return f"{car.model_name}{car.colour}", f"{car.model_name_en or car.model} {car.colour_en}".strip()


def _columns() -> list[Column]:
    return [
        Column("#", 3, "right"), Column(_("Kind"), 14), Column(_("Spot"), 8), Column(_("Label"), 16),
        Column(_("English label"), 16), Column(_("Keeper"), 15),
    ]  # fmt: skip
