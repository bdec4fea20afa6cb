"""The outings page key by key, and how it looks in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from floorlead import words
from floorlead.app import PAGES
from floorlead.outings import moves, queries
from floorlead.record import replace
from floorlead.store import Store, open_store
from floorlead.text import width
from floorlead.widgets.desk import Desk
from floorlead.widgets.shared import SHARED
from tests.conftest import at, person, press, screen
from tests.leave.showroom import FRI, SLOTS, THU, WED, at_desk, granted, staffed

DOORS = tuple(door for door in PAGES if door.name in ("today", "report", "outings"))


def desk_of(store: Store) -> Desk:
    made = Desk(store, DOORS, SHARED)
    made.start()
    made.go("outings")
    return made


@pytest.fixture
def demo(store: Store) -> Store:
    """Tuesday 24 November at 9:03, the rest of the week planned, a roadshow from Wednesday to Friday."""
    at(store, "09:03")
    store.by = "王"
    staffed(store, WED, THU, FRI)
    moves.save(
        store, replace(moves.blank(store, WED), kind="巡展", place="宝山", last=FRI, review_due=date(2026, 12, 2))
    )
    return store


def going(store: Store) -> dict[date, int]:
    return {day: len(who) for day, who in queries.going(store, queries.coming(store, store.today())[0].id).items()}


def test_a_new_outing(store):
    """Ins, leafleting, the market, Thursday, three people; empty due days follow the house."""
    desk = desk_of(store)
    press(desk, "insert", "1", '"大润发', "enter", '"2026-12-03', "enter", "enter", "3", '"3', "ctrl+s")
    one = queries.coming(store, store.today())[0]
    assert (one.kind, one.place, one.half, one.wanted) == ("发单片", "大润发", "pm", 3)
    assert (one.plan_due, one.review_due) == (date(2026, 11, 24), date(2026, 12, 8))
    assert "0/3" in screen(desk)


def test_a_dash_is_no_paper(store):
    """A quick round of leaflets needs neither plan nor review."""
    desk = desk_of(store)
    press(
        desk, "insert", "1", "enter", '"2026-12-03', "enter", "enter", "1", '"2', "enter", '"-', "enter", '"-', "enter"
    )
    one = queries.coming(store, store.today())[0]
    assert (one.plan_due, one.review_due) == (None, None)


def test_space_sends_and_calls_back(demo):
    """Enter shows the people of the first day; Space sends the first and goes down, Up Space calls back."""
    desk = desk_of(demo)
    press(desk, "enter", "space", "space")
    assert going(demo) == {WED: 2} and desk.page.grid.cursor == 2
    press(desk, "up", "space")
    assert going(demo) == {WED: 1}


def test_fill_up_and_the_same_on_all_days(demo):
    """Ctrl+A sends as many as are wanted, 3 the same people on the other days; each one action."""
    desk = desk_of(demo)
    before = demo.writes
    press(desk, "enter", "ctrl+a")
    assert going(demo) == {WED: 2} and demo.writes == before + 1
    press(desk, "ctrl+a")
    assert "As many go as are wanted" in screen(desk) and going(demo) == {WED: 2}
    press(desk, "3")
    assert going(demo) == {WED: 2, THU: 2, FRI: 2} and demo.writes == before + 2
    press(desk, "ctrl+z")
    assert going(demo) == {WED: 2} and desk.page.inside


def test_a_holder_is_sent_when_another_steps_up(demo):
    """Space on 李娜, who holds 11-13: the log says who has it."""
    desk = desk_of(demo)
    press(desk, "enter", "l", "n", "space")
    assert at_desk(demo, WED, SLOTS[1])[0] == "王芳" and "desk 11-13 王芳" in screen(desk)


def test_who_is_away_is_refused_in_one_sentence(demo):
    """周强 is on leave on Wednesday."""
    granted(demo, "周强", "P", WED)
    desk = desk_of(demo)
    press(desk, "enter", "z", "q", "space")
    assert "周强 cannot go out then: personal leave" in screen(desk) and going(demo) == {}


def test_plan_review_and_calling_off(demo):
    """1 and 2 tick the papers, the same digit again opens them; - calls off and again takes it back."""
    desk = desk_of(demo)
    press(desk, "1")
    assert "v 24 Nov" in screen(desk)
    press(desk, "1", "2", "-")
    assert queries.coming(demo, demo.today()) == []
    press(desk, "tab", "-", "tab")
    one = queries.coming(demo, demo.today())[0]
    assert one.planned_on is None and one.reviewed_on == date(2026, 11, 24)


def test_left_and_right_are_its_days(demo):
    """The days of the outing and no others."""
    desk = desk_of(demo)
    press(desk, "enter", "left")
    assert desk.page.day == WED
    press(desk, "right", "right", "right", "right")
    assert desk.page.day == FRI and "day 3 of 3" in screen(desk)
    press(desk, "escape")
    assert not desk.page.inside


def test_overdue_and_seen_before_stand_on_the_warning_line(demo):
    """宝山 was visited in October, the plan is late, six days fit neither town."""
    old = replace(moves.blank(demo, date(2026, 10, 5)), place="宝山", last=date(2026, 10, 8), review_due=None)
    moves.save(demo, old)
    now = queries.coming(demo, demo.today())[0]
    moves.save(demo, replace(now, plan_due=date(2026, 11, 15), last=date(2026, 11, 30)), now)
    warned = screen(desk_of(demo)).split("\n")[21]
    assert "plan overdue 15 Nov" in warned and "visited 2026-10-05" in warned
    assert "small town 3-5 days, large 7-10" in warned


def test_the_place_survives_a_restart(demo):
    """The people, the day and the line are there again."""
    desk = desk_of(demo)
    press(desk, "enter", "right", "down", "down")
    before = screen(desk)
    desk.keep()
    again = Desk(demo, DOORS, SHARED)
    again.start()
    assert screen(again).split("\n")[1:22] == before.split("\n")[1:22]


def test_empty_and_unknown_keys(store):
    """Nothing planned: the sentence and its key; letters and Enter change nothing."""
    desk = desk_of(store)
    assert "Ins enters an outing" in screen(desk)
    before = store.writes
    press(desk, "enter", "space", "1", "2", "3", "-", "ctrl+a", "x", "escape")
    assert store.writes == before


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_as_it_looks(demo, golden, language):
    """List, people and form in both languages; columns aligned, the key line fits."""
    granted(demo, "周强", "P", WED)
    moves.assign(demo, queries.coming(demo, demo.today())[0], WED, [person(demo, "黄丽"), person(demo, "李娜")])
    moves.send(demo, person(demo, "吴敏"), FRI)
    words.use(language)
    desk = desk_of(demo)
    shown = [screen(desk)]
    for keys in (("enter",), ("right",), ("escape", "3"), ("escape", "tab")):
        press(desk, *keys)
        shown.append(screen(desk))

    assert max(width(line) for part in shown for line in part.split("\n")) <= 80
    assert all(".." not in part.split("\n")[23] for part in shown)
    golden("\n".join(shown), f"outings-{language}")


def test_a_form_does_not_write_over_another_terminal(demo):
    """The form is open, another terminal changes the place: it follows, and what was typed here stands beside it."""
    one = queries.coming(demo, demo.today())[0]
    desk = desk_of(demo)
    press(desk, "3", "backtab", "backtab", "backtab", '"4')
    other = open_store(demo.path, demo.clock)
    moves.save(other, replace(one, place="大场"), one)
    other.close()
    press(desk, "ctrl+s")

    found = queries.coming(demo, demo.today())[0]
    assert (found.place, found.wanted) == ("大场", 4)
