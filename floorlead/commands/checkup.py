"""What `doctor` looks at: things outside the file that a shop's data still depends on."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from floorlead import __version__, shelf
from floorlead.clock import machine_now
from floorlead.entry import Options
from floorlead.words import _

if TYPE_CHECKING:
    from floorlead.store import Store

Finding = dict[str, str]
Answer = tuple[bool, str] | tuple[bool, str, str]
"""Whether it is well, what it is, and what to do where there is something to do."""
LEAST_FREE = 500 * 2**20
SHARED_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "vboxsf"}


def look(options: Options) -> list[Finding]:
    """Every finding, in a fixed order."""
    looks: tuple[tuple[str, Callable[[Options], Answer]], ...] = (
        ("floorlead", lambda _o: (True, f"{__version__}, Python {sys.version.split()[0]}")),
        ("SQLite", _sqlite), ("file", _file), ("permissions", _permissions), ("disk", _disk), ("file system", _system),
        ("time zone", _zone), ("clock", _clock), ("copy", _copy), ("terminal", _terminal), ("backups", _backups), ("printer", _printer), ("papers", _papers),
        ("lists", _lists), ("lock", _lock),
    )  # fmt: skip
    return [_looked(name, check, options) for name, check in looks]


def _looked(name: str, check: Callable[[Options], Answer], options: Options) -> Finding:
    """One finding; a look that fails is a finding too."""
    from floorlead.store.errors import SQLITE, Refused, told

    try:
        ok, words, *do = check(options)
    except (*SQLITE, Refused) as error:
        ok, words, *do = False, (error if isinstance(error, Refused) else told(error)).sentence
    except (OSError, ValueError, LookupError) as error:
        ok, words, *do = False, _("this cannot be looked at: {reason}").format(reason=_reason(error))
    found = {"name": name, "state": "ok" if ok else "warn", "words": words}
    return {**found, "do": do[0]} if do and do[0] else found


def _reason(error: Exception) -> str:
    return str(error.strerror or error) if isinstance(error, OSError) else type(error).__name__


def _sqlite(_options: Options) -> tuple[bool, str]:
    version = tuple(int(part) for part in sqlite3.sqlite_version.split("."))
    return version >= (3, 37, 0), _("{version}, journal DELETE, synchronous EXTRA").format(
        version=sqlite3.sqlite_version
    )


def _file(options: Options) -> tuple[bool, str, str]:
    from floorlead.store.seen import look as look_at

    found = look_at(options.path)
    return found.ok, found.words, found.do


def _permissions(options: Options) -> tuple[bool, str]:
    path = options.path
    if os.name != "posix" or not path.exists():
        return True, "-"
    mode = stat.S_IMODE(path.stat().st_mode)
    return mode & 0o077 == 0, oct(mode)


def _existing(path: Path) -> Path:
    return path if path.exists() else _existing(path.parent)


def _disk(options: Options) -> tuple[bool, str]:
    free = shutil.disk_usage(_existing(options.path.absolute())).free
    return free >= LEAST_FREE, _("{size} MiB free").format(size=free // 2**20)


def _system(options: Options) -> tuple[bool, str]:
    """The file system under the file; locks on shared folders cannot be trusted."""
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return True, "-"
    place = str(_existing(options.path.absolute()))
    rows = [line.split()[1:3] for line in mounts.read_text().splitlines()]
    best = max((row for row in rows if place.startswith(row[0])), key=lambda row: len(row[0]), default=["/", "?"])
    shared = best[1] in SHARED_SYSTEMS
    return not shared, best[1] + (
        " " + _("a shared folder: keep the file on this machine's own disk") if shared else ""
    )


def _zone(_options: Options) -> tuple[bool, str]:
    offset = machine_now().astimezone().utcoffset()
    east = offset is not None and offset.total_seconds() == 8 * 3600
    return True, _("this machine +08:00") if east else _(
        "this machine is not on +08:00; the showroom's own zone is used"
    )


def _read(options: Options) -> Store | None:
    """The file opened for reading with the showroom's own clock; None where it is not there or needs more than a look."""
    from floorlead.commands.work import clock_of
    from floorlead.settings import own_clock
    from floorlead.store import Refused, file, open_store

    try:
        if file.looked_at(options.path) != file.VERSION:
            return None
        store = open_store(options.path, clock_of(options), reading=True, create=False, check="none")
        store.clock = own_clock(store)
    except (Refused, sqlite3.Error, ValueError):
        return None
    return store


def _clock(options: Options) -> Answer:
    """Whether the clock fits the last entry, and whether a day was sealed that is still to come."""
    from floorlead import doubt
    from floorlead.store import sealed

    if (store := _read(options)) is None:
        return True, "-"
    with contextlib.closing(store):
        found, last, ahead = doubt.doubt(store), doubt.last_entry(store), sealed.ahead(store)
    if ahead:
        told = _("the report of {day} is sealed and that day is still to come: `floorlead reopen --void` makes it void")
        return False, told.format(day=ahead.day)
    told = _("last entry {last}").format(last=f"{last:%Y-%m-%d %H:%M}") if last else "-"
    return not found, found or told


def _copy(options: Options) -> Answer:
    """Whether the file goes on where it was seen last, or is an older copy."""
    from floorlead.store import witness

    if (store := _read(options)) is None:
        return True, "-"
    with contextlib.closing(store):
        found = witness.look(store)
    return not found, found or _("goes on where it was seen last")


def _terminal(_options: Options) -> tuple[bool, str]:
    encoding = (getattr(sys.__stderr__, "encoding", None) or "?").lower()
    return "utf" in encoding or "gb" in encoding, encoding


def _backups(options: Options) -> Answer:
    """How many backups there are, and what the newest sound one holds."""
    from floorlead.store import held
    from floorlead.store.backup import UNREADABLE, listed

    found = listed(options.path)
    bad = sum(one.seq == UNREADABLE for one in found)
    if not found:
        return not options.path.exists(), _("none yet")
    told = _("{count}, the newest {made}").format(count=len(found), made=found[0].made)
    if not bad and found[0].seq > 0:
        return True, told
    good = held.good(options.path)
    told += "; " + _("{count} cannot be read").format(count=bad)
    return (
        False,
        told,
        _("the newest good one: {path}").format(path=good.path) if good else _("make one: floorlead backup"),
    )


def _printer(_options: Options) -> tuple[bool, str]:
    from floorlead.paper.printer import printers

    found = printers()
    return True, ", ".join(found) if found else _("none here; papers are kept as PDF")


def _papers(options: Options) -> tuple[bool, str]:
    own = shelf.own(options.path) / "papers"
    names = sorted(path.name for path in own.glob("*.typ")) if own.is_dir() else []
    return True, _("the showroom's own: {names}").format(names=", ".join(names)) if names else _("as shipped")


def _lists(options: Options) -> Answer:
    """Whether the showroom's own settings files can be used; each that cannot with its line and the reason."""
    from floorlead import ownfile

    if found := ownfile.troubles(options.path):
        do = _("mend the line in a text editor, or move the file out of {folder}").format(
            folder=shelf.own(options.path)
        )
        return False, "; ".join(map(ownfile.told, found)), do
    names = ownfile.own_ones(options.path)
    return True, _("the showroom's own: {names}").format(names=", ".join(names)) if names else _("as shipped")


def _lock(options: Options) -> tuple[bool, str]:
    """Whether a PIN is set, and whether the manager's guards what only the manager may."""
    from floorlead.store import Refused, file

    try:
        if not file.looked_at(options.path):
            return True, _("no PIN yet")
        with contextlib.closing(file.connect_reading(options.path, 0.2)) as db:
            roles = {row[0] for row in db.execute("SELECT role FROM accounts").fetchall()}
    except (Refused, sqlite3.Error):
        return True, "-"
    if "manager" in roles:
        return True, _("erasing, exports with phones, re-opening and restoring need the manager's PIN")
    unguarded = _("no PIN of the manager: erasing, exports with phones, re-opening and restoring are open to everybody")
    return True, unguarded if roles else _("no PIN yet") + "; " + unguarded
