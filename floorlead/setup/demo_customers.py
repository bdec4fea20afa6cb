"""The invented showroom's customers and visits of the last two months, its targets and a few open things in the log.

The files are dated for one Monday; every day in them moves with today. Nothing of it stands on the undo stack.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from floorlead import shelf
from floorlead.customers import moves as customers
from floorlead.customers.records import Customer, Event, Happened
from floorlead.exchange import files, moves
from floorlead.orders import moves as orders
from floorlead.orders.records import OrderState
from floorlead.people import queries as people
from floorlead.record import replace
from floorlead.setup import moves as told
from floorlead.setup.demo_stock import WRITTEN_ON
from floorlead.store import Store
from floorlead.visits import moves as visits
from floorlead.visits.records import Channel, Kind, Visit
from floorlead.words import N_

Row = dict[str, str]
FLAGS = ("test_drive", "quote", "finance", "deal", "incomplete")


def load(store: Store, folder: Sequence[str]) -> None:
    """Enter the prospects of a demo folder, those who bought or were lost, and everybody's visits."""
    where = shelf.find(*folder)
    prospects = where / "prospects.csv"
    if not prospects.exists():
        return
    shift = store.today() - WRITTEN_ON
    table = files.read(prospects.read_bytes(), prospects.name, "customers", shift=shift)
    moves.carry_out(store, moves.plan(store, table), kind="note")
    _Past(store, shift).load(where)
    _open_things(store, shelf.find(*folder, "market.toml").read_text(encoding="utf-8"))


def _rows(path: Any) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


class _Past:
    """The two months before today, as their files tell them."""

    def __init__(self, store: Store, shift: timedelta) -> None:
        self.store = store
        self.shift = shift
        self.people = {one.number: one.id for one in people.everybody(store)}
        self.models = dict(store.rows("SELECT code, id FROM models"))

    def load(self, where: Any) -> None:
        """Past customers first, then every visit with the contact that it was, then what was bought."""
        past, came = _rows(where / "past_customers.csv"), _rows(where / "visits.csv")
        with self.store.write(N_("Visits of the demo showroom: {count}"), kind="note", count=len(came)) as db:
            ids = dict(self.store.rows("SELECT number, id FROM customers WHERE number <> ''"))
            for row in past:
                ids[row["customer_id"]] = self._customer(db, row)
            first = self._visits(db, came, ids)
            for number, day in first.items():
                told.came_first(db, ids[number], day)
            for row in past:
                if row["order"]:
                    self._order(db, row, ids[row["customer_id"]])

    def _day(self, text: str) -> date:
        return date.fromisoformat(text) + self.shift

    def _customer(self, db: Any, row: Row) -> int:
        first, closed = self._day(row["first_on"]), self._day(row["closed_on"])
        advisor = self.people[row["consultant"]]
        made = Customer(
            0, row["name"], row["phone"], row["grade"], self.models[row["model"]], row["color"], row["source"], advisor,
            first, closed, None, closed, "", "", False, "", "", "", row["customer_id"], f"{first}T18:00:00", self.store.by,
        )  # fmt: skip
        ident = customers.put_customer(db, made)
        self._event(db, ident, advisor, first, Happened.MADE, ("", "N"))
        if row["reason"]:
            self._event(db, ident, advisor, closed, Happened.AGREED, ("B", row["grade"]), row["reason"])
            self._ending(db, row, ident, advisor, closed)
        else:
            self._event(db, ident, advisor, closed, Happened.CLOSED, ("O", row["grade"]))
        return ident

    def _event(
        self, db: Any, customer: int, advisor: int, day: date, kind: Happened, grades: tuple[str, str], why: str = ""
    ) -> None:
        at = f"{day}T17:30:00"
        customers.put_event(
            db, Event(0, customer, day, at, self.store.by, advisor, kind, *grades, None, None, why, "", None)
        )

    def _ending(self, db: Any, row: Row, customer: int, advisor: int, day: date) -> None:
        told.put_ending(db, customer, row["grade"], row["reason"], day, advisor, self.store.by)

    def _visits(self, db: Any, rows: Sequence[Row], ids: dict[str, int]) -> dict[str, str]:
        """Enter the visits; returns each customer's first day."""
        first: dict[str, str] = {}
        for row in rows:
            day, customer = self._day(row["date"]), row["customer"]
            ident = visits.put_visit(db, self._visit(row, day, ids.get(customer)))
            if customer:
                first.setdefault(customer, day.isoformat())
                if row["kind"] == Kind.REPEAT.value:
                    advisor = self.people[row["advisor"]]
                    contact = Event(0, ids[customer], day, f"{day}T{row['time']}:00", self.store.by, advisor,
                                    Happened.CONTACT, row["grade"], _grade_after(row), None, None, "", "", ident)  # fmt: skip
                    customers.put_event(db, contact)
        return first

    def _visit(self, row: Row, day: date, customer: int | None) -> Visit:
        drive, quote, finance, deal, incomplete = (row[name] == "1" for name in FLAGS)
        came, left = (f"{day}T{row[name]}:00" if row[name] else "" for name in ("time", "left"))
        return Visit(
            0, day, Channel(row["channel"]), came, left, Kind(row["kind"]), int(row["party"]), int(row["times"]),
            self.people.get(row["advisor"]), customer, self.models.get(row["model"]), row["color"], row["grade"],
            row["captured"] == "1", drive, quote, finance, deal, incomplete, "", row["source"], row["purpose"],
            row["competitor"], row["note"], row["number"], came, self.store.by,
        )  # fmt: skip

    def _order(self, db: Any, row: Row, customer: int) -> None:
        """The order of a past customer; a delivered one is tied to its sale."""
        ordered, closed = self._day(row["ordered_on"]), self._day(row["closed_on"])
        state = OrderState(row["order"])
        insured, financed, accessories, trade_in = (
            row[name] == "1" for name in ("insured", "financed", "accessories", "trade_in")
        )
        made = replace(
            orders.blank(self.store), number=f"{ordered:%Y%m%d}-{row['customer_id']}", customer=row["name"],
            phone=row["phone"], advisor_id=self.people[row["consultant"]], model_id=self.models[row["model"]],
            trim=row["trim"], colour=row["color"], state=state, ordered_on=ordered, deposit=5000, insured=insured,
            financed=financed, accessories=accessories, trade_in=trade_in, closed_at=f"{closed}T15:30:00",
            customer_id=customer, accessory_amount=int(row["accessory_amount"] or 0) or None,
        )  # fmt: skip
        ident = orders.insert(db, made)
        if state is OrderState.DELIVERED:
            told.put_steps(db, ident, closed, self.store.by)
            told.tie_sale(db, ident, closed, made, row["consultant"])


def _grade_after(row: Row) -> str:
    """The grade that a visit left behind: who bought has an order."""
    return "O" if row["deal"] == "1" else row["grade"]


def _open_things(store: Store, text: str) -> None:
    """Targets of the month, notices, an open complaint and the talk tracks: `data/demo/market.toml`."""
    from floorlead.setup import demo_log

    demo_log.load(store, tomllib.loads(text))
