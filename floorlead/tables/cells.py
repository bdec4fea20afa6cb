"""What one cell of a foreign table means: a word, a day, a moment, an amount, yes or no; or why it means nothing.

What looks like markup or a formula is a word like any other; what steers a terminal is refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import lru_cache

from floorlead.phones import safe
from floorlead.store import Refused
from floorlead.store.free import refuse
from floorlead.tables.csvtext import Record
from floorlead.text import clean, fold
from floorlead.words import _

LIMIT = 40
"""Characters of a word where nothing else is said."""
LARGEST = 1_000_000_000
"""Yuan that are still taken for an amount."""
FORMULA = tuple("=+-@\t\r＝＋－＠")
"""What a spreadsheet takes for the beginning of a formula."""
_NOTHING = {"-", "--", "—", "——", "–", "无", "n/a"}
_YES = {"是", "有", "已", "已办", "已完成", "yes", "y", "1", "true", "x", "v", "√", "ok", "done"}
_NO = {"", "否", "未", "未办", "未完成", "no", "n", "0", "false"}
_DATE = (
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d\d)(\d\d))"
)
_DAY = re.compile(_DATE + r"(?:[ t]0{1,2}:00(?::00)?(?:\.0+)?)?", re.ASCII)
_MOMENT = re.compile(_DATE + r"(?:[ t]{1,3}(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?)?", re.ASCII)
_AMOUNT = re.compile(r"[¥￥]?\s*(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s*(万)?\s*元?")
_STEERING = {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
_BIDI_AND_LOST = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffd")
_LATER_HAN = range(0x20000, 0x3FFFE)  # younger than this Python's Unicode tables, yet a name
_YEARS = range(1980, 2101)


class Wrong(ValueError):
    """One line is refused; carries the reason, already translated, with no number in it whole."""

    def __init__(self, reason: str) -> None:
        super().__init__(safe(reason))


def cells_of(record: Record, width: int) -> Sequence[str]:
    """The record's cells; empty ones beyond the heading, as spreadsheets leave them, do no harm. Raises Wrong."""
    cells = record.cells
    if cells is None:
        raise Wrong(_("its quotation marks do not match"))
    if len(cells) < width or (len(cells) > width and any(map(str.strip, cells[width:]))):
        raise Wrong(_("{found} cells instead of {expected}").format(found=len(cells), expected=width))
    return cells


@lru_cache(20_000)
def word(cell: str, limit: int = LIMIT) -> str:
    """The cell's text as it may be stored. Raises Wrong where it is too long or steers."""
    text = cell.strip()
    if any(map(_steers, text)):
        raise Wrong(_("a character in it is a control character or was lost"))
    if text[:1] == "'" and text.lstrip("'")[:1] in FORMULA:  # the guard that an export puts before a would-be formula
        text = text[1:]
    found = clean(text)
    if len(found) > limit:
        raise Wrong(_("'{start}..' is longer than {limit} characters").format(start=found[:10], limit=limit))
    return found


_LOST = re.compile(
    r"[+-]?[0-9]+(?:\.[0-9]+)?e[+-][0-9]+|[0-9]+\.[0-9]+e[0-9]+|[0-9]{16,}\.0*|#+|#(?:n/a|ref!|name\?|value!|num!|null!|div/0!)",
    re.IGNORECASE,
)
_MADE_A_DAY = re.compile(
    r"[0-9]{4}([-/.])[0-9]{1,2}\1[0-9]{1,2}(?:[ t][0-9:.]+)?|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?|(?:[0-9]{4}年)?[0-9]{1,2}月(?:[0-9]{1,2}日)?|"
    r"[0-9]{1,2}-(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)-[0-9]{2}",
    re.IGNORECASE,
)


def not_lost(cell: str) -> str:
    """A cell by which a row is found again (a number, a VIN, a telephone), as it is.

    Raises Wrong where a spreadsheet made something else of it: 2.02611E+17 stands for a thousand millions of numbers.
    """
    text = fold(cell).strip()
    if _LOST.fullmatch(text):
        told = _("'{word}' lost its digits in a spreadsheet: make that column text there, and fill it in again")
    elif _MADE_A_DAY.fullmatch(text):
        told = _(
            "'{word}' is a day that a spreadsheet made of a number: make that column text there, and fill it in again"
        )
    else:
        return cell
    raise Wrong(told.format(word=text[:30]))


def number_word(cell: str, limit: int = LIMIT) -> str:
    """The number of a row, an order or a customer as it may be kept; a lone dash is nothing. Raises Wrong."""
    return not_lost(filled(free_word(cell, limit)))


def free_word(cell: str, limit: int = LIMIT) -> str:
    """`word`, with no identity-card or bank-card number in it. Raises Wrong."""
    found = word(cell, limit)
    try:
        refuse(found)
    except Refused as refused:
        raise Wrong(refused.sentence) from refused
    return found


def _steers(char: str) -> bool:
    if char in _BIDI_AND_LOST:
        return True
    return unicodedata.category(char) in _STEERING and ord(char) not in _LATER_HAN and char != "\t"


def key(text: str) -> str:
    """A word as it is compared: half-width, lower case, nothing around it."""
    return fold(text).strip().casefold()


def filled(text: str) -> str:
    """The word, or nothing where only a dash stands for nothing."""
    return "" if key(text) in _NOTHING else text


@lru_cache(20_000)
def day(cell: str, shift: int = 0) -> date | None:
    """A day as people and spreadsheets write it, moved by `shift` days; None for nothing. Raises Wrong."""
    text = key(filled(cell))
    if not text:
        return None
    found = _moment(_DAY, text)
    if found is None:
        raise Wrong(_("'{word}' is no date such as 2026-11-23").format(word=_quoted(cell)))
    return found.date() + timedelta(days=shift)


@lru_cache(2_000)
def moment(cell: str, shift: int = 0) -> str | None:
    """A day with or without a time as `2026-11-23T15:30`, moved by `shift` days. Raises Wrong."""
    text = key(filled(cell))
    if not text:
        return None
    found = _moment(_MOMENT, text)
    if found is None:
        raise Wrong(_("'{word}' is no time such as 2026-11-23 15:30").format(word=_quoted(cell)))
    return (found + timedelta(days=shift)).strftime("%Y-%m-%dT%H:%M")


def _moment(pattern: re.Pattern[str], text: str) -> datetime | None:
    if match := pattern.fullmatch(text):
        parts = [int(part) for part in match.groups() if part]
        with suppress(ValueError):
            return datetime(*parts) if parts[0] in _YEARS else None  # type: ignore[arg-type]  # noqa: DTZ001
    return None


@lru_cache(5_000)
def amount(cell: str) -> int | None:
    """Whole yuan: `119800`, `119,800.00`, `¥119800`, `11.98万`; None for nothing. Raises Wrong."""
    text = fold(filled(cell)).strip()
    if not text:
        return None
    match = _AMOUNT.fullmatch(text)
    value = round(float(match[1].replace(",", "") + (match[2] or "")) * (10_000 if match[3] else 1)) if match else -1
    if not 0 <= value <= LARGEST:
        raise Wrong(_("'{word}' is no amount such as 119800").format(word=_quoted(cell)))
    return value


@lru_cache(1_000)
def yes_no(cell: str) -> bool:
    """Whether the cell says yes. Raises Wrong where it says neither."""
    text = key(filled(cell))
    if text not in _YES | _NO:
        raise Wrong(_("'{word}' is neither yes nor no").format(word=_quoted(cell)))
    return text in _YES


def _quoted(cell: str) -> str:
    return clean(cell, 30)
