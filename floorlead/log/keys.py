"""What a key does to a line of the log, wherever the line comes from; each is one action of its own area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from floorlead.discipline import moves as discipline_moves
from floorlead.discipline import queries as discipline
from floorlead.log import moves
from floorlead.log.records import Entry, Kind, Row
from floorlead.orders import moves as order_moves
from floorlead.orders import queries as orders
from floorlead.tasks import queries as tasks
from floorlead.words import _

if TYPE_CHECKING:
    from floorlead.log.screen import LogPage

FIELDS = {"2": "due", "3": "owner"}


def on_line(page: LogPage, key: str) -> bool:
    """Space, Enter, 1, 2 and 3 on the line under the cursor; returns whether the key was used."""
    row = page.row()
    if row is None or key not in ("space", "enter", "1", "2", "3"):
        return False
    entry = page.entry()
    if entry is not None:
        _on_entry(page, entry, key)
    elif row.table == "tasks":
        _on_task(page, row, key)
    elif row.table == "orders":
        _on_plate(page, row, key)
    elif row.table == "violations":
        _on_breach(page, row, key)
    else:
        _elsewhere(page, row, key)
    return True


def _on_entry(page: LogPage, entry: Entry, key: str) -> None:
    if key == "enter":
        page.desk.open("readers" if entry.kind is Kind.NOTICE else "detail", {"id": entry.id})
    elif key == "space":
        _close(page, entry)
    elif entry.kind is Kind.NOTICE:
        page.desk.say(_("A policy is changed with Enter and 8; nobody owns it"))
    elif key == "1":
        page.desk.do(lambda: moves.escalate(page.store, entry))
        page.enter()
    else:
        page.desk.open("entry", {"kind": entry.kind.value, "id": entry.id, "field": FIELDS[key]})


def _close(page: LogPage, entry: Entry) -> None:
    """A closed entry opens again; a notice and a plate time in words close at once; of others the result is asked."""
    if not entry.open:
        page.desk.do(lambda: moves.reopen(page.store, entry))
    elif entry.kind in (Kind.NOTICE, Kind.PLATE):
        page.desk.do(lambda: moves.close(page.store, entry, ""))
    else:
        page.desk.open("ending", {"id": entry.id})
        return
    page.enter()


def _on_task(page: LogPage, row: Row, key: str) -> None:
    found = [*tasks.open_all(page.store), *tasks.done_on(page.store, page.store.today())]
    task = next((one for one in found if one.id == row.id), None)
    if task is None:
        page.enter()
    elif key == "space":
        page.desk.do(lambda: tasks.tick(page.store, task))
        page.enter()
    elif key == "1":
        page.desk.say(_("Only incidents and complaints are told to the manager from here"))
    elif not task.done:
        page.desk.open("task", {"id": task.id, "field": FIELDS.get(key, "text")})


def _on_plate(page: LogPage, row: Row, key: str) -> None:
    order = orders.of(page.store, row.id)
    if order is None:
        page.enter()
    elif key == "space":
        page.desk.do(lambda: order_moves.step(page.store, order, "plates"))
        page.enter()
    elif key in ("enter", "2"):
        page.desk.open("plate_time", {"id": order.id})
    else:
        page.desk.say(_("The order's advisor and its papers are on F5"))


def _on_breach(page: LogPage, row: Row, key: str) -> None:
    one = discipline.of(page.store, row.id)
    if one is None:
        page.enter()
    elif key == "space":
        page.desk.do(lambda: discipline_moves.withdraw(page.store, one))
        page.enter()
    elif key == "enter":
        page.desk.open("violation", {"id": one.id})
    else:
        page.desk.say(_("A breach is changed with Enter and withdrawn with Space"))


def _elsewhere(page: LogPage, row: Row, key: str) -> None:
    """Leave and outings are decided and staffed on their own pages."""
    if key == "enter":
        page.desk.go("leave" if row.table == "leaves" else "outings", str(row.id))
    else:
        page.desk.say(_("That is decided on its own page; Enter goes there"))


def on_points(page: LogPage, key: str) -> bool:
    """Space, Enter and the months on the month's points; returns whether the key was used."""
    points = page.points
    one = points.one()
    if points.grid.move(key, 10):
        return True
    if key in ("left", "right"):
        points.back = max(0, points.back + (1 if key == "left" else -1))
        points.read()
    elif key == "space" and one:
        page.desk.do(lambda: discipline_moves.withdraw(page.store, one))
        page.enter()
    elif key == "enter" and one:
        page.desk.open("violation", {"id": one.id})
    else:
        return False
    return True
