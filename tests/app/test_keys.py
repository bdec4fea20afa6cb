"""Every key on every page: what may change data, what the last line says of it, which detours lead to an F-key."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len

from floorlead import words
from floorlead.app import PAGES
from floorlead.store import Store
from floorlead.store.undo import undo
from floorlead.widgets.desk import GLOBAL, Desk
from floorlead.widgets.frame import keys as key_line
from floorlead.widgets.keys import Bind
from floorlead.widgets.shared import SHARED
from tests.app.conftest import shown
from tests.app.terminal import Terminal
from tests.app.walk import EVERY, PLACES, actions, arrive, close_all, play, quick, states

ALLOWED = re.compile(
    r"[0-9]|space|enter|up|down|left|right|home|end|pageup|pagedown|tab|backtab|insert|delete|-|\+|ctrl\+[a-z]|f[1-9]|f12"
)
NEVER = {"f4", "f10", "f11", "ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m", "ctrl+c", "ctrl+q"}
"""Keys that a terminal or an input method takes, or that are another key's byte."""


@pytest.fixture
def fresh(desk_in: Callable[..., Desk]) -> Callable[[], Desk]:
    """A desk as the day begins, again and again: what was written is undone."""
    first = quick(desk_in())

    def again() -> Desk:
        while undo(first.store):
            continue
        made = quick(Desk(first.store, PAGES, SHARED))
        made.start()
        return made

    return again


def wrong(one: Bind) -> list[str]:
    """A bind's keys that must not change data: letters, punctuation, keys that an input method or a terminal takes."""
    return [key for key in one.keys if one.changes and (not ALLOWED.fullmatch(key) or key in NEVER)]


def test_tables_of_pages_and_dialogs() -> None:
    """The same for the tables that no state above shows."""
    for page in PAGES:
        for kind in (page.load(), *page.load().DIALOGS.values(), *SHARED.values()):
            for one in kind.KEYS:
                assert not wrong(one), (kind, one)
    assert not [one for one in GLOBAL if wrong(one)]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_bottom_line_is_whole(fresh: Callable[[], Desk], language: str) -> None:
    """In every state that is known: each key that works stands on the last line at 80 columns, uncut, and no key that
    changes data is one that an input method swallows."""
    words.use(language)
    for name, desk in states(fresh):
        words.use(language)  # the first start's first question speaks another one
        lines = desk.frame(80, 24)
        assert len(lines) == 24
        assert key_line(desk, 80).cells <= 80, (name, key_line(desk, 80).text())
        for one in desk.binds():
            assert one.hint() in lines[-1].text(), (name, one.hint(), lines[-1].text())
            assert not wrong(one), (name, one)


@pytest.mark.slow
@pytest.mark.parametrize(("language", "seed"), [("zh", 0), ("en", 1), ("zh", 2)])
def test_going_about_at_random(fresh: Callable[[], Desk], language: str, seed: int) -> None:
    """A thousand keys: nothing breaks, 24 lines of 80 cells, the last line whole, and a key that writes says so."""
    words.use(language)
    draw = random.Random(seed)
    desk, way = fresh(), []
    known = {key for one in GLOBAL if one.changes for key in one.keys}
    for n in range(1000):
        if n % 50 == 0:
            close_all(desk)
            desk.go(draw.choice(list(PLACES)))
        told = {key for one in (*desk.binds(), *desk.top().binds()) if one.changes for key in one.keys}
        before = actions(desk)  # while finding, the page's keys work as well
        key = draw.choice(EVERY)
        way.append(key)
        arrive(desk, key)
        if actions(desk) > before:
            was = "escape" if way[-2:-1] == ["escape"] and key.isdigit() else key  # Esc and a digit are an F-key
            assert key in told | known or leaves_typing(was), (way[-25:], desk.page.name, desk.last)
        check_picture(desk, way)


def leaves_typing(key: str) -> bool:
    """Leaving a remark by whatever key saves it."""
    return key in ("up", "down", "tab", "backtab", "escape") or key.startswith(("f", "ctrl+"))


def check_picture(desk: Desk, way: list[str]) -> None:
    lines = desk.frame(80, 24)
    assert len(lines) == 24, way[-12:]
    for line in lines:
        assert line.cells == 80 == cell_len(line.text()), (way[-12:], line.text())
        assert line.text().isprintable(), (way[-12:], line.text())
    assert key_line(desk, 80).cells <= 80, (way[-12:], key_line(desk, 80).text())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_f1_lists_them(fresh: Callable[[], Desk], language: str) -> None:
    """F1 names every key of the page and every F-key, on one screen."""
    words.use(language)
    for page in [name for name in PLACES if name != "welcome"]:  # the first start tests the very keys
        desk = fresh()
        desk.go(page)
        wanted = [one.shown_label() for one in desk.binds()] + [p.key.upper() for p in desk.pages if p.key]
        desk.press("f1")
        text = shown(desk)
        for label in [*wanted, *(one.shown_label() for one in GLOBAL)]:
            assert re.search(rf"(?<![\w^]){re.escape(label)}(?!\w)", text), (page, label, text)
        assert " .." not in text.split("\n", 2)[2], text


def test_f1_in_a_dialog_tells_the_dialogs_keys(fresh: Callable[[], Desk]) -> None:
    """F1 over the reasons tells that a digit is a reason, and Esc comes back to them."""
    desk = fresh()
    desk.go("checks")
    play(desk, "2", "enter", "f1")
    assert re.search(r"1-6\s+原因", shown(desk)), shown(desk)
    play(desk, "escape")
    assert "打字" in shown(desk)


@pytest.mark.parametrize("key", ["f1", "ctrl+k", "ctrl+p"])
def test_the_same_key_again_piles_nothing_up(fresh: Callable[[], Desk], key: str) -> None:
    """F1 F1 F1 Esc: the page."""
    desk = fresh()
    desk.go("checks")
    play(desk, key, key, key, "escape")
    assert desk.dialog() is None


def detours() -> Iterator[tuple[bytes, str]]:
    for number, page in ((2, "现在要做"), (3, "仪表卡 1/"), (9, "日报 11-24")):
        yield f"\x1b{number}".encode(), page
        yield f"\x1b[27u{number}".encode(), page


def test_detours_to_the_f_keys(sit: Callable[..., Terminal]) -> None:
    """A laptop without an F-row: Alt+3, Esc and 3 together, Esc and after a second 3."""
    terminal = sit()
    for data, page in detours():
        terminal.press(data)
        terminal.until(page)
        terminal.keys("<f9> <f2>")
    terminal.keys("<esc>")
    terminal.settle(0.5)
    terminal.keys("3")
    terminal.until("仪表卡 1/4")
    terminal.press(b"\x1b1")
    terminal.until("这页的按键")


def test_an_input_methods_characters(sit: Callable[..., Terminal]) -> None:
    """Full-width digits mark, a full-width question mark helps, Han finds."""
    terminal = sit()
    terminal.keys("<f3>")
    terminal.type("２")
    assert "[X]" in terminal.text()
    terminal.type("２")
    assert "[X]" not in terminal.text()
    terminal.type("－")
    assert re.search(r"1 张伟 +- +- +- +-", terminal.text())
    terminal.type("－")
    terminal.type("？")
    terminal.until("这页的按键")
    terminal.keys("<esc>")
    terminal.type("刘洋")
    assert re.search(r"> +4 刘洋", terminal.text())


@pytest.mark.parametrize(("language", "typed", "first"), [
    ("zh", "dyrb", "打印今日日报"), ("zh", "rb", "日报"), ("zh", "ry", "人员"), ("zh", "cx", "撤销"),
    ("en", "report", "Report"), ("en", "undo", "Undo"), ("en", "people", "People"), ("en", "rb", "Report"),
])  # fmt: skip
def test_the_command_list_finds(fresh: Callable[[], Desk], language: str, typed: str, first: str) -> None:
    """^K and initials or English: the wanted command is the first one, and Enter carries it out."""
    words.use(language)
    desk = fresh()
    words.use(language)
    play(desk, "ctrl+k", *typed)
    line = next(row for row in shown(desk).splitlines() if "| >1" in row)
    assert first.lower().replace(" ", "") in line.lower().replace(" ", ""), shown(desk)


def test_every_page_without_an_f_key(fresh: Callable[[], Desk]) -> None:
    """Each page that has a tab or a place in the list is reached from ^K by its first word to find it by."""
    for page in PAGES:
        if page.listed and page.name != "today":
            desk = fresh()
            play(desk, "ctrl+k", *page.finds.split()[0], "enter")
            assert desk.page.name == page.name, page


def test_keys_with_nothing_to_do(fresh: Callable[[], Desk], showroom: Path) -> None:
    """F11 and F-keys without a page do nothing but say so."""
    store: Store = fresh().store
    for key in ("f11",):
        desk = fresh()
        before = actions(desk)
        desk.press(key)
        assert actions(desk) == before
        assert key.upper() in desk.last
    assert store.path == showroom
