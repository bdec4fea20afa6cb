"""The reception queue key by key, and the screens as they look."""

from __future__ import annotations

import json
import random
from collections.abc import Callable

import pytest

from floorlead import words
from floorlead.people import queries as people_queries
from floorlead.queue import queries
from floorlead.queue.records import State
from floorlead.record import replace
from floorlead.store import open_store
from floorlead.tasks import queries as tasks
from floorlead.text import width
from tests.app.walk import LETTERS, PUNCTUATION, arrive
from tests.conftest import at, person, press, screen
from tests.queue.hall import desk_at, drive_out, hold, line, sign_in, staff, stands


@pytest.fixture
def hall(store):
    """Four consultants, three of them signed in, at 9:30."""
    for name in ("张伟", "李娜", "王芳", "刘洋"):
        people_queries.save(store, replace(people_queries.blank(), name=name))
    sign_in(store, "李娜", "08:15", "张伟", "08:20", "王芳", "08:25")
    at(store, "09:30")
    return store


@pytest.fixture
def desk(hall):
    return desk_at(hall, "queue")


def test_space_serves_the_next_one_after_the_other(desk, hall):
    """Two customers come in: Space, Space, and the first two of the line are with them."""
    press(desk, "space", "space")
    assert line(hall) == ["王芳"]
    assert [stands(hall, name).serving for name in ("李娜", "张伟")] == [True, True]


def test_a_digit_serves_the_place(desk, hall):
    press(desk, "2")
    assert stands(hall, "张伟").serving and line(hall) == ["李娜", "王芳"]
    assert desk.page.here == person(hall, "李娜").id


def test_space_on_somebody_with_a_customer_brings_them_back_at_the_end(desk, hall):
    press(desk, "1", "down", "down", "space")
    assert line(hall) == ["张伟", "王芳", "李娜"]


def test_space_lets_join_who_has_not_signed_in_and_ctrl_a_all_of_them(desk, hall):
    press(desk, "end", "space")
    assert line(hall) == ["李娜", "张伟", "王芳", "刘洋"]
    press(desk, "ctrl+z", "ctrl+a")
    assert line(hall) == ["李娜", "张伟", "王芳", "刘洋"]
    press(desk, "ctrl+a")
    assert "E250" in screen(desk)


def test_away_and_back(desk, hall):
    press(desk, "-")
    assert stands(hall, "李娜").state is State.AWAY
    press(desk, "down", "down", "-")
    assert line(hall) == ["张伟", "王芳", "李娜"]


def test_asked_by_name_out_of_turn(desk, hall):
    """The customer asks for 王芳: Enter, 1, 1; the record says from which place and why."""
    press(desk, "down", "down", "enter", "1", "1")
    assert stands(hall, "王芳").serving and stands(hall, "王芳").why == "asked by name"
    assert desk.dialog() is None
    press(desk, "tab")
    assert "a customer, was 3" in screen(desk) and "asked by name" in screen(desk)


def test_to_another_place_with_a_reason_and_back_by_undo(desk, hall):
    press(desk, "down", "down", "enter", "3", "1", "4")
    assert line(hall) == ["王芳", "李娜", "张伟"]
    assert "王芳 to place 1: swapped turns" in screen(desk)
    press(desk, "ctrl+z")
    assert line(hall) == ["李娜", "张伟", "王芳"]
    assert desk.page.here == person(hall, "王芳").id


def test_a_typed_reason_is_asked_for_and_kept(desk, hall):
    press(desk, "end", "up", "enter", "3", "2", "5", "enter")
    assert "(E252)" in screen(desk)
    press(desk, '"老同学', "enter")
    assert line(hall) == ["李娜", "王芳", "张伟"] and stands(hall, "王芳").why == "老同学"
    assert desk.dialog() is None


def test_who_answers_for_the_desk_is_marked(desk, hall):
    """李娜 holds the desk until eleven: whoever sends her to a customer knows that a substitute is due."""
    hold(hall, "front_desk 09:00", "李娜")
    desk.minute()
    assert "desk 9-11" in screen(desk).splitlines()[3]


def test_leaving_the_queue_and_joining_again(desk, hall):
    press(desk, "enter", "5")
    assert stands(hall, "李娜").left
    press(desk, "ctrl+a")
    assert "李娜" not in line(hall)
    desk.page.go_to(str(person(hall, "李娜").id))
    press(desk, "enter", "2")
    assert line(hall)[-1] == "李娜"


def test_every_key_survives_a_kill(hall):
    """The program is killed after each key and starts again: the end is the same."""
    desk = desk_at(hall, "queue")
    for key in ("down", "down", "enter", "3", "1", "5", '"同学', "enter"):
        press(desk, key)
        json.dumps(desk.page.state())
        desk.keep()
        again = type(desk)(hall, desk.doors, desk.shared)
        again.start()
        desk = again
    assert line(hall) == ["王芳", "李娜", "张伟"] and stands(hall, "王芳").why == "同学"


def test_the_record_of_earlier_days(desk, hall):
    press(desk, "space")
    at(hall, "09:00", "2026-11-26")
    press(desk, "tab", "pageup")
    assert "24 Nov" in screen(desk) and "李娜 1" in screen(desk)
    press(desk, "pageup")
    assert "Before this day nothing was entered" in screen(desk)
    press(desk, "pagedown")
    assert "26 Nov" in screen(desk)


def test_another_terminal_served_meanwhile(desk, hall):
    """The other leader gave 李娜 a customer a moment ago: Space here serves the one who is next now."""
    other = open_store(hall.path, hall.clock)
    from floorlead.queue import moves

    moves.serve(other, queries.turns(other)[0])
    other.close()
    press(desk, "1")
    assert line(hall) == ["王芳"]


def test_letters_find_and_change_nothing(desk, hall):
    press(desk, "w", "f")
    assert desk.page.here == person(hall, "王芳").id
    press(desk, "escape")
    before = hall.one("SELECT count(*) FROM actions")
    draw = random.Random(3)
    for way in ((), ("enter",), ("enter", "3"), ("enter", "3", "1"), ("tab",)):
        desk.stacks["queue"].clear()
        desk.finder.clear()
        press(desk, *way)
        for _n in range(400):
            arrive(desk, draw.choice(LETTERS + PUNCTUATION))
    assert hall.one("SELECT count(*) FROM actions") == before


def test_a_click_goes_and_a_chip_shows(desk, hall):
    desk.click("row:2")
    assert desk.page.here == person(hall, "王芳").id
    desk.click("view:1")
    assert "signs in" in screen(desk)
    desk.click("view:0")
    assert "next in line" in screen(desk)


# -- how it looks


@pytest.fixture
def demo(store):
    """Ten past ten: one on a test drive, one of two with a customer owes calls, one away, one moved to the front."""
    staff(store)
    at(store, "08:20")
    people_queries.rest_are_here(store, store.today())
    tasks.add(store, "回访", "赵佳宁", store.today().replace(day=20))
    tasks.add(store, "回访", "郑晓彤", store.today().replace(day=20))
    tasks.add(store, "回访", "S08", store.today().replace(day=20))
    at(store, "09:40")
    drive_out(store, "王雨桐")
    desk = desk_at(store, "queue")
    at(store, "10:02")
    press(desk, "2", "3", "end", "home", "down", "-", "end", "home", "down", "down", "enter", "3", "1", "2")
    hold(store, "front_desk 09:00", "何俊杰")
    at(store, "10:12")
    return store


SCENES: dict[str, tuple[str, ...]] = {
    "line": (), "box": ("enter",), "place": ("down", "enter", "3"), "reason": ("down", "enter", "1"),
    "note": ("down", "enter", "1", "5", '"客户是老同学'), "record": ("tab",), "help": ("f1",),
}  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("scene", SCENES)
def test_scene(demo, golden: Callable[..., None], scene, language):
    """A walk of keys, and what the screen then says; no key is lost, nothing is cut."""
    words.use(language)
    desk = desk_at(demo, "queue")
    press(desk, *SCENES[scene])
    golden(screen(desk), f"screen-queue-{scene}-{language}")
    _whole(desk)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_empty(store, golden: Callable[..., None], language):
    """Nobody was entered yet, and a day without turns."""
    words.use(language)
    desk = desk_at(store, "queue")
    shown = screen(desk)
    _whole(desk)
    press(desk, "tab")
    golden(shown + screen(desk), f"screen-queue-empty-{language}")
    _whole(desk)


def _whole(desk):
    lines = [one.text().rstrip() for one in desk.frame(80, 24)]
    assert len(lines) == 24 and all(width(one) <= 80 for one in lines)
    assert width(lines[-1]) < 80
    assert all(bind.hint() in lines[-1] for bind in desk.binds())
