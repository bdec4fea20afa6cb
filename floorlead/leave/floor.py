"""Who can stand in for somebody who will be away, and who stays: pure functions over the days of a `Floor`.

Nobody is proposed who is away, not on shift, not allowed to hold the desk, or on another post at the same time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from floorlead.duty import rules as duty_rules
from floorlead.leave.records import Band, Floor, Moved, Pair, Picks, StandIn, Staying
from floorlead.leave.rules import HALVES

if TYPE_CHECKING:
    from floorlead.duty.reception import Member, Reception, Stretch
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
    """Whether somebody is in the showroom at the end of a half day (of the whole day for an empty one)."""
    starts, ends = max(member.starts, HALVES[half][0]), min(member.ends, HALVES[half][1])
    return starts < ends and not any(one.starts < ends <= one.ends for one in member.away)


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
    for day, desk, since in _left_open(floor, person, half, now):
        made = _stand_in(floor, plan, day, desk, person, (picks or {}).get((day, desk.slot.code)), since)
        plan[day, desk.slot.code] = made.then
        found.append(made)
    return found


def _left_open(
    floor: Floor, person: int, half: str, now: tuple[date, int] | None
) -> Iterator[tuple[date, Desk, int | None]]:
    """The slots with, for one that has begun, the minute from which another is wanted."""
    for day, one in floor.days.items():
        for desk in one.slots:
            slot, mine = desk.slot, person in (desk.holder, desk.substitute)
            begun = now is not None and day == now[0] and slot.starts < now[1]
            if not meets((slot.starts, slot.ends), HALVES[half]) or (now and begun and slot.ends <= now[1]):
                continue
            if not now or not begun:
                if mine:
                    yield day, desk, None
                continue
            held = [x for x in duty_rules.stretches(one) if x.slot.code == slot.code and _open(x, desk, person)]
            left = max(now[1], HALVES[half][0])
            since = next((max(x.starts, left) for x in held if x.ends > left), None)
            if since is not None and since < HALVES[half][1]:
                yield day, desk, since
            elif desk.substitute == person and not held:
                yield day, desk, None


def _open(one: Stretch, desk: Desk, person: int) -> bool:
    """Whether a stretch of a slot is a person's to hold; a planned holder's is also what fell to the leader."""
    return one.held.who == person or (desk.holder == person and duty_rules.is_gap(one))


def _stand_in(
    floor: Floor, plan: Desks, day: date, desk: Desk, person: int, pick: int | None, since: int | None
) -> StandIn:
    slot, holds = desk.slot, since is not None or desk.holder == person
    was = (desk.holder if since is None else person, desk.substitute)
    other = desk.substitute if holds else desk.holder
    free = [who for who in able(floor, plan, day, slot, (person,), since) if who != other]
    named = holds and other not in (None, person) and other is not None and can(floor, plan, day, slot, other, since)
    choices = [other, *free] if named and other is not None else free
    taker = pick if pick in choices else next(iter(choices), None)
    if not holds:
        return StandIn(day, slot, False, was, (desk.holder, taker), choices)
    kept = other if other != taker and named else None
    follows = kept if kept is not None else next((who for who in free if who != taker), None)
    return StandIn(day, slot, True, was, (taker, follows if taker is not None else None), choices, since)


def can(floor: Floor, plan: Desks, day: date, slot: Slot, who: int, since: int | None = None) -> bool:
    """Whether somebody could answer for a slot (from a minute on, when it has begun): allowed, planned, there all the
    time, on no other post meanwhile."""
    member, band = floor.days[day].staff.get(who), (slot.starts if since is None else since, slot.ends)
    if member is None or not member.may_hold or (who, day) in floor.unplanned or not present(member, band):
        return False
    if since is not None and any(
        x.held.who == who and x.slot.code != slot.code and meets((x.starts, x.ends), band)
        for x in duty_rules.stretches(floor.days[day])
    ):
        return False
    others = (
        one.slot for one in floor.days[day].slots
        if one.slot.code != slot.code and who in plan.get((day, one.slot.code), ())
    )  # fmt: skip
    return not any(meets((one.starts, one.ends), band) for one in others)


def able(
    floor: Floor, plan: Desks, day: date, slot: Slot, but: Sequence[int] = (), since: int | None = None
) -> list[int]:
    """Who could answer for a slot, the best first: no appointment near, least desk that day and month, number."""
    staff = floor.days[day].staff
    found = [who for who in staff if who not in but and can(floor, plan, day, slot, who, since)]

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
        if (
            member is None
            or day not in floor.planned
            or floor.kinds[day] == "closed"
            or not _counts(floor, day, person)
        ):
            continue
        found += [*_least(floor, day, one, member, half), *_needs(floor, day, one, member, half)]
    return found


def _counts(floor: Floor, day: date, who: int) -> bool:
    """Whether somebody is one of those counted: on the rota, and planned where the day is."""
    return who in floor.heads and (who, day) not in floor.unplanned


def _least(floor: Floor, day: date, one: Reception, member: Member, half: str) -> Iterator[Staying]:
    for part in ("am", "pm") if not half else (half,):
        before = sum(_counts(floor, day, who) and there(other, part) for who, other in one.staff.items())
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
    return sum(_counts(floor, one.day, who) and present(other, band) for who, other in one.staff.items())


def given_back(floor: Floor, moved: Iterable[Moved], now: tuple[date, int]) -> list[tuple[tuple[date, str], bool]]:
    """Of slots that were moved which go back when the leave is withdrawn, as (key, whether).

    A slot goes back where nobody changed it since, it has not begun, and those who had it are there and free for it; a
    substitution ends while it goes on.
    """
    plan: Desks = {
        (day, desk.slot.code): (desk.holder, desk.substitute)
        for day, one in floor.days.items() for desk in one.slots
    }  # fmt: skip
    found = []
    for one in moved:
        key, was, then = (one.day, one.slot), one.was, one.then
        if one.since is not None:
            found.append((key, _ends_now(floor, one, now)))
            continue
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


def _ends_now(floor: Floor, one: Moved, now: tuple[date, int]) -> bool:
    """Whether the substitution that was entered for a leave still goes on, or is still to begin, and may end now."""
    desk = floor.days[one.day].slot(one.slot) if one.day == now[0] and one.day in floor.days else None
    if desk is None or desk.slot.ends <= now[1] or one.was[0] is None:
        return False
    minute = max(now[1], one.since or 0)
    last = next(iter(reversed(duty_rules.active(floor.days[one.day], desk.slot, minute))), None)
    member = floor.days[one.day].staff.get(one.was[0])
    mine = last is not None and (last.starts, last.taker) == (one.since, one.then[0])
    return mine and member is not None and member.away_at(minute) is None
