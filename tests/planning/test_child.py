"""The search runs beside the screen: it tells its progress, ends with an answer or a sentence, and dies without loss."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from floorlead.planning.child import Child
from tests.planning.instances import instance


def messages(child: Child, seconds: float = 60) -> list[dict[str, Any]]:
    found, ends = [], time.monotonic() + seconds
    while not child.done and time.monotonic() < ends:
        found += child.poll()
        time.sleep(0.02)
    return found


def test_progress_comes_and_then_the_rota() -> None:
    child = Child()
    child.start(instance(12, 7, 2))
    found = messages(child)

    assert found[-1]["rota"]["status"] == "optimal"
    assert found[0]["progress"].keys() >= {"phase", "seconds", "objective", "bound", "gap"}
    assert all("progress" in one for one in found[:-1])
    json.dumps(found)


def test_a_bad_problem_is_one_sentence() -> None:
    child = Child()
    child.start({"days": 3})
    assert list(messages(child)[-1]) == ["error"]


def test_a_child_that_dies_says_so() -> None:
    child = Child()
    child.start(instance(20, 31, 1))
    while not child.poll():
        time.sleep(0.02)
    assert child._running is not None
    child._running.process.kill()
    assert "error" in messages(child)[-1]


def test_cancelling_ends_it_at_once() -> None:
    child = Child()
    child.start(instance(20, 31, 1))
    assert child._running is not None
    process = child._running.process
    child.cancel()

    assert child.done
    assert child.poll() == []
    assert process.wait(5) != 0


def test_a_start_that_fails_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    child = Child()
    child.start({})
    assert "error" in messages(child)[-1]
