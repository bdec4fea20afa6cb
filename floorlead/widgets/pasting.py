"""What arrives as a whole: a paste, in brackets or without them, is one event and never a row of keys.

The screen library reads a paste sign by sign and takes an escape sign inside it for keys; here its text stays whole.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Generator, Iterable, Iterator

from textual import events
from textual._xterm_parser import BRACKETED_PASTE_END as END
from textual._xterm_parser import BRACKETED_PASTE_START as START
from textual._xterm_parser import XTermParser
from textual.message import Message

TOGETHER = 64
"""Signs that arrive in one piece and were not typed: nobody's keys, and no input method's phrase, are so many."""
GOES_ON_SECONDS = 0.03
"""Within this time what arrives still belongs to a paste without brackets."""
_RUN = re.compile(r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LINE_END = re.compile(r"[\r\n\t]")
_SEQUENCE = 32
"""Signs behind an escape sign that may belong to it."""


class Reader(XTermParser):
    """The library's reader of keys, with pastes taken out before it sees them."""

    now = staticmethod(time.monotonic)

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._pasted: list[str] | None = None
        self._kept = ""
        """The beginning of an end sign, which is not told from text yet."""
        self._tail = ""
        """The last signs that the library was given."""
        self._line_ends = ""
        self._pasted_at = -1.0

    def feed(self, data: str) -> Iterator[Message]:
        """What the terminal sent, as events."""
        if not data:
            yield from super().feed(data)
            return
        data, self._kept = self._kept + data, ""
        data = yield from self._begun(data)
        while data:
            if self._pasted is not None:
                data = yield from self._inside(data)
                continue
            before, start, data = data.partition(START)
            yield from self._outside(before)
            if start:
                yield from self._line_ends_as_keys()
                self._pasted = []

    def _begun(self, data: str) -> Generator[Message, None, str]:
        """The rest of a start sign whose beginning the library was given; returns what comes after it."""
        if self._pasted is not None or self._timeout_time is None:
            return data
        for size in range(len(START) - 1, 0, -1):
            if self._tail.endswith(START[:size]) and data.startswith(START[size:]):
                told = super().feed(START[size:] + END)  # it forgets its half of the sign and is told of no text
                yield from (one for one in told if not isinstance(one, events.Paste))
                self._pasted = []
                return data[len(START) - size :]
        return data

    def _inside(self, data: str) -> Generator[Message, None, str]:
        """A paste in brackets; returns what comes after it. An end sign that another one follows is part of the text."""
        assert self._pasted is not None
        at = data.find(END)
        while at >= 0 and (later := data.find(END, at + 1)) >= 0 and START not in data[at:later]:
            at = later
        if at < 0:
            size = next((n for n in range(len(END) - 1, 0, -1) if data.endswith(END[:n])), 0)
            data, self._kept = data[: len(data) - size], data[len(data) - size :]
            self._pasted.append(data)
            return ""
        self._pasted.append(data[:at])
        yield events.Paste("".join(self._pasted).replace("\0", ""))
        self._pasted, self._tail = None, ""
        return data[at + len(END) :]

    def _outside(self, data: str) -> Iterator[Message]:
        """Keys, and pastes without brackets between them."""
        first = self._timeout_time is None
        for part in re.split("(?=\x1b)", data):
            keys = "" if first and part[:1] != "\x1b" else part[: _SEQUENCE + 1]
            first = True
            if keys:
                yield from self._keys(keys)
            yield from self._unbracketed(part[len(keys) :])

    def _unbracketed(self, data: str) -> Iterator[Message]:
        at = 0
        for run in _RUN.finditer(data):
            goes_on = run.start() == 0 and self.now() - self._pasted_at < GOES_ON_SECONDS
            if len(run[0]) < TOGETHER and not goes_on and not committed(run[0]):
                continue
            yield from self._keys(data[at : run.start()])
            text = run[0].rstrip("\r\n")
            at = run.end()
            if not text:
                self._line_ends += run[0]
                continue
            ends, self._line_ends = self._line_ends, run[0][len(text) :]
            yield Burst(ends + text)
            self._pasted_at = self._pasted_at if committed(run[0]) and len(run[0]) < TOGETHER else self.now()
        yield from self._keys(data[at:])

    def _keys(self, data: str) -> Iterator[Message]:
        if data:
            yield from self._line_ends_as_keys()
            self._tail = (self._tail + data)[-len(START) :]
            yield from super().feed(data)

    def _line_ends_as_keys(self) -> Iterator[Message]:
        """Line ends that no further text followed: the Enter that was pressed behind it."""
        ends, self._line_ends = self._line_ends, ""
        if ends:
            yield from super().feed(ends)

    def tick(self) -> Iterable[Message]:
        """Told again and again: what was kept back for what might follow."""
        if self.now() - self._pasted_at >= GOES_ON_SECONDS:
            yield from self._line_ends_as_keys()
        yield from super().tick()


def committed(run: str) -> bool:
    """Whether signs that came in one piece are a phrase that an input method committed: no keyboard types them so.

    A digit in front of it, as in a date, is part of the phrase and no key.
    """
    return len(run) > 1 and _HAN.search(run) is not None and not _LINE_END.search(run)


class Burst(events.Event, bubble=False):
    """A paste that came without brackets, or what was typed while nothing was read."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


def install() -> None:
    """Let the drivers that are loaded read with `Reader`."""
    for name in ("linux_driver", "linux_inline_driver", "win32"):
        driver = sys.modules.get(f"textual.drivers.{name}")
        if driver is not None:
            driver.XTermParser = Reader  # type: ignore[attr-defined]
