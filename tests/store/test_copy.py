"""The file copied with the file manager while the program is at work is a whole file, and not an old one."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections import Counter

import pytest

from floorlead.store import Refused, open_store, verify
from tests.store.conftest import enter, put, task

COPIES = 100


def drain(child, said: list[str], seconds: float = 0.0) -> None:
    """Take what the writer has acknowledged so far."""
    until = time.monotonic() + seconds
    while True:
        with contextlib.suppress(BlockingIOError):
            said.extend(os.read(child.stdout.fileno(), 1 << 16).decode().split())
        if time.monotonic() >= until:
            return
        time.sleep(0.001)


def judged(copy, at, acknowledged: list[str]) -> str:
    """What a copied file is: whole, behind what was acknowledged before it was made, or malformed."""
    try:
        with contextlib.closing(open_store(copy, at, create=False)) as store:
            there = dict(store.rows("SELECT owner, count(*) FROM tasks GROUP BY owner"))
    except Refused:
        return "malformed"
    if not set(acknowledged) <= set(there):
        return "behind"
    return "whole" if set(there.values()) <= {3} and verify.verify(copy).ok else "malformed"


def copies(path, tmp_path, at, terminal, *, pause: float, journal: bool, name: str = "c") -> Counter[str]:
    """Copy the file a hundred times while a terminal writes, the journal too when `journal`."""
    child = terminal("write", path, name, 0, pause)
    os.set_blocking(child.stdout.fileno(), False)
    said: list[str] = []
    while "open" not in said:
        drain(child, said, 0.01)
    made = []
    for n in range(COPIES):
        drain(child, said, 0.003 + n % 7 / 1000)
        copy = tmp_path / f"{name}{n}.db"
        made.append((copy, [mark for mark in said if mark != "open"]))
        shutil.copyfile(path, copy)
        if journal:
            with contextlib.suppress(FileNotFoundError):
                shutil.copyfile(f"{path}-journal", f"{copy}-journal")
    child.kill()
    return Counter(judged(copy, at, before) for copy, before in made)


@pytest.mark.parametrize("journal", [False, True], ids=["the file alone", "with its journal"])
def test_a_copy_beside_a_busy_terminal_is_whole(path, store, tmp_path, at, terminal, journal):
    """A hundred copies beside a terminal that saves thirty times a second: none behind, none torn.

    A copy can only be torn inside the instant of a save; the machine's own load may hit it a few times in a
    hundred, and then the copy says so when it is opened. A round that a heavy load spoilt is run once more.
    """
    found = copies(path, tmp_path, at, terminal, pause=0.03, journal=journal)
    assert found["behind"] == 0
    if found["whole"] < COPIES - 4:
        found = copies(path, tmp_path, at, terminal, pause=0.03, journal=journal, name="d")
    assert found["behind"] == 0
    assert found["whole"] >= COPIES - 4


def test_a_copy_beside_a_machine_is_never_quietly_wrong(path, store, tmp_path, at, terminal):
    """No pause between saves, as no hand ever types: a torn copy is refused or found by verify, none is
    behind."""
    found = copies(path, tmp_path, at, terminal, pause=0, journal=False)
    assert found["behind"] == 0
    assert found["whole"] >= COPIES // 4


def test_a_copy_in_the_middle_of_an_entry_is_the_file_before_it(path, store, tmp_path, at):
    """An action is open and not yet saved: the copy, with or without the journal, holds all that was
    saved."""
    enter(store, "tasks", **task(owner="before"))
    alone, both = tmp_path / "alone.db", tmp_path / "both.db"
    with store.write("Open") as db:
        put(db, "tasks", **task(owner="open"))
        for copy in (alone, both):
            shutil.copyfile(path, copy)
        shutil.copyfile(f"{path}-journal", f"{both}-journal")
    for copy in (alone, both):
        with contextlib.closing(open_store(copy, at)) as found:
            assert found.rows("SELECT owner FROM tasks") == [("before",)]
        assert verify.verify(copy).ok


def test_a_copy_of_a_half_saved_file_is_whole_with_its_journal_and_refused_without(path, store, tmp_path, at, terminal):
    """Killed in the middle of a big save: file and journal together are the file before; the file alone says
    so."""
    enter(store, "tasks", **task(owner="before"))
    store.close()
    assert terminal("half", path).wait() == -9
    alone, both = tmp_path / "alone.db", tmp_path / "both.db"
    for copy in (alone, both):
        shutil.copyfile(path, copy)
    shutil.copyfile(f"{path}-journal", f"{both}-journal")
    with contextlib.closing(open_store(both, at)) as found:
        assert found.rows("SELECT owner FROM tasks") == [("before",)]
    assert verify.verify(both).ok
    with pytest.raises(Refused):
        open_store(alone, at)
    assert not verify.verify(alone).ok
