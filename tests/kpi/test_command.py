"""`floorlead kpi`: the figures for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from floorlead.cli import cli
from tests.kpi import showroom as sh


@pytest.fixture
def path(tmp_path: Path) -> Path:
    store = sh.opened(tmp_path)
    sh.by_hand(store)
    store.close()
    return tmp_path / "kpi.db"


def run(path: Path, *args: str):
    return CliRunner().invoke(cli, ["--store", str(path), "--now", sh.NOW, "--lang", "en", *args])


def test_json(path: Path) -> None:
    """Month, definitions, team and people; each figure n, d and a fraction, null where nothing stands below."""
    told = json.loads(run(path, "kpi", "--month", "2026-11", "--format", "json").output)
    assert set(told) == {"month", "definitions", "team", "people"}
    assert told["month"] == "2026-11"
    assert told["definitions"]["capture"] == "A"
    assert told["team"]["capture"] == {"n": 12, "d": 15, "rate": 0.8}
    assert told["team"]["checks"] == {"n": 0, "d": 0, "rate": None}
    first = told["people"][0]
    assert (first["number"], first["name"]) == ("S01", "陈思远")
    assert first["drive"] == {"n": 7, "d": 14, "rate": 0.5}
    assert set(first) == {"number", "name", *told["definitions"]} == {"number", "name", *told["team"]}


def test_text_and_months(path: Path) -> None:
    """This month without an option, the last by -1; what is no month is wrong use."""
    assert "12/15 (80%)" in run(path, "kpi").output
    assert json.loads(run(path, "kpi", "--month", "-1", "--format", "json").output)["month"] == "2026-10"
    wrong = run(path, "kpi", "--month", "2026-13")
    assert wrong.exit_code == 2
    assert "2026-11" in wrong.output
