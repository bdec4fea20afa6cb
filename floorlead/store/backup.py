"""Backups are whole files beside the store, made by `VACUUM INTO`, checked, and only then counted.

A restore never needs the present file to open, keeps it under another name, and never deletes it.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from floorlead import shelf
from floorlead.record import record, replace
from floorlead.store import file, making, witness
from floorlead.store.aftermath import reason, step
from floorlead.store.errors import SQLITE, Busy, Damaged, Refused, told
from floorlead.words import _

if TYPE_CHECKING:
    from floorlead.clock import Clock
    from floorlead.store import Store

KEEP_DAYS, KEEP_WEEKS, KEEP_MONTHS = 7, 4, 12
UNREADABLE = -1
_ONE_AT_A_TIME = threading.Lock()
_NAME = re.compile(r"(\d{8})-(\d{6})-([a-z]+)(?:-\d+)?\.db")


@record
class Backup:
    """A finished backup file; `day` is the calendar day, `why` what it was made before or for.

    `seq` and `at` (UTC) are its last action's: a clock or a name may lie, they do not. -1: it cannot be read.
    """

    path: Path
    day: date
    made: datetime
    why: str
    seq: int = UNREADABLE
    at: str = ""


def folder(store: Path) -> Path:
    """Where a store's backups lie."""
    return shelf.own(store) / "backups"


def listed(store: Path, where: Path | None = None) -> list[Backup]:
    """The finished backups of a store, the newest by their last action first; those that cannot be read last."""
    found = [_peeked(backup) for backup in _named(where or folder(store))]
    return sorted(found, key=_newness, reverse=True)


def _newness(backup: Backup) -> tuple[int, int, str]:
    """By the last action; of two with the same one the file written later; where nothing is held, by name."""
    return backup.seq, _file_time(backup.path) if backup.seq > 0 else 0, backup.path.name


def _named(place: Path) -> list[Backup]:
    """The finished backups in a folder by their names alone, in no order."""
    found = [_read_name(path) for path in place.glob("*.db")] if place.is_dir() else []
    return [backup for backup in found if backup]


def _peeked(backup: Backup) -> Backup:
    """A backup with the number and the time of its last action."""
    try:
        if not file.looked_at(backup.path):
            return replace(backup, seq=0)
        with contextlib.closing(file.connect_reading(backup.path)) as db:
            last = db.execute("SELECT seq, at FROM actions ORDER BY seq DESC LIMIT 1").fetchone() or (0, "")
        return replace(backup, seq=int(last[0]), at=str(last[1]))
    except (*SQLITE, Refused, OSError, ValueError):
        pass
    return backup


def _file_time(path: Path) -> int:
    with contextlib.suppress(OSError):
        return path.stat().st_mtime_ns
    return 0


def _read_name(path: Path) -> Backup | None:
    match = _NAME.fullmatch(path.name)
    if not match:
        return None
    made = datetime.strptime(match[1] + match[2], "%Y%m%d%H%M%S")  # noqa: DTZ007 - local time by design
    return Backup(path, made.date(), made, match[3])


def due(path: Path, clock: Clock) -> bool:
    """Whether today's first backup is still to be made."""
    return all(backup.day != clock.now().date() for backup in _named(folder(path)))


def back_up(store: Store, why: str, to: Path | None = None) -> Path:
    """Make a backup of the open store now (before `why`); returns its path. Raises Refused, leaves no
    part."""
    return copy(store.path, store.clock, why, to)


def copy(path: Path, clock: Clock, why: str, to: Path | None = None) -> Path:
    """Make a backup of the file at `path`, in its own connection: fit for a thread beside the app."""
    with _ONE_AT_A_TIME:
        return _copy(path, clock, why, to or folder(path))


def _copy(path: Path, clock: Clock, why: str, place: Path) -> Path:
    try:
        shelf.private_folder(place)
        _sweep(place)
        final = _free_name(place, clock, why)
        temp = place / f".{os.getpid()}-{final.name}.tmp"
        _vacuum(path, temp)
        temp.replace(final)
    except (*SQLITE, OSError) as error:
        if isinstance(error, SQLITE) and isinstance(refused := told(error), Busy | Damaged):
            raise refused from error
        sentence = _("No backup was made in {place}: {reason}")
        raise Refused("E51", sentence.format(place=place, reason=reason(error))) from error
    with step(_("The backup is made, but the disk did not confirm it: {reason}")):
        shelf.sync_folder(place)
    with step(_("The backup is made, but old ones were not thrown away: {reason}")):
        _rotate(path, place, final)
    return final


def _free_name(place: Path, clock: Clock, why: str) -> Path:
    stem = f"{clock.now():%Y%m%d-%H%M%S}-{why}"
    names = [f"{stem}.db", *(f"{stem}-{n}.db" for n in range(2, 1000))]
    return next(place / name for name in names if not (place / name).exists())


def _vacuum(path: Path, temp: Path) -> None:
    before = os.umask(0o077) if os.name == "posix" else None
    try:
        with contextlib.closing(file.connect_reading(path)) as db:
            db.execute("VACUUM INTO ?", (str(temp),))
        making.sync(temp)
        with contextlib.closing(file.connect_reading(temp)) as db:
            file.check_integrity(db)
    except BaseException:
        making.forget(temp)
        raise
    finally:
        if before is not None:
            os.umask(before)


def _sweep(place: Path) -> None:
    """Remove what an interrupted backup of a process that is gone left behind."""
    for temp in place.glob(".*.tmp*"):  # the part, and the journal beside it
        owner = temp.name[1:].split("-")[0]
        if not (owner.isdigit() and alive(int(owner))):
            temp.unlink(missing_ok=True)


def alive(process: int) -> bool:
    """Whether a process of that number is there; this one does not count."""
    if os.name != "posix" or process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _rotate(path: Path, place: Path, made: Path) -> None:
    """Keep the newest backup of each of the last 7 days, 4 weeks and 12 months, and all of the day of `made`.

    Which are the last is told by what they hold; one that cannot be read now is nobody's to throw away unseen.
    """
    all_of_them = listed(path, place)
    today = next((b.day for b in all_of_them if b.path == made), None)
    keep = {b.path for b in all_of_them if b.day == today}
    keep |= _newest_of(all_of_them, lambda b: b.day, KEEP_DAYS)
    keep |= _newest_of(all_of_them, lambda b: b.day.isocalendar()[:2], KEEP_WEEKS)
    keep |= _newest_of(all_of_them, lambda b: (b.day.year, b.day.month), KEEP_MONTHS)
    for backup in all_of_them:
        if backup.path not in keep and backup.seq != UNREADABLE:
            backup.path.unlink(missing_ok=True)


def _newest_of(backups: list[Backup], span: Callable[[Backup], object], count: int) -> set[Path]:
    newest: dict[object, Path] = {}
    for backup in backups:
        newest.setdefault(span(backup), backup.path)
    return set(list(newest.values())[:count])


def restore(backup: Path, path: Path, clock: Clock) -> Path | None:
    """Put a backup in the store's place; returns where the replaced file was kept (None when there was none).

    Raises Refused when the backup is no good; nothing is then changed.
    """
    check(backup)
    path = shelf.real(path)
    kept = _kept_name(path, clock)
    try:
        if not (os.name == "nt" and kept and _held(path)):
            with making.made_whole(path) as temp:
                copy_whole(backup, temp)
                if kept:
                    _put_aside(path, kept)
        else:
            write_over(backup, path, kept)
    except OSError as error:
        if kept:
            making.forget(kept)
        sentence = _("The backup was not restored: {reason}")
        raise Refused("E52", sentence.format(reason=reason(error))) from error
    witness.restored(path, clock)
    return kept


def copy_whole(path: Path, to: Path) -> None:
    """A copy of a file that has reached the disk, readable by its owner only."""
    to.unlink(missing_ok=True)
    with open(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, shelf.PRIVATE_FILE), "wb") as made:  # noqa: PTH123
        with path.open("rb") as source:
            shutil.copyfileobj(source, made)
        made.flush()
        os.fsync(made.fileno())


def _held(path: Path) -> bool:
    """Whether a program has the file open, where that keeps it from being renamed (Windows)."""
    try:
        path.rename(path)
    except PermissionError:
        return True
    return False


def write_over(backup: Path, path: Path, kept: Path) -> None:
    """Write a backup over a file that others hold open, in one transaction; what stood there is copied to `kept` first.

    Raises Refused where the file is no database any more or is never let go; it is then as it was.
    """
    copy_whole(path, kept)
    until = time.monotonic() + file.TIMEOUT_SECONDS

    def patient(status: int, _left: int, _total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > until:
            raise told(sqlite3.OperationalError("locked"))

    try:
        with contextlib.closing(file.connect_reading(backup)) as whole, contextlib.closing(file.connect(path)) as there:
            whole.backup(there, progress=patient, sleep=0.05)
    except (*SQLITE, Refused) as error:
        kept.unlink(missing_ok=True)
        raise error if isinstance(error, Refused) else told(error) from error


def check(backup: Path) -> None:
    """Raise Refused where a file is no whole backup."""
    if file.looked_at(backup) == 0:
        raise Refused("E53", _("There is no backup at {path}").format(path=backup))
    try:
        with contextlib.closing(file.connect_reading(backup)) as db:
            file.check_integrity(db)
    except SQLITE as error:
        raise told(error) from error


def _kept_name(path: Path, clock: Clock) -> Path | None:
    """What the present file is called from now on; None where there is none."""
    if not path.exists():
        return None
    stamp = clock.now().strftime("%Y%m%d-%H%M%S")
    names = [f"{path.stem}.replaced-{stamp}{n}{path.suffix}" for n in ("", *(f"-{i}" for i in range(2, 100)))]
    return next(path.with_name(name) for name in names if not path.with_name(name).exists())


def _put_aside(path: Path, kept: Path) -> None:
    """Keep the present file under another name, with its journal. Raises OSError."""
    journal = path.with_name(path.name + "-journal")
    if journal.exists():
        copy_whole(journal, kept.with_name(kept.name + "-journal"))
    try:
        os.link(path, kept)
    except OSError:
        copy_whole(path, kept)
