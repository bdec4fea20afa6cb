"""Names and telephone numbers made unreadable on lines that are drawn already, each in the cells it took before."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from floorlead.phones import mask_in, may_hold
from floorlead.text import CUT, fit, width
from floorlead.widgets.line import Line, Piece

STAR = "*"
LEAST_CUT = 2
"""Characters of a name that was cut off by `..` by which it still is recognised."""


def numbers_in(line: Line) -> Line:
    """A page's line with every telephone number in it masked, whatever text it came from; the line itself where none is."""
    if not may_hold(line.text()):
        return line
    return Line([Piece(_masked(p.text, p.cells), p.style, p.do, p.cells) for p in line.pieces], line.cells)


@lru_cache(maxsize=512)
def _masked(text: str, cells: int) -> str:
    made = mask_in(text)
    return text if made == text else fit(made, cells)


class Masker:
    """Masks the given names and every telephone number; `kept` are names that may stand (the staff's)."""

    def __init__(self, names: Iterable[str], kept: Iterable[str] = ()) -> None:
        self._by_first: dict[str, list[tuple[str, bool]]] = {}
        known = set(kept)
        for name in known:
            self._add(name, False)
        for name in set(names) - known:
            self._add(name, True)
            for end in range(LEAST_CUT, len(name)):
                self._add(name[:end] + CUT, True)
        for found in self._by_first.values():
            found.sort(key=lambda one: -len(one[0]))
        self.text = lru_cache(maxsize=512)(self._text)

    def _add(self, name: str, hide: bool) -> None:
        if name.strip(STAR + " "):
            self._by_first.setdefault(name[0], []).append((name, hide))

    def _text(self, text: str) -> str:
        made, at = "", 0
        while at < len(text):
            name, hide = self._at(text, at)
            made += (_starred(name) if hide else name) or text[at]
            at += len(name) or 1
        return _masked(made, width(text))

    def _at(self, text: str, at: int) -> tuple[str, bool]:
        """The longest known name that begins here; a Latin one only as a whole word."""
        for name, hide in self._by_first.get(text[at], ()):
            end = at + len(name)
            if text.startswith(name, at) and not (_word(text, at - 1, at) or _word(text, end - 1, end)):
                return name, hide
        return "", False

    def line(self, line: Line) -> Line:
        """A drawn line with everything in it masked."""
        return Line([Piece(self.text(p.text), p.style, p.do, p.cells) for p in line.pieces], line.cells)


def _word(text: str, one: int, other: int) -> bool:
    """Whether two neighbours belong to one Latin word."""
    if one < 0 or other >= len(text):
        return False
    return all(text[n].isascii() and text[n].isalnum() for n in (one, other))


def _starred(name: str) -> str:
    """`刘**` in the cells of 刘女士."""
    made = (name[0] if len(name) > 1 else "") + STAR * max(1, len(name) - 1)
    return made + " " * (width(name) - width(made))
