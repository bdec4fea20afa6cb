"""What is done stays done: what fails after it is a warning, on standard error, in JSON, on the app's line."""

from __future__ import annotations

import errno
import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from floorlead import shelf
from floorlead.access import moves as access
from floorlead.access import queries as found
from floorlead.cli import cli
from floorlead.exchange.writing import write_list
from floorlead.store import Refused, Store, aftermath, backup, cleaning, making, open_store
from floorlead.targets import moves as targets
from tests.conftest import DAY, desk_of, press

NOW = f"{DAY}T08:41"


def full(*_args: object, **_more: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def run(store: Store, *words: str) -> Result:
    return CliRunner().invoke(cli, ["--store", str(store.path), "--lang", "en", "--now", NOW, *words])


def test_sealed_without_a_backup(store, monkeypatch):
    """team 张伟

    The disk takes the report and not its backup: sealed, with its number, and it is said that there is no backup.
    """
    monkeypatch.setattr(backup, "_vacuum", full)
    done = run(store, "seal")

    assert done.exit_code == 0
    assert done.stdout.startswith("Sealed: no. 1 revision 1")
    assert "warning: No backup was made in" in done.stderr
    assert store.one("SELECT count(*) FROM reports") == 1


def test_the_warnings_are_in_the_json(store, monkeypatch):
    """team 张伟"""
    assert json.loads(run(store, "targets", "--set", "orders=3", "--format", "json").stdout)["warnings"] == []
    monkeypatch.setattr(backup, "_vacuum", full)
    (warning,) = json.loads(run(store, "seal", "--format", "json").stdout)["warnings"]

    assert "No backup was made" in warning


@pytest.mark.parametrize("step", ["sync_folder", "unlink"])
def test_a_copy_that_is_there_is_made(store, monkeypatch, step):
    """team 张伟

    Its folder is not synced, or an old one not thrown away: the copy is named, the rest is a warning.
    """
    if step == "unlink":
        for day in range(10, 22):
            (backup.folder(store.path)).mkdir(parents=True, exist_ok=True)
            name = f"202611{day}-081500-day.db"
            (backup.folder(store.path) / name).write_bytes(store.path.read_bytes())
        monkeypatch.setattr(Path, "unlink", full)
    else:
        monkeypatch.setattr(shelf, "sync_folder", full)
    done = run(store, "backup")

    assert done.exit_code == 0
    assert Path(done.stdout.strip()).exists()
    assert "warning: The backup is made, but" in done.stderr


def test_restored_though_the_folder_was_not_synced(store, monkeypatch):
    """team 张伟"""
    copy = backup.back_up(store, "day")
    targets.set_targets(store, "2026-11", {"orders": 3})
    monkeypatch.setattr(shelf, "sync_folder", full)
    done = run(store, "restore", str(copy))

    assert done.exit_code == 0
    assert done.stdout.startswith("Restored")
    assert "warning: It is saved, but the disk did not confirm it" in done.stderr
    assert open_store(store.path, store.clock).one("SELECT count(*) FROM targets") == 0


def test_not_restored_is_as_it_was(store, monkeypatch):
    """team 张伟

    The rename fails: the file, its journal's place and its folder are as they were, no copy is left behind.
    """
    copy = backup.back_up(store, "day")
    before = sorted(p.name for p in store.path.parent.iterdir())
    monkeypatch.setattr(Path, "replace", full)
    done = run(store, "restore", str(copy))

    assert done.exit_code == 1
    assert "The backup was not restored: No space left on device" in done.stderr
    assert sorted(p.name for p in store.path.parent.iterdir()) == before


def test_an_unfinished_write_meets_no_other_file(tmp_path, monkeypatch):
    """The journal goes aside with its file's replacement; where that fails it is back."""
    old, new = tmp_path / "s.db", tmp_path / "new.db"
    for path in (old, new, tmp_path / "s.db-journal"):
        path.write_text(path.name)
    real = Path.replace
    monkeypatch.setattr(Path, "replace", lambda self, to: full() if self == new else real(self, to))
    with pytest.raises(OSError):
        making.put_in_place(new, old)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["new.db", "s.db", "s.db-journal"]

    monkeypatch.setattr(Path, "replace", real)
    making.put_in_place(new, old)
    assert [p.name for p in tmp_path.iterdir()] == ["s.db"]
    assert old.read_text() == "new.db"


class Half:
    """A connection whose COMMIT saves all and then complains, or saves nothing."""

    def __init__(self, db: sqlite3.Connection, saves: bool) -> None:
        self._db, self._saves = db, saves

    def __getattr__(self, name: str) -> object:
        return getattr(self._db, name)

    def execute(self, sql: str, *values: object) -> sqlite3.Cursor:
        if sql == "COMMIT":
            self._db.execute("COMMIT" if self._saves else "ROLLBACK")
            raise sqlite3.OperationalError("disk I/O error")
        return self._db.execute(sql, *values)


@pytest.mark.parametrize("saves", [True, False])
def test_a_commit_that_fails_is_asked_whether_it_did(store, saves):
    """Saved after all: done, with a warning; not saved: refused, nothing there."""
    aftermath.begin()
    store._db = Half(store.connection, saves)
    if saves:
        targets.set_targets(store, "2026-11", {"orders": 3})
        assert "the disk did not confirm it" in aftermath.take()
    else:
        with pytest.raises(Refused):
            targets.set_targets(store, "2026-11", {"orders": 3})
    assert store.one("SELECT count(*) FROM targets") == saves
    assert bool(aftermath.done()) == saves


def test_a_purge_that_cannot_clean_up_says_what_is_erased(store, monkeypatch):
    """task call13812345678

    The file is rid of the number; a backup that the disk did not take anew is kept and named, no other one is thrown away.
    """
    copy = backup.back_up(store, "day")
    monkeypatch.setattr(backup, "copy_whole", full)
    done = run(store, "purge", "13812345678", "--yes")

    assert done.exit_code == 0
    assert done.stdout.startswith("Erased: ")
    assert f"{copy} was not written anew: No space left on device" in done.stderr
    assert f"see to it yourself: {copy}" in done.stdout
    assert copy.exists()
    assert "13812345678" not in str(store.rows("SELECT text FROM tasks"))


def test_a_purge_that_is_refused_throws_no_backup_away(store, monkeypatch):
    """task call13812345678

    A damaged backup gives way only when the file itself is done.
    """
    bad = backup.back_up(store, "day")
    bad.write_bytes(b"SQLite format 3\0" + bytes(5000))
    who = found.found(store, ["13812345678"], [])
    before = access.purge_backups(store.path, store.clock, store.by, who)
    monkeypatch.setattr("floorlead.store.erase.erase", lambda *_a, **_m: (_ for _ in ()).throw(Refused("E22", "no")))
    with pytest.raises(Refused):
        access.purge_file(store, who, before)

    assert bad.exists()
    assert before == cleaning.Cleaned(0, 0)


def test_whole_numbers_and_their_note_come_together(store, tmp_path, monkeypatch):
    """stock QY 白 4114 34
    order 刘女士 4114

    The list is not written: no note of it; the note is not saved: the list that stood there before is back.
    """
    path = tmp_path / "orders.csv"
    path.write_text("yesterday's")
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(Refused):
        write_list(store, "orders", path, phones=True)
    assert store.one("SELECT count(*) FROM accesses") == 0
    monkeypatch.undo()

    real = store._db
    store._db = Half(store.connection, saves=False)
    with pytest.raises(Refused):
        write_list(store, "orders", path, phones=True)
    store._db = real
    assert path.read_text() == "yesterday's"
    assert store.one("SELECT count(*) FROM accesses") == 0

    write_list(store, "orders", path, phones=True)
    assert store.one("SELECT count(*) FROM accesses") == 1
    assert path.read_text() != "yesterday's"
    assert [p.name for p in tmp_path.glob(".*")] == []


def test_the_apps_line_says_it(store, monkeypatch):
    """team 张伟

    Sealed in the app: the line says what was done, the warning line what was not.
    """
    monkeypatch.setattr(backup, "_vacuum", full)
    desk = desk_of(store)
    press(desk, "f9", "ctrl+p", "3")

    assert "sealed" in desk.last
    assert "No backup was made" in desk.trouble


def test_a_pin_is_no_part_of_what_is_done(store):
    """What is written while a PIN is tried does not make a refusal into a warning."""
    aftermath.begin()
    with aftermath.apart():
        targets.set_targets(store, "2026-11", {"orders": 3})
    assert aftermath.done() == ""
    targets.set_targets(store, "2026-11", {"orders": 4})
    assert "orders 4" in aftermath.done()


def test_a_file_made_for_nothing_does_not_stay(tmp_path):
    """A list that is refused as a whole makes no empty showroom; one that comes in does."""
    path = tmp_path / "people.csv"
    path.write_text("staff_id,name,role\nS01,,consultant\n", encoding="utf-8")
    base = ["--store", str(tmp_path / "new.db"), "--lang", "en", "--now", NOW, "import", "people", str(path)]
    for words in ([], ["--dry-run"]):
        CliRunner().invoke(cli, [*base, *words])
        assert [p.name for p in tmp_path.iterdir()] == ["people.csv"]
    path.write_text("staff_id,name,role\nS01,张伟,consultant\n", encoding="utf-8")
    assert CliRunner().invoke(cli, base).exit_code == 0
    assert (tmp_path / "new.db").exists()
