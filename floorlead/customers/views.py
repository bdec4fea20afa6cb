"""What the views of the Customers page share: a list of things with ids, a cursor that stays with its thing.

A view draws the page's body and takes its keys; rows become cells only when they are in sight.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from floorlead.store import Store
from floorlead.widgets.grid import Cell, Column, Grid
from floorlead.widgets.keys import Bind
from floorlead.widgets.line import Line
from floorlead.widgets.page import Hit
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.customers.screen import CustomersPage
    from floorlead.store.undo import Change
    from floorlead.widgets.desk import Desk


class View:
    """One view of the Customers page. `things` are what it lists; the cursor stays with the id under it."""

    name: ClassVar[str] = ""
    word: ClassVar[str] = ""
    empty: ClassVar[str] = N_("{what}    nothing here yet.   Ins registers a walk-in")
    counted: ClassVar[str] = ""
    """Which of the page's counts its chip in the title says, empty for none."""
    DETAIL: ClassVar[int] = 0
    """Lines of detail below the list."""

    def __init__(self, page: CustomersPage) -> None:
        self.page = page
        self.things: Sequence[Any] = ()
        self.here = 0
        self.day = page.store.today()
        """The business day that the view was read on."""
        self.grid = Grid((), self)

    @property
    def store(self) -> Store:
        """The open file."""
        return self.page.store

    @property
    def desk(self) -> Desk:
        """The desk the page stands on."""
        return self.page.desk

    # -- what a view tells

    def read(self) -> Sequence[Any]:
        """Everything that the view lists, read from the store."""
        return ()

    def ident(self, thing: Any) -> int:
        """A thing's id."""
        return int(thing.id)

    def columns(self) -> list[Column]:
        """The columns, in the language spoken now."""
        return []

    def cells(self, number: int, thing: Any) -> list[Cell]:
        """A thing's cells; `number` counts from 1."""
        return []

    def detail(self, cells: int) -> list[Line]:
        """Lines about the thing under the cursor, at most `DETAIL`."""
        return []

    def found(self, typed: str) -> list[tuple[int, str, str, int]]:
        """What fits letters typed to find: (score, label, where, id)."""
        return []

    def binds(self) -> Sequence[Bind]:
        """The keys that work now."""
        return ()

    def press(self, key: str) -> bool:
        """Take a key that is not the cursor's."""
        return False

    def warning(self, cells: int) -> Line:
        """The warning line."""
        return Line()

    def summary(self) -> str:
        """What stands at the right of the title."""
        return ""

    def print_dialog(self) -> tuple[str, dict[str, Any]] | None:
        """The dialog for Ctrl+P."""
        return None

    def subject(self, change: Change) -> int:
        """The id here that an undone change is about; 0 where it is about nothing here."""
        return change.row if change.table == "customers" else 0

    def click(self, do: str) -> None:
        """A click on a piece of the view that is neither key nor row."""

    # -- what all views do alike

    def enter(self) -> None:
        """Read again; the cursor stays with its thing."""
        self.day = self.store.today()
        self.things = self.read()
        self.grid.columns = self.columns()
        self.stand(self.here)

    def stand(self, ident: int) -> bool:
        """Put the cursor on a thing by id; returns whether it is here."""
        place = self.place(ident)
        if place is not None:
            self.grid.cursor = place
        self.grid.clamp()
        self.here = self.ident(self.things[self.grid.cursor]) if self.things else 0
        return place is not None

    def place(self, ident: int) -> int | None:
        """Where a thing stands by its id, None where it is not here."""
        return next((n for n, thing in enumerate(self.things) if self.ident(thing) == ident), None)

    def thing(self) -> Any:
        """What is under the cursor, None in an empty view."""
        return self.things[self.grid.cursor] if self.things else None

    def seen(self) -> Any:
        """What stands under the cursor, whole, to be compared."""
        return self.thing()

    def __len__(self) -> int:
        return len(self.things)

    def row(self, index: int) -> Sequence[Cell]:
        """One row's cells, made when it is in sight."""
        return self.cells(index + 1, self.things[index])

    def body(self, cells: int, height: int) -> list[Line]:
        """The list with its detail below, or what would be here."""
        if not self.things:
            return [Line(), Line().put("   " + _(self.empty).format(what=_(self.word)))]
        detail = [line.cropped(cells) for line in self.detail(min(cells, 80))][: self.DETAIL]
        rows = self.grid.lines(cells, height - 1 - self.DETAIL)
        space = [Line()] * (height - 1 - len(rows) - self.DETAIL) if height < 24 else []
        return [self.grid.head(cells), *rows, *(space[:1] if detail else []), *detail]

    def move(self, key: str) -> bool:
        """Take a cursor key."""
        if not self.grid.move(key, 10):
            return False
        self.here = self.ident(self.things[self.grid.cursor]) if self.things else 0
        return True

    def hits(self, typed: str, near: bool) -> list[Hit]:
        """What fits, as hits of the page."""
        return [
            Hit(label, where, self.page.name, f"{self.name}:{ident}", score, near)
            for score, label, where, ident in self.found(typed)
            if score
        ]

    def state(self) -> dict[str, Any]:
        """The place, as plain JSON."""
        return {"here": self.here}

    def restore(self, state: dict[str, Any]) -> None:
        """Take a place up again."""
        self.here = int(state.get("here", 0))
