"""Two terminals that want the same thing: each looked at the same file, then both act; it must happen once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from floorlead.appraisal import moves as appraisal
from floorlead.cars import moves as cars
from floorlead.clock import stopped
from floorlead.duty import moves as duty
from floorlead.duty.records import minute_of
from floorlead.leave import moves as leave
from floorlead.orders import moves as orders
from floorlead.people import queries as people
from floorlead.people.records import State
from floorlead.report import queries as report
from floorlead.report import sealing
from floorlead.stocktake import moves as stocktake
from floorlead.stocktake import queries as walks
from floorlead.store import Busy, Refused, Store, open_store
from floorlead.talks import moves as talks
from floorlead.talks import queries as library
from floorlead.tasks import queries as tasks
from tests.appraisal import showroom as november
from tests.conftest import DAY, person, tell, the_car, the_order
from tests.meanwhile import meanwhile

NOW = f"{DAY}T10:00:00"
MONTH = "2026-11"
FLOOR = """
lead 王
team 张伟 李娜 王芳
stock QY 白 4114 34
stock QY 白 4115 34
order 刘女士 4114 张伟
task 补价签 王芳
"""
Act = Callable[[], object]


def _walk(store: Store) -> Any:
    take = walks.newest(store)
    assert take
    return walks.walk(store, take)


def _seal(store: Store) -> Act:
    day = store.today()
    return lambda: sealing.seal(store, day)


def _reopen(store: Store) -> Act:
    day = store.today()
    return lambda: report.reopen(store, day, "漏记")


def _grant(store: Store) -> Act:
    asked = leave.blank(store, person(store, "李娜").id, "P", store.today())
    return lambda: leave.grant(store, asked, all_the_same=True)


def _desk(store: Store) -> Act:
    day, taker, minute = store.today(), person(store, "李娜").id, minute_of("10:00")
    return lambda: duty.substitute(store, day, "front_desk 09:00", taker, minute)


def _sick(store: Store) -> Act:
    day, absent = store.today(), person(store, "李娜")
    return lambda: people.say(store, day, absent, State.LEAVE, "病假")


def _hand_over(store: Store) -> Act:
    order = the_order(store, "刘女士")
    return lambda: orders.hand_over(store, order)


def _cancel(store: Store) -> Act:
    order = the_order(store, "刘女士")
    return lambda: orders.cancel(store, order, "不买了")


def _send_away(store: Store) -> Act:
    car = the_car(store, "4115")
    return lambda: cars.transfer(store, car, "北店")


def _begin(store: Store) -> Act:
    return lambda: stocktake.begin(store)


def _see(store: Store) -> Act:
    walk, car = _walk(store), the_car(store, "4114")
    return lambda: stocktake.see(store, walk, "4114", car)


def _end(store: Store) -> Act:
    walk = _walk(store)
    return lambda: stocktake.close(store, walk)


def _close_month(store: Store) -> Act:
    return lambda: appraisal.close(store, MONTH)


def _tick(store: Store) -> Act:
    task = tasks.open_all(store)[0]
    return lambda: tasks.tick(store, task)


def _retire(store: Store) -> Act:
    talk = library.in_use(store)[0]
    return lambda: talks.retire(store, talk)


def _manager(store: Store) -> Act:
    from floorlead.lock import moves, queries

    holder = next(one for one in queries.holders(store) if one.role == "manager")
    return lambda: moves.set_pin(store, holder, "836251")


NAMED = {
    "seal": (_seal, _seal, "E45", "SELECT count(*) FROM reports", 1),
    "reopen": (_reopen, _reopen, "E46", "SELECT count(*) FROM reopens", 1),
    "leave": (_grant, _grant, "E230", "SELECT count(*) FROM leaves", 1),
    "desk": (_desk, _sick, "E215", "SELECT count(*) FROM substitutions", 0),
    "hand over": (_hand_over, _hand_over, "E43 E109", "SELECT count(*) FROM sales", 1),
    "cancelled": (_hand_over, _cancel, "E43 E109", "SELECT count(*) FROM sales", 0),
    "car": (_send_away, _send_away, "E43 E109", "SELECT count(*) FROM car_events WHERE kind = 'transferred'", 1),
    "stock-take begun": (_begin, _begin, "E160", "SELECT count(*) FROM stocktakes", 1),
    "stock-take seen": (_see, _see, "E163", "SELECT count(*) FROM stocktake_marks", 1),
    "stock-take over": (_end, _end, "E164", "SELECT count(*) FROM actions WHERE what LIKE 'Stock-take closed%'", 1),
    "month": (_close_month, _close_month, "E394", "SELECT count(*) FROM month_closes", 1),
    "task": (_tick, _tick, "E420", "SELECT count(*) FROM actions WHERE what LIKE 'Task done%'", 1),
    "talk": (_retire, _retire, "E420", "SELECT count(*) FROM actions WHERE what LIKE 'Library: % retired'", 1),
    "manager's PIN": (_manager, _manager, "", "SELECT count(*) FROM accounts WHERE role = 'manager'", 1),
}
"""What this terminal wants, what the other one does, how this one is refused, what is counted, and how many there are."""


def floor(name: str, folder: Path) -> Store:
    """The showroom that a contest needs."""
    if name == "month":
        return november.opened(folder)
    store = open_store(folder / "showroom.db", stopped(NOW), check="none")
    for line in FLOOR.splitlines():
        tell(store, line.split())
    if name == "reopen":
        _seal(store)()
    if name in ("stock-take seen", "stock-take over"):
        stocktake.begin(store)
    if name == "talk":
        from floorlead.record import replace

        talks.save(store, replace(talks.blank(store), title="续航", body="实测"))
    return store


def contest(name: str, folder: Path, at: str = "BEGIN IMMEDIATE", number: int = 1) -> tuple[str, str, int]:
    """Both act, the other one right before this one's `number`th statement that begins with `at`.

    Returns what became of this one and of the other one (empty: done; else the code), and what is counted.
    """
    mine, theirs, _code, counted, _wanted = NAMED[name]
    store = floor(name, folder)
    other = open_store(store.path, store.clock, check="none")
    other.by = "b"
    other.patience(0)
    act, their_act, came = mine(store), theirs(other), ["waits"]

    def interrupt() -> None:
        came[0] = _came(their_act)

    try:
        with meanwhile(store, interrupt, at=at, number=number):
            done = _came(act)
        return done, came[0], int(store.one(counted))
    finally:
        other.close()
        store.close()


def _came(act: Act) -> str:
    try:
        act()
    except Busy:
        return "busy"
    except Refused as refused:
        return refused.code
    return ""
