"""What was seen of a file last, kept outside of it: an old copy put back over a newer one is noticed.

Three small witnesses, beside the file, with its backups and in the user's own folder, hold how far its log had come. They
name nobody, and failing to read or write them is never an error.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from floorlead import shelf
from floorlead.record import asdict, record
from floorlead.store.errors import Refused
from floorlead.words import _

if TYPE_CHECKING:
    from floorlead.clock import Clock
    from floorlead.store import Store

NAME = "seen.json"


@record
class Mark:
    """How far a book's log had come: its first action's id, the last action's number, link and time (UTC), and when that
    was seen (UTC)."""

    book: str
    seq: int
    chain: str
    at: str
    seen: str


def places(path: Path) -> list[Path]:
    """Where a file's witnesses lie."""
    import hashlib

    from platformdirs import user_config_path

    from floorlead.store.backup import folder

    whole = path.resolve()
    named = hashlib.sha256(str(whole).encode("utf-8", "replace")).hexdigest()[:16]
    own = user_config_path("floorlead", appauthor=False) / "seen" / f"{named}.json"
    return [whole.with_name(f".{whole.name}.{NAME}"), folder(whole) / NAME, own]


def look(store: Store) -> str:
    """What is strange about the file as a sentence with both times; empty for one that goes on where it was seen last."""
    with contextlib.suppress(sqlite3.Error, Refused, ValueError, OSError):
        now = _mark(store)
        best = _best(store.path, now.book) if now else None
        if now and best:
            return _told(store, now, best)
    return ""


def keep(store: Store, *, anyhow: bool = False) -> None:
    """Note how far the file has come. One that is older than what was seen, or goes another way, is noted only `anyhow`."""
    with contextlib.suppress(sqlite3.Error, Refused, ValueError, OSError):
        now = _mark(store)
        if now is None:
            return
        best = _best(store.path, now.book)
        if anyhow or best is None or not _told(store, now, best):
            beside, with_backups, own = places(store.path)
            for place in (beside, *((with_backups,) if with_backups.parent.is_dir() else ()), own):
                _write(place, now)


def restored(path: Path, clock: Clock) -> None:
    """A backup was put in the file's place on purpose: that is what was seen last."""
    from floorlead.store import Store, file

    with contextlib.suppress(sqlite3.Error, Refused, OSError), contextlib.closing(file.connect_reading(path)) as db:
        keep(Store(path, db, clock, reading=True), anyhow=True)


def _mark(store: Store) -> Mark | None:
    """The file as it is; None for one in which nothing was entered."""
    last = store.rows("SELECT seq, chain, at FROM actions ORDER BY seq DESC LIMIT 1")
    book = store.one("SELECT id FROM actions ORDER BY seq LIMIT 1")
    if not last:
        return None
    seq, link, at = last[0]
    return Mark(str(book), seq, link, at, store.clock.utc())


def _best(path: Path, book: str) -> Mark | None:
    """The witness of this book that saw most."""
    marks = [mark for place in places(path) if (mark := _read(place)) and mark.book == book]
    return max(marks, key=lambda mark: mark.seq, default=None)


def _told(store: Store, now: Mark, best: Mark) -> str:
    if best.seq > now.seq:
        told = _("An older copy: until {then}, seen here until {later}")
        return told.format(then=_local(store, now.at), later=_local(store, best.at))
    if store.one("SELECT chain FROM actions WHERE seq = ?", best.seq) != best.chain:
        told = _("Another copy: until {then}, seen here until {later}")
        return told.format(then=_local(store, now.at), later=_local(store, best.at))
    return ""


def _local(store: Store, at: str) -> str:
    return f"{store.clock.local(at):%Y-%m-%d %H:%M}"


def _read(place: Path) -> Mark | None:
    try:
        told = json.loads(place.read_text(encoding="utf-8"))
        texts = [told[name] for name in ("book", "chain", "at", "seen")]
        if not all(isinstance(text, str) for text in texts) or type(told["seq"]) is not int:
            return None
        return Mark(told["book"], told["seq"], told["chain"], told["at"], told["seen"])
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _write(place: Path, mark: Mark) -> None:
    """Write a witness whole or not at all; it is not worth a sync of the disk. What says the same already stays."""
    there = _read(place)
    if there and (there.book, there.seq, there.chain) == (mark.book, mark.seq, mark.chain):
        return
    temp = place.with_name(f".{place.name}.{os.getpid()}.tmp")
    with contextlib.suppress(OSError):
        shelf.private_folder(place.parent)
        try:
            with open(os.open(temp, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, shelf.PRIVATE_FILE), "w") as file:  # noqa: PTH123
                json.dump(asdict(mark), file)
            temp.replace(place)
        finally:
            temp.unlink(missing_ok=True)
