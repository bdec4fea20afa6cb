"""The leave page as rows: leaves with their days and reasons, balances as a matrix of people and kinds, closed periods."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from floorlead import clock
from floorlead.duty.records import LEAVE_STATES, Book, Leave
from floorlead.leave import notes
from floorlead.leave.records import Balance, Closure
from floorlead.people.records import Person
from floorlead.text import width
from floorlead.widgets.grid import Cell, Column
from floorlead.words import _, language

PAGE = 79


def columns() -> list[Column]:
    """The columns of a list of leaves."""
    zh = language() == "zh"
    name, kind, days, why = (8, 8, 17, 15) if zh else (11, 14, 20, 10)
    head = [
        Column("#", 3, "right"), Column(_("Name"), name), Column(_("Leave kind"), kind), Column(_("Days on leave"), days),
        Column(_("days"), 4, "right"), Column(_("Reason"), why),
    ]  # fmt: skip
    left = PAGE - 2 - sum(column.cells + 1 for column in head)
    return [*head, Column(_("Decided"), left)]


def row(number: int, leave: Leave, names: notes.Names, book: Book, cost: float) -> list[Cell]:
    """One leave's cells; `cost` is what it takes of the balance, in days."""
    state = _(LEAVE_STATES[leave.state])
    when = clock.short_day(date.fromisoformat((leave.decided_at or leave.asked_at)[:10]))
    style = {"asked": "warn", "refused": "dim", "withdrawn": "dim"}.get(leave.state, "")
    told = f"{state} {when}" if language() == "zh" else f"{_(SHORT[leave.state])} {when}"
    return [
        Cell(str(number)), Cell(notes.said(notes.who(names, leave.person))), Cell(notes.said(notes.kind(book, leave.kind))),
        Cell(notes.said(notes.of(leave))), Cell(f"{cost:g}"),
        Cell(notes.said(notes.reason(book, leave.kind, leave.reason))), Cell(told, style),
    ]  # fmt: skip


SHORT = {"asked": "asked", "granted": "ok", "refused": "no", "withdrawn": "back"}


def balance_columns(book: Book) -> list[Column]:
    """People, then each kind of leave."""
    name = 10 if language() == "zh" else 14
    titles = [notes.short_kind(kind) for kind in book.leave_kinds()]
    head = [Column("#", 3, "right"), Column(_("Name"), name)]
    return [*head, *(Column(title, max(8, width(title)), "right") for title in titles)]


def balance_cell(one: Balance) -> str:
    """Taken, and what is left where there is an allowance: `1.5/3.5`; a dot for nothing of either."""
    if one.left is None:
        return f"{one.taken:g}" if one.taken else "."
    return f"{one.taken:g}/{one.left:g}" if one.taken or one.allowance else "."


def balance_row(number: int, person: Person, own: Sequence[Balance], at: int | None) -> list[Cell]:
    """One person's balances; `at` is the kind under the cursor."""
    cells = []
    for place, one in enumerate(own):
        over = one.left is not None and one.left < 0
        text = f"[{balance_cell(one)}]" if place == at else balance_cell(one)
        cells.append(Cell(text, "warn" if over else "", f"kind:{number - 1}:{place}"))
    return [Cell(str(number)), Cell(person.shown), *cells]


def closed_columns() -> list[Column]:
    """The columns of the closed periods."""
    return [Column("#", 3, "right"), Column(_("Days on leave"), 26), Column(_("Why closed"), 44)]


def closed_row(number: int, one: Closure) -> list[Cell]:
    """One closed period."""
    return [Cell(str(number)), Cell(notes.said(notes.span(one.first, one.last))), Cell(one.name)]
