"""Reading a month of prospects for the grid, and prospects by advisor; what they mean is told in `grid` and `rules`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from floorlead import settings
from floorlead.customers import grid, queries
from floorlead.customers.grid import GridRow
from floorlead.customers.lists import lists
from floorlead.customers.opened import OpenBook
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
    stood = standing(store, OpenBook(store), first)
    some = [one for one in queries.some(store, stood).values() if advisor is None or one.advisor_id == advisor]
    events = queries.stories(store, [one.id for one in some if one.first_on <= last])
    return grid.rows(some, events, first, list(lists(store).grades))


def rows(store: Store, idents: Sequence[int], first: date) -> dict[int, GridRow]:
    """The month that begins on `first` of some prospects, by their ids."""
    known, events = queries.some(store, idents), queries.stories(store, idents)
    return {one.id: grid.row(one, events.get(one.id, ()), first, grid.month_of(first)[1]) for one in known.values()}


def standing(store: Store, book: OpenBook, first: date) -> dict[int, str]:
    """Who was open on some day of the month that begins on `first`, in the order of the grid: {id: grade at its end}."""
    book.refresh()
    last = grid.month_of(first)[1].isoformat()
    found = [(one.id, one.grade, one.advisor_id) for one in book.rows.values() if one.first_on <= last]
    sql = "SELECT id, grade, advisor_id FROM customers WHERE closed_on IS NOT NULL AND closed_on >= ? AND first_on <= ?"
    found += store.rows(sql, first.isoformat(), last)
    later, place = _grades_after(store, last), grid.placing(list(lists(store).grades))
    graded = [
        (place(advisor, later.get(ident, grade), ident), later.get(ident, grade)) for ident, grade, advisor in found
    ]
    return {where[-1]: grade for where, grade in sorted(graded)}


def _grades_after(store: Store, last: str) -> dict[int, str]:
    """The grade that the first change after a day found, by customer; whoever was not changed has the grade of now."""
    sql = "SELECT customer_id, grade_before FROM customer_events WHERE day > ? AND grade_before <> '' ORDER BY day DESC, id DESC"
    return dict(store.rows(sql, last))


def floor(store: Store) -> int:
    """How many prospects an advisor is to have at least; 0 where the showroom sets no floor."""
    text = settings.get(store, FLOOR)
    return int(text) if text.isdecimal() else 0


def loads(store: Store, day: date, prospects: Mapping[int | None, dict[str, int]] | None = None) -> list[Load]:
    """The prospects of every consultant, also of one who has none, in the order of the staff; nobody's last.

    `prospects` are the counts by advisor and grade where they are known already.
    """
    by_grade = queries.prospects(store, day) if prospects is None else prospects
    late, owed = queries.overdue(store, day), Counter(one.advisor_id for one in queries.owed(store, day))
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
