"""The shape that a settings file must have: each value's kind and range; what is found wrong names its key.

A shape takes a value and the path of keys that leads to it, and answers the value as the program uses it. Keys that a
table does not know are left out, so that a file of a later version is read as far as it is understood.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from floorlead.phones import mask_in, safe
from floorlead.text import CUT, show
from floorlead.words import _

Keys = tuple[str | int, ...]
"""The way to a value: names of tables and keys, and places in a list counted from 0."""
Shape = Callable[[Any, Keys], Any]
LONGEST, MOST = 300, 200
"""Characters of a text, and entries of a list, that a settings file may have."""
DAY_MINUTES = 24 * 60


class Wrong(ValueError):
    """What cannot be used; `keys` leads to it where it could be parsed, else `line` (from 1) is where it stands."""

    def __init__(self, sentence: str, keys: Keys = (), line: int = 0) -> None:
        super().__init__(safe(sentence))
        self.keys, self.line = keys, line


def named(keys: Keys) -> str:
    """The way to a value as a reader finds it: `shift 2 paid`."""
    return " ".join(str(key + 1) if isinstance(key, int) else key for key in keys)


def quoted(value: Any) -> str:
    """A value as it is told: short, a telephone number masked, of a list or a table not what is in it."""
    if isinstance(value, Mapping | list):
        return "{…}" if isinstance(value, Mapping) else "[…]"
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**12:
        return _("a number of more than 12 digits")
    text = mask_in(str(value).lower() if isinstance(value, bool) else show(str(value)))
    return text if len(text) <= 30 else text[:28] + CUT


def _wrong(keys: Keys, value: Any, wanted: str) -> Wrong:
    return Wrong(_("{key}: {value} is not {wanted}").format(key=named(keys), value=quoted(value), wanted=wanted), keys)


def whole(low: int, high: int) -> Shape:
    """A whole number, also one in quotes."""

    def shape(value: Any, keys: Keys) -> int:
        found = _number(value)
        if found is None or not low <= found <= high or found != int(found):
            raise _wrong(keys, value, _("a whole number from {low} to {high}").format(low=low, high=high))
        return int(found)

    return shape


def number(low: float, high: float) -> Shape:
    """A number with or without decimals, also one in quotes."""

    def shape(value: Any, keys: Keys) -> float:
        found = _number(value)
        if found is None or not low <= found <= high:
            raise _wrong(keys, value, _("a number from {low} to {high}").format(low=f"{low:g}", high=f"{high:g}"))
        return found

    return shape


def _number(value: Any) -> int | float | None:
    """None for what is no number, and for one that is endless or none at all."""
    if isinstance(value, str) and value.isascii() and len(value) < 20:
        try:
            value = float(value) if "." in value else int(value)
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if isinstance(value, int) or math.isfinite(value) else None


def text(least: int = 0, most: int = LONGEST) -> Shape:
    """A text of one line that every terminal can show."""

    def shape(value: Any, keys: Keys) -> str:
        if not isinstance(value, str) or not value.isprintable() or not least <= len(value.strip()) <= most:
            raise _wrong(keys, value, _("a text of {least} to {most} characters").format(least=least, most=most))
        return value

    return shape


def code(value: Any, keys: Keys) -> str:
    """What names an entry for good; a number is read as its digits."""
    return str(text(1, 40)(str(value) if type(value) is int and abs(value) < 10**9 else value, keys))


def one_of(*words: str) -> Shape:
    """One of some words."""

    def shape(value: Any, keys: Keys) -> str:
        if not isinstance(value, str) or value not in words:
            raise _wrong(keys, value, _("one of {words}").format(words=", ".join(word or '""' for word in words)))
        return value

    return shape


def flag(value: Any, keys: Keys) -> bool:
    """true or false."""
    if not isinstance(value, bool):
        raise _wrong(keys, value, "true/false")
    return value


def day(value: Any, keys: Keys) -> str:
    """A date, with or without quotes, as `YYYY-MM-DD`."""
    try:
        if isinstance(value, str):
            return date.fromisoformat(value).isoformat()
    except ValueError:
        raise _wrong(keys, value, _("a date")) from None
    if not isinstance(value, date) or isinstance(value, datetime):
        raise _wrong(keys, value, _("a date"))
    return value.isoformat()


def clock(value: Any, keys: Keys) -> str:
    """A time of the day, `HH:MM` up to 24:00."""
    hour, colon, minute = value.partition(":") if isinstance(value, str) else ("", "", "")
    plain = colon and all(part.isascii() and part.isdigit() and len(part) <= 2 for part in (hour, minute))
    if not plain or int(minute) >= 60 or int(hour) * 60 + int(minute) > DAY_MINUTES:
        raise _wrong(keys, value, _("a time as 09:30"))
    return str(value)


def band(value: Any, keys: Keys) -> list[str]:
    """Two times of one day, the first before the second."""
    found: list[str] = many(clock, 2, 2)(value, keys)
    starts, ends = (tuple(map(int, one.split(":"))) for one in found)
    if starts >= ends:
        raise Wrong(_("{band} is no band of one day").format(band="-".join(found)), keys)
    return found


def many(inner: Shape, least: int = 0, most: int = MOST, once: str = "") -> Shape:
    """A list; where `once` names a key, no two entries have the same there."""

    def shape(value: Any, keys: Keys) -> list[Any]:
        if not isinstance(value, list) or not least <= len(value) <= most:
            told = str(len(value)) if isinstance(value, list) else quoted(value)
            raise _wrong(keys, told, _("a list of {least} to {most}").format(least=least, most=most))
        made = [inner(one, (*keys, at)) for at, one in enumerate(value)]
        seen: set[Any] = set()
        for at, one in enumerate(made if once else ()):
            if one[once] in seen:
                raise Wrong(_("a code stands twice") + f": {quoted(one[once])}", (*keys, at, once))
            seen.add(one[once])
        return made

    return shape


def pair(*more: Shape) -> Shape:
    """Words in both languages, Chinese first; after them what `more` takes, if it is there."""

    def shape(value: Any, keys: Keys) -> list[Any]:
        found: list[Any] = many(lambda one, _keys: one, 2, 2 + len(more))(value, keys)
        return [how(one, (*keys, at)) for at, (how, one) in enumerate(zip((text(1), text(), *more), found))]  # noqa: B905

    return shape


def table(needed: Mapping[str, Shape], may: Mapping[str, Shape] | None = None, rest: Shape | None = None) -> Shape:
    """A table with the keys that it needs and those that it may have; `rest` is the shape of all others."""
    known = {**needed, **(may or {})}

    def shape(value: Any, keys: Keys) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise _wrong(keys, value, _("a table"))
        for key in needed:
            if key not in value:
                raise Wrong(_("{key} is missing").format(key=named((*keys, key))), keys)
        if len(value) > MOST:
            raise _wrong(keys, str(len(value)), _("a list of {least} to {most}").format(least=0, most=MOST))
        made = {key: known[key](one, (*keys, key)) for key, one in value.items() if key in known}
        if rest is not None:
            made |= {key: rest(one, (*keys, key)) for key, one in value.items() if key not in known}
        return made

    return shape


NAMED: dict[str, Shape] = {"code": code, "zh": text(), "en": text()}
"""What most entries have."""
