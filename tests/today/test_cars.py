"""What Today says of the cars: hand-overs and plates by their time, the order day, what stands too long."""

from __future__ import annotations

import pytest

from floorlead import settings, words
from floorlead.cars import moves, queries
from floorlead.options.screen import OPTIONS
from floorlead.orders import moves as orders
from floorlead.record import replace
from tests.conftest import at, desk_of, person, press, screen, the_car, the_order


def watched(desk) -> list[str]:
    """The lines of "watch today"."""
    lines = screen(desk).splitlines()
    first = next(n for n, line in enumerate(lines) if "Watch today" in line) + 1
    last = next(n for n, line in enumerate(lines) if "Numbers today" in line)
    return [line[3:].strip() for line in lines[first:last]]


def test_a_showroom_without_cars_says_nothing_of_them(store):
    """
    team 张伟
    """
    shown = screen(desk_of(store))
    assert "hand-overs" not in shown and "Stock" not in shown


def test_hand_overs_and_plates_stand_first_by_their_time(store):
    """
    team 张伟
    stock QY 白 4114 5
    stock QY 黑 4214 5
    order 刘女士 4114 张伟 2026-11-24T15:00
    order 王先生 4214 张伟 2026-11-24T10:30
    task 补价签 张伟
    """
    order = the_order(store, "刘女士")
    orders.plan_times(store, order, replace(order, plate_at="2026-11-24T13:30"))
    orders.step(store, the_order(store, "王先生"), "invoice")
    desk = desk_of(store)
    lines = watched(desk)
    assert [line.split()[:2] for line in lines[:3]] == [["out", "10:30"], ["out", "15:00"], ["plates", "13:30"]]
    assert "inv v ins . plt . doc ." in lines[0]
    assert "hand-overs 0/2" in screen(desk)
    press(desk, "5")
    assert desk.page.name == "cars" and "> 1" in screen(desk).replace("  ", " ")


def test_a_hand_over_done_leaves_the_list_and_counts(store):
    """
    team 张伟
    stock QY 白 4114 5
    order 刘女士 4114 张伟 2026-11-24T15:00
    """
    orders.step(store, the_order(store, "刘女士"), "out")
    desk = desk_of(store)
    assert "hand-overs 1/1" in screen(desk) and not any("刘女士" in line for line in watched(desk))


def test_a_hand_over_that_was_missed_is_said(store):
    """
    team 张伟
    stock QY 白 4114 5
    order 刘女士 4114 张伟 2026-11-23T15:00
    """
    assert any("1 past their day" in line for line in watched(desk_of(store)))


def test_over_age_until_it_was_announced_this_week(store):
    """
    team 张伟
    stock QY 白 4114 181
    """
    desk = desk_of(store)
    assert any("over 180 d: 1" in line for line in watched(desk))
    press(desk, "f4", "space", "enter", "1", "f2")
    assert not any("over 180 d" in line for line in watched(desk))
    assert "over-age 1" in screen(desk)
    at(store, "08:41", "2026-11-30")
    press(desk, "f9", "f2")
    assert any("over 180 d: 1" in line for line in watched(desk))


@pytest.mark.parametrize(
    ("day", "said"), [("2026-11-23", True), ("2026-11-24", False), ("2026-10-05", False), ("2026-10-08", True)]
)
def test_the_order_day(store, day, said):
    """Monday; 10-05 is a holiday and 10-08 stands for it.

    stock QY 白 4114 1
    """
    from floorlead.calendar.queries import preload

    at(store, "08:41", day)
    preload(store)
    assert any("order day" in line for line in watched(desk_of(store))) is said


def test_the_order_day_is_done_with_a_saved_version(store):
    """
    stock QY 白 4114 1
    at 08:41 2026-11-23
    """
    desk = desk_of(store)
    assert any("order day" in line for line in watched(desk))
    press(desk, "ctrl+k", "d", "c", "enter", "ctrl+s", "f2")
    assert not any("order day" in line for line in watched(desk))


def test_a_key_that_is_out_for_long(store):
    """
    team 张伟
    stock QY 白 4114 100
    at 10:20
    """
    moves.to_test_drives(store, the_car(store, "4114"))
    moves.key_out(store, the_car(store, "4114"), person(store, "张伟").id, 1200)
    assert not any("key out" in line for line in watched(desk_of(store)))
    at(store, "11:30")
    assert any("key out" in line and "since 10:20" in line for line in watched(desk_of(store)))
    moves.key_back(store, the_car(store, "4114"), queries.drives_out(store)[the_car(store, "4114").id], 1230)
    assert not any("key out" in line for line in watched(desk_of(store)))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_cut_that_matters(standard, language):
    """Time, car and customer are whole in both languages."""
    words.use(language)
    shown = screen(desk_of(standard))
    for part in ("10:30", "15:00", "15:30", "13:30", "刘女士", "陈先生", "吴先生"):
        assert part in shown


def test_settings_of_the_trade_are_checked(store):
    """A threshold that is none is refused with the right form; the old one counts on."""
    desk = desk_of(store)
    press(desk, "ctrl+k", "s", "z", "enter")
    down = [one.key for one in OPTIONS].index("age_days")
    press(desk, *["down"] * down, "enter", '"90/30', "ctrl+s")
    assert "growing numbers of days" in screen(desk)
    press(desk, '"20/40、80', "ctrl+s")
    assert settings.get(store, "age_days") == "20/40/80"
    assert queries.thresholds(store) == (20, 40, 80)
