"""Reading a month of prospects for the grid, and prospects by advisor; what they mean is told in `grid` and `rules`."""

from __future__ import annotations

from datetime import date

from floorlead import settings
from floorlead.customers import grid, queries
from floorlead.customers.grid import GridRow
from floorlead.customers.lists import lists
from floorlead.people import queries as people
from floorlead.people.records import Role
from floorlead.record import record
from floorlead.store import Store

FLOOR = "prospect_floor"


@record
class Load:
    """An advisor's prospects: `grades` {open grade: how many}, `due` today with the overdue, `overdue`, `made` contacts
    today; `person` is None for those whom nobody owns."""

    person: int | None
    name: str
    grades: dict[str, int]
    total: int
    due: int
    overdue: int
    made: int

    @property
    def id(self) -> int:
        """The advisor's id, 0 for nobody's."""
        return self.person or 0


def month(store: Store, day: date, advisor: int | None = None) -> list[GridRow]:
    """The grid of a day's month, of all or of one advisor."""
    first, last = grid.month_of(day)
    sql = "SELECT id FROM customers WHERE closed_on IS NOT NULL AND closed_on >= ? AND first_on <= ?"
    ended = [ident for (ident,) in store.rows(sql, first.isoformat(), last.isoformat())]
    found = queries.some(store, [*queries.open_ids(store), *ended])
    some = [one for one in found.values() if advisor is None or one.advisor_id == advisor]
    events = {one.id: queries.events(store, one.id) for one in some if one.first_on <= last}
    return grid.rows(some, events, first, list(lists(store).grades))


def floor(store: Store) -> int:
    """How many prospects an advisor is to have at least; 0 where the showroom sets no floor."""
    text = settings.get(store, FLOOR)
    return int(text) if text.isdecimal() else 0


def loads(store: Store, day: date) -> list[Load]:
    """The prospects of every consultant, also of one who has none, in the order of the staff; nobody's last."""
    by_grade, late = queries.prospects(store, day), queries.overdue(store, day)
    owed = {who: len(found) for who, found in queries.due_by_advisor(store, day).items()}
    made: dict[int | None, set[int]] = {}
    for event in queries.contacted_on(store, day):
        made.setdefault(event.person_id, set()).add(event.customer_id)
    staff = {one.id: one for one in people.everybody(store)}
    active = [one.id for one in people.staff(store, day) if one.role is Role.CONSULTANT]
    others = [who for who in by_grade if who is not None and who not in active]
    found = [*active, *others, *([None] if None in by_grade else [])]

    def load(who: int | None) -> Load:
        grades = by_grade.get(who, {})
        name = staff[who].shown if who in staff else ""
        total = sum(grades.values())
        return Load(who, name, grades, total, owed.get(who, 0), late.get(who, 0), len(made.get(who, ())))

    return [load(who) for who in found]
