"""What the desk refuses, each in one sentence: a gap, one person on two posts, a post held by who is away.

Every sentence says why and what to do instead.
"""

from __future__ import annotations

from floorlead.duty import rules
from floorlead.duty.reception import Reception
from floorlead.duty.records import Desk, clocked
from floorlead.record import replace
from floorlead.store import Refused, Store
from floorlead.words import N_, _, both


def without(reception: Reception, slot: str, starts: int) -> Reception:
    """The desk without what was entered for this very minute, which is about to be replaced."""
    kept = tuple(one for one in reception.substitutions if (one.slot, one.starts) != (slot, starts))
    return replace(reception, substitutions=kept)


def slot_of(reception: Reception, code: str) -> Desk:
    """A slot of the day. Raises Refused."""
    desk = reception.slot(code)
    if desk is None:
        raise Refused("E210", _("On {day} there is no such slot at the desk").format(day=reception.day.isoformat()))
    return desk


def check_times(store: Store, reception: Reception, desk: Desk, starts: int, ends: int | None) -> None:
    """Nobody leaves on a day to come, nor outside the slot; what begins ends later. Raises Refused."""
    slot = desk.slot
    if reception.day > store.today():
        raise Refused("E218", _("Nobody leaves the post on a day to come; change who holds the slot instead"))
    if not slot.starts <= starts < slot.ends:
        sentence = _("{time} is not in the slot {slot}; write a time from {starts} to {ends}")
        told = {
            "time": clocked(starts),
            "slot": slot.shown,
            "starts": clocked(slot.starts),
            "ends": clocked(slot.ends - 1),
        }
        raise Refused("E211", sentence.format(**told))
    if ends is not None and ends <= starts:
        sentence = _("It cannot end at {ends}, it begins at {starts}")
        raise Refused("E217", sentence.format(ends=clocked(ends), starts=clocked(starts)))


def check_taker(reception: Reception, desk: Desk, taker: int, starts: int, ends: int | None) -> None:
    """Whoever takes over may hold the desk, is there, holds no other post, and is not the one who leaves."""
    may_hold(reception, taker)
    if rules.holders_at(without(reception, desk.slot.code, starts), starts).get(desk.slot.code) == taker:
        sentence = _("{name} holds {slot} already; name somebody else")
        raise Refused("E213", sentence.format(name=rules.name_of(reception, taker), slot=desk.slot.shown))
    must_be_there(reception, taker, starts)
    for one, start, until in rules.spans(reception, desk, starts, ends)[0]:
        must_hold_nothing(reception, one, taker, start, one.slot.ends if until is None else until)


def may_hold(reception: Reception, who: int) -> None:
    """The role may hold the desk, and it is no trainee. Raises Refused."""
    member = reception.staff.get(who)
    if member is None or not member.may_hold:
        sentence = _("{name} may not hold the desk alone; name a consultant or the receptionist")
        raise Refused("E214", sentence.format(name=rules.name_of(reception, who)))


def must_be_there(reception: Reception, who: int, minute: int) -> None:
    """Nobody takes a post while away. Raises Refused."""
    away = reception.staff[who].away_at(minute)
    if away:
        sentence = _(
            "{name} is not there at {time}: {why}; name somebody else, or sign in on the attendance page first"
        )
        raise Refused("E215", sentence.format(name=rules.name_of(reception, who), time=clocked(minute), why=away.shown))


def must_hold_nothing(reception: Reception, desk: Desk, who: int, starts: int, ends: int) -> None:
    """Nobody is put on a post while they hold another one."""
    for one in rules.stretches(reception):
        if one.held.who == who and one.slot.code != desk.slot.code and one.starts < ends and starts < one.ends:
            sentence = _("{name} holds {post} {band} then; name somebody else")
            told = {"name": rules.name_of(reception, who), "post": one.slot.post.shown, "band": one.slot.shown}
            raise Refused("E216", sentence.format(**told))


def both_of(reception: Reception, who: int | None) -> dict[str, str] | str:
    """The same for the log, in both languages."""
    member = reception.staff.get(who or 0)
    if member:
        return member.both()
    return both(N_("leader"))
