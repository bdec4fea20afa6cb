"""What people type into a form, read as days, times and money; each mistake one sentence that shows the right form."""

from __future__ import annotations

import re
from datetime import date

from floorlead.clock import parse_day
from floorlead.store import Refused
from floorlead.text import as_number, clean, fold
from floorlead.words import _

_TIME = re.compile(r"(\d{1,2}):(\d{2})|(\d{1,2})(\d{2})(?=$)|(\d{1,2})(?:点|时)(\d{2})?分?", re.ASCII)


def a_day(typed: str, today: date) -> date | None:
    """A typed day, None for nothing typed: `11-24`, `明天`, `2026-11-24`. Raises Refused."""
    text = clean(fold(typed), 20).strip("- ")
    if not text:
        return None
    try:
        return parse_day(text, today)
    except ValueError as error:
        raise Refused("E81", str(error)) from None


def a_moment(typed: str, today: date) -> str:
    """A typed day with or without a time as `YYYY-MM-DDTHH:MM`, a day alone at `T00:00`, a time alone is today.

    Raises Refused.
    """
    text = clean(fold(typed), 30).replace("T", " ")
    if not text:
        return ""
    *days, last = text.split()
    found = _TIME.fullmatch(f"{last}:00" if days and last.isdecimal() and len(last) <= 2 else last)
    if found is None:
        day = a_day(text, today)
        return f"{day}T00:00"
    hour, minute = (int(part) for part in _two([g for g in found.groups() if g is not None]))
    if hour > 23 or minute > 59:
        raise Refused("E73", _("Write the time as 08:30"))
    on = a_day(" ".join(days), today) if days else today
    return f"{on}T{hour:02d}:{minute:02d}"


def _two(groups: list[str]) -> list[str]:
    return groups if len(groups) == 2 else [*groups, "0"]


def a_sum(typed: str, most: int = 100_000_000) -> int | None:
    """Typed money as whole yuan, None for nothing typed. Raises Refused."""
    text = clean(typed, 20).replace(",", "").replace("，", "").strip("¥￥元 ")
    if not text:
        return None
    value = as_number(text)
    if value is None or not 0 <= value <= most:
        raise Refused("E115", _("'{text}' is no sum; write it as 119800").format(text=text))
    return round(value)


def shown_moment(stamp: str) -> str:
    """A local time as a form shows it: `2026-11-24 09:30`, without the hour where only a day is known."""
    return stamp.replace("T00:00", "").replace("T", " ")
