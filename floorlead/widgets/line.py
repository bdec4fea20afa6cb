"""One line of the screen: styled pieces measured in cells, each of which a click may hit.

Whatever text is put on a line is first made harmless: no control or bidi character reaches the terminal.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from rich.segment import Segment
from textual.strip import Strip

from floorlead.text import cut, fit, show, width
from floorlead.widgets.style import style

KEPT = 2048
"""Pieces kept from frame to frame: most of a frame is what the one before it was, measured already."""


class Piece(NamedTuple):
    """A run of text in one style; `do` is what a click on it means: `key:f3`, `row:4`, `cell:4:2`."""

    text: str
    style: str
    do: str
    cells: int


@lru_cache(maxsize=KEPT)
def _piece(text: str, style: str, do: str) -> Piece:
    shown = show(text)
    return Piece(shown, style, do, width(shown))


@lru_cache(maxsize=KEPT)
def _column(text: str, cells: int, align: str, style: str, do: str) -> Piece:
    return Piece(fit(text, cells, align), style, do, cells)


class Line:
    """A line under construction, from left to right."""

    __slots__ = ("cells", "pieces")

    def __init__(self, pieces: list[Piece] | None = None, cells: int = 0) -> None:
        self.pieces: list[Piece] = [] if pieces is None else pieces
        self.cells = cells

    def put(self, text: str, style: str = "", do: str = "") -> Line:
        """Append text."""
        if text:
            piece = _piece(text, style, do)
            self.pieces.append(piece)
            self.cells += piece.cells
        return self

    def col(self, text: str, cells: int, align: str = "left", style: str = "", do: str = "") -> Line:
        """Append text in exactly `cells` cells."""
        if cells > 0:
            self.pieces.append(_column(text, cells, align, style, do))
            self.cells += cells
        return self

    def to(self, cell: int) -> Line:
        """Blanks up to a cell, or nothing when the line is there already."""
        return self.put(" " * (cell - self.cells))

    def right(self, text: str, total: int, style: str = "", do: str = "") -> Line:
        """Text that ends at cell `total`."""
        text = show(text)
        return self.to(total - width(text)).put(text, style, do)

    def add(self, other: Line) -> Line:
        """Append another line's pieces."""
        self.pieces.extend(other.pieces)
        self.cells += other.cells
        return self

    def cropped(self, cells: int) -> Line:
        """The line in exactly `cells` cells, `..` where something did not fit."""
        if self.cells == cells:
            return self
        if self.cells < cells:
            return Line(list(self.pieces), self.cells).to(cells)
        short = Line()
        for piece in self.pieces:
            left = cells - short.cells
            if piece.cells <= left:
                short.pieces.append(piece)
                short.cells += piece.cells
            elif left > 0:
                short.put(cut(piece.text, left), piece.style, piece.do)
        return short

    def text(self) -> str:
        """The line as plain text."""
        return "".join(piece.text for piece in self.pieces)

    def at(self, cell: int) -> str:
        """What a click on a cell means, or an empty string."""
        start = 0
        for piece in self.pieces:
            if start <= cell < start + piece.cells:
                return piece.do
            start += piece.cells
        return ""

    def strip(self, theme: str) -> Strip:
        """The line as the compositor takes it."""
        return Strip([Segment(p.text, style(theme, p.style)) for p in self.pieces], self.cells)


def rule(title: str, cells: int, right: str = "") -> Line:
    """A section's heading: `-- 现在要做 ----------- right --`."""
    line = Line()
    if title:
        line.put("-- ", "rule").put(title, "title").put(" ", "rule")
    tail = f" {right} --" if right else ""
    return line.put("-" * max(0, cells - line.cells - width(tail)), "rule").put(tail, "rule")


def span(old: Line, new: Line) -> tuple[int, int]:
    """The cells [from, to) in which two lines of the same length look different; (0, 0) when nowhere."""
    if old is new or old.pieces == new.pieces:
        return 0, 0
    if old.cells != new.cells:
        return 0, max(old.cells, new.cells)
    start = _same(old.pieces, new.pieces)
    end = _same(old.pieces[::-1], new.pieces[::-1])
    return start, max(start + 1, new.cells - end)


def _same(old: list[Piece], new: list[Piece]) -> int:
    """Cells of the pieces that both lists begin with, and of what the first differing ones share at their near end."""
    cells = 0
    for one, other in zip(old, new, strict=False):
        if one.text != other.text or one.style != other.style:
            break
        cells += one.cells
    return cells
