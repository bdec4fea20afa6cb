"""The file is opened exactly as decided: whole when copied, safe from a power cut, private, strict."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat

import pytest

from floorlead.store import backup, file, schema
from floorlead.store.errors import Refused

DECIDED = {
    "journal_mode": "delete", "synchronous": 3, "foreign_keys": 1, "trusted_schema": 0, "cell_size_check": 1,
    "secure_delete": 1, "recursive_triggers": 1,
}  # fmt: skip
posix = pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")


def test_the_decided_pragmas_are_in_force(store):
    """What was decided is what SQLite says, on a new file and on one opened again."""
    assert file.PRAGMAS == DECIDED
    assert {name: store.connection.execute(f"PRAGMA {name}").fetchone()[0] for name in DECIDED} == DECIDED


def test_the_decided_pragmas_are_in_force_on_the_next_morning(store, opened):
    again = opened().connection
    assert {name: again.execute(f"PRAGMA {name}").fetchone()[0] for name in DECIDED} == DECIDED


def test_a_pragma_that_was_not_accepted_is_told(store):
    """Never quietly on a less safe path."""
    store.connection.execute("PRAGMA synchronous = OFF")
    with pytest.raises(Refused, match="synchronous"):
        file.read_back(store.connection)


def test_a_write_waits_five_seconds_for_another_terminal(store):
    assert store.one("PRAGMA busy_timeout") == file.TIMEOUT_SECONDS * 1000 == 5000
    store.patience(0.3)
    assert store.one("PRAGMA busy_timeout") == 300


def test_the_header_says_whose_file_it_is(store, path):
    assert file.header(path) == (file.APPLICATION_ID, file.VERSION)
    assert file.APPLICATION_ID.to_bytes(4, "big") == b"FLLD"


def test_every_table_is_strict(store):
    """A word never lands where a number belongs; only the history's own table is not ours."""
    told = store.rows("SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
    loose = {name for name, strict in told if not strict}
    assert loose == {"sqlite_schema", "_sqlite_migrations"}


def test_every_table_is_recorded_or_known_not_to_be(store):
    """A new table cannot be forgotten: it is recorded, or it stands here."""
    tables = {name for (name,) in store.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    assert tables - set(schema.RECORDED) == {"actions", "changes", "drafts", "_sqlite_migrations"}
    assert set(schema.RECORDED) <= tables
    for table in schema.RECORDED:
        assert schema.columns(store.connection, table)[0] == "id"


@posix
def test_everything_is_private(opened, tmp_path, at):
    """Under an ordinary umask the file is its owner's only, its journal, backups and every folder made
    too."""
    before = os.umask(0o022)
    try:
        store = opened(tmp_path / "data" / "shop" / "showroom.db")
        backup.back_up(store, "day")
        with store.write("Seen") as db:
            db.execute("INSERT INTO settings(key, value) VALUES ('a', 'b')")
            modes = {p: stat.S_IMODE(p.stat().st_mode) for p in tmp_path.rglob("*")}
    finally:
        os.umask(before)
    assert any(p.name == "showroom.db-journal" for p in modes)
    assert {oct(mode) for p, mode in modes.items() if p.is_dir()} == {"0o700"}
    assert {oct(mode) for p, mode in modes.items() if p.is_file()} == {"0o600"}


def test_a_file_once_switched_to_wal_comes_back(store, path, opened):
    """Whatever another program set: a copied file is a whole file again."""
    store.close()
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode = WAL")
    assert opened().one("PRAGMA journal_mode") == "delete"
