"""Leaving the post by keys: two digits record it, whatever the keyboard writes; what is half done survives a kill."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from textual.events import Key

from floorlead import words
from floorlead.app import PAGES
from floorlead.duty import moves, notes, queries
from floorlead.duty.records import minute_of
from floorlead.rota import desk as desk_lines
from floorlead.rota.slotbox import OfSlot
from floorlead.rota.substitute import Substitute
from floorlead.store import Store, open_store
from floorlead.tasks import queries as tasks
from floorlead.text import width
from floorlead.widgets.desk import Desk
from floorlead.widgets.keys import name_of
from floorlead.widgets.page import box as frame_of
from floorlead.widgets.shared import SHARED
from tests.conftest import at, person, press, screen, tell
from tests.duty.desk import TODAY, code, gone_home, over, plan, rota, who

DOORS = tuple(door for door in PAGES if door.name in ("today", "rota", "report"))
"""Pages enough to stand among."""
DESK_VIEW = 2


@pytest.fixture
def reception(store: Store) -> Store:
    """Half past nine: Li Na holds 9-11, Yang Fan stands in for her; Wu Min has been with a customer for twelve minutes."""
    for line in ("lead 王", "team 李娜 杨帆 王芳 赵磊 吴敏 黄丽"):
        tell(store, line.split())
    plan(store, 9, "李娜", "杨帆")
    plan(store, 11, "吴敏")
    rota(store, "黄丽", "-")
    with store.write("serve") as db:
        sql = "INSERT INTO queue_events(day, person_id, kind, at, by) VALUES (?, ?, 'serve', ?, '')"
        db.execute(sql, (TODAY.isoformat(), person(store, "吴敏").id, f"{TODAY}T09:18:00"))
    at(store, "09:30")
    return store


def opened(store: Store, name: str = "substitute", args: dict[str, object] | None = None) -> Desk:
    """A desk with a box open over the rota."""
    desk = Desk(store, DOORS, SHARED)
    desk.start()
    desk.go("rota")
    desk.open(name, dict(args or {}))
    return desk


def box(desk: Desk) -> Substitute:
    found = desk.dialog()
    assert isinstance(found, Substitute)
    return found


def names(desk: Desk) -> list[str]:
    return [one.member.zh for one in box(desk).found]


def test_free_ones_first_then_the_busy_with_the_reason(reception: Store) -> None:
    desk = opened(reception)

    assert names(desk) == ["杨帆", "王芳", "赵磊", "吴敏", "黄丽"]
    assert box(desk).leaving() == "李娜"


def test_two_digits_record_it(reception: Store) -> None:
    desk = opened(reception)
    press(desk, "1", "2")

    assert desk.dialog() is None
    assert [who(reception, time) for time in ("09:29", "09:30", "10:59")] == ["李娜", "杨帆", "杨帆"]
    assert reception.rows("SELECT starts, ends, reason, reported FROM substitutions") == [
        (570, None, words.pick("接客户", "customer"), 0)
    ]
    press(desk, "ctrl+z")
    assert who(reception, "09:30") == "李娜"


def test_full_width_digits_do_the_same(reception: Store) -> None:
    """A Chinese input method left on writes １ and ２."""
    keys = [name_of(Key(digit, digit)) for digit in "１２"]
    desk = opened(reception)
    press(desk, *keys)

    assert keys == ["1", "2"]
    assert who(reception, "09:30") == "杨帆"


def test_killed_in_between_the_box_stands_as_it_was(reception: Store) -> None:
    desk = opened(reception)
    press(desk, "enter", '"9:10', "enter", "enter", "1")
    desk.keep()
    again = Desk(reception, DOORS, SHARED)
    again.start()

    assert json.loads(json.dumps(box(again).args)) == box(desk).args
    press(again, "2")
    assert [who(reception, time) for time in ("09:09", "09:10")] == ["李娜", "杨帆"]


def test_opened_from_today_it_goes_back_there(reception: Store) -> None:
    for keys in (("1", "2"), ("escape",), ("1", "escape", "escape")):
        desk = opened(reception, args={"back": "today"})
        press(desk, *keys)
        assert (desk.page.name, desk.dialog()) == ("today", None)
        moves.give_back(reception, TODAY, code(9), 570) if keys == ("1", "2") else None


def test_a_step_back_takes_the_person_off_again(reception: Store) -> None:
    desk = opened(reception)
    press(desk, "1", "escape", "2", "1")

    assert who(reception, "09:30") == "王芳"


def test_from_and_until_are_typed(reception: Store) -> None:
    desk = opened(reception)
    press(desk, "enter", '"0920', "enter", '"1010', "enter", "1", "1")

    assert [who(reception, time) for time in ("09:19", "09:20", "10:09", "10:10")] == ["李娜", "杨帆", "杨帆", "李娜"]


def test_what_is_no_time_stands_there_with_the_reason_why(reception: Store) -> None:
    desk = opened(reception)
    press(desk, "enter", '"10:99', "enter")
    assert "10:99" in box(desk).args["error"]
    press(desk, '"13:00', "enter", '"', "enter", "1", "1")

    assert "E211" in box(desk).args["error"]
    assert reception.one("SELECT count(*) FROM substitutions") == 0
    press(desk, "enter", '"9:40', "enter", '"9:35', "enter", "1", "1")
    assert "E217" in box(desk).args["error"]


@pytest.mark.parametrize(("until", "note"), [("11:30", "11-13"), ("20:00", "19:00")])
def test_the_box_says_where_it_goes_on_and_where_closing_cuts_it(reception: Store, until: str, note: str) -> None:
    desk = opened(reception)
    press(desk, "enter", '"9:30', "enter", f'"{until}', "enter")

    assert note in screen(desk)


def test_a_typed_reason(reception: Store) -> None:
    desk = opened(reception)
    press(desk, "1", "6", '"陪客户看车', "enter")

    assert reception.one("SELECT reason FROM substitutions") == "陪客户看车"


def test_nine_reports_to_the_manager_and_the_leader_holds(reception: Store) -> None:
    desk = opened(reception)
    press(desk, "9", "2")

    assert who(reception, "09:30") == "王"
    assert reception.rows("SELECT reported FROM substitutions") == [(1,)]


def test_who_rests_is_refused_in_one_sentence(reception: Store) -> None:
    desk = opened(reception)
    press(desk, str(names(desk).index("黄丽") + 1), "1")

    assert "E215" in box(desk).args["error"]
    assert "E215" in screen(desk)
    press(desk, "1", "1")
    assert who(reception, "09:30") == "杨帆"


def test_nobody_is_free(reception: Store) -> None:
    """Everybody has gone home: the box says so and offers the report."""
    for name in ("杨帆", "王芳", "赵磊"):
        gone_home(reception, "09:29", name)
    at(reception, "09:30")
    desk = opened(reception)
    words.use("zh")

    assert "没有空闲的人; 按 9 上报销售经理" in screen(desk)


def test_before_opening_and_between_slots_the_next_one_is_meant(reception: Store) -> None:
    at(reception, "08:40")
    desk = opened(reception)
    assert (box(desk).args["slot"], box(desk).starts) == (code(9), 540)
    at(reception, "19:10")
    desk = opened(reception)
    assert box(desk).slot is None
    press(desk, "1", "9", "enter", "2")
    assert reception.one("SELECT count(*) FROM substitutions") == 0
    press(desk, "escape")
    assert desk.dialog() is None


def test_another_terminal_changed_the_list_meanwhile(reception: Store) -> None:
    """A digit that meant somebody else a moment ago does nothing but show the new list."""
    desk = opened(reception)
    screen(desk)
    other = open_store(reception.path, reception.clock)
    gone_home(other, "09:29", "杨帆")
    other.close()
    press(desk, "1")

    assert box(desk).picked == 0
    assert box(desk).args["error"]
    press(desk, "1", "1")
    assert who(reception, "09:30") == "王芳"


# -- the desk view


def desk_view(store: Store) -> Desk:
    desk = Desk(store, DOORS, SHARED)
    desk.start()
    desk.go("rota")
    desk.page.show_view(DESK_VIEW)  # type: ignore[attr-defined]
    return desk


def test_enter_on_the_slot_in_force_asks_who_takes_over(reception: Store) -> None:
    desk = desk_view(reception)
    press(desk, "enter", "2", "2")

    assert who(reception, "09:30") == "王芳"


def test_enter_on_a_slot_to_come_changes_the_plan(reception: Store) -> None:
    desk = desk_view(reception)
    press(desk, "down", "down", "enter")
    found = desk.dialog()
    assert isinstance(found, OfSlot)
    picked = [one.member.zh for one in found.found]  # type: ignore[attr-defined]
    press(desk, "1", "2")
    planned = queries.desk(reception, TODAY, TODAY)[TODAY, code(13)]

    assert person(reception, picked[0]).id == planned.holder
    assert planned.substitute is not None
    assert desk.dialog() is None


def test_the_same_digit_takes_the_holder_off_again(reception: Store) -> None:
    desk = desk_view(reception)
    press(desk, "down", "insert")
    found = [one.member.zh for one in desk.dialog().found]  # type: ignore[union-attr]
    press(desk, str(found.index("吴敏") + 1))

    assert queries.desk(reception, TODAY, TODAY)[TODAY, code(11)].holder is None


def test_space_gives_the_post_back(reception: Store) -> None:
    over(reception, "09:30", "杨帆")
    at(reception, "09:40")
    desk = desk_view(reception)
    press(desk, "space")

    assert [who(reception, time) for time in ("09:39", "09:40")] == ["杨帆", "李娜"]
    press(desk, "space")
    assert "E219" in desk.trouble


@pytest.mark.parametrize(("digit", "name"), [("1", "杨帆"), ("2", "李娜")])
def test_after_a_chain_the_leader_chooses_to_whom(reception: Store, digit: str, name: str) -> None:
    over(reception, "09:30", "杨帆")
    over(reception, "09:40", "赵磊")
    at(reception, "09:50")
    desk = desk_view(reception)
    press(desk, "space", digit)

    assert who(reception, "09:50") == name


def test_somebody_acts_for_the_leader(reception: Store) -> None:
    desk = desk_view(reception)
    press(desk, "ctrl+n", "1")
    assert queries.acting_leader(reception, TODAY) is not None
    press(desk, "ctrl+n", "1")
    assert queries.acting_leader(reception, TODAY) is None


# -- as it looks


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("shown", ["box", "picked", "time", "view", "holder", "back"])
def test_screens(reception: Store, golden: Callable[..., None], language: str, shown: str) -> None:
    words.use(language)
    keys: dict[str, tuple[str, ...]] = {
        "box": (),
        "picked": ("1",),
        "time": ("enter", '"9:20', "enter", '"11:30', "enter"),
    }
    if shown in keys:
        desk = opened(reception)
        press(desk, *keys[shown])
    else:
        over(reception, "09:30", "杨帆", reason="用餐/洗手间")
        over(reception, "09:35", "赵磊", since="09:35")
        at(reception, "09:50")
        desk = desk_view(reception)
        press(desk, *{"view": (), "holder": ("down", "insert"), "back": ("space",)}[shown])
    whole, over_it = screen(desk), desk.dialog()
    drawn = frame_of(over_it, 78) if over_it else desk.page.desk_view.body(80, 19)  # type: ignore[attr-defined]
    keys_line = whole.splitlines()[-1]

    assert max(width(line) for line in whole.splitlines()) <= 80
    golden(
        "\n".join([*(line.text().rstrip() for line in drawn), keys_line]) + "\n", f"box-substitute-{shown}-{language}"
    )


def test_minutes_after_midnight_belong_to_the_evening(store: Store) -> None:
    """
    lead 王
    """
    at(store, "00:30", "2026-11-25")
    from floorlead.rota.slotbox import minute_now

    assert minute_now(store, TODAY) == minute_of("24:30")


def test_the_desk_today_on_a_few_lines(reception: Store) -> None:
    """Under the week: who really holds each slot now, later who is planned, where nobody is."""
    words.use("zh")
    over(reception, "09:30", "杨帆")
    at(reception, "09:40")
    found = desk_lines.read(reception, TODAY, offer=True)

    told = "".join(line.text() for line in desk_lines.lines(found, 80))
    assert "9-11 杨帆(在)" in told
    assert "11-13 吴敏" in told
    assert "13-15 缺: 王" in told
    assert desk_lines.offer(found, 80).text().startswith(" 替岗 杨帆 9-11:  王芳 空闲  赵磊 空闲  李娜 空闲")
    assert all(width(line.text()) <= 80 for line in desk_lines.lines(found, 80))


def test_the_command_list_opens_the_boxes_without_arguments(reception: Store) -> None:
    desk = opened(reception, "acting")
    press(desk, "escape")
    assert desk.dialog() is None
    desk = opened(reception, "holder")
    assert desk.dialog() is not None


def test_a_gap_on_today_opens_the_rota_on_that_day(reception: Store) -> None:
    from floorlead.today import desk as today

    at(reception, "12:30")
    found = today.read(reception, TODAY)
    assert found
    desk = Desk(reception, DOORS, SHARED)
    desk.start()
    desk.go(found.notices[0].page, found.notices[0].place)

    assert desk.page.name == "rota"


def test_a_box_left_open_over_night_is_gone(reception: Store) -> None:
    """Opened in the evening and forgotten: in the morning two digits record nothing on the day before, not even after a
    restart; a box about a named earlier day stays and says its date."""
    desk = opened(reception)
    press(desk, "1")
    kept = json.loads(json.dumps(box(desk).args))
    at(reception, "09:10", "2026-11-25")
    press(desk, "2")
    assert desk.dialog() is None
    assert reception.rows("SELECT * FROM substitutions") == []
    assert not Substitute(desk, desk.page, kept).alive()

    earlier = Substitute(desk, desk.page, {"slot": code(9), "day": TODAY.isoformat()})
    assert earlier.alive()
    assert earlier.heading().startswith(f"{words.pick('11-24', '24 Nov')}  ")


def test_overdue_follow_ups_count_by_name_or_number(reception: Store) -> None:
    """A task owned by a staff number weighs as much as one owned by the name."""
    for owner in (person(reception, "王芳").number, "赵磊"):
        tasks.add(reception, "回访", owner, TODAY - timedelta(days=1))
    found = notes.loads(reception, queries.reception(reception, TODAY), 570)
    owed = {name: found[person(reception, name).id].overdue for name in ("王芳", "赵磊", "杨帆")}
    assert owed == {"王芳": 1, "赵磊": 1, "杨帆": 0}
