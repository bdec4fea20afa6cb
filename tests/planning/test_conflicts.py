"""Why there is no rota: the planted facts, none too many, verified by solving again, with a way out."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from floorlead.planning import api
from floorlead.planning.explaining import possible
from floorlead.planning.frame import Frame
from floorlead.planning.model import NOTHING, Key
from floorlead.planning.reading import read
from tests.planning.conflicts import PLANTED, planted

PER_PERSON = ("max_run", "week_rest", "overtime")


def key(fact: dict[str, Any]) -> Key:
    day = None if fact["kind"] in PER_PERSON or not fact["date"] else date.fromisoformat(fact["date"])
    return (fact["kind"], fact["person"], day, fact["slot"], fact.get("shift"))


def without(problem: dict[str, Any], facts: list[dict[str, Any]]) -> dict[str, Any]:
    """The problem with leave and locks given up."""
    gone = {(fact["kind"], fact["person"], fact["date"]) for fact in facts}
    left = dict(problem)
    for kind, where in (("leave", "leave"), ("lock", "locks")):
        left[where] = [one for one in problem.get(where, []) if (kind, one["person"], one["date"]) not in gone]
    return left


@pytest.mark.parametrize("kind", PLANTED)
def test_a_planted_conflict_is_found_whole_and_small(kind: str) -> None:
    problem = planted(kind, 12, 7, 3)
    told = api.answer(json.dumps(problem))
    conflict, frame = told["conflict"], Frame(read(problem))
    core = {key(fact) for fact in conflict["facts"]}

    assert (told["status"], told["cells"], conflict["verified"]) == ("infeasible", [], True)
    assert len(core) == len(conflict["facts"])
    assert not possible(frame, NOTHING, core)
    assert all(possible(frame, NOTHING, core - {one}) for one in core)
    assert conflict["sentence"]
    assert all(fact["text"] for fact in [*conflict["facts"], *conflict["give_up"]])


@pytest.mark.slow
@pytest.mark.parametrize("kind", PLANTED)
def test_giving_up_what_is_told_helps(kind: str) -> None:
    problem = planted(kind, 12, 7, 4)
    give_up = api.answer(json.dumps(problem))["conflict"]["give_up"]

    assert give_up
    assert all(fact["kind"] in ("leave", "lock") for fact in give_up)
    assert api.answer(json.dumps({**without(problem, give_up), "seconds": 5}))["status"] != "infeasible"


def test_the_sentence_counts() -> None:
    """The leader reads which hour, how many it needs, who is left, and why the others are not."""
    told = api.answer(json.dumps(planted("one left for a slot", 12, 7, 3)))
    assert (
        told["conflict"]["sentence"]
        == "Sun 11-29 16:30-19:30 needs 2 people for the desk; only P00 is left; 10 are on leave"
    )


def test_two_locks_on_one_cell_and_a_lock_on_a_closed_day() -> None:
    base: dict[str, Any] = {
        "days": [{"date": "2026-11-23"}, {"date": "2026-11-24", "kind": "closed"}],
        "people": [{"id": 1}], "shifts": [{"code": "D", "start": 540, "end": 1020}, {"code": "E", "start": 600, "end": 1080}],
    }  # fmt: skip
    two = [{"person": 1, "date": "2026-11-23", "shift": "D"}, {"person": 1, "date": "2026-11-23", "shift": "E"}]
    closed = [{"person": 1, "date": "2026-11-24", "shift": "D"}]

    assert len(api.answer(json.dumps({**base, "locks": two}))["conflict"]["facts"]) == 2
    assert len(api.answer(json.dumps({**base, "locks": closed}))["conflict"]["facts"]) == 1


def test_nobody_at_all() -> None:
    problem = {
        "days": [{"date": "2026-11-23"}], "people": [], "shifts": [{"code": "D", "start": 540, "end": 1020}],
        "slots": [{"code": "A", "start": 540, "end": 600}],
    }  # fmt: skip
    told = api.answer(json.dumps(problem))
    assert [fact["kind"] for fact in told["conflict"]["facts"]] in (["reception"], ["substitute"])


def test_half_a_day_of_leave_is_a_fact_of_the_conflict() -> None:
    """Both who do desk duty have the afternoon off: the conflict names their half days, and giving one up is a way out."""
    day = "2026-11-23"
    problem: dict[str, Any] = {
        "days": [{"date": day}], "people": [{"id": one, "name": one} for one in ("Ann", "Bob")],
        "shifts": [{"code": "D", "start": 540, "end": 1080}], "slots": [{"code": "late", "start": 960, "end": 1080}],
        "leave": [{"person": one, "date": day, "half": "pm"} for one in ("Ann", "Bob")],
    }  # fmt: skip
    told = api.answer(json.dumps(problem))
    conflict = told["conflict"]

    assert (told["status"], conflict["verified"]) == ("infeasible", True)
    assert "half_leave" in {fact["kind"] for fact in conflict["facts"]}
    assert "Ann is on leave for half of Mon 11-23" in [fact["text"] for fact in conflict["facts"]]
    assert "on leave" in conflict["sentence"]
    ways = [one["kind"] for one in conflict["give_up"]]
    assert set(ways) <= {"half_leave", "substitute"} and ways


def test_sentences_call_shifts_by_their_names() -> None:
    """The ledger of wishes and what is broken say `early shift`, not the letter that the file keeps."""
    day = "2026-11-23"
    problem: dict[str, Any] = {
        "days": [{"date": day}], "people": [{"id": 1, "name": "Ann"}], "lang": "en",
        "shifts": [
            {"code": "E", "name": "early shift", "start": 540, "end": 1020},
            {"code": "L", "name": "late shift", "start": 780, "end": 1260},
        ],
        "demand": [{"date": day, "start": 1080, "end": 1260, "heads": 1}],
        "wishes": [{"person": 1, "date": day, "shift": "E"}],
    }  # fmt: skip
    made = api.answer(json.dumps(problem))
    locked = problem | {"locks": [{"person": 1, "date": day, "shift": "E"}, {"person": 1, "date": day, "shift": "L"}]}

    assert [one["text"] for one in made["ledger"] if one["reason"] == "wish"] == [
        "Ann wished for early shift on Mon 11-23"
    ]
    assert "late shift" in api.answer(json.dumps(locked))["conflict"]["sentence"]
