"""What was typed while another program held the file: a file of its own beside it until it can be entered.

One for each program (`.showroom.db.typed-4711`), readable by its owner only; it goes as soon as its text is entered, and
with a purge.
"""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Any

from floorlead import shelf
from floorlead.store.backup import alive


def mine(store: Path) -> Path:
    """This program's file."""
    return store.with_name(f".{store.name}.typed-{os.getpid()}")


def files(store: Path) -> list[Path]:
    """Every such file beside a store, of programs that run and of those that were killed."""
    return sorted(store.parent.glob(f".{store.name}.typed-*"))


def remove(store: Path) -> list[Path]:
    """Remove every such file (a purge); returns what was there. A program that still waits writes its own anew."""
    found = files(store)
    for path in found:
        path.unlink(missing_ok=True)
    return found


def keep(store: Path, kept: dict[str, Any]) -> None:
    """Keep what waits in this program's file. Raises OSError."""
    shelf.write_file(mine(store), json.dumps(kept, ensure_ascii=False).encode())


def entered(store: Path) -> None:
    """What waited is entered: the file goes."""
    with contextlib.suppress(OSError):
        mine(store).unlink(missing_ok=True)


def take(store: Path) -> dict[str, Any]:
    """What a program that was killed left, the newest; it is this program's from now on. Empty where there is none."""
    left = [path for path in files(store) if not _runs(path)]
    for path in sorted(left, key=lambda path: path.stat().st_mtime, reverse=True):
        with contextlib.suppress(OSError, ValueError):
            found = json.loads(path.read_text(encoding="utf-8"))
            path.replace(mine(store))
            return found if isinstance(found, dict) else {}
    return {}


def _runs(path: Path) -> bool:
    owner = path.name.rpartition("-")[2]
    return owner.isdigit() and alive(int(owner))
