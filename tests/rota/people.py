"""A floor of eleven with a rota of two weeks, for the tests of the rota page: Monday 2026-11-23, 9:03."""

from __future__ import annotations

from datetime import date, timedelta

from floorlead import clock
from floorlead.duty.moves import put_cell, put_desk
from floorlead.people import queries as people
from floorlead.people.records import Person, Role
from floorlead.record import replace
from floorlead.store import Store
from tests.conftest import person

MONDAY = date(2026, 11, 23)
NAMES = ("张伟 Zhang Wei", "李娜 Li Na", "王芳 Wang Fang", "刘洋 Liu Yang", "陈静 Chen Jing", "杨帆 Yang Fan", "赵磊 Zhao Lei",
         "周强 Zhou Qiang", "吴敏 Wu Min", "孙悦 Sun Yue", "黄丽 Huang Li")  # fmt: skip
TUESDAY = MONDAY + timedelta(days=1)
SLOTS = tuple(f"front_desk {hour:02d}:00" for hour in (9, 11, 13, 15, 17))


def staff(store: Store) -> None:
    """Eleven consultants, the last one a trainee, and the leader; the clock stands on Monday, 9:03."""
    store.clock = clock.stopped("2026-11-23T09:03:00")
    for name in NAMES:
        zh, _blank, en = name.partition(" ")
        people.save(store, replace(people.blank(), name=zh, name_en=en, trainee=zh == "黄丽"))
    people.save(store, replace(people.blank(), name="王", role=Role.LEADER))


def planned(store: Store, first: date = MONDAY, days: int = 14) -> None:
    """Everybody rests one day of seven and works late on another; the desk has a holder and a substitute where it can."""
    staff_ = [one for one in people.everybody(store) if one.on_cards]
    with store.write("planned") as db:
        for n in range(days):
            day = first + timedelta(days=n)
            codes = {one.id: code_of(day, k) for k, one in enumerate(staff_)}
            for who, code in codes.items():
                put_cell(db, day, who, code)
            early = [one.id for one in staff_ if codes[one.id] == "E" and not one.trainee]
            late = [one.id for one in staff_ if codes[one.id] == "L" and not one.trainee]
            for k, slot in enumerate(SLOTS[:4]):
                pair = (early + early)[(n + k) % len(early) :][:2] if len(early) > 1 else [None, None]
                put_desk(db, day, slot, *pair)
            if late:
                put_desk(db, day, SLOTS[4], late[0], late[1] if len(late) > 1 else None)


def code_of(day: date, k: int) -> str:
    """Early, late or off by the person's place and the day."""
    step = (day.toordinal() + 2 * k) % 7
    return "-" if step == 0 else "L" if step in (3, 5) else "E"


def who(store: Store, name: str) -> Person:
    """A person by the Chinese name."""
    return person(store, name)
