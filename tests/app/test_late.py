"""Past nine: what is marked late, what was seen in time and only entered now, and what an exact nine o'clock means."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.app.conftest import command, record
from tests.app.terminal import Terminal

LATE = "2026-11-24T09:12"


def appearance(showroom: Path, now: str = LATE) -> Any:
    """The appearance card as the command line tells it."""
    return record(showroom, "card", "--list", "appearance", now=now)["lists"][0]


def wiped(showroom: Path) -> list[tuple[str, bool, bool]]:
    """(result, late, backfilled) of each person's wiped car."""
    marks = [row["marks"]["wiped"] for row in appearance(showroom)["rows"]]
    return [(mark["result"], mark["late"], mark.get("backfilled", False)) for mark in marks]


def test_esc_leaves_nothing(sit: Callable[..., Terminal], showroom: Path) -> None:
    """09:12 `^A` asks, Esc: nothing is written."""
    with sit(now=LATE) as terminal:
        terminal.keys("<f3> <c-a>")
        assert "已过 9:00  还有 12 项未记" in terminal.text()
        terminal.keys("<esc>")
        terminal.until(lambda: "其余" in terminal.rows()[-1])
    assert appearance(showroom)["counts"]["open"] == 48


def test_done_only_now(sit: Callable[..., Terminal], showroom: Path) -> None:
    """09:12 `^A 1`: twelve cars are late, all else is fine; paper and screen say L."""
    with sit(now=LATE) as terminal:
        terminal.keys("<f3> <c-a> 1")
        assert terminal.text().count("[L]") == 12
    assert wiped(showroom) == [("pass", True, False)] * 12
    assert appearance(showroom)["counts"]["late"] == 12
    assert command(showroom, "card", now=LATE).count("[L]") >= 12


def test_seen_in_time(sit: Callable[..., Terminal], showroom: Path) -> None:
    """09:12 `^A 2`: on time, but the card says that it was entered later."""
    with sit(now=LATE) as terminal:
        terminal.keys("<f3> <c-a> 2")
        assert "[L]" not in terminal.text()
        assert "补记" in terminal.text()
    assert wiped(showroom) == [("pass", False, True)] * 12
    assert appearance(showroom)["rest_passed"][0]["backfilled"]
    assert "补记" in command(showroom, "card", now=LATE)
    assert "entered later" in command(showroom, "card", now=LATE, lang="en")


@pytest.mark.parametrize(("now", "late"), [("08:59:59", 0), ("09:00:00", 0), ("09:00:01", 12)])
def test_nine_exactly_is_on_time(sit: Callable[..., Terminal], showroom: Path, now: str, late: int) -> None:
    """At 09:00:00 nobody is late, a second later it is asked."""
    with sit(now=f"2026-11-24T{now}") as terminal:
        terminal.keys("<f3> <c-a>" + (" 1" if late else ""))
        assert terminal.text().count("[L]") == late
    assert appearance(showroom)["counts"]["late"] == late
    assert appearance(showroom)["counts"]["open"] == 0


def test_the_digit_past_nine(sit: Callable[..., Terminal], showroom: Path) -> None:
    """Digit 4 at 09:12: done late; again: not done; again: nothing said."""
    with sit(now=LATE) as terminal:
        terminal.keys("<f3>")
        signs = []
        for _n in range(3):
            terminal.keys("4")
            signs.append(wiped(showroom)[0][:2])
    assert signs == [("pass", True), ("fail", False), ("open", False)]


def test_other_columns_have_no_hour(sit: Callable[..., Terminal], showroom: Path) -> None:
    """Digit 2 at 09:12 is an exception as at any hour."""
    with sit(now=LATE) as terminal:
        terminal.keys("<f3> 2")
        assert "[X]" in terminal.text()
    assert appearance(showroom)["rows"][0]["marks"]["badge"]["result"] == "fail"
