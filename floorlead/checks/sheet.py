"""The appearance and environment card on paper: one record of the day's cards, drawn as text, PDF or JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from floorlead import clock
from floorlead.checks import rules, stories
from floorlead.checks.records import Card, Counts, Item, Row
from floorlead.paper.model import Block, Column, Heading, Note, Pair, Paper, Sign, Table
from floorlead.record import record, replace
from floorlead.text import numeral, width, wrap
from floorlead.words import _, language, pick

_TIME = re.compile(r"\b\d\d:\d\d ")
PAGE = 80
LEAST_REASON, LEAST_STORY = 8, 14
"""Cells that a reason needs beside the marks, without and with its time."""
LONGEST_TITLE = 14
WIDE_COLUMNS = 5
"""More items than this make narrow columns."""
SENTENCE = 50
"""Cells for an item's whole sentence in a round."""
MORNING = ("appearance", "environment")
"""The cards of the appearance and environment card, as the trade prints it."""


@record
class CardDay:
    """All cards of a day with what the paper's head says: showroom, who looked, from when to when."""

    day: date
    showroom: str
    by: str
    cards: Sequence[Card]
    printed: str = ""
    nth: int = 0


def draw(record: CardDay) -> Paper:
    """The paper of a day's cards, those that were made or are in force."""
    blocks: list[Block] = []
    for number, card in enumerate(record.cards):
        blocks += _card(number, card)
    blocks.append(Note(_("Marks: v ok  X exception  L late  - off/n.a.  . open")))
    blocks += [Note(f"{card.words.shown}: {stories.how_filled(card)}") for card in record.cards if card.id]
    blocks.append(Sign((_("Checked by"), _("Sales manager"), _("Remarks"))))
    return Paper("card", language(), _name(record.cards), _head(record), blocks, _foot(record))


def _name(cards: Sequence[Card]) -> str:
    """The trade's name for the two morning cards, the others' own names for theirs."""
    if all(card.words.code in MORNING for card in cards):
        return _("Appearance and environment card")
    return pick("、", ", ").join(card.words.shown for card in cards)


def _head(record: CardDay) -> tuple[str, str, str]:
    times = [mark.at for card in record.cards for mark in card.marks.values()]
    opened = [card.opened_at for card in record.cards if card.id]
    span = f"{clock.hm(min(opened))}-{clock.hm(max(times))}" if times and opened else ""
    looked = _("checked by {name} {span}").format(name=record.by, span=span).strip()
    return record.showroom, f"{record.day} {clock.weekday(record.day)}", looked


def _foot(record: CardDay) -> tuple[str, str]:
    number = _("no. {number}").format(number=f"{record.day:%Y%m%d}-C1")
    again = " " + _("print {nth}").format(nth=record.nth) if record.nth > 1 else ""
    return "floorlead", f"{number}{again} {record.printed}".strip()


def _card(number: int, card: Card) -> list[Block]:
    blocks: list[Block] = [Heading(f"{numeral(number + 1)} {card.words.shown}    {_numbers(card)}")]
    if not card.rows:
        return [*blocks, Note(_("nothing to look at"))]
    if card.words.lists[0].subject == "day":
        return [*blocks, _round(card)]
    lists = [[row for row in card.rows if row.list == one.code] for one in card.words.lists]
    tables = [_table(card, rows, part) for rows in lists if rows for part in rules.pages(card.items(rows[0]))]
    if len(tables) == 2 and len(card.words.lists) == 2 and (pair := _pair(_narrow(tables[0]), _narrow(tables[1]))):
        return [*blocks, *pair]
    return [*blocks, *(block for table in tables for block in _placed(table))]


def _placed(table: Table) -> list[Block]:
    """A table as wide as the page; its reasons stand in the rows when there is room for them, else below."""
    number, label, *marks, reason = table.columns
    room = PAGE - sum(column.width + 1 for column in table.columns[:-1])
    if room >= LEAST_STORY:
        reason = reason if width(reason.title) <= room else replace(reason, title=_("Reason"))
        return [replace(table, columns=[*table.columns[:-1], reason])]
    fitted = replace(label, width=label.width + min(0, room + 1))  # a name gives way before a column does
    slim = Table([number, fitted, *marks], _without_last(table).rows)
    return [slim, *_told(f"{row[0]} {row[1]} {row[-1]}" for row in table.rows if row[-1])]


def _told(reasons: Iterable[str]) -> list[Block]:
    text = "; ".join(reasons)
    return [Note(text)] if text else []


def _pair(left: Table, right: Table) -> list[Block]:
    """Two lists side by side, their reasons in the rows or below; nothing when both do not go on one line."""
    need = [sum(c.width + 1 for c in table.columns if c.width) for table in (left, right)]
    room = PAGE - 2 - sum(need)
    if room >= 2 * LEAST_REASON:
        return [Pair(left, right, need[0] + room // 2 + 1)]
    if room < 0:
        return []
    pair = Pair(_without_last(left), _without_last(right), need[0] + room + 1)
    return [pair, *_told(f"{row[0]} {row[-1]}" for table in (left, right) for row in table.rows if row[-1])]


def _without_last(table: Table) -> Table:
    return Table(table.columns[:-1], [row[:-1] for row in table.rows])


def _numbers(card: Card) -> str:
    found = rules.counts(card)
    text = _("{items} items  ok {passed}  exc. {fail}  late {late}").format(
        items=found.items, passed=found.passed, fail=found.fail, late=found.late
    )
    if found.open:
        text += "  " + _("open {open}").format(open=found.open)
    away = sum(1 for row in card.rows if row.away and row.subject.startswith("person"))
    return text + ("  " + _("away {count}").format(count=away) if away else "")


def _table(card: Card, rows: Sequence[Row], items: tuple[Item, ...]) -> Table:
    numbers = max([2, *(width(row.number) for row in rows)])
    name = _("Name") if rows[0].subject.startswith("person") else card.words.list_of(rows[0].list).shown
    label = max([10, min(width(name), LONGEST_TITLE), *(width(row.shown) for row in rows)])
    signs = [[_sign(card, row, item) for item in items] for row in rows]
    titles = [i.short for i in items] if len(items) > WIDE_COLUMNS else [_title(i) for i in items]
    least = 5 if len(items) > WIDE_COLUMNS else 8
    marks = [
        Column(title, max(least, width(title), *(width(row[n]) for row in signs)), "center")
        for n, title in enumerate(titles)
    ]
    columns = [
        Column("#", numbers, "right"),
        Column(name if width(name) <= label else "", label),
        *marks,
        Column(_("Reason and remedy"), 0),
    ]
    return Table(
        columns,
        [[row.number, row.shown, *said, _story(card, row, items)] for row, said in zip(rows, signs, strict=True)],
    )


def _title(item: Item) -> str:
    return f"{item.due.lstrip('0')}{item.short}" if item.due and language() == "zh" else item.short


def _sign(card: Card, row: Row, item: Item) -> str:
    sign = rules.cell(card, row, item)
    mark = card.mark(row, item)
    if mark is not None and mark.value is not None:
        return f"[{mark.value:g}]" if sign == "X" else f"{mark.value:g}"
    return f"[{sign}]" if sign in "XL" else sign


def _story(card: Card, row: Row, items: tuple[Item, ...]) -> str:
    """Each exception with its time and reason."""
    told = []
    for item in items:
        mark = card.mark(row, item)
        if mark and (mark.is_exception or mark.first):
            told.append(f"{clock.hm(mark.first_at or mark.at)} {stories.note_of_item(card, row, item) or item.short}")
    return "; ".join(told) or row.away


def _narrow(table: Table) -> Table:
    """A table for half a page: the number joined to its name, columns as wide as their titles."""
    number, name, *items, _note = table.columns
    joined = name.title == number.title or all(row[0].isdigit() and row[1].endswith(row[0]) for row in table.rows)
    names = [
        row[1] if joined else f"{row[0]}{row[1]}" if language() == "zh" else f"{row[0]} {row[1]}" for row in table.rows
    ]
    label = max([width(name.title), *(width(text) for text in names)])
    slim = [Column(c.title.lstrip("0123456789:"), max(5, width(c.title.lstrip("0123456789:"))), c.align) for c in items]
    rows = [[text, *row[2:-1], _TIME.sub("", row[-1])] for text, row in zip(names, table.rows, strict=True)]
    return Table([Column(name.title, label), *slim, Column(_("Reason"), 0)], rows)


def _round(card: Card) -> Table:
    row = card.rows[0]
    rows = [line for n, item in enumerate(card.items(row), 1) for line in _round_lines(card, row, n, item)]
    sign = max([5, *(width(line[1]) for line in rows)])
    columns = [
        Column("#", 2, "right"),
        Column("", sign, "center"),
        Column(card.words.shown, SENTENCE),
        Column(_("Reason"), 0),
    ]
    return Table(columns, rows)


def _round_lines(card: Card, row: Row, number: int, item: Item) -> list[list[str]]:
    """An item of a round: its sentence may run on to further lines."""
    first, *more = wrap(item.long, SENTENCE)
    return [
        [str(number), _sign(card, row, item), first, _story(card, row, (item,))],
        *(["", "", part, ""] for part in more),
    ]


def to_json(day: date, cards: Sequence[Card]) -> dict[str, Any]:
    """The day's cards as JSON-ready values; the fields stand in the README."""
    return {"day": day.isoformat(), "lists": [_list_json(card) for card in cards]}


def _list_json(card: Card) -> dict[str, Any]:
    return {
        "code": card.words.code,
        "title": {"zh": card.words.zh, "en": card.words.en},
        "opened_at": card.opened_at if card.id else None,
        "opened_by": card.opened_by if card.id else None,
        "rest_passed": [{"at": p.at, "by": p.by, "rows": p.rows, "marks": p.marks, "backfilled": p.backfilled} for p in card.passes],
        "counts": _counts(card).to_dict(),
        "rows": [_row_json(card, row) for row in card.rows],
    }  # fmt: skip


def _counts(card: Card) -> Counts:
    return rules.counts(card)


def _row_json(card: Card, row: Row) -> dict[str, Any]:
    marks = {item.code: _mark_json(card, row, item) for item in card.items(row)}
    return {"subject": row.label, "label": {"zh": row.label, "en": row.label_en}, "number": row.number,
            "kind": row.subject.partition(":")[0], "list": row.list, "away": row.away, "marks": marks}  # fmt: skip


def _mark_json(card: Card, row: Row, item: Item) -> dict[str, Any]:
    mark = card.mark(row, item)
    if mark is None:
        nothing = dict.fromkeys(("at", "by", "value", "first", "first_at"))
        return {
            "result": "na" if row.away else "open",
            "reason": row.away,
            "late": False,
            "backfilled": False,
            "points": 0,
            **nothing,
        }
    return {"result": mark.result, "reason": mark.reason, "at": mark.at, "late": mark.late, "by": mark.by,
            "backfilled": mark.backfilled, "value": mark.value, "first": mark.first, "first_at": mark.first_at,
            "points": mark.points if mark.is_exception or mark.first else 0}  # fmt: skip
