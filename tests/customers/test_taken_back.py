"""Calls taken back and days set: nothing that was given meanwhile is lost, nobody falls out of the lists by a slip."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from floorlead import shelf
from floorlead.customers import consent, ends, moves, queries
from floorlead.people import queries as people
from floorlead.record import replace
from floorlead.store import Refused, Store
from floorlead.store import undo as undoing
from tests.conftest import at, person
from tests.customers.floor import prospect, the


def test_a_call_of_who_ended_meanwhile_is_not_taken_back(store: Store) -> None:
    """Called in the morning, lost at noon: Space on the done line must not bring back an open grade.

    team 李娜
    """
    one = prospect(store, "王", "B", "李娜", last=20)
    moves.contact(store, one)
    ends.ask(store, the(store, "王"), "F1", "价格")
    ends.decide(store, queries.asked(store)[0], True)
    closed = the(store, "王")
    with pytest.raises(Refused, match="E313"):
        moves.uncontact(store, closed)

    assert the(store, "王") == closed


def test_regraded_after_the_call_that_is_taken_back(store: Store) -> None:
    """The call was a slip, the new grade was not: it stays, and its day counts from the contact before.

    team 李娜
    """
    one = prospect(store, "王", "B", "李娜", last=20)
    moves.contact(store, one)
    moves.set_grade(store, the(store, "王"), "A")
    moves.uncontact(store, the(store, "王"))

    now = the(store, "王")
    assert (now.grade, now.last_contact) == ("A", one.last_contact)
    assert now.next_due == store.today() - timedelta(days=13)


@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2027, 12, 24), date(2999, 1, 1)])
def test_no_next_day_behind_us_or_beyond_a_year(store: Store, day: date) -> None:
    """A slip of the day or of the year, set alone or with a call: refused, nobody is forgotten by it.

    team 李娜
    """
    one = prospect(store, "王", "B", "李娜")
    for act in (lambda: moves.contact(store, one, next_due=day), lambda: moves.set_next(store, one, day)):
        with pytest.raises(Refused, match="E315"):
            act()

    assert the(store, "王") == one


def test_due_on_new_year_s_eve_which_is_a_rest_day(store: Store) -> None:
    """Due on Thursday 31 December, Thursday is her rest day: shown on the 30th, late from the 1st of the new year.

    team 李娜
    """
    people.save(store, replace(person(store, "李娜"), rest_day=3))
    at(store, "09:00", "2026-12-24")
    prospect(store, "王", "A", "李娜")

    shown = {day: len(queries.due(store, day)) for day in (date(2026, 12, 29), date(2026, 12, 30), date(2027, 1, 1))}
    assert list(shown.values()) == [0, 1, 1]
    assert queries.overdue(store, date(2026, 12, 31)) == {}
    assert queries.overdue(store, date(2027, 1, 1)) == {person(store, "李娜").id: 1}


def test_asked_again_after_each_refusal(store: Store) -> None:
    """Lost, frozen, out of touch, each refused with its reason: asked once more, agreed, and back by undo to the question.

    team 李娜
    """
    one = prospect(store, "王", "A", "李娜", last=9)
    for code in ("F1", "F2", "L"):
        ends.ask(store, the(store, "王"), code, "价格")
        ends.decide(store, queries.asked(store)[0], False, "再联系一次")
        assert the(store, "王") == one
    ends.ask(store, one, "F1", "价格")
    ends.decide(store, queries.asked(store)[0], True)
    undoing.undo(store)

    assert the(store, "王") == one and len(queries.asked(store)) == 1
    assert [e.state for e in queries.endings_of(store, one.id)] == ["refused", "refused", "refused", "asked"]


def test_due_is_the_same_however_it_is_read(store: Store) -> None:
    """The list of calls, its length and its light form agree: overdue, due, shown early, never to be called, nobody's.

    team 李娜 杨帆
    """
    people.save(store, replace(person(store, "李娜"), rest_day=2))
    for n in range(40):
        one = prospect(store, f"客{n}", "HABC"[n % 4], ("李娜", "杨帆", "")[n % 3], last=n)
        if n % 7 == 0:
            consent.stop_contact(store, one)
    for n in range(4):
        day = store.today() + timedelta(days=n)
        found = queries.due(store, day)
        assert [one.id for one in found] == [one.id for one in queries.owed(store, day)]
        assert queries.how_many_due(store, day) == len(found)
        assert [one.id for one in queries.due(store, day, most=5)] == [one.id for one in found[:5]]
        assert found == sorted(found, key=lambda one: (one.customer.next_due, one.id))
        assert not any(one.customer.no_contact for one in found)


def test_due_on_a_day_the_showroom_is_closed(store: Store) -> None:
    """Stock-taking on the 1st and 2nd of January, closed: what is due then is shown on New Year's Eve, nobody's too.

    team 李娜
    """
    plain = shelf.find("rota.toml").read_text(encoding="utf-8")
    own = shelf.own(store.path) / "rota.toml"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(plain.replace("closed = []", "closed = [2027-01-01, 2027-01-02]"), encoding="utf-8")
    at(store, "09:00", "2026-12-26")
    for name, advisor in (("王", "李娜"), ("李", "")):
        prospect(store, name, "A", advisor)
    assert the(store, "王").next_due == date(2027, 1, 2)

    shown = {day: len(queries.due(store, date(2026, 12, 26) + timedelta(days=day))) for day in (4, 5, 6, 7)}
    assert shown == {4: 0, 5: 2, 6: 2, 7: 2}
    assert queries.overdue(store, date(2027, 1, 2)) == {} and len(queries.overdue(store, date(2027, 1, 3))) == 2
