"""The grid's rows: a model with its arithmetic, then its colours with what to order."""

from __future__ import annotations

from collections.abc import Sequence

from floorlead.advice import told
from floorlead.advice.draft import Draft
from floorlead.advice.records import Advice, ColourLine, ModelLine, Push, quantity, short
from floorlead.advice.rules import trims_of
from floorlead.text import fit, width, wrap
from floorlead.widgets.grid import Cell, Column
from floorlead.widgets.line import Line, rule
from floorlead.words import _

Row = ModelLine | ColourLine
PUSHED = 6
"""Cars to push that are named below the grid, two a line."""
HALF = 38
TRIMS = 19
"""Cells for the trims; what does not fit stands in the line below the grid."""


def rows_of(advice: Advice) -> list[Row]:
    """Each model followed by its colours."""
    found: list[Row] = []
    for model in advice.models:
        found += [model, *advice.of(model.model)]
    return found


def key_of(row: Row) -> str:
    """What a row is known by: the model's code, with the colour behind it."""
    return row.key if isinstance(row, ColourLine) else row.model


def columns() -> list[Column]:
    """The columns, 80 cells with their gaps."""
    titles = (_("Sold"), _("Rate"), _("Goal"), _("Free"), _("Way"), _("Wait"), _("Adv."), _("Own"))
    widths = (4, 5, 5, 4, 4, 4, 4, 5)
    right = [Column(title, cells, "right") for title, cells in zip(titles, widths, strict=True)]
    return [Column(_("Model, colour"), 14), Column(_("Trims to order"), TRIMS), *right]


def cells(row: Row, advice: Advice, draft: Draft) -> Sequence[Cell]:
    """A row's cells."""
    return _colour(row, advice, draft) if isinstance(row, ColourLine) else _model(row, advice, draft)


def _model(row: ModelLine, advice: Advice, draft: Draft) -> list[Cell]:
    lines, edits = advice.of(row.model), draft.edits()
    own = any(line.key in edits for line in lines)
    total = str(sum(quantity(line, edits) for line in lines)) if own else ""
    figures = (row.sold, f"{row.rate:.2f}", row.target, row.free, row.in_transit, row.waiting, row.advice, total)
    return [Cell(text, "title") for text in (row.shown, told.sum_of(row), *map(str, figures))]


def _colour(row: ColourLine, advice: Advice, draft: Draft) -> list[Cell]:
    edit, count = draft.of(row.key), quantity(row, draft.edits())
    trims = told.trims(trims_of(row, count)) or (_("push first") if row.shut else "")
    rate = f"{row.sold / advice.window:.2f}" if row.sold else ""
    waiting = f"{row.waiting}{'!' if short(row, count) else ''}" if row.waiting else ""
    figures = (row.sold, rate, f"{row.goal:.1f}", row.free, row.in_transit or "", waiting, row.advice)
    own = Cell(f"{edit.quantity}{'' if edit.reason else '?'}", "bold" if edit.reason else "warn") if edit else Cell("")
    return [Cell("  " + (row.shown or _("any colour"))), Cell(trims), *(Cell(str(n)) for n in figures), own]


def detail(row: Row | None, advice: Advice, draft: Draft, cells: int) -> list[str]:
    """The arithmetic of the row under the cursor, and why the leader differs: two lines at most."""
    if row is None:
        return []
    if isinstance(row, ModelLine):
        return wrap(told.of_model(row, advice), cells)[:2]
    lines, tail = wrap(told.of_colour(row, advice), cells)[:2], _own(row, draft)
    if tail and len(lines) > 1:
        return [lines[0], f"{lines[1]}   {tail}"]
    return [*lines, tail]


def _own(row: ColourLine, draft: Draft) -> str:
    """The reason for an own number, and the trims where the column has no room for them."""
    edit, trims = draft.of(row.key), told.trims(trims_of(row, quantity(row, draft.edits())))
    own = _("own: {count}, {reason}").format(count=edit.quantity, reason=edit.reason) if edit and edit.reason else ""
    return "   ".join(filter(None, (own, trims if width(trims) > TRIMS else "")))


def pushed(advice: Advice, cells: int) -> list[Line]:
    """What is to be pushed first, the oldest first, two a line."""
    found = advice.push_first
    if not found:
        return []
    more = _("+{count} on the paper").format(count=len(found) - PUSHED) if len(found) > PUSHED else ""
    head = _("Push first, do not order: older than {days} days").format(days=advice.push_days)
    texts = [fit(_push(push), HALF) for push in found[:PUSHED]]
    lines = [Line().put("  " + "  ".join(texts[n : n + 2])) for n in range(0, len(texts), 2)]
    return [rule(head, cells, more), *lines]


def _push(push: Push) -> str:
    days = _("{days} days").format(days=push.age)
    return "  ".join((push.shown, days, told.place(push)))
