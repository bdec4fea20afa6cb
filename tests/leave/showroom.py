"""A showroom for tests of leave and outings: ten people on early shift, a desk with holders and substitutes."""

from __future__ import annotations

from datetime import date

from floorlead.duty import lists
from floorlead.duty import moves as duty
from floorlead.duty import queries as duty_queries
from floorlead.leave import moves, queries
from floorlead.leave.records import Closure
from floorlead.people import queries as people
from floorlead.people.records import Person
from floorlead.record import replace
from floorlead.store import Store
from tests.conftest import person

TEAM = ("张伟", "李娜", "王芳", "刘洋", "陈静", "杨帆", "赵磊", "黄丽", "周强", "吴敏")
WED, THU, FRI, SAT, SUN, MON = (date(2026, 11, 25), date(2026, 11, 26), date(2026, 11, 27), date(2026, 11, 28), date(2026, 11, 29),
                                date(2026, 11, 30))  # fmt: skip
SLOTS = ("front_desk 09:00", "front_desk 11:00", "front_desk 13:00", "front_desk 15:00")


def staffed(store: Store, *days: date, team: tuple[str, ...] = TEAM) -> None:
    """Enter the team and plan days: all early; 张伟 to 陈静 hold the slots one after the other, 李娜 on stand in."""
    there = {one.name for one in people.everybody(store)}
    for name in team:
        if name not in there:
            people.save(store, replace(people.blank(), name=name))
    with store.write("planned") as db:
        for day in days:
            for name in team:
                duty.put_cell(db, day, person(store, name).id, "E")
            for n, slot in enumerate(SLOTS):
                duty.put_desk(db, day, slot, person(store, team[n]).id, person(store, team[n + 1]).id)


def plan(store: Store, day: date, name: str, shift: str) -> None:
    """Plan one person's day."""
    with store.write("planned") as db:
        duty.put_cell(db, day, person(store, name).id, shift)


def at_desk(store: Store, day: date, slot: str) -> tuple[str, str]:
    """The names of a slot's holder and substitute, empty for nobody."""
    desk = duty_queries.desk(store, day, day)[day, slot]
    names = {one.id: one.name for one in people.everybody(store)}
    return names.get(desk.holder or 0, ""), names.get(desk.substitute or 0, "")


def granted(
    store: Store, name: str, kind: str, first: date, last: date | None = None, half: str = "", **more: bool
) -> int:
    """Grant leave with whom is proposed; returns its id."""
    return moves.grant(store, moves.blank(store, person(store, name).id, kind, first, last, half), **more)


def leave_of(store: Store, ident: int) -> duty_queries.Leave:
    """A leave by its id."""
    found = duty_queries.leave(store, ident)
    assert found
    return found


def closed(store: Store, first: date, last: date, name: str) -> None:
    """Close days to leave."""
    moves.close(store, Closure(0, first, last, name))


def balance(store: Store, name: str, kind: str, year: int = 2026) -> tuple[float, float | None]:
    """What somebody has taken of a kind and what is left."""
    who: Person = person(store, name)
    one = queries.balances(store, year, [who])[who.id, kind]
    return one.taken, one.left


def kinds(store: Store) -> list[str]:
    """The codes of leave."""
    return [one.code for one in lists.book(store).leave_kinds()]
