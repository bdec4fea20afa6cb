"""A rota keeps every law, costs what a second reading of the rules says, and is proven: cells are never asserted."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from typing import Any

import pytest

from floorlead.planning import api, backend, wishing
from floorlead.planning.checking import check
from floorlead.planning.cuts import span_of
from floorlead.planning.draft import draft
from floorlead.planning.fairness import fairness
from floorlead.planning.frame import Frame
from floorlead.planning.model import Model
from floorlead.planning.reading import read
from floorlead.planning.rota import from_json
from tests.planning.instances import instance
from tests.planning.scorer import Scorer

LONG = {0, 5, 7, 17}
"""Floors whose one program takes many seconds."""


def solved(problem: dict[str, Any]) -> dict[str, Any]:
    return api.answer(json.dumps(problem))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("people", "days", "seed", "tight"),
    [(12, 7, 1, False), (12, 7, 5, False), (8, 7, 10, True), (10, 4, 2, False), (7, 9, 3, False)],
)
def test_a_rota_is_proven_and_costs_what_the_rules_say(people: int, days: int, seed: int, tight: bool) -> None:
    problem = instance(people, days, seed, tight=tight)
    rota, judge = solved(problem), Scorer(problem)

    assert judge.broken(rota) == []
    assert rota["status"] == "optimal"
    assert rota["objective"] == pytest.approx(judge.cost(rota))
    assert rota["objective"] == pytest.approx(rota["bound"])
    assert sum(term["cost"] for term in rota["ledger"]) == pytest.approx(rota["objective"])
    assert all(term["text"] for term in rota["ledger"])
    assert [v for v in check(read(problem), from_json(rota)) if v.kind == "law"] == []


@pytest.mark.slow
def test_a_month_of_twenty_people_is_proven() -> None:
    problem = instance(20, 31, 6)
    rota, judge = solved(problem), Scorer(problem)

    assert (rota["status"], judge.broken(rota)) == ("optimal", [])
    assert rota["objective"] == pytest.approx(judge.cost(rota))


@pytest.mark.slow
def test_nothing_cheaper_exists_on_a_small_floor() -> None:
    """Three people, two days, one slot: every rota there is, judged by the second reading."""
    from itertools import product

    problem = instance(3, 2, 4)
    problem["slots"] = [{"code": "R", "start": 690, "end": 990}]
    problem["people"] = [{**one, "desk": True} for one in problem["people"]]
    problem |= {"outings": [], "training": [], "locks": []}
    days, staff = [one["date"] for one in problem["days"]], [one["id"] for one in problem["people"]]
    judge, best = Scorer(problem), float("inf")
    for shifts in product("ELF-", repeat=6):
        cells = [{"person": p, "date": d, "shift": s} for (p, d), s in zip(product(staff, days), shifts, strict=True)]
        for pairs in product([(a, b) for a in staff for b in staff if a != b], repeat=2):
            desk = [
                {"date": d, "slot": "R", "holder": a, "substitute": b} for d, (a, b) in zip(days, pairs, strict=True)
            ]
            rota = {"cells": cells, "desk": desk, "training": [], "outings": []}
            if not judge.broken(rota):
                best = min(best, judge.cost(rota))

    assert solved(problem)["objective"] == pytest.approx(best)


def test_a_joiner_does_not_catch_up() -> None:
    """Who joins in the middle of the period has a part of every duty, not all of them."""
    problem = instance(9, 14, 2)
    problem |= {"locks": [], "wishes": [], "outings": [], "training": [], "leave": []}
    for one in problem["people"]:
        one["history"] = dict.fromkeys(one["history"], 6)
    problem["people"][0] |= {"joined": problem["days"][7]["date"], "history": {}}
    rota = solved(problem)
    held = {one["id"]: sum(d["holder"] == one["id"] for d in rota["desk"]) for one in problem["people"]}

    assert all(
        c["shift"] == "-" for c in rota["cells"] if c["person"] == "P00" and c["date"] < problem["days"][7]["date"]
    )
    assert held["P00"] <= max(held.values())
    assert {s.measure: s.range for s in fairness(read(problem), from_json(rota))}["desk"] <= 1


def test_half_a_day_of_leave_keeps_off_that_half_of_the_desk() -> None:
    problem = instance(10, 3, 3)
    day = problem["days"][1]["date"]
    problem["leave"] = [{"person": "P01", "date": day, "half": "am"}]
    problem["locks"] = [{"person": "P01", "date": day, "shift": "F"}]
    rota = solved(problem)

    assert rota["status"] == "optimal"
    mornings = [one for one in rota["desk"] if one["date"] == day and one["slot"] in ("R1", "R2")]
    assert all("P01" not in (one["holder"], one["substitute"]) for one in mornings)


@pytest.mark.slow
def test_past_days_stand() -> None:
    """`frozen_before` keeps what was worked, whether or not it keeps the rules."""
    problem = instance(10, 7, 5)
    first = solved(problem)
    problem |= {"rota": {"cells": first["cells"], "desk": first["desk"]}, "frozen_before": problem["days"][3]["date"]}
    problem["wishes"] = [{"person": c["person"], "date": c["date"], "shift": "-", "weight": 9} for c in first["cells"]]
    again = solved(problem)
    past = problem["frozen_before"]

    assert [c for c in again["cells"] if c["date"] < past] == [c for c in first["cells"] if c["date"] < past]
    assert [c for c in again["desk"] if c["date"] < past] == [c for c in first["desk"] if c["date"] < past]


def test_slots_that_overlap_need_different_people() -> None:
    problem = instance(10, 3, 1)
    problem["slots"] = [
        {"code": "A", "start": 690, "end": 900},
        {"code": "B", "start": 800, "end": 1000},
        {"code": "C", "start": 1000, "end": 1170},
    ]
    rota = solved(problem)

    assert rota["status"] == "optimal"
    for day in {one["date"] for one in rota["desk"]}:
        pairs = {one["slot"]: {one["holder"], one["substitute"]} for one in rota["desk"] if one["date"] == day}
        assert len(pairs["A"] | pairs["B"]) == 4


def test_little_time_still_gives_a_rota_that_keeps_the_rules() -> None:
    problem = {**instance(20, 31, 1), "seconds": 0.5}
    rota = solved(problem)

    assert rota["status"] in ("feasible", "optimal")
    assert Scorer(problem).broken(rota) == []
    assert rota["bound"] <= rota["objective"]
    assert rota["objective"] == pytest.approx(Scorer(problem).cost(rota))


@pytest.mark.slow
@pytest.mark.parametrize("seed", sorted({*range(20)} - LONG))
def test_the_two_steps_find_what_one_program_finds(seed: int) -> None:
    """Shifts first and the desk on them, beside everything in one program, on floors of many shapes.

    `tests.hard.two_steps` solves any."""
    assert_same(shaped(seed))


def assert_same(problem: dict[str, Any]) -> None:
    """The rota's cost is the one program's, or neither finds any."""
    rota, judge = solved(problem), Scorer(problem)
    model = Model(Frame(read(problem)))
    wishing.add(model)
    one = backend.solve(model.rows, 30)

    assert (rota["status"] == "infeasible") == (one.status == "infeasible")
    if rota["status"] != "infeasible":
        assert judge.broken(rota) == []
        assert rota["objective"] == pytest.approx(one.objective)
        assert rota["objective"] == pytest.approx(judge.cost(rota))


def shaped(seed: int) -> dict[str, Any]:
    """A small floor with its own rules, closed days, shifts and slots."""
    luck = random.Random(seed)
    problem = instance(luck.randint(4, 8), luck.randint(3, 6), seed)
    problem["leave"] = problem["leave"][:1]  # nobody is away all the time, whom fairness leaves out
    if luck.random() < 0.3:
        problem["days"][1]["kind"] = "closed"
    problem["rules"] = {"max_run": luck.randint(2, 6), "rest_days_per_week": luck.randint(0, 2)}
    problem["slots"] = problem["slots"][luck.randint(0, 2) :]
    problem["shifts"] = problem["shifts"] if luck.random() < 0.6 else problem["shifts"][2:]
    codes = [one["code"] for one in problem["shifts"]] + ["-"]
    for kind in ("locks", "wishes"):
        problem[kind] = [one for one in problem[kind] if one["shift"] in codes]
    for one in problem["people"]:
        one |= {"last_shift": luck.choice(codes), "month_overtime": luck.choice([0, 2100])}
    return problem


def test_the_draft_keeps_the_law_and_is_quick() -> None:
    for seed in range(5):
        problem = read(instance(20, 31, seed))
        begun = time.process_time()
        rota = draft(problem)
        assert time.process_time() - begun < 0.25
        assert [v for v in check(problem, rota) if v.kind == "law"] == []


def test_the_pigeonhole_cut_is_exact() -> None:
    """All ways to share few duties among few people, counted out."""
    from itertools import product

    for base in product(range(3), repeat=3):
        for total in range(6):
            room = [2, 3, 1]
            ways = [more for more in product(*(range(r + 1) for r in room)) if sum(more) == total]
            sums = [[b + m for b, m in zip(base, more, strict=True)] for more in ways]
            span = span_of(list(base), room, total, total)
            assert span.range == min(max(one) - min(one) for one in sums)
            assert span.low >= max(min(one) for one in sums)
            assert span.high <= min(max(one) for one in sums)


def test_without_the_solver_everything_else_works() -> None:
    """Reading, checking, drafting and counting load no solver, no screen and no store."""
    code = "import sys; from floorlead.planning import problem, checking, draft, fairness, child, reading, solving\n"
    code += "print(*[m for m in ('highspy', 'numpy', 'textual', 'sqlite3') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
