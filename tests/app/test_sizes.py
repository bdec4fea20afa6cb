"""Windows of every size: too small is said and nothing else, larger shows more rows, nothing ever breaks."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from floorlead import words
from floorlead.widgets.desk import Desk
from tests.app.terminal import Terminal
from tests.app.walk import PLACES, close_all, play, quick


def test_too_small_and_back(sit: Callable[..., Terminal]) -> None:
    """72x20: one sentence; 80x24 again: the page with the cursor where it was."""
    terminal = sit()
    terminal.keys("<f3> <down>*3")
    before = terminal.text()
    terminal.resize(72, 20)
    terminal.until("窗口太小: 需要 80x24, 现在 72x20")
    terminal.settle()
    assert terminal.text().strip() == "窗口太小: 需要 80x24, 现在 72x20"
    terminal.resize(80, 24)
    terminal.until("刘洋")
    terminal.settle()
    assert terminal.text() == before


def test_keys_while_it_is_too_small(sit: Callable[..., Terminal]) -> None:
    """Whatever is pressed on a window too small to see changes nothing: the page is as it was when it grows."""
    terminal = sit()
    terminal.keys("<f3>")
    terminal.resize(79, 24)
    terminal.until("79x24")
    terminal.keys("<down> 2 <c-a>")
    terminal.resize(80, 24)
    terminal.until(lambda: any(row.startswith(">  1 张伟") for row in terminal.rows()))
    terminal.settle()
    assert "未查 48" in terminal.rows()[1]


@pytest.mark.parametrize(("cells", "lines"), [(120, 36), (200, 60), (80, 40), (132, 24)])
def test_larger(sit: Callable[..., Terminal], cells: int, lines: int) -> None:
    """The last line stays the last, the first the first; nothing is left of the smaller picture."""
    terminal = sit()
    terminal.keys("<f3>")
    terminal.resize(cells, lines)
    terminal.until(lambda: "其余合格" in terminal.rows()[lines - 1])
    terminal.settle()
    assert "[F3检查]" in terminal.rows()[0]
    assert sum("其余合格" in row[:80] for row in terminal.rows()) == 1
    assert sum("孙悦" in row for row in terminal.rows()) == 1


def test_one_cell(sit: Callable[..., Terminal]) -> None:
    """1x1, 2x1, 1x50 and back: alive and saving."""
    terminal = sit()
    for cells, lines in ((1, 1), (2, 1), (1, 50), (3, 3), (80, 24)):
        terminal.resize(cells, lines)
        terminal.settle(0.03)
    terminal.keys("<f3> <c-a>")
    terminal.until("合格 48")


def test_started_at_one_cell(sit: Callable[..., Terminal]) -> None:
    """A window that is one cell at the start, then a proper one."""
    terminal = sit(cells=3, lines=2)
    terminal.resize(80, 24)
    terminal.until("现在要做")


def test_fifty_sizes(sit: Callable[..., Terminal]) -> None:
    """A window dragged about: sizes come faster than pictures, the last one counts."""
    terminal = sit()
    draw = random.Random(7)
    for _n in range(50):
        terminal.resize(draw.randint(1, 200), draw.randint(1, 60))
        terminal.pump(0.005)
    terminal.resize(80, 24)
    terminal.until("现在要做")
    terminal.settle()
    assert terminal.code is None
    assert len(terminal.rows()) == 24


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_at_every_size(desk_in: Callable[..., Desk], language: str) -> None:
    """Each page in each state fills its window exactly, from 1x1 to 200x60."""
    desk = quick(desk_in(language))
    for page, ways in PLACES.items():
        for way in ways:
            close_all(desk)
            words.use(language)
            desk.go(page)
            play(desk, *way)
            for cells, lines in ((1, 1), (79, 24), (80, 23), (80, 24), (81, 25), (120, 36), (200, 60)):
                drawn = desk.frame(cells, lines)
                assert len(drawn) == lines, (page, way, cells, lines)
                assert {line.cells for line in drawn} == {cells}, (page, way, cells, lines)
