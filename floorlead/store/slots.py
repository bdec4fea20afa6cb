"""Several terminals on one file: each has a place of its own, with what is half typed there, and finds it again.

A place is held by a lock of the operating system, so a program that was killed holds none. Who comes back takes the
place that this terminal left today, else the first free one: one leader alone always finds what she left, whatever
window she opens.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import sys
from pathlib import Path
from typing import IO, Any

from floorlead import shelf
from floorlead.store import Store

MOST = 9
"""Terminals with a place of their own; further ones share the last."""
PLACE = "place"
"""The draft under which the first terminal's place is kept."""
OWN = ("WT_SESSION", "TMUX_PANE", "STY", "TERM_SESSION_ID", "SSH_TTY")
"""What tells one terminal from another where it is set."""


def key(number: int) -> str:
    """The draft that holds the place of a terminal."""
    return PLACE if number == 1 else f"{PLACE}-{number}"


def terminal() -> str:
    """What this terminal is called, the same for a program started in it again; nothing where it has no name."""
    names = [os.environ[name] for name in OWN if os.environ.get(name)]
    if not names:
        with contextlib.suppress(OSError, AttributeError, ValueError):
            names = [os.ttyname(sys.__stdin__.fileno())]  # type: ignore[union-attr]
    return " ".join([socket.gethostname(), *names]) if names else ""


class Slot:
    """The place of this terminal, held while the program runs."""

    def __init__(self, number: int, held: IO[str] | None = None) -> None:
        self.number = number
        self.key = key(number)
        self._held = held

    def let_go(self) -> None:
        """Another terminal may have it."""
        if self._held is not None:
            self._held.close()
            self._held = None


def claim(store: Store, name: str = "") -> Slot:
    """A place of its own for a terminal of that name. Where no lock can be written, the first one, held by nobody."""
    if store.reading:
        return Slot(1)
    folder = shelf.own(store.path) / "terminals"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Slot(1)
    for number in _order(store, name):
        with contextlib.suppress(OSError):
            return Slot(number, _lock(folder / f"{number}.lock"))
    return Slot(MOST)


def places(store: Store) -> dict[int, dict[str, Any]]:
    """What every terminal left, by its number."""
    found = {}
    for number in range(1, MOST + 1):
        with contextlib.suppress(ValueError):
            place = json.loads(store.draft(key(number)) or "null")
            if isinstance(place, dict):
                found[number] = place
    return found


def _order(store: Store, name: str) -> list[int]:
    """This terminal's own place of today first, then the others in their order."""
    today = store.today().isoformat()
    mine = [n for n, one in places(store).items() if name and (one.get("terminal"), one.get("day")) == (name, today)]
    return list(dict.fromkeys([*mine, *range(1, MOST + 1)]))


def _lock(path: Path) -> IO[str]:
    """The file, open and locked until it is closed. Raises OSError where another program holds it."""
    held = path.open("a+")
    try:
        if sys.platform == "win32":
            import msvcrt

            held.seek(0)
            msvcrt.locking(held.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        held.close()
        raise
    return held
