"""Whoever comes again, is filled in later or corrected: one batch a day, and the customer's row knows what the visit knows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from floorlead.customers import ends, notes, queries
from floorlead.customers import moves as book
from floorlead.customers.records import Happened
from floorlead.record import replace
from floorlead.store import Busy, Refused, Store, open_store
from floorlead.visits import moves, rules
from floorlead.visits.records import Channel, Kind, Visit
from tests.conftest import at, press, screen
from tests.customers.floor import came, floor, models, prospect, the
from tests.visits.test_moves import comes

PHONE = "13800001001"


def test_papers_in_the_morning_a_test_drive_in_the_afternoon(store: Store) -> None:
    """An owner fetches papers and comes back to look at cars: one batch, with an intent, and the new grade is kept.

    team 李娜
    """
    prospect(store, "王", "C", "李娜", last=5, phone=PHONE)
    comes(store, phone=PHONE, kind=Kind.NON_INTENT)
    at(store, "15:00")
    comes(store, phone=PHONE, grade="A", test_drive=True)

    (visit,) = came(store)
    counted = rules.counts([visit])
    assert (visit.times, visit.kind, counted.non_intent, counted.drives, counted.intent) == (
        2,
        Kind.CARDED_FIRST,
        0,
        1,
        1,
    )
    assert (the(store, "王").grade, the(store, "王").last_contact) == ("A", store.today())


def test_test_drive_in_the_morning_papers_in_the_afternoon(store: Store) -> None:
    """The other way round the batch keeps its intent: nobody is counted away."""
    comes(store, "王", PHONE, grade="A")
    at(store, "15:00")
    comes(store, phone=PHONE, kind=Kind.NON_INTENT)

    (visit,) = came(store)
    assert (visit.times, visit.kind, the(store, "王").grade) == (2, Kind.FIRST, "A")


def test_a_call_then_a_walk_in_the_same_day(store: Store) -> None:
    """Rang at nine, came at eleven: a call and a walk-in, one customer, one first contact; the visit is a carded first."""
    comes(store, "王", PHONE, channel=Channel.CALL, grade="B")
    at(store, "11:00")
    comes(store, phone=PHONE)

    counted = rules.counts(came(store))
    assert (counted.calls, counted.walk_ins, counted.first, counted.carded_first) == (1, 1, 0, 1)
    assert len(queries.open_all(store)) == 1


def test_who_walks_in_is_not_given_up(store: Store) -> None:
    """An advisor applied for a loss, the customer walks in: the application is gone, one digit ends nobody who is here.

    team 李娜
    """
    one = prospect(store, "王", "B", "李娜", last=20, phone=PHONE)
    ends.ask(store, one, "L", "多次未接")
    comes(store, phone=PHONE, grade="H")

    assert queries.asked(store) == [] and queries.endings_of(store, one.id)[0].state == "withdrawn"
    assert the(store, "王").grade == "H"


def test_filled_in_later_reaches_the_customer(store: Store) -> None:
    """Registered in a rush with the number alone, filled in at noon: the customer has the grade and the car too."""
    models(store)
    visit = comes(store, "王", PHONE, incomplete=True)
    assert the(store, "王").grade == "N"
    at(store, "12:00")
    moves.complete(store, replace(visit, grade="H", model_id=2, colour="白"))

    one = the(store, "王")
    assert (one.grade, one.model_id, one.colour, one.next_due) == ("H", 2, "白", store.today() + timedelta(days=2))
    event = queries.events(store, one.id)[-1]
    assert (event.kind, event.grade_before, event.grade_after, event.visit_id) == (Happened.GRADE, "N", "H", visit.id)


def test_a_corrected_visit_of_an_ordered_customer(store: Store) -> None:
    """A grade corrected at the visit after the order was signed changes nothing about the order's grade."""
    visit = comes(store, "王", PHONE, grade="H")
    with store.write("order") as db:
        book.put_customer(db, replace(the(store, "王"), grade="O"))
    moves.change(store, visit, replace(visit, grade="A", model_id=None, competitor="星河"))

    assert (the(store, "王").grade, the(store, "王").competitor, came(store)[0].grade) == ("O", "星河", "A")


def test_yesterday_s_visit_filled_in_today(store: Store) -> None:
    """The number told a day late: the last contact is the visit's day, the interval counts from there."""
    one = prospect(store, "王", "A", last=10, phone=PHONE)
    visit = comes(store)
    at(store, "09:00", "2026-11-25")
    moves.complete(store, visit, phone=PHONE)

    now = the(store, "王")
    assert (now.last_contact, now.next_due) == (date(2026, 11, 24), date(2026, 12, 1))
    assert queries.contacted_on(store, date(2026, 11, 25)) == []
    assert queries.contacted_on(store, date(2026, 11, 24))[0].due == one.next_due


def test_nobody_leaves_before_coming(store: Store) -> None:
    """In at 18:00, out at 9:00 is a slip; it is said and nothing is written."""
    with pytest.raises(Refused, match=r"09:00.*18:00"):
        comes(store, came_at="2026-11-24T18:00:00", left_at="2026-11-24T09:00:00")
    assert came(store) == []


def test_the_same_grade_once_more_changes_nothing(store: Store) -> None:
    """Digit 2 on who is A already: no empty regrading, and a next day that was set by hand stays."""
    visit = comes(store, "王", PHONE, grade="A")
    book.set_next(store, the(store, "王"), store.today() + timedelta(days=9))
    events, writes = queries.events(store, the(store, "王").id), store.writes
    moves.regrade(store, visit, "A")

    assert (queries.events(store, the(store, "王").id), store.writes) == (events, writes)


def test_a_number_typed_into_the_name(store: Store) -> None:
    """A whole number in the wrong field is seen nowhere: list, box, record and last line show it masked."""
    comes(store, f"王{PHONE}", "13800001002")
    desk = floor(store)
    press(desk, "enter")

    told = "".join([screen(desk), notes.called(the(store, came(store)[0].customer_id or 0))])
    assert PHONE not in told and "138****1001" in told


@pytest.mark.parametrize("name", ["[red]甲[/]", "\u202e甲乙\u202c", "甲\n乙", "=1+1", "\x1b[31m甲", "甲" * 5000])
def test_a_hostile_name_is_text(store: Store, name: str) -> None:
    """Markup, writing from right to left, line breaks, control codes and 5000 characters are letters of a name."""
    visit: Visit = comes(store, name, PHONE)
    kept = the(store, visit.customer_id or 0).name
    desk = floor(store)

    assert 0 < len(kept) <= 40 and kept.isprintable()
    assert all(line.cells <= 80 for line in desk.frame(80, 24))
    assert not any(mark in screen(desk) for mark in ("\u202e", "\x1b"))


@pytest.mark.parametrize(("typed", "kept"), [
    ("１３８００００１００１", PHONE), ("+86 138-0000-1001", PHONE), (" 138 0000 1001 ", PHONE), ("010-6552 1234", "01065521234"),
    ("（0571）8888 8888", "057188888888"),
])  # fmt: skip
def test_spellings_of_a_number(store: Store, typed: str, kept: str) -> None:
    """Full-width digits, the country's code, blanks and a fixed line with its area code are the number they mean."""
    assert the(store, comes(store, "王", typed).customer_id or 0).phone == kept


@pytest.mark.parametrize("typed", ["138 0000 100", "8888", "12345678901", "138-0000-1001/139-0000-1001"])
def test_what_is_no_number(store: Store, typed: str) -> None:
    """Too short, no such prefix, two in one: refused, nothing written."""
    with pytest.raises(Refused, match="E310"):
        comes(store, "王", typed)
    assert came(store) == []


def test_nobody_leaves_the_next_morning(store: Store) -> None:
    """Yesterday's batch is still to be filled in: the key for going now would give it a stay of a night; it is refused."""
    visit = comes(store)
    at(store, "09:00", "2026-11-25")
    with pytest.raises(Refused, match="24 Nov"):
        moves.leave(store, visit)
    moves.change(store, visit, replace(visit, left_at="2026-11-24T11:00:00"))


@pytest.mark.parametrize("there", [False, True])
def test_two_desks_enter_the_same_number_at_once(store: Store, monkeypatch: pytest.MonkeyPatch, there: bool) -> None:
    """Between the look and the write the other desk enters it: it waits until the first is written, and it is one batch.

    team 李娜
    """
    if there:
        prospect(store, "王", "B", "李娜", phone=PHONE)
    other, told = open_store(store.path, store.clock), moves.notes.told
    other.patience(0)

    def enters_too() -> None:
        moves.register(other, replace(moves.blank(other), test_drive=True), "李", PHONE)

    def late(*args: object) -> object:
        monkeypatch.setattr(moves.notes, "told", told)
        with pytest.raises(Busy):
            enters_too()
        return told(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(moves.notes, "told", late)
    comes(store, "王", PHONE, grade="A")
    enters_too()
    other.close()

    (visit,) = came(store)
    assert (visit.times, visit.test_drive, visit.grade, len(queries.open_all(store))) == (2, True, "A", 1)
