"""The lines of the page: the log's own entries, and tasks, leave, outings, plate times and breaches beside them.

Each area says for itself what is open; nothing is kept twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from floorlead.discipline import queries as discipline
from floorlead.discipline.records import Violation
from floorlead.duty import lists as duty_lists
from floorlead.duty.records import LEAVE_STATES, Leave, Outing
from floorlead.leave import notes
from floorlead.leave import queries as leave
from floorlead.log import queries, rules
from floorlead.log.lists import lists
from floorlead.log.records import Entry, Kind, Row, Sort
from floorlead.orders import queries as orders
from floorlead.orders.records import Order
from floorlead.outings import queries as outings
from floorlead.people import queries as people_queries
from floorlead.people.records import Person
from floorlead.phones import mask_in
from floorlead.store import Store
from floorlead.tasks import queries as tasks
from floorlead.tasks.records import Task
from floorlead.text import fold
from floorlead.words import _

LEAVE_AHEAD, OUTING_AHEAD = 7, 14
"""Days ahead in which granted leave and outings are listed."""


class Gathering:
    """One read of everything that the page lists, on the business day that is now."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.day = store.today()
        self.now: datetime = store.clock.now()
        self.called = queries.called(store)
        self.people: Mapping[int, Person] = {one.id: one for one in people_queries.everybody(store)}

    def rows(self) -> list[Row]:
        """All lines, in their order."""
        found = [
            *self._entries(),
            *self._tasks(),
            *self._plates(),
            *self._leaves(),
            *self._outings(),
            *self._breaches(),
        ]
        return rules.in_order(found)

    # -- the log's own

    def _entries(self) -> list[Row]:
        return [self.entry(one) for one in queries.of_the_day(self.store, self.day)]

    def entry(self, one: Entry) -> Row:
        """An entry as a line."""
        clocks = lists(self.store).clocks
        late = rules.is_late(one, self.now, self.day, clocks)
        due = one.effective_on.isoformat() if one.kind is Kind.NOTICE and one.effective_on else one.due
        today = self.day in (one.day, one.closed_on) or one.due[:10] == self.day.isoformat()
        person = self.people.get(one.owner_id or 0)
        owner = person.shown if person else self.called(one.owner)
        return Row(
            Sort(one.kind.value), "entries", one.id, one.at, mask_in(one.text), owner, due, self._state(one), one.open, late, today,
            self._search(one.text, one.customer, owner=one.owner_id, named=one.owner),
        )  # fmt: skip

    def _state(self, one: Entry) -> str:
        if one.kind is Kind.NOTICE:
            left = len(queries.unacknowledged(self.store, one))
            return _("{count} unread").format(count=left) if left else _("all read")
        if not one.open:
            return _("ended")
        if one.escalated_at:
            return _("told mgr")
        return _("working") if one.responded_at else "."

    def _search(self, *texts: str, owner: int | None = None, named: str = "") -> str:
        person = self.people.get(owner or 0)
        parts = [fold(text).lower() for text in (*texts, named) if text]
        return " ".join([person.search.replace("|", " ") if person else "", *parts]).strip()

    # -- beside them

    def _tasks(self) -> list[Row]:
        found = [*tasks.open_all(self.store), *tasks.done_on(self.store, self.day)]
        return [self._task(one) for one in found]

    def _task(self, one: Task) -> Row:
        today = self.day in (one.made_on, one.due, one.done_on) or one.overdue(self.day)
        state = f"v {one.done_at[11:16]}" if one.done and one.done_at else "."
        search = self._search(one.text, named=one.owner)
        owner = next((person for person in self.people.values() if person.name == one.owner), None)
        shown = self.called(one.owner)
        return Row(
            Sort.TASK, "tasks", one.id, one.made_on.isoformat(), mask_in(one.text), shown, one.due.isoformat(), state,
            not one.done, one.overdue(self.day), today, f"{search} {owner.search.replace('|', ' ') if owner else ''}",
        )  # fmt: skip

    def _plates(self) -> list[Row]:
        until = (self.day + timedelta(days=1)).isoformat()
        return [self._plate(one) for one in orders.open_orders(self.store) if one.plate_at and self._shows(one, until)]

    def _shows(self, one: Order, until: str) -> bool:
        done = one.done.get("plates")
        return one.plate_at[:10] <= until and (done is None or self.store.clock.day_at(done.at) == self.day)

    def _plate(self, one: Order) -> Row:
        done = one.done.get("plates")
        advisor = self.people.get(one.advisor_id or 0)
        due = one.plate_at.removesuffix("T00:00")
        when = due[5:].replace("T", " ")
        state = f"v {done.at[11:16]}" if done else "."
        late = done is None and rules.overdue(due, self.now, self.day)
        return Row(
            Sort.PLATE, "orders", one.id, done.at if done else one.plate_at, f"{mask_in(one.customer)} {one.number}  {when}",
            advisor.shown if advisor else "", due, state, done is None, late, due[:10] == self.day.isoformat(),
            f"{one.search.replace('|', ' ')} {self._search(owner=one.advisor_id)}",
        )  # fmt: skip

    def _leaves(self) -> list[Row]:
        until = self.day + timedelta(days=LEAVE_AHEAD)
        found = {one.id: one for one in leave.asked(self.store, self.day)}
        found |= {one.id: one for one in leave.upcoming(self.store, self.day) if one.first <= until}
        found |= {
            one.id: one for one in leave.decided_between(self.store, *self.store.clock.bounds(self.day, self.day))
        }
        return [self._leave(one) for one in found.values()]

    def _leave(self, one: Leave) -> Row:
        book = duty_lists.book(self.store)
        person = self.people[one.person]
        text = mask_in(f"{person.shown} {notes.said(notes.of(one))} {notes.said(notes.what(book, one))}")
        asked = one.state == "asked"
        decided = bool(one.decided_at) and self.store.clock.day_at(one.decided_at) == self.day
        return Row(
            Sort.LEAVE, "leaves", one.id, one.asked_at or one.first.isoformat(), text, "", "", _(LEAVE_STATES[one.state]), asked,
            asked and one.first < self.day, asked or decided or (one.in_force and one.on(self.day)),
            self._search(text, owner=one.person),
        )  # fmt: skip

    def _outings(self) -> list[Row]:
        until = self.day + timedelta(days=OUTING_AHEAD)
        return [self._outing(one) for one in outings.coming(self.store, self.day) if one.first <= until]

    def _outing(self, one: Outing) -> Row:
        going = outings.going(self.store, one.id)
        day = max(self.day, one.first)
        missing = one.wanted - len(going.get(day, ())) if day <= one.last else 0
        names = [self.people[who].shown for who in going.get(day, ()) if who in self.people]
        what = mask_in(notes.said(outings.both(duty_lists.book(self.store), one)))
        state = _("{count} wanted").format(count=missing) if missing > 0 else _("all found")
        review = one.last < self.day
        return Row(
            Sort.OUTING, "outings", one.id, one.first.isoformat(), f"{what} {notes.said(notes.span(one.first, one.last, one.half))}",
            names[0] if names else "", (one.review_due or one.last).isoformat() if review else one.first.isoformat(),
            _("review due") if review else state, review or missing > 0,
            bool(review and one.review_due and one.review_due < self.day), one.on(self.day), self._search(what),
        )  # fmt: skip

    def _breaches(self) -> list[Row]:
        return [self._breach(one) for one in discipline.on_day(self.store, self.day)]

    def _breach(self, one: Violation) -> Row:
        person = self.people[one.person]
        state = _("{count} pt").format(count=one.points) if one.counts else _("struck")
        text = f"{one.shown}  {mask_in(one.note)}".rstrip()
        return Row(
            Sort.VIOLATION, "violations", one.id, one.at, text, person.shown, "", state, False, False, True,
            self._search(text, owner=one.person),
        )  # fmt: skip


def counts(rows: list[Row]) -> dict[str, int]:
    """How many lines each filter shows: `open`, `today`, each sort; and how many are `late`."""
    found = {"open": sum(row.open for row in rows), "today": sum(row.today for row in rows)}
    found |= {sort.value: sum(row.sort is sort for row in rows) for sort in Sort}
    return {**found, "late": sum(row.late for row in rows)}
