"""What an interrupted restore, import, export or purge left beside the file: half-written copies, of programs that are gone."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from floorlead import shelf
from floorlead.store import backup

_PART = re.compile(r"\.(?:(\d+)-.+|.+?\.(\d+))(?:\.before)?\.tmp(?:-journal|-wal|-shm)?")
_ASIDE = re.compile(r"-journal\.\d+\.tmp$")


def sweep(path: Path, *, journals: bool = False) -> list[Path]:
    """Remove the parts beside a store and in its own folder that no living program writes; returns them.

    A journal that was put aside may be the only way back for the file beside it: it goes only with `journals`, once the
    file is proven without it.
    """
    mine = [part for part in parts(path) if journals or not _ASIDE.search(part.name)]
    return [part for part in mine if _is_nobodys(part) and _gone(part)]


def parts(path: Path) -> Iterator[Path]:
    """Every half-written file of a store, finished or not, by its name."""
    for found in walk(path):
        if _PART.fullmatch(found.name):
            yield found


def sweep_outside(written: Path) -> None:
    """Remove what an interrupted writing of one file elsewhere left beside it."""
    with contextlib.suppress(OSError):
        for part in written.parent.glob(f".*{glob_safe(written.name)}*.tmp*"):
            if _PART.fullmatch(part.name) and _is_nobodys(part):
                _gone(part)


def glob_safe(name: str) -> str:
    """A file's name as itself in a pattern."""
    return re.sub(r"([\[\]*?])", r"[\1]", name)


def walk(path: Path) -> Iterator[Path]:
    """Every file of a store: what lies beside it under its name, and all in its own folder, links followed once."""
    with contextlib.suppress(OSError):
        yield from sorted(p for p in path.parent.iterdir() if is_own(p.name, path.stem) and p.is_file())
    seen: set[tuple[int, int]] = set()
    own = shelf.own(path)
    for folder, inner, names in os.walk(own, followlinks=True) if own.is_dir() else ():
        with contextlib.suppress(OSError):
            here = os.stat(folder)  # noqa: PTH116
            if (here.st_dev, here.st_ino) in seen:
                inner.clear()
                continue
            seen.add((here.st_dev, here.st_ino))
        inner.sort()
        yield from (found for name in sorted(names) if (found := Path(folder, name)).is_file())


def is_own(name: str, stem: str) -> bool:
    """Whether a file beside the store is one of its own, hidden or half written ones too."""
    return re.sub(r"^\.?(?:[0-9]+-)?", "", name).startswith(stem)


def _is_nobodys(part: Path) -> bool:
    """Whether the program that wrote a part is gone, or its number is by now another program's."""
    match = _PART.fullmatch(part.name)
    owner = int(next(group for group in match.groups() if group)) if match else 0
    if owner == os.getpid():
        return False
    return not backup.alive(owner) or _began(owner) > _written(part)


def _began(process: int) -> float:
    """When a process began, where the system tells it."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{process}").stat().st_mtime
    return 0.0


def _written(part: Path) -> float:
    with contextlib.suppress(OSError):
        return part.stat().st_mtime
    return 0.0


def _gone(part: Path) -> bool:
    with contextlib.suppress(OSError):
        part.unlink(missing_ok=True)
        return True
    return False
