"""Text that comes in is cleaned, text that is looked for is folded, text that goes out is measured in cells.

A name is never markup, code, path or formula: nothing here interprets, it only drops what could steer a terminal.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

from rich.cells import cell_len, set_cell_size

from floorlead.words import pick

_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: " ", 0x3002: ".", 0x3001: ",", 0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0x3010: "[", 0x3011: "]",
}  # fmt: skip
_REFUSED = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_LATER_HAN = range(0x20000, 0x3FFFE)  # Han added after this Python's Unicode tables still is a name
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]*)?(?:e[+-]?[0-9]+)?", re.IGNORECASE)
_LARGEST = 1e9
CUT = ".."


def clean(text: str, limit: int = 500) -> str:
    """Text as it may be stored: NFC, no control, format or bidi characters, inner blanks joined, at most `limit` long."""
    flat = unicodedata.normalize("NFC", text.replace("\n", " ").replace("\r", " ").replace("\t", " "))
    kept = "".join(c for c in flat if _allowed(c))
    return " ".join(kept.split())[:limit].rstrip()


def free(text: str, limit: int = 500) -> str:
    """Free text as it may be stored: `clean`, and no identity-card or bank-card number in it. Raises Refused E401.

    Only what a showroom needs is collected (PIPL art. 6 and 19); the number of a card is never needed. Groups of four
    may be the ends of VINs: those the file's own gate judges, which knows the cars (`store.free`).
    """
    from floorlead.store.free import refuse

    kept = clean(text, limit)
    refuse(kept, grouped=False)
    return kept


def _allowed(char: str) -> bool:
    return unicodedata.category(char) not in _REFUSED or ord(char) in _LATER_HAN


def fold(text: str) -> str:
    """Full-width letters, digits and punctuation as ASCII; for keys, numbers and finding, never for names."""
    return text.translate(_FOLD)


def as_number(text: str) -> float | None:
    """A number as people type it, full-width or with a comma, up to a thousand million; None when it is none."""
    plain = fold(text).strip()
    if not _NUMBER.fullmatch(plain):
        return None
    value = float(plain.replace(",", "."))
    return value if abs(value) <= _LARGEST else None


def show(text: str) -> str:
    """Text as it may reach a terminal or a paper: every blank is one, what cannot be printed becomes `?`."""
    if text.isprintable():
        return text
    return "".join(_shown(c) for c in text)


def _shown(char: str) -> str:
    if char.isprintable() or ord(char) in _LATER_HAN:
        return char
    return " " if unicodedata.category(char) == "Zs" else "?"


def in_all(value: Any, how: Callable[[str], str]) -> Any:
    """Nested dicts and lists with every text in them put through `how`; keys and all else stay as they are."""
    if isinstance(value, str):
        return how(value)
    if isinstance(value, dict):
        return {key: in_all(one, how) for key, one in value.items()}
    return [in_all(one, how) for one in value] if isinstance(value, (list, tuple)) else value


def width(text: str) -> int:
    """Cells that the text takes on a terminal (a Han character takes two)."""
    return cell_len(text)


def fit(text: str, cells: int, align: str = "left") -> str:
    """The text in exactly `cells` cells: padded, or cut with `..`."""
    text = show(text)
    size = cell_len(text)
    if size > cells:
        return cut(text, cells)
    gap = cells - size
    if align == "right":
        return " " * gap + text
    if align == "center":
        return " " * (gap // 2) + text + " " * (gap - gap // 2)
    return text + " " * gap


def cut(text: str, cells: int) -> str:
    """The text cut to exactly `cells` cells, `..` at its end."""
    if cells <= len(CUT):
        return set_cell_size(text, max(cells, 0))
    head = set_cell_size(text, cells - len(CUT)).rstrip() + CUT
    return head + " " * (cells - cell_len(head))


def as_many(parts: Sequence[str], cells: int, between: str = "  ") -> str:
    """As many of the parts as fit into `cells` cells, and `+n` for the others."""
    shown = list(parts)
    while len(shown) > 1 and width(between.join(shown)) + (5 if len(shown) < len(parts) else 0) > cells:
        shown.pop()
    left = len(parts) - len(shown)
    return between.join(shown) + (f"{between}+{left}" if left else "")


def wrap(text: str, cells: int) -> list[str]:
    """The text in lines of at most `cells` (2 or more) cells; Latin words stay whole, Han breaks but before `，。`."""
    lines, line, size = [], "", 0
    for piece in _pieces(show(text)):
        w = cell_len(piece)
        if size + w > cells and line:
            lines += [line.rstrip()] if line.strip() else []
            line, size = "", 0
            piece = piece.lstrip()
            w = cell_len(piece)
        while w > cells:
            lines.append(set_cell_size(piece, cells).rstrip())
            piece = piece[len(lines[-1]) or 1 :]
            w = cell_len(piece)
        line, size = line + piece, size + w
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


_CLOSING = set("，。；：、！？）》」』,.;:!?)]")


def _pieces(text: str) -> list[str]:
    """Words of Latin text, single Han characters, blanks; each with the closing punctuation behind it."""
    pieces: list[str] = []
    for char in text:
        if pieces and char != " " and pieces[-1] != " " and (char in _CLOSING or _joins(pieces[-1][-1], char)):
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def _joins(last: str, char: str) -> bool:
    """Whether a character belongs to the one before: in a Latin word, or as a sign that combines."""
    return cell_len(char) == 0 or (cell_len(char) == 1 and cell_len(last) == 1)


def numeral(number: int) -> str:
    """What a block of a paper is counted with, 1 to 99: 一, 十二; `12.` in English."""
    tens, ones = divmod(number, 10)
    digits = " 一二三四五六七八九"
    return pick(f"{digits[tens] if tens > 1 else ''}{'十' if tens else ''}{digits[ones]}".strip(), f"{number}.")
