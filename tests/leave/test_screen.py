"""The leave page key by key: a request, the box that decides it, balances, closed days, and how it looks."""

from __future__ import annotations

import pytest

from floorlead import words
from floorlead.app import PAGES
from floorlead.duty import queries as duty
from floorlead.leave import queries
from floorlead.store import Store, open_store
from floorlead.text import width
from floorlead.widgets.desk import Desk
from floorlead.widgets.shared import SHARED
from tests.conftest import at, person, press, screen
from tests.leave.showroom import FRI, SLOTS, TEAM, THU, WED, at_desk, closed, granted, staffed

DOORS = tuple(door for door in PAGES if door.name in ("today", "report", "leave"))
"""Pages enough to stand among, so that what other pages are called changes nothing here."""


def desk_of(store: Store) -> Desk:
    made = Desk(store, DOORS, SHARED)
    made.start()
    made.go("leave")
    return made


@pytest.fixture
def demo(store: Store) -> Store:
    """Tuesday 24 November at 9:03, the rest of the week planned."""
    at(store, "09:03")
    store.by = "王"
    staffed(store, WED, THU, FRI)
    return store


def test_a_request_is_entered_shown_and_granted(demo):
    """Ins, 黄丽, annual, Thursday, granted with one digit: two actions, each of which Ctrl+Z takes back."""
    desk = desk_of(demo)
    press(desk, "insert", '"hl', "enter", "3", '"11-26', "enter", "enter", "1", '"探亲', "enter")
    assert "at work 10 -> 9, wanted 7" in screen(desk)
    press(desk, "1")

    found = duty.leaves(demo, THU, THU)
    assert [(one.kind, one.reason, one.by, one.state) for one in found] == [("A", "探亲", "王", "granted")]
    assert desk.dialog() is None and "Last: 黄丽 Thu 26 Nov annual leave (visit home) granted" in screen(desk)
    press(desk, "ctrl+z")
    assert duty.leaves(demo, THU, THU) == [] and len(queries.asked(demo, demo.today())) == 1
    assert desk.page.view == 1


def test_another_substitute_by_the_arrow(demo):
    """Down chooses the next one able; granting takes that one."""
    desk = desk_of(demo)
    press(desk, "insert", '"李娜', "enter", "1", '"11-25', "enter", "enter", "1", "enter")
    press(desk, "tab", "down", "1")

    assert at_desk(demo, WED, SLOTS[1])[0] not in ("李娜", "王芳", "")


def test_refused_with_a_word(demo):
    """2, a word, Enter: the request goes to the past with its reason."""
    desk = desk_of(demo)
    press(desk, "insert", '"黄丽', "enter", "1", '"11-26', "enter", "enter", "1", "enter", "2", '"车展前', "enter")

    assert desk.dialog() is None
    press(desk, "tab")
    assert "no 24 Nov" in screen(desk)
    press(desk, "enter")
    assert "why: 车展前" in screen(desk)


def test_closed_days_ask_for_all_the_same(demo):
    """The motor show: 1 is not offered, 4 grants and says so."""
    closed(demo, WED, FRI, "车展")
    desk = desk_of(demo)
    press(desk, "insert", '"黄丽', "enter", "1", '"11-26', "enter", "enter", "1", "enter", "1")
    assert duty.leaves(demo, THU, THU) == [] and "closed to leave: 车展" in screen(desk)
    press(desk, "4")
    assert len(duty.leaves(demo, THU, THU)) == 1
    assert "granted all the same" in screen(desk)


def test_withdrawn_from_the_list(demo):
    """Enter on granted leave, 1: back at work, the slot too."""
    granted(demo, "李娜", "P", WED)
    desk = desk_of(demo)
    press(desk, "enter")
    assert "goes back" in screen(desk)
    press(desk, "1")

    assert at_desk(demo, WED, SLOTS[1]) == ("李娜", "王芳") and duty.leaves(demo, WED, WED) == []


def test_what_is_refused_stays_in_the_form(demo):
    """Nobody named, no day, a half over two days: the sentence stands in the box and nothing typed is lost."""
    desk = desk_of(demo)
    press(desk, "insert", "ctrl+s")
    assert "Say whose leave it is" in screen(desk)
    press(desk, '"黄丽', "ctrl+s")
    assert "is not a day" in screen(desk)
    press(desk, "enter", "1", '"11-26', "enter", '"11-27', "enter", "2", "ctrl+s")
    assert "Half a day is one day" in screen(desk) and duty.leaves(demo, THU, THU, ("asked",)) == []


def test_yesterday_may_be_typed(demo):
    """Sick leave recorded the next day: -1 is yesterday."""
    desk = desk_of(demo)
    press(desk, "insert", '"黄丽', "enter", "2", '"-1', "enter", "enter", "1", "enter")
    assert "recorded late" in screen(desk)
    press(desk, "1", "tab", "tab")
    assert "Mon 23 Nov" in screen(desk)


def test_days_a_year_are_entered_for_one(demo):
    """Balances: annual leave of 李娜 is seven days; empty goes back to the file's five."""
    desk = desk_of(demo)
    press(desk, "tab", "tab", "tab", "down", "right", "right", "enter", '"7', "enter")
    who = person(demo, "李娜")
    assert queries.balances(demo, 2026, [who])[who.id, "A"].left == 7
    press(desk, "enter", '"abc', "enter")
    assert "Write the days as 5 or 5.5" in screen(desk)
    press(desk, '"', "enter")
    assert queries.balances(demo, 2026, [who])[who.id, "A"].left == 5


def test_days_are_closed_and_opened(demo):
    """Ins on the last view closes days, - opens them again."""
    desk = desk_of(demo)
    press(desk, "backtab", "insert", '"2026-12-31', "enter", '"2027-01-03', "enter", '"元旦', "enter")
    assert [one.name for one in queries.closures(demo, WED)] == ["元旦"]
    press(desk, "-")
    assert queries.closures(demo, WED) == []


def test_the_box_survives_a_restart(demo):
    """The power fails while the box is open: it is there again, with who was chosen."""
    desk = desk_of(demo)
    press(desk, "insert", '"李娜', "enter", "1", '"11-25', "enter", "enter", "1", "enter", "tab", "down")
    before = screen(desk)
    desk.keep()
    again = Desk(demo, DOORS, SHARED)
    again.start()
    assert screen(again).split("\n")[6:18] == before.split("\n")[6:18]


def fill(store: Store) -> None:
    """A week's worth of leave."""
    granted(store, "李娜", "P", WED)
    granted(store, "黄丽", "A", THU, FRI)
    granted(store, "周强", "S", WED, half="am")
    closed(store, FRI, FRI, "车展")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_as_it_looks(demo, golden, language):
    """Every view in both languages fits its screen, columns aligned."""
    fill(demo)
    words.use(language)
    desk = desk_of(demo)
    shown = [screen(desk)]
    for _view in range(4):
        press(desk, "tab")
        shown.append(screen(desk))
    press(desk, "tab", "enter")
    shown.append(screen(desk))
    press(desk, "escape", "insert")
    shown.append(screen(desk))

    assert max(width(line) for part in shown for line in part.split("\n")) <= 80
    golden("\n".join(shown), f"leave-{language}")


def test_every_key_line_fits(demo):
    """The bottom line fits 79 cells in both languages in every view."""
    fill(demo)
    for language in ("zh", "en"):
        words.use(language)
        desk = desk_of(demo)
        for _view in range(5):
            assert ".." not in screen(desk).split("\n")[23], screen(desk)
            press(desk, "tab")


def test_an_empty_showroom_says_what_would_be_here(store):
    """Nobody, nothing: each view has its sentence and its key."""
    desk = desk_of(store)
    for word in ("Ins enters", "Ins enters", "No leave is over", "^K people", "Ins closes"):
        assert word in screen(desk)
        press(desk, "tab", "enter", "space", "1")


def test_find_by_letters(demo):
    """hl finds 黄丽 in the list that is shown."""
    granted(demo, "黄丽", "A", THU)
    granted(demo, "李娜", "P", FRI)
    desk = desk_of(demo)
    press(desk, "l", "n")
    assert desk.page.grid.cursor == 1
    assert TEAM[1] in screen(desk)


def test_a_day_without_its_year_is_the_next_one():
    """In December 01-03 is January's; a written year or a step back is taken as it stands."""
    from datetime import date

    from floorlead.leave.notes import day_in

    today = date(2026, 12, 20)
    assert day_in("01-03", today) == date(2027, 1, 3) and day_in("12-01", today) == date(2026, 12, 1)
    assert day_in("2026-01-03", today) == date(2026, 1, 3) and day_in("-1", today) == date(2026, 12, 19)
    assert day_in("", today, today) == today


def test_another_terminal_closes_days_meanwhile(demo):
    """The cursor stands on the second period; another terminal enters one before it: - opens the one that was shown."""
    closed(demo, THU, THU, "X")
    closed(demo, FRI, FRI, "Y")
    desk = desk_of(demo)
    press(desk, "tab", "tab", "tab", "tab", "down")
    other = open_store(demo.path, demo.clock)
    closed(other, WED, WED, "W")
    other.close()
    press(desk, "-")

    assert [one.name for one in queries.closures(demo, WED)] == ["W", "X"]


def test_another_terminal_takes_who_would_step_up(demo):
    """The box shows 王芳 for 李娜's slot; meanwhile another terminal sends 王芳 on leave: the first digit only shows it."""
    desk = desk_of(demo)
    press(desk, "insert", '"李娜', "enter", "1", '"11-25', "enter", "enter", "1", "enter")
    screen(desk)
    other = open_store(demo.path, demo.clock)
    granted(other, "王芳", "S", WED)
    other.close()
    press(desk, "1")
    assert len(duty.leaves(demo, WED, WED)) == 1 and "Another terminal changed the desk" in screen(desk)
    press(desk, "1")
    assert len(duty.leaves(demo, WED, WED)) == 2


@pytest.mark.parametrize("language", ["zh", "en"])
def test_back_early_by_two_keys_and_a_day(demo, language):
    """陈静 is back on Friday of three days: Enter, 2, the day; one Ctrl+Z takes it back."""
    words.use(language)
    ident = granted(demo, "陈静", "P", WED, FRI)
    desk = desk_of(demo)
    press(desk, "enter", "2", '"11-27')
    assert "15-" in screen(desk) and all(width(line) <= 80 for line in screen(desk).splitlines())
    press(desk, "enter")
    assert duty.leave(demo, ident).last == THU and desk.dialog() is None
    press(desk, "ctrl+z")
    assert duty.leave(demo, ident).last == FRI
    press(desk, "enter", "2", '"11-25', "enter")
    assert "(E239)" in screen(desk) and duty.leave(demo, ident).last == FRI


def test_back_early_left_with_esc_changes_nothing(demo):
    """Esc leaves the box, what was typed waits; the leave is as it was."""
    ident = granted(demo, "陈静", "P", WED, FRI)
    desk = desk_of(demo)
    press(desk, "enter", "2", '"11-27', "escape", "escape")
    assert desk.dialog() is None and duty.leave(demo, ident).last == FRI
