"""The file copied with the file manager while the program is at work is a whole file, and not an old one."""

from __future__ import annotations

import contextlib
import os
import select
import shutil
from collections import Counter

import pytest

from floorlead.store import Refused, open_store, verify
from tests.store.conftest import enter, put, task

COPIES = 30


def drain(child, said: list[str]) -> None:
    """Wait for the next thing that the writer acknowledges, and take what it has acknowledged so far."""
    select.select([child.stdout], [], [])
    said.extend(os.read(child.stdout.fileno(), 1 << 16).decode().split())


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


def saves(path) -> tuple[bytes, bool]:
    """What a save changes: the file's own count of saves, and whether one is under way."""
    with path.open("rb") as file:
        return file.read(28)[24:], path.with_name(f"{path.name}-journal").exists()


def copies(path, tmp_path, at, terminal, *, pause: float, journal: bool) -> dict[bool, Counter[str]]:
    """Copy the file thirty times while a terminal writes, the journal too when `journal`; what the copies are, by
    whether a save fell into the making of one."""
    child = terminal("write", path, "c", 0, pause)
    said: list[str] = []
    while "open" not in said:
        drain(child, said)
    made = []
    for n in range(COPIES):
        drain(child, said)
        copy = tmp_path / f"c{n}.db"
        acknowledged, before = [mark for mark in said if mark != "open"], saves(path)
        shutil.copyfile(path, copy)
        if journal:
            with contextlib.suppress(FileNotFoundError):
                shutil.copyfile(f"{path}-journal", f"{copy}-journal")
        made.append((before != saves(path) or before[1], copy, acknowledged))
    child.kill()
    found: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for saved, copy, acknowledged in made:
        found[saved][judged(copy, at, acknowledged)] += 1
    return found


@pytest.mark.slow
@pytest.mark.parametrize("journal", [False, True], ids=["the file alone", "with its journal"])
def test_a_copy_beside_a_busy_terminal_is_whole(path, store, tmp_path, at, terminal, journal):
    """Thirty copies beside a terminal that saves thirty times a second: none behind, none torn.

    A copy can only be torn inside the instant of a save, and then it says so when it is opened.
    """
    found = copies(path, tmp_path, at, terminal, pause=0.03, journal=journal)
    assert found[True]["behind"] == 0
    assert found[False] == {"whole": found[False].total()}
    assert found[False]["whole"] > 0


@pytest.mark.slow
def test_a_copy_beside_a_machine_is_never_quietly_wrong(path, store, tmp_path, at, terminal):
    """No pause between saves, as no hand ever types: a torn copy is refused or found by verify, none is
    behind."""
    found = copies(path, tmp_path, at, terminal, pause=0, journal=False)
    assert found[True]["behind"] + found[False]["behind"] + found[False]["malformed"] == 0
    assert found[True].total() + found[False].total() == COPIES


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
