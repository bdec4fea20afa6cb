"""A file that is not ours, newer, unreadable or damaged is refused with one sentence, and not a byte of it
changes."""

from __future__ import annotations

import contextlib
import os
import random
import sqlite3
import tempfile

import pytest

from floorlead import clock, settings
from floorlead.store import Busy, CannotWrite, Damaged, Refused, file, open_store, verify
from tests import kept
from tests.store.conftest import enter, fill, picture, task

PAGE = 4096


def permissions_bind() -> bool:
    """Whether a file without permissions cannot be read here: root reads it, and Windows knows none."""
    with tempfile.NamedTemporaryFile() as made:
        os.chmod(made.name, 0)  # noqa: PTH101
        return os.name == "posix" and not os.access(made.name, os.R_OK)


binds = pytest.mark.skipif(not permissions_bind(), reason="permissions bind neither root nor Windows")


def refused(path, at, kind=Refused, **options) -> Refused:
    """Open a file that must be refused: one sentence, nothing beside it, its bytes as they were."""
    before = path.read_bytes() if path.is_file() else None
    around = sorted(path.parent.iterdir())
    with pytest.raises(kind) as told:
        open_store(path, at, **options).close()
    assert (path.read_bytes() if path.is_file() else None) == before
    assert sorted(path.parent.iterdir()) == around
    assert told.value.code.startswith("E")
    assert told.value.sentence and "\n" not in told.value.sentence
    return told.value


def filled(opened, path) -> bytearray:
    kept.lay(path, clock.stopped("2026-11-23T08:41"), "full", fill)
    return bytearray(path.read_bytes())


def test_a_missing_file_is_made_only_when_asked(path, at):
    assert refused(path, at, create=False).code == "E16"
    assert refused(path, at, reading=True).code == "E16"
    assert not path.exists()


def test_a_file_is_made_with_the_folders_it_needs(opened, tmp_path):
    settings.put(opened(tmp_path / "a" / "b" / "showroom.db"), "showroom", "x")
    assert verify.verify(tmp_path / "a" / "b" / "showroom.db").ok


def test_where_no_folder_can_be_made_it_is_told(tmp_path, at):
    (tmp_path / "file").write_text("x")
    with pytest.raises(Refused, match="cannot be"):
        open_store(tmp_path / "file" / "showroom.db", at)
    if os.name == "posix":
        with pytest.raises(Refused, match="cannot be made"):
            open_store(type(tmp_path)("/proc/floorlead/showroom.db"), at)


def test_a_newer_file_is_left_alone(opened, path, at):
    store = opened()
    store.connection.execute("PRAGMA user_version = 99")
    store.close()
    assert refused(path, at).code == "E12"


def test_another_programs_file_is_left_alone(path, at):
    """A phone book of another program, with and without a mark of its own."""
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE friends(name)")
    assert refused(path, at).code == "E11"
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA application_id = 77")
    assert refused(path, at).code == "E11"


@pytest.mark.parametrize(
    "content", [b"name,phone\n\xe7\x8e\x8b,139\n", b"x" * 5000, bytes(5000), b"SQLite format 3\x00", b"\x00"]
)
def test_what_is_no_database_is_left_alone(path, at, content):
    """A CSV under the file's name, noise, zeros, a header cut short."""
    path.write_bytes(content)
    assert refused(path, at).code == "E11"
    with pytest.raises(Refused):
        verify.verify(path)


def test_a_folder_of_that_name_is_left_alone(path, at):
    path.mkdir()
    assert refused(path, at).code == "E10"


def test_an_empty_file_becomes_a_new_one(path, opened):
    path.touch()
    settings.put(opened(), "showroom", "x")
    assert verify.verify(path).ok


@binds
def test_what_may_not_be_read_is_told(opened, path, at):
    opened().close()
    path.chmod(0)
    with pytest.raises(Refused, match="cannot be read"):
        open_store(path, at)
    path.chmod(0o600)
    path.parent.chmod(0)
    try:
        with pytest.raises(Refused, match="cannot be read"):
            open_store(path, at)
    finally:
        path.parent.chmod(0o700)


@binds
def test_a_write_protected_file_opens_for_reading(opened, path, at):
    filled(opened, path)
    path.chmod(0o444)
    assert opened().reading
    refuses_writing(opened())


@binds
def test_a_write_protected_folder_opens_for_reading(opened, path, terminal):
    """On a stick that takes no writes the file is read; what a killed terminal left half there is not read as
    data."""
    filled(opened, path)
    path.parent.chmod(0o555)
    try:
        refuses_writing(opened())
        assert verify.verify(path).ok
        path.parent.chmod(0o755)
        assert terminal("half", path).wait() == -9
        path.parent.chmod(0o555)
        for attempt in (opened, lambda: verify.verify(path)):
            with pytest.raises(Refused) as told:
                attempt()
            assert told.value.code == "E14"
    finally:
        path.parent.chmod(0o700)


def refuses_writing(store):
    rows = picture(store)
    with pytest.raises(CannotWrite, match="reading only"):
        enter(store, "tasks", **task())
    store.keep_drafts({"note": "x"})
    assert picture(store) == rows


def test_reading_only_reads(opened, path):
    """Every row is there, nothing can be written, no byte and no neighbour of the file changes."""
    before = filled(opened, path)
    store = opened(reading=True)
    assert store.one("SELECT count(*) FROM people") == 3
    refuses_writing(store)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


@pytest.fixture
def body(opened, path):
    """The bytes of a filled file; each damage is done to a copy of them."""
    return bytes(filled(opened, path))


def told(path, at, data: bytes) -> str:
    """What opening says to these bytes: the refusal's code, or for a file that opens what verify finds."""
    path.write_bytes(data)
    code = ""
    try:
        open_store(path, at, reading=True).close()
    except Refused as refusal:
        code = refusal.code
    assert path.read_bytes() == data
    if not code and not verify.verify(path).ok:
        return "verify"
    return code


def test_a_file_cut_short_is_refused(path, at, body):
    for pages in range(1, len(body) // PAGE, 9):
        path.write_bytes(body[: pages * PAGE + 100])
        assert refused(path, at, Damaged).code == "E13"


def test_a_zeroed_page_is_refused(path, at, body):
    """Any page but the first is damage; without its first page a file is nobody's."""
    for page in range(0, len(body) // PAGE, 5):
        path.write_bytes(body[: page * PAGE] + bytes(PAGE) + body[(page + 1) * PAGE :])
        assert refused(path, at).code == ("E13" if page else "E11")


def test_two_pages_swapped_are_noticed(path, at, body):
    """Refused on opening; where two pages of one shape changed places verify names the rows. Never
    unnoticed."""
    dice = random.Random(7)
    pages = [body[n : n + PAGE] for n in range(0, len(body), PAGE)]
    kinds = []
    for _n in range(50):
        one, two = dice.sample(range(1, len(pages)), 2)
        if pages[one] == pages[two]:
            continue
        swapped = list(pages)
        swapped[one], swapped[two] = pages[two], pages[one]
        kinds.append(told(path, at, b"".join(swapped)))
    assert "" not in kinds
    assert kinds.count("E13") >= 0.9 * len(kinds)


def test_a_sector_of_noise_is_never_shown_as_data(path, at, body, opened):
    """512 bytes of noise at any place: refused, found by verify, or it fell where nothing was stored."""
    dice = random.Random(8)
    whole = picture(opened())
    for _n in range(50):
        start = dice.randrange(len(body) // 512) * 512
        noise = body[:start] + dice.randbytes(512) + body[start + 512 :]
        if told(path, at, noise) == "":
            with contextlib.closing(open_store(path, at, reading=True)) as store:
                assert picture(store) == whole


def test_a_word_changed_in_place_is_found_by_verify(path, at, body):
    """A name overwritten byte for byte opens; verify names the row."""
    changed = body.replace("张伟2".encode(), "李四2".encode())
    assert changed != body
    assert told(path, at, changed) == "verify"


def test_damage_is_found_behind_the_first_screen(opened, path, body):
    """The screen is not held up by the check; the first write is, and nothing is written to a damaged
    file."""
    page = next(n for n in range(len(body) // PAGE - 1, 0, -1) if body[n * PAGE] == 13 and any(body[n * PAGE + 8 :]))
    data = body[: page * PAGE + 4] + b"\xff" * 40 + body[page * PAGE + 44 :]
    path.write_bytes(data)
    store = opened(check="behind")
    with pytest.raises(Damaged):
        enter(store, "tasks", **task())
    with pytest.raises(Damaged):
        store.keep_drafts({"note": "x"})
    with pytest.raises(Damaged):
        store.wait_checked()
    assert path.read_bytes() == data


def test_a_check_behind_of_a_whole_file_is_over_soon(opened, path, body):
    store = opened(check="behind")
    assert store.wait_checked(10)
    enter(store, "tasks", **task())
    assert verify.verify(path).ok


def test_another_terminals_lock_is_not_damage(store, opened, path, monkeypatch):
    """The check meets the other terminal's lock: busy, said as that, and never read around the lock."""
    monkeypatch.setattr(file, "TIMEOUT_SECONDS", 0.05)
    store.connection.execute("BEGIN EXCLUSIVE")
    for attempt in (lambda: opened(), lambda: opened(reading=True), lambda: verify.verify(path)):
        with pytest.raises(Busy):
            attempt()
    store.connection.execute("ROLLBACK")
    assert opened().one("SELECT 1") == 1


def test_a_lock_met_in_the_middle_of_a_check_is_not_damage(store, opened, path):
    with contextlib.closing(file.connect_reading(path)) as reader:
        reader.execute("PRAGMA busy_timeout = 20")
        store.connection.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            file.check_integrity(reader)
        store.connection.execute("ROLLBACK")
        file.check_integrity(reader)


def test_a_file_cut_off_while_saved_opens_as_it_was(store, opened, path, terminal):
    """Opened for reading only, too: SQLite takes back what a killed terminal left half saved."""
    fill(store)
    before = picture(store)
    for reading in (True, False):
        assert terminal("half", path).wait() == -9
        assert path.with_name("showroom.db-journal").stat().st_size
        assert picture(opened(reading=reading)) == before


def test_a_file_whose_making_was_cut_off_is_made_again(path, opened, terminal):
    """Killed, or the power gone, in the middle of the very first save."""
    path.write_bytes(bytes(3 * PAGE))
    journal = path.with_name("showroom.db-journal")
    records_salt_pages = bytes(12)
    sizes = (512).to_bytes(4, "big") + PAGE.to_bytes(4, "big")
    journal.write_bytes(bytes.fromhex("d9d505f920a163d7") + records_salt_pages + sizes + bytes(484))
    settings.put(opened(), "showroom", "x")
    assert verify.verify(path).ok


def test_two_terminals_make_the_file_at_once(tmp_path, terminal):
    """Two programs started at the same moment in an empty folder: one file, both at work in it."""
    for n in range(5):
        path = tmp_path / str(n) / "showroom.db"
        children = [terminal("make", path) for _n in range(2)]
        for child in children:
            assert child.stdout.readline() == "ready\n"
        for child in children:
            child.stdin.write("\n")
            child.stdin.flush()
        assert [child.stdout.readline() for child in children] == ["made\n", "made\n"]
        verdict = verify.verify(path)
        assert (verdict.findings, verdict.actions) == ([], 2)


def test_the_time_zone_of_a_file_is_no_part_of_opening(path, opened):
    with contextlib.closing(open_store(path, clock.stopped("2026-11-23T08:41", zone="Europe/Berlin"))) as store:
        assert store.today().isoformat() == "2026-11-23"
