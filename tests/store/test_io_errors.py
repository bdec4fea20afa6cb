"""The disk is full or failing: told in one sentence, nothing half, and what was there stays."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys

import pytest

from floorlead import shelf
from floorlead.store import Busy, CannotWrite, Damaged, Refused, errors, verify
from tests.children import around
from tests.store.conftest import ROOT, WRITER, enter, task
from tests.store.test_power_cut import needs_strace

posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX limits")


def lines(process) -> tuple[list[str], list[str], list[str]]:
    """A limited writer's words: what it acknowledged, how it was refused, and what it could do after that."""
    said = process.communicate()[0].splitlines()
    assert process.returncode == 0
    marks = [line for line in said if re.fullmatch(r"full-\d+", line)]
    refused = [line for line in said if line.startswith("refused")]
    return marks, refused, said[-2:]


def whole(path, marks: list[str], opened) -> None:
    """Everything acknowledged is there, nothing is half, and the next entry goes through."""
    store = opened()
    there = dict(store.rows("SELECT owner, count(*) FROM tasks GROUP BY owner"))
    assert set(marks) <= set(there)
    assert set(there.values()) <= {40}
    assert store.one("SELECT value FROM settings WHERE key = 'count'") in (None, str(len(there)))
    assert verify.verify(path).findings == []
    enter(store, "tasks", **task())


@posix
@pytest.mark.parametrize("size", [1_200_000, 1_266_666, 1_400_000, 2_200_000])
def test_a_full_disk_is_told_and_nothing_is_half(path, store, opened, terminal, size):
    """No file may grow past the limit: the entry is refused whole, reading goes on, and room helps."""
    store.close()
    marks, refused, after = lines(terminal("limited", path, size))
    assert len(refused) == 1
    assert refused[0].startswith("refused CannotWrite The disk does not take the data")
    assert after == [f"read {len(marks)}", "room"]
    whole(path, [*marks, "room"], opened)


def failing(path, call: str, error: str, when: str) -> subprocess.CompletedProcess[str]:
    """A terminal whose n-th system call of a kind upon the file, its journal or its folder fails."""
    return subprocess.run(
        ["strace", "-qq", "-o", "/dev/null", "-P", path, "-P", f"{path}-journal", "-P", path.parent,
         "-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={when}",
         sys.executable, WRITER, "limited", path, "100000000", "5"],
        cwd=ROOT, env=around(), capture_output=True, text=True,
    )  # fmt: skip


@needs_strace
@pytest.mark.parametrize("call", ["pwrite64", "fdatasync", "unlink", "openat"])
@pytest.mark.parametrize("error", ["EIO", "ENOSPC"])
@pytest.mark.parametrize("often", ["", "+"], ids=["once", "for good"])
def test_a_failing_call_is_told_and_nothing_is_half(path, store, opened, call, error, often):
    """The n-th write, sync, or removal of a journal fails: refused with a sentence, never a traceback.

    `tests.hard.failing_calls` fails any."""
    store.close()
    path.with_name("empty").write_bytes(path.read_bytes())
    for n in (2, 5, 13):
        shutil.copyfile(path.with_name("empty"), path)
        path.with_name("showroom.db-journal").unlink(missing_ok=True)
        done = failing(path, call, error, f"{n}{often}")
        assert "Traceback" not in done.stderr
        said = done.stdout.splitlines()
        marks = [line for line in said if line.startswith("full-")]
        assert len(marks) == 5 or any(line.startswith("refused") for line in said), (n, done)
        whole(path, marks, opened)


@pytest.mark.parametrize(("text", "kind", "code"), [
    ("database is locked", Busy, "E21"), ("database table is locked", Busy, "E21"),
    ("disk I/O error", CannotWrite, "E22"), ("database or disk is full", CannotWrite, "E22"),
    ("unable to open database file", CannotWrite, "E22"),
    ("attempt to write a readonly database", CannotWrite, "E23"),
    ("database disk image is malformed", Damaged, "E13"), ("file is not a database", Damaged, "E13"),
    ("Could not decode to UTF-8 column 'name' with text '\udcff'", Damaged, "E13"),
    ("floorlead: sealed day", Refused, "E41"), ("UNIQUE constraint failed: people.number", Refused, "E20"),
])  # fmt: skip
def test_each_fault_is_told_in_its_own_words(text, kind, code):
    """A full disk and a failing one are one sentence for the user; a locked file is none of them."""
    told = errors.told(sqlite3.OperationalError(text))
    assert (type(told), told.code) == (kind, code)
    assert str(told) == f"{told.sentence} ({code})"


@pytest.fixture
def report(tmp_path):
    """Yesterday's report, as it lies in the reports folder."""
    path = tmp_path / "reports" / "20261123-1.pdf"
    shelf.write_file(path, b"yesterday" * 1000)
    return path


def test_a_report_is_written_whole(report):
    shelf.write_file(report, b"today")
    assert report.read_bytes() == b"today"
    assert [p.name for p in report.parent.iterdir()] == [report.name]


@posix
def test_a_report_on_a_full_disk_leaves_the_old_one(report):
    """No file may grow past 2 KB: the new report is refused, yesterday's is there byte for byte, no part is
    left."""
    program = (
        "import resource, signal, sys; from pathlib import Path; from floorlead import shelf\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2048, 2048))\n"
        "try: shelf.write_file(Path(sys.argv[1]), b'x' * 100_000)\n"
        "except OSError as error: sys.exit(str(error))\n"
    )
    done = subprocess.run([sys.executable, "-c", program, report], cwd=ROOT, env=around(),
        capture_output=True, text=True)  # fmt: skip
    assert (done.returncode, "File too large" in done.stderr) == (1, True)
    assert report.read_bytes() == b"yesterday" * 1000
    assert [p.name for p in report.parent.iterdir()] == [report.name]


@pytest.mark.parametrize("fails", ["fsync", "replace"])
def test_a_report_that_cannot_be_finished_leaves_the_old_one(report, monkeypatch, fails):
    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os if fails == "fsync" else type(report), fails, full)
    with pytest.raises(OSError, match="No space"):
        shelf.write_file(report, b"today")
    assert report.read_bytes() == b"yesterday" * 1000
    assert [p.name for p in report.parent.iterdir()] == [report.name]


@posix
def test_a_report_is_its_owners_only(report):
    before = os.umask(0)
    try:
        shelf.write_file(report.with_name("open.pdf"), b"x")
        made = shelf.private_folder(report.parent / "a" / "b")
    finally:
        os.umask(before)
    assert report.with_name("open.pdf").stat().st_mode & 0o777 == 0o600
    assert [place.stat().st_mode & 0o777 for place in (made, made.parent)] == [0o700, 0o700]
