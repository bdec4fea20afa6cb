"""A small showroom with targets, visits and orders for the tests: three consultants in November 2026."""

from __future__ import annotations

from datetime import date
from typing import Any

from floorlead.record import replace
from floorlead.store import Store
from tests.conftest import person

SALES = "INSERT INTO sales(day, model_id, advisor, vin, order_id) VALUES (?, ?, ?, ?, ?)"


def staff(store: Store, *names: str) -> None:
    """Consultants numbered from S01, named in both languages."""
    from floorlead.people import queries as people

    for n, name in enumerate(names, 1):
        people.save(store, replace(people.blank(), name=name, name_en=f"Staff {n}"))


def visit(db: Any, day: str, advisor: int | None, kind: str = "first", **more: Any) -> None:
    """One visit."""
    values = {"day": day, "channel": "walk_in", "came_at": f"{day}T10:00:00", "kind": kind, "advisor_id": advisor,
              "at": f"{day}T10:00:00", "by": "x", **more}  # fmt: skip
    names = ", ".join(values)
    db.execute(f"INSERT INTO visits({names}) VALUES ({', '.join('?' * len(values))})", tuple(values.values()))


def order(
    db: Any, number: str, advisor: int | None, ordered: str, state: str = "open", closed: str = "", **more: Any
) -> int:
    """One order; returns its id."""
    values = {"number": number, "customer": "某女士", "advisor_id": advisor, "ordered_on": ordered, "state": state,
              "closed_at": f"{closed}T15:00:00" if closed else None, **more}  # fmt: skip
    names = ", ".join(values)
    sql = f"INSERT INTO orders({names}) VALUES ({', '.join('?' * len(values))})"
    return int(db.execute(sql, tuple(values.values())).lastrowid)


def model(db: Any) -> int:
    """A model; returns its id."""
    return int(db.execute("INSERT INTO models(code, name) VALUES ('QY', '青屿')").lastrowid)


def november(store: Store) -> None:
    """Targets of November, and something done on its first days by the three."""
    staff(store, "张伟", "李娜", "王芳")
    first, second = person(store, "张伟").id, person(store, "李娜").id
    with store.write("November") as db:
        for measure, amount in (("visits", 200), ("captured", 120), ("drives", 80), ("orders", 30), ("deliveries", 28)):
            db.execute("INSERT INTO targets(month, measure, amount) VALUES ('2026-11', ?, ?)", (measure, amount))
        for day in range(1, 24):
            on = date(2026, 11, day).isoformat()
            for n in range(6 if date(2026, 11, day).weekday() < 5 else 11):
                visit(db, on, (first, second)[n % 2], captured=int(n % 3 > 0), test_drive=int(n % 2))
            if day % 2:
                order(db, f"N{day}", first, on)
            if day % 3 == 0:
                order(db, f"D{day}", second, "2026-10-20", "delivered", on)
