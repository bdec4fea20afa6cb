"""The disk fails at one step of one command: exit code 1 means that nothing changed, 0 that it is done as it says, never a traceback.

A command is first run under strace to learn its calls upon the showroom's folder; then one of the first thirty of a kind
fails with ENOSPC or EIO, once or from then on.
"""

from __future__ import annotations

import contextlib
import functools
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from floorlead import clock, shelf
from floorlead.cli import cli
from floorlead.setup.demo import is_demo, make_demo
from floorlead.store import Refused, Store, backup, file, open_store, verify
from tests.children import around
from tests.conftest import DAY
from tests.hard.campaign import main
from tests.store.conftest import enter, person, task
from tests.store.first_walk import first_walk
from tests.store.test_power_cut import no_strace

NOW, NUMBER, FIRST = f"{DAY}T08:41", "13812345678", 30
CALLS = {
    "fsync": "fsync", "fdatasync": "fdatasync", "pwrite64": "pwrite64", "write": "write", "unlink": "unlink,unlinkat",
    "rename": "rename,renameat,renameat2", "link": "link,linkat",
}  # fmt: skip
BAD = ("traceback", "code ", "changed", "not done", "unclean", "no word", "says done")
NO_ENTRIES = tuple(f'INSERT INTO "{table}"' for table in ("drafts", "_sqlite_migrations"))


@dataclass
class Command:
    """A command that writes: its words, and whether it is done; `base` is the file it begins with."""

    words: tuple[str, ...]
    done: Callable[[Path], bool]
    base: str = "day"


def one(path: Path, sql: str) -> object:
    """The first value of a query, as any program would read the file."""
    with contextlib.closing(sqlite3.connect(path)) as db:
        found = db.execute(sql).fetchone()
    return found[0] if found else None


def count(table: str, at_least: int) -> Callable[[Path], bool]:
    return lambda path: int(str(one(path, f"SELECT count(*) FROM {table}"))) >= at_least


def copies(path: Path) -> list[backup.Backup]:
    return [b for b in backup.listed(path) if verify.verify(b.path).ok]


def written(name: str, begins: bytes) -> Callable[[Path], bool]:
    return lambda path: path.with_name(name).exists() and path.with_name(name).read_bytes().startswith(begins)


def erased(path: Path) -> bool:
    """The number is nowhere in the file and its backups."""
    return not any(NUMBER.encode() in p.read_bytes() for p in (path, *backup.folder(path).glob("*.db")))


COMMANDS = {
    "seal": Command(("seal",), lambda path: one(path, "SELECT count(*) FROM reports") == 1),
    "backup": Command(("backup",), lambda path: len(copies(path)) == 2),
    "restore": Command(("restore", "good.db"), lambda path: rows(path) == rows(path.with_name("good.db"))),
    "import people": Command(("import", "people", "people.csv"), count("people WHERE name = '新来的'", 1)),
    "import cars": Command(("import", "cars", "cars.csv"), count("cars", 30)),
    "import sales": Command(("import", "sales", "sales_history.csv"), count("sales", 20)),
    "import customers": Command(("import", "customers", "prospects.csv"), count("customers", 20)),
    "import calendar": Command(("import", "calendar", "holidays.csv"), count("calendar_days WHERE day > '2031'", 1)),
    "init": Command(("init", "--name", "新展厅"), lambda path: one(path, "SELECT value FROM settings") == "新展厅", "none"),
    "demo": Command(("demo", "--no-open", "--showroom", "standard"), is_demo, "none"),
    "upgrade": Command(("card",), lambda path: one(path, "PRAGMA user_version") == file.VERSION, "old"),
    "seal an old file": Command(("seal",), lambda path: one(path, "SELECT count(*) FROM reports") == 1, "old"),
    "export": Command(("export", "people", "out.csv"), written("out.csv", b"\xef\xbb\xbf")),
    "export phones": Command(
        ("export", "customers", "out.xlsx", "--phones"),
        lambda path: written("out.xlsx", b"PK")(path) and count("accesses", 1)(path),
    ),
    "report -o": Command(("report", "-o", "out.txt"), written("out.txt", b" ")),
    "print": Command(("print", "card"), lambda path: any((path.with_suffix("") / "reports").glob("*.pdf"))),
    "leave": Command(("leave", "--grant", "S02", "--from", "2026-12-03", "--all-the-same"), count("leaves", 1)),
    "targets": Command(("targets", "--set", "orders=61"), count("targets WHERE amount = 61", 1)),
    "undo": Command(("undo",), count("actions WHERE kind = 'undo'", 1)),
    "reopen": Command(("reopen", "--reason", "漏记"), count("reopens", 1), "sealed"),
    "purge": Command(("purge", NUMBER, "--yes"), erased),
    "rota make": Command(("rota", "make", "--from", "2026-12-07", "--days", "2", "--accept"), count("rota_cells", 2)),
}  # fmt: skip


# -- the files that a command begins with


@functools.cache
def bases() -> Path:
    """A folder with one folder for each beginning, made once."""
    folder = Path(tempfile.mkdtemp(prefix="floorlead-bases-"))
    made = {name: folder / name / "s.db" for name in ("none", "day", "sealed", "old")}
    for path in made.values():
        path.parent.mkdir()
        for list_ in ("cars", "sales_history", "prospects"):
            shutil.copy(shelf.find("demo", f"{list_}.csv"), path.parent)
        (path.parent / "holidays.csv").write_text("date,kind,name\n2031-01-01,holiday,New Year\n")
        (path.parent / "people.csv").write_text("staff_id,name,role\nX9,新来的,consultant\n", encoding="utf-8")
    _make_day(made["day"])
    shutil.copytree(made["day"].parent, made["sealed"].parent, dirs_exist_ok=True)
    assert CliRunner().invoke(cli, [*options(made["sealed"]), "seal"]).exit_code == 0
    with pytest.MonkeyPatch.context() as older, first_walk(older):
        store = open_store(made["old"], clock.stopped(NOW))
        enter(store, "people", **person(1))
        enter(store, "tasks", **task())
        store.close()
    return folder


def _make_day(path: Path) -> None:
    """A morning with a number to erase in the file and in its backup, a backup elsewhere, and something to take back."""
    make_demo(path, clock.stopped(NOW), "standard", 0)
    store = open_store(path, clock.stopped(NOW))
    _note(store, f"call {NUMBER}")
    backup.back_up(store, "day")
    shutil.copy(backup.listed(path)[0].path, path.with_name("good.db"))
    for number in range(12):
        _note(store, f"task {number}")
    store.close()
    with contextlib.closing(sqlite3.connect(path.with_name("good.db"))) as db:
        db.execute("VACUUM")


def _note(store: Store, text: str) -> None:
    with store.write("noted {text}", text=text[:4]) as db:
        db.execute("INSERT INTO tasks(text, due, made_on) VALUES (?, ?, ?)", (text, DAY, DAY))


def options(path: Path) -> list[str]:
    return ["--store", str(path), "--lang", "en", "--now", NOW]


# -- running under strace


def run(name: str, folder: Path, inject: str = "") -> tuple[subprocess.CompletedProcess[str], list[str]]:
    """Run a command in a folder of its own, one call made to fail; returns it and the calls as strace tells them."""
    shutil.copytree(bases() / COMMANDS[name].base, folder, dirs_exist_ok=True)
    log = folder.with_name(f"{folder.name}.log")
    traced = ",".join(CALLS.values())
    faults = ["-e", f"inject={inject}"] if inject else []
    command = [sys.executable, "-B", "-m", "floorlead", *options(folder / "s.db"), *COMMANDS[name].words]
    done = subprocess.run(
        ["strace", "-f", "--seccomp-bpf", "-y", "-qq", "-o", log, "-e", f"trace={traced}", *faults, *command],
        cwd=folder, env=around(PATH="/nowhere", HOME=str(folder / "home")), capture_output=True, text=True, timeout=300,
        stdin=subprocess.DEVNULL, executable=shutil.which("strace"),
    )  # fmt: skip
    lines = log.read_text(errors="replace").splitlines()
    log.unlink()
    return done, lines


@functools.cache
def places(name: str) -> dict[str, tuple[int, ...]]:
    """Of each kind of call the first thirty upon the showroom's folder, by their number among all of that kind."""
    with tempfile.TemporaryDirectory(prefix="floorlead-calls-") as made:
        folder = Path(made) / "calls"
        done, lines = run(name, folder)
        assert done.returncode == 0, (name, done.stderr)
        assert COMMANDS[name].done(folder / "s.db"), name
    found: dict[str, tuple[int, ...]] = {}
    for call, kinds in CALLS.items():
        of_kind = [line for line in lines if re.match(rf"\d+\s+({kinds.replace(',', '|')})\(", line)]
        here = [n for n, line in enumerate(of_kind, 1) if str(folder) in line]
        found[call] = tuple(here[:FIRST])
    return {call: numbers for call, numbers in found.items() if numbers}


# -- the judge


def rows(path: Path) -> list[str] | None:
    """What was entered into the file, read after what was cut off is taken back; None for a file that is not made yet.

    Half-typed texts, what the program remembers of its own settings and when it was updated are no entries.
    """
    if not path.exists():
        return None
    with contextlib.closing(sqlite3.connect(path)) as db:
        return [line for line in db.iterdump() if not line.startswith(NO_ENTRIES)][1:-1] or None


@functools.cache
def brought_up() -> list[str] | None:
    """The old file in this program's version, with nothing entered."""
    with tempfile.TemporaryDirectory() as made:
        shutil.copytree(bases() / "old", made, dirs_exist_ok=True)
        open_store(Path(made) / "s.db", clock.stopped(NOW)).close()
        return rows(Path(made) / "s.db")


def judged(name: str, folder: Path, done: subprocess.CompletedProcess[str], silenced: bool) -> str:
    """What came of it: how it is wrong, else how it was told; a standard error that failed too (`silenced`) tells nothing."""
    path, command = folder / "s.db", COMMANDS[name]
    said = [line for line in done.stderr.splitlines() if line.strip()]
    if "Traceback" in done.stderr or "Exception ignored" in done.stderr:
        return f"traceback: {name}: {said[-1][:80]}"
    if done.returncode not in (0, 1):
        return f"code {done.returncode}: {name}"
    before, after = rows(bases() / command.base / "s.db"), rows(path)
    if after != before and command.base == "old" and (silenced or "was brought up" in done.stderr):
        before = brought_up()  # what was entered is as it was, and it is said
    if done.returncode == 1 and after != before:
        return f"changed though refused: {name}: {done.stderr[:150]}"
    if done.returncode == 1 and not said and not silenced:
        return f"no word: {name}"
    if done.returncode == 1 and ("Done:" in done.stderr or done.stdout):
        return f"says done: {name}: {done.stdout[:60]}"
    if done.returncode == 0 and not command.done(path) and "warning" not in done.stderr and not silenced:
        return f"not done: {name}: {done.stderr[:150]}"
    if after is not None and (findings := verify.verify(path).findings):
        return f"unclean: {name}: {findings[0].sentence}"
    with contextlib.suppress(Refused):
        if len(copies(path)) != len(backup.listed(path)):
            return f"unclean: {name}: a bad backup"
    return "refused, nothing changed" if done.returncode else "done, with a warning" if said else "done all the same"


def attempt(dice: random.Random, folder: Path, name: str = "") -> str:
    """One fault in one command."""
    if no_strace():
        return "skipped: " + no_strace()
    name = name or dice.choice(list(COMMANDS))
    call = dice.choice(list(places(name)))
    when, error = str(dice.choice(places(name)[call])), dice.choice(("ENOSPC", "EIO"))
    when += dice.choice(("", "", "+"))
    own = folder / "own"
    done, lines = run(name, own, f"{CALLS[call]}:error={error}:when={when}")
    hits = [line for line in lines if "(INJECTED)" in line]
    if not hits:
        return "not reached"
    found = judged(name, own, done, silenced=any("write(2<" in line for line in hits))
    return f"{found} [{call} {error} {when}]" if found.startswith(BAD) else found


if __name__ == "__main__":
    main(attempt, BAD, count=400)
