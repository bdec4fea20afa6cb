"""Visits, prospects, follow-ups and the papers on the command line: fields for other programs, no number in the open."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from floorlead.cli import cli
from floorlead.customers import moves
from floorlead.record import replace
from floorlead.visits import moves as visits
from tests.conftest import person
from tests.customers.floor import models, prospect

PHONE = "13800000001"


@pytest.fixture
def run(store):
    """The program on a showroom with one visit of today and one overdue prospect."""
    models(store)
    who = person(store, "张伟").id
    visits.register(store, replace(visits.blank(store), advisor_id=who, model_id=1, grade="H"), "王先生", PHONE)
    prospect(store, "李女士", "H", "张伟", last=5, phone="13800000002", number="K2")
    moves.remind(store, [(who, 1)])

    def call(*words: str):
        base = ["--store", str(store.path), "--lang", "en", "--now", "2026-11-24T10:00"]
        done = CliRunner().invoke(cli, [*base, *words])
        assert done.exit_code == 0, done.output
        return done.output

    return call


def test_visits(run):
    """
    team 张伟
    lead 王
    """
    found = json.loads(run("visits", "--format", "json"))
    assert (found["day"], found["counts"]["captured"], found["counts"]["looked"]) == ("2026-11-24", 1, 0)
    assert found["visits"][0]["customer"]["phone"] == "138****0001"
    assert "138****0001" in run("visits") and PHONE not in run("visits")


def test_customers(run):
    """
    team 张伟
    lead 王
    """
    found = json.loads(run("customers", "--format", "json"))
    assert (found["floor"], found["grades"]) == (40, {"H": 2})
    assert found["advisors"][0]["below"] == 38
    assert {one["late"] for one in found["customers"]} == {0, 3}
    assert "张伟" in run("customers")


def test_followups(run):
    """
    team 张伟
    lead 王
    """
    found = json.loads(run("followups", "--format", "json"))
    assert (found["due"], found["overdue"]) == (1, 1)
    assert found["advisors"][0]["customers"][0]["number"] == "K2" and found["advisors"][0]["reminded_at"]
    assert "3d late" in run("followups")


def test_a_paper(run, store):
    """
    team 张伟
    lead 王
    Whole numbers only by name, and then one access.
    """
    found = json.loads(run("form", "register", "--format", "json"))
    assert found["tables"][0]["rows"][0][6] == "138****0001"
    assert "138****0002" in run("form", "card", "--customer", "K2")
    assert PHONE in run("form", "register", "--phones")
    assert store.rows("SELECT kind, count FROM accesses") == [("print", 1)]
