"""Opening the one file: looked at as bytes first, then with exactly the decided pragmas, set and read back.

A newer, foreign or damaged file is refused with its bytes untouched.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
from pathlib import Path
from urllib.parse import quote

from floorlead.store.errors import SQLITE, Busy, Damaged, Refused, told
from floorlead.words import _

APPLICATION_ID = 0x464C4C44
"""`FLLD`, in the header of every floorlead file."""
VERSION = 6
"""The number of told migrations: the file's `user_version`. A test keeps it equal to `migrations.STEPS`."""
TIMEOUT_SECONDS = 5.0

PRAGMAS = {
    "journal_mode": "delete",
    "synchronous": 3,
    "foreign_keys": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "secure_delete": 1,
    "recursive_triggers": 1,
}
"""DELETE and EXTRA (3): a copied file is a whole file, and no acknowledged write is lost to a power cut.
Recursive triggers: without them a REPLACE takes a row away unseen by the triggers that record and guard
it."""


def header(path: Path) -> tuple[int, int] | None:
    """The file's (application id, user version), None for no file, an empty or a half-made one; raises
    Refused."""
    try:
        regular(path)
        with path.open("rb") as file:
            head = file.read(100)
    except FileNotFoundError:
        return None
    except OSError as error:
        sentence = _("{path} cannot be read: {reason}")
        raise Refused("E10", sentence.format(path=path, reason=error.strerror)) from None
    if not head or (not any(head) and path.with_name(path.name + "-journal").exists()):
        return None  # a making cut off by a power cut: its journal takes it back to nothing
    if not head.startswith(b"SQLite format 3\x00") or len(head) < 100:
        raise Refused("E11", _("{path} is no floorlead file; it was not touched").format(path=path))
    return int.from_bytes(head[68:72], "big"), int.from_bytes(head[60:64], "big")


def regular(path: Path) -> None:
    """Raise Refused for a pipe, a socket or a device: opening one may wait for ever."""
    mode = path.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        sentence = _("{path} is a pipe or a device, no file; it was not touched")
        raise Refused("E540", sentence.format(path=path))


def identity(path: Path) -> tuple[int, int] | None:
    """Which file lies at a path, whatever it is called; None for none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def looked_at(path: Path) -> int:
    """The file's version, 0 for a file still to be made; raises Refused for a foreign or newer file."""
    found = header(path)
    if found is None:
        return 0
    application, version = found
    if application != APPLICATION_ID and not _half_made(path, application, version):
        raise Refused("E11", _("{path} is no floorlead file; it was not touched").format(path=path))
    if version > VERSION:
        sentence = _("{path} was written by a newer floorlead; it was not touched. Update this program")
        raise Refused("E12", sentence.format(path=path))
    return version


def none_at(path: Path) -> Refused:
    """The refusal where a file was expected and there is none."""
    return Refused("E16", _("There is no floorlead file at {path}; `floorlead init` makes one").format(path=path))


def _half_made(path: Path, application: int, version: int) -> bool:
    """A file whose making was cut off: SQLite's header, nothing of ours or anybody's in it yet."""
    if application or version:
        return False
    with contextlib.suppress(sqlite3.Error), contextlib.closing(_connect_ro(path)) as db:
        return not db.execute("SELECT 1 FROM sqlite_schema").fetchone()
    return False


def _connect_ro(path: Path, patience: float = TIMEOUT_SECONDS) -> sqlite3.Connection:
    uri = f"file:{quote(str(path.absolute()))}?mode=ro"
    return sqlite3.connect(uri, uri=True, isolation_level=None, timeout=patience)


def connect(path: Path) -> sqlite3.Connection:
    """A connection that writes, its pragmas set and read back; a new file is made private to its owner."""
    made = not path.exists()
    if made:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    db = sqlite3.connect(path, isolation_level=None, timeout=TIMEOUT_SECONDS)
    try:
        for name, value in PRAGMAS.items():
            db.execute(f"PRAGMA {name} = {value}")
        read_back(db)
    except BaseException:
        db.close()
        raise
    return db


def read_back(db: sqlite3.Connection) -> None:
    """Raise Refused when a decided pragma is not in force."""
    for name, value in PRAGMAS.items():
        found = db.execute(f"PRAGMA {name}").fetchone()[0]
        if found != value:
            raise Refused("E15", _("SQLite did not accept {name} = {value}").format(name=name, value=value))


def connect_reading(path: Path, patience: float = TIMEOUT_SECONDS) -> sqlite3.Connection:
    """A connection that only reads, also where neither the file nor its folder may be written.

    What a killed writer left half saved is first taken back, as on any open; it is never read as data. A file that
    another program holds is waited for `patience` seconds.
    """
    try:
        return _reading(path, patience)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname != "SQLITE_READONLY_ROLLBACK":
            raise
    if not writable(path):
        sentence = _("{path} was cut off while it was saved; open it once where it may be written")
        raise Refused("E14", sentence.format(path=path))
    connect(path).close()
    return _reading(path, patience)


def _reading(path: Path, patience: float) -> sqlite3.Connection:
    db = _connect_ro(path, patience)
    try:
        db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except BaseException:
        db.close()
        raise
    return db


def version_of(db: sqlite3.Connection) -> int:
    """The version in force: what the header said may have been an unfinished migration, taken back by now."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def writable(path: Path) -> bool:
    """Whether the file takes writes, or the folder where it is to be made; a journal needs the folder too."""
    folder = next(place for place in path.absolute().parents if place.exists())
    return os.access(folder, os.W_OK | os.X_OK) and (not path.exists() or os.access(path, os.W_OK))


def check_integrity(db: sqlite3.Connection) -> None:
    """SQLite's full integrity check; raises Damaged with its first complaint."""
    try:
        complaint = db.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except SQLITE as error:
        if isinstance(told(error), Busy):
            raise
        complaint = str(error)
    if complaint != "ok":
        sentence = _("The file is damaged ({reason}); it is kept as it is, restore a backup")
        reason = " ".join(complaint.replace("*** in database main ***", "").split())
        raise Damaged("E13", sentence.format(reason=reason))
