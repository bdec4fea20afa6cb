"""Single values out of a stranger's JSON: each either becomes what is wanted or is refused in one sentence with its name."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from floorlead.phones import safe
from floorlead.planning.problem import REST, Id
from floorlead.words import _

LONGEST_LIST = 100_000


class BadProblem(ValueError):
    """A problem that cannot be read; the text is one sentence that names the field."""

    def __init__(self, sentence: str) -> None:
        super().__init__(safe(sentence))


def refuse(where: str, wanted: str, value: Any) -> BadProblem:
    """The refusal of a field: its name, what it must be, what it is."""
    shown = str(value)
    shown = shown if len(shown) <= 40 else shown[:40] + "…"
    return BadProblem(_("{field} must be {wanted}, not {value}").format(field=where, wanted=wanted, value=shown))


class Fields:
    """One JSON object and its name; a field that is missing or null takes its default."""

    def __init__(self, told: Any, where: str) -> None:
        if not isinstance(told, Mapping):
            raise refuse(where or "problem", _("an object"), told)
        self.told, self.where = told, where

    def name(self, key: str) -> str:
        """The field's full name, `people[3].streak`."""
        return f"{self.where}.{key}" if self.where else key

    def has(self, key: str) -> bool:
        """Whether the field is there and not null."""
        return self.told.get(key) is not None

    def inner(self, key: str) -> Fields:
        """An object inside; empty when missing."""
        return Fields(self.told[key] if self.has(key) else {}, self.name(key))

    def each(self, key: str, most: int = LONGEST_LIST) -> list[Fields]:
        """The objects of a list of at most `most`; none when missing."""
        value = self.told.get(key)
        if value is None:
            return []
        if not isinstance(value, list | tuple):
            raise refuse(self.name(key), _("a list"), value)
        if len(value) > most:
            raise BadProblem(
                _("{field} has {count} entries; {most} are the most").format(
                    field=self.name(key), count=len(value), most=most
                )
            )
        return [Fields(one, f"{self.name(key)}[{n}]") for n, one in enumerate(value)]

    def needed(self, key: str) -> Any:
        """A field that must be there."""
        if not self.has(key):
            raise BadProblem(_("{field} is missing").format(field=self.name(key)))
        return self.told[key]

    def whole(self, key: str, default: int | None = 0, low: int = 0, high: int = 10**6) -> int:
        """A whole number; `None` as default makes it needed."""
        value = self.number(key, default, low, high)
        if value != int(value):
            raise refuse(self.name(key), _("a whole number"), self.told[key])
        return int(value)

    def number(self, key: str, default: float | None = 0, low: float = 0, high: float = 10**6) -> float:
        """A number from `low` to `high`; text that is one counts."""
        value = self.needed(key) if default is None else (self.told[key] if self.has(key) else default)
        try:
            found = float(value) if not isinstance(value, bool) else math.nan
        except (TypeError, ValueError, OverflowError):
            found = math.nan
        if not low <= found <= high:
            raise refuse(self.name(key), _("a number from {low} to {high}").format(low=low, high=high), value)
        return found

    def flag(self, key: str, default: bool) -> bool:
        """True or false; 1 and 0 count."""
        value = self.told[key] if self.has(key) else default
        if value not in (True, False):
            raise refuse(self.name(key), _("true or false"), value)
        return bool(value)

    def text(self, key: str, default: str | None = "") -> str:
        """A short text or a number as text; `None` as default makes it needed."""
        value = self.needed(key) if default is None else (self.told[key] if self.has(key) else default)
        if not isinstance(value, str | int | float) or isinstance(value, bool):
            raise refuse(self.name(key), _("a text"), value)
        return str(value)

    def ident(self, key: str) -> Id:
        """A text or whole number that names somebody, as it came."""
        value = self.needed(key)
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise refuse(self.name(key), _("a text or a whole number"), value)
        return value

    def minute(self, key: str, default: int | None = None) -> int:
        """A time of the day in minutes; `08:30` counts as 510."""
        value = self.needed(key) if default is None else (self.told[key] if self.has(key) else default)
        if isinstance(value, str) and ":" in value:
            hours, _colon, minutes = value.partition(":")
            if hours.isdecimal() and len(hours) <= 2 and minutes[:2].isdecimal():
                value = int(hours) * 60 + int(minutes[:2])
        if isinstance(value, str) and value.isdecimal() and len(value) <= 4:
            value = int(value)
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not 0 <= value <= 2880
            or value != int(value)
        ):
            raise refuse(self.name(key), _("a time in minutes of the day or as 08:30"), value)
        return int(value)

    def day(self, key: str, default: date | None = None, *, needed: bool = True) -> date | None:
        """A date, 2026-11-23; what follows a T is dropped."""
        value = self.needed(key) if needed else self.told.get(key)
        if value is None or value == "":
            return default
        return day_of(value, self.name(key))

    def date(self, key: str = "date") -> date:
        """A date that must be there."""
        found = self.day(key)
        if found is None:
            raise refuse(self.name(key), _("a date such as 2026-11-23"), "''")
        return found


def day_of(value: Any, where: str) -> date:
    """A date from its text; raises BadProblem."""
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        raise refuse(where, _("a date such as 2026-11-23"), value) from None


def moment(value: Any, where: str) -> tuple[date, int]:
    """A day and a minute of it from ISO text; raises BadProblem."""
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        raise refuse(where, _("a time such as 2026-11-23T09:30"), value) from None
    return found.date(), found.hour * 60 + found.minute


class Names:
    """Who and what may be named: `1` finds "1" and the other way round, and what comes back is as it first came."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.known: dict[str, Id] = {}

    def add(self, ident: Any, where: str) -> None:
        """A new name; raises BadProblem when it is there already."""
        if str(ident) in self.known:
            raise BadProblem(_("{field} names {value} a second time").format(field=where, value=ident))
        self.known[str(ident)] = ident

    def find(self, fields: Fields, key: str) -> Id:
        """The name that a field tells; raises BadProblem when nobody is called so."""
        value = fields.ident(key)
        if str(value) not in self.known:
            told = _("{field} names {value}, which is not in {list}")
            raise BadProblem(told.format(field=fields.name(key), value=value, list=self.where))
        return self.known[str(value)]

    def shift(self, fields: Fields) -> str:
        """A shift's code or `-`."""
        value = fields.text("shift", None)
        if value in ("", REST):
            return REST
        if value not in self.known:
            told = _("{field} names {value}, which is not in {list}")
            raise BadProblem(told.format(field=fields.name("shift"), value=value, list=self.where))
        return value
