"""What an answer is called: nothing that breaks the law or a rule of the house is ever called feasible."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner

from floorlead.cli import cli
from floorlead.planning import api
from floorlead.planning.honest import PRICED
from floorlead.planning.rota import FEASIBLE, OPTIMAL, UNKNOWN
from tests.planning.instances import instance


def hard(problem: dict[str, Any], rota: dict[str, Any]) -> list[dict[str, Any]]:
    """What a rota breaks of law and house, by the checker alone."""
    found = api.answer(json.dumps({**problem, "rota": rota}), "check")["violations"]
    return [one for one in found if one["kind"] != "wish" and one["code"] not in PRICED]


def run(problem: Any, *options: str) -> Any:
    text = problem if isinstance(problem, str) else json.dumps(problem)
    return CliRunner().invoke(cli, ["--lang", "en", "rota", "solve", *options], input=text)


@pytest.mark.parametrize("what", ["draft", "solve"])
@pytest.mark.parametrize(
    ("people", "days", "seed", "tight"), [(6, 7, 1, True), (8, 7, 5, True), (12, 14, 3, True), (12, 7, 4, False)]
)
def test_a_rota_called_feasible_breaks_nothing(people: int, days: int, seed: int, tight: bool, what: str) -> None:
    """The checker, which knows nothing of the search, agrees with what the answer calls itself."""
    problem = {**instance(people, days, seed, tight=tight), "seconds": 2}
    rota = api.answer(json.dumps(problem), what)

    if rota["status"] in (FEASIBLE, OPTIMAL):
        assert hard(problem, rota) == []
    elif rota["status"] == UNKNOWN:
        assert rota["violations"]


def test_a_floor_too_small_for_its_desk_is_unknown_or_impossible_never_feasible() -> None:
    """Two people off sick all week: the draft leaves the desk without a name, and says so."""
    problem = instance(4, 7, 2)
    problem["leave"] = [
        {"person": one["id"], "date": day["date"]} for one in problem["people"][:3] for day in problem["days"]
    ]
    drafted = api.answer(json.dumps(problem), "draft")

    assert drafted["status"] == UNKNOWN
    assert {one["kind"] for one in drafted["violations"]} <= {"law", "house"} and drafted["violations"]
    assert api.answer(json.dumps({**problem, "seconds": 0.1}))["status"] in (UNKNOWN, "infeasible")


def test_its_own_rota_checks_clean() -> None:
    """Training and outings of the rota are read back, so that the proven rota breaks nothing."""
    problem = instance(12, 7, 6)
    rota = api.answer(json.dumps({**problem, "seconds": 20}))

    assert rota["status"] == OPTIMAL
    assert hard(problem, rota) == []


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"people": [{"id": f"P{n}"} for n in range(200_000)]}, "people"),
        ({"seconds": 10**400}, "seconds"),
        ({"days": [{"date": f"20{y:02}-01-{d:02}"} for y in range(20, 90) for d in range(1, 29)]}, "days"),
    ],
)
def test_what_is_too_large_is_one_sentence(change: dict[str, Any], word: str) -> None:
    done = run(json.dumps({**instance(6, 7, 1), **change}))

    assert done.exit_code == 1 and len(done.stderr.splitlines()) == 1 and word in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("text", ['{"days":["\\ud800"]}', '{"seconds": NaN}', "[" * 50_000, '{"seconds": Infinity}'])
def test_what_is_no_json_is_one_sentence(text: str) -> None:
    done = run(text)

    assert done.exit_code == 1 and len(done.stderr.splitlines()) == 1 and done.stdout == ""


def test_two_entries_for_one_thing_are_refused_by_name() -> None:
    """Two holders of one slot, two shifts of one person on a day, a slot nobody knows: none is left out silently."""
    problem = instance(6, 7, 1)
    rota = api.answer(json.dumps(problem), "draft")
    for key, entry in (("desk", rota["desk"][0]), ("cells", rota["cells"][0])):
        done = run({**problem, "rota": {**rota, key: [*rota[key], entry]}}, "--check")
        assert done.exit_code == 1 and f"rota.{key}" in done.stderr
    unknown = run({**problem, "rota": {**rota, "desk": [{**rota["desk"][0], "slot": "nowhere"}]}}, "--check")
    assert unknown.exit_code == 1 and "nowhere" in unknown.stderr
