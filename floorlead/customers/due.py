"""Follow-ups due and overdue by advisor, oldest first; Space says done, 5 and a digit say when next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from floorlead import clock
from floorlead.customers import acts, board, finding, notes, queries
from floorlead.customers.records import Customer
from floorlead.customers.sight import IdView
from floorlead.record import record
from floorlead.widgets.grid import Cell, Column
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line
from floorlead.words import N_, _

DAY = bind("5", "5", N_("day"), help=N_("followed up, the next one on a day that a digit picks"))
TELL = bind("enter", "Enter", N_("tell"), changes=True, help=N_("note that this advisor was told"))
ALL = bind("9", "9", N_("tell"), changes=True, help=N_("note that every advisor with overdue follow-ups was told"))


@record
class Group:
    """An advisor's heading: how many are due, overdue and done, how long the oldest waits, when a reminder was given."""

    person: int | None
    due: int
    late: int
    oldest: int
    done: int
    told: str


@record
class Call:
    """A follow-up of today or before by its customer's id; `due` is the day it answers or answered."""

    id: int
    advisor: int | None
    due: date
    done: bool = False


class DueView(IdView):
    """What is due today and before; a group's id is the advisor's with a minus sign, less one."""

    name = "due"
    word = N_("to ring")
    counted = "due"
    empty = N_("{what}    nobody is to be called today.   Tab goes on to the book")
    DETAIL = 1

    def __init__(self, page: Any) -> None:
        super().__init__(page)
        self.names = board.names(page.store)
        self.overdue: dict[int | None, int] = {}
        self.done: set[int] = set()
        self.asked: set[int] = set()

    def enter(self) -> None:
        """Read again; the cursor begins on the first customer, whom the keys mean."""
        fresh = not self.here
        super().enter()
        if fresh and (first := next((one for one in self.things if isinstance(one, Call)), None)):
            self.stand(first.id)

    def read(self) -> Sequence[Group | Call]:
        self.names = board.names(self.store)
        self.overdue = queries.overdue(self.store, self.day)
        self.asked = queries.asked_for(self.store)
        found = [Call(one.id, one.advisor_id, one.next_due) for one in queries.owed(self.store, self.day)]
        found += self._done({one.id for one in found})
        told = {one.person_id: one.at[11:16] for one in queries.reminders(self.store, self.day)}
        rows: list[Group | Call] = []
        for person, owed in _groups(found).items():
            open_ones = [one for one in owed if not one.done]
            late = [(self.day - one.due).days for one in open_ones if one.due < self.day]
            done = len(owed) - len(open_ones)
            head = Group(person, len(open_ones), len(late), max(late, default=0), done, told.get(person or 0, ""))
            rows += [head, *owed]
        return rows

    def _done(self, open_ones: set[int]) -> list[Call]:
        """Who was followed up today because it was due, or because the leader said so here."""
        events = {one.customer_id: one for one in queries.contacted_on(self.store, self.day)}
        wanted = {
            ident: event for ident, event in events.items()
            if ident not in open_ones and (event.visit_id is None or (event.due and event.due <= self.day))
        }  # fmt: skip
        known = queries.some(self.store, wanted)
        self.done = set(known)
        return [Call(one.id, one.advisor_id, wanted[one.id].due or self.day, done=True) for one in known.values()]

    def ident(self, thing: Group | Call) -> int:
        return thing.id if isinstance(thing, Call) else -(thing.person or 0) - 1

    def place(self, ident: int) -> int | None:
        return next((n for n, thing in enumerate(self.things) if self.ident(thing) == ident), None)

    def customer(self) -> Customer | None:
        """The customer under the cursor, None on a heading."""
        return self.at(self.grid.cursor) if isinstance(self.thing(), Call) else None

    def summary(self) -> str:
        late = sum(self.overdue.values())
        return _("late {late} done {done}").format(late=late, done=len(self.done))

    # -- drawing

    def columns(self) -> list[Column]:
        return [
            Column("", board.pick_cells(10, 12)), Column(_("Customer"), board.pick_cells(10, 8)), Column(_("Tail"), 4), Column(_("Model"), 10), Column(_("Gr"), 2),
            board.day_column(_("Last")), board.day_column(_("Owed")), Column(_("Next"), 8), Column(_("Progress"), board.pick_cells(13, 12)),
        ]  # fmt: skip

    def cells(self, number: int, thing: Group | Call) -> list[Cell]:
        one = None if isinstance(thing, Group) else self.at(number - 1)
        if isinstance(thing, Group) or one is None:
            return self._heading(thing) if isinstance(thing, Group) else [Cell(""), Cell("-")]
        state = _("done") if thing.done else _("end asked") if thing.id in self.asked else ""
        early = "" if thing.done or not one.next_due or one.next_due <= self.day else _("rests {day}").format(
            day=clock.short_day(one.next_due))  # fmt: skip
        return [
            Cell("v" if thing.done else "", "done"), board.name_cell(one), Cell(notes.tail(one)),
            Cell(self.names.model(one.model_id)), Cell(one.grade), board.day_cell(one.last_contact), board.day_cell(thing.due),
            board.next_cell(one, self.day), Cell(state or early or self.names.progress(one) or "-"),
        ]  # fmt: skip

    def _heading(self, group: Group) -> list[Cell]:
        told = _("told {time}").format(time=group.told) if group.told else ""
        late = _("{late} late").format(late=group.late) if group.late else ""
        counts = [
            Cell(self.names.person(group.person), "title"), Cell(_("due {count}").format(count=group.due), "bold"),
            Cell(""), Cell(late, "bad"), Cell(""), Cell(""), Cell(""),
        ]  # fmt: skip
        oldest = _("{days}d late").format(days=group.oldest) if group.oldest else ""
        return [*counts, Cell(oldest), Cell(told or (_("done {done}").format(done=group.done) if group.done else ""))]

    def detail(self, cells: int) -> list[Line]:
        return board.facts(self.customer(), self.names, cells)

    def warning(self, cells: int) -> Line:
        gone = [who for who in self.overdue if self.names.has_left(who, self.day)]
        if not gone:
            return Line()
        words = _("{name} has left with follow-ups open: 8 on one of them hands all over")
        return Line().put(" " + words.format(name=self.names.person(gone[0])), "warn")

    def found(self, typed: str) -> list[tuple[int, str, str, int]]:
        here = {one.id for one in self.things if isinstance(one, Call)}
        return [
            (score, notes.name_of(one), self.names.person(one.advisor_id), one.id)
            for score, one in finding.find(self.store, typed) if one.id in here
        ]  # fmt: skip

    # -- keys

    def binds(self) -> Sequence[Bind]:
        everyone = (ALL,) if self.overdue else ()
        if not self.things:
            return (board.NEW, board.turning(self), board.HELP)
        if self.customer() is None:
            return (board.NEW, *((TELL,) if self._late_here() else ()), *everyone, board.turning(self), board.HELP)
        return (
            board.CALLED,
            board.grading(self.names.lists),
            DAY,
            board.LOST,
            board.ORDER,
            board.HAND,
            *everyone,
            board.OPEN,
            board.turning(self),
        )

    def _late_here(self) -> int:
        thing = self.thing()
        return thing.late if isinstance(thing, Group) and thing.person else 0

    def press(self, key: str) -> bool:
        customer = self.customer()
        if key == "9" and self.overdue:
            acts.remind(self, [(who, count) for who, count in self.overdue.items() if who])
        elif customer is None:
            return self._press_heading(key)
        elif key == "5":
            self.desk.open("next", {"customer": customer.id, "call": customer.id not in self.done})
        else:
            return acts.press(self, key, customer)
        return True

    def _press_heading(self, key: str) -> bool:
        thing = self.thing()
        if key != "enter" or not isinstance(thing, Group) or not thing.person:
            return False
        acts.remind(self, [(thing.person, thing.late)] if thing.late else [])
        return True


def _groups(found: Sequence[Call]) -> dict[int | None, list[Call]]:
    """By advisor, each oldest first; who owes the oldest one stands first, nobody's last.

    What was done today keeps the place that it had while it was due.
    """
    groups: dict[int | None, list[Call]] = {}
    for one in sorted(found, key=lambda one: (one.due, one.id)):
        groups.setdefault(one.advisor, []).append(one)
    if None in groups:
        groups[None] = groups.pop(None)
    return groups
