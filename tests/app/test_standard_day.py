"""The leader's standard day at a real terminal: the trade's scripts key by key, their price, their end state, their papers."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from floorlead.phones import mask_in
from floorlead.store.verify import verify
from tests.app.conftest import command
from tests.app.day import EVENING, PHONES, REMARKS_TEXT, SCRIPTS, sittings, the_report
from tests.app.plug import day_with_pulls
from tests.app.terminal import REMARKS_HAN, SEQUENCES, Terminal, content, overhead, tokens

PRICES = {
    "F": {
        "appearance": 13,
        "environment": 17,
        "leave": 6,
        "substitution": 4,
        "walkins": 31,
        "cars": 23,
        "ageing": 6,
        "report": 7,
    },
    "FI": {
        "appearance": 17,
        "environment": 22,
        "leave": 5,
        "substitution": 4,
        "walkins": 25,
        "cars": 23,
        "ageing": 7,
        "report": 5,
    },
}
NAMED_SAFE = (
    "f2 f3 f5 f6 f7 f8 f9 f12 up down left right home end pgup pgdn ins del backspace enter tab s-tab esc space shift "
    "c-a c-f c-k c-n c-p c-y c-z"
)
SAFE = {f"<{name}>" for name in NAMED_SAFE.split()} | set("0123456789-+")
"""The keys that were seen to pass through three Chinese input methods."""


@pytest.mark.parametrize(("hand", "task"), [(hand, task) for hand, tasks in PRICES.items() for task in tasks])
def test_what_the_day_costs(hand: str, task: str) -> None:
    """A named key is one, a chord two, the input method's switch one; what is typed as content is free."""
    assert overhead(SCRIPTS[hand][task]) == PRICES[hand][task]


@pytest.mark.parametrize("hand", SCRIPTS)
def test_the_whole_day_is_cheap(hand: str) -> None:
    """All eight tasks together: at most 110 control keys, at most 260 keys with what no tool can spare."""
    spent = sum(overhead(script) for script in SCRIPTS[hand].values())

    assert spent <= 110
    assert spent + sum(content(script) for script in SCRIPTS[hand].values()) <= 260


@pytest.mark.parametrize("hand", SCRIPTS)
def test_no_key_that_an_input_method_swallows(hand: str) -> None:
    """With the input method on, not even letters are needed; without it they only find."""
    letters = set("abcdefghijklmnopqrstuvwxyz") | {"<f4>"} if hand == "F" else set()
    for script in SCRIPTS[hand].values():
        assert (
            not {token for token in tokens(script) if token != "M" and token[:2] not in ("T:", "Z:")} - SAFE - letters
        )


@pytest.mark.parametrize(
    ("hand", "wide"), [("F", False), ("FI", False), ("FI", True)], ids=["F", "FI", "FI-full-width"]
)
def test_the_standard_day(
    sit: Callable[..., Terminal], showroom: Path, golden: Callable[..., None], hand: str, wide: bool
) -> None:
    """From 8:41 to 17:42, with digits as they are or as full-width characters: rows and both papers as designed.

    Nobody who looks over the leader's shoulder, and nobody who gets a paper, a list or a file of the day, reads a number.
    """
    seen: list[str] = []
    for now, script, holds in sittings(hand):
        with sit(now=now) as terminal:
            terminal.press(SEQUENCES["f2"])  # the quiet minutes since the last visit brought Today back
            terminal.keys(script, wide=wide, between=lambda _token, at=terminal: seen.append(at.text()))
            terminal.settle(0.6)  # the place is kept a moment after the last key
            if holds == the_report:
                terminal.until("PDF")
        if holds:
            holds(showroom)
    the_papers(showroom, golden)
    assert [text for text in seen if leaks(text)] == []
    assert leaks("".join(handed_out(showroom))) == []


@pytest.mark.slow
def test_the_plug_is_pulled(sit: Callable[..., Terminal], showroom: Path, golden: Callable[..., None]) -> None:
    """The plug is pulled after one key in ten of the day; `tests.hard.pulled_plug` pulls it after any.

    No step is lost, none is done twice, half a number comes back, and the papers are those of an undisturbed day.
    """
    pulls = (n % 10 == 5 for n in itertools.count())

    assert day_with_pulls(showroom, lambda now: sit(now=now), pulls) > 9
    the_papers(showroom, golden)
    assert verify(showroom).findings == []


def the_papers(showroom: Path, golden: Callable[..., None]) -> None:
    """The card of the morning and the report of the evening, line by line."""
    golden(command(showroom, "card", now=EVENING), "standard-day-card-zh")
    text = command(showroom, "report", now=EVENING)
    golden(re.sub("[0-9a-f]{16}", "0" * 16, text), "standard-day-report-zh")


def handed_out(showroom: Path) -> Iterator[str]:
    """Whatever leaves the program on such a day: lists, forms, the chat's report, what was printed."""
    for asked in ("visits", "customers", "followups", "log", "cars", "history", "report", "kpi", "targets"):
        yield command(showroom, asked, now=EVENING)
        yield command(showroom, asked, "--format", "json", now=EVENING)
    yield command(showroom, "report", "--format", "chat", now=EVENING)
    for paper in ("register", "day", "grid"):
        yield command(showroom, "form", paper, now=EVENING)
    for name in ("customers", "visits", "orders"):
        out = showroom.with_suffix(f".{name}.csv")
        command(showroom, "export", name, str(out), now=EVENING)
        yield out.read_text(encoding="utf-8-sig")
    for file in showroom.with_suffix("").rglob("*.txt"):
        yield file.read_text(encoding="utf-8")


def leaks(text: str) -> list[str]:
    """The numbers of the day that stand whole in a text, and anything else that reads as a mobile number."""
    bare = re.sub(r"[\s-]", "", text)
    return [number for number in PHONES if number in bare] + [
        line for line in text.splitlines() if mask_in(line) != line
    ]


def test_the_words_an_input_method_delivers() -> None:
    """The trade's remark: 26 Han characters and 4 marks."""
    assert "".join(REMARKS_HAN.values()) == re.sub("[，。]", "", REMARKS_TEXT)
    assert len(REMARKS_TEXT) == 30
