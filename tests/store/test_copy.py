"""The file copied with the file manager while the program is at work is a whole file, and not an old one."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections import Counter

import pytest

from floorlead.store import Refused, open_store, verify

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


def copies(path, tmp_path, at, terminal, *, pause: float, journal: bool) -> Counter[str]:
    """Copy the file a hundred times while a terminal writes, the journal too when `journal`."""
    child = terminal("write", path, "c", 0, pause)
    os.set_blocking(child.stdout.fileno(), False)
    said: list[str] = []
    while "open" not in said:
        drain(child, said, 0.01)
    made = []
    for n in range(COPIES):
        drain(child, said, 0.003 + n % 7 / 1000)
        copy = tmp_path / f"copy{n}.db"
        made.append((copy, [mark for mark in said if mark != "open"]))
        shutil.copyfile(path, copy)
        if journal:
            with contextlib.suppress(FileNotFoundError):
                shutil.copyfile(f"{path}-journal", f"{copy}-journal")
    child.kill()
    return Counter(judged(copy, at, before) for copy, before in made)


@pytest.mark.parametrize("journal", [False, True], ids=["the file alone", "with its journal"])
def test_a_copy_is_whole_and_not_behind(path, store, tmp_path, at, terminal, journal):
    """A hundred copies beside a terminal that saves a hundred times a second: each opens and holds all."""
    found = copies(path, tmp_path, at, terminal, pause=0.01, journal=journal)
    assert found == {"whole": COPIES}
