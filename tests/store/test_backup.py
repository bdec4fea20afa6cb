"""Every day leaves a good backup, whatever happens while it is made; a restore never needs, and never loses,
the file."""

from __future__ import annotations

import contextlib
import os
import shutil
import threading
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorlead import clock, settings
from floorlead.store import Busy, Refused, backup, file, open_store, verify
from tests.store import lives
from tests.store.conftest import enter, fill, picture, put, task

posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")


def temps(path) -> list[str]:
    return [p.name for p in backup.folder(path).glob(".*")]


def holds(path, at) -> dict:
    with contextlib.closing(open_store(path, at, create=False)) as store:
        return picture(store)


def test_a_backup_is_the_whole_file(store, path, at):
    """Every row, the guards, the chain and the seals; named by day, time and reason, and listed."""
    fill(store)
    made = backup.back_up(store, "seal")
    assert made == path.parent / "showroom" / "backups" / "20261123-084100-seal.db"
    assert verify.verify(made).to_dict() == verify.verify(path).to_dict()
    assert holds(made, at) == picture(store)
    only = backup.listed(path)[0]
    assert (only.path, only.day, only.made, only.why) == (
        made,
        date(2026, 11, 23),
        datetime(2026, 11, 23, 8, 41),  # noqa: DTZ001
        "seal",
    )
    assert temps(path) == []


def test_two_backups_of_one_second_are_two(store, path):
    names = {backup.back_up(store, "day").name for _n in range(3)}
    assert names == {"20261123-084100-day.db", "20261123-084100-day-2.db", "20261123-084100-day-3.db"}
    assert len(backup.listed(path)) == 3


def test_the_days_first_backup_is_due_once(store, path, at):
    """Due in the morning, done for the day; on a clock set back it is due once, not at every start."""
    assert backup.due(path, at)
    backup.back_up(store, "day")
    assert not backup.due(path, at)
    tomorrow, yesterday = clock.stopped("2026-11-24T08:00"), clock.stopped("2026-11-22T08:00")
    assert backup.due(path, tomorrow)
    assert backup.due(path, yesterday)
    backup.copy(path, yesterday, "day")
    assert not backup.due(path, yesterday)


def stand_in(place, day: date, hour: int = 8, why: str = "day"):
    place.mkdir(parents=True, exist_ok=True)
    made = place / f"{day:%Y%m%d}-{hour:02}0000-{why}.db"
    made.touch()
    return made


def test_a_year_leaves_seven_days_four_weeks_twelve_months(store, path):
    """Rotated after each good backup: never more than 23 beside today's, and back to each of twelve
    months."""
    place, first = backup.folder(path), date(2025, 6, 1)
    for n in range(540):
        made = stand_in(place, first + timedelta(days=n))
        backup._rotate(path, place, made)
    kept = [b.day for b in backup.listed(path)]
    last = first + timedelta(days=539)
    assert kept[:7] == [last - timedelta(days=n) for n in range(7)]
    assert len({day.isocalendar()[:2] for day in kept[:10]}) >= 4
    assert len({(day.year, day.month) for day in kept}) == 12
    assert len(kept) <= 7 + 4 + 12


@given(st.lists(st.integers(0, 800), min_size=1, max_size=60), st.integers(0, 800))
def test_what_was_just_made_is_kept_and_the_newest_seven_days(tmp_path_factory, days, now):
    """Whatever stood there, whatever the clock says: the new one stays, nothing but backups is touched."""
    path = tmp_path_factory.mktemp("rota") / "showroom.db"
    place, zero = backup.folder(path), date(2025, 1, 1)
    for n in days:
        stand_in(place, zero + timedelta(days=n))
    other = place / "notes.db"
    other.touch()
    made = stand_in(place, zero + timedelta(days=now), 9, "seal")
    backup._rotate(path, place, made)
    kept = {b.day for b in backup.listed(path)}
    newest = sorted({zero + timedelta(days=n) for n in [*days, now]})[-7:]
    assert made.exists() and other.exists()
    assert set(newest) <= kept
    assert len(backup.listed(path)) <= 7 + 4 + 12 + 2
    shutil.rmtree(path.parent)


def test_a_good_backup_rotates_the_old_ones(store, path):
    for n in range(1, 60):
        stand_in(backup.folder(path), date(2026, 11, 23) - timedelta(days=n))
    made = backup.back_up(store, "day")
    kept = backup.listed(path)
    assert kept[0].path == made
    assert len(kept) <= 7 + 4 + 2


def test_all_of_todays_backups_stay(store, path):
    place = backup.folder(path)
    made = [stand_in(place, date(2026, 11, 23), hour) for hour in range(8, 19)]
    backup._rotate(path, place, made[-1])
    assert len(backup.listed(path)) == 11


def test_a_backup_that_fails_leaves_the_earlier_ones_and_no_part(store, path, monkeypatch):
    """The disk is full, or the copy turns out bad: told with a sentence, nothing is rotated away, no part
    stays."""
    good = backup.back_up(store, "day")
    for kind, word in (
        (OSError(28, "No space left on device"), "No space left"),
        (file.Damaged("E13", "bad"), "bad"),
    ):

        def fail(*_args, error=kind):
            raise error

        with monkeypatch.context() as patch:
            patch.setattr(file, "check_integrity", fail)
            patch.setattr(backup, "KEEP_DAYS", 0)
            with pytest.raises(Refused, match=word):
                backup.back_up(store, "seal")
        assert [b.path for b in backup.listed(path)] == [good]
        assert temps(path) == []


def test_a_folder_that_takes_nothing_is_told(store, tmp_path):
    (tmp_path / "usb").write_text("a file, no folder")
    with pytest.raises(Refused) as told:
        backup.back_up(store, "day", tmp_path / "usb")
    assert told.value.code == "E51"


def test_a_second_folder_takes_backups_too(store, tmp_path, path):
    """The stick in the drawer: made and rotated there, the first folder left alone."""
    made = backup.back_up(store, "day", tmp_path / "usb")
    assert (made.parent, verify.verify(made).ok, backup.listed(path)) == (tmp_path / "usb", True, [])


@posix
def test_killed_while_backing_up(full, path, at):
    """Sixteen times, from the first step to the last: every finished backup is good, and the next one sweeps what the
    killed left behind. `tests.hard.killed` kills at any step."""
    whole = picture(full)
    backup.back_up(full, "day")  # its folder is there, and what is loaded once
    steps = lives.life(lives.backing_up(path)).steps
    left = 0
    for dies_at in lives.spread(steps, 16):
        lives.life(lives.backing_up(path), dies_at)
        left += len(temps(path))
        assert all(holds(one.path, at) == whole and verify.verify(one.path).ok for one in backup.listed(path)[:1])
    made = backup.back_up(full, "day")
    assert left > 4
    assert temps(path) == []
    assert all(holds(one.path, at) == whole for one in backup.listed(path))
    assert made.exists()


def test_a_backup_under_way_elsewhere_is_not_swept(store, path):
    """Another living process's part stays, a dead one's goes."""
    place = backup.folder(path)
    place.mkdir(parents=True)
    alive, dead = place / f".{os.getppid()}-x.db.tmp", place / ".999999999-x.db.tmp"
    for part in (alive, dead):
        part.touch()
    backup.back_up(store, "day")
    assert (alive.exists(), dead.exists()) == (os.name == "posix", False)


def test_two_threads_of_one_program_back_up_at_once(store, path, at):
    """The day's backup beside the screen and the seal's: neither sweeps the other's part away."""
    with store.write("Much") as db:
        for n in range(2000):
            put(db, "tasks", **task(text=f"{n}" * 40))
    errors: list[Exception] = []

    def run(why: str) -> None:
        try:
            for _n in range(5):
                backup.copy(path, at, why)
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(why,)) for why in ("day", "seal")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(backup.listed(path)) == 10


@pytest.mark.slow
@posix
def test_a_backup_beside_a_busy_terminal_is_whole(store, path, at, terminal):
    """Ten backups while another terminal writes: each verifies, each holds what was acknowledged before
    it."""
    child = terminal("write", path, "w", 0, 0.002)
    assert child.stdout.readline() == "open\n"
    for _n in range(10):
        mark = child.stdout.readline().strip()
        made = backup.copy(path, at, "day")
        assert verify.verify(made).findings == []
        with contextlib.closing(open_store(made, at, reading=True)) as copy:
            assert copy.one("SELECT count(*) FROM tasks WHERE owner = ?", mark) == 3


def test_a_backup_is_restored(store, path, at):
    """Yesterday's file is back; today's is kept beside it under another name."""
    settings.put(store, "showroom", "昨天")
    made = backup.back_up(store, "day")
    settings.put(store, "showroom", "今天")
    store.close()
    kept = backup.restore(made, path, at)
    assert kept is not None and kept.name == "showroom.replaced-20261123-084100.db"
    with contextlib.closing(open_store(path, at)) as now, contextlib.closing(open_store(kept, at)) as old:
        assert (settings.get(now, "showroom"), settings.get(old, "showroom")) == ("昨天", "今天")
    assert verify.verify(path).ok and verify.verify(kept).ok and made.exists()
    assert backup.restore(made, path, at).name == "showroom.replaced-20261123-084100-2.db"


@pytest.mark.parametrize("broken", [b"", b"garbage" * 1000, b"\x00" * 9000])
def test_a_file_that_does_not_open_is_replaced_and_kept(store, path, at, broken):
    """The file is rubbish, its journal lies beside it: the backup takes its place, both are kept byte for
    byte."""
    fill(store)
    whole = picture(store)
    made = backup.back_up(store, "day")
    store.close()
    journal = path.with_name("showroom.db-journal")
    path.write_bytes(broken)
    journal.write_bytes(b"a journal of long ago")
    kept = backup.restore(made, path, at)
    assert kept.read_bytes() == broken
    assert kept.with_name(kept.name + "-journal").read_bytes() == b"a journal of long ago"
    assert not journal.exists()
    assert holds(path, at) == whole


def test_a_file_that_is_gone_is_put_back(store, path, at):
    made = backup.back_up(store, "day")
    store.close()
    path.unlink()
    assert backup.restore(made, path, at) is None
    assert verify.verify(path).ok


def test_a_backup_is_written_over_a_file_that_is_held_open(store, opened, path, at, tmp_path):
    """Where a held file cannot be replaced: it is written over in one transaction, its holder reads what came, and
    what stood there is kept."""
    enter(store, "tasks", **task())
    made = backup.back_up(store, "manual")
    enter(store, "tasks", **task(text="同时"))
    holder, kept = opened(), tmp_path / "kept.db"
    assert holder.one("SELECT count(*) FROM tasks") == 2
    backup.write_over(made, path, kept)
    assert holder.one("SELECT count(*) FROM tasks") == 1
    enter(holder, "tasks", **task(text="之后"))
    assert verify.verify(path).ok
    with contextlib.closing(open_store(kept, at, reading=True)) as before:
        assert before.one("SELECT count(*) FROM tasks") == 2


def test_a_file_that_is_never_let_go_is_not_written_over(store, opened, path, tmp_path, monkeypatch):
    """Its holder reads without end: the restore is refused as busy, and nothing of it is there."""
    enter(store, "tasks", **task())
    made = backup.back_up(store, "manual")
    enter(store, "tasks", **task(text="同时"))
    monkeypatch.setattr(file, "TIMEOUT_SECONDS", 0)
    holder = opened()
    holder.hold()
    with pytest.raises(Busy):
        backup.write_over(made, path, tmp_path / "kept.db")
    holder.let_go()
    assert holder.one("SELECT count(*) FROM tasks") == 2
    assert not (tmp_path / "kept.db").exists()


def test_a_bad_backup_is_never_restored(store, path, at, tmp_path):
    """Damaged, foreign, newer, missing, no file at all: refused, the file in use not touched, nothing left
    beside it."""
    fill(store)
    made = backup.back_up(store, "day")
    store.close()
    data, bad = made.read_bytes(), tmp_path / "bad" / "20261122-080000-day.db"
    bad.parent.mkdir()
    before, around = path.read_bytes(), sorted(path.parent.iterdir())
    for content in (data[:5000], data[:4096] + bytes(4096) + data[8192:], b"x" * 5000, b"",
                    data[:60] + (99).to_bytes(4, "big") + data[64:]):  # fmt: skip
        bad.write_bytes(content)
        with pytest.raises(Refused):
            backup.restore(bad, path, at)
    for missing in (tmp_path / "none.db", tmp_path):
        with pytest.raises(Refused):
            backup.restore(missing, path, at)
    assert (path.read_bytes(), sorted(path.parent.iterdir())) == (before, around)


@pytest.mark.parametrize("fails", ["copyfileobj", "link", "fsync", "replace"])
def test_a_restore_that_fails_leaves_the_file_and_its_journal(store, path, at, monkeypatch, fails):
    """The disk is full in the middle: told, and the file in use is still whole, its journal beside it."""
    enter(store, "tasks", **task())
    made = backup.back_up(store, "day")
    store.close()
    journal = path.with_name("showroom.db-journal")
    journal.write_bytes(b"hot")
    before = path.read_bytes()

    def full(*_args, **_options):
        raise OSError(28, "No space left on device")

    owner = {"copyfileobj": shutil, "link": os, "fsync": os, "replace": type(path)}[fails]
    with monkeypatch.context() as patch:
        patch.setattr(owner, fails, full)
        if fails == "link":
            patch.setattr(backup, "copy_whole", full)
        with pytest.raises(Refused, match="No space left"):
            backup.restore(made, path, at)
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.glob(".*")] == []
    if fails != "replace":
        assert journal.read_bytes() == b"hot"
