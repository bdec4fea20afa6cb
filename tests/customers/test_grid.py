"""意向客户级别状况表: a star on the planned day, the grade once they met, and who did not buy stands in the next month."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from floorlead import settings
from floorlead.customers import consent, grid, monthly, moves
from floorlead.customers import queries as book
from floorlead.customers.records import Event, Happened
from floorlead.record import replace
from tests.conftest import at, press, screen
from tests.customers.floor import floor, prospect, the


def met(store, name, grade, last, **more):
    """A prospect whose only contact lies some days back."""
    one = prospect(store, name, grade, "张伟", last=last, **more)
    with store.write("the day it was made") as db:
        db.execute("UPDATE customer_events SET day = ? WHERE customer_id = ?", (one.first_on.isoformat(), one.id))
    return one


def row(store, name, day):
    """A prospect's row of a month."""
    return next(one for one in monthly.month(store, day) if one.customer.name == name)


def test_planned_then_met(store):
    """
    team 张伟
    王先生 H is due today: a star; called at 23:59 it is an H, and the next star stands on the 26th.
    """
    met(store, "王先生", "H", 2)
    assert row(store, "王先生", store.today()).days == {22: "H", 24: "*"}
    at(store, "23:59")
    moves.contact(store, the(store, "王先生"))
    assert row(store, "王先生", store.today()).days == {22: "H", 24: "H", 26: "*"}


def test_a_late_call_leaves_the_star(store):
    """
    team 张伟
    Due on the 22nd, called on the 24th as B: the star of the 22nd was never answered on its day.
    """
    met(store, "王先生", "H", 4)
    moves.contact(store, the(store, "王先生"), grade="B")
    assert row(store, "王先生", store.today()).days == {20: "H", 22: "*", 24: "B"}


def test_unsold_rows_carry_on(store):
    """
    team 张伟
    First met in October, lost in November: both months have the row, December has not.
    """
    met(store, "王先生", "B", 40)
    october, december = date(2026, 10, 1), date(2026, 12, 1)
    assert (row(store, "王先生", october).carried, row(store, "王先生", october).result) == (False, "B")
    assert row(store, "王先生", store.today()).began == "B"
    moves.ask_end(store, the(store, "王先生"), "F1", "价格")
    moves.decide(store, book.asked(store)[0], True)
    found = row(store, "王先生", store.today())
    assert (found.result, found.ended, found.reason, found.days[24]) == ("F1", True, "价格", "F1")
    assert row(store, "王先生", october).result == "B"
    assert monthly.month(store, december) == []


def test_who_is_not_called_has_no_star(store):
    """
    team 张伟
    """
    met(store, "王先生", "H", 2)
    consent.stop_contact(store, the(store, "王先生"))
    assert "*" not in row(store, "王先生", store.today()).days.values()


@given(st.lists(st.tuples(st.integers(0, 60), st.sampled_from("HABC")), max_size=12))
def test_a_grade_is_what_happened_last(told):
    """Whatever the order of grades, on every day the last one before its end counts."""
    begin = date(2026, 10, 1)
    story = [
        Event(n, 1, begin + timedelta(days=day), "", "", None, Happened.GRADE, "", code, None, None, "", "", None)
        for n, (day, code) in enumerate(sorted(told))
    ]  # fmt: skip
    one = replace(_ONE, grade=story[-1].grade_after if story else "B")
    for day in range(61):
        on = begin + timedelta(days=day)
        before = [event for event in story if event.day <= on]
        if before:
            assert grid.grade_on(one, story, on) == before[-1].grade_after


def _blank():
    from floorlead.customers.records import Customer

    day = date(2026, 10, 1)
    return Customer(1, "", "", "B", None, "", "", None, day, day, None, None, "", "", False, "", "", "", "", "", "")


_ONE = _blank()


def test_the_screen_scrolls_and_turns(store):
    """
    team 张伟
    lead 王
    Today is in the window; left goes back by days, PgUp to October, Enter opens the customer.
    """
    prospect(store, "王先生", "B", "张伟", last=40, phone="13800000001")
    desk = floor(store)
    desk.page.show("grid")
    assert "2026-11" in screen(desk) and " 24 " in screen(desk)
    press(desk, "left", "left", "left")
    assert "  1  2  3" in screen(desk)
    press(desk, "pageup")
    assert "2026-10" in screen(desk)
    press(desk, "enter")
    assert "138****0001" in screen(desk) and "13800000001" not in screen(desk)


def test_below_the_floor(store):
    """
    team 张伟 李娜
    lead 王
    张伟 has one prospect, overdue; 李娜 has none; the floor of 2 is missed by one and by two.
    """
    settings.put(store, "prospect_floor", "2")
    prospect(store, "王先生", "H", "张伟", last=9)
    found = {load.name: (load.total, load.overdue) for load in monthly.loads(store, store.today())}
    assert found == {"张伟": (1, 1), "李娜": (0, 0)}
    desk = floor(store)
    desk.page.show("advisors")
    shown = screen(desk)
    assert "-1" in shown and "-2" in shown and "below it 2" in shown
    press(desk, "enter")
    assert desk.page.view.name == "due"
