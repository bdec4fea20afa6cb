"""The one door for what is written out: a file that somebody names is written whole or not at all.

It never takes the place of the showroom's file, of what belongs to it, or of any other database, by whatever name, link
or folder it is reached.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from floorlead import shelf
from floorlead.store.errors import Refused
from floorlead.words import _

EXPORTS = "exports"
"""The one folder below the showroom's own that takes files written out."""
_STREAM = re.compile(r"/(?:dev|proc/self)/fd/(\d+)")
_STREAMS = {"/dev/stdin": 0, "/dev/stdout": 1, "/dev/stderr": 2}
_Node = tuple[int, int]


class Output:
    """A file that was named for what a command prints; `store` is the showroom's file it belongs to."""

    def __init__(self, path: Path, store: Path) -> None:
        self.path = path
        self.store = store

    def check(self) -> None:
        """Raise Refused where nothing may be written."""
        _allowed(self.path, self.store)

    def write(self, data: bytes) -> None:
        """Write it. Raises Refused; what stood there before is then still there."""
        write(self.path, data, self.store)


def write(path: Path, data: bytes, store: Path) -> None:
    """Write a file out. Raises Refused (E54, E182, E440, E442, E444); what stood there before is then still there."""
    write_all([(path, data)], store)


def check_folder(folder: Path, store: Path, *, its: str) -> None:
    """Raise Refused for a folder of the showroom's own other than the one called `its`, and for one that cannot be made."""
    real, own = shelf.real(folder), shelf.real(shelf.own(shelf.real(store)))
    if real.is_relative_to(own) and not real.is_relative_to(own / its):
        told = _("{path} belongs to the showroom's own file and is not written over; name another file")
        raise Refused("E440", told.format(path=folder))
    if not real.parent.is_dir():
        told = _("There is no folder {folder}; make it first, or write the file elsewhere")
        raise Refused("E182", told.format(folder=folder.parent))


def write_all(files: Sequence[tuple[Path, bytes]], store: Path) -> None:
    """Write several files out: none takes its place before all of them have reached the disk. Raises Refused."""
    with contextlib.ExitStack() as stack:
        for one in [stack.enter_context(pending(path, data, store)) for path, data in files]:
            one.put()


class Pending:
    """A file that lies finished beside its place, or a stream that takes it; `put` writes it out."""

    def __init__(self, path: Path, data: bytes, staged: shelf.Staged | None) -> None:
        self.path, self._data, self._staged = path, data, staged

    def put(self, *, keep: bool = False) -> None:
        """Let it take its place; with `keep` it can be taken back. Raises Refused."""
        with _telling(self.path):
            if self._staged:
                self._staged.put(keep=keep)
            else:
                _pour(self.path, self._data)

    def take_back(self) -> None:
        """Put what stood there before in its place again, nothing where nothing stood. Raises Refused."""
        if self._staged:
            with _telling(self.path):
                self._staged.take_back()


@contextlib.contextmanager
def pending(path: Path, data: bytes, store: Path) -> Iterator[Pending]:
    """A file that is ready to take its place, for what must come in between. Raises Refused."""
    real = _allowed(path, store)
    if real is None:
        yield Pending(path, data, None)
        return
    with _telling(path):
        staged = shelf.Staged(real, data)
    try:
        yield Pending(path, data, staged)
    finally:
        staged.forget()


@contextlib.contextmanager
def _telling(path: Path) -> Iterator[None]:
    """What the disk says as the one sentence."""
    try:
        yield
    except OSError as error:
        raise not_written(path, error) from error


def not_written(path: Path, error: OSError) -> Refused:
    """The one sentence for a file that a disk, a folder or a device does not take."""
    return Refused("E54", _("{path} was not written: {reason}").format(path=path, reason=error.strerror or error))


def _allowed(path: Path, store: Path) -> Path | None:
    """Where a file may be written, links followed; None for a stream. Raises Refused."""
    with _telling(path):
        info = _look(path)
        real = shelf.real(path)
        if _is_own(real, info, shelf.real(store)):
            sentence = _("{path} belongs to the showroom's own file and is not written over; name another file")
            raise Refused("E440", sentence.format(path=path))
        if _stream(path) is not None or (info and (stat.S_ISFIFO(info.st_mode) or stat.S_ISCHR(info.st_mode))):
            return None
        if (info and not stat.S_ISREG(info.st_mode)) or path.name in ("", ".."):
            raise Refused(
                "E442", _("{path} was not written: it is a folder or a device; name a file").format(path=path)
            )
        if info and _is_database(real):
            sentence = _("{path} is a database and is not written over; name another file")
            raise Refused("E440", sentence.format(path=path))
        if not real.parent.is_dir():
            _make_exports(real.parent, path, store)
    return real


def _look(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _make_exports(folder: Path, path: Path, store: Path) -> None:
    """Only the showroom's own folder for such files is made where it is missing: another one is a slip of the finger."""
    if folder != shelf.real(shelf.own(store) / EXPORTS):
        told = _("There is no folder {folder}; make it first, or write the file elsewhere")
        raise Refused("E182", told.format(folder=path.parent))
    shelf.private_folder(folder)


def _is_own(real: Path, info: os.stat_result | None, store: Path) -> bool:
    """Whether a path is one of the showroom's own files, would become one, or is the same file under another name."""
    own = shelf.real(shelf.own(store))
    if real.is_relative_to(own) and real.relative_to(own).parts[:1] != (EXPORTS,):
        return True
    if real.parent == store.parent and _beside(real.name, store):
        return True
    return info is not None and stat.S_ISREG(info.st_mode) and (info.st_dev, info.st_ino) in set(_nodes(store, own))


def _beside(name: str, store: Path) -> bool:
    """Whether a name in the store's folder is its own: the file, its journal, one put aside, a hidden one."""
    name, stem = name.casefold(), store.stem.casefold()
    mine = store.name.casefold()
    begun = name.startswith((f"{mine}-", f".{mine}", f"{stem}.replaced-"))
    return name == mine or begun or re.fullmatch(rf"\.\d+-{re.escape(stem)}\..*", name) is not None


def _nodes(store: Path, own: Path) -> Iterator[_Node]:
    """Each of the showroom's own files, whatever it is called elsewhere."""
    names = [entry.path for entry in _entries(store.parent) if _beside(entry.name, store)]
    for path in (*names, *_below(own, set())):
        with contextlib.suppress(OSError):
            info = os.stat(path)  # noqa: PTH116
            yield info.st_dev, info.st_ino


def _below(folder: Path, seen: set[_Node]) -> Iterator[str]:
    """Every file below the showroom's own folder but those that were written out, links followed, no circle twice."""
    for entry in _entries(folder):
        if entry.name == EXPORTS and not seen:
            continue
        with contextlib.suppress(OSError):
            info = entry.stat()
            if not stat.S_ISDIR(info.st_mode):
                yield entry.path
            elif (info.st_dev, info.st_ino) not in seen:
                yield from _below(Path(entry.path), seen | {(info.st_dev, info.st_ino)})


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return list(found)
    except OSError:
        return []


def _is_database(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(15) == b"SQLite format 3"


def _stream(path: Path) -> int | None:
    """The open stream that a path names, as `/dev/stdout` does."""
    found = _STREAM.fullmatch(str(path))
    return int(found[1]) if found else _STREAMS.get(str(path))


def _pour(path: Path, data: bytes) -> None:
    """Write to a pipe or a device as it comes; a pipe that nobody reads is refused at once."""
    handle = _stream(path)
    if handle is not None:
        _all(handle, data)
        return
    try:
        handle = os.open(path, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))
    except OSError as error:
        if path.is_fifo():
            raise Refused("E444", _("Nobody reads from {path}; nothing was written").format(path=path)) from error
        raise
    try:
        if os.name == "posix":
            os.set_blocking(handle, True)
        _all(handle, data)
    finally:
        os.close(handle)


def _all(handle: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(handle, left) :]
