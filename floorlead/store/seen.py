"""What lies under the file's name, whatever it is, and what to do about it: nothing here raises on any file."""

from __future__ import annotations

import contextlib
import sqlite3
import stat
from pathlib import Path

from floorlead.record import record
from floorlead.store import backup, file
from floorlead.store.errors import SQLITE, Busy, Refused, told
from floorlead.store.verify import verify
from floorlead.words import N_, _

PATIENCE_SECONDS = 1.0
"""How long a file that somebody holds is waited for before it is called locked."""
FOREIGN, NEWER = "E11", "E12"
BEGIN_ANEW = N_("the next start makes a new one; `floorlead restore FILE` puts a backup back")
NO_FILE = N_("name the showroom's file with --store, or move this away")
OURS = N_("let the user of this machine read it (its owner or the administrator can)")
WAIT = N_("close the program that holds it, or wait; nothing is lost")
UPDATE = N_("update floorlead on this machine; do not restore an older file over it")
MEND = N_(
    "`floorlead restore FILE` puts a backup back, `floorlead salvage` reads out what can still be read; nothing is deleted"
)


@record
class Seen:
    """A file as it was found: whether it is sound, what it is, and what to do where it is not."""

    ok: bool
    words: str
    do: str = ""


def look(path: Path) -> Seen:
    """Look at a file of any kind without changing it."""
    try:
        found = _no_file(path) or _no_store(path) or _cut_short(path) or _locked(path) or _unsound(path)
    except OSError as error:
        found = Seen(False, _("{path} cannot be read: {reason}").format(path=path, reason=error.strerror), _(OURS))
    except (*SQLITE, Refused) as error:
        found = _of_refusal(error if isinstance(error, Refused) else told(error))
    return found or Seen(True, f"{path} ({path.stat().st_size // 1024} KiB)")


def _no_file(path: Path) -> Seen | None:
    """Nothing there, a folder, a pipe, an empty file."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return _not_there(path, _("{path}: not made yet"))
    if stat.S_ISDIR(mode):
        return Seen(False, _("{path} is a folder").format(path=path), _(NO_FILE))
    if not stat.S_ISREG(mode):
        return Seen(False, _("{path} is a pipe or a device, no file; it was not touched").format(path=path), _(NO_FILE))
    if not path.stat().st_size:
        return _not_there(path, _("{path}: empty, 0 bytes"))
    return None


def _not_there(path: Path, words: str) -> Seen:
    count = len(backup.listed(path))
    if not count:
        return Seen(True, words.format(path=path))
    more = _("though {count} backups lie beside it").format(count=count)
    return Seen(False, f"{words.format(path=path)}, {more}", _(BEGIN_ANEW if not path.exists() else MEND))


def _no_store(path: Path) -> Seen | None:
    """Somebody else's file, a newer one, or one whose beginning is gone. Raises OSError where it cannot be read."""
    with path.open("rb") as opened:
        head = opened.read(100)
    try:
        file.looked_at(path)
    except Refused as refused:
        if refused.code == NEWER:
            version = int.from_bytes(head[60:64], "big")
            return Seen(False, f"{refused.sentence} ({version} > {file.VERSION})", _(UPDATE))
        if refused.code != FOREIGN:
            return _of_refusal(refused)
        if backup.listed(path) or not any(head):
            return Seen(False, _("{path}: its beginning is gone, it was written over").format(path=path), _(MEND))
        return Seen(False, refused.sentence, _(NO_FILE))
    return None


def _locked(path: Path) -> Seen | None:
    """Whether another program holds the file so that nobody can read it."""
    try:
        with contextlib.closing(file.connect_reading(path, PATIENCE_SECONDS)) as db:
            db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError as error:
        if isinstance(told(error), Busy):
            return Seen(False, _("locked by another program"), _(WAIT))
        raise
    return None


def _unsound(path: Path) -> Seen | None:
    """A damaged file, or one that is not as it was entered. Raises Refused."""
    if not file.looked_at(path):
        return Seen(True, _("{path}: not made yet").format(path=path))
    findings = verify(path).findings
    if not findings:
        return None
    words = f"{findings[0].table} {findings[0].row}: " if findings[0].table else ""
    more = _("{count} findings, the first: {first}").format(count=len(findings), first=words + findings[0].sentence)
    return Seen(False, findings[0].sentence if len(findings) == 1 and not words else more, _(MEND))


def _cut_short(path: Path) -> Seen | None:
    """A file of which the end is missing; one with a journal is not judged before that is taken back."""
    if path.with_name(path.name + "-journal").exists():
        return None
    with path.open("rb") as opened:
        head = opened.read(100)
    size = int.from_bytes(head[16:18], "big")
    page, pages = 65536 if size == 1 else size, int.from_bytes(head[28:32], "big")
    there = path.stat().st_size // page if page else pages
    if there >= pages:
        return None
    words = _("{path} is cut short: {there} of {pages} pages are there").format(path=path, there=there, pages=pages)
    return Seen(False, words, _(MEND))


def _of_refusal(refused: Refused) -> Seen:
    if isinstance(refused, Busy):
        return Seen(False, _("locked by another program"), _(WAIT))
    return Seen(False, refused.sentence, _(MEND))
