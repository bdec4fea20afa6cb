"""`floorlead targets`: the month as text and JSON, and setting numbers from a script."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from floorlead.cli import cli
from floorlead.targets import queries
from tests.targets import floor

NOW = "2026-11-24T08:41"


@pytest.fixture
def run(store):
    """Run a command on the showroom's file."""
    floor.november(store)

    def call(*args):
        return CliRunner().invoke(cli, ["--store", str(store.path), "--now", NOW, "--lang", "en", "targets", *args])

    return call


def test_json_tells_the_month(run):
    """Every measure with its target, its gap and its need; every day, everybody."""
    found = json.loads(run("--format", "json").stdout)
    orders = next(one for one in found["measures"] if one["measure"] == "orders")

    assert (found["month"], found["open_days"], found["days_left"]) == ("2026-11", 30, 7)
    assert (orders["target"], orders["actual"], orders["gap"], orders["needed_per_day"]) == (30, 12, 12, 2.57)
    assert len(found["days"]) == 30
    assert sum(one["wanted"]["orders"] for one in found["people"]) == 30


def test_set_from_a_script(run, store):
    """Two targets of December are set and one of them taken away again."""
    assert run("--month", "2026-12", "--set", "orders=60", "--set", "visits=400").exit_code == 0
    assert run("--month", "2026-12", "--set", "visits=").exit_code == 0
    assert queries.targets(store, "2026-12") == {"orders": 60}


@pytest.mark.parametrize(
    ("args", "code"),
    [(("--month", "11-2026"), 2), (("--set", "orders"), 2), (("--set", "orders=many"), 2), (("--set", "profit=3"), 1)],
)
def test_wrong(run, args, code):
    """A month that is none and a number that is none are wrong use; an unknown measure is refused."""
    assert run(*args).exit_code == code


def test_text(run):
    """The text is the paper."""
    assert "Month targets" in run().stdout
