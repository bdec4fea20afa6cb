"""Damaged copies of a showroom through every way in: nothing breaks, and nothing is called clean that is not as it was."""

from __future__ import annotations

import contextlib
import functools
import random
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from floorlead import clock
from floorlead.cli import cli
from floorlead.entry import open_for_app
from floorlead.setup.demo import make_demo
from floorlead.store import Refused, open_store
from floorlead.store.damage import explained
from floorlead.store.salvage import tables
from tests.conftest import desk_of
from tests.hard.campaign import main

NOW = "2026-11-24T08:41"
AT = clock.stopped(NOW)
PAGE = 4096
DAYS = 4
BAD = ("traceback", "called clean", "broke")
Dump = dict[str, list[tuple[Any, ...]]]


@functools.cache
def whole() -> tuple[bytes, Dump]:
    """A demo showroom's bytes, a place and half-typed text kept in it, and all of its rows."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "demo.db"
        make_demo(path, AT, "demo", DAYS)
        with contextlib.closing(open_store(path, AT)) as store:
            desk = desk_of(store)
            desk.go("log")
            desk.keep()
        found = dump(path)
        assert found
        return path.read_bytes(), found


def dump(path: Path) -> Dump | None:
    """Every row of every table as SQLite itself tells it; None where it cannot."""
    try:
        with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as db:
            names = [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
            return {name: list(map(_exact, db.execute(f'SELECT * FROM "{name}"'))) for name in names}
    except (sqlite3.Error, UnicodeDecodeError):
        return None


def _exact(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(repr(value) for value in row)


def flips(data: bytearray, dice: random.Random) -> bytes:
    for _n in range(dice.choice((1, 1, 1, 3, 20))):
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    return bytes(data)


def bytes_over(data: bytearray, dice: random.Random) -> bytes:
    """A few bytes written over, more often than chance in the header and in the first pages."""
    at = dice.choice((dice.randrange(100), dice.randrange(3 * PAGE), dice.randrange(len(data))))
    new = dice.randbytes(dice.randint(1, 64))
    return bytes(data[:at] + new + data[at + len(new) :])


def zeroed(data: bytearray, dice: random.Random) -> bytes:
    page = dice.randrange(len(data) // PAGE)
    return bytes(data[: page * PAGE] + bytes(PAGE) + data[(page + 1) * PAGE :])


def cut(data: bytearray, dice: random.Random) -> bytes:
    return bytes(
        data[: dice.choice((dice.randrange(600), dice.randrange(len(data)), len(data) - dice.randint(1, PAGE)))]
    )


def swapped(data: bytearray, dice: random.Random) -> bytes:
    one, two = sorted(dice.sample(range(len(data) // PAGE), 2))
    a, b = data[one * PAGE : (one + 1) * PAGE], data[two * PAGE : (two + 1) * PAGE]
    data[one * PAGE : (one + 1) * PAGE], data[two * PAGE : (two + 1) * PAGE] = b, a
    return bytes(data)


def tail(data: bytearray, dice: random.Random) -> bytes:
    return bytes(data) + dice.choice((dice.randbytes(dice.randint(1, 9000)), bytes(PAGE), bytes(data[:PAGE])))


KINDS = (flips, flips, bytes_over, zeroed, cut, swapped, tail)


def attempt(dice: random.Random, folder: Path) -> str:
    """Damage a copy and go through every way in; what was wrong first is the answer."""
    sound, rows = whole()
    data = dice.choice(KINDS)(bytearray(sound), dice)
    path = folder / "showroom.db"
    path.write_bytes(data)
    same = dump(path) == rows
    calm = []
    for name, way in WAYS.items():
        path.write_bytes(data)
        try:
            calm.append((name, way(path)))
        except Exception as error:
            return f"traceback: {name}: {type(error).__name__}: {error}"[:160]
    wrong = [name for name, clean in calm if clean and not same]
    if wrong:
        return f"called clean by {', '.join(wrong)}"
    return "rows as before" if same else "seen by " + ", ".join(name for name, clean in calm if clean is False)


def _opened(check: str) -> Callable[[Path], None]:
    def way(path: Path) -> None:
        with contextlib.suppress(Refused):
            store = open_store(path, AT, check=check)
            with contextlib.closing(store):
                store.wait_checked()

    return way


def _started(path: Path) -> None:
    """The app on it, without a terminal: what it cannot show must be explained by the file."""
    try:
        with contextlib.closing(open_for_app(path, AT)) as store:
            desk = desk_of(store)
            for key in ("f3", "f5", "f7", "f9"):
                desk.press(key)
                desk.frame(80, 24)
    except Refused:
        return
    except Exception as error:
        if explained(path, error) is None:
            raise


def command(path: Path, *words: str) -> Any:
    """A command of the program; raises what escapes from it."""
    done = CliRunner().invoke(cli, ["--store", str(path), "--lang", "en", "--now", NOW, *words])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def _verify(path: Path) -> bool:
    return command(path, "verify").exit_code == 0


def _doctor(path: Path) -> bool:
    return any(line.startswith("ok  file:") for line in command(path, "doctor").stdout.splitlines())


def _report(path: Path) -> None:
    command(path, "report")


def _restored_from(path: Path) -> bool:
    """The damaged copy as the backup that is to be put back."""
    good = path.with_name("other.db")
    good.write_bytes(whole()[0])
    return command(good, "restore", str(path)).exit_code == 0


def _restored_over(path: Path) -> None:
    """A good backup over the damaged copy: that must always work."""
    good = path.with_name("backup.db")
    good.write_bytes(whole()[0])
    done = command(path, "restore", str(good))
    assert done.exit_code == 0 and dump(path) == whole()[1], done.output


def _salvaged(path: Path) -> None:
    assert tables(path)


WAYS: dict[str, Callable[[Path], bool | None]] = {
    "verify": _verify, "doctor": _doctor, "restore from": _restored_from, "open now": _opened("now"),
    "open behind": _opened("behind"), "start": _started, "report": _report, "salvage": _salvaged,
    "restore over": _restored_over,
}  # fmt: skip
"""Every way in; True is what calls the file clean."""


if __name__ == "__main__":
    main(attempt, BAD, count=1000)
