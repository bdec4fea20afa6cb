"""A showroom of counts for the tests: rows written straight into the tables, by hand or at random."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from floorlead import clock
from floorlead.people import queries as people
from floorlead.people.records import Role
from floorlead.record import replace
from floorlead.store import Store
from tests import kept

NOW = "2026-11-23T18:30:00"
NAMES = ("林晓峰", "陈思远", "王雨桐", "李承泽", "吴文博")
LATIN = ("Lin Xiaofeng", "Chen Siyuan", "Wang Yutong", "Li Chengze", "Wu Wenbo")


def opened(tmp_path: Path, now: str = NOW) -> Store:
    """A showroom with a leader and four consultants, and one model."""
    store = kept.store(tmp_path / "kpi.db", clock.stopped(now), "kpi", _staff)
    store.by = NAMES[0]
    return store


def _staff(store: Store) -> None:
    store.by = NAMES[0]
    for n, (name, latin) in enumerate(zip(NAMES, LATIN, strict=True)):
        role = Role.CONSULTANT if n else Role.LEADER
        people.save(store, replace(people.blank(), name=name, name_en=latin, role=role, number=f"S{n:02}"))
    add(store, "models", code="QY", name="启岳")


def ident(store: Store, name: str) -> int:
    """A person's id by name or number."""
    return int(store.one("SELECT id FROM people WHERE name = ? OR number = ?", name, name))


def add(store: Store, table: str, **values: Any) -> int:
    """A row in a table."""
    sql = f"INSERT INTO {table}({', '.join(values)}) VALUES ({', '.join('?' * len(values))})"
    with store.write("a row of the test") as db:
        return int(db.execute(sql, tuple(values.values())).lastrowid)


def visit(store: Store, day: str, kind: str = "first", who: str = "陈思远", time: str = "10:00", **more: Any) -> int:
    """A batch."""
    base = {"day": day, "channel": "walk_in", "came_at": f"{day}T{time}:00", "kind": kind, "at": f"{day}T{time}:00",
            "advisor_id": ident(store, who) if who else None, "by": "test", "source": "walk_in", "purpose": "new_car"}  # fmt: skip
    return add(store, "visits", **{**base, **more})


def customer(store: Store, first_on: str, who: str = "陈思远", **more: Any) -> int:
    """A card."""
    base = {"name": "刘女士", "grade": "B", "advisor_id": ident(store, who) if who else None, "first_on": first_on,
            "made_at": f"{first_on}T10:00:00", "by": "test"}  # fmt: skip
    return add(store, "customers", **{**base, **more})


def happened(store: Store, who: int, day: str, kind: str, person: str = "陈思远", **more: Any) -> int:
    """An event of a customer."""
    base = {"customer_id": who, "day": day, "at": f"{day}T11:00:00", "by": "test", "person_id": ident(store, person),
            "kind": kind}  # fmt: skip
    return add(store, "customer_events", **{**base, **more})


def order(store: Store, day: str, who: str = "陈思远", number: str = "", **more: Any) -> int:
    """An order."""
    nth = int(store.one("SELECT count(*) FROM orders")) + 1
    base = {"number": number or f"T{nth:05}", "customer": "刘女士", "advisor_id": ident(store, who) if who else None,
            "model_id": 1, "ordered_on": day}  # fmt: skip
    return add(store, "orders", **{**base, **more})


def ending(store: Store, customer_id: int, asked: str, state: str = "asked", **more: Any) -> int:
    """An application to end a customer as lost."""
    decided = {} if state == "asked" else {"decided_on": asked, "decided_at": f"{asked}T17:00:00"}
    base = {"customer_id": customer_id, "wanted": "F1", "reason": "价格", "asked_on": asked, "asked_at": f"{asked}T16:00:00",
            "person_id": ident(store, "陈思远"), "state": state, "by": "test"}  # fmt: skip
    return add(store, "endings", **{**base, **decided, **more})


def by_hand(store: Store) -> None:
    """A small November: every count is known by looking."""
    for n in range(11):
        visit(store, f"2026-11-{n + 2:02}", captured=1, test_drive=int(n < 6))
    for n in range(3):
        visit(store, f"2026-11-{n + 2:02}", who="王雨桐", source="net")
    visit(store, "2026-11-05", "carded_first", captured=1, test_drive=1, source="invited")
    visit(store, "2026-11-06", "repeat", "王雨桐", captured=1, test_drive=1)
    visit(store, "2026-11-07", "repeat", "王雨桐", captured=1, test_drive=1)
    visit(store, "2026-11-07", "non_intent", "", purpose="papers")
    visit(store, "2026-11-08", channel="call", captured=1)
    visit(store, "2026-11-08", channel="call", incomplete=1)
    old = [customer(store, "2026-10-05") for _n in range(4)]
    customer(store, "2026-10-06", closed_on="2026-10-20", grade="F1")
    again = customer(store, "2026-11-02")
    customer(store, "2026-11-02", "王雨桐")
    visit(store, "2026-11-02", captured=1, customer_id=again, time="15:00")
    visit(store, "2026-11-09", "repeat", captured=1, customer_id=again)
    with store.write("closed") as db:
        db.execute("UPDATE customers SET closed_on = '2026-11-10', grade = 'F1' WHERE id = ?", (old[0],))
    ending(store, old[0], "2026-11-10", "agreed")
    ending(store, old[1], "2026-11-11", "refused")
    ending(store, old[2], "2026-11-12")
    order(store, "2026-10-30")
    order(store, "2026-11-03")
    order(store, "2026-11-04", "王雨桐")
    order(store, "2026-11-05", state="cancelled", closed_at="2026-11-05T12:00:00")
    order(store, "2026-10-28", state="cancelled", closed_at="2026-11-06T12:00:00")
    order(store, "2026-10-20", state="delivered", closed_at="2026-11-07T12:00:00", financed=1, insured=1,
          accessories=1, accessory_amount=3000)  # fmt: skip
    add(store, "sales", day="2026-11-08", model_id=1, advisor="S02", insured=1, trade_in=1)
    add(store, "entries", day="2026-11-09", at="2026-11-09T10:00:00", by="test", kind="complaint", text="等了很久",
        person_id=ident(store, "王雨桐"))  # fmt: skip
    add(store, "targets", month="2026-12", measure="deliveries", amount=4)


def at_random(store: Store, seed: int) -> None:
    """Three months of rows of every kind, in one action."""
    chance = random.Random(seed)
    staff = [ident(store, name) for name in NAMES[1:]]
    day_of = lambda: (date(2026, 9, 1) + timedelta(days=chance.randrange(84))).isoformat()  # noqa: E731
    with store.write("random rows") as db:

        def put(table: str, **values: Any) -> int:
            names = ", ".join(values)
            sql = f"INSERT INTO {table}({names}) VALUES ({', '.join('?' * len(values))})"
            return int(db.execute(sql, tuple(values.values())).lastrowid)

        for _n in range(60):
            first, ended = day_of(), chance.choice([None, None, day_of()])
            ended = ended if ended and ended >= first else None
            who = chance.choice([*staff, None])
            made = put("customers", name="某", grade="F1" if ended else "B", advisor_id=who, first_on=first, closed_on=ended,
                       made_at=f"{first}T10:00:00", by="t")  # fmt: skip
            if chance.random() < 0.6:
                put("customer_events", customer_id=made, day=first, at=f"{first}T10:00:00", by="t", kind="made",
                    person_id=chance.choice(staff), grade_after="N")  # fmt: skip
            for state in chance.choice([(), ("agreed",), ("refused", "asked"), ("withdrawn",)]):
                asked = day_of()
                decided = None if state == "asked" else max(asked, day_of())
                put("endings", customer_id=made, wanted=chance.choice(["F1", "F1", "F2"]), asked_on=asked, state=state,
                    reason=chance.choice(["价格", "其他", "other", "竞品"]), asked_at=f"{asked}T1", decided_on=decided,
                    person_id=chance.choice(staff), by="t")  # fmt: skip
            for on in {day_of() for _m in range(chance.randrange(3))}:
                if on >= first:
                    put("visits", day=on, channel="walk_in", came_at=f"{on}T11:00:00", kind="repeat", captured=1,
                        customer_id=made, advisor_id=who, at=f"{on}T11:00:00", by="t")  # fmt: skip
        for _n in range(300):
            on, drive = day_of(), chance.random() < 0.3
            put("visits", day=on, channel=chance.choice(["walk_in", "walk_in", "call"]), came_at=f"{on}T12:00:00",
                kind=chance.choice(["first", "first", "carded_first", "repeat", "non_intent"]), test_drive=int(drive),
                captured=chance.randrange(2), incomplete=int(chance.random() < 0.1), at=f"{on}T12:30:00", by="t",
                source=chance.choice(["walk_in", "net", "invited"]), purpose=chance.choice(["new_car", "appointment"]),
                advisor_id=chance.choice([*staff, None]))  # fmt: skip
        for n in range(80):
            on, state = day_of(), chance.choice(["open", "delivered", "cancelled"])
            closed = max(on, day_of()) if state != "open" else None
            flags = {name: chance.randrange(2) for name in ("financed", "insured", "accessories", "trade_in")}
            put("orders", number=f"R{n:04}", customer="某", advisor_id=chance.choice([*staff, None]), ordered_on=on,
                state=state, closed_at=closed and f"{closed}T15:00:00", accessory_amount=chance.choice([None, 1200]), **flags)  # fmt: skip
        for _n in range(40):
            put("sales", day=day_of(), model_id=1, advisor=chance.choice(["S01", "陈思远", "nobody", "s03"]),
                insured=chance.randrange(2), financed=chance.randrange(2))  # fmt: skip
        put("targets", month="2026-11", measure="deliveries", amount=9)
        body = put("card_words", digest="random", body="{}")
        for on in sorted({day_of() for _n in range(25)}):
            for code in ("appearance", "environment", "opening"):
                card = put("cards", day=on, code=code, words_id=body, opened_at=f"{on}T08:30:00", opened_by="t")
                for n in range(3):
                    row = put("card_rows", card_id=card, list=code, subject=str(n), position=n, number="", label="x",
                              label_en="x")  # fmt: skip
                    result, first = chance.choice([("pass", None), ("pass", "fail"), ("fail", None), ("na", None)])
                    put("marks", card_id=card, row_id=row, item="a", result=result, first=first, at=f"{on}T08:40:00", by="t",
                        owner_id=chance.choice([*staff, None]), points=1)  # fmt: skip
        for on, who in sorted({(day_of(), chance.choice(staff)) for _n in range(60)}):
            state = chance.choice(["present", "late", "absent", "leave", "rest"])
            put("attendance", day=on, person_id=who, state=state, at=f"{on}T08:30:00")
        for _n in range(20):
            on, half = day_of(), chance.choice(["", "am", "pm"])
            until = (date.fromisoformat(on) + timedelta(days=0 if half else chance.randrange(4))).isoformat()
            put("leaves", person_id=chance.choice(staff), kind=chance.choice(["P", "S", "B"]), first_day=on, last_day=until,
                half=half, state=chance.choice(["asked", "granted", "granted", "refused"]), asked_at=f"{on}T08:00:00", by="t")  # fmt: skip
        for n, who in enumerate(staff):
            rest = None if n % 2 else n
            gone = [None, "2026-10-15", None, None][n % 4]
            came = [None, None, "2026-10-10", None][n % 4]
            db.execute("UPDATE people SET rest_day = ?, left_on = ?, joined = ? WHERE id = ?", (rest, gone, came, who))
        for _n in range(5):
            on = day_of()
            put("entries", day=on, at=f"{on}T10:00:00", by="t", text="x", kind=chance.choice(["complaint", "incident"]),
                person_id=chance.choice([*staff, None]))  # fmt: skip
