"""A rota made, repaired and explained from the page: shown first, one action, nothing lost, honest without the solver."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from floorlead import clock, shelf
from floorlead.duty import moves as duty
from floorlead.duty import queries
from floorlead.leave import moves as leave
from floorlead.people import queries as people
from floorlead.people.records import Person
from floorlead.planning import child
from floorlead.record import replace
from floorlead.rota import findings, making
from floorlead.store import Store
from floorlead.widgets.desk import Desk
from tests.conftest import desk_of, press, screen

SMALL = """
closed = []
desk_roles = ["consultant"]

[[shift]]
code = "E"
digit = 1
kind = "work"
sign = ["早", "E"]
zh = "早班"
en = "early"
hours = ["08:30", "17:30"]
paid = 480

[[shift]]
code = "-"
digit = 4
kind = "off"
sign = ["休", "-"]
zh = "休息"
en = "off"

[[shift]]
code = "S"
digit = 6
kind = "leave"
sign = ["病", "S"]
zh = "病假"
en = "sick leave"
paid_leave = true
reasons = [["感冒发烧", "flu"]]

[[shift]]
code = "O"
digit = 8
kind = "outing"
sign = ["外", "O"]
zh = "外拓"
en = "outing"

[[post]]
code = "front_desk"
zh = "前台"
en = "desk"
on = true
slots = [["09:00", "13:00"], ["13:00", "17:00"]]

[[need]]
kind = ["work", "makeup", "weekend", "holiday"]
hours = ["09:00", "17:00"]
heads = 2

[words]
substitution = [["接客户", "customer"]]
outing = [["发单片", "leafleting"]]

[rules]
max_run = 6
rest_days_per_week = 1
week_minutes = 2400
overtime_month_minutes = 2160
least_present = 2
"""
"""A showroom with one shift and two slots, so that the solver answers at once."""
NEXT = date(2026, 11, 30)


@pytest.fixture
def team(store: Store) -> list[Person]:
    """Five consultants under a small rota of the showroom's own."""
    own = shelf.own(store.path)
    own.mkdir()
    (own / "rota.toml").write_text(SMALL, encoding="utf-8")
    for number, name in enumerate(("张伟", "李娜", "王芳", "刘洋", "陈静"), 1):
        people.save(store, replace(people.blank(), name=name, number=f"S0{number}", team="AB"[number % 2]))
    return people.everybody(store)


@pytest.fixture
def desk(store: Store, team: list[Person]) -> Desk:
    """The leader on F6."""
    found = desk_of(store)
    press(found, "f6")
    return found


def make(desk: Desk, kind: str = "zd", period: str = "2") -> None:
    """The command by its initials, then the period's digit: 2 is next week."""
    press(desk, "ctrl+k", *kind, "enter", period)


def week(store: Store) -> dict[tuple[int, date], str]:
    """What next week plans."""
    found = queries.cells(store, NEXT, NEXT + timedelta(days=6))
    return {key: cell.code for key, cell in found.items()}


def test_next_week_is_made_looked_at_and_taken(desk: Desk, store: Store, team: list[Person]) -> None:
    """下周自动排班: 先看, 再按 1 采用; 法规一条不违反, 前台每段两个人; ^Z 一次全收回, ^Y 再来一次。"""
    make(desk)
    shown = screen(desk)
    assert "proven the best" in shown
    assert week(store) == {}
    press(desk, "tab")
    assert "as worked and planned" in screen(desk)
    press(desk, "1")

    assert len(week(store)) == len(team) * 7
    assert [one.text for one in findings.broken(store, NEXT, NEXT + timedelta(days=6)) if one.kind == "law"] == []
    slots = queries.desk(store, NEXT, NEXT + timedelta(days=6)).values()
    assert all(slot.holder and slot.substitute and slot.holder != slot.substitute for slot in slots)
    press(desk, "ctrl+z")
    assert week(store) == {}
    press(desk, "ctrl+y")
    assert len(week(store)) == len(team) * 7


def test_a_proposal_survives_a_restart(desk: Desk, store: Store) -> None:
    """看到一半断电: 重开后预览还在, 按 1 照样采用。"""
    make(desk)
    desk.keep()
    again = desk_of(store)
    assert "proven the best" in screen(again)
    press(again, "1")
    assert len(week(store)) == 35


def test_what_was_entered_meanwhile_counts(desk: Desk, store: Store, team: list[Person]) -> None:
    """预览的时候另一台电脑改了排班: 不覆盖, 说一句请重做。"""
    make(desk)
    with store.write("Another terminal") as db:
        duty.put_cell(db, NEXT, team[0].id, "-", locked=True)
    press(desk, "1")
    assert "(E264)" in screen(desk)
    assert len(week(store)) == 1
    press(desk, "escape")
    make(desk)
    press(desk, "1")
    assert week(store)[team[0].id, NEXT] == "-"


def test_what_was_entered_while_it_worked_counts(desk: Desk, store: Store, team: list[Person]) -> None:
    """求解的几秒里另一台电脑记了病假: 结果不作数, 说一句请重做。"""
    waiting: list[tuple[Callable[[], object], Callable[[object], None]]] = []
    desk.later = lambda work, done: waiting.append((work, done))
    make(desk)
    leave.grant(store, leave_of(team[0], NEXT))
    while waiting and desk.dialog() is not None and isinstance(desk.dialog(), making.Making):
        work, done = waiting.pop(0)
        done(work())
    press(desk, "1")

    assert "(E264)" in screen(desk)
    assert set(week(store).values()) == {"S"}


def test_a_proposal_of_yesterday(desk: Desk, store: Store) -> None:
    """预览开着过了夜: 第二天按 1 不采用, 请重做。"""
    make(desk)
    desk.keep()
    store.clock = clock.stopped("2026-11-25T08:41:00")
    again = desk_of(store)
    press(again, "1")

    assert "(E264)" in screen(again)
    assert week(store) == {}


def test_esc_stops_it(desk: Desk, store: Store) -> None:
    """求解时按 Esc: 停下, 什么都没变。"""
    waiting: list[tuple[Callable[[], object], Callable[[object], None]]] = []
    desk.later = lambda work, done: waiting.append((work, done))
    make(desk)
    box = desk.dialog()
    assert isinstance(box, making.Making)
    process = box.child
    assert process is not None
    press(desk, "escape")
    work, done = waiting[0]
    done(work())

    assert process.done
    assert "Stopped; nothing was changed" in screen(desk)
    assert (week(store), desk.dialog()) == ({}, None)


def test_a_sick_call_is_repaired_with_the_fewest_changes(desk: Desk, store: Store, team: list[Person]) -> None:
    """下周一两人病假: 补班只动必须动的, 前台又有人有替岗; 过去和别的周不动。"""
    make(desk)
    press(desk, "1")
    before = week(store)
    working = [p for p in team if before[p.id, NEXT] != "-"]
    gone = working[0]
    leave.grant(store, leave_of(gone, NEXT))
    make(desk, "xf")
    shown = screen(desk)
    assert "fewest changes, proven" in shown
    press(desk, "1")

    after = week(store)
    assert after[gone.id, NEXT] == "S"
    slots = queries.desk(store, NEXT, NEXT).values()
    assert all(slot.holder and slot.substitute and gone.id not in (slot.holder, slot.substitute) for slot in slots)
    changed = {key for key, code in after.items() if before[key] != code and key[0] != gone.id}
    assert len(changed) <= 2


def leave_of(person: Person, day: date):
    """A day of sick leave, still to be granted."""
    from floorlead.duty.records import Leave

    return Leave(0, person.id, "S", day, day, "", "flu", "asked", "", "", "王", "")


def test_a_contradiction_is_named_and_unlocked(desk: Desk, store: Store, team: list[Person]) -> None:
    """四个人下周一都锁了休: 前台要两个人, 只剩一个。说清是哪几条, 按 1 解锁最少的再排。"""
    with store.write("Locked") as db:
        for person in team[:4]:
            duty.put_cell(db, NEXT, person.id, "-", locked=True)
    make(desk)
    shown = screen(desk)
    assert "cannot all hold" in shown
    assert "Unlock" in shown
    press(desk, "1", "1")
    locked = [cell for cell in queries.cells(store, NEXT, NEXT).values() if cell.locked]

    assert len(locked) == 3
    assert len(week(store)) == 35


def test_nothing_stands_against_it(desk: Desk, store: Store) -> None:
    """为什么排不出: 没有冲突就说没有。"""
    make(desk, "ws")
    assert "Nothing stands against it" in screen(desk)
    assert week(store) == {}


def test_a_repair_of_nothing_and_a_week_gone_by(desk: Desk) -> None:
    """没排过的周不能补班, 说一句。"""
    make(desk, "xf")
    assert "(E262)" in screen(desk)


def test_without_the_solver(desk: Desk, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """没装 highspy: 自动排班说明原因, 手排照常。"""
    monkeypatch.setattr(child.Child, "start", no_solver)
    make(desk)
    assert "highspy is not installed" in screen(desk)
    press(desk, "1")
    assert len(queries.cells(store, date(2026, 11, 24), date(2026, 11, 24))) == 1


def no_solver(self: child.Child, problem: dict[str, object]) -> None:
    """What the process says where the library is missing."""
    self.done = False
    self._messages.put({"error": "The solver highspy is not installed; install it with: pip install highspy"})
