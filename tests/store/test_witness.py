"""An old copy of the file put back over a newer one is noticed, told with both times, and blocks nobody."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner

from floorlead.cli import cli
from floorlead.store import backup, open_store, witness
from floorlead.tasks import queries as tasks
from tests.conftest import at, desk_of, screen
from tests.store.conftest import enter, task

MORNING, EVENING = "2026-11-23T08:41", "2026-11-23T18:00"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.fixture
def yesterday(store, path, tmp_path):
    """A copy made in the morning; the file went on until the evening and was closed as usual."""
    enter(store, "tasks", **task())
    shutil.copyfile(path, tmp_path / "stick.db")
    at(store, "18:00", "2026-11-23")
    enter(store, "tasks", **task(text="盘点"))
    witness.keep(store)
    store.close()
    return tmp_path / "stick.db"


def strange(path: Path, now) -> str:
    store = open_store(path, now)
    told = witness.look(store)
    store.close()
    return told


def test_a_file_that_goes_on_says_nothing(yesterday, path, at):
    assert strange(path, at) == ""


def test_an_old_file_put_back_is_told_with_both_times(yesterday, path, at):
    shutil.copyfile(yesterday, path)
    told = strange(path, at)
    assert "2026-11-23 08:41" in told and "2026-11-23 18:00" in told
    assert strange(path, at) == told, "looking settles nothing"


@pytest.mark.parametrize("left", [0, 1, 2])
def test_one_witness_is_enough(yesterday, path, at, left):
    """The whole folder was put back, or the user's own folder is new, or somebody tidied up: any one of them tells."""
    (path.parent / "showroom" / "backups").mkdir(parents=True)
    witness.keep(open_store(path, at), anyhow=True)
    for n, place in enumerate(witness.places(path)):
        assert place.exists()
        if n != left:
            place.unlink()
    shutil.copyfile(yesterday, path)
    assert strange(path, at)


def test_work_that_went_on_in_another_copy_is_told(yesterday, path, at):
    """The old copy grew beyond what was seen: its log is another one from there."""
    shutil.copyfile(yesterday, path)
    store = open_store(path, at)
    for n in range(4):
        enter(store, "tasks", **task(text=f"另一件{n}"))
    assert "Another copy" in witness.look(store)
    witness.keep(store)
    assert "Another copy" in witness.look(store), "closing it does not settle it"
    witness.keep(store, anyhow=True)
    assert witness.look(store) == "", "the next seal does"
    store.close()


def test_a_restore_is_no_alarm(yesterday, path, at):
    backup.restore(yesterday, path, at)
    assert strange(path, at) == ""
    shutil.copyfile(path.with_name(next(p.name for p in path.parent.glob("showroom.replaced-*"))), path)
    assert strange(path, at) == "", "back to the newer one is no older copy"


def test_a_copy_elsewhere_is_a_book_of_its_own(yesterday, path, at, tmp_path):
    """A rehearsal on a copy neither alarms nor moves what is known of the real file."""
    copy = tmp_path / "elsewhere.db"
    shutil.copyfile(yesterday, copy)
    assert strange(copy, at) == ""
    store = open_store(copy, at)
    enter(store, "tasks", **task())
    witness.keep(store)
    store.close()
    assert strange(path, at) == ""


def test_another_showrooms_file_is_no_older_copy(yesterday, path, at):
    path.unlink()
    store = open_store(path, at)
    enter(store, "tasks", **task())
    assert witness.look(store) == ""
    witness.keep(store)
    assert witness.look(store) == ""
    store.close()


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"book": 1}', '{"book":"x","seq":"9","chain":"","at":"","seen":""}', "\0"]
)
def test_a_witness_that_cannot_be_read_is_none(yesterday, path, at, text):
    for place in witness.places(path):
        if place.parent.is_dir():
            place.write_text(text)
    shutil.copyfile(yesterday, path)
    assert strange(path, at) == ""
    witness.keep(open_store(path, at))
    assert "book" in witness.places(path)[0].read_text()


def test_a_place_that_takes_nothing_is_no_error(yesterday, path, at, tmp_path):
    shutil.rmtree(tmp_path / "config")
    (tmp_path / "config").write_text("a file where a folder was")
    store = open_store(path, at)
    enter(store, "tasks", **task())
    witness.keep(store)
    assert witness.look(store) == ""
    store.close()


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_witnesses_are_private_name_nobody_and_leave_no_part(yesterday, path):
    there = [place for place in witness.places(path) if place.exists()]
    assert len(there) == 2
    for place in there:
        assert stat.S_IMODE(place.stat().st_mode) == 0o600
        assert "盘点" not in place.read_text() and "showroom" not in place.read_text()
        assert not list(place.parent.glob("*.tmp"))


def run(path: Path, now: str, *words_: str) -> str:
    done = CliRunner().invoke(cli, ["--store", str(path), "--lang", "en", "--now", now, *words_])
    assert done.exit_code == 0, done.output
    return done.output


def test_commands_that_write_say_it_and_go_on(yesterday, path):
    """`undo` and `seal` tell on standard error; `doctor` names it; the seal settles it."""
    shutil.copyfile(yesterday, path)
    assert "older copy" in run(path, EVENING, "undo")
    assert "!! copy" in run(path, EVENING, "doctor")
    assert "Another copy" in run(path, EVENING, "seal")
    assert "copy" not in run(path, EVENING, "reopen", "--reason", "漏记")
    assert "ok  copy" in run(path, EVENING, "doctor")


def test_a_command_notes_what_it_entered(path, opened, at):
    tasks.add(opened(), "补价签", "", opened().today())
    shutil.copyfile(path, path.with_name("old"))
    run(path, MORNING, "seal")
    shutil.copyfile(path.with_name("old"), path)
    assert strange(path, at)


def test_the_app_says_it_on_its_line(yesterday, path, opened):
    shutil.copyfile(yesterday, path)
    store = opened()
    store.notice(witness.look(store))
    shown = screen(desk_of(store))
    assert "An older copy: until 2026-11-23 08:41, seen here until 2026-11-23 18:00" in shown
