"""Who can stand in for somebody who will be away, and who stays: pure functions over the days of a `Floor`.

Nobody is proposed who is away, not on shift, not allowed to hold the desk, or on another post at the same time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from floorlead.leave.records import Band, Floor, Pair, Picks, StandIn, Staying
from floorlead.leave.rules import HALVES

if TYPE_CHECKING:
    from floorlead.duty.reception import Member, Reception
    from floorlead.duty.records import Desk, Slot

NEAR = 60
"""Minutes around an appointment in which its consultant does not count as free."""
Desks = dict[tuple[date, str], Pair]
"""Holder and substitute by (day, slot's code), as they are being arranged."""


def meets(one: Band, other: Band) -> bool:
    """Whether two bands share a minute."""
    return one[0] < other[1] and other[0] < one[1]


def present(member: Member, band: Band) -> bool:
    """Whether somebody is on shift and there during the whole of a band."""
    on_shift = member.starts <= band[0] and band[1] <= member.ends
    return on_shift and not any(meets((one.starts, one.ends), band) for one in member.away)


def there(member: Member, half: str) -> bool:
    """Whether somebody is in the showroom during a part of a half day (of the whole day for an empty one)."""
    starts, ends = max(member.starts, HALVES[half][0]), min(member.ends, HALVES[half][1])
    return starts < ends and not any(one.starts <= starts and ends <= one.ends for one in member.away)


def propose(
    floor: Floor, person: int, half: str, picks: Picks | None = None, now: tuple[date, int] | None = None
) -> list[StandIn]:
    """The slots that a person leaves open on the floor's days, in order, each with whom is proposed.

    `picks` says who was chosen instead, `now` (day, minute) leaves out what is over. A holder's place goes to the
    named substitute, else to the best free one; a substitute who steps up is followed by the best free one.
    """
    plan: Desks = {
        (day, desk.slot.code): (desk.holder, desk.substitute)
        for day, one in floor.days.items() for desk in one.slots
    }  # fmt: skip
    found = []
    for day, desk in _left_open(floor, person, half, now):
        made = _stand_in(floor, plan, day, desk, person, (picks or {}).get((day, desk.slot.code)))
        plan[day, desk.slot.code] = made.then
        found.append(made)
    return found


def _left_open(floor: Floor, person: int, half: str, now: tuple[date, int] | None) -> Iterator[tuple[date, Desk]]:
    for day, one in floor.days.items():
        for desk in one.slots:
            over = now is not None and day == now[0] and desk.slot.ends <= now[1]
            mine = person in (desk.holder, desk.substitute)
            if mine and not over and meets((desk.slot.starts, desk.slot.ends), HALVES[half]):
                yield day, desk


def _stand_in(floor: Floor, plan: Desks, day: date, desk: Desk, person: int, pick: int | None) -> StandIn:
    slot, was, holds = desk.slot, (desk.holder, desk.substitute), desk.holder == person
    other = desk.substitute if holds else desk.holder
    free = [who for who in able(floor, plan, day, slot, but=(person,)) if who != other]
    named = holds and other is not None and can(floor, plan, day, slot, other)
    choices = [other, *free] if named and other is not None else free
    taker = pick if pick in choices else next(iter(choices), None)
    if not holds:
        return StandIn(day, slot, False, was, (desk.holder, taker), choices)
    kept = other if other != taker and named else None
    follows = kept if kept is not None else next((who for who in free if who != taker), None)
    return StandIn(day, slot, True, was, (taker, follows if taker is not None else None), choices)


def can(floor: Floor, plan: Desks, day: date, slot: Slot, who: int) -> bool:
    """Whether somebody could answer for a slot: allowed, there all the time, on no other post meanwhile."""
    member, band = floor.days[day].staff.get(who), (slot.starts, slot.ends)
    if member is None or not member.may_hold or not present(member, band):
        return False
    others = (
        one.slot for one in floor.days[day].slots
        if one.slot.code != slot.code and who in plan.get((day, one.slot.code), ())
    )  # fmt: skip
    return not any(meets((one.starts, one.ends), band) for one in others)


def able(floor: Floor, plan: Desks, day: date, slot: Slot, but: Sequence[int] = ()) -> list[int]:
    """Who could answer for a slot, the best first: no appointment near, least desk that day and month, number."""
    staff = floor.days[day].staff
    found = [who for who in staff if who not in but and can(floor, plan, day, slot, who)]

    def rank(who: int) -> tuple[object, ...]:
        times = floor.busy.get((who, day), ())
        near = any(slot.starts - NEAR <= minute < slot.ends + NEAR for minute in times)
        today = sum(who in pair for (on, _code), pair in plan.items() if on == day)
        return near, today, floor.turns.get(who, 0), len(staff[who].number), staff[who].number

    return sorted(found, key=rank)


def staying(floor: Floor, person: int, half: str) -> list[Staying]:
    """How many people stay on each day, against the least of the house and against the needs of that kind of day.

    A day for which nothing is planned yet cannot be judged.
    """
    found = []
    for day, one in floor.days.items():
        member = one.staff.get(person)
        if member is None or day not in floor.planned or floor.kinds[day] == "closed" or person not in floor.heads:
            continue
        found += [*_least(floor, day, one, member, half), *_needs(floor, day, one, member, half)]
    return found


def _least(floor: Floor, day: date, one: Reception, member: Member, half: str) -> Iterator[Staying]:
    for part in ("am", "pm") if not half else (half,):
        before = sum(who in floor.heads and there(other, part) for who, other in one.staff.items())
        after = before - there(member, part)
        yield Staying(day, *HALVES[part], before, after, floor.book.rules.get("least_present", 0))


def _needs(floor: Floor, day: date, one: Reception, member: Member, half: str) -> Iterator[Staying]:
    for need in floor.book.needs:
        starts, ends = max(need.starts, HALVES[half][0]), min(need.ends, HALVES[half][1])
        if need.kind == floor.kinds[day] and starts < ends:
            before, minute = min((_heads(floor, one, m), m) for m in _minutes(one, member, starts, ends))
            yield Staying(day, starts, ends, before, before - present(member, (minute, minute + 1)), need.heads)


def _minutes(one: Reception, member: Member, starts: int, ends: int) -> set[int]:
    """The minutes of a band at which the number of people may change; those first at which this one is there."""
    edges = {m for other in one.staff.values() for m in (other.starts, other.ends)}
    edges |= {m for other in one.staff.values() for away in other.away for m in (away.starts, away.ends)}
    found = {starts, *(m for m in edges if starts < m < ends)}
    mine = {m for m in found if present(member, (m, m + 1))}
    return mine or found


def _heads(floor: Floor, one: Reception, minute: int) -> int:
    band = (minute, minute + 1)
    return sum(who in floor.heads and present(other, band) for who, other in one.staff.items())


def given_back(
    floor: Floor, moved: Iterable[tuple[tuple[date, str], Pair, Pair]], now: tuple[date, int]
) -> list[tuple[tuple[date, str], bool]]:
    """Of slots that were moved (key, as they were, as they became) which go back when the leave is withdrawn.

    A slot goes back where nobody changed it since, it has not begun, and those who had it are there and free for it.
    """
    plan: Desks = {
        (day, desk.slot.code): (desk.holder, desk.substitute)
        for day, one in floor.days.items() for desk in one.slots
    }  # fmt: skip
    found = []
    for key, was, then in moved:
        slot = (
            next((d.slot for d in floor.days[key[0]].slots if d.slot.code == key[1]), None)
            if key[0] in floor.days
            else None
        )
        begun = slot is None or key[0] < now[0] or (key[0] == now[0] and slot.starts <= now[1])
        back = slot is not None and not begun and plan.get(key) == then and all(
            who is None or who in then or can(floor, plan, key[0], slot, who) for who in was
        )  # fmt: skip
        if back:
            plan[key] = was
        found.append((key, back))
    return found
