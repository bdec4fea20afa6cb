"""Erasing from everything that lies beside the file: backups are written anew and verified, other files are looked at.

A backup that cannot be written anew gives way to a new one; nothing that still holds a number passes unsaid.
"""

from __future__ import annotations

import contextlib
import gzip
import os
import sqlite3
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from floorlead import shelf
from floorlead.clock import Clock
from floorlead.record import record
from floorlead.store import Store, aftermath, backup, erase, file, making, open_store, papertext, sweeping
from floorlead.store.errors import SQLITE, Busy, CannotWrite, Refused, told
from floorlead.store.verify import verify
from floorlead.words import _

LARGEST = 512 * 2**20
"""Bytes of a file that is still looked through whole."""


@record
class Cleaned:
    """How many backups were written anew, and how many had to give way to a new one."""

    rewritten: int
    replaced: int


def rewrite_backups(
    path: Path, clock: Clock, by: str, clean: Callable[[Store], None], *, drop: bool = False
) -> Cleaned:
    """Carry `clean` out on every backup of a store; a thread may do it. One that the disk does not take is a warning.

    One that can never be written anew gives way with `drop`, else it is left for later.
    """
    rewritten = replaced = 0
    sweeping.sweep(path, journals=True)
    for old in copies(path):
        with aftermath.step(_("{path} was not written anew: {reason}").replace("{path}", str(old))):
            if (done := _rewritten(old, clock, by, clean)) is None:
                if drop:
                    old.unlink(missing_ok=True)
                replaced += drop
            else:
                rewritten += done
    return Cleaned(rewritten, replaced)


def copies(path: Path) -> list[Path]:
    """Every whole copy of a store: its backups, and the files that a restore put aside."""
    aside = sorted(path.parent.glob(f"{path.stem}.replaced-*{path.suffix}"))
    return [*(found.path for found in backup.listed(path)), *aside]


def _rewritten(old: Path, clock: Clock, by: str, clean: Callable[[Store], None]) -> bool | None:
    """Whether a copy was written anew; None for one that cannot be: too old, damaged, or not as it was entered."""
    temp = old.with_name(f".{os.getpid()}-{old.name}.tmp")
    with aftermath.apart():
        return _written_anew(old, temp, clock, by, clean)


def _written_anew(old: Path, temp: Path, clock: Clock, by: str, clean: Callable[[Store], None]) -> bool | None:
    try:
        if file.looked_at(old) != file.VERSION:
            return None
        backup.copy_whole(old, temp)
        store = open_store(temp, clock, create=False, check="none")
        try:
            store.by = by
            clean(store)
            changed = store.writes > 0
            if changed:
                erase.compact(store)
        finally:
            store.close()
        if changed and not verify(temp).ok:
            return None
        if changed:
            temp.replace(old)
        return changed
    except (CannotWrite, Busy):
        raise
    except (*SQLITE, Refused) as error:
        if isinstance(error, SQLITE) and isinstance(refused := told(error), CannotWrite | Busy):
            raise refused from error
        return None
    finally:
        making.forget(temp)


def back_up(store: Store) -> None:
    """A new backup in the place of those that gave way."""
    backup.back_up(store, "purge")


def drop_papers(path: Path, names: Iterable[str]) -> None:
    """Remove the PDF files of papers that showed a number whole: packed as they are they cannot be searched."""
    wanted = {f"{name}.pdf" for name in names}
    folder = shelf.own(path) / "reports"
    for paper in folder.glob("*.pdf") if folder.is_dir() else ():
        if paper.name in wanted:
            paper.unlink(missing_ok=True)


def drop_kept(path: Path, whom: erase.Numbers) -> list[Path]:
    """Remove the kept papers that name somebody or hold a number: what is sealed is printed again without them."""
    folder = shelf.own(path) / "reports"
    gone = []
    for paper in sorted(folder.glob("*.pdf")) if folder.is_dir() else ():
        if any(whom.within(part.decode("utf-8", "replace")) for part in _parts(paper)):
            paper.unlink(missing_ok=True)
            gone.append(paper)
    return gone


def holding(path: Path, numbers: erase.Numbers) -> list[Path]:
    """Files in the data folder that still hold one of the numbers, packed ones too."""
    return [found for found in files(path) if any(_holds(numbers, part, found) for part in _parts(found))]


def _holds(numbers: erase.Numbers, data: bytes, path: Path) -> bool:
    """Whether a file's bytes hold a number; in a database only what no longer number of somebody else explains."""
    if not numbers.in_bytes(data):
        return False
    if not data.startswith(b"SQLite"):
        return True
    try:
        with contextlib.closing(file.connect_reading(path)) as db:
            texts = list(_texts(db))
    except (*SQLITE, Refused):
        return True
    bare = numbers.near(data.decode("utf-8", "replace"))
    return any(numbers.within(text) for text in texts) or not all(
        any(n in erase.squeezed(t) for t in texts) for n in bare
    )


def _texts(db: sqlite3.Connection) -> Iterator[str]:
    """Every text of every table."""
    for (table,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
        for row in db.execute(f'SELECT * FROM "{table}"'):
            yield from (value for value in row if isinstance(value, str))


def files(path: Path) -> Iterator[Path]:
    """Every file of a store: itself, what lies beside it under its name, and all in its own folder, links followed."""
    yield from sweeping.walk(path)


def _parts(path: Path) -> Iterator[bytes]:
    """A file's bytes; of a packed one (XLSX) those of its members."""
    try:
        if path.stat().st_size > LARGEST:
            return
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                yield from (packed.read(name) for name in packed.namelist())
        elif path.suffix == ".gz":
            with gzip.open(path) as packed_whole:
                yield packed_whole.read()
        else:
            data = path.read_bytes()
            yield data
            if data.startswith(b"%PDF"):
                yield from ("".join(text.split()).encode() for text in papertext.texts(data))
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile):
        return
