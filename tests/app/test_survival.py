"""What is half done survives: leaving the page, quitting, a closed window, a machine going down, a pulled plug."""

from __future__ import annotations

import asyncio
import re
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual import events

from floorlead.checks.dialogs import RowDetail
from floorlead.widgets.desk import Desk
from floorlead.widgets.shell import CRASHED, Shell
from tests.app.conftest import record, shown
from tests.app.terminal import Terminal

TYPED = "下午到店集中"
PHONE = "13812345678"


def quit_it(terminal: Terminal) -> None:
    terminal.keys("<c-q>")
    assert terminal.gone()
    assert terminal.code == 0


def close_window(terminal: Terminal) -> None:
    terminal.hang_up()


def hang_up(terminal: Terminal) -> None:
    terminal.kill(signal.SIGHUP)


def take_down(terminal: Terminal) -> None:
    terminal.kill(signal.SIGTERM)


def pull_the_plug(terminal: Terminal) -> None:
    terminal.settle(0.4)
    terminal.kill(signal.SIGKILL)


ENDS = [quit_it, close_window, hang_up, take_down, pull_the_plug]
HALF_DONE = {
    "remarks": (f"<f9> <enter> Z:{TYPED}", TYPED),
    "reason": (f"<f3> <c-a> 2 <enter> 7 Z:{TYPED}", TYPED),
    "find": ("<f3> l y", "ly_"),
    "cursor": ("<f3> <f3> <down>*5", "> A6 迈腾黑"),
    "filter": ("<f3> 2 <tab>*2", "[异常]"),
    "palette": ("<c-k> d y", "> dy_"),
    "task": (f"<f9> <ins> Z:{TYPED} <enter> Z:ly", TYPED),
}


@pytest.mark.parametrize("end", ENDS, ids=[end.__name__ for end in ENDS])
def test_what_is_half_done_is_there_again(sit: Callable[..., Terminal], end: Callable[[Terminal], None]) -> None:
    """A remark half typed when the program ends, whatever ends it, is half typed when it is opened again."""
    terminal = sit()
    terminal.keys(HALF_DONE["remarks"][0])
    before = terminal.rows()[:22]
    end(terminal)
    terminal.reopen()
    terminal.until(TYPED)
    if end is not quit_it:  # leaving by `^Q` keeps what was typed as the remark
        assert terminal.rows()[:22] == before
    terminal.keys("Z:，前台忙 <enter>" if end is not quit_it else "<enter> Z:，前台忙 <enter>")
    terminal.until(f"{TYPED}，前台忙")


@pytest.mark.parametrize("what", [what for what in HALF_DONE if what != "remarks"])
def test_after_the_plug_was_pulled(sit: Callable[..., Terminal], what: str) -> None:
    """Reason, letters to find by, cursor, filter, command list, task form: the same screen after kill -9."""
    script, seen = HALF_DONE[what]
    terminal = sit()
    terminal.keys(script)
    terminal.until(seen)
    before = terminal.rows()[:21]
    pull_the_plug(terminal)
    terminal.reopen()
    terminal.until(seen)
    terminal.settle()
    assert terminal.rows()[:21] == before


@pytest.mark.parametrize(("script", "back", "seen"), [
    (f"<f3> <c-a> 2 <enter> 7 Z:{TYPED} <f2>", "<f3>", TYPED),
    ("<f3> <f3> <down>*5 <f2>", "<f3>", "> A6 迈腾黑"),
    (f"<f9> <ins> Z:{TYPED} <f2>", "<f9>", TYPED),
    (f"<f9> <enter> Z:{TYPED} <f2>", "<f9>", TYPED),
])  # fmt: skip
def test_after_looking_at_another_page(sit: Callable[..., Terminal], script: str, back: str, seen: str) -> None:
    """A page is as it was left."""
    terminal = sit()
    terminal.keys(script)
    terminal.until("现在要做")
    terminal.keys(back)
    terminal.until(seen)


def test_a_reason_goes_on_where_it_was_left(sit: Callable[..., Terminal], showroom: Path) -> None:
    """Typed half a reason, plug pulled, typed the rest, Enter: the whole reason is saved."""
    terminal = sit()
    terminal.keys("<f3> 2 <enter> 7 Z:胸卡")
    pull_the_plug(terminal)
    terminal.reopen()
    terminal.keys("Z:丢了 <enter>")
    terminal.settle()
    row = record(showroom, "card", "--list", "appearance")["lists"][0]["rows"][0]
    assert row["marks"]["badge"]["reason"] == "胸卡丢了"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_told_to_end(sit: Callable[..., Terminal], number: int) -> None:
    """A signal ends it within three seconds, on a crowded machine sooner than it could start; SIGTERM gives the
    terminal back as it was."""
    begun = time.monotonic()
    terminal = sit()
    start = time.monotonic() - begun
    terminal.keys("<f3> l y")
    assert terminal.kill(number) <= max(3.0, start)
    assert terminal.code == 128 + number
    if number == signal.SIGTERM:
        assert not terminal.alternate
        assert terminal.cursor_shown


def test_quitting_gives_the_terminal_back(sit: Callable[..., Terminal]) -> None:
    """`^Q`: the alternate screen is left, the cursor shown, mouse and paste reports are off, the exit code is 0."""
    terminal = sit()
    terminal.keys("<c-q>")
    assert terminal.gone()
    assert (terminal.code, terminal.alternate, terminal.cursor_shown) == (0, False, True)
    for mode in (b"1000", b"1003", b"1006", b"2004", b"1004"):
        assert terminal.bytes.rfind(b"\x1b[?" + mode + b"l") > terminal.bytes.rfind(b"\x1b[?" + mode + b"h")


def test_a_second_ctrl_c_does_nothing(sit: Callable[..., Terminal]) -> None:
    """`^C ^C` by a leader who wanted to copy: the program goes on."""
    terminal = sit()
    terminal.press(b"\x03")
    terminal.press(b"\x03")
    terminal.keys("<f3>")
    terminal.until("仪表卡 1/4")


def test_back_and_again_over_restarts(sit: Callable[..., Terminal], showroom: Path) -> None:
    """`^A` and a mark, a restart, `^Z ^Z`: nothing is marked; a restart, `^Y ^Y`: all is as it was."""

    def counts() -> Any:
        return record(showroom, "card", "--list", "appearance")["lists"][0]["counts"]

    terminal = sit()
    terminal.keys("<f3> <c-a> <down>*3 2")
    done = counts()
    assert (done["pass"], done["fail"], done["open"]) == (47, 1, 0)
    quit_it(terminal)
    terminal.reopen()
    terminal.keys("<f2> <c-z>")
    terminal.until("> ")
    terminal.settle()
    assert "刘洋" in next(row for row in terminal.rows() if row.startswith(">"))
    terminal.keys("<c-z>")
    assert counts()["open"] == 48
    pull_the_plug(terminal)
    terminal.reopen()
    terminal.keys("<c-y> <c-y>")
    assert counts() == done
    terminal.keys("<c-y>")
    assert counts() == done


async def _crash(shell: Shell, cause: Callable[[], object]) -> None:
    """Run the program without a terminal, let the fault happen, wait for the end."""
    program = asyncio.create_task(shell.run_async(headless=True, size=(80, 24)))
    while not shell.canvas.lines:
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.05)
    shell.call_later(cause)
    await asyncio.wait_for(program, 10)


def _raise(*_values: Any) -> Any:
    phone = PHONE
    raise RuntimeError(f"{phone} 王女士")


def _f3(shell: Shell) -> object:
    return shell.post_message(events.Key("f3", None))


FAULTS: dict[str, tuple[str, Callable[[Shell], object]]] = {
    "a key": ("press", _f3),
    "drawing": ("frame", _f3),
    "a click": ("click", lambda shell: shell.canvas.post_message(_click())),
    "keeping": ("keep", _f3),
    "the minute": ("minute", lambda shell: asyncio.get_running_loop().call_later(0.01, shell._minute)),
}
"""Where a fault of ours may lie."""


def _click() -> events.Click:
    return events.Click(None, 2, 0, 0, 0, 1, False, False, False, screen_x=2, screen_y=0)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_crash_tells_one_sentence(
    desk_in: Callable[..., Desk],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    fault: str,
) -> None:
    """A fault of ours: one sentence with a code, a file with places in the code and nobody's number, a failing exit."""
    shell = Shell(desk_in(), tmp_path / "crashes")
    where, cause = FAULTS[fault]
    asyncio.run(_crash(shell, lambda: (monkeypatch.setattr(shell.desk, where, _raise), cause(shell))))
    assert shell.return_code == CRASHED
    assert "E99" in shell.crash_sentence
    assert "\n" not in shell.crash_sentence
    (file,) = (tmp_path / "crashes").iterdir()
    kept = file.read_text(encoding="utf-8")
    said = kept + shell.crash_sentence + "".join(capfd.readouterr())
    assert "RuntimeError" in kept
    assert "_raise" in kept
    assert PHONE not in said
    assert "王女士" not in said
    assert "Traceback" not in said
    assert file.stat().st_mode & 0o077 == 0


def test_work_behind_that_fails_stops_nothing(
    desk_in: Callable[..., Desk], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Typesetting beside the keys hits a fault of ours: a sentence and a file, and the keys go on."""
    shell = Shell(desk_in(), tmp_path / "crashes")
    came: list[Any] = []

    async def run() -> None:
        program = asyncio.create_task(shell.run_async(headless=True, size=(80, 24)))
        while not shell.canvas.lines:
            await asyncio.sleep(0.01)
        shell.call_later(shell.desk.later, _raise, came.append)
        while not came:
            await asyncio.sleep(0.01)
        shell.post_message(events.Key("ctrl+q", "\x11"))
        await asyncio.wait_for(program, 10)

    asyncio.run(run())
    assert shell.return_code == 0
    (file,) = (tmp_path / "crashes").iterdir()
    said = str(came[0]) + file.read_text(encoding="utf-8") + "".join(capfd.readouterr())
    assert "E98" in said
    assert PHONE not in said
    assert "王女士" not in said


def test_keeping_costs_no_key(desk_in: Callable[..., Desk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A held-down arrow is followed at once: keeping the place waits for quiet, and writes no action."""
    shell = Shell(desk_in(), tmp_path / "crashes")
    pressed: list[str] = []
    kept: list[int] = []
    keep, press = shell.desk.keep, shell.desk.press
    monkeypatch.setattr(shell.desk, "keep", lambda: (kept.append(len(pressed)), keep()))
    monkeypatch.setattr(shell.desk, "press", lambda key, sign="": (pressed.append(key), press(key, sign)))
    keys = ["f3", *["down"] * 40, *["up"] * 40]

    async def run() -> None:
        program = asyncio.create_task(shell.run_async(headless=True, size=(80, 24)))
        while not shell.canvas.lines:
            await asyncio.sleep(0.01)
        for key in keys:
            shell.post_message(events.Key(key, None))
        while not program.done() and (len(pressed) < len(keys) or not kept or kept[-1] < len(keys)):
            await asyncio.sleep(0.01)
        shell.post_message(events.Key("ctrl+q", "\x11"))
        await program

    asyncio.run(run())
    assert sum(0 < at < len(keys) for at in kept) < 9  # a machine may halt for a moment, not at each key
    assert re.search(r"^>\s+1 张伟", shown(shell.desk), re.M)
    assert shell.desk.store.one("SELECT count(*) FROM marks") == 0


def test_a_box_over_a_card_that_is_no_longer_shown(desk_in: Callable[..., Desk]) -> None:
    """A row's story is left open, and Today leads to the other card: the box closes, nothing breaks."""
    desk = desk_in()
    for key in ("f3", "enter", "f2", "2"):
        desk.press(key)
    assert "环境卡 2/" in shown(desk)
    assert desk.dialog() is None


def test_a_box_about_somebody_who_is_gone(desk_in: Callable[..., Desk], showroom: Path) -> None:
    """A reason is half typed when the program ends; meanwhile the person is taken off the roster: it opens still."""
    desk = desk_in()
    for key in ("f3", "2", "enter", "7"):
        desk.press(key)
    desk.keep()
    with desk.store.write("moved") as db:
        db.execute("UPDATE card_rows SET subject = 'person:999' WHERE subject = 'person:1'")
        db.execute("UPDATE people SET left_on = '2026-11-20' WHERE id = 1")
    again = desk_in()
    assert "仪表卡 1/" in shown(again)
    assert again.dialog() is None


def test_a_kept_place_that_cannot_be_drawn(desk_in: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch) -> None:
    """What stopped the program once does not stop every start from then on."""
    desk = desk_in()
    for key in ("f3", "enter"):
        desk.press(key)
    desk.keep()
    monkeypatch.setattr(RowDetail, "lines", _raise)
    again = desk_in()
    assert again.dialog() is None
    assert "仪表卡 1/" in shown(again)


@pytest.mark.parametrize("page", ["people", "furniture", "settings", "history", "items", "report", "checks"])
def test_finding_the_page_one_is_on(desk_in: Callable[..., Desk], page: str) -> None:
    """The letters of the page itself, typed on it, lead nowhere and break nothing."""
    desk = desk_in()
    desk.go(page)
    for key in desk.page.finds.split()[0]:
        desk.press(key)
    desk.press("enter")
    desk.press("escape")
    assert shown(desk)
