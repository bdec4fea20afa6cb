"""Another program holds the whole file: the screen lives on, says so, and nothing that is typed or pressed is lost."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from floorlead import clock, entry
from floorlead.store import Store, backup, file, typed, verify
from floorlead.widgets.desk import Desk
from tests.app.conftest import MORNING, shown
from tests.app.terminal import Terminal

WORDS = "空调不凉, 客户在等"


@pytest.fixture
def holder(showroom: Path) -> Iterator[sqlite3.Connection]:
    """A program that can hold the file so that nobody even reads it."""
    other = sqlite3.connect(showroom, isolation_level=None, timeout=5)
    yield other
    if other.in_transaction:
        other.execute("ROLLBACK")
    other.close()


@pytest.fixture
def desk(desk_in: Callable[..., Desk]) -> Desk:
    """A desk that is not patient."""
    made = desk_in("en")
    made.store.patience(0)
    made.frame(80, 24)
    return made


def entries(path: Path) -> list[tuple[str, str]]:
    other = sqlite3.connect(path)
    try:
        return other.execute("SELECT text, level FROM entries ORDER BY id").fetchall()
    finally:
        other.close()


def incident(terminal: Terminal) -> None:
    """The box for a new incident is open."""
    terminal.keys("<f8> <ins> 1")
    terminal.until("内容")


def test_what_is_typed_while_the_file_is_held(
    sit: Callable[..., Terminal], showroom: Path, holder: sqlite3.Connection
) -> None:
    """Words, the next field, a level, ^S: they lie in a private file beside, then all of it is in the log, the file gone."""
    terminal = sit("zh")
    incident(terminal)
    holder.execute("BEGIN EXCLUSIVE")
    terminal.type(WORDS)
    terminal.keys("<enter> 2")
    terminal.type("张伟")
    terminal.keys("<c-s>")
    terminal.until("E21")
    terminal.until(lambda: any("ctrl+s" in path.read_text("utf-8") for path in typed.files(showroom)), "kept beside")
    (beside,) = typed.files(showroom)
    assert WORDS in beside.read_text("utf-8")
    assert beside.stat().st_mode & 0o777 == 0o600
    assert "未存!" in terminal.rows()[0]
    assert terminal.code is None
    holder.execute("ROLLBACK")
    terminal.until(lambda: not typed.files(showroom), "entered")
    terminal.until("已存")
    assert "E21" not in terminal.text()
    assert entries(showroom)[-1] == (WORDS, "urgent")


def test_killed_while_the_file_is_held(
    sit: Callable[..., Terminal], showroom: Path, holder: sqlite3.Connection
) -> None:
    """The program is killed before the file is free: the next start has the words in their box and goes on with the keys."""
    terminal = sit("zh")
    incident(terminal)
    holder.execute("BEGIN EXCLUSIVE")
    terminal.type(WORDS)
    terminal.keys("<enter>")
    terminal.type("2")
    terminal.until(lambda: any('"2"' in path.read_text("utf-8") for path in typed.files(showroom)), "kept beside")
    terminal.kill()
    holder.execute("ROLLBACK")
    terminal.reopen()
    terminal.until(WORDS)
    terminal.until("[2紧急]")
    terminal.until(lambda: not typed.files(showroom), "entered")


def test_a_start_waits_for_the_file(
    showroom: Path, holder: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file is held when the program is started: it says so once a minute, and opens it once it is free."""
    monkeypatch.setattr(file, "TIMEOUT_SECONDS", 0)
    monkeypatch.setattr(entry, "monotonic", lambda: next(minutes))
    minutes, asked = iter(range(0, 6000, 30)), [0]

    def sleep(_seconds: float) -> None:
        asked[0] += 1
        if asked[0] == 4:
            holder.execute("ROLLBACK")

    monkeypatch.setattr(entry, "sleep", sleep)
    holder.execute("BEGIN EXCLUSIVE")
    entry.patiently(lambda: entry.open_for_app(showroom, clock.stopped(MORNING))).close()
    told = capsys.readouterr().err.splitlines()
    assert asked[0] == 4
    assert [line.split(" for ")[1].split(" s;")[0] for line in told] == ["30", "60", "120"]


@pytest.mark.parametrize("page", ["f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9"])
def test_every_page_keeps_its_picture(desk: Desk, holder: sqlite3.Connection, page: str) -> None:
    """On every page: keys, a minute, a drawing, warming up; the picture stays, then the keys are carried out in order."""
    desk.press(page)
    before = shown(desk).splitlines()
    holder.execute("BEGIN EXCLUSIVE")
    for key in ("down", "down", "up", "tab"):
        desk.press(key)
    desk.attempt(desk.minute)
    desk.attempt(desk.warm)
    desk.click("row:1")
    held = shown(desk).splitlines()
    assert held[1:-3] == before[1:-3]
    assert "(E21)" in held[-3] and "5 wait" in held[-3]
    assert "NOT SAVED!" in held[0]
    assert not desk.resume()
    holder.execute("ROLLBACK")
    assert desk.resume()
    assert desk.waiting == [] and desk.owed == []
    assert "E21" not in shown(desk)


def test_how_long_it_is_held_is_said_after_a_minute(
    desk: Desk, holder: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """75 seconds: the line names 70 of them; no key is needed for it."""
    now = [100.0]
    monkeypatch.setattr(desk, "now_seconds", lambda: now[0])
    holder.execute("BEGIN EXCLUSIVE")
    desk.press("f3")
    assert " s;" not in shown(desk)
    now[0] += 75
    assert "held the file for 70 s" in shown(desk)


def test_marks_of_one_cell_while_another_terminal_writes(desk: Desk, holder: sqlite3.Connection) -> None:
    """The same cell is failed, taken back and failed again while a write waits: each key sees what the one before did."""
    desk.press("f3")
    holder.execute("BEGIN IMMEDIATE")
    for key in ("2", "2", "down", "2", "up", "2"):
        desk.press(key)
    assert desk.unsaved() == 6
    holder.execute("ROLLBACK")
    assert desk.resume()
    marks = desk.store.rows("SELECT r.position, m.result FROM marks m JOIN card_rows r ON r.id = m.row_id ORDER BY 1")
    assert desk.trouble == ""
    assert len(marks) == 2
    assert verify.verify(desk.store.path).ok


def test_saved_is_never_said_of_what_waits(desk: Desk, holder: sqlite3.Connection) -> None:
    """^S while something waits says that it waits; afterwards that everything is saved."""
    desk.press("ctrl+s")
    assert "Everything is saved" in shown(desk)
    holder.execute("BEGIN EXCLUSIVE")
    desk.press("ctrl+s")
    assert "NOT SAVED!" in shown(desk).splitlines()[0]
    assert desk.saved_words() != "Everything is saved already"
    holder.execute("ROLLBACK")
    desk.resume()
    assert "Everything is saved" in shown(desk)


def test_digits_that_may_be_a_pin_reach_no_file(desk: Desk, holder: sqlite3.Connection) -> None:
    """Nothing but keys wait, no box with a text is open: what lies beside holds no digits."""
    holder.execute("BEGIN EXCLUSIVE")
    for key in ("f12", "8", "3", "6", "2", "5", "1"):
        desk.press(key)
    desk.keep()
    (beside,) = typed.files(desk.store.path)
    assert json.loads(beside.read_text("utf-8"))["waiting"] == []
    assert typed.remove(desk.store.path) == [beside]
    assert typed.files(desk.store.path) == []


def test_a_restore_beside_an_open_terminal(desk: Desk, showroom: Path) -> None:
    """A backup is put back beside: the next key opens it, says so and does nothing else; then all goes on in it."""
    store = desk.store
    kept = backup.back_up(store, "hand")
    desk.press("f3")
    desk.press("2")
    assert store.one("SELECT count(*) FROM marks") == 1
    backup.restore(kept, showroom, store.clock)
    desk.press("2")
    assert "Another file was put in this one's place" in shown(desk)
    assert store.one("SELECT count(*) FROM marks") == 0
    desk.press("2")
    assert store.one("SELECT count(*) FROM marks") == 1
    assert desk.trouble == ""
    assert verify.verify(showroom).ok


def test_a_file_that_cannot_be_opened_lies_here_now(desk: Desk, showroom: Path) -> None:
    """Something else was put there: the screen says what, and goes on showing what it had."""
    showroom.rename(showroom.with_name("aside.db"))
    showroom.write_text("a letter")
    desk.press("f3")
    assert "E11" in shown(desk)
    showroom.unlink()
    showroom.with_name("aside.db").rename(showroom)
    desk.press("f3")
    assert "E11" not in shown(desk)


@pytest.mark.skipif(os.name != "posix", reason="a process is stopped by a POSIX signal")
def test_a_text_that_was_being_kept_when_the_window_closed(
    sit: Callable[..., Terminal], showroom: Path, holder: sqlite3.Connection
) -> None:
    """The window is closed while the file is held: what was typed last is beside it."""
    terminal = sit("zh")
    incident(terminal)
    holder.execute("BEGIN EXCLUSIVE")
    terminal.type(WORDS)
    terminal.until(WORDS)
    terminal.kill(signal.SIGHUP)
    assert any(WORDS in path.read_text("utf-8") for path in typed.files(showroom))


def test_a_store_takes_up_another_file(store: Store, tmp_path: Path) -> None:
    """The store's own word for it: whether another file lies there, and going on with that."""
    kept = backup.back_up(store, "hand") if store.one("SELECT 1 FROM actions") else None
    assert not store.replaced()
    if kept is None:
        other = tmp_path / "other.db"
        backup.copy_whole(store.path, other)
        other.replace(store.path)
    assert store.replaced()
    store.take_up()
    assert not store.replaced()
