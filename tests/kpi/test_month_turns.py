"""The program stays open over the end of the month: the new month's start is frozen by the clock, not by a restart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from floorlead.entry import month_start
from floorlead.kpi import queries
from floorlead.store import Store
from tests.conftest import at, desk_of, press, screen
from tests.kpi import showroom as sh


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = sh.opened(tmp_path, "2026-10-31T18:20:00")
    for _n in range(3):
        sh.customer(opened, "2026-10-12")
    sh.order(opened, "2026-10-30")
    yield opened
    opened.close()


def open_desk(store: Store):
    """A desk as the program opens it, the month's start watched."""
    month_start(store)
    desk = desk_of(store)
    desk.each_minute = lambda: month_start(store)
    return desk


def test_the_desk_stays_open_over_the_night_to_the_first(store: Store) -> None:
    """Left open on 31 October; at 01:30 it is still the 31st, from 04:00 on it is November: frozen once, by itself."""
    desk = open_desk(store)
    at(store, "01:30", "2026-11-01")
    desk.minute()
    assert queries.frozen_at(store, "2026-11") == ""
    at(store, "04:01", "2026-11-01")
    desk.minute()
    assert queries.frozen_at(store, "2026-11") == "2026-11-01T04:01:00"
    found = queries.month(store, "2026-11")
    assert (found.team["open_at_start"], found.team["undelivered_at_start"]) == (3, 1)
    assert found.computed == frozenset()
    sh.customer(store, "2026-10-31")
    at(store, "09:00", "2026-11-02")
    desk.minute()
    assert queries.month(store, "2026-11").team["open_at_start"] == 3


def test_a_locked_desk_freezes_too(store: Store) -> None:
    """Locked over night, a form half typed: the month's start is frozen all the same, the form is as it was."""
    desk = open_desk(store)
    desk.go("kpi")
    press(desk, "2", '"60')
    before = screen(desk).splitlines()[2:20]
    desk.keypad = object()
    at(store, "08:00", "2026-11-01")
    desk.minute()
    desk.keypad = None
    assert queries.frozen_at(store, "2026-11")
    assert screen(desk).splitlines()[2:20] == before
    assert desk.dialog().values["amount"] == "60"


def test_what_the_clock_froze_is_not_undone(store: Store) -> None:
    """Ctrl+Z on the morning of the 1st takes back what the leader did, never the start of the month."""
    desk = open_desk(store)
    at(store, "08:00", "2026-11-01")
    desk.minute()
    press(desk, "ctrl+z")
    assert queries.frozen_at(store, "2026-11")


def test_the_app_watches_the_months_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program itself hangs the watch on the desk's minute."""
    from floorlead import entry
    from floorlead.widgets import shell

    seen = []

    class Still:
        """A shell that shows nothing."""

        crash, crash_sentence, return_code = None, "", 0

        def __init__(self, desk, crashes):
            seen.append(desk)

        def run(self):
            desk = seen[0]
            at(desk.store, "08:00", "2026-11-01")
            desk.minute()
            seen.append(queries.frozen_at(desk.store, "2026-11"))

    path = tmp_path / "kpi.db"
    opened = sh.opened(tmp_path, "2026-10-31T18:20:00")
    sh.customer(opened, "2026-10-12")
    opened.close()
    monkeypatch.setattr(shell, "Shell", Still)
    monkeypatch.setenv("TEXTUAL_DRIVER", "textual.drivers.headless_driver:HeadlessDriver")
    options = entry.Options(store=str(path), now="2026-10-31T18:20:00")
    assert entry.run_app(options) == 0
    assert seen[1]
