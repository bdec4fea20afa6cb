"""The rows and the backend against public optima; each roster is judged by rules read from the file a second time."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.planning.curtois import Instance, judge, proven

FOLDER = Path(os.environ.get("FLOORLEAD_CURTOIS_QU", "/nowhere"))
BEST = {1: 607, 2: 828, 3: 1001, 4: 1716}

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="FLOORLEAD_CURTOIS_QU names no folder with the public instances"
)


@pytest.mark.slow
@pytest.mark.parametrize("number", BEST)
def test_a_public_instance_is_solved_to_its_best_known_value(number: int) -> None:
    one = Instance(FOLDER / f"Instance{number}.txt")
    objective, bound, roster = proven(one, 60)

    assert judge(one, roster) == ([], BEST[number])
    assert objective == pytest.approx(BEST[number])
    assert number == 4 or bound == pytest.approx(BEST[number])
