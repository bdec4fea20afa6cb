"""The plug is pulled in the middle of the standard day, a moment after a key; reopening goes on where it stood."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from tests.app.day import REMARKS, REMARKS_TEXT, sittings
from tests.app.terminal import SEQUENCES, Terminal

KEPT_SECONDS = 0.25
"""How long after a key everything typed is in the file."""


def day_with_pulls(
    showroom: Path, sit: Callable[[str], AbstractContextManager[Terminal]], pulls: Iterator[bool]
) -> int:
    """The whole day; after each key `pulls` says whether the plug is pulled. Returns how often it was."""
    pulled = 0

    def after(terminal: Terminal) -> None:
        nonlocal pulled
        if next(pulls):
            pulled += 1
            _pull(terminal)

    for now, script, holds in sittings("F"):
        with sit(now) as terminal:
            terminal.press(SEQUENCES["f2"])
            terminal.keys(_in_parts(script), between=lambda _token, at=terminal: after(at))
            terminal.settle(0.6)  # the place is kept a moment after the last key
        if holds:
            holds(showroom)
    return pulled


def _pull(terminal: Terminal) -> None:
    seen = terminal.text()
    terminal.settle(KEPT_SECONDS)
    terminal.kill()
    terminal.reopen()
    terminal.until(lambda: _same_place(terminal.text(), seen), f"the screen that was left:\n{seen}\nnow")


def _in_parts(script: str) -> str:
    """The plug is pulled between the remark's sentences rather than between its words, and within a number."""
    script = script.replace(REMARKS, f"Z:{REMARKS_TEXT[:15]} Z:{REMARKS_TEXT[15:]}")
    return re.sub(r"T:(138\d{3})(\d{5})", r"T:\1 T:\2", script)


def _same_place(now: str, before: str) -> bool:
    """The same picture but for the line of the last action and what is still on its way to a printer."""
    keep = [n for n in range(24) if n != 22]
    return [now.splitlines()[n] for n in keep] == [before.splitlines()[n] for n in keep]
