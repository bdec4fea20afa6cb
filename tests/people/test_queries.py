"""People and their days in the file: order, leaving, notes, imports; past cards keep their names."""

from __future__ import annotations

from datetime import timedelta

import pytest

from floorlead import words
from floorlead.people import queries
from floorlead.people.files import read_people
from floorlead.people.records import Role, State
from floorlead.record import replace
from floorlead.store import Refused, undo
from tests.conftest import at, card, person


def names(store) -> list[str]:
    return [p.name for p in queries.roster(store, store.today())]


def test_a_place_shifts_the_others(store):
    """
    team 张伟 李娜 王芳 刘洋
    """
    queries.save(store, person(store, "刘洋"), place=2)
    assert names(store) == ["张伟", "刘洋", "李娜", "王芳"]

    queries.save(store, person(store, "刘洋"), place=10**6)
    assert names(store) == ["张伟", "李娜", "王芳", "刘洋"]


def test_a_place_is_counted_among_those_who_are_still_here(store):
    """
    team 张伟 李娜 王芳
    """
    queries.leave(store, person(store, "张伟"))
    at(store, "08:41", "2026-11-25")
    queries.save(store, person(store, "王芳"), place=1)

    assert names(store) == ["王芳", "李娜", "张伟"]
    assert [p.name for p in queries.staff(store, store.today())] == ["王芳", "李娜"]


def test_a_move_and_a_new_person_are_one_action(store):
    """
    team 张伟 李娜
    """
    queries.save(store, replace(queries.blank(), name="王芳"), place=1)
    assert names(store) == ["王芳", "张伟", "李娜"]

    undo.undo(store)
    assert names(store) == ["张伟", "李娜"]


def test_who_leaves_works_the_last_day(store):
    """
    team 张伟 李娜
    """
    queries.leave(store, person(store, "张伟"))
    today = store.today()

    assert [p.name for p in queries.staff(store, today)] == ["张伟", "李娜"]
    assert [p.name for p in queries.staff(store, today + timedelta(days=1))] == ["李娜"]


def test_nobody_leaves_before_joining(store):
    """
    team 张伟
    """
    queries.save(store, replace(person(store, "张伟"), joined=store.today() + timedelta(days=7)))

    with pytest.raises(Refused, match="E63"):
        queries.leave(store, person(store, "张伟"))


def test_a_stale_record_is_refused(store):
    """
    team 张伟
    """
    old = person(store, "张伟")
    queries.save(store, replace(old, team="B"))

    for act in (lambda: queries.save(store, replace(old, team="A"), old), lambda: queries.leave(store, old)):
        with pytest.raises(Refused, match="E43"):
            act()
    assert person(store, "张伟").team == "B"


def test_a_quick_note_is_read_in_either_language(store, monkeypatch):
    """
    team 张伟
    """
    from floorlead.people import notes

    monkeypatch.setattr(notes, "_messages", lambda: {"sick": "sick", "病假": "sick"})
    words.use("en")
    queries.say(store, store.today(), person(store, "张伟"), State.LEAVE, "病假")

    assert queries.day(store, store.today())[0].words() == "leave sick"


def test_a_note_keeps_the_state_and_the_time(store):
    """
    team 张伟
    """
    today = store.today()
    queries.say(store, today, person(store, "张伟"), State.LATE)
    queries.amend(store, today, queries.day(store, today)[0], "堵车", "08:36")
    one = queries.day(store, today)[0]
    assert (one.state, one.at, one.note) == (State.LATE, "2026-11-24T08:36:00", "堵车")

    before = store.writes
    queries.amend(store, today, one, "堵车")
    assert store.writes == before


def test_a_rename_leaves_past_cards_and_their_names(store):
    """
    Yesterday's card stays as it was printed; the next one has the new name.

    team 张伟 李娜
    fail 张伟 badge 忘带
    """
    from floorlead.checks import queries as check_queries

    made = card(store, "appearance")
    day = store.today()
    at(store, "08:41", "2026-11-25")
    queries.save(store, replace(person(store, "张伟"), name="张玮"))

    assert [row.label for row in check_queries.card(store, day, made.words).rows] == ["张伟", "李娜"]
    assert [row.label for row in card(store, "appearance").rows] == ["张玮", "李娜"]


def test_an_import_is_all_or_nothing(store):
    """
    team 张伟
    """
    found = read_people("工号,姓名\nS02,李娜\nS03,王芳\n".encode())
    plan = queries.plan_import(store, found)
    queries.save(store, replace(queries.blank(), name="刘洋", number="S03"))

    with pytest.raises(Refused, match="E62"):
        queries.import_people(store, plan)
    assert names(store) == ["张伟", "刘洋"]


def test_a_plan_tells_new_changed_and_same(store):
    """
    team 张伟 李娜
    """
    found = read_people("工号,姓名,组\ns01,张伟,B\nS02,李娜,\n,王芳,A\n".encode())
    plan = queries.plan_import(store, found)

    assert [p.name for p in plan.new] == ["王芳"]
    assert [(old.team, new.team) for old, new in plan.changed] == [("", "B")]
    assert plan.same == 1


def test_a_list_of_names_alone_demotes_nobody(store):
    """A file without a role column: the leader stays leader, her team and rest day stay."""
    leader = replace(queries.blank(), number="L01", name="林晓峰", role=Role.LEADER, team="A", rest_day=2)
    queries.save(store, leader)
    found = read_people("工号,姓名\nL01,林晓峰\nS01,陈思远\n".encode())
    plan = queries.plan_import(store, found)

    assert (len(plan.new), len(plan.changed), plan.same) == (1, 0, 1)
