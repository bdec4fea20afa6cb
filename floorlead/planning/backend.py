"""The one place that speaks HiGHS: rows in, values and a proven bound out.

Nothing else imports the solver, so the rest runs, checks and drafts without it.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Callable, Mapping
from typing import Any

from floorlead.planning.rows import Rows
from floorlead.record import record
from floorlead.words import _

Progress = Callable[[float | None, float | None], None]
"""Told the best objective and the bound so far, each None while there is none."""

OPTIMAL, FEASIBLE, INFEASIBLE, UNKNOWN = "optimal", "feasible", "infeasible", "unknown"


class NoSolver(Exception):
    """The solver is not installed; the text says so in one sentence."""


@record
class Answer:
    """What the solver found; `values` is empty when it found nothing."""

    status: str
    values: list[float]
    objective: float
    bound: float


def available() -> None:
    """Nothing, or NoSolver with the sentence for the user."""
    if importlib.util.find_spec("highspy") is None:
        raise NoSolver(_("The solver highspy is not installed; install it with: pip install highspy"))


def solve(
    rows: Rows, seconds: float, *, start: Mapping[int, float] | None = None, progress: Progress | None = None,
    options: dict[str, Any] | None = None,
) -> Answer:  # fmt: skip
    """Minimise within a time in seconds; `start` tells some columns' values to begin from."""
    if seconds <= 0:
        return Answer(UNKNOWN, [], float("inf"), float("-inf"))
    if _hopeless(rows):
        return Answer(INFEASIBLE, [], float("inf"), float("inf"))
    if not rows.cost:
        return Answer(OPTIMAL, [], rows.constant, rows.constant)
    available()
    import highspy
    import numpy as np

    solver = _quiet(highspy)
    for name, value in {**_settings(seconds), **(options or {})}.items():
        solver.setOptionValue(name, value)
    _load(solver, rows, np)
    if start is not None:
        positions = np.fromiter(start.keys(), dtype=np.int32, count=len(start))
        solver.setSolution(len(start), positions, np.fromiter(start.values(), dtype=np.float64, count=len(start)))
    if progress is not None:
        _listen(solver, progress)
    solver.run()
    return _answer(solver, rows, highspy)


def _quiet(highspy: Any) -> Any:
    """A solver that says nothing: its first one greets on standard output, which belongs to the answer."""
    if os.environ.get("FLOORLEAD_SOLVER_LOG"):
        return highspy.Highs()
    sys.stdout.flush()
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        solver = highspy.Highs()
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)
    solver.silent()
    return solver


def ray(rows: Rows) -> list[int] | None:
    """Rows that contradict each other already when fractions are allowed; None when they do not."""
    if hopeless := _hopeless(rows):
        return hopeless[:1]
    available()
    import highspy
    import numpy as np

    solver = _quiet(highspy)
    for name, value in {"presolve": "off", "solver": "simplex", "threads": 1, "solve_relaxation": True}.items():
        solver.setOptionValue(name, value)
    _load(solver, rows, np)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kInfeasible:
        return None
    _status, there, values = (*solver.getDualRay(), None)[:3]
    if not there or values is None:
        return list(range(len(rows.rows)))
    return [n for n, value in enumerate(values) if abs(value) > 1e-7]


def _hopeless(rows: Rows) -> list[int]:
    """Rows without columns that ask for something."""
    return [n for n, row in enumerate(rows.rows) if not row.columns and (row.low > 0 or row.high < 0)]


def _settings(seconds: float) -> dict[str, Any]:
    return {
        "output_flag": bool(os.environ.get("FLOORLEAD_SOLVER_LOG")), "time_limit": float(seconds),
        "mip_rel_gap": 0.0, "mip_abs_gap": 1e-6, "threads": 1,
    }  # fmt: skip


def _load(solver: Any, rows: Rows, np: Any) -> None:
    """Hand the whole program over in arrays."""
    lengths = [len(row.columns) for row in rows.rows]
    starts = np.concatenate(([0], np.cumsum(np.asarray(lengths, dtype=np.int64)))).astype(np.int32)
    index = np.fromiter((c for row in rows.rows for c in row.columns), dtype=np.int32, count=int(starts[-1]))
    value = np.fromiter((v for row in rows.rows for v in row.coefficients), dtype=np.float64, count=int(starts[-1]))
    solver.passModel(
        len(rows.cost), len(lengths), int(starts[-1]), 0, 2, 0, 1, rows.constant,
        np.asarray(rows.cost, dtype=np.float64), np.asarray(rows.low, dtype=np.float64),
        np.asarray(rows.high, dtype=np.float64),
        np.asarray([row.low for row in rows.rows], dtype=np.float64),
        np.asarray([row.high for row in rows.rows], dtype=np.float64),
        starts[:-1] if lengths else np.zeros(0, dtype=np.int32), index, value,
        np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.float64),
        np.asarray(rows.whole, dtype=np.int32),
    )  # fmt: skip


def _listen(solver: Any, progress: Progress) -> None:
    def told(event: Any) -> None:
        best, bound = event.data_out.mip_primal_bound, event.data_out.mip_dual_bound
        progress(best if abs(best) < 1e15 else None, bound if abs(bound) < 1e15 else None)

    solver.cbMipLogging.subscribe(told)
    solver.cbMipImprovingSolution.subscribe(told)


def _answer(solver: Any, rows: Rows, highspy: Any) -> Answer:
    status, info = solver.getModelStatus(), solver.getInfo()
    if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
        return Answer(INFEASIBLE, [], float("inf"), float("inf"))
    found = info.primal_solution_status == highspy.kSolutionStatusFeasible
    values = list(solver.getSolution().col_value) if found else []
    proven = status in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty)
    objective = info.objective_function_value if found else float("inf")
    bound = info.mip_dual_bound if any(rows.whole) and not proven else objective
    return Answer(OPTIMAL if proven else FEASIBLE if found else UNKNOWN, values, objective, bound)
