"""A clock that cannot be right is asked about before it does harm, and what it did can be made void."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from floorlead import doubt, entry, settings, words
from floorlead.cli import cli
from floorlead.report import queries, sealing
from floorlead.store import Refused, sealed, undo
from floorlead.store.verify import verify
from floorlead.tasks import queries as tasks
from floorlead.today import queries as today
from tests.conftest import at, desk_of, press, screen

YEARS_ON, NEXT_DAY = ("18:30", "2027-11-24"), ("09:00", "2026-11-25")


@pytest.mark.parametrize(("time", "day", "asks"), [
    ("08:41", "2026-11-24", False), ("23:59", "2026-11-27", False), ("04:01", "2026-11-28", True),
    ("08:32", "2026-11-24", False), ("08:30", "2026-11-24", True), ("08:41", "2025-11-24", True), ("08:41", "2029-11-24", True),
])  # fmt: skip
def test_when_a_clock_is_asked_about(store, time, day, asks):
    """Three business days of quiet are usual, ten minutes back are two machines; the last entry is of 08:41 on the 24th.

    team 张伟
    """
    at(store, time, day)
    told = doubt.doubt(store)
    assert bool(told) is asks
    if asks:
        assert day[:4] in told and "24 November 2026 08:41" in told
        words.use("zh")
        assert "2026年11月24日 08:41" in doubt.doubt(store)


def test_a_file_without_any_entry_asks_nothing(store):
    at(store, "08:41", "2031-01-01")
    assert doubt.doubt(store) == ""


def test_after_the_spring_festival_it_is_asked_once(store):
    """Eight days closed: the leader says that the clock is right, and nothing asks again; the next entry settles it.

    team 张伟
    """
    at(store, "08:30", "2026-12-02")
    assert doubt.doubt(store)
    doubt.is_right(store)
    at(store, "18:30", "2026-12-02")
    assert doubt.doubt(store) == ""
    at(store, "18:30", "2027-12-02")
    assert doubt.doubt(store), "another jump is another question"
    settings.put(store, "clock_days", "30")
    at(store, "18:30", "2027-12-20")
    assert doubt.doubt(store) == ""


def run(path: Path, now: str, *words_: str, code: int = 0) -> str:
    done = CliRunner().invoke(cli, ["--store", str(path), "--lang", "en", "--now", now, *words_])
    assert done.exit_code == code, done.output
    return done.output


@pytest.fixture
def morning(store):
    """
    team 张伟
    """
    tasks.add(store, "补价签", "", store.today())
    store.close()
    return store.path


def test_a_seal_a_year_ahead_is_refused_and_changes_nothing(morning):
    before = morning.read_bytes()
    told = run(morning, "2027-11-24T18:30", "seal", code=1)
    assert "24 November 2027 18:30" in told and "24 November 2026 08:41" in told and "(E460)" in told
    assert morning.read_bytes() == before


@pytest.mark.parametrize("kind", ["people", "calendar", "rota", "customers", "cars"])
def test_an_import_under_a_wrong_clock_is_refused(morning, tmp_path, kind):
    sheet = tmp_path / "list.csv"
    sheet.write_text("姓名\n李娜\n", encoding="utf-8")
    before = morning.read_bytes()
    assert "(E460)" in run(morning, "2024-11-24T18:30", "import", kind, str(sheet), code=1)
    assert morning.read_bytes() == before


def test_the_way_back_on_the_command_line(morning):
    """Sealed a year ahead with --yes; next morning the day is made void and business goes on, no number is lost."""
    run(morning, "2027-11-24T18:30", "seal", "--yes")
    now = "2026-11-25T09:00"
    found = {one["name"]: one for one in json.loads(run(morning, now, "doctor", "--format", "json"))}
    assert found["clock"]["state"] == "warn" and "2027-11-24" in found["clock"]["words"]
    assert "reopen --void" in run(morning, now, "seal", code=1)
    assert "today is 2026-11-25" in run(morning, now, "reopen", "--void", "--reason", "the battery was empty")
    assert "(E46" in run(morning, now, "reopen", "--void", "--day", "2027-11-24", "--reason", "again", code=1)
    found = {one["name"]: one for one in json.loads(run(morning, now, "doctor", "--format", "json"))}
    assert found["clock"]["state"] == "ok"
    assert "no. 2 revision 1" in run(morning, now, "seal")
    assert "[VOID]" in run(morning, now, "report", "--day", "2027-11-24")
    assert json.loads(run(morning, now, "report", "--day", "2027-11-24", "--format", "json"))["state"] == "void"
    verdict = verify(morning)
    assert (verdict.findings, verdict.reports) == ([], 3)


def seal_ahead(store) -> None:
    at(store, *YEARS_ON)
    sealing.seal(store, store.today())
    at(store, *NEXT_DAY)


def test_the_way_back_in_the_app(store):
    """Today names the day, F9 offers the way back with a reason, and then today is today.

    lead 王
    """
    seal_ahead(store)
    assert str(store.today()) == "2027-11-24"
    desk = desk_of(store)
    assert "2027-11-24" in screen(desk) and "^P 3" in screen(desk)
    press(desk, "f9", "ctrl+p")
    assert "3 make it void" in screen(desk)
    press(desk, "3", '"电池没电', "ctrl+s")
    assert str(store.today()) == "2026-11-25"
    assert "2027-11-24 is void" in screen(desk)
    assert sealed.ahead(store) is None
    press(desk, "f2")
    assert not any(one.notice and "2027" in one.notice.name for one in today.read(store).watched)


def test_a_reason_is_owed_and_only_a_day_to_come_is_void(store):
    """
    lead 王
    """
    sealing.seal(store, store.today())
    with pytest.raises(Refused) as refused:
        sealing.void(store, store.today(), "x")
    assert refused.value.code == "E461"
    seal_ahead(store)
    with pytest.raises(Refused):
        sealing.void(store, store.today(), " ")
    assert len(store.rows("SELECT 1 FROM reports")) == 2


def test_when_the_void_day_really_comes(store):
    """Its number is still its own, the third revision says why; nothing of it was locked in between.

    lead 王
    """
    seal_ahead(store)
    sealing.void(store, store.today(), "电池没电")
    tasks.add(store, "补价签", "", store.today())
    undo.undo(store)
    at(store, *YEARS_ON)
    assert not queries.is_closed(store, store.today())
    queries.put_day(store, store.today(), "remarks", "正常")
    done = sealing.seal(store, store.today())
    assert (done.number, done.revision, done.reason, done.state) == (1, 3, "电池没电", "sealed")
    assert verify(store.path, done.seal).findings == []
    assert str(store.today()) == "2027-11-24"


def test_the_app_asks_first_and_esc_leaves(store):
    """
    lead 王
    """
    at(store, *YEARS_ON)
    desk = desk_of(store)
    left: list[int] = []
    desk.leave = left.append
    desk.open("clock", {"leaves": True})
    assert "24 November 2027" in screen(desk) and "1 the clock is right" in screen(desk)
    press(desk, "f9", "f3", "2", "enter", "ctrl+k")
    assert "1 the clock is right" in screen(desk) and desk.page.name == "today"
    press(desk, "escape")
    assert left == [0]
    press(desk, "1")
    assert "the clock is right" not in screen(desk)
    press(desk, "f9", "ctrl+p", "3")
    assert queries.is_closed(store, store.today())


def test_the_clock_jumps_while_the_app_is_open(store):
    """The seal is asked about first; the question stands there instead of a sealed day.

    lead 王
    """
    desk = desk_of(store)
    at(store, *YEARS_ON)
    press(desk, "f9", "ctrl+p", "3")
    assert "Is the clock right?" in screen(desk)
    assert not store.rows("SELECT 1 FROM reports")
    press(desk, "1", "ctrl+p", "3")
    assert len(store.rows("SELECT 1 FROM reports")) == 1


def test_nothing_is_entered_by_itself_under_a_doubtful_clock(store):
    """The month's counts and the calendar wait for an answer: entered under the wrong clock they would settle it.

    lead 王
    stock QY 白 4114 34
    order 刘女士 4114
    """
    at(store, *YEARS_ON)
    before = store.one("SELECT max(seq) FROM actions")
    entry._after_start(store)
    assert store.one("SELECT max(seq) FROM actions") == before
    doubt.is_right(store)
    entry._after_start(store)
    assert store.one("SELECT max(seq) FROM actions") > before
