"""Where things lie: the shipped `data/` folder, the user's store, and the showroom's own folder beside it.

A checkout, a wheel and a pipx install find the same files; what a showroom edits lies beside its store and
wins.
"""

from __future__ import annotations

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


def write_file(path: Path, data: bytes) -> None:
    """Write a file whole or not at all (temp, fsync, rename), readable by its owner only.

    Raises OSError; whatever stood at `path` before is then still there.
    """
    private_folder(path.parent)
    temp = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with open(os.open(temp, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE), "wb") as file:  # noqa: PTH123
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temp.replace(path)
    except BaseException:
        temp.unlink(missing_ok=True)
        raise
