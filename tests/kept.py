"""Showrooms that many tests begin with: each is made once a test run, whichever worker comes first, and copied.

What a test opens here is not synced to the disk: power cuts are the business of tests/store.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from floorlead import words
from floorlead.clock import Clock
from floorlead.setup.demo import make_demo
from floorlead.store import Store, open_store

_shelf: list[Path] = []
FILE = "showroom.db"


def begin(factory: pytest.TempPathFactory) -> None:
    """Keep what is made beside this run's temporary folders, where its other workers look too."""
    base = factory.getbasetemp()
    begin_at(base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base)


def begin_at(folder: Path) -> None:
    """Keep what is made in this folder."""
    _shelf[:] = [folder / "kept"]
    _shelf[0].mkdir(exist_ok=True)


def once(name: str, make: Callable[[Path], None]) -> Path:
    """The file that `make` makes at the path given to it, made by the first who asks in this run; never write to it."""
    if not _shelf:  # a campaign: what it makes goes with it
        _shelf.append(Path(tempfile.mkdtemp(prefix="floorlead-kept-")))
        atexit.register(shutil.rmtree, _shelf[0], ignore_errors=True)
    folder = _shelf[0] / re.sub(r"[^\w-]", "", f"{name}-{words.language()}")
    if not folder.exists():
        own = Path(tempfile.mkdtemp(dir=_shelf[0], prefix="."))
        make(own / FILE)
        with contextlib.suppress(OSError):  # another worker was as quick
            own.rename(folder)
        shutil.rmtree(own, ignore_errors=True)
    return folder / FILE


def copy(kept: Path, path: Path) -> None:
    """Copy a kept file and its folder to `path`."""
    shutil.copyfile(kept, path)
    path.chmod(0o600)
    if kept.with_suffix("").is_dir():
        shutil.copytree(kept.with_suffix(""), path.with_suffix(""))


def demo(path: Path, clock: Clock, showroom: str = "demo", days: int | None = None) -> Path:
    """An invented showroom at `path`, as `make_demo` makes it at that time."""
    copy(once(f"{showroom}-{days}-{clock.stamp()}", lambda to: make_demo(to, clock, showroom, days)), path)
    return path


def store(path: Path, clock: Clock, name: str = "empty", fill: Callable[[Store], None] | None = None) -> Store:
    """An open store at `path`: empty, or as `fill` fills it at that time, kept under `name`."""
    lay(path, clock, name, fill)
    return opened(path, clock)


def lay(path: Path, clock: Clock, name: str = "empty", fill: Callable[[Store], None] | None = None) -> None:
    """The file of such a store, not opened."""

    def make(to: Path) -> None:
        with contextlib.closing(open_store(to, clock, check="none")) as made:
            made.connection.execute("PRAGMA synchronous = OFF")
            if fill:
                fill(made)

    copy(once(f"{name}-{clock.stamp()}" if fill else name, make), path)


def opened(path: Path, clock: Clock) -> Store:
    """Open a file that a test may lose."""
    found = open_store(path, clock, check="none")
    found.connection.execute("PRAGMA synchronous = OFF")
    return found
