"""The appearance and environment card on paper: one record of the day's cards, drawn as text, PDF or JSON."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from floorlead import clock
from floorlead.checks import entry, rules
from floorlead.checks.records import Card, Counts, Item, Row
from floorlead.paper.model import Block, Column, Heading, Note, Pair, Paper, Sign, Table
from floorlead.text import width
from floorlead.words import _, language, pick

NUMERALS = "一二三四五六七八九十"
_TIME = re.compile(r"\b\d\d:\d\d ")
PAGE = 80
LEAST_REASON = 8
WIDE_COLUMNS = 5
"""More items than this make narrow columns."""


@dataclass(frozen=True)
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
    blocks += [Note(f"{card.words.shown}: {entry.how_filled(card)}") for card in record.cards if card.id]
    blocks.append(Sign((_("Checked by"), _("Sales manager"), _("Remarks"))))
    return Paper("card", language(), _("Appearance and environment card"), _head(record), blocks, _foot(record))


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
    numeral = pick(NUMERALS[number], f"{number + 1}.")
    blocks: list[Block] = [Heading(f"{numeral} {card.words.shown}    {_numbers(card)}")]
    if not card.rows:
        return [*blocks, Note(_("nothing to look at"))]
    if card.words.lists[0].subject == "day":
        return [*blocks, _round(card)]
    lists = [[row for row in card.rows if row.list == one.code] for one in card.words.lists]
    tables = [_table(card, rows, part) for rows in lists if rows for part in rules.pages(card.items(rows[0]))]
    if len(tables) == 2 and len(card.words.lists) == 2:
        return [*blocks, *_pair(_narrow(tables[0]), _narrow(tables[1]))]
    return [*blocks, *tables]


def _pair(left: Table, right: Table) -> list[Block]:
    """Two lists side by side; their reasons stand in the rows when there is room for them, else below."""
    need = [sum(c.width + 1 for c in table.columns if c.width) for table in (left, right)]
    room = PAGE - 2 - sum(need)
    if room >= 2 * LEAST_REASON:
        return [Pair(left, right, need[0] + room // 2 + 1)]
    told = "; ".join(f"{row[0]} {row[-1]}" for t in (left, right) for row in t.rows if row[-1])
    pair = Pair(_without_last(left), _without_last(right), need[0] + room + 1)
    return [pair, *([Note(told)] if told else [])]


def _without_last(table: Table) -> Table:
    return Table(table.columns[:-1], [row[:-1] for row in table.rows])


def _numbers(card: Card) -> str:
    found = rules.counts(card)
    text = _("{items} items  ok {passed}  exc. {fail}  late {late}").format(
        items=found.items, passed=found.passed, fail=found.fail, late=found.late
    )
    if found.open:
        text += "  " + _("open {open}").format(open=found.open)
    away = sum(1 for row in card.rows if row.away)
    return text + ("  " + _("away {count}").format(count=away) if away else "")


def _table(card: Card, rows: Sequence[Row], items: tuple[Item, ...]) -> Table:
    size = 6 if len(items) > WIDE_COLUMNS else 8
    numbers = max([2, *(width(row.number) for row in rows)])
    label = max([10, *(width(row.shown) for row in rows)])
    name = _("Name") if rows[0].subject.startswith("person") else card.words.list_of(rows[0].list).shown
    columns = [Column("#", numbers, "right"), Column(name, label), *(Column(_title(i), size, "center") for i in items),
               Column(_("Reason and remedy"), 0)]  # fmt: skip
    return Table(columns, [[row.number, row.shown, *(_sign(card, row, i) for i in items), _story(card, row, items)] for row in rows])


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
            told.append(f"{clock.hm(mark.first_at or mark.at)} {entry.note_of_item(card, row, item) or item.short}")
    return "; ".join(told) or row.away


def _narrow(table: Table) -> Table:
    """A table for half a page: the number joined to its name, columns as wide as their titles."""
    number, name, *items, _note = table.columns
    joined = name.title == number.title or all(row[0].isdigit() and row[1].endswith(row[0]) for row in table.rows)
    names = [row[1] if joined else f"{row[0]}{row[1]}" if language() == "zh" else f"{row[0]} {row[1]}" for row in table.rows]
    label = max([width(name.title), *(width(text) for text in names)])
    slim = [Column(c.title.lstrip("0123456789:"), max(5, width(c.title.lstrip("0123456789:"))), c.align) for c in items]
    rows = [[text, *row[2:-1], _TIME.sub("", row[-1])] for text, row in zip(names, table.rows, strict=True)]
    return Table([Column(name.title, label), *slim, Column(_("Reason"), 0)], rows)


def _round(card: Card) -> Table:
    row = card.rows[0]
    columns = [Column("#", 2, "right"), Column("", 5, "center"), Column(card.words.shown, 50), Column(_("Reason"), 0)]
    items = card.items(row)
    return Table(columns, [[str(n), _sign(card, row, i), i.long, _story(card, row, (i,))] for n, i in enumerate(items, 1)])


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
        return {"result": "na" if row.away else "open", "reason": row.away, "at": None, "late": False, "by": None}
    return {"result": mark.result, "reason": mark.reason, "at": mark.at, "late": mark.late, "by": mark.by,
            "backfilled": mark.backfilled, "value": mark.value, "first": mark.first, "first_at": mark.first_at,
            "points": mark.points if mark.is_exception or mark.first else 0}  # fmt: skip
