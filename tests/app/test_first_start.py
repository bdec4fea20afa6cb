"""The first start, asked once: language, which keys arrive, where to begin; then the day."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.app.conftest import record
from tests.app.terminal import Terminal


@pytest.mark.parametrize(("digit", "seen"), [("1", "现在要做"), ("2", "Do now")])
def test_an_invented_showroom_in_the_chosen_language(
    sit: Callable[..., Terminal], tmp_path: Path, digit: str, seen: str
) -> None:
    """Language, Enter, 1: the invented showroom speaks it, in a file of its own; the own file stays empty."""
    own = tmp_path / "own.db"
    terminal = sit("", store=own)
    terminal.keys(f"{digit} <enter> 1")
    terminal.until(seen, seconds=30)
    assert (tmp_path / "demo.db").exists()
    assert record(own, "report")["sections"]["people"]["staff"] == 0


def test_which_keys_arrive(sit: Callable[..., Terminal], tmp_path: Path) -> None:
    """The self-test lights each key that came and names the detour for those that did not."""
    terminal = sit("zh", store=tmp_path / "own.db")
    terminal.keys("1 <f2> <f3> <ins> <c-p>")
    text = terminal.text()
    for told in ("F2 ok", "F3 ok", "Ins ok", "^P ok", "F4 --", "Esc"):
        assert told in text, text


def test_beginning_empty(sit: Callable[..., Terminal], tmp_path: Path) -> None:
    """3, a name, a showroom; then a first person, and their card is made with one key."""
    own = tmp_path / "own.db"
    terminal = sit("zh", store=own)
    terminal.keys("1 <esc> 3 Z:王芳 <enter> Z:启岳 <enter>")
    terminal.until("现在要做")
    terminal.keys("<c-k> r y <enter> <ins> <down> Z:李四 <c-s>")
    terminal.until("李四")
    terminal.keys("<f3> <c-a>")
    terminal.settle()
    assert record(own, "card", "--list", "appearance")["lists"][0]["counts"]["pass"] == 4
    terminal.keys("<c-q>")
    assert terminal.gone()
    terminal.reopen()
    assert "首次使用" not in terminal.text()


def test_asked_once_only_when_it_was_answered(sit: Callable[..., Terminal], tmp_path: Path) -> None:
    """Left in the middle of the questions: they come again at the next start, where they were left."""
    terminal = sit("zh", store=tmp_path / "own.db")
    terminal.keys("1 <esc>")
    terminal.until("从哪里开始")
    terminal.settle(0.4)
    terminal.kill()
    terminal.reopen()
    terminal.until("从哪里开始")


def test_marks_where_the_terminal_is_wide(sit: Callable[..., Terminal], tmp_path: Path) -> None:
    """A terminal that draws the tick in two cells keeps the letters; one that draws it in one gets the tick."""
    for name, wide, mark in (("narrow", False, "√"), ("wide", True, " v ")):
        terminal = sit("zh", store=tmp_path / f"{name}.db", wide_marks=wide)
        terminal.keys("1 <esc> 3 Z:王芳 <enter> <enter>")
        terminal.until("现在要做")
        terminal.keys("<c-k> r y <enter> <ins> <down> Z:李四 <c-s> <f3> <c-a>")
        terminal.until("合格 4")
        row = next(line for line in terminal.rows() if "李四" in line)
        assert mark in row, row
