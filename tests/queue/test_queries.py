"""The line made of what is known anyway: sign-ins, shifts, test drives, hand-overs, overdue follow-ups."""

from __future__ import annotations

from datetime import timedelta

import pytest

from floorlead import settings
from floorlead.orders import moves as orders
from floorlead.people import queries as people_queries
from floorlead.people.records import Role
from floorlead.people.records import State as Presence
from floorlead.queue import moves, queries
from floorlead.queue.records import State
from floorlead.record import replace
from floorlead.report import sealing
from floorlead.store import Refused
from floorlead.tasks import queries as tasks
from tests.conftest import at, person, the_order
from tests.queue.hall import drive_back, drive_out, half_leave, line, plan, sign_in, stands


def test_in_the_order_of_sign_in_without_a_key(store):
    """
    team 张伟 李娜 王芳
    """
    sign_in(store, "王芳", "08:15", "张伟", "08:20")
    assert line(store) == ["王芳", "张伟"]
    assert stands(store, "李娜").state is State.OUT


def test_only_consultants_on_duty_stand_in_it(store):
    """
    team 张伟 李娜 王芳
    lead 王
    """
    people_queries.save(store, replace(people_queries.blank(), name="马可欣", role=Role.RECEPTIONIST))
    sign_in(store, "张伟", "08:20", "马可欣", "08:20")
    sign_in(store, "李娜", "08:21", state=Presence.LEAVE)
    assert [one.person for one in queries.turns(store)] == [person(store, "张伟").id, person(store, "王芳").id]


def test_signed_in_by_one_key_the_longest_without_a_customer_is_first(store):
    """
    team 张伟 李娜 王芳
    Yesterday 张伟 and then 李娜 took customers; this morning one key signed in all three.
    """
    at(store, "09:00", "2026-11-23")
    people_queries.rest_are_here(store, store.today())
    for minute, name in (("10", "张伟"), ("20", "李娜")):
        at(store, f"09:{minute}", "2026-11-23")
        moves.serve(store, stands(store, name))
    at(store, "08:20")
    people_queries.rest_are_here(store, store.today())
    assert line(store) == ["王芳", "张伟", "李娜"]


def test_a_late_shift_joins_when_it_begins(store):
    """
    team 张伟 李娜
    One key signed in everybody at 8:20, 李娜 works from 10 to 19.
    """
    plan(store, 张伟="E", 李娜="L")
    sign_in(store, "李娜", "08:20", "张伟", "08:21")
    assert line(store) == ["张伟"]
    assert stands(store, "李娜").since.endswith("T10:00:00")
    at(store, "10:00")
    assert line(store) == ["张伟", "李娜"]
    at(store, "17:31")
    assert line(store) == ["李娜"]
    assert stands(store, "张伟").why == "off duty"


def test_half_a_days_leave(store):
    """
    team 张伟 李娜
    """
    plan(store, 张伟="E", 李娜="E")
    half_leave(store, "张伟", "pm")
    half_leave(store, "李娜", "am")
    sign_in(store, "张伟", "08:20", "李娜", "08:21")
    at(store, "11:00")
    assert line(store) == ["张伟"]
    at(store, "12:31")
    assert line(store) == ["李娜"]
    assert (stands(store, "张伟").state, stands(store, "张伟").why) == (State.AWAY, "leave")


def test_a_test_drive_and_back(store):
    """
    team 张伟 李娜
    """
    sign_in(store, "张伟", "08:20", "李娜", "08:21")
    at(store, "09:30")
    drive_out(store, "张伟")
    assert queries.serving(store, store.today()) == {person(store, "张伟").id: "09:30"}
    assert queries.next_up(store, store.today()) == person(store, "李娜").id
    at(store, "09:55")
    drive_back(store)
    assert line(store) == ["李娜", "张伟"]


def test_a_hand_over_takes_its_advisor_a_quarter_of_an_hour_before(store):
    """
    team 张伟 李娜
    stock QY 白 4114 5
    order 刘女士 4114 张伟 2026-11-24T10:30
    """
    sign_in(store, "张伟", "08:20", "李娜", "08:21")
    at(store, "10:14")
    assert line(store) == ["张伟", "李娜"]
    at(store, "10:15")
    assert line(store) == ["李娜"] and stands(store, "张伟").why == "hand-over"
    at(store, "10:50")
    orders.step(store, the_order(store, "刘女士"), "out")
    assert line(store) == ["李娜", "张伟"]


def test_a_hand_over_that_nobody_ticks_is_over_after_two_hours(store):
    """
    team 张伟 李娜
    stock QY 白 4114 5
    order 刘女士 4114 张伟 2026-11-24T10:30
    """
    sign_in(store, "张伟", "08:20", "李娜", "08:21")
    at(store, "12:29")
    assert line(store) == ["李娜"]
    at(store, "12:30")
    assert line(store) == ["李娜", "张伟"]


def test_a_hand_over_without_an_hour_takes_nobody(store):
    """
    team 张伟
    stock QY 白 4114 5
    order 刘女士 4114 张伟 2026-11-24T00:00
    """
    sign_in(store, "张伟", "08:20")
    at(store, "10:00")
    assert line(store) == ["张伟"]


def test_overdue_by_name_or_number_lowers(store):
    """
    team 张伟 李娜 王芳
    """
    yesterday = store.today() - timedelta(days=1)
    tasks.add(store, "回访刘女士", "张伟", yesterday)
    tasks.add(store, "回访陈先生", "ｓ01", yesterday)
    tasks.add(store, "回访周女士", "李娜", store.today())
    sign_in(store, "张伟", "08:20", "李娜", "08:21", "王芳", "08:22")
    assert line(store) == ["李娜", "张伟", "王芳"]
    assert (stands(store, "张伟").overdue, stands(store, "张伟").lowered_by) == (2, 1)
    settings.put(store, "queue_overdue", "2")
    assert line(store) == ["李娜", "王芳", "张伟"]
    settings.put(store, "queue_overdue", "0")
    assert line(store) == ["张伟", "李娜", "王芳"]


def test_turns_taken_count_who_left_meanwhile_too(store):
    """
    team 张伟 李娜
    """
    sign_in(store, "张伟", "08:20", "李娜", "08:21")
    moves.serve(store, stands(store, "张伟"))
    moves.back(store, stands(store, "张伟"))
    sign_in(store, "张伟", "11:00", state=Presence.LEAVE)
    assert queries.taken(store, store.today()) == {person(store, "李娜").id: 0, person(store, "张伟").id: 1}


def test_two_terminals_do_not_give_one_person_two_customers(store):
    """
    team 张伟 李娜
    """
    sign_in(store, "张伟", "08:20", "李娜", "08:21")
    seen = stands(store, "张伟")
    moves.serve(store, seen)
    with pytest.raises(Refused, match="E251"):
        moves.serve(store, seen)
    sign_in(store, "张伟", "09:00", state=Presence.LEAVE)
    with pytest.raises(Refused, match="E253"):
        moves.back(store, replace(seen, state=State.SERVING))


def test_another_place_needs_a_reason(store):
    """
    team 张伟 李娜
    """
    sign_in(store, "张伟", "08:20", "李娜", "08:21")
    with pytest.raises(Refused, match="E252"):
        moves.move(store, stands(store, "李娜"), 1, "  ")
    moves.move(store, stands(store, "李娜"), 1, "asked by name")
    assert line(store) == ["李娜", "张伟"]


def test_a_sealed_day_keeps_its_queue(store):
    """
    team 张伟
    """
    sign_in(store, "张伟", "08:20")
    sealing.seal(store, store.today())
    with pytest.raises(Refused):
        moves.serve(store, stands(store, "张伟"))


def test_a_day_gone_by_is_told_to_its_end(store):
    """
    team 张伟 李娜
    """
    sign_in(store, "张伟", "08:20", "李娜", "08:21")
    moves.serve(store, stands(store, "李娜"))
    day = store.today()
    at(store, "08:00", "2026-11-25")
    assert [(one.kind.value, one.at[11:16]) for one in queries.story(store, day)] == [
        ("join", "08:20"), ("join", "08:21"), ("serve", "08:21"),
    ]  # fmt: skip
    assert queries.day_before(store, store.today()) == day
    assert queries.turns(store)[0].state is State.OUT
