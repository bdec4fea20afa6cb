"""The binding interface in one function: JSON text in, JSON objects out. The command and the child process share it."""

from __future__ import annotations

from typing import Any

from floorlead.planning.problem import Problem
from floorlead.planning.reading import read_text
from floorlead.planning.rota import FEASIBLE, Rota, Violation, to_json, violation_json
from floorlead.planning.solving import Best, Told


def answer(text: str, what: str = "solve", told: Told | None = None, best: Best | None = None) -> dict[str, Any]:
    """`solve`, `draft` or `check` a problem; `best` is told each better answer on the way, as JSON.

    Raises BadProblem and NoSolver, each with one sentence.
    """
    problem = read_text(text)
    if what == "draft":
        from floorlead.planning.draft import draft

        return rota_json(problem, draft(problem))
    if what == "check":
        return {"violations": [violation_json(one) for one in checked(problem)]}
    from floorlead.planning.solving import solve

    return rota_json(problem, solve(problem, told, best and (lambda rota: best(rota_json(problem, rota)))))


def checked(problem: Problem) -> list[Violation]:
    """What the problem's own field `rota` (or the rota to repair) breaks."""
    from floorlead.planning.checking import check

    stands = problem.standing or problem.repair
    if stands is None:
        return check(problem, Rota(FEASIBLE))
    return check(problem, Rota(FEASIBLE, stands.cells, stands.desk, stands.training, stands.outings))


def rota_json(problem: Problem, rota: Rota) -> dict[str, Any]:
    """A rota as the interface tells it."""
    return to_json(rota, problem.outings)
