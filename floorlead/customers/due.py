"""Follow-ups due and overdue by advisor, oldest first; one key says done, one digit says when next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from floorlead.customers import acts, board, moves, notes, queries, rules
from floorlead.customers.records import Customer, Due
from floorlead.customers.views import View
from floorlead.record import record
from floorlead.widgets.grid import Cell, Column
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line
from floorlead.words import N_, _

STEPS = {"1": 1, "2": 3, "3": 7, "4": 14}
"""Days until the next follow-up, by digit."""
NEXT = bind(
    tuple(STEPS), "1-4", N_("+days"), changes=True,
    help=N_("followed up, the next one in 1, 3, 7 or 14 days; the same digit again takes it back"),
)  # fmt: skip
DAY = bind("5", "5", N_("day"), changes=True, help=N_("another day for the next follow-up"))
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


class DueView(View):
    """What is due today and before; a group's id is the advisor's with a minus sign, less one."""

    name = "due"
    word = N_("calls")
    counted = "due"
    empty = N_("{what}    nobody is to be called today.   Tab goes on to the book")
    DETAIL = 1

    def __init__(self, page: Any) -> None:
        super().__init__(page)
        self.names = board.names(page.store)
        self.overdue: dict[int | None, int] = {}
        self.done: set[int] = set()

    def read(self) -> Sequence[Group | Due]:
        self.names = board.names(self.store)
        self.overdue = queries.overdue(self.store, self.day)
        found = queries.due(self.store, self.day)
        found = [*found, *self._done({one.id for one in found})]
        told = {one.person_id: one.at[11:16] for one in queries.reminders(self.store, self.day)}
        rows: list[Group | Due] = []
        for person, owed in _groups(found).items():
            open_ones = [one for one in owed if not one.done]
            oldest = max((one.late for one in open_ones), default=0)
            late = sum(one.late > 0 for one in open_ones)
            head = Group(person, len(open_ones), late, oldest, len(owed) - len(open_ones), told.get(person or 0, ""))
            rows += [head, *owed]
        return rows

    def _done(self, open_ones: set[int]) -> list[Due]:
        """Who was followed up today because it was due, or because the leader said so here."""
        events = {one.customer_id: one for one in queries.contacted_on(self.store, self.day)}
        wanted = {
            ident: event for ident, event in events.items()
            if ident not in open_ones and (event.visit_id is None or (event.due and event.due <= self.day))
        }  # fmt: skip
        known = queries.some(self.store, wanted)
        self.done = set(known)
        return [
            Due(known[ident], event.due or self.day, 0, done=True) for ident, event in wanted.items() if ident in known
        ]

    def ident(self, thing: Group | Due) -> int:
        return thing.id if isinstance(thing, Due) else -(thing.person or 0) - 1

    def customer(self) -> Customer | None:
        """The customer under the cursor, None on a heading."""
        thing = self.thing()
        return thing.customer if isinstance(thing, Due) else None

    def summary(self) -> str:
        late = sum(self.overdue.values())
        return _("late {late} done {done}").format(late=late, done=len(self.done))

    # -- drawing

    def columns(self) -> list[Column]:
        return [
            Column("", 10), Column(_("Customer"), 10), Column(_("Tail"), 4), Column(_("Model"), 10), Column(_("Gr"), 2),
            Column(_("Last"), 5), Column(_("Owed"), 5), Column(_("Next"), 8), Column(_("Progress"), 13),
        ]  # fmt: skip

    def cells(self, number: int, thing: Group | Due) -> list[Cell]:
        if isinstance(thing, Group):
            return self._heading(thing)
        one, due = thing.customer, thing.on if thing.done else thing.customer.next_due
        state = _("done") if thing.done else _("end asked") if thing.asked else ""
        early = "" if thing.done or not one.next_due or one.next_due <= self.day else _("rests {day}").format(
            day=f"{one.next_due:%m-%d}")  # fmt: skip
        return [
            Cell("v" if thing.done else "", "done"), board.name_cell(one), Cell(notes.tail(one)),
            Cell(self.names.model(one.model_id)), Cell(one.grade), board.day_cell(one.last_contact), board.day_cell(due),
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
        scores = queries.scores(self.store, typed)
        return [
            (scores[one.id], notes.name_of(one.customer), self.names.person(one.customer.advisor_id), one.id)
            for one in self.things if isinstance(one, Due) and one.id in scores
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
            NEXT,
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
        elif key in STEPS:
            self._next(customer, STEPS[key])
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

    def _next(self, customer: Customer, days: int) -> None:
        """Followed up, the next one in so many days; on a done one only the day changes, the same day takes it back."""
        wanted = self.day + timedelta(days=days)
        if customer.id not in self.done:
            acts.do(self, lambda: moves.contact(self.store, customer, next_due=wanted))
        elif customer.next_due == wanted:
            acts.do(self, lambda: moves.uncontact(self.store, customer))
        else:
            acts.do(self, lambda: moves.set_next(self.store, customer, wanted))


def _groups(found: Sequence[Due]) -> dict[int | None, list[Due]]:
    """By advisor as in `rules.by_advisor`; what was done today keeps the place that it had while it was due."""
    placed = sorted(found, key=lambda one: (one.on if one.done else one.customer.next_due, one.id))
    groups: dict[int | None, list[Due]] = {}
    for one in placed:
        groups.setdefault(one.customer.advisor_id, []).append(one)
    order = [who for who in rules.by_advisor(found) if who is not None]
    order = [who for who in groups if who is not None and who not in order] + order
    kept = sorted(order, key=lambda who: (groups[who][0].on, groups[who][0].id))
    return {who: groups[who] for who in [*kept, *([None] if None in groups else [])]}
