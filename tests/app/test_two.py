"""Two terminals on one file: a mark waits for the other's write, keys go on; a file that may only be read says so."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.app.conftest import record
from tests.app.terminal import Terminal


@pytest.fixture
def lock(showroom: Path) -> Iterator[sqlite3.Connection]:
    """Another program that can hold the file's write lock."""
    other = sqlite3.connect(showroom, isolation_level=None, timeout=5)
    yield other
    if other.in_transaction:
        other.execute("ROLLBACK")
    other.close()


@pytest.mark.parametrize(("lang", "unsaved"), [("zh", "未存!"), ("en", "NOT SAVED!")])
def test_a_mark_waits(
    sit: Callable[..., Terminal], showroom: Path, lock: sqlite3.Connection, lang: str, unsaved: str
) -> None:
    """The other writes for long: the header says so, keys are answered, and all is saved in its order once it can."""
    terminal = sit(lang)
    terminal.keys("<f3>")
    terminal.settle(0.3)
    lock.execute("BEGIN IMMEDIATE")
    terminal.keys("2")
    terminal.until(unsaved)
    terminal.settle()
    assert unsaved in terminal.rows()[0]
    terminal.keys("<down>*3")
    terminal.until(
        lambda: any(row.startswith("> ") and ("刘洋" in row or "Liu Yang" in row) for row in terminal.rows())
    )
    assert unsaved in terminal.rows()[0]
    assert lock.in_transaction
    terminal.keys("3")
    lock.execute("ROLLBACK")
    terminal.until(lambda: unsaved not in terminal.text(), "saved")
    terminal.settle(0.3)
    rows = record(showroom, "card", "--list", "appearance")["lists"][0]["rows"]
    assert rows[0]["marks"]["badge"]["result"] == "fail"
    assert rows[3]["marks"]["grooming"]["result"] == "fail"


def test_leaving_with_something_unsaved(sit: Callable[..., Terminal], showroom: Path, lock: sqlite3.Connection) -> None:
    """`^Q` while a mark is still waiting: the program stays and says why; once it is saved, `^Q` leaves."""
    terminal = sit()
    terminal.keys("<f3>")
    terminal.settle(0.3)
    lock.execute("BEGIN IMMEDIATE")
    terminal.keys("2")
    terminal.until("未存!")
    terminal.keys("<c-q>")
    terminal.until("^Q")
    assert terminal.code is None
    lock.execute("ROLLBACK")
    terminal.until(lambda: "未存!" not in terminal.text())
    terminal.keys("<c-q>")
    assert terminal.gone()
    assert record(showroom, "card", "--list", "appearance")["lists"][0]["rows"][0]["marks"]["badge"]["result"] == "fail"


def test_both_see_what_the_other_did(sit: Callable[..., Terminal], showroom: Path) -> None:
    """Two leaders on one card: the second one opens it and sees the first one's mark; no mark is overwritten."""
    one, other = sit(), sit()
    one.keys("<f3> <down>*3 2")
    other.keys("<f3>")
    other.until("[X]")
    other.keys("3")
    one.keys("<f2> <f3>")
    assert one.text().count("[X]") == 2
    assert record(showroom, "card", "--list", "appearance")["lists"][0]["counts"]["fail"] == 2


@pytest.mark.parametrize(("lang", "told"), [("zh", "只读"), ("en", "read only")])
def test_a_file_that_may_only_be_read(sit: Callable[..., Terminal], showroom: Path, lang: str, told: str) -> None:
    """A read-only file opens, says so, and says so again on a mark; nothing changes."""
    showroom.chmod(0o444)
    showroom.parent.chmod(0o555)
    try:
        before = showroom.read_bytes()
        terminal = sit(lang, ordinary=True)
        assert told in terminal.rows()[0]
        terminal.keys("<f3> 2")
        assert "E23" in terminal.text()
        assert "[X]" not in terminal.text()
        terminal.keys("<c-q>")
        assert terminal.gone()
        assert showroom.read_bytes() == before
    finally:
        showroom.parent.chmod(0o755)


@pytest.mark.parametrize("back", ["one", "other"])
def test_each_has_its_own_half_written_box(sit: Callable[..., Terminal], back: str) -> None:
    """Two leaders type a complaint each: neither sees the other's; both windows are killed, whichever comes back first
    finds its own."""
    terminals = {name: sit(env={"TMUX_PANE": f"%{n}"}) for n, name in enumerate(("one", "other"))}
    for name, terminal in terminals.items():
        terminal.keys(f"<f8> <ins> 2 T:{name}text")
        terminal.until(f"{name}text")
        terminal.settle(0.4)
    assert "othertext" not in terminals["one"].text() and "onetext" not in terminals["other"].text()
    for terminal in terminals.values():
        terminal.kill()
    first = terminals[back]
    first.open()
    first.until(f"{back}text")
    other = next(terminal for name, terminal in terminals.items() if name != back)
    other.open()
    assert f"{back}text" not in other.text()


def test_who_sits_alone_finds_it_in_any_window(sit: Callable[..., Terminal]) -> None:
    """One leader closes the window and opens another one of another name: the half-written box is there."""
    terminal = sit(env={"TMUX_PANE": "%7"})
    terminal.keys("<f8> <ins> 2 T:halftext")
    terminal.until("halftext")
    terminal.settle(0.4)
    terminal.kill()
    terminal.env["TMUX_PANE"] = "%8"
    terminal.open()
    terminal.until("halftext")
