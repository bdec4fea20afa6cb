"""A whole file takes its place at once: built or copied under a name of its own first, so that a failure leaves nothing."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path

from floorlead import shelf
from floorlead.store import aftermath, file
from floorlead.store.errors import SQLITE, Refused
from floorlead.words import _


@contextlib.contextmanager
def made_whole(path: Path) -> Iterator[Path]:
    """The path to build a file at that takes the place of `path` when all is done. Raises OSError; nothing is left then."""
    if path.is_symlink():  # all links are followed by now: this one leads to itself
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    shelf.private_folder(path.parent)
    temp = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    forget(temp)
    try:
        with aftermath.apart():
            yield temp
        sync(temp)
        put_in_place(temp, path)
    finally:
        forget(temp)
    aftermath.did(lambda: str(path))


def sync(path: Path) -> None:
    """What was written to a file reaches the disk. Raises OSError."""
    with path.open("rb+") as made:
        os.fsync(made.fileno())


def put_in_place(temp: Path, path: Path) -> None:
    """A file takes another one's place; that one's unfinished write must never meet it. Raises OSError; all is then as it was."""
    journal = path.with_name(path.name + "-journal")
    aside = path.with_name(f".{journal.name}.{os.getpid()}.tmp")
    hot = journal.exists()
    if hot:
        journal.replace(aside)
    try:
        temp.replace(path)
    except OSError:
        if hot:
            aside.replace(journal)
        raise
    with contextlib.suppress(OSError):
        aside.unlink(missing_ok=True)
    with aftermath.step(_("It is saved, but the disk did not confirm it: {reason}")):
        shelf.sync_folder(path.parent)


def forget(*paths: Path) -> None:
    """Remove files and what SQLite left beside them; one that cannot be removed is swept later."""
    for path in paths:
        for part in (path, path.with_name(path.name + "-journal")):
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)


def forget_untouched(path: Path) -> None:
    """Remove a file that was made for an entry that then was refused, as long as nobody entered anything."""
    try:
        if file.looked_at(path):
            with contextlib.closing(file.connect_reading(path)) as db:
                if db.execute("SELECT 1 FROM actions LIMIT 1").fetchone():
                    return
    except (Refused, *SQLITE):
        return
    forget(path)
