"""A stranger's JSON: read liberally, refused in one sentence that names the field, and answered in the names that came."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from floorlead import words
from floorlead.commands.solving import solve
from floorlead.planning.fields import BadProblem
from floorlead.planning.reading import read
from floorlead.planning.rota import from_json, to_json
from tests.planning.instances import instance

LEAST: dict[str, Any] = {
    "days": [{"date": "2026-11-23"}, {"date": "2026-11-24"}],
    "people": [{"id": 1}, {"id": 2}, {"id": "x"}],
    "shifts": [{"code": "D", "start": "08:30", "end": 1050}],
}


def run(text: str, *options: str) -> Any:
    return CliRunner().invoke(solve, list(options), input=text)


def test_the_least_problem_has_a_rota() -> None:
    found = run(
        json.dumps({**LEAST, "slots": [{"code": 1, "start": 540, "end": 600}], "rules": {"whatever": 3}, "new": [1]})
    )
    told = json.loads(found.stdout)

    assert (found.exit_code, told["status"]) == (0, "optimal")
    assert {cell["person"] for cell in told["cells"]} == {1, 2, "x"}
    assert len(told["desk"]) == 2


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"days": []}, "days"), ({"days": None}, "days"), ({"days": [{"date": "soon"}]}, "days[0].date"),
        ({"days": [{"date": "2026-11-23", "kind": "x"}]}, "days[0].kind"),
        ({"people": [{"id": 1}, {"id": "1"}]}, "people[1].id"), ({"people": [{}]}, "people[0].id"),
        ({"people": [{"id": 1, "streak": "x"}]}, "people[0].streak"), ({"people": [{"id": 1, "desk": "no"}]}, "people[0].desk"),
        ({"people": [{"id": 1, "history": 3}]}, "people[0].history"), ({"people": 7}, "people"), ({"shifts": []}, "shifts"),
        ({"shifts": [{"code": "D", "start": 600, "end": 500}]}, "shifts[0].end"),
        ({"leave": [{"person": 9, "date": "2026-11-23"}]}, "leave[0].person"),
        ({"locks": [{"person": 1, "date": "2026-11-23", "shift": "Q"}]}, "locks[0].shift"),
        ({"wishes": [{"person": 1, "date": "2026-11-23", "shift": "D", "weight": "a"}]}, "wishes[0].weight"),
        ({"demand": [{"date": "2026-11-23", "start": 1, "end": 2, "heads": -1}]}, "demand[0].heads"),
        ({"rules": {"max_run": -1}}, "rules.max_run"), ({"weights": {"late": "x"}}, "weights.late"), ({"seconds": 0}, "seconds"),
        ({"repair": {"rota": {}, "now": "noon"}}, "repair.now"), ({"repair": {}}, "repair.rota"),
    ],
)  # fmt: skip
def test_a_bad_field_is_named(change: dict[str, Any], field: str) -> None:
    with pytest.raises(BadProblem, match=r".+") as refused:
        read({**LEAST, **change})
    assert field in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "3", '"x"', "[" * 100000])
def test_what_is_no_problem_is_refused(text: str) -> None:
    with pytest.raises(BadProblem):
        from floorlead.planning.reading import read_text

        read_text(text)


def test_without_the_solver_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "highspy", None)
    found = run(json.dumps(LEAST))
    assert (found.exit_code, found.stdout) == (1, "")
    assert "highspy" in str(found.exception) + found.stderr


def test_the_language_that_is_asked_for() -> None:
    problem = {**LEAST, "lang": "zh", "demand": [{"date": "2026-11-23", "start": 540, "end": 600, "heads": 9}]}
    before = words.language()
    assert "11-23" in json.loads(run(json.dumps(problem)).stdout)["ledger"][0]["text"]
    assert words.language() == before


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda x: (
            st.lists(x, max_size=3)
            | st.dictionaries(
                st.sampled_from(["date", "id", "code", "start", "end", "person", "shift", "heads"]), x, max_size=4
            )
        ),
        max_leaves=8,
    ),
    st.sampled_from(
        [
            "days",
            "people",
            "shifts",
            "slots",
            "demand",
            "leave",
            "locks",
            "wishes",
            "outings",
            "training",
            "rules",
            "weights",
            "repair",
            "rota",
            "trained",
        ]
    ),
)
@settings(max_examples=300, deadline=None)
def test_whatever_comes_is_read_or_refused(value: Any, key: str) -> None:
    try:
        read({**LEAST, key: value})
    except BadProblem as refused:
        assert str(refused)


def test_a_rota_survives_json() -> None:
    from floorlead.planning.draft import draft

    problem = read(instance(9, 7, 1))
    rota = draft(problem)
    back = from_json(json.loads(json.dumps(to_json(rota, problem.outings))))
    assert (back.cells, back.desk, back.training, back.outings) == (rota.cells, rota.desk, rota.training, rota.outings)
