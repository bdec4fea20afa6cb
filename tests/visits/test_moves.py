"""What is done to visits: registered, filled in, corrected, regraded, left; undone by one key."""

from __future__ import annotations

import pytest

from floorlead.customers import queries as customers
from floorlead.customers.records import Happened
from floorlead.record import replace
from floorlead.store import Refused, Store
from floorlead.store import undo as undoing
from floorlead.visits import moves, notes, queries
from floorlead.visits.records import Kind, Visit
from tests.conftest import at, person, press, screen
from tests.customers.floor import came, floor, models, prospect, sign_in, the


def comes(store: Store, name: str = "", phone: str = "", **more: object) -> Visit:
    ident = moves.register(store, replace(moves.blank(store), **more), name, phone)
    found = queries.get(store, ident)
    assert found
    return found


def test_a_lost_customer_comes_again(store: Store) -> None:
    """Who was lost and walks in is open again, with the history.

    team 李娜
    """
    from floorlead.customers import moves as book

    one = prospect(store, "王", "B", "李娜", last=5, phone="13800001001")
    book.ask_end(store, one, "F1", "价格")
    book.decide(store, customers.asked(store)[0], True)
    comes(store, phone="13800001001", grade="A")

    again = the(store, one.id)
    assert (again.grade, again.closed_on) == ("A", None)
    assert customers.events(store, one.id)[-1].kind is Happened.OPEN


def test_a_visit_counts_as_the_follow_up(store: Store) -> None:
    """Who comes in need not be called: the follow-up is answered by the visit.

    team 李娜
    """
    prospect(store, "王", "H", "李娜", last=5, phone="13800001001")
    visit = comes(store, phone="13800001001", advisor_id=person(store, "李娜").id)

    assert customers.due(store, store.today()) == []
    (event,) = customers.contacted_on(store, store.today())
    assert event.visit_id == visit.id and event.due is not None


def test_an_ordered_customer_keeps_the_grade(store: Store) -> None:
    """A visit between order and delivery changes no grade.

    team 李娜
    """
    prospect(store, "王", "O", "李娜", last=3, phone="13800001001")
    comes(store, phone="13800001001", grade="H")

    assert the(store, "王").grade == "O"


def test_a_name_without_a_number_is_kept(store: Store) -> None:
    """No customer without a number; what was told stands in the note."""
    visit = comes(store, name="张先生")

    assert (visit.captured, visit.customer_id, visit.note) == (False, None, "张先生")


def test_a_number_told_later_makes_the_customer(store: Store) -> None:
    """Filled in an hour later: the customer's first day is the visit's, the visit is captured."""
    visit = comes(store, grade="B")
    at(store, "17:00")
    moves.complete(store, replace(visit, grade="A"), "张先生", "13800001001")

    made, now = the(store, "张先生"), came(store)[0]
    assert (made.first_on, made.grade, now.customer_id, now.captured) == (visit.day, "A", made.id, True)


def test_a_number_that_stands_in_the_list_already(store: Store) -> None:
    """Filled in with a number that came today as another batch: said, not merged silently."""
    comes(store, "王", "13800001001")
    other = comes(store)
    with pytest.raises(Refused, match="E302"):
        moves.complete(store, other, "", "13800001001")


def test_regraded_at_the_visit(store: Store) -> None:
    """The visit's grade and the customer's go together, the due day counts from the last contact."""
    visit = comes(store, "王", "13800001001", grade="B")
    moves.regrade(store, visit, "H")

    assert (came(store)[0].grade, the(store, "王").grade) == ("H", "H")
    undoing.undo(store)
    assert (came(store)[0].grade, the(store, "王").grade) == ("B", "B")


def test_left_and_still_here(store: Store) -> None:
    """The time out by one key, taken back by the same."""
    visit = comes(store)
    at(store, "11:20")
    moves.leave(store, visit)
    assert came(store)[0].left_at[11:16] == "11:20"
    moves.leave(store, came(store)[0])
    assert came(store)[0].left_at == ""


def test_a_late_row_after_sealing(store: Store) -> None:
    """A visitor entered after the report was sealed is written all the same; nobody's turn of that day moves.

    team 李娜
    seal it
    """
    advisor = person(store, "李娜").id
    turn = notes.turn_of(store, advisor)
    comes(store, "王", "13800001001", advisor_id=advisor)

    assert turn and notes.turn_of(store, advisor) == turn
    assert len(came(store)) == 1


def test_nothing_told_is_chased(store: Store) -> None:
    """A batch of which only the coming is known is incomplete until somebody fills it in; a purpose is something."""
    comes(store)
    comes(store, purpose="new_car")

    assert [v.incomplete for v in came(store)] == [True, False]
    assert len(queries.incomplete(store, store.today())) == 1
    at(store, "09:00", "2026-11-25")
    assert len(queries.incomplete(store, store.today())) == 1, "carried over to the next day"


def test_two_terminals(store: Store) -> None:
    """What another terminal changed meanwhile is not overwritten."""
    visit = comes(store)
    moves.drive(store, visit)
    with pytest.raises(Refused, match="E300"):
        moves.leave(store, visit)


def test_who_comes_without_intent_is_no_prospect(store: Store) -> None:
    """A known owner who picks up papers: linked, but neither regraded nor followed up."""
    one = prospect(store, "王", "C", last=3, phone="13800001001")
    visit = comes(store, phone="13800001001", kind=Kind.NON_INTENT)

    assert visit.customer_id == one.id and the(store, "王") == one
    assert comes(store, "李", "13800001002", kind=Kind.NON_INTENT).customer_id is None


def test_another_name_for_a_known_number(store: Store) -> None:
    """The number is in the book as 王; the name told now is 李四: the book is corrected, and the last line says so."""
    comes(store, "王", "13800001001")
    comes(store, "李四", "13800001001")

    (one,) = customers.open_all(store)
    assert one.name == "李四" and "李四" in str(store.last)
    undoing.undo(store)
    assert customers.open_all(store)[0].name == "王"


def test_their_own_advisor(store: Store) -> None:
    """A known number: the dialog offers the advisor who knows them where she is on duty, and says so.

    team 李娜 王芳
    """
    models(store)
    sign_in(store, "李娜", "王芳")
    desk = floor(store)
    prospect(store, "王", "B", "王芳", last=5, phone="13800001001")
    press(desk, "insert", *"122")
    assert "李娜 (next up" in screen(desk)
    desk.typed("13800001001")

    assert "王芳 (their own advisor)" in screen(desk)
