"""What is done to visits, each one action: register, fill in, explain, leave; with it goes what it means to others.

A registered walk-in makes or updates its customer and takes the advisor's turn in the queue, undone by one Ctrl+Z.
"""

from __future__ import annotations

from typing import Any

from floorlead.clock import short_day
from floorlead.customers import moves as customer_moves
from floorlead.customers import notes as customer_notes
from floorlead.customers import queries as customers
from floorlead.customers import rules as customer_rules
from floorlead.customers.lists import lists
from floorlead.customers.records import Customer, Grade, Happened
from floorlead.record import replace
from floorlead.store import Refused, Store, decided
from floorlead.text import free
from floorlead.visits import notes, queries, rules
from floorlead.visits.records import Channel, Kind, Visit
from floorlead.words import N_, _

NAME_LIMIT, NOTE_LIMIT = 40, 200
_NAMES = queries.COLUMNS.split(", ")[1:]
_INSERT = f"INSERT INTO visits({', '.join(_NAMES)}) VALUES ({', '.join('?' * len(_NAMES))})"
_UPDATE = f"UPDATE visits SET {', '.join(f'{name} = ?' for name in _NAMES)} WHERE id = ?"
_SERVE = "INSERT INTO queue_events(day, person_id, kind, place, reason, at, by) VALUES (?, ?, 'serve', ?, ?, ?, ?)"


# -- inside an action that is open


def blank(store: Store, channel: Channel = Channel.WALK_IN) -> Visit:
    """A batch that comes just now, of which nothing is known yet."""
    stamp = store.clock.stamp()
    source = channel.value if channel.value in lists(store).sources else ""
    return Visit(0, store.today(), channel, stamp, "", Kind.FIRST, 1, 1, None, None, None, "", "", False, False, False,
                 False, False, False, "", source, "", "", "", "", stamp, store.by)  # fmt: skip


def values(visit: Visit) -> tuple[Any, ...]:
    """A visit's columns in the order of `queries.COLUMNS`, without the id."""
    flags = (visit.captured, visit.test_drive, visit.quote, visit.finance, visit.deal, visit.incomplete)
    return (
        visit.day.isoformat(), visit.channel.value, visit.came_at, visit.left_at or None, visit.kind.value, visit.party,
        visit.times, visit.advisor_id, visit.customer_id, visit.model_id, visit.colour, visit.grade, *map(int, flags),
        visit.explained, visit.source, visit.purpose, visit.competitor, visit.note, visit.number, visit.at, visit.by,
    )  # fmt: skip


def put_visit(db: Any, visit: Visit) -> int:
    """Enter (id 0) or change a visit inside an open action; returns the id."""
    if visit.id:
        db.execute(_UPDATE, (*values(visit), visit.id))
        return visit.id
    return int(db.execute(_INSERT, values(visit)).lastrowid)


def _must_be(db: Any, before: Visit) -> None:
    row = db.execute(f"SELECT {queries.COLUMNS} FROM visits WHERE id = ?", (before.id,)).fetchone()
    if row is None or queries.visit_of(row) != before:
        raise Refused("E300", _("This visit was changed by another terminal meanwhile; look again"))


# -- register


@decided
def register(store: Store, visit: Visit, name: str, phone: str) -> int:
    """Enter a batch with whoever came: one action with the customer and the advisor's turn. Returns the visit's id.

    A known number makes it that customer's visit, the same day the same batch; without a number nobody is captured,
    and a name alone is kept as the note; another name told for a known number corrects the book. Raises Refused.
    """
    visit, name = _cleaned(visit), free(name, NAME_LIMIT)
    known = _who(store, visit, phone)
    number = customer_moves.checked_phone(phone)
    if name and not known and not number:
        visit = replace(visit, note=visit.note or name)
    visit = _classed(store, visit, known, bool(number))
    batch = queries.same_batch(store, known.id, visit.day, visit.channel) if known else None
    if batch:
        visit = rules.again(batch, visit)
    made = replace(known, name=name or known.name) if known else _made(store, visit, name, number)
    told = notes.told(store, visit, customer_notes.called(made) if made else "")
    with store.write(N_("{time} {name} {model} {grade} {advisor}"), **told) as db:
        _as_seen(db, store, visit, known, batch, number)
        ident = put_visit(db, visit)
        customer = _received(db, store, replace(visit, id=ident), known, made, name)
        if customer and visit.customer_id != customer:
            put_visit(db, replace(visit, id=ident, customer_id=customer))
        _serve(db, store, visit)
    return ident


def _as_seen(db: Any, store: Store, visit: Visit, known: Customer | None, batch: Visit | None, number: str) -> None:
    """Refuse where another terminal entered the same number or the same batch a moment ago; once more finds it."""
    owner = customers.by_phone(store, number) if number else None
    holder = known if known and known.phone == number else None
    there = queries.same_batch(store, known.id, visit.day, visit.channel) if known else None
    if (number and (owner and owner.id) != (holder and holder.id)) or there != batch:
        raise Refused("E300", _("This visit was changed by another terminal meanwhile; look again"))


def _cleaned(visit: Visit) -> Visit:
    if not 1 <= visit.party <= 99:
        raise Refused("E301", _("A party has 1 to 99 heads"))
    if visit.left_at and visit.left_at < visit.came_at:
        sentence = _("They cannot leave at {left} when they came at {came}")
        raise Refused("E303", sentence.format(left=visit.left_at[11:16], came=visit.came_at[11:16]))
    return replace(visit, colour=free(visit.colour, NAME_LIMIT), competitor=free(visit.competitor, NAME_LIMIT),
                   note=free(visit.note, NOTE_LIMIT), explained=free(visit.explained, NAME_LIMIT))  # fmt: skip


def _who(store: Store, visit: Visit, phone: str) -> Customer | None:
    return customers.by_phone(store, phone) or customers.get(store, visit.customer_id)


def _classed(store: Store, visit: Visit, known: Customer | None, number: bool) -> Visit:
    """The visit with its kind, its customer and whether the advisor owes more."""
    before = bool(known) and queries.came_before(store, known.id, visit.day) if known else False
    kind = rules.kind_of(visit.kind if visit.kind is not Kind.FIRST else None, known is not None, before)
    captured = number or bool(known and known.phone)
    made = replace(visit, kind=kind, captured=captured, customer_id=known.id if known else None)
    return replace(made, incomplete=made.incomplete or rules.says_nothing(made))


def _made(store: Store, visit: Visit, name: str, number: str) -> Customer | None:
    """The new customer of a captured visit; who comes without an intent to buy is no prospect."""
    if not number or visit.kind is Kind.NON_INTENT:
        return None
    return replace(
        customer_moves.blank(store), name=name, phone=number, grade=visit.grade or customer_rules.NEW,
        model_id=visit.model_id, colour=visit.colour, source=visit.source, advisor_id=visit.advisor_id,
        first_on=visit.day, last_contact=visit.day, competitor=visit.competitor,
    )  # fmt: skip


def _grade(store: Store, code: str) -> Grade | None:
    return lists(store).grades.get(code)


def _received(
    db: Any, store: Store, visit: Visit, known: Customer | None, made: Customer | None, name: str
) -> int | None:
    """Make or update the customer of a visit; returns the id."""
    if known is None:
        if made is None:
            return None
        due = customer_rules.next_due(_grade(store, made.grade), visit.day)
        ident = customer_moves.put_customer(db, replace(made, next_due=due))
        after = replace(made, id=ident, next_due=due)
        first = customer_moves.happened(store, Happened.MADE, replace(after, grade=""), after, visit_id=visit.id)
        customer_moves.put_event(db, replace(first, day=visit.day))
        return ident
    if visit.kind is not Kind.NON_INTENT:
        _came_again(db, store, visit, known, name)
    return known.id


def _came_again(db: Any, store: Store, visit: Visit, known: Customer, name: str) -> None:
    """A known customer's visit is a follow-up of its day; who was lost and comes again is open again.

    An end that was applied for is withdrawn: who is here is neither lost nor out of touch.
    """
    after = replace(
        known, name=name or known.name, model_id=visit.model_id or known.model_id, colour=visit.colour or known.colour,
        advisor_id=known.advisor_id or visit.advisor_id, competitor=visit.competitor or known.competitor,
        source=known.source or visit.source,
    )  # fmt: skip
    kind = Happened.OPEN if known.closed_on else Happened.CONTACT
    code = visit.grade if known.grade != customer_rules.ORDERED and visit.grade else known.grade
    grade = _grade(store, code)
    if known.closed_on and (grade is None or not grade.is_open):
        grade = _grade(store, customer_rules.NEW)
    before_it = known.last_contact.isoformat() if known.last_contact and kind is Happened.CONTACT else ""
    after = customer_moves.contacted(store, after, grade, on=max(visit.day, known.last_contact or visit.day))
    customer_moves.withdraw_end(db, store, known)
    customer_moves.put(
        db,
        store,
        kind,
        known,
        after,
        due=known.next_due,
        visit_id=visit.id,
        person_id=visit.advisor_id,
        reason=before_it,
        day=visit.day,
    )


def _serve(db: Any, store: Store, visit: Visit) -> None:
    """The advisor's turn is taken by a walk-in of today with an intent; who is with a customer already goes on.

    A visitor written down after the day was sealed takes no turn: the queue of that day stands.
    """
    if visit.advisor_id is None or visit.channel is not Channel.WALK_IN or visit.kind is Kind.NON_INTENT:
        return
    turn = notes.turn_of(store, visit.advisor_id) if visit.day == store.today() else None
    if turn is None or turn.serving or store.sealed(visit.day, visit.day):
        return
    row = (visit.day.isoformat(), turn.person, turn.place or None, "", store.clock.stamp(), store.by)
    db.execute(_SERVE, row)


# -- afterwards


@decided
def change(store: Store, before: Visit, after: Visit, name: str = "", phone: str = "") -> int:
    """Correct or fill in a visit; a number told now makes or finds its customer. Returns its id. Raises Refused."""
    after, name = _cleaned(after), free(name, NAME_LIMIT)
    number = customer_moves.checked_phone(phone)
    known = _who(store, after, phone)
    if after.customer_id is None and (known or number):
        after = _classed(store, after, known, bool(number))
        _no_other_batch(store, before, after, known)
    made = None if known else _made(store, after, name, number)
    who = known or made
    told = notes.told(store, after, customer_notes.called(who) if who else "")
    with store.write(N_("{time} {name} {model} {grade} {advisor}"), **told) as db:
        _must_be(db, before)
        customer = after.customer_id
        if before.customer_id is None:
            customer = _received(db, store, after, known, made, name)
        elif known and known.id == before.customer_id:
            _told_more(db, store, before, after, known)
        put_visit(db, replace(after, customer_id=customer))
    return before.id


def _told_more(db: Any, store: Store, before: Visit, after: Visit, known: Customer) -> None:
    """What a corrected visit tells of its customer: grade and car, where they are told anew and the row is open."""
    told = {name: value for name in ("model_id", "colour", "competitor")
            if (value := getattr(after, name)) and value != getattr(before, name)}  # fmt: skip
    grade = _grade(store, after.grade) if after.grade != before.grade else None
    if known.closed_on or after.kind is Kind.NON_INTENT or not (told or grade):
        return
    made = replace(known, **told)
    if grade and known.grade not in (grade.code, customer_rules.ORDERED):
        made = replace(made, grade=grade.code, next_due=customer_rules.after_grade(known, grade))
    if made != known:
        kind = Happened.EDIT if made.grade == known.grade else Happened.GRADE
        customer_moves.put(db, store, kind, known, made, due=known.next_due, visit_id=after.id)


def _no_other_batch(store: Store, before: Visit, after: Visit, known: Customer | None) -> None:
    batch = queries.same_batch(store, known.id, after.day, after.channel) if known else None
    if known and batch and batch.id != before.id:
        sentence = _("{name} stands in the list of this day already, at {time}")
        raise Refused("E302", sentence.format(name=customer_notes.called(known), time=batch.came_at[11:16]))


@decided
def complete(store: Store, visit: Visit, name: str = "", phone: str = "") -> int:
    """Fill in what the advisor owed: `visit` as it is to stand. Returns its id. Raises Refused."""
    before = queries.get(store, visit.id)
    if before is None:
        raise Refused("E300", _("This visit was changed by another terminal meanwhile; look again"))
    return change(store, before, replace(visit, incomplete=False, explained="", at=store.clock.stamp()), name, phone)


@decided
def explain(store: Store, visit: Visit, why: str) -> None:
    """Note why a visit stays incomplete; an empty `why` takes it back. Raises Refused."""
    why = free(why, NAME_LIMIT)
    told = customer_rules.both(why, lists(store).words.get("explained", ()))
    words = N_("Visit {time}: {why}") if why else N_("Visit {time} is chased again")
    with store.write(words, time=visit.came_at[11:16], why=told) as db:
        _must_be(db, visit)
        put_visit(db, replace(visit, explained=why))


@decided
def leave(store: Store, visit: Visit) -> None:
    """They leave now; once more takes it back. Of a day that is over the time is typed, not stamped. Raises Refused."""
    if visit.day != store.today() and not visit.left_at:
        raise Refused("E304", _("That was {day}; write with 8 when they left").format(day=short_day(visit.day)))
    left = "" if visit.left_at else max(store.clock.stamp(), visit.came_at)
    words = N_("Visit {time}: still here") if visit.left_at else N_("Visit {time}: left {left}")
    with store.write(words, time=visit.came_at[11:16], left=left[11:16]) as db:
        _must_be(db, visit)
        put_visit(db, replace(visit, left_at=left))


@decided
def drive(store: Store, visit: Visit) -> None:
    """A test drive was made; once more takes it back. Raises Refused."""
    words = N_("Visit {time}: no test drive") if visit.test_drive else N_("Visit {time}: test drive")
    with store.write(words, time=visit.came_at[11:16]) as db:
        _must_be(db, visit)
        put_visit(db, replace(visit, test_drive=not visit.test_drive))


@decided
def regrade(store: Store, visit: Visit, code: str) -> None:
    """Judge the visitor of today anew, the customer too; the same grade again takes it off. Raises Refused."""
    customer = customers.get(store, visit.customer_id)
    code = "" if code == visit.grade and customer is None else code
    grade = _grade(store, code)
    if customer and code == visit.grade == customer.grade:
        return
    if customer:
        customer_moves.open_and_free(store, customer)
    told = customer_notes.change(visit.grade, code) or "-"
    name = customer_notes.called(customer) if customer else visit.came_at[11:16]
    with store.write(N_("{name} {grade}"), name=name, grade=told) as db:
        _must_be(db, visit)
        put_visit(db, replace(visit, grade=code))
        if customer and grade:
            after = replace(customer, grade=code, next_due=customer_rules.after_grade(customer, grade))
            customer_moves.put(db, store, Happened.GRADE, customer, after, due=customer.next_due, visit_id=visit.id)
