"""Reading the book: who is open, what is due by whom, what was applied for, what happened; rows become records here.

Every list that a page shows is read by an index of its own, however many customers the file holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from floorlead import settings
from floorlead.customers import rules
from floorlead.customers.lists import lists
from floorlead.customers.records import Customer, Due, Ending, Event, Happened, Reminder
from floorlead.duty import lists as rota_lists
from floorlead.duty import queries as duty
from floorlead.duty.records import Kind
from floorlead.finding import matches
from floorlead.people import queries as people
from floorlead.phones import digits
from floorlead.store import Store
from floorlead.text import fold

COLUMNS = (
    "id, name, phone, grade, model_id, colour, source, advisor_id, first_on, last_contact, next_due, closed_on, "
    "consent_at, consent_how, no_contact, progress, competitor, note, number, made_at, by, erased_on"
)
EVENT_COLUMNS = (
    "id, customer_id, day, at, by, person_id, kind, grade_before, grade_after, due, next_due, reason, note, visit_id"
)
ENDING_COLUMNS = (
    "id, customer_id, wanted, reason, note, asked_on, asked_at, person_id, state, decided_on, decided_at, by, answer"
)
AHEAD = 10
"""Days that are looked ahead for follow-ups due while their advisor rests (the New Year week is eight)."""
MOST_FOUND = 30
Rests = Callable[[int | None, date], bool]
"""Whether somebody rests on a day."""
_OPEN = "closed_on IS NULL"
_OWED = "closed_on IS NULL AND no_contact = 0 AND erased_on IS NULL AND next_due"


def customer_of(row: tuple[Any, ...]) -> Customer:
    """A customer from its columns."""
    ident, name, phone, grade, model, colour, source, advisor = row[:8]
    first_on, last, due, closed, consent_at, how, stopped = row[8:15]
    progress, competitor, note, number, made_at, by, erased = row[15:]
    return Customer(
        ident, name, phone, grade, model, colour, source, advisor, date.fromisoformat(first_on), _day(last), _day(due),
        _day(closed), consent_at or "", how, bool(stopped), progress, competitor, note, number, made_at, by, _day(erased),
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _customers(store: Store, where: str, *values: Any) -> list[Customer]:
    return [customer_of(row) for row in store.rows(f"SELECT {COLUMNS} FROM customers {where}", *values)]


# -- customers


def get(store: Store, ident: int | None) -> Customer | None:
    """A customer by id."""
    return next(iter(_customers(store, "WHERE id = ?", ident)), None) if ident else None


def by_phone(store: Store, phone: str) -> Customer | None:
    """Whose number it is, however it is written; None for nobody's."""
    number = digits(phone)
    return next(iter(_customers(store, "WHERE phone = ? AND phone <> ''", number)), None) if number else None


def some(store: Store, idents: Iterable[int | None]) -> dict[int, Customer]:
    """Customers by their ids."""
    found: dict[int, Customer] = {}
    wanted = sorted({ident for ident in idents if ident})
    for at in range(0, len(wanted), 500):
        part = wanted[at : at + 500]
        marks = ", ".join("?" * len(part))
        found |= {one.id: one for one in _customers(store, f"WHERE id IN ({marks})", *part)}
    return found


def open_all(store: Store) -> list[Customer]:
    """Every open prospect, from hot to cold, the next due first."""
    found = _customers(store, f"WHERE {_OPEN}")
    order = {code: n for n, code in enumerate(lists(store).grades)}
    return sorted(found, key=lambda c: (order.get(c.grade, len(order)), c.next_due or date.max, c.id))


def open_ids(store: Store) -> list[int]:
    """The ids of the open prospects in the order of the book, without reading the rows themselves."""
    rows = store.rows(f"SELECT id, grade, next_due FROM customers WHERE {_OPEN}")
    order = {code: n for n, code in enumerate(lists(store).grades)}
    rows.sort(key=lambda row: (order.get(row[1], len(order)), row[2] or "9", row[0]))
    return [row[0] for row in rows]


def how_many_open(store: Store) -> int:
    """How many prospects are open."""
    return int(store.one(f"SELECT count(*) FROM customers WHERE {_OPEN}"))


def prospects(store: Store, day: date) -> dict[int | None, dict[str, int]]:
    """Open prospects by advisor and grade as they are now; None is nobody's. `day` is the day they are asked for."""
    found: dict[int | None, dict[str, int]] = {}
    sql = (
        f"SELECT advisor_id, grade, count(*) FROM customers WHERE {_OPEN} AND first_on <= ? GROUP BY advisor_id, grade"
    )
    for who, grade, count in store.rows(sql, day.isoformat()):
        found.setdefault(who, {})[grade] = count
    return found


def grades(store: Store) -> dict[str, int]:
    """Open prospects by grade."""
    return dict(store.rows(f"SELECT grade, count(*) FROM customers WHERE {_OPEN} GROUP BY grade"))


def find(store: Store, typed: str) -> list[tuple[int, Customer]]:
    """Open prospects that fit what was typed, best first, with their scores; anybody by the last four of the phone."""
    text = fold(typed).lower().replace(" ", "")
    if len(text) == 4 and text.isdigit():
        tail = "WHERE phone <> '' AND substr(phone, -4) = ? ORDER BY closed_on IS NOT NULL, id LIMIT 30"
        return [(4, one) for one in _customers(store, tail, text)]
    if not text or text.isdigit():
        return []
    rows = store.rows(f"SELECT id, search FROM customers WHERE {_OPEN} AND instr(search, ?) > 0", text)
    scored = sorted(((matches(text, search), ident) for ident, search in rows), key=lambda one: -one[0])[:MOST_FOUND]
    known = some(store, [ident for _score, ident in scored])
    return [(score, known[ident]) for score, ident in scored if score]


def scores(store: Store, typed: str) -> dict[int, int]:
    """How well the customers found fit, by id."""
    return {one.id: score for score, one in find(store, typed)}


# -- follow-ups


def resting(store: Store, first: date, last: date) -> Rests:
    """Whether somebody rests on a day of a period: by the rota, where nothing is planned by the weekly rest day.

    Nobody works on a day that the showroom is closed.
    """
    book = rota_lists.book(store)
    off = {shift.code for shift in book.shifts if shift.kind in (Kind.OFF, Kind.LEAVE)}
    laid = duty.laid(store, first, last)
    weekly = {person.id: person.rest_day for person in people.everybody(store)}

    def rests(person: int | None, day: date) -> bool:
        if day in book.closed:
            return True
        if person is None:
            return False
        cell = laid.get((person, day))
        return cell.code in off if cell and cell.code else weekly.get(person) == day.weekday()

    return rests


def due(store: Store, day: date, *, advisor: int | None = None, most: int = -1) -> list[Due]:
    """What is to be followed up on a day, the overdue too, oldest first; who must not be called is never listed.

    A follow-up that falls on the advisor's rest day stands here from the last day of work before it. `most` is how
    many are read at all, -1 for every one.
    """
    rests = _rests(store, day)
    owed = _customers(store, f"WHERE {_OWED} <= ? ORDER BY next_due, id LIMIT ?", day.isoformat(), most)
    found = [*owed, *_early(store, day, rests)]
    pending = {ending.customer_id for ending in asked(store)}
    shown = [
        Due(one, _shown(one, rests), rules.days_late(one, day), asked=one.id in pending)
        for one in found if advisor is None or one.advisor_id == advisor
    ]  # fmt: skip
    return sorted(shown, key=rules.order_of)


def how_many_due(store: Store, day: date) -> int:
    """How many follow-ups `due` lists, without reading them."""
    early = _early(store, day, _rests(store, day))
    return int(store.one(f"SELECT count(*) FROM customers WHERE {_OWED} <= ?", day.isoformat())) + len(early)


def _early(store: Store, day: date, rests: Rests) -> list[Customer]:
    """Due after the day, but shown by now: their advisors rest from tomorrow until the due day."""
    found: list[Customer] = []
    for person in [None, *(one.id for one in people.staff(store, day))]:
        last = day
        while (last - day).days < AHEAD and rests(person, last + timedelta(days=1)):
            last += timedelta(days=1)
        if last > day:
            where = f"WHERE {_OWED} > ? AND next_due <= ? AND advisor_id IS ?"
            found += _customers(store, where, day.isoformat(), last.isoformat(), person)
    return [one for one in found if _shown(one, rests) <= day]


def _rests(store: Store, day: date) -> Rests:
    if settings.get(store, "due_before_rest") != "1":
        return lambda _who, _day: False
    return resting(store, day - timedelta(days=rules.LONGEST_REST), day + timedelta(days=AHEAD))


def _shown(one: Customer, rests: Rests) -> date:
    assert one.next_due
    return rules.shown_due(one.next_due, lambda day: rests(one.advisor_id, day), one.last_contact)


def due_by_advisor(store: Store, day: date) -> dict[int | None, list[Due]]:
    """What is due by advisor; who owes the oldest follow-up stands first, nobody's last."""
    return rules.by_advisor(due(store, day))


def overdue(store: Store, day: date) -> dict[int | None, int]:
    """How many follow-ups each advisor let pass; on the due day itself nothing is overdue."""
    sql = f"SELECT advisor_id, count(*) FROM customers WHERE {_OWED} < ? GROUP BY advisor_id"
    return dict(store.rows(sql, day.isoformat()))


def contacted_on(store: Store, day: date) -> list[Event]:
    """The follow-ups made on a day, in the order of time."""
    return _events(store, "WHERE day = ? AND kind = 'contact' ORDER BY id", day.isoformat())


def contact_today(store: Store, customer: int, day: date) -> Event | None:
    """The last follow-up of a customer on a day; a visit counts as one."""
    where = "WHERE customer_id = ? AND day = ? AND kind = 'contact' ORDER BY id DESC LIMIT 1"
    return next(iter(_events(store, where, customer, day.isoformat())), None)


def reminders(store: Store, day: date) -> list[Reminder]:
    """Who was reminded on a day, in the order of time."""
    sql = "SELECT id, day, at, by, person_id, overdue FROM reminders WHERE day = ? ORDER BY id"
    return [Reminder(row[0], day, *row[2:]) for row in store.rows(sql, day.isoformat())]


# -- endings and events


def ending_of(row: tuple[Any, ...]) -> Ending:
    """An application from its columns."""
    ident, customer, wanted, reason, note, asked_on, asked_at, who, state, decided_on, decided_at, by, answer = row
    asked_day = date.fromisoformat(asked_on)
    return Ending(
        ident, customer, wanted, reason, note, asked_day, asked_at, who, state, _day(decided_on), decided_at or "", by, answer
    )  # fmt: skip


def _endings(store: Store, where: str, *values: Any) -> list[Ending]:
    return [ending_of(row) for row in store.rows(f"SELECT {ENDING_COLUMNS} FROM endings {where}", *values)]


def asked(store: Store) -> list[Ending]:
    """The applications that wait for the leader, oldest first."""
    return sorted(_endings(store, "WHERE state = 'asked'"), key=lambda one: (one.asked_at, one.id))


def ending(store: Store, ident: int) -> Ending | None:
    """An application by id."""
    return next(iter(_endings(store, "WHERE id = ?", ident)), None)


def endings_of(store: Store, customer: int) -> list[Ending]:
    """Every application about a customer, in the order of time."""
    return _endings(store, "WHERE customer_id = ? ORDER BY id", customer)


def decided(store: Store, first: date, last: date) -> list[Ending]:
    """The applications decided in a period, in the order of time."""
    where = "WHERE decided_on IS NOT NULL AND decided_on BETWEEN ? AND ? ORDER BY decided_at, id"
    return _endings(store, where, first.isoformat(), last.isoformat())


def _events(store: Store, where: str, *values: Any) -> list[Event]:
    return [_event(row) for row in store.rows(f"SELECT {EVENT_COLUMNS} FROM customer_events {where}", *values)]


def _event(row: tuple[Any, ...]) -> Event:
    ident, customer, day, at, by, who, kind, before, after, owed, following, *rest = row
    days = (_day(owed), _day(following))
    return Event(ident, customer, date.fromisoformat(day), at, by, who, Happened(kind), before, after, *days, *rest)


def events(store: Store, customer: int) -> list[Event]:
    """Everything that happened to a customer, in the order of time."""
    return _events(store, "WHERE customer_id = ? ORDER BY day, id", customer)


def events_between(store: Store, first: date, last: date) -> list[Event]:
    """Everything that happened to anybody in a period, in the order of time."""
    return _events(store, "WHERE day BETWEEN ? AND ? ORDER BY day, id", first.isoformat(), last.isoformat())


def grade_before_today(store: Store, customer: int, day: date) -> str:
    """The grade before the last change of it on a day, empty when it was not changed then."""
    where = "WHERE customer_id = ? AND day = ? AND kind = 'grade' ORDER BY id DESC LIMIT 1"
    return next((e.grade_before for e in _events(store, where, customer, day.isoformat())), "")


def counts(store: Store, day: date) -> Mapping[str, int]:
    """How much each view holds: follow-ups due, prospects in the book, applications."""
    return {"due": how_many_due(store, day), "book": how_many_open(store), "asked": len(asked(store))}
