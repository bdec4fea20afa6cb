"""How cells of customers and visits are read: grades, sources and purposes by code or name, flags, times, counts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from floorlead.customers.records import Lists, Named
from floorlead.exchange.parsing import Parser
from floorlead.phones import masked, number_in
from floorlead.tables import cells
from floorlead.tables.cells import Wrong, yes_no
from floorlead.text import fold
from floorlead.words import _

_MASKED = re.compile(r"\d{3}\*{4}\d{4}|\*{5,7}")
_TIME = re.compile(r"(?:\d{4}-\d\d-\d\d[ t])?(\d{1,2}):(\d\d)(?::\d\d)?")
_COUNT = re.compile(r"(\d{1,3})[人次]?")


def phone(cell: str) -> str:
    """A telephone number as it is kept; a masked one stays masked, to be compared. Raises Wrong."""
    text = cells.filled(cells.word(cell, 60))
    if _MASKED.fullmatch(bare := re.sub(r"[\s\-()]", "", fold(text))):
        return bare
    try:
        return number_in(cells.not_lost(text))
    except ValueError as error:
        raise Wrong(str(error)) from error


def settled_phone(there: str, told: str) -> str:
    """The number that holds: a masked one means the one that is there. Raises Wrong where it is another one's mask."""
    if "*" not in told:
        return told or there
    if masked(there) != told:
        raise Wrong(_("the phone number is masked; give it whole or leave it out"))
    return there


def grade(lists: Lists) -> Parser:
    """A reader of grades and end states, by code or by name; empty for nothing."""
    known = {cells.key(word): one.code for one in lists.grades.values() for word in (one.code, one.zh, one.en)}

    def read(cell: str) -> str:
        text = cells.filled(cells.word(cell))
        found = known.get(cells.key(text.removesuffix("级")), "") if text else ""
        if text and not found:
            raise Wrong(_("there is no grade '{word}'").format(word=text[:20]))
        return found

    return read


class Codes:
    """Sources or purposes by code or name; a word that stands for none is told once and left out."""

    def __init__(self, named: Mapping[str, Named], sentence: str) -> None:
        self.known = {cells.key(word): one.code for one in named.values() for word in (one.code, one.zh, one.en)}
        self.sentence = sentence
        self.unknown: dict[str, int] = {}

    def code(self, word: str, line: int) -> str:
        """The code that a word stands for."""
        found = self.known.get(cells.key(word).replace("_", " "), self.known.get(cells.key(word), ""))
        if word and not found:
            self.unknown.setdefault(word, line)
        return found

    def remarks(self) -> list[str]:
        """A remark for each word that stood for nothing."""
        return [_(self.sentence).format(line=line, word=word) for word, line in self.unknown.items()]


def clock_time(cell: str) -> str:
    """A time of day as `HH:MM`, empty for nothing. Raises Wrong."""
    text = cells.key(cells.filled(cell)).replace("：", ":")
    found = _TIME.fullmatch(text)
    if text and (found is None or int(found[1]) > 23 or int(found[2]) > 59):
        raise Wrong(_("'{word}' is no time such as 09:15").format(word=cells.word(cell)[:20]))
    return f"{int(found[1]):02d}:{found[2]}" if found else ""


def count(least: int, most: int) -> Parser:
    """A reader of small counts; None for nothing. Raises Wrong."""

    def read(cell: str) -> int | None:
        text = cells.key(cells.filled(cell)).removesuffix(".0")
        found = _COUNT.fullmatch(text)
        if text and (found is None or not least <= int(found[1]) <= most):
            raise Wrong(
                _("'{word}' is no number from {least} to {most}").format(word=text[:20], least=least, most=most)
            )
        return int(found[1]) if found else None

    return read


def flag(cell: str) -> int | None:
    """Yes or no as 1 or 0, None where the cell says nothing. Raises Wrong."""
    return int(yes_no(cell)) if cells.key(cell) else None


def told(values: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """What a line tells: an empty cell says nothing."""
    return {name: values[name] for name in names if values.get(name) not in (None, "")}
