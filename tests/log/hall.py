"""A showroom for the log's tests: five consultants, a leader, a manager, a desk in two slots, an order with plates."""

from __future__ import annotations

from datetime import date, timedelta

from floorlead.app import PAGES
from floorlead.duty import moves as duty_moves
from floorlead.leave import moves as leave_moves
from floorlead.log import moves
from floorlead.log.records import Entry, Kind
from floorlead.orders import moves as order_moves
from floorlead.outings import moves as outing_moves
from floorlead.people import queries as people_queries
from floorlead.people.records import Role
from floorlead.record import replace
from floorlead.store import Store
from floorlead.tasks import queries as task_queries
from floorlead.widgets.desk import Desk
from floorlead.widgets.shared import SHARED
from tests.conftest import at, person, the_order

DOORS = tuple(
    door for door in PAGES if door.name in ("today", "log", "leave", "outings", "people", "spotchecks", "talks")
)
"""Pages enough to stand among, so that what other pages are called changes nothing here."""
STAFF = (
    ("李娜", "Li Na"), ("杨帆", "Yang Fan"), ("王芳", "Wang Fang"), ("刘洋", "Liu Yang"), ("吴敏", "Wu Min"),
)  # fmt: skip


def staff(store: Store) -> None:
    """Five consultants, a receptionist, a leader and a manager."""
    for name, name_en in STAFF:
        people_queries.save(store, replace(people_queries.blank(), name=name, name_en=name_en))
    for name, name_en, role in (
        ("马可欣", "Ma Kexin", Role.RECEPTIONIST), ("林晓峰", "Lin Xiaofeng", Role.LEADER), ("周经理", "Manager Zhou", Role.MANAGER),
    ):  # fmt: skip
        people_queries.save(store, replace(people_queries.blank(), name=name, name_en=name_en, role=role))
    store.by = "林晓峰"


def hold(store: Store, hour: int, holder: str, substitute: str = "") -> None:
    """Name who holds the front desk from an hour on, today."""
    named = person(store, substitute).id if substitute else None
    duty_moves.assign(store, store.today(), f"front_desk {hour:02d}:00", person(store, holder).id, named)


def over(store: Store, now: str, taker: str, starts: str, hour: int = 9) -> None:
    """At `now` it is entered that somebody took the desk over at `starts`."""
    at(store, now)
    minute = int(starts[:2]) * 60 + int(starts[3:])
    duty_moves.substitute(
        store, store.today(), f"front_desk {hour:02d}:00", person(store, taker).id, minute, None, "接客户"
    )


def entry(store: Store, kind: str, text: str, **more: object) -> Entry:
    """Enter an incident, a complaint or a notice now; returns it as it is kept."""
    blank = moves.blank(store, Kind(kind))
    owner = more.pop("owner", "林晓峰")
    ident = moves.add(store, replace(blank, text=text, owner=owner, **more))
    return again(store, ident)


def again(store: Store, one: Entry | int) -> Entry:
    """An entry as it is now."""
    from floorlead.log import queries

    found = queries.of(store, one if isinstance(one, int) else one.id)
    assert found
    return found


def day_of_the_log(store: Store) -> None:
    """The day of the picture: a complaint, an incident, tasks, leave and an outing; yesterday's task goes along."""
    today = store.today()
    at(store, "08:35", (today - timedelta(days=1)).isoformat())
    task_queries.add(store, "厂家 12 月政策变动 传达", "林晓峰", today)
    at(store, "08:35")
    task_queries.add(store, "补价签 1 张", "王芳", today)
    at(store, "09:03")
    leave = leave_moves.blank(store, person(store, "李娜").id, "P", date(2026, 11, 25), date(2026, 11, 25), "", "家事")
    leave_moves.grant(store, leave, all_the_same=True)
    outing_moves.save(store, replace(outing_moves.blank(store, date(2026, 11, 26)), place="公园"))
    at(store, "11:20")
    incident = entry(store, "incident", "A3 展车电瓶亏电", owner="吴敏", owner_id=person(store, "吴敏").id)
    moves.act(store, incident, "已报售后")
    at(store, "13:58")
    complaint = entry(store, "complaint", "售后久等,客户在展厅吵,没人告知还要多久", customer="郑先生", phone="13911112280",
                      due=f"{today}T16:00")  # fmt: skip
    at(store, "14:05")
    moves.escalate(store, complaint)
    moves.act(store, again(store, complaint), "组长接手,茶水间安抚")
    at(store, "14:10")
    moves.act(store, again(store, complaint), "售后经理到场")
    at(store, "14:20")


def plate(store: Store, customer: str, when: str) -> None:
    """An order's plate time."""
    order = the_order(store, customer)
    order_moves.plan_times(store, order, replace(order, plate_at=when))


def desk_at(store: Store, page: str = "log") -> Desk:
    """A started desk with a page up."""
    made = Desk(store, DOORS, SHARED)
    made.start()
    made.go(page)
    made.page.arrive()
    return made
