"""Whose spot is whose today: the keeper's, and where the keeper is not here, a stand-in's who has least to wipe.

A stand-in is for one day only and never somebody who is away; the keeper of a spot does not change.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

Spot = tuple[int, int | None]
"""A spot's id and its keeper's."""


def uncovered(spots: Sequence[Spot], here: Collection[int], standing_in: Mapping[int, int]) -> list[int]:
    """The spots that nobody wipes today: neither the keeper nor a stand-in is here."""
    return [spot for spot, keeper in spots if keeper not in here and standing_in.get(spot) not in here]


def loads(spots: Sequence[Spot], here: Collection[int], standing_in: Mapping[int, int]) -> dict[int, int]:
    """How many spots each of those here has to wipe today, as {person's id: spots}."""
    found = dict.fromkeys(here, 0)
    for spot, keeper in spots:
        who = standing_in.get(spot) if standing_in.get(spot) in found else keeper
        if who in found:
            found[who] += 1
    return found


def propose_stand_ins(
    spots: Sequence[Spot], turns: Sequence[Sequence[int]], here: Collection[int], standing_in: Mapping[int, int]
) -> dict[int, int]:
    """Who should stand in today, as {spot's id: person's id}, for every spot that nobody wipes.

    `turns` are those who may, group after group (consultants first): the first group with somebody here does it all.
    Each spot goes to the one with the fewest; among equals to the first of the group.
    """
    group = next((found for turn in turns if (found := [who for who in turn if who in here])), [])
    if not group:
        return {}
    load = loads(spots, here, standing_in)
    proposed = {}
    for spot in uncovered(spots, here, standing_in):
        who = min(group, key=lambda one: load[one])
        proposed[spot] = who
        load[who] += 1
    return proposed
