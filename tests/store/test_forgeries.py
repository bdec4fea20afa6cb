"""Whoever drops the guards, rewrites a sealed report and recomputes everything: the paper of that day catches it, and the
paper of every later day."""

from __future__ import annotations

import shutil

import pytest

from floorlead.store.verify import verify
from tests.hard import forgeries
from tests.hard.campaign import sample
from tests.store import forger, sealed_week


@pytest.fixture(scope="module")
def week(tmp_path_factory):
    path = tmp_path_factory.mktemp("week") / "showroom.db"
    sealed_week.make(path)
    return path


@pytest.fixture
def copied(week, path):
    shutil.copyfile(week, path)
    return path


def test_the_week_is_clean_and_says_which_rule_holds_for_which(copied):
    assert all(verify(copied, paper).ok for paper in forger.papers(copied).values())
    verdict = verify(copied)
    assert (verdict.findings, verdict.reports, verdict.first_rule) == ([], 8, (1,))


def test_each_column_of_each_sealed_table_is_on_paper(week, path):
    """One row of each table, every column; the campaign `tests.hard.forgeries` takes every row."""
    chosen = {"reports": 4, "seals": 4, "templates": 2, "reopens": 2}
    tried = [place for place in forger.places(week) if chosen[place.table] == place.row]
    assert len(tried) == 15 + 2 + 3 + 6
    for place in tried:
        shutil.copyfile(week, path)
        assert forgeries.judged(path, place, few=True).startswith("caught"), place


@pytest.mark.parametrize("column", ["text", "by", "sealed_at", "body"])
def test_a_change_hidden_as_an_erasing_is_found(copied, column):
    """The log says that somebody was erased, its chain and every later head hold; the seal of the report does not."""
    place = next(p for p in forger.places(copied) if (p.table, p.column, p.row) == ("reports", column, 4))
    assert forgeries.judged(copied, place, hidden=True, few=True) == "caught without a paper too"


def test_a_few_of_the_campaign():
    assert sample(forgeries.attempt, seed=3, count=4).bad(("broke", "recomputed: missed", "hidden: missed")) == {}
