"""A file of last year opens in this year's program: all steps or none, a backup first, its guards in
place."""

from __future__ import annotations

import contextlib
import os
import sqlite3

import pytest
from sqlite_utils import Migrations

from floorlead.store import Refused, backup, file, migrations, open_store, schema, undo, verify
from tests.store.conftest import enter, fill, person, picture, task
from tests.store.first_walk import CARS, MARKET, ROTA, first_walk

SHIPPED = file.VERSION


@pytest.fixture
def told(monkeypatch):
    """Tell the history one step more, as the next release would."""
    return telling(monkeypatch)


def telling(monkeypatch):
    """A function that tells the history further steps."""
    older = Migrations("floorlead")
    older._migrations = list(migrations.history._migrations)
    shipped = migrations.STEPS

    def tell(*steps):
        newer = Migrations("floorlead")
        newer._migrations = list(older._migrations)
        for step in steps:
            newer()(step)
        names = (*shipped, *(step.__name__ for step in steps))
        monkeypatch.setattr(migrations, "history", newer)
        monkeypatch.setattr(migrations, "STEPS", names)
        monkeypatch.setattr(file, "VERSION", len(names))

    return tell


def m900_a_phone(db):
    """A new column with a default, and a new index."""
    db.execute("ALTER TABLE people ADD COLUMN phone TEXT NOT NULL DEFAULT 'it''s -'")
    db.execute("CREATE INDEX people_of_team ON people(team)")


def m900_rebuilt(db):
    """Every table that a day uses is rebuilt, which drops its triggers silently."""
    for table in ("people", "cards", "marks", "reports", "actions", "changes"):
        db[table].transform(column_order=None)


def m900_breaks(db):
    db.execute("ALTER TABLE people ADD COLUMN phone TEXT")
    db.execute("INSERT INTO nowhere VALUES (1)")


def m900_raises(db):
    db.execute("ALTER TABLE people ADD COLUMN phone TEXT")
    raise KeyError("the step's own mistake")


@pytest.fixture
def last_year(full):
    """A file that this year's program has filled and closed."""
    whole = picture(full)
    full.close()
    return whole


def test_the_version_is_the_number_of_steps():
    """And each step stands in the history in its order, under its own number."""
    assert len(migrations.STEPS) == file.VERSION
    assert tuple(step.name for step in migrations.history._migrations) == migrations.STEPS
    assert [name[:5] for name in migrations.STEPS] == [f"m{n:03}_" for n in range(1, file.VERSION + 1)]


def test_a_file_of_the_first_walk_gets_its_cars(monkeypatch, path, opened, at):
    """A showroom that began with the cards only: its mornings stay, the tables for cars come, verify is clean."""
    with first_walk(monkeypatch):
        store = opened()
        enter(store, "people", **person(1))
        enter(store, "tasks", **task())
        before = picture(store)
        store.close()
    assert verify.verify(path).ok, "an earlier file is judged by its own version"
    assert file.header(path) == (file.APPLICATION_ID, 1)
    assert open_store(path, at, reading=True).rows("SELECT * FROM cars") == []
    store = opened()
    after = picture(store)
    assert {table: after[table] for table in before} == before
    assert all(after[table] == [] for table in CARS + ROTA + MARKET if table not in schema.FIXED)
    assert [b.why for b in backup.listed(path)] == ["migration"]
    assert verify.verify(path).ok
    undo.undo(store)
    assert store.one("SELECT count(*) FROM tasks") == 0


def test_a_blank_file_is_the_told_history(store):
    """Made in one go or told step by step: the same tables, the same guards."""
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        from sqlite_utils import Database

        for step in migrations.STEPS:
            getattr(migrations, step)(Database(db))
        schema.install_triggers(db)
        wanted = set(db.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema").fetchall())
    there = set(
        store.rows("SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE tbl_name <> '_sqlite_migrations'")
    )
    assert there == wanted


def test_an_older_file_is_brought_up_with_a_backup_first(last_year, path, opened, told):
    """The backup is last year's file; the rows are all there, the new column with its default; verify is
    clean."""
    before = verify.verify(path).to_dict()
    told(m900_a_phone)
    store = opened()
    assert {row[-1] for row in store.rows("SELECT * FROM people")} == {"it's -"}
    assert [row[:-1] for row in store.rows("SELECT * FROM people")] == last_year["people"]
    assert file.header(path) == (file.APPLICATION_ID, SHIPPED + 1)
    made = backup.listed(path)
    assert [b.why for b in made] == ["migration"]
    assert file.header(made[0].path) == (file.APPLICATION_ID, SHIPPED)
    assert verify.verify(path).to_dict() == before
    enter(store, "people", **person(9))
    assert verify.verify(path).ok


def test_this_mornings_work_is_undone_after_the_update(last_year, path, opened, told):
    """Entered before the column was told, taken back and done again after it."""
    told(m900_a_phone)
    store = opened()
    enter(store, "people", **person(8))
    with contextlib.closing(opened()) as other:
        assert len(undo.stacks(other)[0]) == 1
    store = opened()
    undo.undo(store)
    undo.redo(store)
    assert verify.verify(path).ok


def test_a_row_of_before_the_update_is_undone_after_it(opened, path, told):
    store = opened()
    enter(store, "people", **person(1))
    store.close()
    told(m900_a_phone)
    store = opened()
    undo.undo(store)
    undo.redo(store)
    assert store.one("SELECT phone FROM people") == "it's -"
    assert verify.verify(path).ok


def test_rebuilt_tables_keep_their_rows_and_get_their_guards_back(last_year, path, opened, told):
    told(m900_rebuilt)
    store = opened()
    assert picture(store) == last_year
    assert schema.present_triggers(store.connection) == schema.expected_triggers(store.connection)
    assert verify.verify(path).findings == []
    with pytest.raises(sqlite3.IntegrityError, match="outside"):
        store.connection.execute("DELETE FROM prints")
    loose = store.rows(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND NOT strict AND name NOT GLOB '*sqlite*'"
    )
    assert loose == []


@pytest.mark.parametrize("step", [m900_breaks, m900_raises])
def test_a_step_that_fails_leaves_the_file_as_it_was(last_year, path, opened, told, step, at):
    """Half a step is no step: told with a sentence, every byte as before, a backup beside it."""
    before = path.read_bytes()
    told(step)
    with pytest.raises(Refused, match="as it was") as refused:
        open_store(path, at)
    assert (refused.value.code, path.read_bytes()) == ("E17", before)
    assert len(backup.listed(path)) == 1
    assert not path.with_name("showroom.db-journal").exists()
    told()
    assert picture(opened()) == last_year


def test_without_a_backup_there_is_no_migration(last_year, path, told, at):
    """Where no backup can be made the old file stays what it is."""
    (path.parent / "showroom").write_text("a file in the folder's place")
    before = path.read_bytes()
    told(m900_a_phone)
    with pytest.raises(Refused) as refused:
        open_store(path, at)
    assert (refused.value.code, path.read_bytes()) == ("E51", before)


def test_reading_brings_an_older_file_up_first(last_year, path, opened, told):
    """The nightly report runs before anybody opened the new program: the file is brought up, a backup first."""
    told(m900_a_phone)
    assert picture(opened(reading=True))["tasks"] == last_year["tasks"]
    assert file.header(path) == (file.APPLICATION_ID, SHIPPED + 1)
    assert [b.why for b in backup.listed(path)] == ["migration"]


def test_an_older_file_that_cannot_be_written_is_told_of(last_year, path, opened, told, monkeypatch):
    """On a read-only share: one sentence says what to do, the file is as it was."""
    before = path.read_bytes()
    told(m900_a_phone)
    monkeypatch.setattr(file, "writable", lambda _path: False)
    with pytest.raises(Refused, match="open it once where it may be written"):
        opened(reading=True)
    assert path.read_bytes() == before


def test_the_older_program_leaves_the_newer_file_alone(last_year, path, opened, told, at):
    told(m900_a_phone)
    opened().close()
    before = path.read_bytes()
    told()
    with pytest.raises(Refused) as refused:
        open_store(path, at)
    assert (refused.value.code, path.read_bytes()) == ("E12", before)


def test_two_terminals_bring_the_file_up_at_once(last_year, path, opened, told, at):
    """The second waited for the first, finds the work done and does not do it again."""
    from floorlead.store.upgrade import upgrade

    waiting = opened()
    told(m900_a_phone)
    opened().close()
    upgrade(waiting, SHIPPED)
    assert len(waiting.rows("SELECT * FROM _sqlite_migrations")) == SHIPPED + 1
    enter(waiting, "people", **person(9))
    assert verify.verify(path).ok


@pytest.mark.parametrize("older", [False, True], ids=["a new file", "an older file"])
def test_cut_off_in_its_last_moment(path, opened, told, at, older, monkeypatch):
    """The file already says the new version, but its journal still lies there: the old file, to be brought up
    again."""
    whole = {}
    if older:
        with contextlib.closing(opened()) as store:
            fill(store)
            whole = picture(store)
        told(m900_a_phone)
    journal = path.with_name("showroom.db-journal")
    kept: list[bytes] = []
    monkeypatch.setitem(file.PRAGMAS, "synchronous", 0)  # so that the journal is complete before the commit
    real = schema.install_triggers

    def last_moment(db):
        done = real(db)
        db.execute(f"PRAGMA user_version = {file.VERSION}")
        kept.append(journal.read_bytes())
        return done

    with monkeypatch.context() as patch:
        patch.setattr(schema, "install_triggers", last_moment)
        open_store(path, at).close()
    journal.write_bytes(kept[0])
    assert file.header(path) == (file.APPLICATION_ID, file.VERSION)
    with contextlib.closing(open_store(path, at)) as store:
        there = picture(store)
        if older:
            there["people"] = [row[:-1] for row in there["people"]]
        assert there == whole if older else not any(there.values())
        assert store.repaired == []
        enter(store, "tasks", **task())
    assert verify.verify(path).findings == []


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("older", [False, True], ids=["a new file", "an older file"])
def test_killed_at_any_statement(path, opened, told, at, older):
    """Killed before statements from the first to the last of a migration: the old file or the new one, never
    something between. `tests.hard.killed_updates` kills before any."""
    whole = {}
    if older:
        with contextlib.closing(opened()) as store:
            fill(store)
            whole = picture(store)
        told(m900_rebuilt)
    data = path.read_bytes() if older else b""
    statements = dies_at(path, data, at, 10**9)
    assert statements > 100
    for n in sorted({*range(1, statements, statements // 5), statements - 1, statements}):
        assert dies_at(path, data, at, n) == -9
        verify_old_or_new(path, data, at, whole)


def dies_at(path, data: bytes, at, n: int) -> int:
    """Migrate in a child that is killed at its n-th statement: -9, or the number of statements when it
    lived."""
    path.unlink(missing_ok=True)
    if data:
        path.write_bytes(data)
    process = os.fork()
    if not process:
        with contextlib.suppress(BaseException):
            path.with_name("count").write_text(str(counting(path, at, n)))
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    return status or int(path.with_name("count").read_text())


def counting(path, at, n: int) -> int:
    """Open the file, counting the writing connection's statements; the n-th one is never begun."""
    seen, real = 0, file.connect

    def count(_statement: str) -> None:
        nonlocal seen
        seen += 1
        if seen == n:
            os.kill(os.getpid(), 9)

    def traced(where):
        db = real(where)
        db.execute("PRAGMA cache_size = 4")  # so small that the file is written to long before the commit
        db.set_trace_callback(count)
        return db

    file.connect = traced
    open_store(path, at, check="none").close()
    return seen


def verify_old_or_new(path, data: bytes, at, whole: dict) -> None:
    """What was killed opens, is brought up, and has every row."""
    with contextlib.closing(open_store(path, at)) as store:
        there = picture(store)
        assert there == whole if data else not any(there.values())
        assert store.one("PRAGMA user_version") == file.VERSION
        assert store.repaired == []
        enter(store, "tasks", **task())
    assert verify.verify(path).findings == []
