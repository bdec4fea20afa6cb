"""F6 key by key: planning with digits, the desk's slots with them, views, moving about, copying, publishing, undo."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

import pytest

from floorlead import words
from floorlead.app import PAGES
from floorlead.duty import queries as duty
from floorlead.people import queries as people
from floorlead.record import replace
from floorlead.rota.screen import RotaPage
from floorlead.store import Store
from floorlead.text import width
from floorlead.widgets.desk import Desk
from floorlead.widgets.shared import SHARED
from tests.conftest import at, press, screen
from tests.rota.people import MONDAY, SLOTS, TUESDAY, planned, staff, who

DOORS = tuple(door for door in PAGES if door.name in ("today", "rota", "report"))
"""Pages enough to stand among."""


def rota_of(store: Store) -> tuple[Desk, RotaPage]:
    """The desk, gone to the rota."""
    desk = Desk(store, DOORS, SHARED)
    desk.start()
    press(desk, "f6")
    page = desk.page
    assert isinstance(page, RotaPage)
    return desk, page


def code(store: Store, name: str, day: object = TUESDAY) -> str:
    cells = duty.cells(store, MONDAY, MONDAY + timedelta(days=40))
    found = cells.get((who(store, name).id, day))  # type: ignore[arg-type]
    return found.code if found else ""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_week(store: Store, language: str, golden: Callable[..., None]) -> None:
    """A week with leave, a change since it was published, a lock, a trainee and a desk gap."""
    staff(store)
    planned(store)
    words.use(language)
    desk, _page = rota_of(store)
    press(desk, "ctrl+k", *"fabu", "enter")
    press(desk, "right", "2", "down", "space", "right", "5", "1", "left")
    desk.frame(80, 24)
    golden(screen(desk), f"screen-rota-week-{language}")
    for line in desk.frame(80, 24):
        assert width(line.text()) == 80


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("keys", "name"), [(("tab",), "day"), (("backtab",), "month"), (("tab", "tab"), "desk")])
def test_the_other_views(
    store: Store, language: str, keys: tuple[str, ...], name: str, golden: Callable[..., None]
) -> None:
    """One day by its shifts, the month in letters, the desk slot by slot."""
    staff(store)
    planned(store)
    words.use(language)
    desk, _page = rota_of(store)
    press(desk, *keys)
    golden(screen(desk), f"screen-rota-{name}-{language}")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nobody_and_nothing(store: Store, language: str) -> None:
    """Without people the page says where they come from; without a plan it says how to begin."""
    words.use(language)
    desk, _page = rota_of(store)
    assert ("People" if language == "en" else "人员") in screen(desk)
    press(desk, *"1", "space", "enter", "right", "pagedown", "tab", "tab", "ctrl+d", "ctrl+e")
    staff(store)
    desk, _page = rota_of(store)
    assert "^D" in screen(desk)


def test_typing_keeps_the_column(store: Store) -> None:
    """`l n right 2`: the letters find Li Na, tomorrow's cell becomes late; the same with a name that comes later."""
    staff(store)
    desk, page = rota_of(store)
    press(desk, "l", "n", "right", "2")

    assert code(store, "李娜") == "L"
    press(desk, "z", "l", "1")
    assert (page.here, page.day) == (who(store, "赵磊").id, TUESDAY)
    assert code(store, "赵磊") == "E"


def test_with_an_input_method(store: Store) -> None:
    """`F6 down right 5 1`: no letter is needed for the second person's leave tomorrow."""
    staff(store)
    planned(store)
    desk, _page = rota_of(store)
    press(desk, "down", "right", "5", "1")

    assert code(store, "李娜") == "P"
    press(desk, "ctrl+z")
    assert code(store, "李娜") == "E"


def test_the_same_digit_again(store: Store) -> None:
    """A digit plans, again it plans nothing; - is a day off, 0 nothing."""
    staff(store)
    desk, _page = rota_of(store)
    press(desk, "right")
    for key, after in (("1", "E"), ("1", ""), ("9", "T"), ("2", "L"), ("-", "-"), ("4", ""), ("4", "-"), ("0", "")):
        press(desk, key)
        assert code(store, "张伟") == after, key


def test_the_desk_shift_takes_a_slot(store: Store) -> None:
    """3 takes the first slot of the day that nobody holds, in the same action; another shift gives it back."""
    staff(store)
    desk, _page = rota_of(store)
    press(desk, "right", "3", "down", "3")
    held = duty.desk(store, TUESDAY, TUESDAY)
    assert [held[TUESDAY, slot].holder for slot in SLOTS[:3]] == [who(store, "张伟").id, who(store, "李娜").id, None]
    assert "holds desk 11-13" in desk.last

    press(desk, "up", "2")
    assert duty.desk(store, TUESDAY, TUESDAY)[TUESDAY, SLOTS[0]].holder is None
    assert "open again: desk 9-11" in desk.last
    press(desk, "ctrl+z")
    assert duty.desk(store, TUESDAY, TUESDAY)[TUESDAY, SLOTS[0]].holder == who(store, "张伟").id


def test_a_late_shift_keeps_what_it_covers(store: Store) -> None:
    """Who holds 11-13 and turns late keeps it; a day off gives it back, and the place as a substitute with it."""
    staff(store)
    desk, _page = rota_of(store)
    press(desk, "right", "3", "down", "3", "2")
    assert duty.desk(store, TUESDAY, TUESDAY)[TUESDAY, SLOTS[1]].holder == who(store, "李娜").id
    press(desk, "-")
    assert duty.desk(store, TUESDAY, TUESDAY)[TUESDAY, SLOTS[1]].holder is None


def test_a_trainee_never_holds_the_desk(store: Store) -> None:
    """A trainee may not hold the desk alone."""
    staff(store)
    desk, _page = rota_of(store)
    press(desk, "end", "right", "3")

    assert "trainee" in desk.trouble
    assert code(store, "黄丽") == ""


def test_days_that_are_over_and_leave(store: Store) -> None:
    """Yesterday is not planned any more; who is on leave is not planned over."""
    staff(store)
    planned(store)
    desk, _page = rota_of(store)
    press(desk, "left", "1")
    assert "E220" in desk.trouble
    press(desk, "right", "right", "5", "1", "1")
    assert "E221" in desk.trouble


def test_joins_and_leaves_in_the_week(store: Store) -> None:
    """Somebody who joins on Wednesday has no cell before; who leaves on Tuesday none after, and cannot be planned there."""
    staff(store)
    joins, leaves = who(store, "刘洋"), who(store, "陈静")
    people.save(store, replace(joins, joined=MONDAY + timedelta(days=2)), joins)
    people.save(store, replace(leaves, left_on=TUESDAY), leaves)
    desk, page = rota_of(store)
    rows = [line for line in screen(desk).splitlines() if "Liu Yang" in line or "Chen Jing" in line]
    assert rows[0].count(".") == 2
    assert rows[1].count(".") == 5
    press(desk, "down", "down", "down", "1")
    assert "E223" in desk.trouble
    press(desk, "pagedown")
    assert "Chen Jing" not in [p.shown for p in page.read().people]


def test_moving_over_the_weeks(store: Store) -> None:
    """Right from Sunday is Monday; PgDn the same weekday; in the month PgDn is the next month."""
    staff(store)
    desk, page = rota_of(store)
    press(desk, *["right"] * 7)
    assert page.day == MONDAY + timedelta(days=7)
    press(desk, "pageup")
    assert page.day == MONDAY
    press(desk, "f6", "f6", "f6", "pagedown")
    assert (page.day.month, page.day.day) == (12, 23)
    press(desk, "f2", "f6")
    assert (page.view, page.day, page.here) == (0, MONDAY, who(store, "张伟").id)


def test_locks_and_copying(store: Store) -> None:
    """Last week goes into the empty cells of this one; a locked cell and a planned one stay, the desk comes along."""
    staff(store)
    planned(store, MONDAY, 7)
    desk, page = rota_of(store)
    press(desk, "pagedown", "3", "down", "4", "space")
    press(desk, "ctrl+d")
    there = MONDAY + timedelta(days=7)
    assert (code(store, "张伟", there), code(store, "李娜", there)) == ("D", "-")
    assert code(store, "王芳", there) == code(store, "王芳", MONDAY)
    tuesday = there + timedelta(days=1)
    assert (
        duty.desk(store, tuesday, tuesday)[tuesday, SLOTS[1]].holder
        == duty.desk(store, TUESDAY, TUESDAY)[TUESDAY, SLOTS[1]].holder
    )
    before = duty.cells(store, there, there + timedelta(days=6))
    press(desk, "ctrl+d")
    assert "E225" in desk.trouble
    press(desk, "ctrl+z")
    assert len(duty.cells(store, there, there + timedelta(days=6))) == 2 < len(before)
    assert page.read().cells[who(store, "李娜").id, there].locked


def test_published_and_changed(store: Store) -> None:
    """What changes after publishing is marked; published again it is not; the mark goes with undo."""
    staff(store)
    planned(store)
    desk, page = rota_of(store)
    press(desk, "ctrl+k", *"fabu", "enter", "right", "2")
    key = (who(store, "张伟").id, TUESDAY)
    assert page.read().cells[key].marked
    press(desk, "ctrl+z")
    assert not page.read().cells[key].marked
    press(desk, "2", "ctrl+k", *"fabu", "enter")
    assert not page.read().cells[key].marked


def test_undo_goes_to_the_cell(store: Store) -> None:
    """Undo from another page comes to the person and the day."""
    staff(store)
    desk, page = rota_of(store)
    press(desk, "down", "down", "right", "2", "f2", "ctrl+z")
    assert desk.page is page
    assert (page.day, page.here) == (TUESDAY, who(store, "王芳").id)


def test_a_wish(store: Store) -> None:
    """Enter, a digit: a wish; again it weighs more; 0 takes it back."""
    staff(store)
    desk, page = rota_of(store)
    press(desk, "right", "enter", "4", "4", "4")
    key = (who(store, "张伟").id, TUESDAY)
    assert (page.read().wishes[key].shift, page.read().wishes[key].weight) == ("-", 3)
    press(desk, "2")
    assert (page.read().wishes[key].shift, page.read().wishes[key].weight) == ("L", 1)
    press(desk, "0", "escape")
    assert page.read().wishes == {}


def test_what_is_broken(store: Store) -> None:
    """Seven days in a row break the law: told at once on the warning line, and in the list apart from house and wish."""
    staff(store)
    desk, page = rota_of(store)
    press(desk, "1", *["right", "1"] * 6)
    assert screen(desk).splitlines()[21].startswith(" Law: ")
    press(desk, "ctrl+e")
    text = screen(desk)
    assert "Law" in text
    assert page.broken()[0].kind == "law"
    press(desk, "down", "up", "enter")
    assert desk.dialog() is None


def test_place_survives(store: Store) -> None:
    """View, day and person come back after a restart; what cannot be understood is ignored."""
    staff(store)
    desk, page = rota_of(store)
    press(desk, "down", "right", "f6", "f6", "f6")
    desk.keep()
    again = Desk(store, DOORS, SHARED)
    again.start()
    there = again.page
    assert isinstance(there, RotaPage)
    assert (there.view, there.day, there.here) == (page.view, page.day, page.here)


def test_a_key_asks_the_file_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Moving inside a month of twenty people reads no table and takes less than 3 ms (the best of many)."""
    staff(store)
    for n in range(12):
        people.save(store, replace(people.blank(), name=f"顾问{n}"))
    planned(store, MONDAY.replace(day=1), 30)
    desk, _page = rota_of(store)
    press(desk, "f6", "f6", "f6")
    desk.frame(80, 24)
    asked: list[str] = []
    rows = Store.rows
    monkeypatch.setattr(Store, "rows", lambda self, sql, *values: (asked.append(sql), rows(self, sql, *values))[1])
    best = 9.0
    for key in ("down", "right", "up", "left") * 5:
        began = time.process_time()
        press(desk, key)
        desk.frame(80, 24)
        best = min(best, time.process_time() - began)
    assert {sql for sql in asked if not sql.startswith("PRAGMA")} == set()
    assert best < 0.003


def test_a_draft_fills_only_what_is_empty(store: Store) -> None:
    """The draft plans everybody's empty days and the desk in one action; what was planned by hand stays."""
    staff(store)
    desk, page = rota_of(store)
    press(desk, "pagedown", "2", "down", "-")
    there = MONDAY + timedelta(days=7)
    press(desk, "ctrl+k", *"caogao", "enter")
    assert (code(store, "张伟", there), code(store, "李娜", there)) == ("L", "-")
    cells = page.read().cells
    assert sum(bool(cell.code) for cell in cells.values()) == 77
    assert not [one for one in page.broken() if one.kind == "law"]
    press(desk, "ctrl+z")
    assert len(page.read().cells) == 2
    press(desk, "f2", "f6", "ctrl+k", *"caogao", "enter", "ctrl+k", *"caogao", "enter")
    assert "nothing to draft" in desk.trouble


def test_what_is_over_stays_as_it_was_worked(store: Store) -> None:
    """Planning the afternoon at two leaves this morning's desk alone: who held 9-11 held it, nobody else did."""
    staff(store)
    desk, _page = rota_of(store)
    press(desk, "3", "2", "3")
    held = duty.desk(store, MONDAY, MONDAY)
    assert held[MONDAY, SLOTS[0]].holder is None  # it had begun at 9:03
    assert held[MONDAY, SLOTS[1]].holder == who(store, "张伟").id

    at(store, "14:00", "2026-11-23")
    press(desk, "2", "-", "down", "3")
    held = duty.desk(store, MONDAY, MONDAY)
    assert held[MONDAY, SLOTS[1]].holder == who(store, "张伟").id
    assert [held[MONDAY, slot].holder for slot in SLOTS[2:]] == [None, who(store, "李娜").id, None]


def test_copying_leaves_what_is_over_alone(store: Store) -> None:
    """At three on Monday last week's desk is copied for what is still to come, not for this morning."""
    staff(store)
    planned(store, MONDAY - timedelta(days=7), 7)
    at(store, "15:00", "2026-11-23")
    desk, _page = rota_of(store)
    press(desk, "ctrl+d")
    held = duty.desk(store, MONDAY, TUESDAY)
    assert [held[MONDAY, slot].holder for slot in SLOTS[:4]] == [None] * 4
    assert held[MONDAY, SLOTS[4]].holder
    assert held[TUESDAY, SLOTS[0]].holder
