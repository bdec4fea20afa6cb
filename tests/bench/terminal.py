"""A terminal for programs to run in: it answers their questions, stamps what they write and replays it afterwards.

Nothing is parsed while the clock runs, so the emulator is in no figure; a synchronised frame counts at its end.
"""

from __future__ import annotations

import fcntl
import os
import pty
import random
import re
import select
import signal
import struct
import termios
import time
from dataclasses import dataclass, field
from pathlib import Path

import pyte

KEYS = {
    "up": b"\x1b[A", "down": b"\x1b[B", "right": b"\x1b[C", "left": b"\x1b[D", "space": b" ", "enter": b"\r",
    "pagedown": b"\x1b[6~", "pageup": b"\x1b[5~", "tab": b"\t", "f2": b"\x1bOQ", "f3": b"\x1bOR", "f4": b"\x1bOS",
    "f5": b"\x1b[15~", "f9": b"\x1b[20~",
    "ctrl+k": b"\x0b", "ctrl+q": b"\x11", "ctrl+f": b"\x06", "backspace": b"\x7f", "escape": b"\x1b[27u",
}  # fmt: skip
ANSWERS = (
    (re.compile(rb"\x1b\[\?2026\$p"), b"\x1b[?2026;2$y"),
    (re.compile(rb"\x1b\[\?2048\$p"), b"\x1b[?2048;0$y"),
    (re.compile(rb"\x1b\[0?c"), b"\x1b[?62;22c"),
    (re.compile(rb"\x1b\[6n"), b"\x1b[1;1R"),
)
FRAME_OPENS, FRAME_ENDS = b"\x1b[?2026h", b"\x1b[?2026l"
UNKNOWN = re.compile(
    rb"\x1b[P_^].*?\x1b\\|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[<>=][0-9;:]*[A-Za-z]|\x1b\[\?[0-9;]*(?:\$p|u)", re.S
)
"""What the emulator would take for text."""


def steady() -> bool:
    """Run the watched programs before all else on this machine, where that is allowed; returns whether it is."""
    try:
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(2))
    except (OSError, AttributeError):
        return False
    return True


def watched() -> None:
    """In the child: one step below the watcher, when that one is steady."""
    if os.sched_getparam(0).sched_priority > 1:
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))


def environment() -> dict[str, str]:
    """A plain user's surroundings: UTF-8, and none of the switches that slow Python down (uncached bytecode) or us."""
    dropped = ("COLUMNS", "LINES", "NO_COLOR")
    kept = {k: v for k, v in os.environ.items() if k not in dropped and not k.startswith(("PYTHON", "FLOORLEAD_"))}
    return kept | {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}


@dataclass
class Press:
    """A key: when it was written, and what came back until the next one."""

    at: float
    chunks: list[tuple[float, bytes]] = field(default_factory=list)


class Terminal:
    """One program in a terminal of its own."""

    def __init__(self, command: list[str], cells: int, lines: int, cwd: Path) -> None:
        self.cells, self.lines = cells, lines
        self.chunks: list[tuple[float, bytes]] = []
        self.alive = True
        self.started = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if not self.pid:
            self._become(command, cwd)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, cells, 0, 0))

    def _become(self, command: list[str], cwd: Path) -> None:
        try:
            fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", self.lines, self.cells, 0, 0))
            os.chdir(cwd)
            watched()
            os.execvpe(command[0], command, environment() | {"TERM": "xterm-256color", "COLORTERM": "truecolor"})
        finally:
            os._exit(127)

    def pump(self, seconds: float) -> bool:
        """Take what comes within `seconds`, answer what is asked; returns whether anything came."""
        ready, _w, _x = select.select([self.fd], [], [], max(0.0, seconds))
        if not ready:
            return False
        try:
            data = os.read(self.fd, 1 << 17)
        except OSError:
            data = b""
        if not data:
            self.alive = False
            return False
        self.chunks.append((time.perf_counter(), data))
        for asked, answer in ANSWERS:
            if asked.search(data):
                os.write(self.fd, answer)
        return True

    def wait_for(self, needle: bytes, seconds: float = 20) -> float:
        """Milliseconds from the start until `needle` was painted. Raises TimeoutError with what came instead."""
        end = time.perf_counter() + seconds
        seen = b""
        while self.alive and time.perf_counter() < end:
            before = len(self.chunks)
            self.pump(end - time.perf_counter())
            seen += b"".join(data for _at, data in self.chunks[before:])
            if _painted(seen, needle):
                return (self.chunks[-1][0] - self.started) * 1000
        raise TimeoutError(seen[-2000:].decode(errors="replace"))

    def settle(self, quiet: float, most: float = 20) -> None:
        """Take everything until nothing came for `quiet` seconds."""
        end = time.perf_counter() + most
        while self.alive and time.perf_counter() < end:
            if not self.pump(quiet):
                return

    def press(self, key: str, quiet: float = 0.06) -> Press:
        """Press a key and take what it does."""
        start = len(self.chunks)
        data = KEYS.get(key) or key.encode()
        pressed = Press(time.perf_counter())
        os.write(self.fd, data)
        self.settle(quiet, 5)
        pressed.chunks = self.chunks[start:]
        self._breathe()
        return pressed

    def _breathe(self) -> None:
        """A random pause, so that keys keep no step with the program's own timers."""
        end = time.perf_counter() + random.uniform(0.005, 0.03)
        while time.perf_counter() < end:
            self.pump(end - time.perf_counter())

    def peak_mib(self) -> float:
        """The program's peak memory (VmHWM) in MiB."""
        text = Path(f"/proc/{self.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+)", text)[1]) / 1024  # type: ignore[index]

    def close(self) -> None:
        """End the program."""
        for number, seconds in ((signal.SIGTERM, 2.0), (signal.SIGKILL, 2.0)):
            try:
                os.kill(self.pid, number)
            except ProcessLookupError:
                break
            if self._gone(seconds):
                break
        os.close(self.fd)

    def _gone(self, seconds: float) -> bool:
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            if os.waitpid(self.pid, os.WNOHANG)[0]:
                return True
            self.pump(0.02)
        return False


def _painted(seen: bytes, needle: bytes) -> bool:
    """Whether the needle came, and with it the end of its frame where that frame was opened as one."""
    at = seen.rfind(needle)
    opened = seen.rfind(FRAME_OPENS, 0, at)
    return at >= 0 and (opened < 0 or FRAME_ENDS in seen[opened:])


class Screen:
    """What a person would have seen, from the chunks."""

    def __init__(self, cells: int, lines: int) -> None:
        self._screen = pyte.Screen(cells, lines)
        self._stream = pyte.ByteStream(self._screen)
        self._seen: dict[int, str] = {}
        self._open = False
        self._pending = False
        self._rest = b""

    def feed(self, data: bytes) -> bool:
        """Take a chunk; returns whether what is seen changed (a synchronised frame is seen at its end)."""
        data = self._rest + data
        cut = data.rfind(b"\x1b")
        whole = cut < 0 or re.match(rb"\x1b(?:\[[0-9;:?<>=$]*[A-Za-z~]|[78=>OM()])", data[cut:]) is not None
        data, self._rest = (data, b"") if whole or len(data) - cut > 60 else (data[:cut], data[cut:])
        self._stream.feed(UNKNOWN.sub(b"", data))
        self._pending |= self._differs()
        opens, ends = data.rfind(FRAME_OPENS), data.rfind(FRAME_ENDS)
        self._open = opens > ends if opens != ends else self._open
        shown, self._pending = (False, self._pending) if self._open else (self._pending, False)
        return shown

    def _differs(self) -> bool:
        changed = False
        for y in self._screen.dirty:
            row = self._screen.buffer[y]
            now = repr([row[x] for x in range(self._screen.columns)])
            changed |= self._seen.get(y) != now
            self._seen[y] = now
        self._screen.dirty.clear()
        return changed

    def text(self) -> str:
        """The screen as text."""
        return "\n".join(self._screen.display)


def latencies(terminal: Terminal, presses: list[Press]) -> tuple[list[float], list[float], list[int]]:
    """First change in ms, last change in ms and bytes of each key that changed anything, from a replay."""
    screen = Screen(terminal.cells, terminal.lines)
    first_key = presses[0].at if presses else 0.0
    for at, data in terminal.chunks:
        if at < first_key:
            screen.feed(data)
    first, last, size = [], [], []
    for press in presses:
        times = [(at - press.at) * 1000 for at, data in press.chunks if screen.feed(data)]
        if times:
            first.append(times[0])
            last.append(times[-1])
            size.append(sum(len(data) for _at, data in press.chunks))
    return first, last, size
