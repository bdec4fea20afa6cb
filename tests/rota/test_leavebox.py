"""Leave from a cell of the rota, key by key: one digit grants, the desk is covered, the same digit takes it back."""

from __future__ import annotations

from datetime import date

import pytest

from floorlead import words
from floorlead.duty import queries as duty
from floorlead.leave import notes, queries
from floorlead.orders import moves as order_moves
from floorlead.record import replace
from floorlead.rota.leavebox import LeaveBox
from floorlead.store import Store, log
from floorlead.text import width
from floorlead.widgets.desk import Desk
from floorlead.widgets.page import Door, Page
from floorlead.widgets.shared import SHARED
from floorlead.words import N_
from tests.conftest import at, enter_car, person, press, screen
from tests.leave.showroom import FRI, MON, SLOTS, TEAM, THU, WED, at_desk, closed, granted, leave_of, plan, staffed


class Under(Page):
    """A page to stand on, so that the box is looked at alone."""

    name = "under"
    word = N_("Rota")
    DIALOGS = {"leave": LeaveBox}


DOORS = (Door("under", "f6", N_("Rota"), "", "tests.rota.test_leavebox:Under"),)


@pytest.fixture
def demo(store: Store) -> Store:
    """Tuesday 24 November at 9:03, the rest of the week planned."""
    at(store, "09:03")
    store.by = "王"
    staffed(store, WED, THU, FRI)
    return store


def box(store: Store, name: str, day: date = WED, kind: str = "P") -> Desk:
    """The box of a cell."""
    desk = Desk(store, DOORS, SHARED)
    desk.start()
    desk.go("under")
    desk.open("leave", {"person": person(store, name).id, "day": day.isoformat(), "kind": kind})
    return desk


def said(store: Store) -> str:
    """What the log tells of the last action."""
    assert store.last
    return log.tell(*store.last)


def granted_on(store: Store, day: date = WED) -> list[tuple[str, str, str]]:
    return [(one.kind, one.half, one.reason) for one in duty.leaves(store, day, day)]


def test_one_digit_grants_with_the_proposed_substitutes(demo):
    """5 on the cell opened it; 1 is 家事: granted for the whole day by the leader, the desk covered, one action."""
    before = demo.writes
    desk = box(demo, "李娜")
    press(desk, "1")

    assert granted_on(demo) == [("P", "", "家事")] and demo.writes == before + 1
    assert duty.leaves(demo, WED, WED)[0].by == "王"
    assert at_desk(demo, WED, SLOTS[1])[0] == "王芳" and desk.dialog() is None
    assert said(demo) == "李娜 Wed 25 Nov personal leave (family) granted; desk 11-13 王芳"
    press(desk, "ctrl+z")
    assert granted_on(demo) == [] and at_desk(demo, WED, SLOTS[1]) == ("李娜", "王芳")


def test_the_standard_day(demo):
    """F6, 李娜, right, 5, 1: on the rota itself."""
    from floorlead.app import PAGES

    desk = Desk(demo, tuple(door for door in PAGES if door.name in ("today", "rota", "report")), SHARED)
    desk.start()
    press(desk, "f6", "l", "n", "right", "5", "1")
    assert granted_on(demo) == [("P", "", "家事")]
    press(desk, "5", "1")
    assert granted_on(demo) == []


def test_half_the_day_by_the_arrow(demo):
    """Right is the morning, once more the afternoon; the slots shown are those of the half."""
    desk = box(demo, "张伟")
    assert "desk 9-11 ->" in screen(desk)
    press(desk, "right", "right")
    assert "[afternoon]" in screen(desk) and "holds no desk slot then" in screen(desk)
    press(desk, "2")
    assert granted_on(demo) == [("P", "pm", "办证件")]


def test_the_other_half_for_another_kind(demo):
    """张伟 has the morning off for himself; sick leave on the same cell begins with the afternoon."""
    granted(demo, "张伟", "P", WED, half="am")
    desk = box(demo, "张伟", kind="S")
    assert "[afternoon]" in screen(desk)
    press(desk, "1")
    assert granted_on(demo) == [("P", "am", ""), ("S", "pm", "感冒发烧")]


def test_another_substitute_by_the_arrow(demo):
    """Tab goes to the held slot, Down chooses the next one able."""
    desk = box(demo, "李娜")
    press(desk, "tab", "down", "1")
    assert at_desk(demo, WED, SLOTS[1])[0] not in ("李娜", "王芳", "")


def test_a_second_leave_over_the_same_day_is_refused(demo):
    """The first is named, in the box; nothing changes."""
    granted(demo, "张伟", "P", WED)
    desk = box(demo, "张伟", kind="A")
    assert "leave already: Wed 25 Nov (granted)" in screen(desk)
    press(desk, "1")
    assert "There is leave over Wed 25 Nov already (granted)" in screen(desk)
    assert granted_on(demo) == [("P", "", "")]


def test_the_same_digit_again_withdraws(demo):
    """The box says what goes back; 1 withdraws."""
    granted(demo, "李娜", "P", WED)
    desk = box(demo, "李娜")
    assert "11-13: 李娜 -> 王芳  goes back" in screen(desk)
    press(desk, "1")
    assert granted_on(demo) == [] and at_desk(demo, WED, SLOTS[1]) == ("李娜", "王芳")


def test_the_other_half_too(demo):
    """A half day's cell: 2 asks for the other half of the same kind."""
    granted(demo, "张伟", "P", WED, half="am")
    desk = box(demo, "张伟")
    press(desk, "2", "1")
    assert granted_on(demo) == [("P", "am", ""), ("P", "pm", "家事")]


def test_only_asked_for(demo):
    """8 keeps the request; the same digit then grants it, or takes it back."""
    desk = box(demo, "李娜")
    press(desk, "8")
    assert [one.state for one in queries.asked(demo, demo.today())] == ["asked"]
    assert at_desk(demo, WED, SLOTS[1]) == ("李娜", "王芳")
    desk = box(demo, "李娜")
    press(desk, "1")
    assert granted_on(demo) == [("P", "", "")] and at_desk(demo, WED, SLOTS[1])[0] == "王芳"


def test_a_typed_reason(demo):
    """7, the reason, Enter."""
    desk = box(demo, "黄丽")
    press(desk, "7", '"接老人出院', "enter")
    assert granted_on(demo) == [("P", "", "接老人出院")]


def test_until_another_day(demo):
    """9, the last day, Enter: the slots of all days are shown, then the digit grants."""
    desk = box(demo, "李娜")
    press(desk, "9", '"11-24', "enter")
    assert "cannot end before" in screen(desk)
    press(desk, '"11-27', "enter")
    assert "25 Nov - 27 Nov" in screen(desk) and "Thu 26 Nov desk" in screen(desk)
    press(desk, "1")
    assert [len(granted_on(demo, day)) for day in (WED, THU, FRI)] == [1, 1, 1]
    assert {at_desk(demo, day, SLOTS[1])[0] for day in (WED, THU, FRI)} == {"王芳"}


def test_closed_days_are_refused_and_granted_all_the_same(demo):
    """1 is refused with the reason; 0 grants with that reason's digit, and the log says so."""
    closed(demo, WED, WED, "车展")
    desk = box(demo, "黄丽")
    press(desk, "3")
    assert "Not granted: closed to leave: 车展" in screen(desk) and granted_on(demo) == []
    press(desk, "0")
    assert granted_on(demo) == [("P", "", "看病")]
    assert said(demo) == "黄丽 Wed 25 Nov personal leave (doctor) granted all the same (days closed to leave)"


def test_sick_leave_is_never_refused_by_the_house(demo):
    """Closed days, and too few who stay: who is ill is away; the box warns and grants."""
    closed(demo, WED, WED, "车展")
    for name in TEAM[4:]:
        plan(demo, WED, name, "-")
    desk = box(demo, "张伟", kind="S")
    assert "closed to leave: 车展" in screen(desk)
    press(desk, "1")
    assert granted_on(demo) == [("S", "", "感冒发烧")]


def test_yesterday_s_sick_leave(demo):
    """On the cell of the day before: recorded late, the desk of that day untouched."""
    day = date(2026, 11, 23)
    staffed(demo, day)
    desk = box(demo, "李娜", day, "S")
    assert "recorded late" in screen(desk)
    press(desk, "2")
    assert granted_on(demo, day) == [("S", "", "肠胃")] and at_desk(demo, day, SLOTS[1]) == ("李娜", "王芳")


def test_an_own_hand_over_is_shown(demo):
    """李娜 hands over at 15:00 on that day: the box says so before."""
    car = enter_car(demo, "QY", "白", "4114", arrived_on=date(2026, 11, 1))
    order = replace(order_moves.blank(demo), customer="刘女士", car_id=car.id, model_id=car.model_id, colour="白")
    order_moves.save(demo, replace(order, advisor_id=person(demo, "李娜").id, handover_at="2026-11-25T15:00"))
    assert "own appointment: Wed 25 Nov 15:00" in screen(box(demo, "李娜"))
    desk = box(demo, "李娜")
    press(desk, "right")
    assert "own appointment" not in screen(desk)


def test_the_box_survives_a_restart(demo):
    """Half, choice and refused sentence are plain JSON."""
    closed(demo, WED, WED, "车展")
    desk = box(demo, "李娜")
    press(desk, "tab", "down", "2")
    before = screen(desk)
    desk.keep()
    again = Desk(demo, DOORS, SHARED)
    again.start()
    assert screen(again).split("\n")[2:21] == before.split("\n")[2:21]


def test_unknown_keys_change_nothing(demo):
    """Only the digits that are shown act."""
    desk = box(demo, "黄丽")
    before = demo.writes
    press(desk, "space", "enter", "-", "0", "ctrl+a")
    assert demo.writes == before and desk.dialog() is not None


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_box_as_it_looks(demo, golden, language):
    """A plain one, one with everything against it, one to withdraw, in both languages; the key line fits."""
    words.use(language)
    shown = [screen(box(demo, "李娜"))]
    closed(demo, WED, FRI, "车展")
    for name in TEAM[6:]:
        plan(demo, WED, name, "-")
    desk = box(demo, "李娜")
    press(desk, "1")
    shown.append(screen(desk))
    press(desk, "7")
    shown.append(screen(desk))
    press(desk, "escape", "0")
    shown.append(screen(box(demo, "李娜")))

    assert max(width(line) for part in shown for line in part.split("\n")) <= 80
    assert all(".." not in part.split("\n")[23] for part in shown)
    golden("\n".join(shown), f"leavebox-{language}")


def test_what_is_kept_is_what_was_moved(demo):
    """The note of the leave names the slots and both states: that is all a withdrawal needs."""
    granted(demo, "李娜", "P", WED)
    kept = notes.read(duty.leaves(demo, WED, WED)[0].note)
    assert [one.slot for one in kept.desk] == [SLOTS[0], SLOTS[1]]
    assert leave_of(demo, duty.leaves(demo, WED, WED)[0].id).in_force and MON > FRI


@pytest.mark.parametrize("language", ["zh", "en"])
def test_back_early_from_the_day_in_the_rota(demo, language):
    """李娜 has leave from Wednesday to Friday and comes on Friday: her Friday's cell, the digit, 2."""
    words.use(language)
    ident = granted(demo, "李娜", "P", WED, FRI)
    first = box(demo, "李娜", WED)
    press(first, "2")
    assert leave_of(demo, ident).last == FRI

    desk = box(demo, "李娜", FRI)
    assert max(width(line) for line in screen(desk).splitlines()) <= 80
    press(desk, "2")
    assert (leave_of(demo, ident).first, leave_of(demo, ident).last) == (WED, THU)
    assert at_desk(demo, FRI, SLOTS[1]) == ("李娜", "王芳") and granted_on(demo, FRI) == []
