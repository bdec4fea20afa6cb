"""What the engine hands back: the rota with its proof and its ledger, or the conflict that forbids one.

`to_json` and `from_json` are each other's inverse for cells, desk, training and outings.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from floorlead.planning.problem import Cell, Desk, Id
from floorlead.record import record

OPTIMAL, FEASIBLE, INFEASIBLE, UNKNOWN = "optimal", "feasible", "infeasible", "unknown"
"""Proven the best; keeps every law and rule of the house; none can; none is known yet that does."""


@record
class Term:
    """A soft term that is not zero: `amount` times `weight` is its part of the objective."""

    reason: str
    kind: str
    amount: float
    weight: float
    people: tuple[Id, ...] = ()
    date: date | None = None
    text: str = ""

    @property
    def cost(self) -> float:
        """Its part of the objective."""
        return self.amount * self.weight


@record
class Fact:
    """A named row that takes part in a conflict, in the language that was asked for."""

    kind: str
    person: Id | None = None
    date: date | None = None
    slot: str | None = None
    text: str = ""
    shift: str | None = None


@record
class Conflict:
    """Facts that cannot all hold, none of them too many; `give_up` is the cheapest set to let go."""

    facts: tuple[Fact, ...]
    sentence: str
    give_up: tuple[Fact, ...]
    verified: bool = False


@record
class Violation:
    """A rule that a rota breaks; `kind` is law, house or wish."""

    code: str
    kind: str
    text: str
    people: tuple[Id, ...] = ()
    date: date | None = None
    slot: str | None = None
    amount: float = 1


@record
class Change:
    """A cell that a repair changes, and why."""

    person: Id
    date: date
    before: str
    after: str
    why: str


@record
class DeskChange:
    """A slot whose holder or substitute a repair changes."""

    before: Desk
    after: Desk


@record
class Rota:
    """A whole answer; `bound` is what no rota can undercut."""

    status: str
    cells: tuple[Cell, ...] = ()
    desk: tuple[Desk, ...] = ()
    training: tuple[tuple[date, Id], ...] = ()
    outings: tuple[tuple[int, tuple[Id, ...]], ...] = ()
    """For each outing its position in the problem and who goes."""
    objective: float | None = None
    bound: float | None = None
    seconds: float = 0.0
    ledger: tuple[Term, ...] = ()
    conflict: Conflict | None = None
    changes: tuple[Change, ...] | None = None
    desk_changes: tuple[DeskChange, ...] = ()
    changes_cost: float | None = None
    minimal: bool | None = None
    violations: tuple[Violation, ...] = ()
    """What an answer that is `unknown` breaks."""


def number(value: float | None) -> float | int | None:
    """A whole number as int, all else rounded to six places."""
    if value is None:
        return None
    whole = round(value)
    return whole if abs(value - whole) < 1e-6 else round(value, 6)


def to_json(rota: Rota, outings: tuple[Any, ...] = ()) -> dict[str, Any]:
    """The rota as the interface tells it; `outings` are the problem's, for their times."""
    told: dict[str, Any] = {
        "status": rota.status, "objective": number(rota.objective), "bound": number(rota.bound),
        "seconds": round(rota.seconds, 3),
        "cells": [{"person": c.person, "date": c.date.isoformat(), "shift": c.shift} for c in rota.cells],
        "desk": [_desk(one) for one in rota.desk],
        "training": [{"date": day.isoformat(), "group": group} for day, group in rota.training],
        "outings": [_outing(index, people, outings) for index, people in rota.outings],
        "ledger": [_term(term) for term in rota.ledger],
    }  # fmt: skip
    if rota.conflict is not None:
        told["conflict"] = {
            "facts": [_fact(fact) for fact in rota.conflict.facts],
            "sentence": rota.conflict.sentence,
            "give_up": [_fact(fact) for fact in rota.conflict.give_up],
            "verified": rota.conflict.verified,
        }
    if rota.changes is not None:
        told |= _changes(rota)
    if rota.status == UNKNOWN:
        told["violations"] = [violation_json(one) for one in rota.violations]
    return told


def violation_json(one: Violation) -> dict[str, Any]:
    """A violation as JSON."""
    return {
        "code": one.code, "kind": one.kind, "text": one.text, "people": list(one.people),
        "date": one.date.isoformat() if one.date else None, "slot": one.slot, "amount": one.amount,
    }  # fmt: skip


def _changes(rota: Rota) -> dict[str, Any]:
    pair = {"holder", "substitute"}
    return {
        "changes": [
            {"person": c.person, "date": c.date.isoformat(), "before": c.before, "after": c.after, "why": c.why}
            for c in rota.changes or ()
        ],
        "desk_changes": [
            {"date": c.after.date.isoformat(), "slot": c.after.slot}
            | {at: {k: v for k, v in _desk(one).items() if k in pair} for at, one in (("before", c.before), ("after", c.after))}
            for c in rota.desk_changes
        ],
        "changes_cost": number(rota.changes_cost), "minimal": bool(rota.minimal),
    }  # fmt: skip


def _desk(one: Desk) -> dict[str, Any]:
    return {"date": one.date.isoformat(), "slot": one.slot, "holder": one.holder, "substitute": one.substitute}


def _outing(index: int, people: tuple[Id, ...], outings: tuple[Any, ...]) -> dict[str, Any]:
    need = outings[index] if index < len(outings) else None
    when = {"date": need.date.isoformat(), "start": need.start, "end": need.end} if need else {}
    return {"outing": index, **when, "people": list(people)}


def _term(term: Term) -> dict[str, Any]:
    return {
        "reason": term.reason, "kind": term.kind, "amount": number(term.amount), "weight": number(term.weight),
        "cost": number(term.cost), "people": list(term.people),
        "date": term.date.isoformat() if term.date else None, "text": term.text,
    }  # fmt: skip


def _fact(fact: Fact) -> dict[str, Any]:
    day = fact.date.isoformat() if fact.date else None
    told = {"kind": fact.kind, "person": fact.person, "date": day, "slot": fact.slot, "text": fact.text}
    return told if fact.shift is None else told | {"shift": fact.shift}


def from_json(told: dict[str, Any]) -> Rota:
    """A rota as JSON tells it: its cells, desk, training and outings, with status and figures."""
    objective, bound = told.get("objective"), told.get("bound")
    return Rota(
        status=str(told.get("status", FEASIBLE)),
        cells=cells_of(told.get("cells") or []), desk=desk_of(told.get("desk") or []),
        training=tuple((date.fromisoformat(t["date"]), t["group"]) for t in told.get("training") or []),
        outings=tuple((o.get("outing", n), tuple(o["people"])) for n, o in enumerate(told.get("outings") or [])),
        objective=objective, bound=bound, seconds=float(told.get("seconds") or 0),
    )  # fmt: skip


def cells_of(told: list[dict[str, Any]]) -> tuple[Cell, ...]:
    """Cells from JSON."""
    return tuple(Cell(one["person"], date.fromisoformat(one["date"]), str(one["shift"])) for one in told)


def desk_of(told: list[dict[str, Any]]) -> tuple[Desk, ...]:
    """Desk entries from JSON; a missing holder or substitute is nobody."""
    return tuple(
        Desk(date.fromisoformat(one["date"]), str(one["slot"]), one.get("holder"), one.get("substitute"))
        for one in told
    )
