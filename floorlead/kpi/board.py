"""The figures as rows of cells: the team this month and last, by consultant, and the trend as bars of `#`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from floorlead.kpi import rules
from floorlead.kpi.records import Book, Kpi, Mine, Month, Rate
from floorlead.widgets.grid import Cell, Column
from floorlead.words import _

PAGE = 79
RATE = 14
"""Cells of a figure such as 1234/1234 (99%)."""
NUMBER = 6
AT_ONCE = 4
"""Figures beside each other in the table by consultant."""


def team_columns() -> list[Column]:
    """The columns of the team's table."""
    head = [
        Column("#", 2, "right"), Column(_("Figure"), 14), Column(_("This month"), 16, "right"),
        Column(_("Last month"), 16, "right"), Column(_("Target"), 6, "right"),
    ]  # fmt: skip
    return [*head, Column(_("Definition"), PAGE - 2 - sum(one.cells + 1 for one in head))]


def team_row(number: int, kpi: Kpi, now: Month, before: Month) -> list[Cell]:
    """A figure of the team; last month by the definition of this one, so that the two can be compared."""
    code = now.definitions[kpi.code]
    this, last = rules.figure(kpi, code, now.team), rules.figure(kpi, code, before.team)
    target = now.targets.get(kpi.code)
    return [
        Cell(str(number)), Cell(kpi.shown), Cell(_marked(this, kpi, code, now), "warn" if missed(this, target) else ""),
        Cell(_marked(last, kpi, code, before)), Cell(target_words(kpi, target)), Cell(said(kpi, now)),
    ]  # fmt: skip


def _marked(rate: Rate, kpi: Kpi, code: str, month: Month) -> str:
    return rate.cell + (rules.mark(kpi, code, month) if rate.d else "")


def missed(value: Rate, target: int | None) -> bool:
    """Whether a figure is below its target."""
    return rules.reached(value, target) is False


def target_words(kpi: Kpi, target: int | None) -> str:
    """A target: 60%, 1,200; a dash without one."""
    return "-" if target is None else Rate(target, 1 if kpi.unit != "percent" else 100, kpi.unit).share


def said(kpi: Kpi, month: Month) -> str:
    """The definition in force; where it changed within the month, what the one before gives."""
    code = month.definitions[kpi.code]
    old = [_old(kpi, one.definition, month) for one in month.earlier.get(kpi.code, ())]
    return f"{code} <- {' '.join(old)}" if old else code


def _old(kpi: Kpi, code: str, month: Month) -> str:
    return f"{code} {rules.figure(kpi, code, month.team).cell}"


# -- by consultant


def people_columns(kpis: Sequence[Kpi]) -> list[Column]:
    """Name, then a few figures."""
    name = PAGE - 2 - NUMBER - 1 - len(kpis) * (RATE + 1) - 1
    return [Column(_("Number"), NUMBER), Column(_("Name"), name), *(Column(one.shown, RATE, "right") for one in kpis)]


def people_row(one: Mine, kpis: Sequence[Kpi], month: Month) -> list[Cell]:
    """One person's figures."""
    made = [rules.figure(kpi, month.definitions[kpi.code], one.counts).cell for kpi in kpis]
    return [Cell(one.person.number), Cell(one.person.shown), *map(Cell, made)]


def some(book: Book, first: int) -> list[Kpi]:
    """The figures shown at once, from one on."""
    top = max(0, min(first, len(book.kpis) - AT_ONCE))
    return list(book.kpis[top : top + AT_ONCE])


# -- the trend


def trend_columns() -> list[Column]:
    """Month, figure, bar."""
    month = 9
    return [Column(_("Month"), month), Column(_("Figure"), 20, "right"), Column("", PAGE - 2 - month - 20 - 3)]


def trend_rows(months: Sequence[str], rates: Sequence[Rate], chosen: Mapping[str, str]) -> list[list[Cell]]:
    """A line for each month: its figure, and a bar as long as its share of the longest; changes of definition said."""
    longest = max((rate.value or 0 for rate in rates), default=0)
    made = []
    for month, rate in zip(months, rates, strict=True):
        tail = f"  {chosen[month]}" if chosen.get(month) else ""
        made.append([Cell(month), Cell(rate.cell), Cell(rules.bar(rate.value, longest) + tail)])
    return made


def nothing() -> str:
    """What would be here."""
    return _("Figures    nothing is counted yet.   F7 Ins enters a visit, ^K imports lists")
