"""The desk as tests need it: a day of the desk from a few words, in hand or in a store; people go by their names."""

from __future__ import annotations

from datetime import date
from typing import Any

from floorlead.duty import moves, queries, rules
from floorlead.duty.reception import Away, Member, Reception
from floorlead.duty.records import Desk, Post, Slot, Substitution, minute_of
from floorlead.people import queries as people
from floorlead.people.records import State
from floorlead.store import Store
from tests.conftest import DAY, at, person

TODAY = date.fromisoformat(DAY)
FRONT = Post("front_desk", "前台", "desk")
PHONE = Post("phone", "来电", "phone")


def slot(starts: int, ends: int, post: Post = FRONT) -> Slot:
    """A slot of a post from hour to hour."""
    return Slot(f"{post.code} {starts:02d}:00", post, starts * 60, ends * 60)


def member(who: int, *away: Away, may_hold: bool = True, **more: Any) -> Member:
    """One of the staff, named by a letter: 1 is A."""
    letter = chr(64 + who)
    return Member(who, f"S{who:02d}", letter, letter, more.pop("team", ""), may_hold, away=tuple(away), **more)


def taken(
    who: int | None, starts: int, ends: int | None = None, slot: str = "front_desk 09:00", **more: Any
) -> Substitution:
    """Somebody takes over."""
    reported = more.get("reported", False)
    return Substitution(starts, TODAY, slot, more.get("left"), who, starts, ends, "", reported, "", "")


def desk(
    *slots: Desk, subs: tuple[Substitution, ...] = (), staff: tuple[Member, ...] = (), leaders: tuple[int, ...] = ()
) -> Reception:
    """A day of the desk in hand."""
    order = tuple(sorted(subs, key=lambda one: one.starts))
    return Reception(TODAY, slots, order, {one.id: one for one in staff}, leaders)


# -- in a store


def code(hour: int) -> str:
    """The front desk's slot that begins at an hour."""
    return f"front_desk {hour:02d}:00"


def plan(store: Store, hour: int, holder: str, substitute: str = "") -> None:
    """Name who holds a slot today."""
    named = person(store, substitute).id if substitute else None
    moves.assign(store, store.today(), code(hour), person(store, holder).id, named)


def over(
    store: Store, now: str, taker: str, *, since: str = "", until: str = "", hour: int = 9, reason: str = "接客户"
) -> None:
    """At `now` somebody takes a slot over, from now or `since` on."""
    at(store, now)
    starts, ends = minute_of(since or now), minute_of(until) if until else None
    moves.substitute(store, store.today(), code(hour), person(store, taker).id, starts, ends, reason)


def back(store: Store, now: str, *, hour: int = 9, original: bool = False) -> None:
    """Somebody is back at the post."""
    at(store, now)
    moves.give_back(store, store.today(), code(hour), minute_of(now), original=original)


def gone_home(store: Store, now: str, name: str) -> None:
    """Signed on leave in the course of the day."""
    at(store, now)
    people.say(store, store.today(), person(store, name), State.LEAVE)


def rota(store: Store, name: str, shift: str) -> None:
    """Plan a person's day."""
    with store.write("rota") as db:
        moves.put_cell(db, store.today(), person(store, name).id, shift)


def who(store: Store, time: str, hour: int | None = None) -> str:
    """Who answers for the desk at a time, by name; empty for a leader who is not among the people."""
    reception = queries.reception(store, store.today())
    minute = minute_of(time)
    held = rules.holders_at(reception, minute)
    one = held[code(hour)] if hour else next(iter(held.values()))
    return reception.staff[one].zh if one else ""


def chain(store: Store) -> list[tuple[str, str, str]]:
    """The 9 o'clock slot's stretches as (from, until, name)."""
    reception = queries.reception(store, store.today())
    return [
        (f"{one.starts // 60}:{one.starts % 60:02d}", f"{one.ends // 60}:{one.ends % 60:02d}",
         reception.staff[one.held.who].zh if one.held.who else "")
        for one in rules.stretches(reception) if one.slot.code == code(9)
    ]  # fmt: skip
