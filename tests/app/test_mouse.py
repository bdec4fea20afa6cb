"""The whole day with the mouse alone: tabs, rows, cells, the words of the last line, choices in a box, the wheel."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from tests.app.conftest import record
from tests.app.terminal import Terminal


def cursor_row(terminal: Terminal) -> str:
    """The line that the cursor stands on."""
    return next(row for row in terminal.rows() if row.lstrip().startswith(">"))


def test_a_tab(sit: Callable[..., Terminal]) -> None:
    """A click on F3, on F9, on F2."""
    terminal = sit()
    for tab, seen in (("F3检查", "仪表卡 1/"), ("F9日报", "日报 11-24"), ("F2今日", "现在要做")):
        terminal.click_on(tab, line=0)
        terminal.until(seen)


def test_a_row_and_a_cell(sit: Callable[..., Terminal], showroom: Path) -> None:
    """A click on a name goes there; a click on its badge is its digit, a second one takes it off."""
    terminal = sit()
    terminal.keys("<f3>")
    terminal.click_on("刘洋")
    assert "刘洋" in cursor_row(terminal)
    y = next(n for n, row in enumerate(terminal.rows()) if "周强" in row)
    x = terminal._places(terminal.rows()[2], "2胸卡")[0] + 2
    terminal.click(x, y)
    assert "周强" in cursor_row(terminal)
    assert "[X]" in terminal.rows()[y]
    assert record(showroom, "card", "--list", "appearance")["lists"][0]["rows"][8]["marks"]["badge"]["result"] == "fail"
    terminal.settle(0.6)  # two slow clicks, not a double one
    terminal.click(x, y)
    assert "[X]" not in terminal.rows()[y]


def test_a_double_click_is_enter(sit: Callable[..., Terminal]) -> None:
    """A row clicked twice opens its story."""
    terminal = sit()
    terminal.keys("<f3>")
    terminal.click_on("刘洋")
    terminal.settle(0.6)
    x, y = terminal._places(terminal.rows()[6], "刘洋")[0], 6
    terminal.click(x, y, times=2)
    terminal.until("Esc 返回")
    terminal.settle()
    assert "刘洋" in next(row for row in terminal.rows() if row.startswith(" +- "))


def test_the_last_line(sit: Callable[..., Terminal], showroom: Path) -> None:
    """A click on `^A` is `^A`; on `Tab` the next filter; on `^Z` of the line above it all is taken back."""
    terminal = sit()
    terminal.keys("<f3>")
    terminal.click_on("^A", line=23)
    assert record(showroom, "card", "--list", "appearance")["lists"][0]["counts"]["open"] == 0
    terminal.click_on("Tab", line=23)
    terminal.until("[未查]")
    terminal.click_on("^Z 撤销", line=22)
    assert record(showroom, "card", "--list", "appearance")["lists"][0]["counts"]["open"] == 48


def test_a_choice_in_a_box(sit: Callable[..., Terminal], showroom: Path) -> None:
    """Reasons are clicked, the box is left by its `Esc`."""
    terminal = sit()
    terminal.keys("<f3> <c-a> 2 <enter>")
    terminal.click_on("忘带", line=next(n for n, row in enumerate(terminal.rows()) if row.startswith(" |")))
    terminal.until(lambda: "Esc 返回" not in terminal.text())
    row = record(showroom, "card", "--list", "appearance")["lists"][0]["rows"][0]
    assert row["marks"]["badge"]["reason"] == "忘带"
    terminal.keys("<enter>")
    terminal.click_on("Esc 返回")
    assert "Esc 返回" not in terminal.text()


def test_filters_and_views(sit: Callable[..., Terminal]) -> None:
    """A click on a filter, and on the card's name for the next card."""
    terminal = sit()
    terminal.keys("<f3> 2")
    terminal.click_on("异常", line=1)
    terminal.until("[异常]")
    terminal.click_on("仪表卡", line=1)
    terminal.until("环境卡 2/")


def test_the_wheel(sit: Callable[..., Terminal]) -> None:
    """Down and up three lines a step, never past the ends."""
    terminal = sit()
    terminal.keys("<f3>")
    terminal.wheel(True)
    assert re.search(r"^> +4 刘洋", terminal.text(), re.M)
    for _n in range(6):
        terminal.wheel(True)
    assert re.search(r"^> +12 孙悦", terminal.text(), re.M)
    for _n in range(6):
        terminal.wheel(False)
    assert re.search(r"^> +1 张伟", terminal.text(), re.M)


def test_clicks_beside_everything(sit: Callable[..., Terminal], showroom: Path) -> None:
    """A click on each corner and on empty lines does nothing."""
    terminal = sit()
    terminal.keys("<f3>")
    before = record(showroom, "card")
    for x, y in ((79, 0), (79, 23), (0, 21), (60, 18), (79, 10)):
        terminal.click(x, y)
    assert record(showroom, "card") == before
    assert "仪表卡 1/" in terminal.text()
