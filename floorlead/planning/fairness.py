"""The fairness table: for each duty the least and the most that anybody has, before the period and with the rota."""

from __future__ import annotations

from floorlead.planning.frame import Frame
from floorlead.planning.plan import of_rota
from floorlead.planning.problem import MEASURES, Id, Problem
from floorlead.planning.rota import Rota
from floorlead.planning.scoring import accounts
from floorlead.record import record


@record
class Share:
    """One duty: `low` and `high` with the rota, `before` the range without it, `counts` by person."""

    measure: str
    low: int
    high: int
    before: int
    counts: tuple[tuple[Id, int], ...]

    @property
    def range(self) -> int:
        """The difference between most and fewest."""
        return self.high - self.low


def fairness(problem: Problem, rota: Rota) -> list[Share]:
    """A row per duty, with everybody who is compared (credits of joiners and the long absent included)."""
    frame = Frame(problem)
    told = accounts(frame, of_rota(frame, rota))
    rows = []
    for measure in MEASURES:
        able = frame.counted[measure]
        if not able:
            continue
        counts, base = [told[measure][p] for p in able], [frame.base[measure][p] for p in able]
        people = tuple((frame.people[p].id, told[measure][p]) for p in able)
        rows.append(Share(measure, min(counts), max(counts), max(base) - min(base), people))
    return rows
