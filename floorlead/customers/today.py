"""Today: every batch and call in the order of time, then who is to be followed up today or should have been."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from floorlead import clock
from floorlead.cars.lists import colour_now
from floorlead.customers import acts, board, finding, notes, queries
from floorlead.customers.records import Customer, Due
from floorlead.customers.views import View
from floorlead.phones import mask_in
from floorlead.record import record
from floorlead.store.undo import Change
from floorlead.visits import moves as visit_moves
from floorlead.visits import queries as visits
from floorlead.visits import rules as visit_rules
from floorlead.visits.records import CHANNEL_WORDS, KIND_WORDS, Channel, Kind, Visit
from floorlead.widgets.grid import Cell, Column
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line
from floorlead.words import N_, _

DRIVE = bind("space", "Space", N_("test"), changes=True, help=N_("a test drive was made; again takes it back"))
EDIT = bind("ctrl+e", "^E", N_("edit"), help=N_("correct or fill in the visit"))
REMIND = bind("9", "9", N_("tell"), changes=True, help=N_("note that the advisors were told of overdue follow-ups"))
LEFT = bind("-", "-", N_("gone"), changes=True, help=N_("they leave now; again takes it back"))
EXPLAIN = bind("0", "0", N_("why"), help=N_("why the details are not filled in yet"))


MOST = 60
"""Follow-ups shown below the visits, the oldest; all of them stand in the next view."""


@record
class Row:
    """A visit with its customer, or a customer who is due."""

    visit: Visit | None
    customer: Customer | None
    due: Due | None = None


class TodayView(View):
    """Today's visits and follow-ups; a visit's id is its own, a follow-up's the customer's with a minus sign."""

    name = "today"
    word = N_("today")
    counted = "today"
    empty = N_("{what}    no customer yet.   Ins registers the first one")
    DETAIL = 1

    def __init__(self, page: Any) -> None:
        super().__init__(page)
        self.names = board.names(page.store)
        self.counts = visit_rules.Counts()
        self.chased = 0
        self.overdue: dict[int | None, int] = {}

    def read(self) -> Sequence[Row]:
        self.names = board.names(self.store)
        found = visits.on_day(self.store, self.day)
        chased = visits.incomplete(self.store, self.day)
        self.counts, self.chased = visit_rules.counts(found), len(chased)
        self.overdue = queries.overdue(self.store, self.day)
        older = [one for one in chased if one.day < self.day]
        here = queries.some(self.store, [one.customer_id for one in [*older, *found]])
        rows = [Row(one, here.get(one.customer_id or 0)) for one in [*older, *found]]
        return [*rows, *(Row(None, one.customer, one) for one in queries.due(self.store, self.day, most=MOST))]

    def ident(self, thing: Row) -> int:
        return thing.visit.id if thing.visit else -thing.customer.id if thing.customer else 0

    def subject(self, change: Change) -> int:
        if change.table == "visits":
            return change.row
        if change.table != "customers":
            return 0
        shown = [row for row in self.things if row.customer and row.customer.id == change.row]
        return self.ident(shown[0]) if shown else 0

    def summary(self) -> str:
        n = self.counts
        told = [_("owed {count}").format(count=self.chased)] if self.chased else []
        told.append(_("capt {n}/{d}").format(n=n.captured, d=n.first))
        told.append(_("test {n}/{d}").format(n=n.drives, d=n.intent))
        return " ".join(told)

    # -- drawing

    def columns(self) -> list[Column]:
        return [
            Column("#", 2, "right"), board.day_column(_("Time")), Column(_("Customer"), 10), Column(_("Tail"), 4),
            Column(_("Model"), 8), Column(_("Gr"), 2), Column(_("Advisor"), board.pick_cells(10, 9)), Column(_("Capt"), 4),
            Column(_("Test"), 4), Column(_("Progress"), 11), Column(_("Next"), 7),
        ]  # fmt: skip

    def cells(self, number: int, thing: Row) -> list[Cell]:
        return [Cell(str(number)), *(self._visit(thing.visit, thing.customer) if thing.visit else self._due(thing))]

    def _visit(self, one: Visit, customer: Customer | None) -> list[Cell]:
        who = board.name_cell(customer)
        if one.channel is Channel.CALL and customer is None:
            who = Cell(_(CHANNEL_WORDS[one.channel]), "dim")
        time = one.came_at[11:16] if one.day == self.day else clock.short_day(one.day)
        return [
            Cell(time), who, Cell(notes.tail(customer)), Cell(self.names.model(one.model_id)), Cell(one.grade or "-"),
            Cell(self.names.person(one.advisor_id)), Cell(_("yes") if one.captured else _("no")),
            Cell("v" if one.test_drive else "-"), self._progress(one, customer), board.next_cell(customer, self.day),
        ]  # fmt: skip

    def _progress(self, one: Visit, customer: Customer | None) -> Cell:
        if visit_rules.is_chased(one):
            return Cell(_("to fill in"), "warn")
        said = self.names.progress(customer)
        if one.channel is Channel.CALL:
            return Cell(said or _(CHANNEL_WORDS[one.channel]))
        return Cell(said if said and one.kind is not Kind.NON_INTENT else _(KIND_WORDS[one.kind]))

    def _due(self, row: Row) -> list[Cell]:
        one = row.customer
        assert one
        return [
            board.day_cell(one.last_contact), board.name_cell(one), Cell(notes.tail(one)),
            Cell(self.names.model(one.model_id)), Cell(one.grade), Cell(self.names.person(one.advisor_id)), Cell("-"),
            Cell("-"), Cell(_("end asked") if row.due and row.due.asked else self.names.progress(one) or "-"),
            board.next_cell(one, self.day),
        ]  # fmt: skip

    def detail(self, cells: int) -> list[Line]:
        row: Row | None = self.thing()
        if row is None or row.visit is None:
            return board.facts(row.customer if row else None, self.names, cells)
        one = row.visit
        named = (self.names.lists.sources.get(one.source), self.names.lists.purposes.get(one.purpose))
        left = f"-{one.left_at[11:16]}" if one.left_at else ""
        told = [
            f"{one.came_at[11:16]}{left}", _("party of {count}").format(count=one.party),
            _("{count} times today").format(count=one.times) if one.times > 1 else "", _("quote") if one.quote else "",
            *(found.shown for found in named if found), colour_now(one.colour), one.competitor, mask_in(one.note),
        ]  # fmt: skip
        return [Line().put("   " + "  ".join(filter(None, told))).cropped(cells - 1)]

    def warning(self, cells: int) -> Line:
        """What the advisors owe, and whose follow-ups are late."""
        line = Line()
        if self.chased:
            line.put(" " + _("to fill in: {count} (Enter, or 0 says why)").format(count=self.chased), "warn")
        if self.overdue:
            room = 74 - line.cells - Line().put(_("Late calls:  {who}   9 tell")).cells
            who = board.late_words(self.overdue, self.names, max(10, room))
            line.put(" " + _("Late calls: {who}   9 tell").format(who=who), "", "key:9")
        return line

    def found(self, typed: str) -> list[tuple[int, str, str, int]]:
        scores = finding.scores(self.store, typed)
        return [
            (scores[row.customer.id], notes.name_of(row.customer), self.names.model(row.customer.model_id), self.ident(row))
            for row in self.things if row.customer and row.customer.id in scores
        ]  # fmt: skip

    # -- keys

    def binds(self) -> Sequence[Bind]:
        row: Row | None = self.thing()
        if row is None:
            return (board.NEW, board.turning(self), board.HELP)
        grading = board.grading(self.names.lists)
        if row.visit is None:
            return (
                board.NEW,
                grading,
                board.LOST,
                board.ORDER,
                board.HAND,
                board.CALLED,
                board.OPEN,
                board.turning(self),
            )
        if row.visit.incomplete:
            return (board.NEW, grading, DRIVE, EDIT, EXPLAIN, LEFT, FILL, board.turning(self))
        if row.customer is None:
            return (board.NEW, grading, DRIVE, EDIT, *self._reminding(), LEFT, FILL, board.turning(self))
        return (
            board.NEW, grading, DRIVE, board.LOST, board.ORDER, EDIT, LEFT, board.OPEN, board.turning(self),
        )  # fmt: skip

    def _reminding(self) -> tuple[Bind, ...]:
        """Told on the warning line too, where this line has no room."""
        return (REMIND,) if self.overdue else ()

    def press(self, key: str) -> bool:
        row: Row | None = self.thing()
        if key == "9" and self.overdue:
            acts.remind(self, [(who, count) for who, count in self.overdue.items() if who])
        elif row is None:
            return False
        elif row.visit is None:
            assert row.customer
            return acts.press(self, key, row.customer)
        else:
            return self._press_visit(key, row.visit, row.customer)
        return True

    def _press_visit(self, key: str, one: Visit, customer: Customer | None) -> bool:
        grade = board.grade_of(key, self.names.lists)
        if grade:
            acts.do(self, lambda: visit_moves.regrade(self.store, one, acts.toggled(self, customer, grade)))
        elif key == "space":
            acts.do(self, lambda: visit_moves.drive(self.store, one))
        elif key == "-":
            acts.do(self, lambda: visit_moves.leave(self.store, one))
        elif key == "0" and one.incomplete:
            self.desk.open("explain", {"visit": one.id})
        elif key == "ctrl+e" or (key == "enter" and (customer is None or one.incomplete)):
            self.desk.open("visit", {"visit": one.id})
        else:
            known = customer is not None and not one.incomplete
            return known and customer is not None and acts.press(self, key, customer, one.id)
        return True


FILL = bind("enter", "Enter", N_("fill"), changes=True, help=N_("fill in what the advisor still owes"))
