"""Another terminal at the same file, run as a program: each word it says on its standard output is an
acknowledgement."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

from floorlead.store import Refused, file, open_store
from tests.store.lives import CLOCK, TASK, act


def say(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def write(path: Path, name: str, count: str, pause: str = "0", patience: str = "5") -> None:
    """Write so many actions (0: until killed) and acknowledge each after it was saved; `patience` in seconds."""
    store = open_store(path, CLOCK)
    store.patience(float(patience))
    say("open")
    n = 0
    while not int(count) or n < int(count):
        act(store, f"{name}-{n}")
        say(f"{name}-{n}")
        n += 1
        time.sleep(float(pause))
    store.close()


def half(path: Path) -> None:
    """Be killed in the middle of a save: an action too big for memory's cache, some of it already in the
    file."""
    store = open_store(path, CLOCK)
    store.connection.execute("PRAGMA cache_size = 2")
    with store.write("Half") as db:
        db.executemany(TASK, ((f"half {n}" * 20, "half") for n in range(2000)))
        say("half")
        os.kill(os.getpid(), signal.SIGKILL)


def freeze(path: Path) -> None:
    """Stop dead in the middle of an action, the lock in hand."""
    store = open_store(path, CLOCK)
    with store.write("Frozen") as db:
        db.execute(TASK, ("frozen", "frozen"))
        say("holds")
        os.kill(os.getpid(), signal.SIGSTOP)


def make(path: Path) -> None:
    """Make the file, at the same moment as others: everybody waits for the line."""
    say("ready")
    sys.stdin.readline()
    try:
        store = open_store(path, CLOCK)
        act(store, str(os.getpid()))
        say("made")
    except Refused as refusal:
        say("refused", refusal)


def limited(path: Path, size: str, most: str = "100000") -> None:
    """Write until the disk takes no more (no file may grow past `size`), and tell what was said then."""
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        store = open_store(path, CLOCK)
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(size), before[1]))
        try:
            for n in range(int(most)):
                act(store, f"full-{n}", 40)
                say(f"full-{n}")
        except Refused as refusal:
            say("refused", type(refusal).__name__, refusal)
        say("read", store.one("SELECT count(DISTINCT owner) FROM tasks"))
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        act(store, "room", 40)
        say("room")
    except Refused as refusal:
        say("refused", type(refusal).__name__, refusal)


if __name__ == "__main__":
    file.PRAGMAS["synchronous"] = int(os.environ.get("SYNCHRONOUS", file.PRAGMAS["synchronous"]))
    commands = {f.__name__: f for f in (write, half, freeze, make, limited)}
    commands[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:])
