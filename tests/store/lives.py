"""A program's life that ends at a step: kill -9 at its n-th call or in the middle of a statement, never after so many seconds.

Steps are what the process calls outside Python and every few hundred instructions inside SQLite, so that the same
life has the same steps on a fast machine, a slow and a busy one.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from floorlead import clock
from floorlead.store import Store, backup, open_store, verify

CLOCK = clock.stopped("2026-11-23T08:41")
INSTRUCTIONS = 300
"""SQLite's instructions to a step."""
NEVER = 10**9
ACTIONS = 12
TASK = "INSERT INTO tasks(text, owner, due, made_on) VALUES (?, ?, '2026-11-24', '2026-11-23')"
COUNTER = "UPDATE settings SET value = CAST(value AS INTEGER) + 1 WHERE key = 'count'"

Say = Callable[[str], None]
"""What a life acknowledges."""


@dataclass(frozen=True)
class Life:
    """What a life said before its end, and its steps when it came to its own end (else 0)."""

    said: tuple[str, ...]
    steps: int


def life(act: Callable[[Say], None], dies_at: int = NEVER) -> Life:
    """Live `act` in a process of its own that is killed at its step `dies_at`; raises AssertionError when it fails."""
    reading, writing = os.pipe()
    process = os.fork()
    if not process:
        os.close(reading)
        _live(act, dies_at, writing)
    os.close(writing)
    with open(reading, encoding="utf-8") as pipe:  # noqa: PTH123
        said = pipe.read().splitlines()
    code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    assert code in (0, -signal.SIGKILL), said
    return Life(tuple(said[:-1]), int(said[-1])) if code == 0 else Life(tuple(said), 0)


def _live(act: Callable[[Say], None], dies_at: int, pipe: int) -> None:
    steps, code = 0, 1

    def step(*_call: object) -> int:
        nonlocal steps
        steps += 1
        if steps == dies_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0

    real = sqlite3.connect

    def connect(*arguments: object, **options: object) -> sqlite3.Connection:
        db = real(*arguments, **options)  # type: ignore[call-overload]
        db.set_progress_handler(step, INSTRUCTIONS)
        return db

    try:
        sqlite3.connect = connect
        sys.setprofile(lambda _frame, event, _argument: step() if event == "c_call" else None)
        act(lambda word: (os.write(pipe, f"{word}\n".encode()), None)[1])
        sys.setprofile(None)
        os.write(pipe, f"{steps}\n".encode())
        code = 0
    except BaseException as error:
        sys.setprofile(None)
        os.write(pipe, f"{type(error).__name__}: {error}\n".encode())
    finally:
        os._exit(code)


def spread(steps: int, count: int) -> Iterator[int]:
    """So many moments of a life, from its first step to its last."""
    yield from (1 + nth * (steps - 1) // (count - 1) for nth in range(count))


def act(store: Store, mark: str, rows: int = 3) -> None:
    """One action over two tables: so many tasks of one mark, and the count of actions one up."""
    with store.write("Tasks of {mark}", by="王", mark=mark) as db:
        for n in range(rows):
            db.execute(TASK, (f"{mark} {n}", mark))
        if not db.execute(COUNTER).rowcount:
            db.execute("INSERT INTO settings(key, value) VALUES ('count', '1')")


def entries(path: Path, name: str) -> Callable[[Say], None]:
    """A terminal that makes entries of any size, in a memory so small that some of each is in the file before its end."""

    def live(say: Say) -> None:
        dice = random.Random(1)
        with contextlib.closing(open_store(path, CLOCK)) as store:
            store.connection.execute("PRAGMA cache_size = 2")
            for n in range(ACTIONS):
                act(store, f"{name}-{n}", dice.choice((1, 3, 40)))
                say(f"{name}-{n}")

    return live


def backing_up(path: Path) -> Callable[[Say], None]:
    """A terminal that makes the day's backup."""

    def live(say: Say) -> None:
        say(str(backup.copy(path, CLOCK, "day")))

    return live


def half_or_lost(path: Path, acknowledged: set[str]) -> str:
    """What is wrong with a file of such entries: one half there, an acknowledged one not, a count, a finding; or nothing."""
    with contextlib.closing(open_store(path, CLOCK)) as store:
        there = dict(store.rows("SELECT owner, count(*) FROM tasks GROUP BY owner"))
        if not acknowledged <= set(there):
            return "lost"
        counted = store.one("SELECT value FROM settings WHERE key = 'count'")
        if set(there.values()) - {1, 3, 40} or int(counted or 0) != len(there):
            return "half"
        if store.one("SELECT count(*) FROM actions") != len(there):
            return "half"
    return "" if verify.verify(path).ok else "not clean"
