"""The invented showroom is dated today, has a true past, and never takes a real file's place."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from datetime import date, timedelta

import pytest

from floorlead import clock, settings, words
from floorlead.checks import lists
from floorlead.checks import queries as checks
from floorlead.furniture import queries as furniture
from floorlead.furniture.records import Kind
from floorlead.people import queries as people
from floorlead.report import queries as reports
from floorlead.setup.demo import is_demo, make_demo
from floorlead.store import Refused, open_store, undo
from floorlead.store.verify import verify
from floorlead.tasks import queries as tasks

TODAY = date(2026, 11, 24)
MORNING = clock.stopped("2026-11-24T08:15")
OF_NO_RECORD = ("salt", "id", "chain", "digest", "head", "seal", "previous_seal")
"""Columns that are random by design, or follow from what is."""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    words.use("zh")
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    make_demo(path, MORNING)
    return path


@pytest.fixture
def store(made):
    with contextlib.closing(open_store(made, MORNING, reading=True)) as found:
        yield found


def content(path) -> dict[str, list[dict]]:
    """Every row of the file, without what is random by design."""
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.row_factory = sqlite3.Row
        tables = [next(iter(row)) for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        wanted = [name for name in tables if not name.startswith(("sqlite", "_sqlite", "changes", "drafts"))]
        return {name: [_kept(row) for row in db.execute(f"SELECT * FROM {name}")] for name in wanted}


def _kept(row: sqlite3.Row) -> dict:
    return {column: value for column, value in dict(row).items() if column not in OF_NO_RECORD}


def test_it_verifies(made):
    verdict = verify(made)
    assert verdict.findings == []
    assert verdict.reports == 30


def test_thirty_days_lie_behind_it_and_yesterday_is_sealed(store):
    days = [date.fromisoformat(day) for (day,) in store.rows("SELECT day FROM reports ORDER BY number")]
    assert days == [TODAY - timedelta(days=back) for back in range(30, 0, -1)]
    assert [n for (n,) in store.rows("SELECT number FROM reports ORDER BY day")] == list(range(1, 31))
    assert reports.is_closed(store, TODAY - timedelta(days=1))
    assert store.today() == TODAY


def test_this_morning_waits(store):
    cards = [checks.card(store, TODAY, one) for one in lists.in_force(store)]
    assert [card.id for card in cards] == [0, 0, 0, 0]
    assert not any(card.marks for card in cards)
    open_tasks = tasks.open_until(store, TODAY)
    assert len(open_tasks) == 3
    assert [task.overdue(TODAY) for task in open_tasks].count(True) == 1
    assert undo.stacks(store) == ([], [])


def test_the_log_is_told_in_the_order_of_its_times(store):
    times = [at for (at,) in store.rows("SELECT at FROM actions ORDER BY seq")]
    assert times == sorted(times)
    assert times[-1] == "2026-11-24T00:15:00.000Z", "the cars are entered this morning"


def test_the_month_has_faults_reasons_late_wipes_and_people_away(store):
    assert store.one("SELECT count(*) FROM marks WHERE result = 'fail' OR first IS NOT NULL") >= 20
    assert store.one("SELECT count(*) FROM marks WHERE late = 1 AND at LIKE '%T09:0%'") >= 3
    assert store.one("SELECT count(*) FROM marks WHERE (result = 'fail' OR late = 1) AND reason = ''") == 0
    assert store.one("SELECT count(*) FROM card_passes") >= 4 * 30
    assert store.one("SELECT count(*) FROM card_passes WHERE backfilled = 1") >= 1
    states = {state for (state,) in store.rows("SELECT DISTINCT state FROM attendance")}
    assert states >= {"present", "leave", "late"}
    assert store.one("SELECT count(*) FROM tasks WHERE done_on IS NOT NULL") >= 30
    assert store.one("SELECT count(*) FROM days WHERE weather <> ''") == 30


def test_who_rests_has_no_marks(store):
    resting = store.rows(
        "SELECT c.day, r.subject FROM marks m JOIN card_rows r ON r.id = m.row_id "
        "JOIN cards c ON c.id = m.card_id JOIN people p ON r.subject = 'person:' || p.id "
        "WHERE p.rest_day = (strftime('%w', c.day) + 6) % 7"
    )
    assert resting == []


def test_everybody_has_a_latin_name(store):
    assert len(people.everybody(store)) == 15
    assert all(person.name_en.isascii() and person.name_en for person in people.everybody(store))


def test_the_same_day_tells_the_same_story(made, tmp_path):
    words.use("zh")
    make_demo(tmp_path / "again.db", MORNING)
    first, second = content(made), content(tmp_path / "again.db")
    for one in (*first["reports"], *second["reports"]):
        one["text"] = one["text"].splitlines()[:-4]  # its foot shows the seal, which is salted
        json.loads(one["body"])
    salted = [one.pop("seals") for one in (first, second)]
    assert first == second
    assert [len(one) for one in salted] == [30, 30]


def test_an_older_demo_is_replaced(tmp_path):
    path = tmp_path / "demo.db"
    make_demo(path, clock.stopped("2026-11-20T08:15"), days=1)
    make_demo(path, MORNING, days=2)
    with contextlib.closing(open_store(path, MORNING, reading=True)) as store:
        assert store.one("SELECT max(day) FROM reports") == "2026-11-23"
    assert [found.name for found in tmp_path.iterdir()] == ["demo.db"]


def test_a_real_file_is_never_touched(tmp_path):
    real, foreign = tmp_path / "real.db", tmp_path / "notes.txt"
    open_store(real, MORNING).close()
    foreign.write_text("not ours")
    for path in (real, foreign):
        before = path.read_bytes()
        assert not is_demo(path)
        with pytest.raises(Refused) as refused:
            make_demo(path, MORNING, days=1)
        assert refused.value.code == "E71"
        assert path.read_bytes() == before
    assert not is_demo(tmp_path / "none.db")


def test_a_cut_off_demo_leaves_nothing(tmp_path, monkeypatch):
    def cut_off(*_args):
        raise RuntimeError("cut off")

    monkeypatch.setattr(reports, "seal", cut_off)
    with pytest.raises(RuntimeError):
        make_demo(tmp_path / "demo.db", MORNING, days=1)
    assert list(tmp_path.iterdir()) == []


def test_the_standard_showroom_is_ready_for_a_rehearsal(tmp_path):
    path = tmp_path / "standard.db"
    make_demo(path, MORNING, "standard")
    assert is_demo(path)
    assert verify(path).ok
    with contextlib.closing(open_store(path, MORNING)) as store:
        assert sum(1 for person in people.staff(store, TODAY) if person.on_cards) == 12
        kinds = [piece.kind for piece in furniture.standing(store)]
        assert (kinds.count(Kind.DISPLAY_CAR), kinds.count(Kind.TABLE)) == (14, 6)
        assert store.one("SELECT count(*) FROM marks") == store.one("SELECT count(*) FROM reports") == 0
        assert settings.get(store, "demo") == "1"
        assert undo.stacks(store) == ([], [])
