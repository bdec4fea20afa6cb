"""The day's log on paper: what happened with its story, what the maker sent, what is still to be done, who lost points.

Numbers are masked; one record of the day, drawn as text or PDF.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from floorlead import clock
from floorlead.paper.model import Block, Column, Facts, Heading, Note, Paper, Sign, Table
from floorlead.record import record
from floorlead.text import numeral
from floorlead.words import _, language


@record
class Told:
    """An entry ready for paper: its time, what is known of it in one line, its words, its story."""

    time: str
    facts: str
    text: str
    story: Sequence[str]


@record
class LogSheet:
    """What the paper shows of a day; `lists` are further tables of (heading, rows of time, words, owner, due, state)."""

    day: date
    showroom: str
    by: str
    entries: Sequence[tuple[str, Sequence[Told]]]
    lists: Sequence[tuple[str, Sequence[Sequence[str]]]]
    unread: Sequence[tuple[str, str]]
    nth: int = 0
    printed: str = ""


def draw(sheet: LogSheet) -> Paper:
    """The paper."""
    blocks: list[Block] = []
    number = 0
    for word, found in sheet.entries:
        number += 1
        blocks.append(Heading(f"{numeral(number)} {word}    {len(found)}"))
        blocks.append(_entries(found) if found else Note(_("none")))
    for word, rows in sheet.lists:
        number += 1
        blocks.append(Heading(f"{numeral(number)} {word}    {len(rows)}"))
        blocks.append(_rows(rows) if rows else Note(_("none")))
    blocks += [
        Note(_("{text}: not yet read by {names}").format(text=text, names=names)) for text, names in sheet.unread
    ]
    blocks.append(Sign((_("Leader"), _("Sales manager"), _("Remarks"))))
    head = (sheet.showroom, f"{sheet.day} {clock.weekday(sheet.day)}", _("drawn up by {name}").format(name=sheet.by))
    return Paper("log", language(), _("Log of the day"), head, blocks, _foot(sheet))


def _entries(found: Sequence[Told]) -> Facts:
    return Facts([(one.time, [one.text, one.facts, *one.story]) for one in found])


def _rows(rows: Sequence[Sequence[str]]) -> Table:
    columns = [
        Column(_("Time"), 6),
        Column(_("What"), 0),
        Column(_("Owner"), 12),
        Column(_("Due"), 7),
        Column(_("State"), 9),
    ]
    return Table(columns, rows)


def _foot(sheet: LogSheet) -> tuple[str, str]:
    number = _("no. {number}").format(number=f"{sheet.day:%Y%m%d}-L1")
    again = " " + _("print {nth}").format(nth=sheet.nth) if sheet.nth > 1 else ""
    return "floorlead", f"{number}{again} {sheet.printed}".strip()
