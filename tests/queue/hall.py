"""A showroom's queue for the tests: a few doors to stand among, sign-ins at a time, rota cells, test-drive cars."""

from __future__ import annotations

from floorlead.app import PAGES
from floorlead.cars import moves as car_moves
from floorlead.cars import queries as car_queries
from floorlead.cars.records import Placement
from floorlead.people import queries as people_queries
from floorlead.people.records import Role, State
from floorlead.queue import queries
from floorlead.record import replace
from floorlead.store import Store
from floorlead.widgets.desk import Desk
from floorlead.widgets.shared import SHARED
from tests.conftest import at, enter_car, person

DOORS = tuple(door for door in PAGES if door.name in ("today", "people", "training", "queue"))
"""Pages enough to stand among, so that what other pages are called changes nothing here."""


STAFF = (
    ("陈思远", "Chen Siyuan", "A", False), ("王雨桐", "Wang Yutong", "A", False), ("李承泽", "Li Chengze", "A", False),
    ("赵佳宁", "Zhao Jianing", "A", False), ("黄子墨", "Huang Zimo", "A", True), ("孙悦然", "Sun Yueran", "B", False),
    ("吴文博", "Wu Wenbo", "B", False), ("郑晓彤", "Zheng Xiaotong", "B", False), ("何俊杰", "He Junjie", "B", False),
    ("冯雅琪", "Feng Yaqi", "B", True),
)  # fmt: skip
OTHERS = (
    ("林晓峰", "Lin Xiaofeng", Role.LEADER), ("马可欣", "Ma Kexin", Role.RECEPTIONIST), ("高远", "Gao Yuan", Role.TEST_DRIVE),
    ("苏敏", "Su Min", Role.PLANNER),
)  # fmt: skip
RESTING = ("陈思远", "吴文博")


def staff(store: Store) -> None:
    """Ten consultants in two teams, two of them at rest today, and four others."""
    for name, name_en, team, trainee in STAFF:
        rest = store.today().weekday() if name in RESTING else None
        made = replace(people_queries.blank(), name=name, name_en=name_en, team=team, trainee=trainee, rest_day=rest)
        people_queries.save(store, made)
    for name, name_en, role in OTHERS:
        people_queries.save(store, replace(people_queries.blank(), name=name, name_en=name_en, role=role))
    store.by = "林晓峰"


def desk_at(store: Store, page: str) -> Desk:
    """A started desk with a page up, come to by its name."""
    made = Desk(store, DOORS, SHARED)
    made.start()
    made.go(page)
    made.page.arrive()
    return made


def sign_in(store: Store, *who: str, state: State = State.PRESENT) -> None:
    """People sign in: `李娜 08:20`, the name and the time in turn; the clock stays at the last time."""
    for name, time in zip(who[::2], who[1::2], strict=True):
        at(store, time)
        people_queries.say(store, store.today(), person(store, name), state)


def plan(store: Store, **shifts: str) -> None:
    """Put codes into today's rota cells: `plan(store, 李娜="L")`."""
    with store.write("rota") as db:
        for name, code in shifts.items():
            values = (store.today().isoformat(), person(store, name).id, code)
            db.execute("INSERT INTO rota_cells(day, person_id, shift) VALUES (?, ?, ?)", values)


def hold(store: Store, slot: str, holder: str, substitute: str = "") -> None:
    """Put somebody on a slot of today's desk."""
    ids = [person(store, name).id if name else None for name in (holder, substitute)]
    with store.write("desk") as db:
        sql = "INSERT INTO desk_duty(day, slot, holder_id, substitute_id) VALUES (?, ?, ?, ?)"
        db.execute(sql, (store.today().isoformat(), slot, *ids))


def half_leave(store: Store, name: str, half: str) -> None:
    """Half a day's leave, granted."""
    day = store.today().isoformat()
    with store.write("leave") as db:
        sql = (
            "INSERT INTO leaves(person_id, kind, first_day, last_day, half, state, asked_at, by) "
            "VALUES (?, 'P', ?, ?, ?, 'granted', ?, '')"
        )
        db.execute(sql, (person(store, name).id, day, day, half, store.clock.stamp()))


def drive_out(store: Store, name: str, tail: str = "4114") -> None:
    """Somebody leaves with the key of a test-drive car, which is entered when it is not there yet."""
    found = car_queries.by_tail(store, tail)
    if not found:
        car_moves.to_test_drives(store, enter_car(store, "QY", "白", tail, arrived_on=store.today()))
        found = car_queries.by_tail(store, tail)
    assert found[0].placement is Placement.TEST_DRIVE
    car_queries.key_out(store, found[0], person(store, name).id, None)


def drive_back(store: Store, tail: str = "4114") -> None:
    """The key is back."""
    car = car_queries.by_tail(store, tail)[0]
    car_queries.key_back(store, car, car_queries.drives_out(store)[car.id], None)


def line(store: Store) -> list[str]:
    """Who waits, by name."""
    names = {p.id: p.name for p in people_queries.everybody(store)}
    return [names[one.person] for one in queries.turns(store) if one.waiting]


def stands(store: Store, name: str):
    """Where somebody stands now."""
    return next(one for one in queries.turns(store) if one.person == person(store, name).id)
