"""The check finds every rule that a hand may break, blames nothing that is not planned, and is quick."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest

from floorlead.planning import api
from floorlead.planning.checking import check
from floorlead.planning.draft import draft
from floorlead.planning.reading import read
from floorlead.planning.rota import from_json, to_json
from floorlead.record import replace
from tests.planning.instances import instance


@pytest.fixture(scope="module")
def good() -> tuple[dict[str, Any], dict[str, Any]]:
    problem = instance(12, 7, 5)
    return problem, api.answer(json.dumps(problem))


def codes(problem: dict[str, Any], rota: dict[str, Any]) -> set[str]:
    found = check(read(problem), from_json(rota))
    assert all(one.text and one.kind in ("law", "house", "wish") for one in found)
    return {one.code for one in found if one.kind != "wish"}


def cell(rota: dict[str, Any], who: str, day: str, shift: str) -> None:
    for one in rota["cells"]:
        if (one["person"], one["date"]) == (who, day):
            one["shift"] = shift


def entry(rota: dict[str, Any], number: int, **change: Any) -> None:
    rota["desk"][number] |= change


def all_week(p: dict[str, Any], r: dict[str, Any]) -> None:
    for day in p["days"]:
        cell(r, "P02", day["date"], "F")


EDITS: dict[str, Callable[[dict[str, Any], dict[str, Any]], Any]] = {
    "leave": lambda p, r: cell(r, p["leave"][0]["person"], p["leave"][0]["date"], "E"),
    "lock": lambda p, r: cell(r, p["locks"][0]["person"], p["locks"][0]["date"], "F"),
    "max_run": all_week,
    "week_rest": all_week,
    "no_holder": lambda p, r: entry(r, 3, holder=None),
    "no_substitute": lambda p, r: entry(r, 3, substitute=None),
    "same_person": lambda p, r: entry(r, 3, substitute=r["desk"][3]["holder"]),
    "not_desk": lambda p, r: entry(r, 3, holder="P06"),
    "held_a_day": lambda p, r: entry(r, 1, holder=r["desk"][2]["holder"]),
    "rests": lambda p, r: cell(r, r["desk"][0]["holder"], r["desk"][0]["date"], "-"),
    "not_covered": lambda p, r: cell(r, r["desk"][0]["holder"], r["desk"][0]["date"], "L"),
    "demand": lambda p, r: [cell(r, one["id"], p["days"][0]["date"], "-") for one in p["people"][:9]],
}


@pytest.mark.parametrize("code", EDITS)
def test_each_broken_rule_is_found(good: tuple[dict[str, Any], dict[str, Any]], code: str) -> None:
    problem, rota = json.loads(json.dumps(good))
    assert codes(problem, rota) == set()
    EDITS[code](problem, rota)
    assert code in codes(problem, rota)


def test_what_is_not_planned_breaks_nothing(good: tuple[dict[str, Any], dict[str, Any]]) -> None:
    problem, rota = good
    for part in (0, 5, 20, 50):
        some = {**rota, "cells": rota["cells"][:part], "desk": []}
        assert codes(problem, some) - {"no_holder", "no_substitute"} == set()
    assert codes(problem, {"cells": [], "desk": []}) == set()


def test_overtime_of_the_month() -> None:
    problem = instance(8, 7, 2)
    problem["people"][0]["month_overtime"] = 2100
    rota = to_json(draft(read(problem)))
    for day in problem["days"][:5]:
        cell(rota, "P00", day["date"], "F")
    assert "overtime" in codes(problem, rota)


def test_a_check_takes_milliseconds() -> None:
    problem = read(instance(20, 31, 1))
    rota = replace(draft(problem), ledger=())
    spent = []
    for _turn in range(5):
        begun = time.process_time()
        check(problem, rota)
        spent.append(time.process_time() - begun)
    assert min(spent) < 0.02
