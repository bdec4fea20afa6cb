"""The advice and the calendar from the command line."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from floorlead import clock
from floorlead.advice import queries
from floorlead.advice.records import Edit
from floorlead.cli import cli
from floorlead.commands.calendar import import_calendar
from floorlead.entry import Options
from floorlead.store import open_store
from tests.advice import market

NOW = "2026-11-23T08:41"


@pytest.fixture
def path(tmp_path):
    """The invented showroom with one saved version."""
    path = tmp_path / "s.db"
    opened = open_store(path, clock.stopped(NOW))
    opened.by = "王"
    market.load(opened)
    queries.save(opened, queries.advise(opened), {"QY|云母白": Edit(6, "资金或库位")})
    opened.close()
    return path


def run(path, *words: str):
    """Run floorlead on the file at 08:41 in English."""
    return CliRunner().invoke(cli, ["--store", str(path), "--lang", "en", "--now", NOW, *words])


def test_text_is_the_saved_version(path):
    """With the leader's own number and its reason."""
    told = run(path, "advice")

    assert told.exit_code == 0, told.output
    assert "version 1 08:41" in told.output
    assert "* QY white  8 -> 6  资金或库位" in told.output


def test_json_and_pdf(path, tmp_path):
    """The same for programs, and for the printer."""
    told = json.loads(run(path, "advice", "--format", "json").stdout)
    assert {one["model"]: one["advice"] for one in told["models"]} == {"QY": 12, "YL": 3, "XX": 11, "YS": 0, "LY": 8}

    assert run(path, "advice", "--format", "pdf", "-o", str(tmp_path / "a.pdf")).exit_code == 0
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")


def test_a_day_without_a_version_is_refused(path):
    """Exit code 1, and why."""
    told = run(path, "advice", "--day", "2026-11-16")

    assert told.exit_code == 1
    assert "No order advice was saved on 2026-11-16" in told.output
    assert run(path, "advice", "--revision", "2").exit_code == 1


def test_the_advice_needs_no_screen(path):
    """Neither the screen library nor the calendar's."""
    code = (
        "import sys; sys.argv = sys.argv[1:]\nfrom floorlead.__main__ import main\n"
        "try: main()\nexcept SystemExit: pass\nprint('LOADED', *sorted(sys.modules))"
    )
    words = ["floorlead", "--store", str(path), "--now", NOW, "advice"]
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=True)
    loaded = done.stdout.partition("LOADED")[2].split()

    assert {"textual", "arrow", "sqlite_utils", "pypinyin", "typst", "chinese_calendar"} & set(loaded) == set()


def take_over(path, *words: str):
    """The command that reads a list of holidays."""
    return CliRunner().invoke(import_calendar, list(words), obj=Options(str(path), "en", NOW, False))


def test_a_years_holidays_are_imported(path, tmp_path):
    """The notice for 2027; a second time all is the same."""
    file = tmp_path / "2027.csv"
    file.write_text("date,kind,name\n2027-01-01,holiday,New Year's Day\n2027-02-07,workday,Spring Festival\n")
    tried = json.loads(take_over(path, str(file), "--dry-run", "--format", "json").stdout)
    assert (tried["new"], tried["imported"]) == (2, False)
    done = json.loads(take_over(path, str(file), "--format", "json").stdout)
    assert (done["new"], done["imported"]) == (2, True)
    again = json.loads(take_over(path, str(file), "--format", "json").stdout)
    assert (again["new"], again["changed"], again["same"]) == (0, 0, 2)


def test_refused_lines_stop_the_import(path, tmp_path):
    """One wrong line, and nothing is taken over; exit code 1."""
    file = tmp_path / "2027.csv"
    file.write_text("date,kind,name\n2027-01-01,holiday,\n2027-13-01,holiday,\n")
    told = take_over(path, str(file))

    assert told.exit_code == 1
    assert "line 3:" in told.output
    store = open_store(path, clock.stopped(NOW))
    assert not store.one("SELECT count(*) FROM calendar_days WHERE day >= '2027-01-01'")
    store.close()
