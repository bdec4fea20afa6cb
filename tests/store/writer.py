"""Another terminal at the same file, run as a program: each word it says on its standard output is an
acknowledgement."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

from floorlead import clock
from floorlead.store import Refused, Store, backup, file, open_store

CLOCK = clock.stopped("2026-11-23T08:41")
TASK = "INSERT INTO tasks(text, owner, due, made_on) VALUES (?, ?, '2026-11-24', '2026-11-23')"
COUNTER = "UPDATE settings SET value = CAST(value AS INTEGER) + 1 WHERE key = 'count'"


def say(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def act(store: Store, mark: str, rows: int = 3) -> None:
    """One action over two tables: so many tasks of one mark, and the count of actions one up."""
    with store.write("Tasks of {mark}", by="王", mark=mark) as db:
        for n in range(rows):
            db.execute(TASK, (f"{mark} {n}", mark))
        if not db.execute(COUNTER).rowcount:
            db.execute("INSERT INTO settings(key, value) VALUES ('count', '1')")


def write(path: Path, name: str, count: str, pause: str = "0") -> None:
    """Write so many actions (0: until killed) and acknowledge each after it was saved."""
    store = open_store(path, CLOCK)
    say("open")
    n = 0
    while not int(count) or n < int(count):
        act(store, f"{name}-{n}")
        say(f"{name}-{n}")
        n += 1
        time.sleep(float(pause))
    store.close()


def forks(path: Path, name: str) -> None:
    """For each line read: a terminal that writes until killed, with actions of any size."""
    for n, _line in enumerate(sys.stdin):
        process = os.fork()
        if not process:
            dice = random.Random(f"{name}{n}")
            store = open_store(path, CLOCK)
            for k in range(10**6):
                act(store, f"{name}{n}-{k}", dice.choice((1, 3, 40)))
                say(f"{name}{n}-{k}")
        say("pid", process)
        os.waitpid(process, 0)
        say("dead")


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


def back_up(path: Path) -> None:
    """Back up without end, as if every moment were a new day."""
    store = open_store(path, CLOCK)
    say("open")
    while True:
        say(backup.back_up(store, "day"))


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
    commands = {f.__name__: f for f in (write, forks, half, freeze, make, back_up, limited)}
    commands[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:])
