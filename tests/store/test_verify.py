"""Verify finds what a hand with a database browser did, names the row, and says nothing about an honest
file."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3

import pytest

from floorlead import settings
from floorlead.store import Refused, chain, file, schema, undo, verify
from floorlead.store.verify import Finding
from tests import kept
from tests.store import forger, forging
from tests.store.conftest import DAY, enter, fill, forged, person, seal, task

LOG = ("actions", "changes")
ALONE = (*LOG, "reports", "reopens")
"""What other rows hang on: a change there may be told of several."""
GUARDS_AT_ONCE = 9
"""How many shares the guards are taken away in; each guard is in one."""


@pytest.fixture(scope="module")
def used(tmp_path_factory):
    """A file with three rows in every recorded table; each test forges a copy of it."""
    from floorlead import clock

    path = tmp_path_factory.mktemp("used") / "showroom.db"
    kept.lay(path, clock.stopped(f"{DAY}T08:41"), "full", fill)
    return path


@pytest.fixture
def copied(used, path):
    shutil.copyfile(used, path)
    return path


def found(path, seal: str = "") -> set[tuple[str, int]]:
    return {(finding.table, finding.row) for finding in verify.verify(path, seal).findings}


def test_a_new_file_is_clean(store, path):
    verdict = verify.verify(path)
    assert (verdict.ok, verdict.actions, verdict.rows, verdict.last_seal) == (True, 0, 0, "")


def test_a_used_file_is_clean(copied):
    verdict = verify.verify(copied)
    assert verdict.findings == []
    assert (verdict.reports, verdict.actions, verdict.rows) == (3, 210, 225)
    assert json.dumps(verdict.to_dict()).startswith('{"ok": true')


def test_a_file_with_undo_redo_and_a_correction_is_clean(store, path):
    who = enter(store, "people", **person(1, name="O'Neil, \"NULL\",'',\n1"))
    undo.undo(store)
    undo.redo(store)
    settings.put(store, "showroom", "")
    seal(store, DAY, 1)
    enter(store, "reopens", as_kind="reopen", day=DAY, revision=1, at="19:00", by="林晓峰", reason="漏记")
    enter(store, "attendance", day=DAY, person_id=who, state="present", at="08:20")
    made = seal(store, DAY, 1, revision=2)
    assert verify.verify(path, made[: chain.SEAL_DIGITS]).findings == []


def test_a_day_sealed_twice_is_noticed(store, path):
    """A second revision without a reopening of the first: it is named; with it all is as it should be."""
    enter(store, "people", **person(1))
    seal(store, DAY, 1)
    seal(store, DAY, 1, revision=2)
    assert [found.table for found in verify.verify(path).findings] == ["reports"]
    enter(store, "reopens", as_kind="reopen", day=DAY, revision=1, at="19:00", by="林晓峰", reason="漏记")
    assert verify.verify(path).ok


def test_every_column_changed_by_hand_is_noticed(copied, tmp_path):
    """Each column of three rows of every table: noticed every time, and the row named. Rows of different tables are
    changed in one go, a column each: what a row is told for is its own change."""
    tables = [table for table in schema.RECORDED if table not in ALONE]
    other, done = tmp_path / "forged.db", 0
    for round_ in forging.rounds(copied, tables):
        shutil.copyfile(copied, other)
        forging.change_all(other, round_)
        places, done = found(other), done + len(round_)
        assert [one for one in round_ if (one.table, one.row) not in places] == []
    assert done == sum(len(forging.places(copied, table)) for table in tables) > 1500


@pytest.mark.slow
@pytest.mark.parametrize("table", ALONE)
def test_every_column_that_others_hang_on(copied, tmp_path, table):
    """A row of the log, or of a sealed report, each column changed by itself: the row or its action is named."""
    other = tmp_path / "forged.db"
    for place in forging.places(copied, table):
        shutil.copyfile(copied, other)
        wanted = forging.change(other, place)
        assert found(other) & wanted, place


@pytest.mark.parametrize("table", [*schema.RECORDED, *LOG])
def test_a_row_removed_by_hand_is_noticed(copied, table):
    """Also the newest one, which no later row refers to."""
    _columns, key, rows = forging.rows_of(copied, table)
    with forged(copied) as db:
        action = db.execute("SELECT seq FROM changes WHERE id = ?", (rows[-1],)).fetchone()
        db.execute(f"DELETE FROM {table} WHERE {key} = ?", (rows[-1],))
    places = found(copied)
    if table in schema.RECORDED:
        assert (table, rows[-1]) in places
    assert places
    assert table != "changes" or ("actions", action[0]) in places


@pytest.mark.parametrize("table", [*schema.RECORDED, *LOG])
def test_a_row_added_by_hand_is_noticed(copied, table):
    columns, key, rows = forging.rows_of(copied, table)
    with forged(copied) as db:
        action = db.execute("SELECT seq FROM changes WHERE id = ?", (rows[-1],)).fetchone()
        others = ", ".join(another(db, table, name) for name in columns[1:])
        db.execute(f"INSERT INTO {table} SELECT {rows[-1] + 1}, {others} FROM {table} WHERE {key} = {rows[-1]}")
    wanted = {(table, rows[-1] + 1)} | ({("actions", action[0])} if table == "changes" else set())
    assert found(copied) & wanted


def another(db: sqlite3.Connection, table: str, column: str) -> str:
    """What a second row holds in this column: the same, or where rows must differ something else."""
    indexes = [name for _n, name, is_unique, *_ in db.execute(f"PRAGMA index_list({table})") if is_unique]
    inside = {row[2] for index in indexes for row in db.execute(f"PRAGMA index_info({index})")}
    if column not in inside:
        return column
    if column in ("month", "kind", "channel"):
        return "'2027-01'" if column == "month" else column
    kind = {row[1]: row[2] for row in db.execute(f"PRAGMA table_info({table})")}[column]
    return (
        "'2027-01-02'"
        if column in ("day", "since")
        else f"{column} + 1000"
        if kind == "INTEGER"
        else "hex(randomblob(8))"
    )


@pytest.mark.slow
def test_every_guard_taken_away_is_noticed_and_named(copied, tmp_path):
    """A trigger removed, weakened or added: verify names it."""
    with contextlib.closing(sqlite3.connect(copied)) as db:
        guards = schema.present_triggers(db)
    for gone in [list(guards)[nth::GUARDS_AT_ONCE] for nth in range(GUARDS_AT_ONCE)] + [
        [name] for name in list(guards)[:3]
    ]:
        other = tmp_path / "forged.db"
        shutil.copyfile(copied, other)
        with contextlib.closing(sqlite3.connect(other)) as db:
            for name in gone:
                db.execute(f"DROP TRIGGER {name}")
        told = [f"the guard {name} is missing or was changed" for name in sorted(gone)]
        assert [f.sentence for f in verify.verify(other).findings] == told
    with contextlib.closing(sqlite3.connect(copied)) as db:
        db.execute("CREATE TRIGGER mine AFTER INSERT ON tasks BEGIN DELETE FROM tasks; END")
    assert "mine" in verify.verify(copied).findings[0].sentence


def test_opening_puts_the_guards_back_and_says_so(copied, opened):
    with contextlib.closing(sqlite3.connect(copied)) as db:
        db.execute("DROP TRIGGER changes_kept")
        db.execute("CREATE TRIGGER mine AFTER INSERT ON tasks BEGIN DELETE FROM tasks; END")
    assert sorted(opened(copied).repaired) == ["changes_kept", "mine"]
    assert verify.verify(copied).ok
    assert opened(copied).repaired == []


def test_a_missing_report_number_is_noticed(store, path):
    """1, 2, 4: somebody's page is gone, even where the file's own log never had it."""
    enter(store, "tasks", **task())
    for day, number in ((1, 1), (2, 2), (3, 4)):
        seal(store, f"2026-11-0{day}", number)
    assert [f.sentence for f in verify.verify(path).findings] == ["the report numbers have a gap"]


def test_who_recomputes_everything_is_caught_by_the_paper_alone(copied):
    """Inside the file nothing differs any more; the sixteen digits on the manager's page do."""
    with contextlib.closing(sqlite3.connect(copied)) as db:
        paper = [seal[: chain.SEAL_DIGITS] for (seal,) in db.execute("SELECT seal FROM reports ORDER BY id")]
    for printed in paper:
        assert verify.verify(copied, printed).ok
    with forged(copied) as db:
        db.execute("UPDATE people SET name = '李四' WHERE id = 1")
        forger.agree(db)
    assert verify.verify(copied).findings == []
    for printed in paper:
        assert found(copied, printed) == {("reports", 0)}


def test_a_seal_is_read_as_people_copy_it(copied):
    """Capitals and blanks from paper are fine; fewer than eight digits prove nothing."""
    seal_now = verify.verify(copied).last_seal
    assert verify.verify(copied, f" {seal_now[:4].upper()} {seal_now[4:16].upper()} ").ok
    assert not verify.verify(copied, seal_now[:7]).ok


def test_a_broken_file_is_a_finding_not_a_crash(copied):
    data = bytearray(copied.read_bytes())
    data[4096 * 2 : 4096 * 3] = bytes(4096)
    copied.write_bytes(bytes(data))
    findings = verify.verify(copied).findings
    assert [(f.table, f.row) for f in findings] == [("", 0)]
    assert isinstance(findings[0], Finding) and "damaged" in findings[0].sentence


def test_there_must_be_a_file(path):
    with pytest.raises(Refused, match="no floorlead file"):
        verify.verify(path)
    assert not path.exists()


def test_a_file_cut_off_while_saved_is_first_taken_back(copied, opened, terminal):
    """What a killed terminal left half saved is never verified as if it were data."""
    child = terminal("half", copied)
    assert child.stdout.readline() == "half\n"
    child.wait()
    assert copied.with_name("showroom.db-journal").stat().st_size > 0
    assert verify.verify(copied).findings == []
    assert file.header(copied) == (file.APPLICATION_ID, file.VERSION)


def test_verify_beside_a_writer_sees_one_picture(path, store, terminal):
    """Another terminal writes all the time: no finding that is none."""
    child = terminal("write", path, "a", 0, 0.005)
    assert child.stdout.readline() == "open\n"
    verdicts = [verify.verify(path) for _n in range(30) if child.stdout.readline()]
    assert [v.findings for v in verdicts if not v.ok] == []
    assert verdicts[-1].actions > verdicts[0].actions
