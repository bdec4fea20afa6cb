"""A killed program loses nothing that it had acknowledged, and leaves nothing half."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import time

import pytest

from floorlead.store import open_store, verify

KILLS = 100
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and kill")


def test_killed_at_any_moment(path, store, at, terminal):
    """A hundred kill -9: 0 acknowledged lost, 0 half, the file verifies; what was saved but unsaid is
    allowed."""
    store.close()
    dice = random.Random(20261123)
    child = terminal("forks", path, "k")
    acknowledged: set[str] = set()
    hot = 0
    for n in range(KILLS):
        hot += one_life(child, acknowledged, dice.uniform(0.001, 0.08), path)
        if n % 10 == 9:
            check(path, at, acknowledged)
    assert len(acknowledged) > KILLS
    assert hot > 0


def one_life(child, acknowledged: set[str], seconds: float, path) -> bool:
    """Start a writer, kill it, note what it had acknowledged; returns whether it left a journal behind."""
    child.stdin.write("go\n")
    child.stdin.flush()
    pid = int(child.stdout.readline().split()[1])
    time.sleep(seconds)
    os.kill(pid, signal.SIGKILL)
    for line in iter(child.stdout.readline, "dead\n"):
        acknowledged.add(line.strip())
    return path.with_name("showroom.db-journal").exists()


def check(path, at, acknowledged: set[str]) -> None:
    """Each action is there with all of its rows, each acknowledged one is there, and the count agrees."""
    with contextlib.closing(open_store(path, at)) as store:
        there = dict(store.rows("SELECT owner, count(*) FROM tasks GROUP BY owner"))
        assert acknowledged <= set(there)
        assert set(there.values()) <= {1, 3, 40}
        assert store.one("SELECT value FROM settings WHERE key = 'count'") == str(len(there))
        assert store.one("SELECT count(*) FROM actions") == len(there)
    assert verify.verify(path).findings == []
