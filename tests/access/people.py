"""Customers, orders and notes with telephone numbers in every place that takes text, for the tests of this folder."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from floorlead.store import Store

PHONE = "13912345678"
OTHER = "13800001001"


def customer(store: Store, name: str, phone: str, **more: Any) -> int:
    """A row of the customer book, entered as one action."""
    day = store.today().isoformat()
    values = {
        "name": name, "phone": phone, "grade": "A", "first_on": day, "last_contact": day, "made_at": store.clock.stamp(),
        "by": store.by, "search": name, **more,
    }  # fmt: skip
    return insert(store, "customers", "customer {name} {phone}", {"name": name, "phone": phone}, **values)


def insert(store: Store, table: str, what: str, args: dict[str, Any], **values: Any) -> int:
    """One row of a table as an action of its own."""
    sql = f"INSERT INTO {table}({', '.join(values)}) VALUES ({', '.join('?' * len(values))})"
    with store.write(what, **args) as db:
        return int(db.execute(sql, tuple(values.values())).lastrowid)


def order(store: Store, name: str, phone: str, state: str = "delivered", **more: Any) -> int:
    """An order, delivered today unless told otherwise."""
    values = {
        "number": f"D{len(store.rows('SELECT id FROM orders')) + 1:04d}", "customer": name, "phone": phone, "state": state,
        "ordered_on": store.today().isoformat(), "closed_at": store.clock.stamp() if state != "open" else None, **more,
    }  # fmt: skip
    return insert(store, "orders", "order {name}", {"name": name}, **values)


def life(store: Store, name: str = "刘女士", phone: str = PHONE) -> int:
    """A customer with a visit, a follow-up, an order, a complaint, a task and a remark that name the number."""
    ident = customer(store, name, phone, note=f"手机 {phone[:3]} {phone[3:7]} {phone[7:]}")
    day, stamp = store.today().isoformat(), store.clock.stamp()
    insert(store, "visits", "visit", {}, day=day, channel="walk_in", came_at=stamp, kind="first", customer_id=ident,
           captured=1, note="朋友介绍", at=stamp, by="王")  # fmt: skip
    insert(store, "customer_events", "contact", {}, customer_id=ident, day=day, at=stamp, by="王", kind="contact",
           note=f"打 +86 {phone[:3]}-{phone[3:7]}-{phone[7:]} 接了")  # fmt: skip
    order(store, name, phone, customer_id=ident, note=f"提车前打{phone}")
    insert(store, "entries", "complaint", {}, day=day, at=stamp, by="王", kind="complaint", customer=name, phone=phone,
           text=f"{name} 投诉交车晚, 回 {phone}")  # fmt: skip
    with store.write("{text}", text=f"回电 {phone}") as db:
        wide = phone.translate({n: n + 0xFEE0 for n in range(48, 58)})
        db.execute("INSERT INTO tasks(text, due, made_on) VALUES (?, ?, ?)", (f"回电 {wide}", day, day))
    with store.write("remarks") as db:
        db.execute("INSERT INTO days(day, remarks) VALUES (?, ?)", (day, f"{name} {phone} 已安抚"))
    return ident


def spelled(phone: str) -> list[str]:
    """A number in eight spellings."""
    a, b, c = phone[:3], phone[3:7], phone[7:]
    wide = phone.translate({n: n + 0xFEE0 for n in range(48, 58)})
    return [
        phone,
        f"{a} {b} {c}",
        f"{a}-{b}-{c}",
        f"+86 {phone}",
        f"+86-{a}-{b}-{c}",
        wide,
        f"{a}.{b}.{c}",
        f"86{phone}",
    ]


def bytes_with(folder: Path, *numbers: str) -> list[str]:
    """Files under a folder whose bytes hold a number in any of its spellings."""
    wanted = [text.encode(code) for number in numbers for text in spelled(number) for code in ("utf-8", "utf-16-le")]
    return [str(p) for p in folder.rglob("*") if p.is_file() and any(w in p.read_bytes() for w in wanted)]


def days_ago(store: Store, days: int) -> str:
    """A day so many days ago."""
    return (store.today() - timedelta(days=days)).isoformat()


def on(text: str) -> date:
    """A day from its ISO text."""
    return date.fromisoformat(text)
