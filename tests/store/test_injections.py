"""A few of the faults of `tests.hard.injections`: the last calls of a kind, which come after what was done is done."""

from __future__ import annotations

import random

import pytest

from tests.hard import injections
from tests.store.test_power_cut import needs_strace

pytestmark = [needs_strace, pytest.mark.xdist_group("injections")]


@pytest.mark.parametrize("name", ["seal", "restore", "purge", "print", "export phones"])
def test_a_call_of_a_command_fails(tmp_path, name):
    """One of its calls: never a traceback, no refusal of what was done, nothing said that is not so."""
    for number in range(1, 2):
        found = injections.attempt(random.Random(f"{name} {number}"), tmp_path / str(number), name)
        assert not found.startswith(injections.BAD), found


def test_the_last_sync_of_a_seal_and_of_a_restore(tmp_path):
    """The folder's, when all is written: sealed, restored, with a warning."""
    for name in ("seal", "restore"):
        own = tmp_path / name
        last = injections.places(name)["fsync"][-1]
        done, lines = injections.run(name, own, f"fsync:error=ENOSPC:when={last}")

        assert any("INJECTED" in line for line in lines)
        assert (done.returncode, "warning: " in done.stderr) == (0, True), done.stderr
        assert injections.judged(name, own, done, silenced=False) == "done, with a warning"


def test_the_judge_knows_a_false_word(tmp_path):
    """The control: what is refused though it was done, or said to be done though it was not, is told."""
    done, _lines = injections.run("seal", tmp_path / "seal")
    assert injections.judged("seal", tmp_path / "seal", done, silenced=False) == "done all the same"
    done.returncode = 1
    assert injections.judged("seal", tmp_path / "seal", done, silenced=False).startswith("changed though refused")
    done, _lines = injections.run("undo", tmp_path / "undo")
    done.returncode = 0
    assert injections.judged("seal", tmp_path / "undo", done, silenced=False).startswith("not done")


def test_a_refusal_on_an_old_file_says_that_it_was_brought_up(tmp_path):
    """The disk fails when the file has this program's version already and the report is not sealed yet."""
    last = injections.places("seal an old file")["fdatasync"][10]
    done, _lines = injections.run("seal an old file", tmp_path / "old", f"fdatasync:error=EIO:when={last}+")

    assert done.returncode == 1
    assert "was brought up to this version, what it holds is as it was" in done.stderr
    assert injections.judged("seal an old file", tmp_path / "old", done, silenced=False) == "refused, nothing changed"
