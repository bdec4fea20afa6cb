"""Without colour nothing is lost: exceptions, late ones and the selected row are read from the plain text alone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.app.terminal import Terminal

COLOURS = re.compile(rb"\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;\d+)*m")
DAY = "<f3> <c-a> 1 <down>*3 2 <home> <down>*8"
"""At 09:12: everybody's car late, 刘洋 without a badge, the cursor on 周强."""


def coloured(terminal: Terminal) -> set[str]:
    """The colours on the screen besides the terminal's own."""
    found = {one for y in range(24) for cell in terminal.styles(y) for one in cell[2:]}
    return found - {"default"}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("mono", [False, True], ids=["colour", "mono"])
def test_from_the_plain_text_alone(sit: Callable[..., Terminal], lang: str, mono: bool) -> None:
    """Exceptions are `[X]`, late ones `[L]`, the row is `>`, the tab and the filter stand in brackets."""
    terminal = sit(lang, "2026-11-24T09:12", *(["--mono"] if mono else []))
    terminal.keys(DAY)
    text = terminal.text()
    names = ("刘洋", "周强") if lang == "zh" else ("Liu Yang", "Zhou Qiang")
    assert names[0] in next(row for row in text.splitlines() if "[X]" in row)
    assert len([row for row in text.splitlines() if "[L]" in row]) == 12
    assert [row for row in text.splitlines() if row.startswith(">")] == [
        next(r for r in text.splitlines() if re.search(names[1], r) and "[L]" in r)
    ]
    assert "[F3" in text.splitlines()[0]
    assert re.search(r"\[(全部|all)\]", text.splitlines()[1])


def test_mono(sit: Callable[..., Terminal]) -> None:
    """`--mono`: bold and reverse, no colour code at all."""
    terminal = sit("zh", "2026-11-24T09:12", "--mono")
    terminal.keys(DAY)
    assert coloured(terminal) == set()
    assert not COLOURS.search(terminal.bytes)
    assert any(cell[1] for cell in terminal.styles(6))


def test_no_color(sit: Callable[..., Terminal]) -> None:
    """NO_COLOR is honoured."""
    terminal = sit("zh", "2026-11-24T09:12", env={"NO_COLOR": "1"})
    terminal.keys(DAY)
    assert coloured(terminal) == set()
    assert any(cell[1] for cell in terminal.styles(6))


def test_what_stands_out_is_bold_or_reverse(sit: Callable[..., Terminal]) -> None:
    """In the terminal's own theme an exception is not only in colour."""
    terminal = sit("zh", "2026-11-24T09:12")
    terminal.keys(DAY)
    for y, row in enumerate(terminal.rows()):
        for mark in ("[X]", "[L]"):
            for x in terminal._places(row, mark):
                bold, reverse, _fg, _bg = terminal.styles(y)[x + 1]
                assert bold or reverse, (row, mark)


def test_themes_are_switched_while_it_runs(sit: Callable[..., Terminal]) -> None:
    """Settings, Look: dark, light, no colour; each shows at once, and stays after a restart."""
    terminal = sit()
    grounds = []
    for number in ("2", "3", "4"):
        terminal.keys("<c-k> y s <enter>")
        terminal.until("Esc 返回")
        terminal.keys(number)
        terminal.settle()
        grounds.append(terminal.styles(12)[70][3])
    assert grounds[0] != grounds[1]
    assert coloured(terminal) == set()
    terminal.keys("<f2> <c-q>")
    assert terminal.gone()
    terminal.reopen()
    assert coloured(terminal) == set()


def test_the_language_is_switched_while_it_runs(sit: Callable[..., Terminal]) -> None:
    """^K yy Enter: English, in the middle of a card, with the cursor where it was; again: Chinese."""
    terminal = sit(lang="")
    terminal.keys("<f3> <down>*3")
    terminal.keys("<c-k> y y <enter>")
    first = terminal.text()
    terminal.keys("<c-k> y y <enter>")
    second = terminal.text()
    told = {"刘洋" in first and "F3检查" in first, "刘洋" in second and "F3检查" in second}
    assert told == {True, False}
    for text in (first, second):
        assert re.search(r"^> +4 (刘洋|Liu Yang)", text, re.M), text


@pytest.mark.parametrize(
    "env", [{"TERM": "dumb"}, {"TERM": "linux"}, {"TERM": "vt100"}, {"LANG": "C"}, {"HOME": "/nonexistent"}]
)
def test_poor_terminals(sit: Callable[..., Terminal], env: dict[str, str]) -> None:
    """Old terminals, no locale, no home: it runs and saves."""
    terminal = sit(env={"PYTHONUTF8": "1", **env})
    terminal.keys("<f3> <c-a>")
    terminal.until("48")
    terminal.settle()
    assert "[F3检查]" in terminal.text()
