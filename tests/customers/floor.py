"""A showroom's floor for the tests: advisors in line, models by digit, prospects of the book, the walk-in dialog."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from floorlead.app import PAGES
from floorlead.cars.records import Model
from floorlead.customers import moves, queries
from floorlead.customers.records import Customer
from floorlead.customers.rules import next_due
from floorlead.people import queries as people
from floorlead.people.records import State
from floorlead.queue import queries as queue
from floorlead.record import replace
from floorlead.store import Store
from floorlead.visits import queries as visits
from floorlead.visits.records import Visit
from floorlead.widgets.desk import Desk
from floorlead.widgets.shared import SHARED
from tests.conftest import at, person

DOORS = tuple(door for door in PAGES if door.name in ("today", "cars", "customers", "people"))
NAMES = ("朗逸", "途观", "ID.4", "帕萨特", "迈腾")


def models(store: Store, *names: str) -> None:
    """Enter models in their order."""
    for n, name in enumerate(names or NAMES):
        enter_model(store, Model(0, f"M{n + 1}", name, position=n))


def enter_model(store: Store, model: Model) -> None:
    """Enter a model without a car."""
    with store.write("model {name}", name=model.name) as db:
        db.execute(
            "INSERT INTO models(code, name, name_en, position) VALUES (?, ?, ?, ?)",
            (model.code, model.name, model.name_en, model.position),
        )


def sign_in(store: Store, *names: str) -> None:
    """Advisors sign in one minute after the other, from 08:20."""
    for n, name in enumerate(names):
        at(store, f"08:{20 + n}")
        people.say(store, store.today(), person(store, name), State.PRESENT)
    at(store, "09:15")


def prospect(store: Store, name: str, grade: str = "B", advisor: str = "", last: int = 0, **more: Any) -> Customer:
    """A prospect of the book; `last` is how many days ago the last contact was."""
    on = store.today() - timedelta(days=last)
    made = replace(
        moves.blank(store), name=name, grade=grade, advisor_id=person(store, advisor).id if advisor else None,
        first_on=on, last_contact=on, next_due=next_due(queries.lists(store).grades[grade], on),
    )  # fmt: skip
    ident = moves.save(store, replace(made, **more))
    return the(store, ident)


def the(store: Store, ident: int | str) -> Customer:
    """A customer by id or name, as it is now."""
    if isinstance(ident, str):
        ident = store.one("SELECT id FROM customers WHERE name = ?", ident)
    found = queries.get(store, int(ident))
    assert found
    return found


def floor(store: Store) -> Desk:
    """A started desk with the Customers page up."""
    made = Desk(store, DOORS, SHARED)
    made.start()
    made.press("f7")
    return made


def came(store: Store) -> list[Visit]:
    """Today's visits."""
    return visits.on_day(store, store.today())


def next_name(store: Store) -> str:
    """Who is next in line."""
    found = queue.next_up(store, store.today())
    return next((p.name for p in people.everybody(store) if p.id == found), "")


def day(text: str) -> date:
    """A day of the test's year."""
    return date.fromisoformat(f"2026-{text}")
