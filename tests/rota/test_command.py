"""`floorlead rota`: text, JSON, PDF, files; `rota check`; `import rota`."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from floorlead.cli import cli
from floorlead.rota import moves, queries
from floorlead.store import Store
from tests.rota.people import MONDAY, TUESDAY, planned, staff, who


def run(store: Store, *args: str) -> Result:
    base = ["--store", str(store.path), "--lang", "en", "--now", "2026-11-23T09:03"]
    return CliRunner().invoke(cli, [*base, *args])


@pytest.fixture
def floor(store: Store) -> Store:
    """Two planned weeks."""
    staff(store)
    planned(store)
    return store


def test_text_and_days(floor: Store) -> None:
    """A week without a word; one day is the desk sheet, more than a week is drawn like a month."""
    assert "Rota of the week" in run(floor, "rota").output
    assert "Desk of the day" in run(floor, "rota", "--from", "2026-11-24", "--days", "1").output
    assert "2026-11-23 to 2026-12-06" in run(floor, "rota", "--days", "14").output
    assert run(floor, "rota", "--from", "nonsense").exit_code == 2


def test_json(floor: Store) -> None:
    """Days, people with cells and counts, the desk: numbers name people."""
    moves.publish(floor, MONDAY, MONDAY + timedelta(days=6))
    moves.plan(floor, who(floor, "张伟"), TUESDAY, None)
    told = json.loads(run(floor, "rota", "--format", "json").output)

    assert (told["from"], told["to"]) == ("2026-11-23", "2026-11-29")
    zhang = told["people"][0]
    assert zhang["name"] == "Zhang Wei"
    assert zhang["cells"]["2026-11-24"]["changed"]
    assert set(zhang["counts"]) == {"desk", "late", "weekend", "off", "substitute"}
    assert len(told["desk"]) == 35


def test_pdf_and_files(floor: Store, tmp_path: Path) -> None:
    """A PDF into a file; csv, xlsx and ics into a folder that is there."""
    assert run(floor, "rota", "--format", "pdf", "-o", str(tmp_path / "r.pdf")).exit_code == 0
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")
    for form, count in (("csv", 1), ("xlsx", 1), ("ics", 11)):
        done = run(floor, "rota", "--format", form, "--out", str(tmp_path))
        assert len(done.output.splitlines()) == count, done.output
    done = run(floor, "rota", "--format", "csv", "-o", str(tmp_path / "mine.csv"))
    assert (tmp_path / "mine.csv").exists()
    assert run(floor, "rota", "--format", "csv", "--out", str(tmp_path / "none")).exit_code == 1


def test_check(floor: Store) -> None:
    """Law, house and wish apart; exit code 1 where a law is broken."""
    book = queries.read(floor, MONDAY, MONDAY).book
    for n in range(7):
        moves.plan(floor, who(floor, "张伟"), MONDAY + timedelta(days=n), book.digit(1))
    done = run(floor, "rota", "check", "--format", "json")
    told = json.loads(done.output)

    assert done.exit_code == 1
    assert told["broken"][0]["kind"] == "law"
    assert {one["kind"] for one in told["broken"]} <= {"law", "house", "wish"}
    assert "Law: " in run(floor, "rota", "check").output


def test_what_is_not_planned_is_no_pass(floor: Store) -> None:
    """A fortnight without a rota holds no rule: it says what is missing, as JSON too, and its exit code is no pass."""
    done = run(floor, "rota", "check", "--from", "2027-02-01", "--days", "14")
    slots = len(queries.read(floor, MONDAY, MONDAY).book.slots)
    assert done.exit_code == 1
    assert f"Nothing planned: 14 days, {14 * slots} desk slots without a name" in done.output
    assert "The holidays of 2027 are not known yet" in done.output
    assert "Nothing is broken" not in done.output and "House 0" not in done.output
    told = json.loads(run(floor, "rota", "check", "--from", "2027-02-01", "--days", "14", "--format", "json").output)
    assert (len(told["unplanned"]["days"]), told["unplanned"]["desk_slots"]) == (14, 14 * slots)
    assert told["calendar_unknown"] == [2027]


def test_days_that_are_not_planned_yet(floor: Store) -> None:
    """One day of a week is planned: the others are counted, and only of what is planned nothing is said to be broken."""
    moves.plan(
        floor, who(floor, "张伟"), MONDAY + timedelta(days=14), queries.read(floor, MONDAY, MONDAY).book.digit(1)
    )
    done = run(floor, "rota", "check", "--from", (MONDAY + timedelta(days=14)).isoformat())
    assert done.exit_code == 1
    assert "Not planned yet: 6 days" in done.output
    assert "Nothing is broken" not in done.output
    told = json.loads(run(floor, "rota", "--from", "2027-02-01", "--format", "json").output)
    assert told["calendar_unknown"] == [2027]


def test_import(floor: Store, tmp_path: Path) -> None:
    """Told first, then done, then nothing to do; a refused line keeps all out with exit code 1."""
    file = tmp_path / "r.csv"
    file.write_text("date,person,shift\n2026-12-08,张伟,E\n2026-12-08,李娜,L\n", encoding="utf-8")
    assert "new 2, changed 0" in run(floor, "import", "rota", str(file), "--dry-run").output
    assert json.loads(run(floor, "import", "rota", str(file), "--format", "json").output)["imported"]
    assert "the same 2" in run(floor, "import", "rota", str(file)).output
    file.write_text("date,person,shift\n2026-12-09,张伟,E\n2026-12-09,nobody,L\n", encoding="utf-8")
    done = run(floor, "import", "rota", str(file))
    assert done.exit_code == 1
    assert "line 3: nobody is called 'nobody'" in done.output
