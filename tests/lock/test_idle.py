"""Idle: after three quiet minutes Today with names and numbers masked; what was half filled is kept and offered."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from floorlead import words
from floorlead.text import width
from floorlead.widgets.line import Line
from floorlead.widgets.mask import Masker
from tests.conftest import at, desk_of, press, screen

_spec = importlib.util.spec_from_file_location(
    "people_of_access", Path(__file__).parent.parent / "access" / "people.py"
)
people = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(people)
PHONE, customer, life, spelled = people.PHONE, people.customer, people.life, people.spelled


def rested(desk, minutes=4):
    """The minutes pass, as the timer tells them."""
    desk.idle(minutes * 60)


def test_names_and_numbers_are_masked(store):
    """
    lead 王
    team 张伟 李娜
    stock QY 白 4114 34
    order 刘女士 4114 张伟 2026-11-24T10:30
    """
    life(store, "欧阳建国先生")
    desk = desk_of(store)
    assert "刘女士" in screen(desk)
    rested(desk)
    shown = screen(desk)
    assert "刘**" in shown
    assert not any(name in shown for name in ("刘女士", "欧阳建国", "欧阳"))
    assert not any(text in shown for text in spelled(PHONE))
    assert all(width(line) <= 80 for line in shown.splitlines())
    press(desk, "down")
    assert "刘女士" in screen(desk)


@pytest.mark.parametrize("page", ["f3", "f5", "f6", "f9"])
def test_any_page_goes_back_to_today(store, page):
    """
    lead 王
    """
    desk = desk_of(store)
    press(desk, page)
    rested(desk, 2)
    assert desk.page.name != "today"
    rested(desk)
    assert desk.page.name == "today"


def test_the_clock_alone_tells(store):
    """The machine slept for ten minutes: the showroom's clock says so, whatever the timer counted.

    lead 王
    """
    desk = desk_of(store)
    press(desk, "f9")
    at(store, "08:51")
    assert desk.idle_seconds() == 600
    press(desk, "down")
    assert desk.idle_seconds() == 0
    at(store, "08:40")
    assert desk.idle_seconds() == 0


def test_what_was_half_filled_is_offered(store):
    """
    lead 王
    team 张伟
    """
    desk = desk_of(store)
    desk.go("people")
    press(desk, "insert", '"L77')
    before = screen(desk)
    rested(desk)
    assert "Go on with: A new person" in screen(desk) and "L77" not in screen(desk)
    press(desk, "enter")
    assert screen(desk).splitlines()[:20] == before.splitlines()[:20]
    assert "Go on with" not in screen(desk)


def test_a_box_over_today_itself_is_kept_over_a_kill(store):
    """A walk-in begun on Today: hidden while nobody is there, in the kept place, back with Enter.

    lead 王
    team 张伟
    """
    desk = desk_of(store)
    desk.stacks["today"] = []
    desk.page.DIALOGS = {**desk.page.DIALOGS, "task": desk.page_named("report").DIALOGS["task"]}
    desk.open("task", {"values": {"text": "给刘女士回电", "owner": "", "due": ""}})
    rested(desk)
    assert "回电" not in screen(desk)
    assert "回电" in str(desk._state())
    press(desk, "enter")
    assert "New task" in screen(desk) and "回电" in desk.dialog().values["text"]


def test_another_key_leaves_the_offer(store):
    """
    lead 王
    team 张伟
    """
    desk = desk_of(store)
    desk.go("people")
    press(desk, "insert", '"L77')
    rested(desk)
    press(desk, "down")
    assert "Go on with" in screen(desk)
    desk.go("people")
    press(desk, "tab")
    assert "L77" in screen(desk)


def test_help_is_not_offered(store):
    """
    lead 王
    """
    desk = desk_of(store)
    press(desk, "f3", "f1")
    rested(desk)
    assert "Go on with" not in screen(desk)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_locked_shows_nobody(store, language):
    """
    lead 王
    team 张伟
    stock QY 白 4114 34
    order 刘女士 4114 张伟 2026-11-24T10:30
    """
    from floorlead.lock import moves, queries

    words.use(language)
    life(store, "刘女士")
    desk = desk_of(store)
    moves.set_pin(store, queries.holders(store)[0], "2580")
    rested(desk, 16)
    shown = screen(desk)
    assert desk.locked and "刘" not in shown
    assert not any(text in shown for text in spelled(PHONE))


def test_masking_keeps_the_cells():
    """Names of two to five characters, Latin ones as whole words, cut ones, the staff's not at all."""
    mask = Masker(["刘女士", "王", "Ms Liu", "欧阳建国先生", "王芳"], ["王芳", "Li"])
    for text, wanted in (
        ("交车 刘女士 10:30", "交车 刘**   10:30"), ("王芳 当班", "王芳 当班"), ("Ms Liu, Ms Liuba", "M*****, Ms Liuba"),
        ("欧阳建..  车", "欧****    车"), ("王先生", "* 先生"),
    ):  # fmt: skip
        made = mask.line(Line().put(text)).text()
        assert width(made) == width(text)
        assert made == wanted
    for text in spelled(PHONE):
        line = mask.line(Line().put(f"打 {text} 接了"))
        assert not any(one in line.text() for one in spelled(PHONE))
        assert width(line.text()) == width(f"打 {text} 接了")
