"""The whole file checked beside the work; the first write waits for the verdict."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from pathlib import Path

from floorlead.store import file
from floorlead.store.errors import SQLITE, Busy, Damaged, Refused, told

LOOK_SECONDS = 0.05


class Checking:
    """A store's check behind."""

    path: Path
    _checked: threading.Event | None = None
    _check_waits = False
    """Whether the check waits for a program that holds the file."""
    _damage: Damaged | None = None

    def check_behind(self) -> None:
        """Check the whole file in a thread of its own; the first write waits for the verdict."""
        self._checked = threading.Event()
        threading.Thread(target=self._check, name="floorlead-check", daemon=True).start()

    def _check(self) -> None:
        assert self._checked is not None
        found: Refused | None = Busy("", "")
        while isinstance(found, Busy):
            found = self._complaint()
            self._check_waits = isinstance(found, Busy)
        self._damage = found if isinstance(found, Damaged) else None
        self._checked.set()

    def _complaint(self) -> Refused | None:
        try:
            with contextlib.closing(file.connect_reading(self.path)) as db:
                file.check_integrity(db)
        except SQLITE as error:
            return told(error)
        except Refused as refused:
            return refused
        return None

    def _wait_for_check(self) -> None:
        """The file's own check comes before a write; where that waits for another program the write does too."""
        while not self.wait_checked(LOOK_SECONDS):
            if self._check_waits:
                raise told(sqlite3.OperationalError("locked"))

    def wait_checked(self, seconds: float | None = None) -> bool:
        """Wait for the check behind; raises Damaged when it found damage, returns whether it is done."""
        if self._checked is not None and not self._checked.wait(seconds):
            return False
        if self._damage is not None:
            raise self._damage
        return True
