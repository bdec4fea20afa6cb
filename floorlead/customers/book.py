"""The book: every open prospect from hot to cold, the next due first; a row is read when it is in sight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from floorlead.customers import acts, board, finding, notes
from floorlead.customers.sight import IdView
from floorlead.widgets.grid import Cell, Column
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line
from floorlead.words import N_, _

NEXT = bind("5", "5", N_("day"), help=N_("another day for the next follow-up"))


class BookView(IdView):
    """All open prospects; `things` are their ids."""

    name = "book"
    word = N_("book")
    counted = "book"
    empty = N_("{what}    no prospect is open.   Ins registers a walk-in, ^K imports")
    DETAIL = 1

    def __init__(self, page: Any) -> None:
        super().__init__(page)
        self.names = board.names(page.store)
        self.grades: dict[str, int] = {}

    def read(self) -> Sequence[int]:
        self.names = board.names(self.store)
        book = self.page.opened()
        self.grades = book.grades()
        return book.idents()

    def summary(self) -> str:
        found = self.grades
        return " ".join(f"{code} {found[code]}" for code in self.names.lists.grades if found.get(code))

    def columns(self) -> list[Column]:
        return [
            Column("#", 4, "right"), Column(_("Customer"), 10), Column(_("Tail"), 4), Column(_("Model"), 10),
            Column(_("Gr"), 2), Column(_("Advisor"), 10), board.day_column(_("Since")), board.day_column(_("Last")),
            Column(_("Next"), 7), Column(_("Progress"), board.pick_cells(10, 8)),
        ]  # fmt: skip

    def cells(self, number: int, thing: int) -> list[Cell]:
        one = self.at(number - 1)
        if one is None:
            return [Cell(str(number)), Cell("-")]
        advisor = self.names.person(one.advisor_id)
        return [
            Cell(str(number)), board.name_cell(one), Cell(notes.tail(one)), Cell(self.names.model(one.model_id)),
            Cell(one.grade), Cell(advisor, "warn" if self.names.has_left(one.advisor_id, self.day) else ""),
            board.day_cell(one.first_on), board.day_cell(one.last_contact), board.next_cell(one, self.day),
            Cell(self.names.progress(one) or "-"),
        ]  # fmt: skip

    def detail(self, cells: int) -> list[Line]:
        return board.facts(self.customer(), self.names, cells)

    def found(self, typed: str) -> list[tuple[int, str, str, int]]:
        return [
            (score, notes.name_of(one), self.names.person(one.advisor_id), one.id)
            for score, one in finding.find(self.store, typed) if one.closed_on is None
        ]  # fmt: skip

    def binds(self) -> Sequence[Bind]:
        if not self.things:
            return (board.NEW, board.turning(self), board.HELP)
        grading = board.grading(self.names.lists)
        return (
            grading,
            NEXT,
            board.LOST,
            board.ORDER,
            board.HAND,
            board.CALLED,
            board.OPEN,
            board.turning(self),
        )

    def press(self, key: str) -> bool:
        customer = self.customer()
        if customer is None:
            return False
        if key == "5":
            self.desk.open("next", {"customer": customer.id, "call": False})
        else:
            return acts.press(self, key, customer)
        return True
