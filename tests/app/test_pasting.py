"""What is pasted arrives whole: as one text, whatever signs are in it and however the terminal cuts it into pieces."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from textual import events

from floorlead.widgets.pasting import END, START, Burst, Reader
from tests.app.conftest import record
from tests.app.terminal import Terminal

PASTES = (
    "abc",
    "第一行\r第二行\n三",
    "红\x1b[31m字\x1b[0m完",
    "\x1b",
    "\x1b[200~里面",
    "a\x1b[20",
    "x" * 9000,
    "1" * 100,
    "\x1bOQ\x1b[15~2",
)


def reader() -> Reader:
    """A reader whose clock stands still."""
    made = Reader()
    made.now = lambda: 0.0  # type: ignore[method-assign, assignment]
    return made


def told(made: Reader, pieces: list[str]) -> list[str]:
    """Pastes as `<text>`, keys by name."""
    found = [event for piece in pieces for event in made.feed(piece)]
    return [
        f"<{event.text}>" if isinstance(event, events.Paste | Burst) else event.key
        for event in found
        if isinstance(event, events.Paste | Burst | events.Key)
    ]


def cut(text: str, rng: random.Random, most: int) -> list[str]:
    """A text in pieces of 1 to `most` signs."""
    pieces = []
    while text:
        size = rng.randint(1, most)
        pieces.append(text[:size])
        text = text[size:]
    return pieces


@pytest.mark.parametrize("text", PASTES)
@pytest.mark.parametrize("most", [1, 3, 7, 4096])
def test_a_paste_in_any_pieces(text: str, most: int) -> None:
    """Two pastes with keys before, between and behind: both texts whole, the keys in their places, nothing else."""
    rng = random.Random(f"{text}{most}")
    for _round in range(5):
        sent = f"\x1bOQ2{START}{text}{END}\r{START}{text}{END}3\x1b[A"
        assert told(reader(), cut(sent, rng, most)) == ["f2", "2", f"<{text}>", "enter", f"<{text}>", "3", "up"]


def test_an_end_sign_inside_a_paste() -> None:
    """A text that ends its own bracket and goes on: what goes on is text as well, no key."""
    assert told(reader(), [f"{START}a{END}1\r2{END}x"]) == [f"<a{END}1\r2>", "x"]


def test_a_paste_without_brackets() -> None:
    """A terminal that does not bracket: many signs at once are one text, their line ends in it; Enter behind it is Enter."""
    made, lines = reader(), "\r".join(f"第{n}行 12" for n in range(20))
    assert told(made, [lines + "\r"]) == [f"<{lines}>"]
    made._pasted_at -= 1
    assert [event.key for event in made.tick()] == ["enter"]  # type: ignore[attr-defined]
    assert told(reader(), ["ly2", "\r", "13800138000"]) == ["l", "y", "2", "enter", *"13800138000"]


def test_line_ends_where_a_paste_is_cut() -> None:
    """The same with a piece that ends on a line end: no Enter in the middle of the text."""
    assert told(reader(), ["x" * 99 + "\r", "y" * 99, "\r", "z" * 5]) == [
        "<" + "x" * 99 + ">",
        "<\r" + "y" * 99 + ">",
        "<\rz" + "zzzz>",
    ]


def test_escape_signs_pasted_into_the_remarks(sit: Callable[..., Terminal], showroom: Path) -> None:
    """Coloured text pasted from another terminal: every letter of it is there, and no digit of it became a key."""
    terminal = sit()
    terminal.keys("<f9> <enter>")
    terminal.paste("红\x1b[31m1 台\x1b[0m 已到\r第二行\x1b")
    terminal.keys("<enter>")
    terminal.settle()
    assert record(showroom, "report")["sections"]["remarks"]["text"] == "红[31m1 台[0m 已到 第二行"


def test_a_paste_writes_over_what_is_marked(sit: Callable[..., Terminal], showroom: Path) -> None:
    """A field shows what stood there, marked: a paste takes its place as typing does."""
    terminal = sit()
    terminal.keys("<c-k> s z <enter> <enter>")
    terminal.paste("东城\r展厅")
    assert "东城 展厅" in terminal.text()
    terminal.keys("<enter>")
    assert "东城 展厅" in terminal.text()
    assert "演示" not in "".join(row for row in terminal.rows() if "东城 展厅" in row)


def test_a_long_text_without_brackets_marks_nothing(sit: Callable[..., Terminal], showroom: Path) -> None:
    """Two hundred ones arrive at once on the card: nothing is marked, they are looked for; in the remarks they are text."""
    terminal = sit()
    terminal.keys("<f3>")
    before = record(showroom, "card")
    terminal.press(b"1" * 200)
    assert record(showroom, "card") == before
    terminal.keys("<esc> <f9> <enter>")
    terminal.press(b"12 345 " * 40)
    terminal.keys("<enter>")
    terminal.settle()
    text = record(showroom, "report")["sections"]["remarks"]["text"]
    assert len(text) > 150
    assert ("12 345 " * 40).startswith(text)
