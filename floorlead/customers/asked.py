"""Applications to end a customer that wait for the leader: Space agrees, - refuses with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from floorlead.customers import acts, board, ends, moves, notes, queries, rules
from floorlead.customers.records import Customer, Ending
from floorlead.customers.views import View
from floorlead.phones import mask_in
from floorlead.store.undo import Change
from floorlead.widgets.grid import Cell, Column
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line
from floorlead.words import N_, _

AGREE = bind("space", "Space", N_("agree"), changes=True, help=N_("the customer ends as applied for"))
REFUSE = bind("-", "-", N_("refuse"), help=N_("with the reason; the advisor goes on with the customer"))
TAKE_BACK = bind("6", "6", N_("take it back"), changes=True, help=N_("the advisor takes the application back"))


class AskedView(View):
    """The applications, oldest first; their ids are their own."""

    name = "asked"
    word = N_("ends")
    counted = "asked"
    empty = N_("{what}    no application waits.   6 on a customer applies for an end")
    DETAIL = 1

    def __init__(self, page: Any) -> None:
        super().__init__(page)
        self.names = board.names(page.store)
        self.known: dict[int, Customer] = {}

    def read(self) -> Sequence[Ending]:
        self.names = board.names(self.store)
        found = queries.asked(self.store)
        self.known = queries.some(self.store, [one.customer_id for one in found])
        return found

    def subject(self, change: Change) -> int:
        return change.row if change.table == "endings" else 0

    def columns(self) -> list[Column]:
        return [
            Column("#", 2, "right"), board.day_column(_("Asked")), Column(_("Customer"), 10), Column(_("Tail"), 4),
            Column(_("Model"), 10), Column(_("Gr"), 2), Column(_("Advisor"), 10), Column(_("As"), 12),
            Column(_("Reason"), board.pick_cells(14, 13)),
        ]  # fmt: skip

    def cells(self, number: int, thing: Ending) -> list[Cell]:
        one = self.known.get(thing.customer_id)
        return [
            Cell(str(number)), board.day_cell(thing.asked_on), board.name_cell(one), Cell(notes.tail(one)),
            Cell(self.names.model(one.model_id if one else None)), Cell(one.grade if one else "-"),
            Cell(self.names.person(thing.person_id)), Cell(notes.grade_words(self.names.lists, thing.wanted)),
            Cell(self._reason(thing)),
        ]  # fmt: skip

    def _reason(self, one: Ending) -> str:
        return rules.spoken(one.reason, self.names.lists.words.get(ends.words_of(one.wanted), ()))

    def detail(self, cells: int) -> list[Line]:
        one: Ending | None = self.thing()
        lines = board.facts(self.known.get(one.customer_id) if one else None, self.names, cells)
        return [Line().put("   " + mask_in(one.note)).cropped(cells - 1)] if one and one.note else lines

    def binds(self) -> Sequence[Bind]:
        return (
            (AGREE, REFUSE, TAKE_BACK, board.OPEN, board.turning(self), board.HELP)
            if self.things
            else (board.turning(self), board.HELP)
        )

    def press(self, key: str) -> bool:
        one: Ending | None = self.thing()
        if one is None:
            return False
        if key == "space":
            acts.do(self, lambda: moves.decide(self.store, one, True))
        elif key == "-":
            self.desk.open("refuse", {"ending": one.id})
        elif key == "6":
            acts.do(self, lambda: ends.withdraw(self.store, one))
        elif key == "enter":
            self.desk.open("detail", {"customer": one.customer_id})
        else:
            return False
        return True
