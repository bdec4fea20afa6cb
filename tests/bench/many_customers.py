"""Twenty thousand open customers and nine thousand closed ones: what each view of F7 costs, without a screen.

`python -m tests.bench.many_customers` prints the medians in milliseconds.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from floorlead.clock import stopped
from floorlead.customers import moves
from floorlead.customers.lists import lists
from floorlead.people import queries as people
from floorlead.record import replace
from floorlead.setup.demo import make_demo
from floorlead.store import Store, open_store
from tests.bench.desks import NOW, key_to_paint, median, opened

OPEN, CLOSED = 20_000, 9_000
VIEWS = ("today", "due", "book", "asked", "grid", "advisors")


def build(path: Path) -> None:
    """The standard showroom with a book of 29,000 customers."""
    make_demo(path, stopped(NOW), "standard", 0)
    store = open_store(path, stopped(NOW), check="none")
    store.connection.execute("PRAGMA synchronous = OFF")
    staff = [one.id for one in people.everybody(store)]
    grades = [code for code, one in lists(store).grades.items() if one.is_open]
    with store.write("Many customers", kind="note") as db:
        for n in range(OPEN + CLOSED):
            _one(db, store, n, staff[n % len(staff)], grades[n % len(grades)])
    store.close()


def _one(db, store: Store, n: int, advisor: int, grade: str) -> None:
    today, gone = store.today(), n >= OPEN
    last = today - timedelta(days=n % 60)
    one = replace(
        moves.blank(store), name=f"客户{n}", phone=f"138{n:08d}", grade="F1" if gone else grade, advisor_id=advisor,
        first_on=last - timedelta(days=n % 300), last_contact=last, closed_on=last if gone else None,
        next_due=None if gone else today + timedelta(days=n % 55 - 5),
    )  # fmt: skip
    moves.put_customer(db, one)


def figures() -> dict[str, float]:
    """Medians in milliseconds by what is done."""
    found: dict[str, float] = {}
    with opened(build) as desk:
        desk.press("f7")
        for view in VIEWS:
            desk.frame(80, 24)
            found[f"{view}: read and drawn"] = median(lambda: (desk.page.enter(), desk.frame(80, 24)))
            found[f"{view}: down"] = median(lambda: key_to_paint(desk, "down"))
            if view == "due":
                found["due: a call done or taken back, committed and drawn"] = median(
                    lambda: key_to_paint(desk, "space")
                )
            desk.press("f7")
    return found


if __name__ == "__main__":
    for what, value in figures().items():
        print(f"{what:54} {value:7.2f} ms")
