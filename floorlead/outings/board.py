"""Outings as rows: what, where, when, how many go of how many are wanted, and when plan and review are due."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from floorlead import clock
from floorlead.duty.records import Book, Outing
from floorlead.leave import notes
from floorlead.outings import queries, rules
from floorlead.outings.records import Pooled
from floorlead.widgets.grid import Cell, Column
from floorlead.words import _, language

PAGE = 79


def columns() -> list[Column]:
    """The columns of the list."""
    zh = language() == "zh"
    kind, days, due = (8, 17, 10) if zh else (11, 17, 11)
    head = [
        Column("#", 3, "right"), Column(_("Outing"), kind), Column(_("Days on leave"), days), Column(_("go"), 5, "right"),
        Column(_("Plan due"), due), Column(_("Review due"), due),
    ]  # fmt: skip
    left = PAGE - 2 - sum(column.cells + 1 for column in head)
    return [*head, Column(_("Where to"), left)]


def row(number: int, one: Outing, going: Mapping[date, list[int]], book: Book, today: date) -> list[Cell]:
    """One outing's cells; of several days the one with the fewest people counts."""
    least = min((len(going.get(day, ())) for day in days_of(one)), default=0)
    short = least < one.wanted and not one.cancelled_at and one.last >= today
    off = "dim" if one.cancelled_at else ""
    off_word = _("called off")
    place = f"{off_word} {one.place}" if one.cancelled_at else one.place
    return [
        Cell(str(number), off), Cell(notes.said(queries.kind(book, one.kind)), off),
        Cell(notes.said(notes.span(one.first, one.last, one.half)), off),
        Cell(f"{least}/{one.wanted}", "warn" if short else off),
        _due(one.plan_due, one.planned_on, rules.plan_late(one, today)),
        _due(one.review_due, one.reviewed_on, rules.review_late(one, today)), Cell(place or "-", off),
    ]  # fmt: skip


def days_of(one: Outing) -> list[date]:
    """The days of an outing."""
    return [date.fromordinal(n) for n in range(one.first.toordinal(), one.last.toordinal() + 1)]


def _due(due: date | None, done: date | None, late: bool) -> Cell:
    if done is not None:
        return Cell(f"v {clock.short_day(done)}")
    if due is None:
        return Cell("-")
    return Cell(f"!! {clock.short_day(due)}", "error") if late else Cell(clock.short_day(due))


def pool_columns() -> list[Column]:
    """The columns of the people of a day."""
    zh = language() == "zh"
    name = 10 if zh else 14
    head = [
        Column("", 1), Column("#", 3, "right"), Column(_("Number"), 6), Column(_("Name"), name), Column(_("Hours"), 11),
        Column(_("out 90d"), 7, "right"), Column(_("last out"), 8),
    ]  # fmt: skip
    left = PAGE - 2 - sum(column.cells + 1 for column in head)
    return [*head, Column(_("Why not"), left)]


def pool_row(number: int, one: Pooled) -> list[Cell]:
    """One person's cells; `*` goes, those who are busy are dim."""
    look = "bold" if one.goes else "dim" if one.busy else ""
    last = clock.short_day(one.last) if one.last else "-"
    busy = _("goes") if one.goes else one.busy
    return [
        Cell("*" if one.goes else "", "bold", f"pick:{number - 1}"), Cell(str(number)), Cell(one.person.number, look),
        Cell(one.person.shown, look), Cell(one.hours or "-", look), Cell(str(one.sent) if one.sent else ".", look),
        Cell(last, look), Cell(busy, look),
    ]  # fmt: skip


def against(outing: Outing, today: date, before: Outing | None) -> list[str]:
    """What is overdue or against the rules of a roadshow; `before` is the roadshow that was there already."""
    told = []
    if rules.plan_late(outing, today) and outing.plan_due:
        told.append(_("plan overdue {day}").format(day=clock.short_day(outing.plan_due)))
    if rules.review_late(outing, today) and outing.review_due:
        told.append(_("review overdue {day}").format(day=clock.short_day(outing.review_due)))
    if before:
        told.append(_("visited {day}").format(day=before.first.isoformat()))
    if rules.is_roadshow(outing) and not rules.length_fits(outing):
        told.append(_("small town 3-5 days, large 7-10"))
    return told
