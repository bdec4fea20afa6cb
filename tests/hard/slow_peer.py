"""A terminal beside a program whose every commit takes long, or that holds the file: each key it is given is carried out.

The peer runs under `strace`, which delays its fsync and fdatasync; where that is refused it holds the file itself.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from floorlead import clock
from floorlead.store import typed, verify
from tests import kept
from tests.app.conftest import MORNING
from tests.app.terminal import Terminal
from tests.hard import campaign

BAD = ("ended", "lost", "unclean", "left behind")
KEYS = 500
DELAY = 1_000_000
"""Microseconds that a sync of the peer takes."""
LONG = 240.0
"""Seconds that the last key may wait: the peer is between two commits for a moment only."""
PEER = """
import sys, time
from pathlib import Path
from floorlead.clock import Clock
from floorlead.store import open_store
store = open_store(Path(sys.argv[1]), Clock(), check="none")
store.patience(600)
print("peer", flush=True)
for number in range(10**6):
    with store.write("peer") as db:
        db.execute("INSERT INTO tasks(text, owner, due, made_on) VALUES (?, '', '2026-11-24', '2026-11-24')", (str(number),))
        time.sleep(float(sys.argv[2]))
    time.sleep(0.3)
"""


@contextlib.contextmanager
def peer(path: Path) -> Iterator[None]:
    """A program that commits all the time, each commit of seconds."""
    traced = ["strace", "-f", "-qq", "-o", os.devnull, "-e", "trace=fsync,fdatasync"]
    traced += ["-e", f"inject=fsync,fdatasync:delay_exit={DELAY}"]
    may = shutil.which("strace") and not subprocess.run([*traced, "true"], capture_output=True).returncode
    asked = [*(traced if may else ()), sys.executable, "-c", PEER, str(path), "0" if may else "1"]
    child = subprocess.Popen(asked, stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == "peer\n"
        yield
    finally:
        os.killpg(child.pid, 9)
        child.wait()


def counted(path: Path) -> int:
    """How many incidents the log holds."""
    with contextlib.closing(sqlite3.connect(path, timeout=60)) as db:
        return int(db.execute("SELECT count(*) FROM entries").fetchone()[0])


def attempt(dice: random.Random, folder: Path) -> str:
    """A terminal gets its keys: incidents are entered, the cursor moves between them; each incident must be there."""
    path = kept.demo(folder / "showroom.db", clock.stopped(MORNING), "standard")
    before, entered, left = counted(path), 0, KEYS
    terminal = Terminal(path, "en")
    try:
        terminal.keys("<f8>")
        terminal.settle()
        with peer(path):
            while left > 0:
                if dice.random() < 0.1:
                    entered += 1
                    word = f"noise {entered}"
                    terminal.write(b"\x1b[2~")
                    terminal.pump(0.02)
                    terminal.write(b"1" + word.encode())
                    terminal.pump(0.02)
                    terminal.write(b"\x13")
                    left -= 3 + len(word)
                else:
                    terminal.write(dice.choice((b"\x1b[A", b"\x1b[B")))
                    left -= 1
                terminal.pump(0.03)
                if not terminal.alive:
                    return f"ended: {terminal.code}"
            with contextlib.suppress(AssertionError):
                terminal.until(lambda: counted(path) >= before + entered, "all entered", LONG)
        found = counted(path) - before
        if found != entered:
            return f"lost: {entered - found} of {entered}\n{terminal.text()}"[:400]
        terminal.until(lambda: not typed.files(path), "nothing beside")
        if not verify.verify(path).ok:
            return "unclean"
        return "all there"
    finally:
        terminal.close()


if __name__ == "__main__":
    campaign.main(attempt, BAD, count=3)
