"""What the rota as it stands breaks: law before house rule before wish, each in words.

Judged by the same rules as the solver's, without the solver; days that lie behind are not brought up again.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from floorlead.planning.checking import check
from floorlead.planning.rota import Violation
from floorlead.rota.problem import judged
from floorlead.store import Store
from floorlead.words import N_, _

KINDS = {"law": N_("Law"), "house": N_("House"), "wish": N_("Wish")}
"""What is broken, the weightiest first."""


def broken(store: Store, first: date, last: date) -> list[Violation]:
    """What the rota of a period breaks, in that order, then by day."""
    return ordered(check(*judged(store, first, last)))


def ordered(found: Iterable[Violation]) -> list[Violation]:
    """The weightiest kind first, in it by day; what belongs to no day comes last."""
    kinds = list(KINDS)
    return sorted(found, key=lambda one: (kinds.index(one.kind), one.date is None, one.date or date.min))


def weightiest(found: Iterable[Violation], person: int, day: date) -> Violation | None:
    """The one to be told of on one line: of the weightiest kind, rather about this person's day than about another."""
    kinds = list(KINDS)
    return min(
        found, key=lambda one: (kinds.index(one.kind), one.date != day or person not in one.people), default=None
    )


def words_of(one: Violation) -> str:
    """A broken rule with its kind before it."""
    return f"{_(KINDS[one.kind])}: {one.text}"


def counted(found: Iterable[Violation]) -> str:
    """How many of each kind: `law 1  house 2  wish 0`."""
    kinds = [one.kind for one in found]
    return "  ".join(f"{_(word)} {kinds.count(kind)}" for kind, word in KINDS.items())
