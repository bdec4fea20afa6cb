"""Reading the book: who is open, what is due by whom, what was applied for, what happened; rows become records here.

Every list that a page shows is read by an index of its own, however many customers the file holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from floorlead import settings
from floorlead.customers import rules
from floorlead.customers.lists import lists
from floorlead.customers.records import Customer, Due, Ending, Event, Happened, Opened, Owed, Reminder
from floorlead.duty import lists as rota_lists
from floorlead.duty import queries as duty
from floorlead.duty.records import Kind
from floorlead.people import queries as people
from floorlead.phones import digits
from floorlead.store import Store

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
Rests = Callable[[int | None, date], bool]
"""Whether somebody rests on a day."""
_OPEN = "closed_on IS NULL"
_OWED_COLUMNS = "id, next_due, advisor_id, last_contact"
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
    for part in parts(ident for ident in idents if ident):
        marks = ", ".join("?" * len(part))
        found |= {one.id: one for one in _customers(store, f"WHERE id IN ({marks})", *part)}
    return found


def parts(idents: Iterable[int]) -> Iterable[list[int]]:
    """Ids in their order, each once, in parts that one statement can name."""
    wanted = sorted(set(idents))
    return (wanted[at : at + 500] for at in range(0, len(wanted), 500))


def open_all(store: Store) -> list[Customer]:
    """Every open prospect, from hot to cold, the next due first."""
    found = _customers(store, f"WHERE {_OPEN}")
    order = {code: n for n, code in enumerate(lists(store).grades)}
    return sorted(found, key=lambda c: (order.get(c.grade, len(order)), c.next_due or date.max, c.id))


def opened(store: Store, idents: Sequence[int] | None = None) -> list[Opened]:
    """The open ones, all or those among some ids, as a long list needs them, in no order."""
    among = "" if idents is None else f" AND id IN ({', '.join('?' * len(idents))})"
    sql = f"SELECT id, grade, ifnull(next_due, ''), advisor_id, first_on FROM customers WHERE {_OPEN}{among}"
    return [Opened(*row) for row in store.rows(sql, *(idents or ()))]


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


def due(store: Store, day: date, *, advisor: int | None = None, most: int | None = None) -> list[Due]:
    """What is to be followed up on a day, the overdue too, oldest first; who must not be called is never listed.

    A follow-up that falls on the advisor's rest day stands here from the last day of work before it. `most` is how
    many of them are read, None for every one.
    """
    rests = rests_of(store, day)
    rows = [row for row in owed(store, day, rests) if advisor is None or row.advisor_id == advisor][:most]
    known, pending = some(store, [row.id for row in rows]), asked_for(store)
    return [
        Due(known[row.id], _shown(row, rests), rules.days_late(known[row.id], day), asked=row.id in pending)
        for row in rows
    ]


def owed(store: Store, day: date, rests: Rests | None = None) -> list[Owed]:
    """What `due` lists in its order, each as its id, day and advisor alone."""
    sql = f"SELECT {_OWED_COLUMNS} FROM customers WHERE {_OWED} <= ? ORDER BY next_due, id"
    late = [_owed(row) for row in store.rows(sql, day.isoformat())]
    return [*late, *_early(store, day, rests or rests_of(store, day))]


def how_many_due(store: Store, day: date) -> int:
    """How many follow-ups `due` lists, without reading them."""
    early = _early(store, day, rests_of(store, day))
    return int(store.one(f"SELECT count(*) FROM customers WHERE {_OWED} <= ?", day.isoformat())) + len(early)


def _early(store: Store, day: date, rests: Rests) -> list[Owed]:
    """Due after the day, but shown by now: their advisors rest from tomorrow until the due day."""
    until = {person: _until(person, day, rests) for person in [None, *(one.id for one in people.staff(store, day))]}
    last = max(until.values())
    if last == day:
        return []
    sql = f"SELECT {_OWED_COLUMNS} FROM customers WHERE {_OWED} > ? AND next_due <= ? ORDER BY next_due, id"
    rows = [_owed(row) for row in store.rows(sql, day.isoformat(), last.isoformat())]
    return [one for one in rows if one.next_due <= until.get(one.advisor_id, day) and _shown(one, rests) <= day]


def _until(person: int | None, day: date, rests: Rests) -> date:
    """The last day of the rest that begins tomorrow; the day itself where tomorrow is a day of work."""
    last = day
    while (last - day).days < AHEAD and rests(person, last + timedelta(days=1)):
        last += timedelta(days=1)
    return last


def _owed(row: tuple[Any, ...]) -> Owed:
    ident, due_on, advisor, last = row
    return Owed(ident, date.fromisoformat(due_on), advisor, _day(last))


def rests_of(store: Store, day: date) -> Rests:
    """Who rests around a day, as the showroom looks at it when a follow-up falls on a rest day."""
    if settings.get(store, "due_before_rest") != "1":
        return lambda _who, _day: False
    return resting(store, day - timedelta(days=rules.LONGEST_REST), day + timedelta(days=AHEAD))


def _shown(one: Owed, rests: Rests) -> date:
    return rules.shown_due(one.next_due, lambda day: rests(one.advisor_id, day), one.last_contact)


def due_by_advisor(store: Store, day: date) -> dict[int | None, list[Due]]:
    """What is due by advisor; who owes the oldest follow-up stands first, nobody's last."""
    return rules.by_advisor(due(store, day))


def overdue(store: Store, day: date) -> dict[int | None, int]:
    """How many follow-ups each advisor let pass; on the due day itself nothing is overdue."""
    sql = f"SELECT advisor_id, count(*) FROM customers WHERE {_OWED} < ? GROUP BY +advisor_id"  # by the due day's index
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


def asked_for(store: Store) -> set[int]:
    """The ids of the customers whose end was applied for."""
    return {ident for (ident,) in store.rows("SELECT customer_id FROM endings WHERE state = 'asked'")}


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


def stories(store: Store, idents: Iterable[int]) -> dict[int, list[Event]]:
    """Everything that happened to some customers, by their ids, each in the order of time."""
    found: dict[int, list[Event]] = {}
    for part in parts(idents):
        marks = ", ".join("?" * len(part))
        for event in _events(store, f"WHERE customer_id IN ({marks}) ORDER BY customer_id, day, id", *part):
            found.setdefault(event.customer_id, []).append(event)
    return found


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
