"""What the rota as it stands breaks: law before house rule before wish, each in words; and what is not planned at all.

Judged by the same rules as the solver's, without the solver; days that lie behind are not brought up again. A day that
nothing is planned for breaks no rule and holds none either.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from floorlead.planning.checking import check
from floorlead.planning.rota import Violation
from floorlead.record import record
from floorlead.rota.problem import judged
from floorlead.rota.records import Stretch
from floorlead.store import Store
from floorlead.words import N_, _

KINDS = {"law": N_("Law"), "house": N_("House"), "wish": N_("Wish")}
"""What is broken, the weightiest first."""


@record
class Unplanned:
    """The open days of a period that nothing is planned for, and their desk slots; `whole`: nothing is planned at all."""

    days: tuple[date, ...]
    slots: int
    whole: bool

    @property
    def sentence(self) -> str:
        """That as a sentence; empty where every day is planned."""
        if not self.days:
            return ""
        nothing = _("Nothing planned: {days} days, {slots} desk slots without a name")
        some = _("Not planned yet: {days} days, {slots} desk slots without a name")
        return (nothing if self.whole else some).format(days=len(self.days), slots=self.slots)


def unplanned(stretch: Stretch) -> Unplanned:
    """What is not planned: all of a period where nothing is, else the days from today on."""
    there = [day for day in stretch.days if stretch.kinds[day] != "closed"]
    bare = [day for day in there if not stretch.lights[day].planned]
    whole = len(bare) == len(there)
    found = tuple(day for day in bare if whole or day >= stretch.today)
    return Unplanned(found, sum(len(stretch.lights[day].gaps) for day in found), whole)


def verdict(bare: Unplanned, found: Sequence[Violation]) -> list[str]:
    """What is said above the broken rules: what is not planned, and only of what is planned that nothing is broken."""
    said = [bare.sentence] if bare.days else []
    if found or (bare.whole and bare.days):
        return said
    all_holds = _("Nothing is broken: law, house rules and wishes all hold")
    return [*said, _("What is planned breaks no rule") if bare.days else all_holds]


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
