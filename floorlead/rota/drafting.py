"""A first draft of the empty cells without the solver, least loaded first, in a moment: what is planned stays.

Leave, locks, runs and days of rest are kept; what the draft cannot keep the rules say at once.
"""

from __future__ import annotations

from datetime import date

from floorlead.duty.moves import put_cell, put_desk
from floorlead.duty.records import Cell
from floorlead.planning.draft import draft
from floorlead.planning.reading import read
from floorlead.rota import accepting, problem
from floorlead.rota import period as periods
from floorlead.store import Refused, Store, decided
from floorlead.words import N_, _


@decided
def fill(store: Store, first: date, last: date) -> int:
    """Draft the empty cells and slots from today on as one action; returns how many cells. Raises Refused."""
    one = periods.period(store, first, last)
    task, same = problem.told(store, one), periods.twins(one.book)
    locked = {(lock["person"], lock["date"]) for lock in task["locks"]}
    task["locks"] += [
        {"person": who, "date": day.isoformat(), "shift": same.get(cell.shift, problem.REST)}
        for (who, day), cell in one.cells.items()
        if first <= day <= last and (who, day.isoformat()) not in locked and cell.code == cell.shift
        and (cell.shift in same or cell.shift == problem.REST)
    ]  # fmt: skip
    found = accepting.proposed(one, draft(read(task)))
    shut = store.sealed(first, last)
    cells = {
        key: code for key, code in found.cells.items() if not one.cells.get(key, Cell()).shift and key[1] not in shut
    }
    desk = {key: pair for key, pair in found.desk.items()
            if one.desk[key].holder is None and one.desk[key].substitute is None and key[0] not in shut}  # fmt: skip
    if not cells and not desk:
        raise Refused("E265", _("There is nothing to draft: no cell is empty, or nobody is on the rota"))
    words = N_("Rota drafted: {first} to {last}, {count} cells")
    with store.write(words, first=first.isoformat(), last=last.isoformat(), count=len(cells)) as db:
        for (who, day), code in cells.items():
            put_cell(db, day, who, code)
        for (day, slot), (holder, substitute) in desk.items():
            put_desk(db, day, slot, holder, substitute)
    return len(cells)
