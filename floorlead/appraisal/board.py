"""The appraisal as rows of cells: everybody's scores, everybody's indicators, the year, and one person's points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from floorlead import clock
from floorlead.appraisal import rules, sheet
from floorlead.appraisal.records import Appraisal, Sheet, Taken, Verdict
from floorlead.kpi.records import Weights
from floorlead.text import width
from floorlead.widgets.grid import Cell, Column
from floorlead.widgets.line import Line
from floorlead.words import _, language

PAGE = 79
SIGNS = {Verdict.RAISED: "?", Verdict.UPHELD: "v", Verdict.DISMISSED: "x"}
SHORT = {
    "orders": ("订单", "orders", 5, 6), "cards": ("建卡", "cards", 4, 5), "visits": ("接待", "visits", 4, 6),
    "calls": ("电访", "phone", 4, 5), "weeks": ("周订单", "by week", 11, 11), "growth": ("增长", "growth", 4, 6),
    "developed": ("自拓", "own", 4, 4), "lost": ("战败", "lost", 4, 4), "discipline": ("纪律", "disc.", 4, 5),
    "misses": ("缺报", "missed", 4, 6),
}  # fmt: skip
"""The indicators in narrow columns: their short names and cells in both languages; orders stand over their target."""


def score_columns(found: Appraisal) -> list[Column]:
    """Everybody's scores."""
    parts = [Column(found.part(code), max(6, min(9, width(found.part(code)))), "right") for code in found.part_words]
    rest = [
        Column(_("points"), 6, "right"), *parts, Column(_("work"), 6, "right"), Column(_("missed"), 6, "right"),
        Column(_("attend."), 7, "right"), Column(_("total"), 6, "right"), Column("", 3),
    ]  # fmt: skip
    return _tight(rest)


def score_row(one: Sheet, found: Appraisal) -> list[Cell]:
    """One person's scores; `*` where the sheet changed since the close, `?` with the objections to be decided."""
    raised = sum(1 for taken in one.taken if taken.objection and taken.objection.state is Verdict.RAISED)
    mark = ("*" if one.person in found.differs else "") + (f"?{raised}" if raised else "")
    return [
        Cell(one.shown), Cell(str(sheet.deducted(one) or ".")),
        *(Cell(sheet.number(one.parts.get(code))) for code in found.part_words), Cell(sheet.number(one.work)),
        Cell(str(one.absent_days or ".")), Cell(sheet.number(one.attendance)), Cell(sheet.number(one.total), "bold"),
        Cell(mark, "warn"),
    ]  # fmt: skip


def indicator_columns() -> list[Column]:
    """Everybody's indicators."""
    at = 0 if language() == "zh" else 1
    return _tight([Column(str(one[at]), int(one[at + 2]), "right") for one in SHORT.values()])


def _tight(rest: list[Column]) -> list[Column]:
    """The name before other columns, with what room is left, at most 16 cells."""
    room = PAGE - 2 - 1 - sum(one.cells + 1 for one in rest)
    return [Column(_("Name"), max(3, min(16, room))), *rest]


def indicator_row(one: Sheet) -> list[Cell]:
    """One person's indicators."""
    shown = dict(one.indicators)
    if shown["target"] != "-":
        shown["orders"] = f"{shown['orders']}/{shown['target']}"
    return [Cell(one.shown), *(Cell(shown[code]) for code in SHORT)]


def year_columns() -> list[Column]:
    """The closed months of a year and their mean."""
    rest = [*(Column(f"{n:02}", 4, "right") for n in range(1, 13)), Column(_("mean"), 5, "right")]
    return _tight(rest)


def year_row(one: Sheet, totals: Mapping[str, float], year: str) -> list[Cell]:
    """One person's closed months; a month is shown without its tenth to fit, the mean with it."""
    months = [totals.get(f"{year}-{n:02}") for n in range(1, 13)]
    cells = [Cell("." if total is None else f"{total:.0f}") for total in months]
    mean = rules.mean([total for total in months if total is not None])
    return [Cell(one.shown), *cells, Cell(sheet.number(mean), "bold")]


def point_columns() -> list[Column]:
    """One person's points."""
    day = 6
    room = PAGE - 2 - 2 - day - 7 - 20 - 5
    return [
        Column("", 1), Column(_("Day"), day), Column(_("What"), room), Column(_("points"), 6, "right"),
        Column(_("Objection"), 20),
    ]  # fmt: skip


def point_row(one: Taken) -> list[Cell]:
    """A point: `?` objected to, `v` upheld, `x` dismissed; given back points stand in brackets."""
    sign = SIGNS[one.objection.state] if one.objection else ""
    look = "" if one.counts else "dim"
    return [
        Cell(sign, "warn" if sign == "?" else ""), Cell(clock.short_day(one.point.day), look),
        Cell(sheet.what(one), look), Cell(sheet.points(one), look), Cell(sheet.answer(one), look),
    ]  # fmt: skip


def hint(weights: Weights, unattended: Sequence[str]) -> Line:
    """How the total comes about; before that what its attendance is worth."""
    if unattended:
        return Line().put(" " + unattended[0], "warn").cropped(79)
    told = _("total = work x {work:g}% + attendance x {attendance:g}%; a day absent takes 4")
    return Line().put(" " + told.format(work=weights.work, attendance=weights.attendance), "dim").cropped(79)
