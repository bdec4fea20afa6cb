"""Finding by typing: pinyin initials, full pinyin, Han or English, whatever reading a character may have.

The words to find something by are made when it is entered, so that finding never needs the pinyin library.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import product
from typing import TypeVar

from floorlead.text import fold

MOST_READINGS = 24
"""Spellings kept of one name: characters with several readings multiply."""

T = TypeVar("T")


def search_words(*names: str) -> str:
    """The words by which something with these names is found: whole names and initials, `|`, later words of a name."""
    whole: dict[str, None] = {}
    parts: dict[str, None] = {}
    for name in filter(None, names):
        plain = fold(name).lower()
        split = plain.split()
        whole[plain.replace(" ", "")] = None
        whole["".join(part[0] for part in split) if len(split) > 1 else plain] = None
        whole.update(dict.fromkeys(_pinyin(plain)))
        parts.update(dict.fromkeys(split))
    later = [part for part in parts if part not in whole]
    return " ".join(filter(None, [*whole, "|" if later else "", *later]))


def _pinyin(name: str) -> list[str]:
    """Initials and full spellings in every reading, Latin letters and digits kept where they stand."""
    if name.isascii():
        return []
    choices = [list(dict.fromkeys(r.replace("ü", "v") for r in found)) for found in _readings(name.replace(" ", ""))]
    full = ["".join(one) for one in _some(choices)]
    first = ["".join(one) for one in _some([list(dict.fromkeys(r[:1] for r in found)) for found in choices])]
    han = [c for c, n in zip(choices, _han(name), strict=False) if n]
    only_han = ["".join(r[:1] for r in one) for one in _some(han)] if han else []
    return [*first, *only_han, *full]


def _readings(name: str) -> list[list[str]]:
    """Each character's readings: first as in the words it makes here, then all it has by itself (names are no words)."""
    from pypinyin import Style, pinyin

    def read(text: str | list[str]) -> list[list[str]]:
        found = pinyin(text, style=Style.NORMAL, heteronym=True, errors=lambda rest: list(rest))  # type: ignore[arg-type,return-value]
        return [list(one) for one in found]

    return [[*here, *alone] for here, alone in zip(read(name), read(list(name)), strict=True)]


def _han(name: str) -> list[bool]:
    return [ord(char) > 0x2E7F for char in name.replace(" ", "")]


def _some(choices: list[list[str]]) -> list[tuple[str, ...]]:
    """At most so many spellings, those of the first character (the surname) before all others."""
    return [one[::-1] for one, _n in zip(product(*choices[::-1]), range(MOST_READINGS), strict=False)]


def matches(typed: str, search: str) -> int:
    """How well typed letters fit finding words: 0 not at all, 4 the start of a name, 3 of a later word, 2 inside."""
    typed = fold(typed).lower().replace(" ", "")
    if not typed:
        return 0
    whole, _bar, later = search.partition("|")
    if any(word.startswith(typed) for word in whole.split()):
        return 4
    if any(word.startswith(typed) for word in later.split()):
        return 3
    return 2 if any(typed in word for word in search.split()) else 0


def find(typed: str, things: Iterable[T], search: Callable[[T], str]) -> list[T]:
    """The things that fit what was typed, best first, otherwise in their own order."""
    scored = [(matches(typed, search(thing)), thing) for thing in things]
    return [thing for score, thing in sorted((s for s in scored if s[0]), key=lambda s: -s[0])]
