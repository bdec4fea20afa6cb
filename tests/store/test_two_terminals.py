"""Two screens at one file: nobody's work is lost or overwritten, and who waits is told."""

from __future__ import annotations

import os
import signal
import time

import pytest

from floorlead.store import Busy, verify
from tests.store.conftest import enter, task

WRITES = 60
PATIENCE = 300
"""Seconds: nobody queues for a file, so that on a crowded machine one may wait long for its turn."""


@pytest.mark.slow
@pytest.mark.parametrize("terminals", [2, 4])
def test_everybody_writes_as_fast_as_possible(path, store, terminal, terminals):
    """Every acknowledged entry is there whole, no error, and the chain holds."""
    children = [terminal("write", path, name, WRITES, 0, PATIENCE) for name in "abcd"[:terminals]]
    acknowledged = [set(child.communicate()[0].split()) - {"open"} for child in children]
    assert [child.returncode for child in children] == [0] * terminals
    assert [len(said) for said in acknowledged] == [WRITES] * terminals
    there = store.rows("SELECT owner, count(*) FROM tasks GROUP BY owner")
    assert dict(there) == {mark: 3 for said in acknowledged for mark in said}
    assert store.one("SELECT value FROM settings WHERE key = 'count'") == str(WRITES * terminals)
    verdict = verify.verify(path)
    assert (verdict.findings, verdict.actions) == ([], WRITES * terminals)


@pytest.mark.skipif(os.name != "posix", reason="a process is frozen by a POSIX signal")
def test_a_frozen_terminal_is_waited_for_and_told(path, store, terminal):
    """One program hangs in the middle of an entry: the other reads on, waits as long as set, and is told."""
    enter(store, "tasks", **task())
    child = terminal("freeze", path)
    assert child.stdout.readline() == "holds\n"
    os.waitid(os.P_PID, child.pid, os.WSTOPPED | os.WNOWAIT)
    store.patience(0.3)
    began = time.monotonic()
    with pytest.raises(Busy) as told:
        enter(store, "tasks", **task(text="同时"))
    waited = time.monotonic() - began
    assert told.value.code == "E21"
    assert waited >= 0.25
    store.patience(0)  # whoever has to wait is refused
    assert store.one("SELECT count(*) FROM tasks") == 1
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    store.patience(5)
    enter(store, "tasks", **task(text="同时"))
    assert verify.verify(path).ok


def test_a_long_look_does_not_lose_a_write(store, opened):
    """Somebody reads without end: the write is refused as busy, nothing half of it stays, then it goes
    through."""
    reader = opened().connection
    enter(store, "tasks", **task())
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM tasks").fetchone()
    store.patience(0.05)
    with pytest.raises(Busy):
        enter(store, "tasks", **task(text="等"))
    reader.execute("ROLLBACK")
    enter(store, "tasks", **task(text="等"))
    assert store.rows("SELECT seq FROM actions") == [(1,), (2,)]
