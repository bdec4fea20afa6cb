"""A program is killed while it makes a file or brings an older one up: it is the old file or the new one."""

from __future__ import annotations

import contextlib
import random
from pathlib import Path

import pytest

from floorlead.store import open_store
from tests.hard.campaign import main
from tests.store.conftest import fill, picture
from tests.store.lives import CLOCK
from tests.store.test_migrations import dies_at, m900_rebuilt, telling, verify_old_or_new


def attempt(dice: random.Random, folder: Path) -> str:
    """Killed before one of its statements."""
    path, older, whole = folder / "showroom.db", dice.random() < 0.7, {}
    with pytest.MonkeyPatch.context() as patch:
        if older:
            with contextlib.closing(open_store(path, CLOCK)) as store:
                fill(store)
                whole = picture(store)
            telling(patch)(m900_rebuilt)
        data = path.read_bytes() if older else b""
        statements = dies_at(path, data, CLOCK, 10**9)
        if dies_at(path, data, CLOCK, dice.randint(1, statements)) != -9:
            return "lived"
        verify_old_or_new(path, data, CLOCK, whole)
    return "an older file, killed" if older else "a new file, killed"


if __name__ == "__main__":
    main(attempt, ("lived",), count=100)
