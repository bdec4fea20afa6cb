"""After a sick call: fewest changes, proven, the past untouched, and everything else as good as that allows."""

from __future__ import annotations

import json
from itertools import product
from typing import Any

import pytest

from floorlead.planning import api
from tests.planning.instances import instance
from tests.planning.scorer import Scorer


@pytest.fixture(scope="module")
def week() -> tuple[dict[str, Any], dict[str, Any]]:
    problem = instance(12, 7, 5)
    return problem, api.answer(json.dumps(problem))


def repaired(problem: dict[str, Any], rota: dict[str, Any], who: Any, day: str, now: str) -> dict[str, Any]:
    return api.answer(
        json.dumps({**problem, "repair": {"rota": rota, "absent": [{"person": who, "date": day}], "now": now}})
    )


@pytest.mark.slow
@pytest.mark.parametrize("turn", range(6))
def test_a_sick_call_changes_little_and_keeps_the_rules(week: tuple[dict[str, Any], dict[str, Any]], turn: int) -> None:
    problem, rota = week
    work = [c for c in rota["cells"] if c["shift"] != "-" and c["date"] == problem["days"][turn]["date"]]
    who, day = work[turn]["person"], work[turn]["date"]
    told = repaired(problem, rota, who, day, f"{day}T07:30")
    sick = {**problem, "leave": [*problem["leave"], {"person": who, "date": day}]}
    sick["locks"] = [one for one in problem["locks"] if (one["person"], one["date"]) != (who, day)]

    assert told["minimal"]
    assert Scorer(sick).broken(told) == []
    assert Scorer(sick).cost(told) == pytest.approx(told["objective"])
    assert {"person": who, "date": day, "before": work[turn]["shift"], "after": "-", "why": "absent"} in told["changes"]
    before, after = ({(c["person"], c["date"]): c["shift"] for c in one["cells"]} for one in (rota, told))
    changed = {place for place in before if before[place] != after[place]}
    assert changed == {(c["person"], c["date"]) for c in told["changes"]}
    assert all(place[1] >= day for place in changed)


def test_begun_slots_and_past_days_stand(week: tuple[dict[str, Any], dict[str, Any]]) -> None:
    problem, rota = week
    day = problem["days"][3]["date"]
    who = next(one["holder"] for one in rota["desk"] if (one["date"], one["slot"]) == (day, "R3"))
    told = repaired(problem, rota, who, day, f"{day}T12:00")

    def fixed(one: dict[str, Any]) -> list[Any]:
        return [d for d in one["desk"] if d["date"] < day or (d["date"] == day and d["slot"] in ("R1", "R2"))]

    assert fixed(told) == fixed(rota)
    assert who not in [one["holder"] for one in told["desk"] if one["date"] == day and one["slot"] in ("R3", "R4")]


def tiny(seed: int) -> dict[str, Any]:
    problem = instance(4, 2, seed)
    problem["slots"] = [{"code": "R", "start": 690, "end": 990}]
    problem["shifts"] = problem["shifts"][:2]
    problem["people"] = [{**one, "desk": True, "streak": 0} for one in problem["people"]]
    problem["demand"] = [{"date": one["date"], "start": 690, "end": 990, "heads": 3} for one in problem["days"]]
    return {**problem, "outings": [], "training": [], "locks": [], "leave": [], "wishes": []}


@pytest.mark.parametrize("seed", range(3))
def test_no_repair_changes_less(seed: int) -> None:
    """Every rota of four people and two days is tried."""
    problem = tiny(seed)
    rota = api.answer(json.dumps(problem))
    days, staff = [one["date"] for one in problem["days"]], [one["id"] for one in problem["people"]]
    sick = next(one["holder"] for one in rota["desk"])
    told = repaired(problem, rota, sick, days[0], f"{days[0]}T06:00")
    before = {(c["person"], c["date"]): c["shift"] for c in rota["cells"]}
    desk = {one["date"]: (one["holder"], one["substitute"]) for one in rota["desk"]}
    judge, best = Scorer({**problem, "leave": [{"person": sick, "date": days[0]}]}), float("inf")
    for shifts in product("EL-", repeat=8):
        cells = dict(zip(product(staff, days), shifts, strict=True))
        if cells[sick, days[0]] != "-":
            continue
        best = min(best, cost(judge, problem, cells, before, desk, sick, days, staff))

    short = sum(judge.short(need, judge.cells(told)) for need in problem["demand"])
    assert told["minimal"]
    assert told["changes_cost"] + 100 * short == best


def cost(
    judge: Scorer, problem: dict[str, Any], cells: Any, before: Any, desk: Any, sick: Any, days: Any, staff: Any
) -> float:
    """The cheapest desk on these cells, with the changes of cells and 100 for each head missing."""
    total = sum(
        20 if before[place] == "-" else 10
        for place, shift in cells.items()
        if shift != before[place] and place != (sick, days[0])
    )
    total += sum(100 * judge.short(need, cells) for need in problem["demand"])
    for day in days:
        on = [who for who in staff if cells[who, day] != "-"]
        holder, second = desk[day]
        wanted = second if (holder, day) == (sick, days[0]) else holder
        wanted = None if (wanted, day) == (sick, days[0]) else wanted
        pairs = [3 * (wanted is not None and a != wanted) + (b != second) for a in on for b in on if a != b]
        total += min(pairs, default=10**6)
    return total


def test_a_repair_that_cannot_be_says_why() -> None:
    """Two people, one slot, one of them ill: the desk finds no substitute."""
    problem = tiny(1)
    problem["people"] = problem["people"][:2]
    rota = api.answer(json.dumps(problem))
    told = repaired(problem, rota, "P00", problem["days"][0]["date"], f"{problem['days'][0]['date']}T06:00")

    assert told["status"] == "infeasible"
    assert "P01" in told["conflict"]["sentence"]
