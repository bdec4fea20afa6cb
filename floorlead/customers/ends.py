"""Applications to end a customer: the advisor asks, the leader agrees or refuses with the reason, nothing is lost.

While an application waits the customer stays open with grade and follow-up day; refused, both simply go on.
"""

from __future__ import annotations

from typing import Any

from floorlead.customers import moves, notes, queries, rules
from floorlead.customers.lists import lists
from floorlead.customers.records import Customer, Ending, Grade, Happened
from floorlead.record import replace
from floorlead.store import Refused, Store, decided
from floorlead.text import free
from floorlead.words import N_, _

REASON_LIMIT = 60
WORDS_OF = {"F1": "lost", "F2": "frozen", "L": "unreachable"}
"""Which of the quick words an end state asks for; another one has the reasons of a loss."""


def wanted(store: Store) -> list[Grade]:
    """The end states that may be applied for or set by hand, in the order of their digits."""
    return [one for one in lists(store).grades.values() if not one.is_open and one.counts != "delivered"]


def words_of(code: str) -> str:
    """The quick words for the reasons of an end state."""
    return WORDS_OF.get(code, "lost")


@decided
def ask(store: Store, customer: Customer, code: str, reason: str, note: str = "") -> None:
    """Apply for an end state; one that needs nobody's agreement is set at once. Raises Refused."""
    grade = lists(store).grades.get(code)
    reason, note = free(reason, REASON_LIMIT), free(note, moves.NOTE_LIMIT)
    _may_end(store, customer, grade, reason)
    assert grade
    told = rules.both(reason, lists(store).words.get(words_of(code), ()))
    words = N_("{name}: {grade} applied for, {reason}") if grade.agree else N_("{name}: {grade}, {reason}")
    shown = {"zh": grade.zh, "en": grade.en}
    with store.write(words, name=notes.called(customer), grade=shown, reason=told) as db:
        if not grade.agree:
            _close(db, store, customer, grade.code, Happened.CLOSED, reason, note)
            return
        stamp, today = store.clock.stamp(), store.today().isoformat()
        row = (customer.id, code, reason, today, stamp, customer.advisor_id, "asked", None, None, store.by)
        moves.put_ending(db, row, note)
        moves.put(db, store, Happened.ASKED, customer, customer, reason=reason, note=note)


def _may_end(store: Store, customer: Customer, grade: Grade | None, reason: str) -> None:
    if grade is None or grade.is_open:
        raise Refused("E316", _("There is no such end state"))
    moves.open_and_free(store, customer)
    if not reason:
        raise Refused("E319", _("Say why; a loss without a reason teaches nobody"))
    if any(one.customer_id == customer.id for one in queries.asked(store)):
        raise Refused("E320", _("An end of {name} is applied for already").format(name=notes.called(customer)))


def _close(db: Any, store: Store, customer: Customer, code: str, kind: Happened, reason: str, note: str = "") -> None:
    after = replace(customer, grade=code, closed_on=store.today(), next_due=None)
    moves.put(db, store, kind, customer, after, due=customer.next_due, reason=reason, note=note)


@decided
def decide(store: Store, ending: Ending, agree: bool, answer: str = "") -> None:
    """Agree: the customer ends. Refuse, with the reason: it goes on with its grade and history. Raises Refused."""
    answer, customer = free(answer, REASON_LIMIT), _subject(store, ending)
    if not agree and not answer:
        raise Refused("E321", _("Say why it is refused; the advisor goes on with it"))
    grade = lists(store).grades.get(ending.wanted)
    shown = {"zh": grade.zh, "en": grade.en} if grade else ending.wanted
    said = rules.both(answer, lists(store).words.get("refused", ()))
    words = N_("{name}: {grade} agreed to") if agree else N_("{name}: {grade} refused, {answer}")
    with store.write(words, name=notes.called(customer), grade=shown, answer=said) as db:
        moves.settle(db, store, ending, "agreed" if agree else "refused", answer)
        if agree:
            _close(db, store, customer, ending.wanted, Happened.AGREED, ending.reason)
        else:
            moves.put(db, store, Happened.REFUSED, customer, customer, reason=ending.reason, note=answer)


@decided
def withdraw(store: Store, ending: Ending) -> None:
    """The advisor takes the application back; the customer goes on. Raises Refused."""
    customer = _subject(store, ending)
    with store.write(N_("{name}: application withdrawn"), name=notes.called(customer)) as db:
        moves.settle(db, store, ending, "withdrawn", "")
        moves.put(db, store, Happened.WITHDRAWN, customer, customer, reason=ending.reason)


def _subject(store: Store, ending: Ending) -> Customer:
    customer = queries.get(store, ending.customer_id)
    if customer is None or customer.closed_on:
        raise Refused("E322", _("This application was decided meanwhile; look again"))
    return customer


@decided
def reopen(store: Store, customer: Customer) -> None:
    """A lost, frozen or unreachable customer is open again: the grade before the end, due today. Raises Refused."""
    if not customer.closed_on or customer.grade == rules.DELIVERED:
        raise Refused("E323", _("{name} is not lost, frozen or out of touch").format(name=notes.called(customer)))
    grade = moves.grade_before(store, customer)
    after = replace(customer, grade=grade, closed_on=None, next_due=store.today())
    with store.write(N_("{name} open again as {grade}"), name=notes.called(customer), grade=grade) as db:
        moves.put(db, store, Happened.OPEN, customer, after)
