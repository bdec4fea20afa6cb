"""Why there is no rota: a smallest set of facts that cannot all hold, and the cheapest set to give up.

The set comes from a contradiction among the rows, is cut down by leaving out one fact after the other, and is verified
by solving again: it has no rota, and without any one of its facts it has one.
"""

from __future__ import annotations

from floorlead.planning import backend
from floorlead.planning.frame import Frame
from floorlead.planning.model import NOTHING, Key, Model, Pins, key
from floorlead.planning.reasons import sentence, told
from floorlead.planning.rota import Conflict, Fact
from floorlead.planning.rows import Row, Rows
from floorlead.record import replace

PRICE = {
    "lock": 1, "forbid": 2, "substitute": 4, "leave": 6, "half_leave": 6, "reception": 15, "max_run": 60, "week_rest": 60, "overtime": 60,
}  # fmt: skip
"""What giving up a fact of each kind counts; the law last."""
SECONDS = 20.0


def explain(frame: Frame, pins: Pins = NOTHING) -> Conflict:
    """The conflict of a problem without a rota, in the language spoken now."""
    model = Model(frame, named=True, pins=pins)
    facts: dict[Key, Fact] = {}
    for row in model.rows.rows:
        if row.fact is not None:
            facts.setdefault(key(row.fact), row.fact)
    core = _smallest(frame, pins, _one_slot(frame, pins, _candidates(model, frame, pins)))
    given = _cheapest(model, facts)
    chosen = tuple(facts[one] for one in facts if one in core)
    return Conflict(
        tuple(replace(fact, text=told(frame, fact)) for fact in chosen),
        sentence(frame, chosen),
        tuple(replace(fact, text=told(frame, fact, giving_up=True)) for fact in given),
        _verified(frame, pins, core),
    )


def possible(frame: Frame, pins: Pins, only: set[Key]) -> bool:
    """Whether a rota keeps these facts, all others let go."""
    model = Model(frame, named=True, pins=pins, only=only)
    return backend.solve(model.rows, SECONDS).status != backend.INFEASIBLE


def _proven(frame: Frame, pins: Pins, only: set[Key]) -> bool:
    """Whether a rota that keeps these facts was found; one that was only not excluded in time does not count."""
    model = Model(frame, named=True, pins=pins, only=only)
    return backend.solve(model.rows, SECONDS).status in (backend.OPTIMAL, backend.FEASIBLE)


def _candidates(model: Model, frame: Frame, pins: Pins) -> set[Key]:
    """Facts that contain a contradiction: from the rows' own contradiction, else by the elastic filter."""
    rows = backend.ray(model.rows)
    if rows is not None:
        found = {key(fact) for n in rows if (fact := model.rows.rows[n].fact) is not None}
        if not possible(frame, pins, found):
            return found
    kept: set[Key] = set()
    while True:
        values, columns = _elastic(model, kept)
        if not values:
            return kept
        broken = {one for one, column in columns.items() if values[column] > 0.5}
        kept |= broken or set(columns)
        if not possible(frame, pins, kept):
            return kept


def _one_slot(frame: Frame, pins: Pins, found: set[Key]) -> set[Key]:
    """The same contradiction at a single slot, where one shows it: its sentence is the plainest."""
    people = {one for one in found if one[3] is None}
    for _kind, _person, day, slot, _shift in sorted(
        (one for one in found if one[3] is not None), key=str, reverse=True
    ):
        pair: set[Key] = {(kind, None, day, slot, None) for kind in ("reception", "substitute")}
        if not possible(frame, pins, people | pair):
            return people | pair
    return found


def _smallest(frame: Frame, pins: Pins, found: set[Key]) -> set[Key]:
    """Leave out one fact after the other, the law's first, and keep those without which a rota exists."""
    core = set(found)
    for one in sorted(found, key=lambda told: (-PRICE[told[0]], str(told))):
        if not possible(frame, pins, core - {one}):
            core.discard(one)
    return core


def _verified(frame: Frame, pins: Pins, core: set[Key]) -> bool:
    return not possible(frame, pins, core) and all(_proven(frame, pins, core - {one}) for one in core)


def _cheapest(model: Model, facts: dict[Key, Fact]) -> tuple[Fact, ...]:
    """The facts that are cheapest to give up so that a rota exists."""
    values, columns = _elastic(model, set())
    return tuple(facts[one] for one, column in columns.items() if values and values[column] > 0.5)


def _elastic(model: Model, kept: set[Key]) -> tuple[list[float], dict[Key, int]]:
    """The program with each fact outside `kept` as something that may be bought off."""
    rows = Rows()
    rows.low, rows.high, rows.whole = list(model.rows.low), list(model.rows.high), list(model.rows.whole)
    rows.cost = [0.0] * len(rows.low)
    columns: dict[Key, int] = {}
    for row in model.rows.rows:
        fact = row.fact
        if fact is None or key(fact) in kept:
            rows.rows.append(row)
            continue
        if key(fact) not in columns:
            columns[key(fact)] = rows.column(PRICE[fact.kind])
        rows.rows += _loosened(rows, row, columns[key(fact)])
    return backend.solve(rows, SECONDS).values, columns


def _loosened(rows: Rows, row: Row, column: int) -> list[Row]:
    """The row's two sides, each given way by a bought fact as far as its columns reach."""
    most = sum(max(v * rows.low[c], v * rows.high[c]) for c, v in zip(row.columns, row.coefficients, strict=True))
    least = sum(min(v * rows.low[c], v * rows.high[c]) for c, v in zip(row.columns, row.coefficients, strict=True))
    sides = []
    if row.high < most:
        sides.append(
            row._replace(
                columns=[*row.columns, column], coefficients=[*row.coefficients, row.high - most], low=-float("inf")
            )
        )
    if row.low > least:
        sides.append(
            row._replace(
                columns=[*row.columns, column], coefficients=[*row.coefficients, row.low - least], high=float("inf")
            )
        )
    return sides
