"""Who is idle in the morning: at work and on time, at no post, with no customer; everybody else is told why not.

Nobody is left out and nobody stands twice, whatever the rota says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from floorlead.training.records import AS_TOLD, GONE, MINUTES, NOT_YET, POST, STANDBY, Band, Facts, Standing


def idle(facts: Sequence[Facts], starts: int, minutes: int = MINUTES, team: str = "") -> list[Standing]:
    """The staff at a training of `minutes` from `starts`: idle people of the named team, the other idle ones, the rest.

    Inside each part the order is that of `facts`.
    """
    found = [_standing(one, starts, starts + minutes, team) for one in facts]
    return sorted(found, key=lambda one: (not one.idle, not one.first))


def _standing(one: Facts, starts: int, ends: int, team: str) -> Standing:
    why, detail = _why_not(one, starts, ends)
    return Standing(one.person, not why, bool(team and one.team == team and not why), why, detail)


def _why_not(one: Facts, starts: int, ends: int) -> tuple[str, str]:
    """The first thing that speaks against it: not here, not at work then, at a post, with a customer, another role."""
    begins, over = one.works
    if one.away:
        return AS_TOLD, one.away
    if begins > starts:
        return NOT_YET, _clocked(begins)
    if over <= starts:
        return GONE, _clocked(over)
    if post := _at(one.posts, starts, ends):
        return POST, post
    if post := _at(one.standby, starts, ends):
        return STANDBY, post
    if customer := _at(one.busy, starts, ends):
        return customer, ""
    return (AS_TOLD, one.role) if one.role else ("", "")


def _at(bands: Iterable[Band], starts: int, ends: int) -> str:
    """What is in the first band that touches `[starts, ends)`; nothing when none does."""
    return next((what for begins, over, what in bands if begins < ends and starts < over), "")


def _clocked(minute: int) -> str:
    return f"{minute // 60 % 24}:{minute % 60:02d}"


def counted(standings: Iterable[Standing], there: Iterable[int]) -> tuple[int, int]:
    """How many of the idle were there, and how many idle there are."""
    present = set(there)
    group = [one.person for one in standings if one.idle]
    return sum(person in present for person in group), len(group)
