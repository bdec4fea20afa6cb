"""Targets in the day report: today, month, target and pace of each measure, the causes, what is still owed."""

from __future__ import annotations

import json

import pytest

from floorlead import words
from floorlead.report import pace
from floorlead.targets import moves, rules
from tests.targets import floor


@pytest.mark.parametrize("language", ["zh", "en"])
def test_said(store, golden, language):
    """The facts are JSON; said in either language they name every measure, the cause and its action."""
    floor.november(store)
    moves.give_cause(store, ["orders"], "few visitors", "请老客户", "李娜", store.today())
    data = json.loads(json.dumps(pace.read_pace(store, store.today())))
    words.use(language)

    golden("\n".join(one.text for one in pace.say_pace(data)) + "\n", f"targets-report-{language}")


def test_what_is_owed_before_sealing(store):
    """Behind for more than three days without a cause: an open point; none once it was given."""
    floor.november(store)
    owed = pace.read_pace(store, store.today())
    moves.give_cause(store, [one["measure"] for one in owed["measures"] if one["cause_due"]], "car not there")

    assert "orders" in pace.open_point(owed)
    assert pace.open_point(pace.read_pace(store, store.today())) == ""


def test_a_typed_cause_is_said_as_typed(store):
    """A cause of the leader's own words is not translated."""
    floor.november(store)
    moves.give_cause(store, ["orders"], "停电半天")
    told = [one.text for one in pace.say_pace(pace.read_pace(store, store.today()))]

    assert any("停电半天" in line for line in told)


def test_a_shut_month_has_no_gap(store):
    """Every day weighs nothing: the line tells what was done and wanted, no gap and no need."""
    floor.november(store)
    for day in rules.days_of("2026-11"):
        moves.set_weight(store, day, 0)
    data = json.loads(json.dumps(pace.read_pace(store, store.today())))

    assert pace.measure_words(data, "deliveries") == "deliveries  today 0/0  month 7/28 (25%)"


def test_nothing_without_targets(store):
    """A showroom without targets has no such section."""
    assert pace.read_pace(store, store.today()) == {}
    assert pace.say_pace({}) == []
    assert pace.measure_words({}, "orders") == ""
