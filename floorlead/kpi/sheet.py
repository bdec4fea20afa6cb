"""A month of figures on paper and as JSON: the team with its definitions, then a table by consultant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from floorlead.kpi import rules
from floorlead.kpi.records import Book, Counts, Kpi, Month
from floorlead.paper.model import Block, Column, Heading, Note, Paper, Sign, Table
from floorlead.words import _, language

Head = tuple[str, str, str]
BESIDE = 4
"""Figures beside each other in a table by consultant."""


def draw(head: Head, book: Book, month: Month, before: Month, printed: str = "") -> Paper:
    """The month's figures of the team and of everybody."""
    blocks: list[Block] = [Table(_columns(), [_row(one, month, before) for one in book.kpis])]
    blocks += [Note(text) for text in notes(book, month)]
    for start in range(0, len(book.kpis) if month.people else 0, BESIDE):
        part = book.kpis[start : start + BESIDE]
        columns = [Column(_("Number"), 7), Column(_("Name"), 0), *(Column(one.shown, 14, "right") for one in part)]
        rows = [
            [mine.person.number, mine.person.shown, *(_rate(one, month, mine.counts) for one in part)]
            for mine in month.people
        ]
        blocks += [*([Heading(_("By consultant"))] if not start else []), Table(columns, rows)]
    blocks += [
        Heading(_("Definitions")),
        Table([Column(_("Figure"), 18), Column(_("Definition"), 0)], _said(book, month)),
    ]
    foot = f"{month.month.replace('-', '')}-K {printed}".strip()
    return Paper("kpi", language(), _("Key figures"), head, [*blocks, Sign([_("Floor leader"), _("Sales manager")])],
                 ("floorlead", foot))  # fmt: skip


def _columns() -> list[Column]:
    return [
        Column(_("Figure"), 20), Column(_("This month"), 19, "right"), Column(_("Last month"), 19, "right"),
        Column(_("Target"), 8, "right"), Column(_("Def."), 0, "right"),
    ]  # fmt: skip


def _rate(kpi: Kpi, month: Month, counts: Counts) -> str:
    return rules.figure(kpi, month.definitions[kpi.code], counts).text


def _row(kpi: Kpi, month: Month, before: Month) -> list[str]:
    code = month.definitions[kpi.code]
    target = month.targets.get(kpi.code)
    shown = "-" if target is None else f"{target:,}" + ("" if kpi.unit == "yuan" else "%")
    this, last = (_team(kpi, code, one) for one in (month, before))
    return [kpi.shown, this, last, shown, code]


def _team(kpi: Kpi, code: str, month: Month) -> str:
    rate = rules.figure(kpi, code, month.team)
    return rate.text + (rules.mark(kpi, code, month) if rate.d else "")


def _said(book: Book, month: Month) -> list[list[str]]:
    """What each definition in force says."""
    found = [(one, one.definition(month.definitions[one.code])) for one in book.kpis]
    return [[kpi.shown, f"{one.code}  {one.shown}"] for kpi, one in found]


def notes(book: Book, month: Month) -> list[str]:
    """What has to be said beside the figures: a start worked out, a definition changed within the month."""
    told = []
    if month.computed and month.last >= month.first:
        words = _("~ The month's start ({day}) was not frozen: it is worked out from what was entered since.")
        told.append(words.format(day=month.first.isoformat()))
    for kpi in book.kpis:
        for old in month.earlier.get(kpi.code, ()):
            words = _("{name} was counted by {old} ({what}) before: {rate}")
            rate = rules.figure(kpi, old.definition, month.team).text
            what = kpi.definition(old.definition).shown
            told.append(words.format(name=kpi.shown, old=old.definition, what=what, rate=rate))
    return told


def as_text(book: Book, month: Month, before: Month) -> str:
    """The month as plain text."""
    from floorlead.paper.text import as_text as drawn

    return drawn(draw((month.month, "", ""), book, month, before))


def to_json(book: Book, month: Month) -> dict[str, Any]:
    """The month: `month`, `definitions`, `team`, `people[]`; a figure is `n`, `d` and `rate` (null without a
    denominator, else a fraction; yuan for the one in yuan)."""
    return {
        "month": month.month, "definitions": dict(month.definitions), "team": _figures(book.kpis, month, month.team),
        "people": [
            {"number": one.person.number, "name": one.person.name, **_figures(book.kpis, month, one.counts)}
            for one in month.people
        ],
    }  # fmt: skip


def _figures(kpis: Sequence[Kpi], month: Month, counts: Counts) -> dict[str, Any]:
    made = {}
    for one in kpis:
        rate = rules.figure(one, month.definitions[one.code], counts)
        made[one.code] = {"n": rate.n, "d": rate.d, "rate": rate.value}
    return made
