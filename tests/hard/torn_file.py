"""A file cut short, with a page zeroed, two pages swapped or a sector of noise: refused, found by verify, or nothing was stored there."""

from __future__ import annotations

import contextlib
import functools
import random
import tempfile
from pathlib import Path

from floorlead import clock
from floorlead.store import Refused, open_store, verify
from tests.hard.campaign import main
from tests.store.conftest import fill, picture

AT = clock.stopped("2026-11-23T08:41")
PAGE, SECTOR = 4096, 512


@functools.cache
def whole() -> tuple[bytes, dict[str, list[tuple]]]:
    """A filled file's bytes, and its rows."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "showroom.db"
        with contextlib.closing(open_store(path, AT, check="none")) as store:
            store.connection.execute("PRAGMA synchronous = OFF")
            fill(store)
            rows = picture(store)
        return path.read_bytes(), rows


def attempt(dice: random.Random, folder: Path) -> str:
    """Damage a copy in one of four ways, and open it."""
    kind, path = dice.choice((cut, zero, swap, noise)), folder / "showroom.db"
    data = kind(bytearray(whole()[0]), dice)
    path.write_bytes(data)
    try:
        with contextlib.closing(open_store(path, AT, reading=True)) as store:
            rows = picture(store)
    except Refused as refusal:
        return f"{kind.__name__}: refused {refusal.code}" if path.read_bytes() == data else "changed the file"
    if verify.verify(path).ok:
        return f"{kind.__name__}: nothing was stored there" if rows == whole()[1] else f"unnoticed: {kind.__name__}"
    return f"{kind.__name__}: named by verify"


def cut(data: bytearray, dice: random.Random) -> bytes:
    """The file ends early."""
    return bytes(data[: dice.randrange(1, len(data))])


def zero(data: bytearray, dice: random.Random) -> bytes:
    """A page of zeros."""
    page = dice.randrange(len(data) // PAGE)
    data[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)
    return bytes(data)


def swap(data: bytearray, dice: random.Random) -> bytes:
    """Two pages have changed places."""
    pages = [data[n : n + PAGE] for n in range(0, len(data), PAGE)]
    one, two = dice.sample(range(1, len(pages)), 2)
    pages[one], pages[two] = pages[two], pages[one]
    return b"".join(pages)


def noise(data: bytearray, dice: random.Random) -> bytes:
    """A sector that cannot be read right any more."""
    start = dice.randrange(len(data) // SECTOR) * SECTOR
    data[start : start + SECTOR] = dice.randbytes(SECTOR)
    return bytes(data)


if __name__ == "__main__":
    main(attempt, ("unnoticed", "changed"), count=1000)
