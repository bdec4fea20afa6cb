"""A terminal that a person sits at: it starts the real program, answers its questions, and holds what would be seen.

Keys are written as a trade's script writes them: `M <f3> <c-a> l y 2 <enter>`, `<down>*3`, `Z:xiawu` for Chinese typed
by an input method, `T:138` for literal typing. The screen keeps wide characters whole, or blanks the broken half.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyte
from pyte.modes import DECTCEM
from rich.cells import cell_len

from tests.children import around

ROOT = Path(__file__).resolve().parents[2]
QUIET = 0.06
"""Seconds without output after which a screen has settled."""
PATIENCE = 90.0
"""Seconds after which something that should have come is missed."""

SEQUENCES = {
    "f1": b"\x1bOP", "f2": b"\x1bOQ", "f3": b"\x1bOR", "f4": b"\x1bOS", "f5": b"\x1b[15~", "f6": b"\x1b[17~",
    "f7": b"\x1b[18~", "f8": b"\x1b[19~", "f9": b"\x1b[20~", "f10": b"\x1b[21~", "f11": b"\x1b[23~", "f12": b"\x1b[24~",
    "up": b"\x1b[A", "down": b"\x1b[B", "right": b"\x1b[C", "left": b"\x1b[D", "home": b"\x1b[H", "end": b"\x1b[F",
    "ins": b"\x1b[2~", "del": b"\x1b[3~", "pgup": b"\x1b[5~", "pgdn": b"\x1b[6~", "enter": b"\r", "tab": b"\t",
    "s-tab": b"\x1b[Z", "esc": b"\x1b", "space": b" ", "backspace": b"\x7f",
}  # fmt: skip

REMARKS_HAN = {
    "xiawu": "下午", "daodian": "到店", "jizhong": "集中", "qiantai": "前台", "linshi": "临时", "jiayiren": "加一人",
    "mingtian": "明天", "shangwu": "上午", "liangtai": "两台", "jiaoche": "交车",
    "qing": "请", "anpai": "安排", "shangpai": "上牌",
}  # fmt: skip
NAMES_HAN = {"wang": "王", "li": "李", "chen": "陈"}
PUNCTUATION = {",": "，", ".": "。"}
"""What an input method in Chinese mode makes of the two keys."""


_WIDE = {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"}


def tokens(script: str) -> Iterator[str]:
    """The script's tokens, repeats written out."""
    for token in script.split():
        repeated = None if token[:2] in ("T:", "Z:") else re.fullmatch(r"(.+)\*(\d+)", token)
        yield from [repeated[1]] * int(repeated[2]) if repeated else [token]


def overhead(script: str) -> int:
    """Control keys of a script: a chord is two, a token of content (T:, Z:) none, thinking (M) none."""
    found = [token for token in tokens(script) if token != "M" and token[:2] not in ("T:", "Z:")]
    return sum(2 if re.match(r"<[csa]-", token) else 1 for token in found)


def content(script: str) -> int:
    """What no tool can spare: a literal key each, Chinese its whole pinyin and the key that commits it."""
    found = [token for token in tokens(script) if token[:2] in ("T:", "Z:")]
    return sum(len(token) - 2 + (token[0] == "Z") for token in found)


def thinking(script: str) -> int:
    """How often the leader must make up her mind."""
    return sum(token == "M" for token in tokens(script))


def delivered(token: str, wide: bool = False) -> bytes:
    """What arrives at the program for one token; `wide` is an input method set to full-width characters."""
    if token == "M" or token == "<shift>":
        return b""
    if token[:2] == "Z:":
        return {**REMARKS_HAN, **NAMES_HAN}.get(token[2:], token[2:]).encode()
    if token[:2] == "T:":
        typed = PUNCTUATION.get(token[2:], token[2:])
        return (typed.translate(_WIDE) if wide else typed).encode()
    if chord := re.fullmatch(r"<c-(\w)>", token):
        return bytes([ord(chord[1]) & 0x1F])
    if named := re.fullmatch(r"<([\w-]+)>", token):
        return SEQUENCES[named[1]]
    return (chr(ord(token) + 0xFEE0) if wide and token in "0123456789-+" else token).encode()


class Seen(pyte.Screen):
    """Cells as a real terminal keeps them: what covers half of a wide character leaves no other half behind."""

    def draw(self, data: str) -> None:
        """Write text at the cursor."""
        for char in data:
            size = cell_len(char)
            if not size:
                continue
            if self.cursor.x + size > self.columns:
                self.cursor.x = self.columns - size
            x, row = self.cursor.x, self.buffer[self.cursor.y]
            self._unbreak(row, x, x + size)
            row[x] = self.cursor.attrs._replace(data=char)
            if size == 2:
                row[x + 1] = self.cursor.attrs._replace(data="")
            self.cursor.x = min(x + size, self.columns)
            self.dirty.add(self.cursor.y)

    def _unbreak(self, row: Any, start: int, end: int) -> None:
        if row[start].data == "" and start:
            row[start - 1] = row[start - 1]._replace(data=" ")
        if end < self.columns and row[end].data == "":
            row[end] = row[end]._replace(data=" ")

    def report_device_attributes(self, mode: int = 0, **kwargs: Any) -> None:
        """Answered by the terminal around."""

    def report_device_status(self, mode: int) -> None:
        """Answered by the terminal around."""


UNKNOWN = re.compile(
    rb"\x1b[P_^][^\x1b]*\x1b\\|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[<>=][0-9;:]*[A-Za-z]|\x1b\[\?[0-9;]*(?:\$p|u)"
)
"""What the emulator would take for text."""
PARTIAL = re.compile(rb"\x1b(?:\[[0-9;:?<>=$]*|[P_^\]][^\x07\x1b]*(?:\x1b)?)?$")
QUESTIONS = re.compile(rb"\x1b\[\?(2026|2048)\$p|\x1b\[0?c|\x1b\[6n|\x1b\[\?u")


def bow_to_permissions() -> None:
    """Take from this process, should it be root's, the right to write what may not be written (CAP_DAC_OVERRIDE)."""
    drop_from_bounding_set, dac_override = 24, 1
    ctypes.CDLL(None).prctl(drop_from_bounding_set, dac_override, 0, 0, 0)


class Terminal:
    """floorlead in a terminal of its own."""

    def __init__(self, store: Path, lang: str = "zh", now: str = "2026-11-24T08:41", *options: str, cells: int = 80,
                 lines: int = 24, env: Mapping[str, str] | None = None, kitty: bool = False, sync: bool = True,
                 wide_marks: bool = False, ordinary: bool = False) -> None:  # fmt: skip
        self.arguments = ["--store", str(store), *(["--lang", lang] if lang else []), "--now", now, *options]
        self.cells, self.lines, self.env = cells, lines, dict(env or {})
        self.kitty, self.sync, self.wide_marks, self.ordinary = kitty, sync, wide_marks, ordinary
        self.bytes = b""
        self.code: int | None = None
        self.pid = 0
        self.fd = -1
        self.open()

    # -- the program

    def open(self) -> None:
        """Start the program on a clear screen, and wait for its first picture."""
        self.screen = Seen(self.cells, self.lines)
        self.stream = pyte.ByteStream(self.screen)
        self._rest, self.bytes, self.code, self.alive = b"", b"", None, True
        self.pid, self.fd = pty.fork()
        if not self.pid:
            self._become()
        self.resize(self.cells, self.lines)
        self.until(lambda: any(line.strip() for line in self.rows()), "first picture")
        self.settle()

    def _become(self) -> None:
        try:
            os.chdir(ROOT)
            if self.ordinary:
                bow_to_permissions()
            fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", self.lines, self.cells, 0, 0))
            dropped = ("COLUMNS", "LINES", "NO_COLOR", "LC_ALL", "LC_MESSAGES")
            kept = {name: value for name, value in around().items() if name not in dropped}
            kept |= {"TERM": "xterm-256color", "LANG": "C.UTF-8", **self.env}
            os.execve(sys.executable, [sys.executable, "-m", "floorlead", *self.arguments], kept)
        finally:
            os._exit(127)

    def resize(self, cells: int, lines: int) -> None:
        """Give the window another size."""
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, cells, 0, 0))
        if (cells, lines) != (self.screen.columns, self.screen.lines):
            self.screen.resize(lines, cells)
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGWINCH)

    def kill(self, number: int = signal.SIGKILL, seconds: float = PATIENCE) -> float:
        """Send a signal and wait for the end; returns the seconds it took."""
        start = time.monotonic()
        os.kill(self.pid, number)
        assert self.gone(seconds), f"still running {seconds} s after signal {number}"
        return time.monotonic() - start

    def hang_up(self, seconds: float = PATIENCE) -> None:
        """Close the window."""
        os.close(self.fd)
        self.fd, self.alive = -1, False
        assert self.gone(seconds), f"still running {seconds} s after its window was closed"

    def gone(self, seconds: float = PATIENCE) -> bool:
        """Wait for the program's end; whether it came."""
        end = time.monotonic() + seconds
        while self.code is None and time.monotonic() < end:
            self.pump(0.02)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.code = os.waitstatus_to_exitcode(status)
        if self.code is not None:
            while self.pump(0.02):
                continue
        return self.code is not None

    def reopen(self) -> None:
        """Start it again on the same file, when it has ended."""
        assert self.code is not None
        self._forget()
        self.open()

    def close(self) -> None:
        """End the program, however."""
        if self.code is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            self.gone(PATIENCE)
        self._forget()

    def _forget(self) -> None:
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    # -- what comes and goes

    def pump(self, seconds: float) -> bool:
        """Take what comes within `seconds`, answer what is asked; whether anything came."""
        if self.fd < 0 or not self.alive:
            time.sleep(min(seconds, 0.01))
            return False
        ready, _w, _x = select.select([self.fd], [], [], max(0.0, seconds))
        if not ready:
            return False
        try:
            data = os.read(self.fd, 1 << 16)
        except OSError:
            data = b""
        if not data:
            self.alive = False
            return False
        self.bytes += data
        self._take(data)
        return True

    def _take(self, data: bytes) -> None:
        data = self._rest + data
        cut = PARTIAL.search(data)
        data, self._rest = (data[: cut.start()], data[cut.start() :]) if cut else (data, b"")
        at = 0
        for asked in QUESTIONS.finditer(data):
            self.stream.feed(UNKNOWN.sub(b"", data[at : asked.end()]))
            at = asked.end()
            self._answer(asked)
        self.stream.feed(UNKNOWN.sub(b"", data[at:]))

    def _answer(self, asked: re.Match[bytes]) -> None:
        text = asked[0]
        if asked[1] == b"2026":
            self.write(b"\x1b[?2026;%d$y" % (2 if self.sync else 0))
        elif asked[1]:
            self.write(b"\x1b[?2048;0$y")
        elif text.endswith(b"6n"):
            extra = 1 if self.wide_marks and "√" in self.screen.display[0] else 0
            self.write(b"\x1b[%d;%dR" % (self.screen.cursor.y + 1, self.screen.cursor.x + 1 + extra))
        elif text.endswith(b"u"):
            self.write(b"\x1b[?0u" if self.kitty else b"")
        else:
            self.write(b"\x1b[?62;22c")

    def write(self, data: bytes) -> None:
        """Send bytes as the terminal does."""
        while data:
            data = data[os.write(self.fd, data) :]

    def settle(self, quiet: float = QUIET, most: float = PATIENCE) -> None:
        """Wait until nothing has come for `quiet` seconds and the program is at rest."""
        end = time.monotonic() + most
        while self.alive and time.monotonic() < end:
            if not self.pump(quiet) and not self.busy():
                return

    def busy(self) -> bool:
        """Whether the program is at work or would like to be (on a crowded machine it may wait for its turn)."""
        states = []
        with contextlib.suppress(OSError):
            for stat in Path(f"/proc/{self.pid}/task").glob("*/stat"):
                states.append(stat.read_text().rpartition(")")[2].split()[0])
        return bool({"R", "D"} & set(states))

    def until(self, wanted: str | Callable[[], object], what: str = "", seconds: float = PATIENCE) -> None:
        """Wait for a text on the screen, or for something to hold; fails with the screen."""
        found = wanted if callable(wanted) else (lambda: wanted in self.text())
        end = time.monotonic() + seconds
        while not found():
            if time.monotonic() > end or not self.alive:
                raise AssertionError(f"never came: {what or wanted!r}\n{self.text()}")
            self.pump(0.02)

    # -- keys and mouse

    def keys(self, script: str, *, wide: bool = False, between: Callable[[str], None] | None = None) -> None:
        """Play a script key by key; `between` is called after each key's screen has settled."""
        for token in tokens(script):
            if data := delivered(token, wide):
                self.press(data)
                if between:
                    between(token)

    def press(self, data: bytes) -> None:
        """One key, and what it does."""
        before = len(self.bytes)
        self.write(data)
        self._first_answer(before)
        self.settle()

    def _first_answer(self, before: int, rest: float = 0.2, most: float = PATIENCE) -> None:
        """Most keys draw something; one that draws nothing leaves the program at rest for `rest` seconds."""
        now = begun = time.monotonic()
        end = now + most
        while self.alive and len(self.bytes) == before and now - begun < rest and now < end:
            self.pump(0.02)
            now = time.monotonic()
            begun = now if self.busy() else begun

    def type(self, text: str) -> None:
        """Text that arrives as a whole, as an input method's does."""
        self.press(text.encode())

    def paste(self, text: str) -> None:
        """Bracketed paste."""
        self.press(b"\x1b[200~" + text.encode() + b"\x1b[201~")

    def click(self, x: int, y: int, times: int = 1) -> None:
        """Click a cell (0-based)."""
        before = len(self.bytes)
        for _n in range(times):
            self.write(b"\x1b[<0;%d;%dM\x1b[<0;%d;%dm" % (x + 1, y + 1, x + 1, y + 1))
        self._first_answer(before)
        self.settle()

    def click_on(self, text: str, line: int | None = None, nth: int = 0) -> None:
        """Click the first cell of a text that stands on the screen."""
        found = [(x, y) for y, row in enumerate(self.rows()) if line in (None, y) for x in self._places(row, text)]
        assert len(found) > nth, f"{text!r} is not there\n{self.text()}"
        self.click(*found[nth])

    @staticmethod
    def _places(row: str, text: str) -> list[int]:
        return [cell_len(row[: at.start()]) for at in re.finditer(re.escape(text), row)]

    def wheel(self, down: bool, x: int = 20, y: int = 8) -> None:
        """Turn the wheel one step."""
        before = len(self.bytes)
        self.write(b"\x1b[<%d;%d;%dM" % (65 if down else 64, x + 1, y + 1))
        self._first_answer(before)
        self.settle()

    # -- what is seen

    def rows(self) -> list[str]:
        """The screen's lines."""
        buffer = self.screen.buffer
        return ["".join(buffer[y][x].data for x in range(self.screen.columns)) for y in range(self.screen.lines)]

    def text(self) -> str:
        """The screen as text."""
        return "\n".join(row.rstrip() for row in self.rows())

    def styles(self, y: int) -> list[tuple[bool, bool, str, str]]:
        """A line's cells as (bold, reverse, foreground, background)."""
        row = self.screen.buffer[y]
        return [(row[x].bold, row[x].reverse, row[x].fg, row[x].bg) for x in range(self.screen.columns)]

    @property
    def alternate(self) -> bool:
        """Whether the program is on the alternate screen."""
        return self.bytes.rfind(b"\x1b[?1049h") > self.bytes.rfind(b"\x1b[?1049l")

    @property
    def cursor_shown(self) -> bool:
        """Whether the cursor is shown."""
        return DECTCEM in self.screen.mode
