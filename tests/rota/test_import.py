"""Reading a rota in: either language, cells and slots, every line taken or refused with its reason, all or nothing."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorlead import clock, words
from floorlead.duty import lists
from floorlead.duty import queries as duty
from floorlead.leave import moves as leave_moves
from floorlead.outings import moves as outings
from floorlead.people import queries as people
from floorlead.record import replace
from floorlead.report import sealing
from floorlead.rota import importplan
from floorlead.rota.files import Unreadable, read_rota
from floorlead.store import Refused, Store
from floorlead.store.undo import undo
from tests.conftest import press, screen
from tests.rota.people import MONDAY, SLOTS, TUESDAY, planned, staff, who
from tests.rota.test_screen import rota_of

ZH = "日期,姓名,班次,锁定,岗段,值班人,替班人\n"


def plan_of(store: Store, text: str) -> importplan.Import:
    return importplan.found_in(store, text.encode())


def test_cells_and_slots(store: Store) -> None:
    """Shifts by sign, word and code in either language; a slot by its band; one action, and again nothing."""
    staff(store)
    text = (
        ZH
        + "2026-11-24,张伟,早,是,,,\n2026-11-24,Li Na,late,,,,\n2026-11-24,王芳,-,,,,\n2026-11-24,,,,9-11,张伟,李娜\n"
    )
    plan = plan_of(store, text)
    assert (len(plan.new), plan.changed, plan.refused) == (4, (), ())
    importplan.carry_out(store, plan)

    cells = duty.cells(store, TUESDAY, TUESDAY)
    assert [cells[who(store, n).id, TUESDAY].code for n in ("张伟", "李娜", "王芳")] == ["E", "L", "-"]
    assert cells[who(store, "张伟").id, TUESDAY].locked
    slot = duty.desk(store, TUESDAY, TUESDAY)[TUESDAY, SLOTS[0]]
    assert (slot.holder, slot.substitute) == (who(store, "张伟").id, who(store, "李娜").id)
    again = plan_of(store, text)
    assert (again.new, again.changed, again.same) == ((), (), 4)
    before = store.writes
    importplan.carry_out(store, again)
    assert store.writes == before
    undo(store)
    assert duty.cells(store, TUESDAY, TUESDAY) == {}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("2026-11-24,王五,早,,,,", "nobody is called '王五'"),
        ("2026-11-24,张伟,事假,,,,", "leave and outings have their own pages"),
        ("2026-11-24,张伟,foo,,,,", "'foo' is no shift"),
        ("11-24,张伟,早,,,,", "is no date"),
        (",张伟,早,,,,", "the date is missing"),
        ("2026-11-24,,早,,,,", "the person is missing"),
        ("2026-11-24,黄丽,前,,,,", "may not hold the desk"),
        ("2026-11-24,王,早,,,,", "is not on the rota"),
        ("2026-11-24,,,,8-9,张伟,", "'8-9' is no slot"),
        ("2026-11-24,,,,9-11,张伟,张伟", "own substitute"),
        ("2026-11-24,,,,9-11,黄丽,", "may not hold the desk"),
        ("2026-11-24,陈静,早,vielleicht,,,", "neither yes nor no"),
    ],
)
def test_a_line_is_refused_with_its_reason(store: Store, line: str, reason: str) -> None:
    """One line that cannot be taken keeps the whole file out and is named."""
    staff(store)
    plan = plan_of(store, f"{ZH}2026-11-25,李娜,早,,,,\n{line}\n")

    assert [one.line for one in plan.refused] == [3]
    assert reason in plan.refused[0].reason
    importplan.carry_out(store, plan)
    assert duty.cells(store, MONDAY, MONDAY + timedelta(days=7)) == {}


def test_namesakes(store: Store) -> None:
    """Two people of the same name need their number; with it each is meant."""
    staff(store)
    people.save(store, replace(people.blank(), name="李娜", number="S99"))
    plan = plan_of(store, "date,name,shift\n2026-11-24,李娜,E\n")
    assert "2 people are called '李娜': give the number" in plan.refused[0].reason
    plan = plan_of(store, "date,number,name,shift\n2026-11-24,s99,李娜,E\n")
    assert (len(plan.new), plan.refused) == (1, ())


def test_twice_closed_and_sealed(store: Store) -> None:
    """The same cell twice, a day of a sealed report, a day before somebody came."""
    staff(store)
    one = who(store, "张伟")
    people.save(store, replace(one, joined=TUESDAY), one)
    sealing.seal(store, MONDAY)
    plan = plan_of(
        store, "date,name,shift\n2026-11-24,李娜,E\n2026-11-24,Li Na,L\n2026-11-23,李娜,E\n2026-11-22,张伟,E\n"
    )
    reasons = " ".join(one.reason for one in plan.refused)
    assert "stands in line 2 already" in reasons
    assert "the report of 2026-11-23 is sealed" in reasons
    assert "does not belong to the showroom" in reasons


@pytest.mark.parametrize(
    "data", [b"", b"a,b\n1,2\n", b"date,name\n", b"date,date,name,shift\n", b"\xff\xfe\x00\x00\x01"]
)
def test_no_rota_at_all(store: Store, data: bytes) -> None:
    """A file that is none is refused as a whole, in one sentence."""
    with pytest.raises(Refused):
        importplan.found_in(store, data)


@given(st.binary(max_size=200), st.sampled_from([b"date,name,shift\n", ZH.encode()]))
def test_any_bytes(data: bytes, head: bytes) -> None:
    """Whatever stands below the heading is taken or refused, never an error; each refused line has a reason."""
    book = lists.OWN.shipped()
    try:
        found = read_rota(head + data, book)
    except Unreadable:
        return
    assert all(one.reason for one in found.refused)


def test_in_the_app(store: Store, tmp_path: Path) -> None:
    """The command list, the path, the preview with its numbers, 1 takes it over, the cursor goes to its first day."""
    staff(store)
    planned(store, MONDAY, 7)
    file = tmp_path / "rota.csv"
    file.write_text("date,name,shift\n2026-12-02,张伟,L\n2026-12-03,张伟,-\n", encoding="utf-8")
    words.use("en")
    desk, page = rota_of(store)
    desk.open("rota_import")
    press(desk, f'"{file}', "enter")
    text = screen(desk)
    assert "2 new   0 changed" in text
    assert "Wed 2 Zhang Wei: late" in text
    press(desk, "1")
    assert page.day == date(2026, 12, 2)
    desk.open("rota_import")
    press(desk, f'"{tmp_path}/none.csv', "enter")
    assert "E228" in screen(desk)


@pytest.mark.parametrize(
    ("slot", "holder", "substitute", "reason"),
    [
        ("9-11", "张伟", "", "Zhang Wei is on leave on 2026-11-24"),
        ("9-11", "李娜", "张伟", "Zhang Wei is on leave on 2026-11-24"),
        ("11-13", "王芳", "", "Wang Fang is on leave on 2026-11-24"),
        ("15-17", "王芳", "", "Wang Fang is on leave on 2026-11-24"),
        ("9-11", "刘洋", "", "Liu Yang is sent out on 2026-11-24"),
    ],
)
def test_who_is_away_gets_no_slot(store: Store, slot: str, holder: str, substitute: str, reason: str) -> None:
    """A file planned before somebody asked for leave: the slot of that day is refused, also one that leave only cuts;
    a slot in the half that is worked is taken."""
    staff(store)
    leave_moves.grant(store, leave_moves.blank(store, who(store, "张伟").id, "P", TUESDAY), all_the_same=True)
    half = leave_moves.blank(store, who(store, "王芳").id, "P", TUESDAY, half="pm")
    leave_moves.grant(store, half, all_the_same=True)
    outings.send(store, who(store, "刘洋"), TUESDAY)
    plan = plan_of(store, f"{ZH}2026-11-24,,,,{slot},{holder},{substitute}\n")
    assert [one.reason for one in plan.refused] == [reason]
    assert plan_of(store, f"{ZH}2026-11-24,,,,9-11,王芳,\n").does_something


def test_the_desk_of_a_day_gone_by_is_not_read_in(store: Store) -> None:
    """Yesterday's desk was worked as it was; a line that says just that is no trouble."""
    staff(store)
    planned(store)
    store.clock = clock.stopped("2026-11-24T09:03:00")
    was = duty.desk(store, MONDAY, MONDAY)[MONDAY, SLOTS[0]]
    names = [one.name for who_ in (was.holder, was.substitute) for one in people.everybody(store) if one.id == who_]
    plan = plan_of(store, f"{ZH}2026-11-23,,,,9-11,{','.join(names)}\n2026-11-23,,,,11-13,{names[0]},\n")
    assert [(one.line, one.reason) for one in plan.refused] == [(3, "2026-11-23 is over, its desk stays as it was")]
    assert plan.same == 1


def test_what_stands_already_is_never_refused(store: Store) -> None:
    """A line of a day that is sealed by now: the same is no trouble, another shift is."""
    staff(store)
    planned(store)
    one = who(store, "张伟")
    stands = duty.cells(store, MONDAY, MONDAY)[one.id, MONDAY].code
    sealing.seal(store, MONDAY)
    assert plan_of(store, f"{ZH}2026-11-23,张伟,{stands},,,,\n").same == 1
    assert plan_of(store, f"{ZH}2026-11-23,张伟,{'L' if stands == 'E' else 'E'},,,,\n").refused
