"""`python -m tests.bench.fairness [--seeds N]`: how evenly duties lie, the proven rota beside what a hand would do.

Round robin gives shifts and desk by turns without looking back; least loaded first is the engine's own draft.
"""

from __future__ import annotations

import argparse
import json
import sys
from itertools import cycle
from typing import Any

from floorlead.planning import api
from floorlead.planning.checking import check
from floorlead.planning.draft import draft
from floorlead.planning.fairness import fairness
from floorlead.planning.problem import MEASURES, Problem
from floorlead.planning.reading import read
from floorlead.planning.rota import Rota, from_json
from tests.planning.instances import instance

SIZES = ((12, 7), (20, 31))


def round_robin(problem: dict[str, Any]) -> dict[str, Any]:
    """Five days of work and two of rest each, shifts E and L by turns, the desk from the top of the list each time."""
    leave = {(one["person"], one["date"]) for one in problem["leave"]}
    locks = {(one["person"], one["date"]): one["shift"] for one in problem["locks"]}
    days, staff = [one["date"] for one in problem["days"]], [one["id"] for one in problem["people"]]
    cells: dict[tuple[Any, str], str] = {}
    for n, who in enumerate(staff):
        for d, day in enumerate(days):
            shift = "-" if (d + n) % 7 < 2 or (who, day) in leave else "EL"[(d + n) % 2]
            cells[who, day] = locks.get((who, day), shift)
    desk = []
    turn = cycle(one["id"] for one in problem["people"] if one["desk"])
    spans = {one["code"]: one for one in problem["shifts"]}
    for day in days:
        held: list[Any] = []
        for slot in problem["slots"]:
            pair: list[Any] = []
            for _try in range(3 * len(staff)):
                who = next(turn)
                shift = spans.get(cells[who, day])
                fits = shift and shift["start"] <= slot["start"] and slot["end"] <= shift["end"]
                if fits and who not in pair and (pair or who not in held):
                    pair.append(who)
                if len(pair) == 2:
                    break
            held += pair[:1]
            desk.append(
                {
                    "date": day,
                    "slot": slot["code"],
                    "holder": pair[0] if pair else None,
                    "substitute": pair[1] if len(pair) > 1 else None,
                }
            )
    told = [{"person": who, "date": day, "shift": shift} for (who, day), shift in cells.items()]
    return {"status": "feasible", "cells": told, "desk": desk}


def line(problem: Problem, rota: Rota) -> dict[str, float]:
    """The ranges of one rota, and how many rules of law and house it breaks."""
    found: dict[str, float] = {one.measure: one.range for one in fairness(problem, rota)}
    return found | {"broken": len([one for one in check(problem, rota) if one.kind != "wish"])}


def table(seeds: int) -> str:
    """Mean ranges by method and size, as a markdown table."""
    names = (*MEASURES, "broken")
    lines = [
        f"Mean over {seeds} seeds of the range between most and fewest.",
        "",
        f"| | {' | '.join(names)} |",
        f"|---|{'---:|' * len(names)}",
    ]
    for people, days in SIZES:
        sums: dict[str, list[dict[str, float]]] = {"proven optimal": [], "least loaded first": [], "round robin": []}
        for seed in range(1, seeds + 1):
            told = instance(people, days, seed)
            problem = read(told)
            sums["proven optimal"].append(line(problem, from_json(api.answer(json.dumps(told)))))
            sums["least loaded first"].append(line(problem, draft(problem)))
            sums["round robin"].append(line(problem, from_json(round_robin(told))))
        for method, found in sums.items():
            means = " | ".join(f"{sum(one[name] for one in found) / len(found):.1f}" for name in names)
            lines.append(f"| {people}x{days} {method} | {means} |")
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.fairness", description=__doc__)
    parser.add_argument("--seeds", type=int, default=5)
    print(table(parser.parse_args(arguments).seeds))
    return 0


if __name__ == "__main__":
    sys.exit(main())
