"""A period of the rota as the solver's task: what is carried in, what is locked, who is away."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from floorlead.duty import lists
from floorlead.duty import moves as duty
from floorlead.people import queries as people
from floorlead.people.records import Person, Role
from floorlead.planning.checking import check
from floorlead.record import replace
from floorlead.rota import period, problem

MONDAY = date(2026, 11, 23)
SUNDAY = date(2026, 11, 29)


def enter(store, name: str, number: str, **more) -> Person:
    """A consultant of a team, unless told otherwise."""
    made = replace(people.blank(), name=name, number=number, team="A", **more)
    ident = people.save(store, made)
    return next(p for p in people.everybody(store) if p.id == ident)


def plan(store, person: Person, codes: str, first: date = MONDAY) -> None:
    """Plan a person's days by the letters of the shifts; a blank plans nothing."""
    with store.write("Planned") as db:
        for n, code in enumerate(codes):
            if code != " ":
                duty.put_cell(db, date.fromordinal(first.toordinal() + n), person.id, code)


@pytest.fixture
def team(store):
    """Three consultants, a trainee, a receptionist, a leader."""
    return [
        enter(store, "张伟", "S01"), enter(store, "李娜", "S02"), enter(store, "王芳", "S03", joined=date(2026, 11, 25)),
        enter(store, "小陈", "S04", trainee=True), enter(store, "马可欣", "F01", role=Role.RECEPTIONIST, ),
        enter(store, "组长", "L01", role=Role.LEADER),
    ]  # fmt: skip


def test_who_is_on_the_rota_and_who_may_hold_the_desk(store, team):
    """组长不排班; 实习生排班但不上前台; 前台接待上前台、不外拓。"""
    told = problem.told(store, period.period(store, MONDAY, SUNDAY))
    people_told = {one["id"]: one for one in told["people"]}

    assert set(people_told) == {p.id for p in team[:5]}
    assert [people_told[p.id]["desk"] for p in team[:5]] == [True, True, True, False, True]
    assert [people_told[p.id]["outing"] for p in team[:5]] == [True, True, True, True, False]
    assert people_told[team[2].id]["joined"] == "2026-11-25"


def test_the_desk_shift_is_the_early_shift_to_the_solver(store, team):
    """前台班和早班同时间: 求解时是一种班, 谁上前台按岗算。"""
    plan(store, team[0], "DEL-")
    told = problem.told(store, period.period(store, MONDAY, SUNDAY))
    _task, standing = problem.judged(store, MONDAY, SUNDAY)

    assert {one["code"] for one in told["shifts"]} == {"E", "L"}
    assert [cell.shift for cell in standing.cells] == ["E", "E", "L", "-"]


def test_what_the_week_before_carries_in(store, team):
    """上周四起连上四天晚班: streak 4, 末班晚; 周期从周三起时本周前两天算进本周。"""
    plan(store, team[0], "LLLLEE", first=date(2026, 11, 19))
    one = {p["id"]: p for p in problem.told(store, period.period(store, MONDAY, SUNDAY))["people"]}[team[0].id]
    wednesday = period.period(store, date(2026, 11, 25), SUNDAY)
    later = {p["id"]: p for p in problem.told(store, wednesday)["people"]}[team[0].id]

    assert (one["streak"], one["last_shift"], "week_done" in one) == (4, "L", False)
    assert later["week_done"] == {"minutes": 960, "rests": 0}
    assert later["streak"] == 6


def test_locks_leave_and_training_elsewhere(store, team):
    """锁住的格子照办; 外训的人当天不在展厅。"""
    plan(store, team[0], "ET")
    with store.write("Locked") as db:
        duty.put_cell(db, MONDAY, team[0].id, "E", locked=True)
    told = problem.told(store, period.period(store, MONDAY, SUNDAY))

    mine = [(one["date"], one["shift"]) for one in told["locks"] if one["person"] == team[0].id]
    assert mine == [("2026-11-23", "E"), ("2026-11-24", problem.ELSEWHERE)]
    assert told["leave"] == []


def test_each_kind_of_day_has_its_need(store, team):
    """周末要的人比平日多; 关门日不排。"""
    told = problem.told(store, period.period(store, MONDAY, SUNDAY))
    needs = {(one["date"], one["start"]): one["heads"] for one in told["demand"]}
    book = lists.book(store)

    assert needs["2026-11-23", 540] < needs["2026-11-28", 540]
    assert len(told["training"]) == 5
    assert [slot["code"] for slot in told["slots"]] == [slot.code for slot in book.slots]


def test_the_task_is_one_that_the_solver_reads(store, team):
    """The same JSON that strangers send."""
    plan(store, team[0], "ELDT-")
    task, _rota = problem.judged(store, MONDAY, SUNDAY)
    begun, _rota = problem.judged(store, date(2026, 11, 16), SUNDAY)

    assert task.people[0].name == "张伟"
    assert begun.frozen_before == store.today() + timedelta(days=1), "at 8:41 the day has begun"


def test_an_outing_is_no_day_of_rest(store, team):
    """连上十四天, 中间两天外拓: 外拓也是上班, 连上超过六天、整周没休, 都要说出来。"""
    plan(store, team[0], "EEEEOEEEEOEEEE")
    task, rota = problem.judged(store, MONDAY, date(2026, 12, 6))
    broken = {one.code for one in check(task, rota) if one.kind == "law" and team[0].id in one.people}

    assert {"max_run", "week_rest"} <= broken


def test_a_wish_for_a_shift_that_is_gone_is_no_wish(store, team):
    """愿望里的班次已从 rota.toml 去掉: 不能当成想休息。"""
    with store.write("Wished") as db:
        sql = "INSERT INTO wishes(day, person_id, shift) VALUES ('2026-11-25', ?, 'X')"
        db.execute(sql, (team[0].id,))

    assert problem.told(store, period.period(store, MONDAY, SUNDAY))["wishes"] == []
