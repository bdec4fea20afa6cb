"""What is done to customers, each one action: enter, follow up, regrade, end, hand over to another advisor, remind.

Whatever happens leaves an event, so that a refused end opens again with its history; the same phone is one customer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from floorlead.customers import notes, queries, rules
from floorlead.customers.lists import lists
from floorlead.customers.records import Customer, Ending, Event, Grade, Happened
from floorlead.finding import search_words
from floorlead.people import queries as people
from floorlead.phones import number_in
from floorlead.record import replace
from floorlead.store import Refused, Store, decided
from floorlead.text import free
from floorlead.words import N_, _

NAME_LIMIT, NOTE_LIMIT = 40, 200
FURTHEST = 366
"""Days that a follow-up may lie ahead: what is further is a slip of the year, and nobody would be called again."""
_NAMES = queries.COLUMNS.split(", ")[1:]
_INSERT = f"INSERT INTO customers({', '.join(_NAMES)}, search) VALUES ({', '.join('?' * (len(_NAMES) + 1))})"
_UPDATE = f"UPDATE customers SET {', '.join(f'{name} = ?' for name in _NAMES)}, search = ? WHERE id = ?"
_EVENT_NAMES = queries.EVENT_COLUMNS.split(", ")[1:]
_EVENT = f"INSERT INTO customer_events({', '.join(_EVENT_NAMES)}) VALUES ({', '.join('?' * len(_EVENT_NAMES))})"
_ENDING = (
    "INSERT INTO endings(customer_id, wanted, reason, asked_on, asked_at, person_id, state, decided_on, decided_at, by, "
    "note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


# -- inside an action that is open


def blank(store: Store) -> Customer:
    """A prospect still to be entered, seen first today."""
    return Customer(0, "", "", rules.NEW, None, "", "", None, store.today(), None, None, None, "", "", False, "", "",
                    "", "", store.clock.stamp(), store.by)  # fmt: skip


def values(customer: Customer) -> tuple[Any, ...]:
    """A customer's columns in the order of `queries.COLUMNS`, without the id."""
    one = customer
    days = [day.isoformat() if day else None for day in (one.last_contact, one.next_due, one.closed_on)]
    return (
        one.name, one.phone, one.grade, one.model_id, one.colour, one.source, one.advisor_id, one.first_on.isoformat(),
        *days, one.consent_at or None, one.consent_how, int(one.no_contact), one.progress, one.competitor, one.note,
        one.number, one.made_at, one.by, one.erased_on.isoformat() if one.erased_on else None,
    )  # fmt: skip


def put_customer(db: Any, customer: Customer) -> int:
    """Enter (id 0) or change a customer inside an open action; returns the id."""
    search = search_words(customer.name, customer.number)
    if customer.id:
        db.execute(_UPDATE, (*values(customer), search, customer.id))
        return customer.id
    return int(db.execute(_INSERT, (*values(customer), search)).lastrowid)


def put_event(db: Any, event: Event) -> int:
    """Enter what happened inside an open action; returns its id."""
    due, following = (day.isoformat() if day else None for day in (event.due, event.next_due))
    row = (
        event.customer_id, event.day.isoformat(), event.at, event.by, event.person_id, event.kind.value,
        event.grade_before, event.grade_after, due, following, event.reason, event.note, event.visit_id,
    )  # fmt: skip
    return int(db.execute(_EVENT, row).lastrowid)


def settle(db: Any, store: Store, ending: Ending, state: str, answer: str) -> None:
    """Decide an application inside an open action. Raises Refused when it was decided meanwhile."""
    sql = "UPDATE endings SET state = ?, decided_on = ?, decided_at = ?, answer = ?, by = ? WHERE id = ? AND state = 'asked'"
    row = (state, store.today().isoformat(), store.clock.stamp(), answer, store.by, ending.id)
    if not db.execute(sql, row).rowcount:
        raise Refused("E322", _("This application was decided meanwhile; look again"))


def put_ending(db: Any, told: Sequence[Any], note: str = "") -> int:
    """Enter an application inside an open action: customer, wanted, reason, asked on, asked at, person, state,
    decided on, decided at, by."""
    return int(db.execute(_ENDING, (*told, note)).lastrowid)


def happened(store: Store, kind: Happened, before: Customer, after: Customer, **more: Any) -> Event:
    """The event that turns one state of a customer into the next, today and now."""
    made = Event(
        0, after.id or before.id, store.today(), store.clock.stamp(), store.by, after.advisor_id, kind, before.grade,
        after.grade, None, after.next_due, "", "", None,
    )  # fmt: skip
    return replace(made, **more)


def put(db: Any, store: Store, kind: Happened, before: Customer, after: Customer, **more: Any) -> int:
    """Change a customer and note what happened, inside an open action. Raises Refused when it was changed meanwhile."""
    must_be(db, before)
    put_customer(db, after)
    return put_event(db, happened(store, kind, before, after, **more))


def must_be(db: Any, before: Customer) -> None:
    """Refuse when the row is no longer what was looked at."""
    row = db.execute(f"SELECT {queries.COLUMNS} FROM customers WHERE id = ?", (before.id,)).fetchone()
    if row is None or queries.customer_of(row) != before:
        sentence = _("{name} was changed by another terminal meanwhile; look again")
        raise Refused("E43", sentence.format(name=notes.called(before)))


def contacted(
    store: Store, customer: Customer, grade: Grade | None, following: date | None = None, on: date | None = None
) -> Customer:
    """The customer after a contact on a day, today where none is named: graded anew where a grade is given, the next
    day by the interval or as said."""
    code, day = grade.code if grade else customer.grade, on or store.today()
    due = following or rules.next_due(grade or lists(store).grades.get(code), day)
    return replace(customer, grade=code, last_contact=day, next_due=due, closed_on=None)


def withdraw_end(db: Any, store: Store, customer: Customer) -> None:
    """Withdraw the application to end a customer who came or ordered, inside an open action."""
    for ending in queries.asked(store):
        if ending.customer_id == customer.id:
            settle(db, store, ending, "withdrawn", "")


def grade_before(store: Store, customer: Customer) -> str:
    """The open grade that the customer had before ordering or ending; a new one's where nothing is known."""
    known = lists(store).grades
    for event in reversed(queries.events(store, customer.id)):
        code = event.grade_before
        if code != customer.grade and code != rules.ORDERED and code in known and known[code].is_open:
            return code
    return rules.NEW


# -- the book row


def checked_phone(phone: str, there: str = "") -> str:
    """A telephone number as it is kept. Raises Refused with one sentence for one that cannot be called."""
    try:
        return number_in(phone, there)
    except ValueError as error:
        raise Refused("E310", str(error)) from error


@decided
def save(store: Store, customer: Customer, before: Customer | None = None) -> int:
    """Enter or correct a customer; one phone belongs to one customer only. Returns the id. Raises Refused."""
    made = replace(
        customer, name=free(customer.name, NAME_LIMIT), phone=checked_phone(customer.phone, before.phone if before else ""),
        note=free(customer.note, NOTE_LIMIT), colour=free(customer.colour, NAME_LIMIT),
        competitor=free(customer.competitor, NAME_LIMIT), progress=free(customer.progress, NAME_LIMIT),
    )  # fmt: skip
    other = queries.by_phone(store, made.phone)
    if other and other.id != made.id:
        sentence = _("This number is {name}'s already; open that customer")
        raise Refused("E311", sentence.format(name=notes.called(other)))
    words = N_("Customer {name} changed") if before else N_("Customer {name} entered")
    with store.write(words, name=notes.called(made)) as db:
        if before:
            put(db, store, Happened.EDIT, before, made)
            return made.id
        ident = put_customer(db, made)
        put_event(db, happened(store, Happened.MADE, replace(made, grade=""), replace(made, id=ident)))
    return ident


# -- follow-ups


@decided
def contact(
    store: Store, customer: Customer, grade: str | None = None, next_due: date | None = None, note: str = ""
) -> None:
    """A follow-up was made just now; the next one by the grade's interval, or on the day that is given.

    The event keeps in `due` which day it answered, in `reason` the last contact before it. Raises Refused.
    """
    _may_call(store, customer)
    _may_be_next(store, next_due)
    known = lists(store).grades[grade] if grade else None
    after, note = contacted(store, customer, known, next_due), free(note, NOTE_LIMIT)
    before_it = customer.last_contact.isoformat() if customer.last_contact else ""
    with store.write(
        N_("{name} followed up, next {day}"), name=notes.called(customer), day=notes.day_told(after.next_due)
    ) as db:
        put(db, store, Happened.CONTACT, customer, after, due=customer.next_due, note=note, reason=before_it)


def _may_be_next(store: Store, day: date | None) -> None:
    if day and day < store.today():
        raise Refused("E315", _("The next follow-up cannot lie in the past"))
    if day and (day - store.today()).days > FURTHEST:
        raise Refused("E315", _("The next follow-up lies more than a year ahead; look at the year"))


def _may_call(store: Store, customer: Customer) -> None:
    if customer.no_contact:
        raise Refused("E312", _("{name} asked not to be called").format(name=notes.called(customer)))
    must_be_open(store, customer)


def must_be_open(store: Store, customer: Customer) -> None:
    """Refuse where the customer was ended."""
    if customer.closed_on:
        told = notes.grade_words(lists(store), customer.grade)
        raise Refused("E313", _("{name} is closed ({grade})").format(name=notes.called(customer), grade=told))


def open_and_free(store: Store, customer: Customer) -> None:
    """Refuse where the customer was ended, or ordered: an order holds its grade."""
    must_be_open(store, customer)
    if customer.grade == rules.ORDERED:
        raise Refused("E317", _("{name} has ordered; cancel the order first").format(name=notes.called(customer)))


@decided
def uncontact(store: Store, customer: Customer) -> None:
    """Take today's last follow-up back: last contact, grade and next day as before it; a grade that was given after it
    stays. Raises Refused."""
    must_be_open(store, customer)
    event = queries.contact_today(store, customer.id, store.today())
    if event is None or event.visit_id:
        raise Refused("E314", _("{name} was here today; that is a follow-up").format(name=notes.called(customer)))
    last = date.fromisoformat(event.reason) if event.reason else None
    after = replace(customer, last_contact=last)
    if customer.grade == event.grade_after:
        after = replace(after, grade=event.grade_before, next_due=event.due)
    elif grade := lists(store).grades.get(customer.grade):
        after = replace(after, next_due=rules.after_grade(after, grade))
    with store.write(N_("{name} not followed up after all"), name=notes.called(customer)) as db:
        must_be(db, customer)
        put_customer(db, after)
        db.execute("DELETE FROM customer_events WHERE id = ?", (event.id,))


@decided
def set_next(store: Store, customer: Customer, day: date) -> None:
    """Put the next follow-up on a day, today or later. Raises Refused."""
    _may_call(store, customer)
    _may_be_next(store, day)
    after = replace(customer, next_due=day)
    with store.write(N_("{name} next {day}"), name=notes.called(customer), day=notes.day_told(day)) as db:
        put(db, store, Happened.NEXT, customer, after, due=customer.next_due)


@decided
def set_grade(store: Store, customer: Customer, code: str) -> None:
    """Judge a customer anew; the next follow-up counts from the last contact, not from today. Raises Refused."""
    grade = lists(store).grades.get(code)
    if grade is None or not grade.is_open:
        raise Refused("E316", _("There is no open grade {grade}").format(grade=code))
    open_and_free(store, customer)
    after = replace(customer, grade=code, next_due=rules.after_grade(customer, grade))
    with store.write(N_("{name} {grade}"), name=notes.called(customer), grade=notes.change(customer.grade, code)) as db:
        put(db, store, Happened.GRADE, customer, after, due=customer.next_due)


# -- advisors


@decided
def reassign(store: Store, customers: Sequence[Customer], person: int) -> None:
    """Hand customers over to another advisor; their follow-up days stay. Raises Refused."""
    moving = [one for one in customers if one.advisor_id != person]
    if not moving:
        return
    to = people.everybody(store)
    name = next(({"zh": p.name, "en": p.name_en or p.name} for p in to if p.id == person), {"zh": "-", "en": "-"})
    words = N_("{name} now with {advisor}") if len(moving) == 1 else N_("{count} customers now with {advisor}")
    with store.write(words, name=notes.called(moving[0]), count=len(moving), advisor=name) as db:
        for one in moving:
            before = "" if one.advisor_id is None else str(one.advisor_id)
            put(db, store, Happened.ADVISOR, one, replace(one, advisor_id=person), reason=before)


@decided
def remind(store: Store, overdue: Sequence[tuple[int, int]]) -> None:
    """Note that advisors were told how many follow-ups they let pass: (person, count), one action. Raises Refused."""
    if not overdue:
        raise Refused("E318", _("Nobody has an overdue follow-up"))
    names = {p.id: {"zh": p.name, "en": p.name_en or p.name} for p in people.everybody(store)}
    told = {
        lang: ", ".join(f"{names[person][lang]} {count}" for person, count in overdue if person in names)
        for lang in ("zh", "en")
    }
    with store.write(N_("Reminded of overdue follow-ups: {who}"), who=told) as db:
        db.executemany(
            "INSERT INTO reminders(day, at, by, person_id, overdue) VALUES (?, ?, ?, ?, ?)",
            [(store.today().isoformat(), store.clock.stamp(), store.by, *one) for one in overdue],
        )


# -- endings


def ask_end(store: Store, customer: Customer, wanted: str, reason: str, note: str = "") -> None:
    """Apply for an end (lost, frozen, out of touch): see `ends.ask`. Raises Refused."""
    from floorlead.customers import ends

    ends.ask(store, customer, wanted, reason, note)


def decide(store: Store, ending: Ending, agree: bool, answer: str = "") -> None:
    """Agree to an application, or refuse it with the reason: see `ends.decide`. Raises Refused."""
    from floorlead.customers import ends

    ends.decide(store, ending, agree, answer)
