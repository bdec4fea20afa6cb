"""What an answer may be called: nothing that breaks the law or a rule of the house is called feasible, whoever made it."""

from __future__ import annotations

from collections.abc import Collection

from floorlead.planning.checking import WISH, broken
from floorlead.planning.frame import Frame
from floorlead.planning.plan import Plan
from floorlead.planning.rota import UNKNOWN, Rota, Violation
from floorlead.record import replace

PRICED = ("demand",)
"""Rules of the house that have a price and may be left unmet."""


def hard(frame: Frame, plan: Plan, standing: Collection[int] = ()) -> tuple[Violation, ...]:
    """What a plan breaks of law and house; what days that stand as they are (`standing`) break is not its own."""
    dates = {frame.days[d].date for d in standing}
    return tuple(
        one for one in broken(frame, plan) if one.kind != WISH and one.code not in PRICED and one.date not in dates
    )


def judged(frame: Frame, plan: Plan, rota: Rota, standing: Collection[int] = ()) -> Rota:
    """The rota under its right name: `unknown`, with what it breaks, where it breaks anything."""
    found = hard(frame, plan, standing)
    return replace(rota, status=UNKNOWN, violations=found) if found else rota
