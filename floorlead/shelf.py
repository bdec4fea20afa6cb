"""Where things lie: the shipped `data/` folder, the user's store, and the showroom's own folder beside it.

A checkout, a wheel and a pipx install find the same files; what a showroom edits lies beside its store and
wins.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

_INSTALLED = Path(__file__).parent / "data"
_CHECKOUT = Path(__file__).parent.parent / "data"
PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600


def find(*parts: str) -> Path:
    """The path of a shipped data file; raises FileNotFoundError when it is not there."""
    for root in (_INSTALLED, _CHECKOUT):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError("/".join(parts))


def own(store: Path) -> Path:
    """The showroom's own folder beside its store: `showroom.db` has `showroom/`."""
    return store.with_suffix("") if store.suffix else store.with_name(store.name + "-files")


def found(store: Path | None, *parts: str) -> Path:
    """The showroom's own copy of a data file when it has one, else the shipped one."""
    if store is not None and (mine := own(store).joinpath(*parts)).exists():
        return mine
    return find(*parts)


def default_store(name: str = "showroom.db") -> Path:
    """The store used when none is named: `FLOORLEAD_STORE`, else the user's data folder."""
    if name == "showroom.db" and (named := os.environ.get("FLOORLEAD_STORE")):
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("floorlead", appauthor=False) / name


def private_folder(path: Path) -> Path:
    """Make a folder that only its owner reads, and the parents it lacks likewise; returns it."""
    for place in reversed((path, *path.parents)):
        if not place.is_dir():
            place.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    return path


def real(path: Path) -> Path:
    """The path behind all links, whole; one that leads nowhere is what it leads to."""
    return Path(os.path.realpath(path))


def sync_folder(place: Path) -> None:
    """Make a rename last over a power cut (Windows has no way to, and needs none). Raises OSError."""
    if os.name == "posix":
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def write_file(path: Path, data: bytes) -> None:
    """Write a file of the program's own whole or not at all, readable by its owner only; its folder is made.

    Raises OSError; whatever stood at `path` before is then still there.
    """
    private_folder(path.parent)
    staged = Staged(path, data)
    try:
        staged.put()
    finally:
        staged.forget()


class Staged:
    """A file that has reached the disk under a name of its own and takes its place by one rename. Raises OSError."""

    def __init__(self, path: Path, data: bytes) -> None:
        self.path = path
        self._temp, self._before = _part(path, "tmp"), _part(path, "before.tmp")
        self._placed = False
        try:
            with open(os.open(self._temp, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE), "wb") as file:  # noqa: PTH123
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        except BaseException:
            self.forget()
            raise

    def put(self, *, keep: bool = False) -> None:
        """Take the place; with `keep` what stood there stays at hand for `take_back`."""
        if keep and self.path.exists():
            self._before.unlink(missing_ok=True)
            try:
                os.link(self.path, self._before)
            except OSError:  # no links here
                import shutil

                shutil.copyfile(self.path, self._before)
        self._temp.replace(self.path)
        self._placed = True
        with contextlib.suppress(OSError):  # it is written; only a power cut within the next seconds could undo it
            sync_folder(self.path.parent)

    def take_back(self) -> None:
        """Put what stood there before in its place again, nothing where nothing stood. Raises OSError."""
        if not self._placed:
            return
        if self._before.exists():
            self._before.replace(self.path)
        else:
            self.path.unlink(missing_ok=True)

    def forget(self) -> None:
        """Remove what is left beside the place."""
        for part in (self._temp, self._before):
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)


def _part(path: Path, end: str) -> Path:
    """A hidden name beside a file, short enough for any folder, that tells whose process made it."""
    name = path.name.encode()[:200].decode(errors="ignore")
    return path.with_name(f".{name}.{os.getpid()}.{end}")
