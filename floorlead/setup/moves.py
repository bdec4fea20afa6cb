"""What the invented showroom's past writes beside the ordinary doors, inside an action that is already open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from floorlead.finding import search_words
from floorlead.orders.records import STEPS, Order
from floorlead.store import Store
from floorlead.words import pick


def put_ending(db: Any, customer: int, grade: str, why: str, day: date, advisor: int, by: str) -> None:
    """An application to end a customer, asked for and agreed on the same day."""
    values = (customer, grade, why, f"{day}", f"{day}T17:00:00", advisor, f"{day}", f"{day}T17:30:00", by)
    db.execute(
        "INSERT INTO endings(customer_id, wanted, reason, asked_on, asked_at, person_id, state, decided_on, decided_at, "
        "by) VALUES (?, ?, ?, ?, ?, ?, 'agreed', ?, ?, ?)",
        values,
    )


def came_first(db: Any, customer: int, day: str) -> None:
    """A customer's first day is not later than the first visit."""
    db.execute("UPDATE customers SET first_on = ? WHERE id = ? AND first_on > ?", (day, customer, day))


def tie_sale(db: Any, order: int, day: date, sold: Order, advisor: str) -> None:
    """The sale of a past order is one that the sales history told already: it is tied, not counted twice."""
    db.execute(
        "UPDATE sales SET order_id = ? WHERE id = (SELECT id FROM sales WHERE day = ? AND model_id = ? AND trim = ? "
        "AND colour = ? AND advisor = ? AND order_id IS NULL LIMIT 1)",
        (order, day.isoformat(), sold.model_id, sold.trim, sold.colour, advisor),
    )


def put_targets(db: Any, month: str, amounts: Mapping[str, int]) -> None:
    """A month's targets by measure."""
    for measure, amount in amounts.items():
        db.execute("INSERT INTO targets(month, measure, amount) VALUES (?, ?, ?)", (month, measure, amount))


def put_talk(db: Any, store: Store, one: Mapping[str, str]) -> None:
    """A competitor note or talk track in the language spoken now."""
    title, body = pick(one["zh"], one["en"]), pick(one["body_zh"], one["body_en"])
    values = (one["kind"], title, body, one.get("competitor", ""), store.today().isoformat(), store.clock.stamp(),
              store.by, search_words(title, one.get("competitor", "")))  # fmt: skip
    db.execute(
        "INSERT INTO talks(kind, title, body, competitor, made_on, changed_at, by, search) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        values,
    )


def acknowledge(db: Any, entry: int, person: int, at: str, by: str) -> None:
    """Somebody has read a notice."""
    db.execute("INSERT INTO acknowledgements(entry_id, person_id, at, by) VALUES (?, ?, ?, ?)", (entry, person, at, by))


def put_steps(db: Any, order: int, day: date, by: str) -> None:
    """The day's inspection of a car that was handed over: invoice and insurance two days before, the rest on the day."""
    for at, code in enumerate(STEPS):
        stamp = f"{day - timedelta(days=2)}T16:00:00" if at < 2 else f"{day}T15:30:00"
        db.execute("INSERT INTO order_steps(order_id, code, at, by) VALUES (?, ?, ?, ?)", (order, code, stamp, by))
