"""A damaged file, whatever was done to it: one sentence, never a traceback, never called clean; and what can be read is."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import struct

import pytest
from click.testing import CliRunner

from floorlead import clock
from floorlead.cli import cli
from floorlead.store import backup, file, held, loose, open_store, salvage, seen, verify
from floorlead.store.damage import explained
from floorlead.store.pages import LEAF, Pages
from tests.hard import campaign, damage
from tests.store.conftest import enter, fill, forged, task

PAGE = 4096


def doctor(path, *more: str, lang: str = "en"):
    done = CliRunner().invoke(cli, ["--store", str(path), "--lang", lang, "--now", "2026-11-24T08:41", "doctor", *more])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.stdout


def test_twelve_damaged_copies_of_a_showroom():
    """Through every way in: no traceback, nothing called clean that is not as it was."""
    figures = campaign.sample(damage.attempt, seed=11, count=8)

    assert figures.bad(("broke", *damage.BAD)) == {}
    assert any(answer.startswith("seen by") for answer in figures.counts)


@pytest.fixture
def filled(opened, path):
    store = opened()
    fill(store)
    store.close()
    return path


def test_doctor_on_a_file_that_another_program_holds(filled):
    with contextlib.closing(sqlite3.connect(filled, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        told = doctor(filled)
        found = {one["name"]: one for one in json.loads(doctor(filled, "--format", "json", lang="zh"))}

    assert "!! file: locked by another program" in told.splitlines()
    assert "   -> close the program that holds it, or wait; nothing is lost" in told.splitlines()
    assert (found["file"]["state"], found["file"]["words"]) == ("warn", "被另一个程序锁住")
    assert "do" in found["file"]


def make_folder(path):
    path.unlink()
    path.mkdir()


def make_pipe(path):
    path.unlink()
    os.mkfifo(path)


def make_foreign(path):
    path.unlink()
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE friends(name)")


def drop_a_table(path):
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("DROP TABLE tasks")


def make_newer(path):
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")


THINGS = {
    "folder": (make_folder, "is a folder"),
    "pipe": (make_pipe, "is a pipe or a device"),
    "foreign": (make_foreign, "no floorlead file"),
    "newer": (make_newer, f"(99 > {file.VERSION})"),
    "missing table": (drop_a_table, "no such table"),
    "first page": (lambda path: path.write_bytes(bytes(PAGE) + path.read_bytes()[PAGE:]), "its beginning is gone"),
    "cut short": (lambda path: path.write_bytes(path.read_bytes()[: 20 * PAGE]), "cut short: 20 of"),
    "noise": (lambda path: path.write_bytes(b"x" * 9000), "no floorlead file"),
}


@pytest.mark.skipif(os.name != "posix", reason="pipes")
@pytest.mark.parametrize("thing", THINGS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_doctor_says_what_lies_there_and_what_to_do(filled, thing, lang):
    spoil, words = THINGS[thing]
    spoil(filled)
    lines = doctor(filled, lang=lang).splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("!! file: "))

    assert lang == "zh" or words in lines[at] or thing == "missing table"
    assert lines[at + 1].startswith("   -> ")


def test_an_empty_file_is_new_only_where_there_are_no_backups(opened, path, at):
    path.touch()
    assert seen.look(path).ok
    store = opened()
    enter(store, "tasks", **task())
    backup.back_up(store, "day")
    store.close()
    path.write_bytes(b"")

    assert not seen.look(path).ok
    with pytest.raises(file.Damaged, match="E541"):
        open_store(path, at)
    assert path.read_bytes() == b""


def test_a_draft_and_the_tables_words_are_proven_too(store, path):
    """What no action covers: a half-typed text, a CHECK, an index; each by its own digest, each kept anew heals."""
    store.keep_drafts({"place": "半句话"})
    assert verify.verify(path).ok
    store.connection.execute("UPDATE drafts SET value = '半句活' WHERE key = 'place'")
    assert [f.table for f in verify.verify(path).findings] == ["drafts"]
    store.keep_drafts({"place": "另一句"})
    assert verify.verify(path).ok
    store.connection.execute("CREATE INDEX of_nobody ON people(name)")
    assert [f.table for f in verify.verify(path).findings] == ["sqlite_schema"]
    assert loose.SCHEMA not in str(verify.verify(path).findings[0])


def test_the_sign_of_a_zero_counts(store, path):
    """A bit of a broken number that equality does not see."""
    enter(store, "target_weights", day="2026-11-02", weight=0.0)
    with forged(path) as db:
        db.execute("UPDATE target_weights SET weight = -0.0")
    data = path.read_bytes()
    assert verify.verify(path).ok or struct.pack(">d", -0.0) in data


def test_an_error_is_damage_only_where_the_file_is(filled):
    """A fault of the program on a sound file stays one; on a file that is not as entered it is told as damage."""
    assert explained(filled, KeyError("x")) is None
    with forged(filled) as db:
        db.execute("UPDATE settings SET value = 'x' WHERE id = 1")
    assert explained(filled, KeyError("x")).code == "E13"


def test_a_file_whose_rows_make_no_record_is_told_as_damaged(opened, path):
    """The end of the day is no time any more: every command says so in one sentence."""
    store = opened()
    enter(store, "settings", key="day_ends", value="04:00")
    store.close()
    with forged(path) as db:
        db.execute("UPDATE settings SET value = '0x:y' WHERE key = 'day_ends'")
    done = CliRunner().invoke(cli, ["--store", str(path), "--lang", "en", "history"])

    assert done.exit_code == 1
    assert "damaged" in done.stderr and "E13" in done.stderr


# -- backups by what they hold


def grown(store, count: int) -> None:
    for n in range(count):
        enter(store, "tasks", **task(text=f"事{n}"))


def test_the_newest_by_what_it_holds_comes_first_and_outlives_lying_names(store, path, at):
    """A clock a year ahead named a backup; what was entered later is newer, and is never rotated away for it."""
    grown(store, 2)
    lying = backup.copy(path, clock.stopped("2027-11-23T08:41"), "day")
    for day in range(1, 10):
        grown(store, 1)
        newest = backup.copy(path, clock.stopped(f"2026-12-{day:02}T08:41"), "day")
    found = backup.listed(path)

    assert found[0].path == newest
    assert found[-1].path != newest
    assert [b.seq for b in found] == sorted((b.seq for b in found), reverse=True)
    assert found.index(next(b for b in found if b.path == lying)) == len(found) - 1 if lying.exists() else True
    assert held.newest(path)[0].path == newest


def test_the_rescue_offers_the_newest_good_one_and_marks_the_others(store, path, at):
    grown(store, 1)
    good = backup.copy(path, clock.stopped("2026-11-24T08:41"), "day")
    grown(store, 3)
    bad = backup.copy(path, clock.stopped("2026-11-23T08:41"), "day")
    data = bytearray(bad.read_bytes())
    at_text = data.rindex("事2".encode())
    data[at_text : at_text + 3] = "干".encode()
    bad.write_bytes(bytes(data))
    first, second = held.newest(path)

    assert (first.path, bool(first.trouble)) == (bad, True)
    assert (second.path, second.trouble, second.actions, second.sealed) == (good, "", 1, 0)
    assert held.good(path).path == good
    assert "1 actions, 0 sealed reports" in second.line(at)
    assert first.line(at).startswith("!! ")


def test_a_backup_that_cannot_be_read_now_is_not_rotated_away(store, path):
    grown(store, 1)
    kept = backup.copy(path, clock.stopped("2020-01-01T08:41"), "day")
    kept.write_bytes(b"x" * 5000)
    for day in range(1, 15):
        grown(store, 1)
        backup.copy(path, clock.stopped(f"2026-12-{day:02}T08:41"), "day")

    assert kept.exists()


# -- salvage


def rows_of(path) -> dict[str, set[tuple]]:
    with contextlib.closing(sqlite3.connect(path)) as db:
        names = [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {name: set(db.execute(f"SELECT * FROM {name}")) for name in names}


@pytest.mark.parametrize("table", ["", "people", "changes", "actions", "customers"])
def test_a_tables_first_page_is_lost_and_no_row_with_it(filled, table):
    """The page where a table begins, or the file itself, is zeroed: every row is read elsewhere or told by the log."""
    whole = rows_of(filled)
    with contextlib.closing(sqlite3.connect(filled)) as db:
        found = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    at = (found[0] - 1 if found else 0) * PAGE
    data = filled.read_bytes()
    interior = data[at] == 5 or not table
    filled.write_bytes(data[:at] + bytes(PAGE) + data[at + PAGE :])
    got = {one.name: set(one.rows.values()) for one in salvage.tables(filled)}
    short = {name for name, rows in whole.items() if rows - got.get(name, set())}

    assert short <= ({table} if table in ("changes", "actions") and not interior else set())


def test_what_is_lost_is_counted(filled):
    """A leaf of the log is gone: its changes are missing, and the figures say so."""
    got = next(one for one in salvage.tables(filled) if one.name == "changes")
    whole, pages = len(got.rows), Pages(filled.read_bytes())
    leaves = [n for n in range(2, pages.count) if pages.kind(n) == LEAF]
    number = next(n for n in leaves if any(row and row.values[2:5:2] == ("tasks", "I") for row in pages.rows(n)))
    data = pages.data
    filled.write_bytes(data[: (number - 1) * PAGE] + bytes(PAGE) + data[number * PAGE :])
    got = next(one for one in salvage.tables(filled) if one.name == "changes")

    assert 0 < len(got.rows) < whole
    assert (got.lost, got.bad_pages) == (whole - len(got.rows), 1)
    assert sum(one.lost for one in salvage.tables(filled) if one.name != "changes") == 0


def test_the_rescue_at_a_terminal(opened, path, at, monkeypatch, capsys):
    """The file is gone to zeros in its middle: look at the list, take the second by its full-width digit, back to work."""
    from floorlead.entry import Options
    from floorlead.setup import rescue

    store = opened()
    grown(store, 2)
    first = backup.copy(path, clock.stopped("2026-11-22T08:41"), "day")
    grown(store, 2)
    backup.copy(path, clock.stopped("2026-11-23T08:41"), "day")
    store.close()
    data = bytearray(path.read_bytes())
    data[PAGE * 2 : PAGE * 4] = bytes(2 * PAGE)
    path.write_bytes(bytes(data))
    answers = iter(["8", "２"])
    monkeypatch.setattr("builtins.input", lambda _ask: next(answers))
    monkeypatch.setattr("sys.stdin", type("Terminal", (), {"isatty": lambda _self: True})())
    monkeypatch.setattr(rescue, "run_app", lambda _options: 77)

    assert rescue.rescue(damage_of(path), Options(str(path), "en", "2026-11-24T08:41"), at) == 77
    told = capsys.readouterr().err
    assert " >1  2026-11-23 08:41  4 actions, 0 sealed reports" in told
    assert "  2  2026-11-23 08:41  2 actions, 0 sealed reports" in told
    assert " rows read, " in told and list((path.parent / "showroom" / "exports").glob("salvage-*.xlsx"))
    assert held.held(path).actions == held.held(first).actions == 2


def damage_of(path):
    with pytest.raises(file.Damaged) as refused:
        open_store(path, clock.stopped("2026-11-24T08:41"))
    return refused.value


def cells_of(path) -> str:
    import zipfile

    with zipfile.ZipFile(path) as packed:
        return "\n".join(packed.read(name).decode() for name in packed.namelist() if name.endswith(".xml"))


def test_salvage_masks_every_number_and_lets_whole_ones_out_only_for_the_pin(opened, path, tmp_path):
    """Free text, short numbers and the log's payloads too; with a PIN in the file it is asked for, else --yes."""
    from floorlead.lock import moves as lock
    from floorlead.lock import queries as accounts
    from floorlead.lock.records import Role

    store = opened()
    enter(store, "customers", name="王先生", phone="62345678", grade="A", first_on="2026-11-23", made_at="x", by="x",
          note="打 6234 5678 或 139-1234-5678")  # fmt: skip
    store.close()
    made = tmp_path / "out.xlsx"

    def run(*more: str, pin: str = ""):
        words = ["--store", str(tmp_path / "none.db"), "--lang", "en", "salvage", str(path), "-o", str(made), *more]
        return CliRunner().invoke(cli, words, input=pin)

    assert run().exit_code == 0
    assert not any(number in cells_of(made) for number in ("62345678", "6234 5678", "139-1234-5678"))
    refused = run("--phones")
    assert refused.exit_code == 1 and "E546" in refused.stderr
    assert run("--phones", "--yes").exit_code == 0 and "6234 5678" in cells_of(made)

    store = opened()
    lock.set_pin(store, next(h for h in accounts.holders(store) if h.role == Role.MANAGER), "2580")
    store.close()
    data = path.read_bytes()
    path.write_bytes(data[: 5 * PAGE] + bytes(PAGE) + data[6 * PAGE :])
    for pin, code in (("", "E413"), ("1470\n", "E414")):
        refused = run("--phones", "--yes", "--pin-stdin", pin=pin)
        assert refused.exit_code == 1 and code in refused.stderr
    assert run("--phones", "--pin-stdin", pin="2580\n").exit_code == 0
    assert "$argon2" not in cells_of(made)


def test_looking_at_a_damaged_file_draws_or_says_so(filled, at):
    """Every page of a file with a hole: it stands, or says that it cannot be read; nothing is written."""
    from floorlead.app import PAGES
    from floorlead.commands.looking import Looking, copied
    from floorlead.lock.guard import Guard
    from floorlead.widgets.shared import SHARED

    drop_a_table(filled)
    before = filled.read_bytes()
    with copied(filled) as copy:
        store = open_store(copy, at, reading=True, create=False, check="none")
        desk = Looking(store, PAGES, SHARED)
        desk.guard = Guard(store)
        drawn = []
        for door in PAGES:
            desk.press("f2")
            with contextlib.suppress(Exception):
                desk.go(door.name)
            drawn.append("\n".join(line.text() for line in desk.frame(80, 24)))
        store.close()

    assert filled.read_bytes() == before and list(filled.parent.glob(".*.tmp*")) == []
    assert any("cannot be read" in one for one in drawn) and any("cannot be read" not in one for one in drawn)
