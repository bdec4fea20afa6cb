"""Numbers that no note may hold: identity cards and bank cards, however they are written.

Telephone numbers, VINs, days, prices and order numbers pass. What is found is only told, never kept or shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator

_HAN_DIGITS = {ord(char): str(n) for n, char in enumerate("零一二三四五六七八九")} | {ord("〇"): "0"}
_HAN_RUN = re.compile(r"(?:[零〇一二三四五六七八九][\s\-.]{0,2}){15,}")
_BETWEEN = r"[\s\-\u2010-\u2015\u2212_.·•/\\]{1,3}"
_RUN = re.compile(rf"[0-9](?:(?:{_BETWEEN})?[0-9])*(?:(?:{_BETWEEN})?[xX](?![A-Za-z0-9]))?")
_SPLIT = re.compile(_BETWEEN)
_VIN = re.compile(r"(?<![A-Za-z0-9])(?=[0-9]*[A-Za-z])(?![A-Za-z]*[0-9]{15})[A-Za-z0-9]{17}(?![A-Za-z0-9])")
_PHONE = re.compile(r"(?<![0-9])1[3-9][0-9](?:[0-9]{8}|([\s\-.]{1,2})[0-9]{4}\1[0-9]{4})(?![0-9])")
_DAY = re.compile(r"(?<![0-9])20[2-3][0-9]([\-./])[01]?[0-9]\1[0-3]?[0-9](?![0-9])")
_DATED = re.compile(r"20[2-3][0-9](?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
_PROVINCE = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91")
_BORN = re.compile(r"(?:(?:18|19|20)[0-9]{2})(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
_BORN_OLD = re.compile(r"[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
_ISSUED = re.compile(r"[3-9]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)")
"""How the number of a card begins that a bank gave out."""
LEAST = 15
"""Digits of the shortest such number."""
CARD_LEAST, CARD_MOST = 16, 19
"""Digits of a bank card's number (ISO/IEC 7812; UnionPay's have up to 19)."""
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
"""GB 11643: what the digits of an identity number weigh in its check digit."""


def holds_number(text: str, known: Collection[str] = (), *, grouped: bool = True) -> bool:
    """Whether a text holds the number of an identity card (15 or 18 places) or of a bank card (15 to 19, ISO/IEC 7812).

    `known` are ends of VINs, four signs each: where four of them stand in a row they are no card. Without `grouped` only
    what stands as one number is looked for.
    """
    return any(True for _found in _found_in(_ordinary_out(_plain(text)), frozenset(known), grouped))


def hidden(text: str) -> str:
    """The text with the digits of such numbers as stars, for where a refused line is told; others stay as they are."""
    if sum(map(str.isnumeric, text)) < LEAST or not holds_number(text):
        return text
    plain = _plain(text)
    for start, end in _found_in(_ordinary_out(plain)):
        plain = plain[:start] + "*" * (end - start) + plain[end:]
    return plain


def _ordinary_out(plain: str) -> str:
    """The text with VINs, telephone numbers and days blotted out, as long as before."""
    for ordinary in (_VIN, _PHONE, _DAY):
        plain = ordinary.sub(lambda found: "|" * len(found[0]), plain)
    return plain


def _found_in(plain: str, known: frozenset[str] = frozenset(), grouped: bool = True) -> Iterator[tuple[int, int]]:
    """Where such numbers stand, as (start, end) of the runs of digits that hold one."""
    for run in _RUN.finditer(plain):
        groups = _SPLIT.split(run[0])
        if any(map(_long, groups)) or (grouped and _in_groups(groups, known)):
            yield run.span()


def holds_identity(text: str) -> bool:
    """Whether a text is an identity number with its check digit right, and nothing else."""
    whole = "".join(_SPLIT.split(_plain(text))).upper()
    return len(whole) == 18 and whole[:17].isdigit() and _checked(whole)


def _plain(text: str) -> str:
    """Any script's digits as 0 to 9; Han numerals only where fifteen stand in a row."""
    flat = "".join(_digit(char) for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) != "Cf")
    return _HAN_RUN.sub(lambda run: run[0].translate(_HAN_DIGITS), flat)


def _digit(char: str) -> str:
    value = unicodedata.digit(char, None)
    return char if value is None else str(value)


def _long(group: str) -> bool:
    """One unbroken number, perhaps with X at its end."""
    digits = group.rstrip("xX")
    if len(digits) < LEAST or (_DATED.match(digits) and len(digits) == len(group)):
        return False
    if len(digits) == LEAST:
        return _identity(digits) or (digits[0] == "3" and luhn(digits))
    if len(group) == 18 and _identity(group):
        return True
    if len(digits) <= CARD_MOST:
        return len(digits) >= CARD_LEAST and luhn(digits)
    return any(_checked(digits[at : at + 18]) for at in range(len(digits) - 17))


def _in_groups(groups: list[str], known: frozenset[str]) -> bool:
    return any(_split_up(groups, first, last, known) for first, last in _spans(groups))


def _spans(groups: list[str]) -> Iterator[tuple[int, int]]:
    """Neighbouring groups, the first and the one behind the last, that make 15 to 19 places together."""
    sizes = [len(group.rstrip("xX")) for group in groups]
    for first in range(len(groups)):
        count = sizes[first]
        for last in range(first + 1, len(groups)):
            count += sizes[last]
            if count > CARD_MOST:
                break
            if count >= LEAST:
                yield first, last + 1


def _split_up(groups: list[str], first: int, last: int, known: frozenset[str]) -> bool:
    """A number written in groups: told by what it says and how it stands, as prices and years stand side by side too."""
    part = groups[first:last]
    whole = "".join(part)
    if _identity(whole) or (whole[-1] in "xX" and len(whole) == 18):
        return True
    if len(whole) < CARD_LEAST or not _ISSUED.match(whole) or not luhn(whole) or known.issuperset(part[:4]):
        return False
    return _as_on_a_card(part) and not {len(one) for one in (*groups[:first][-1:], *groups[last:][:1])} & {len(part[0])}


def _as_on_a_card(part: list[str]) -> bool:
    """In fours (twos, single digits) with a rest, or six and the rest: the ways a card's number is printed or spelled."""
    sizes = [len(group) for group in part]
    if len(sizes) == 2:
        return sizes[0] == 6 or sizes == [8, 8]
    return len(set(sizes[:-1])) == 1 and sizes[0] in (1, 2, 4) and sizes[-1] <= sizes[0]


def _identity(digits: str) -> bool:
    """Whether the places name a province and a birthday where an identity number does."""
    born = _BORN if len(digits) == 18 else _BORN_OLD
    return len(digits) in (15, 18) and bool(_PROVINCE.match(digits) and born.match(digits, 6))


def _checked(digits: str) -> bool:
    rest = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False)) % 11
    return _identity(digits[:17] + "0") and "10X98765432"[rest] == digits[17]


def luhn(digits: str) -> bool:
    """Whether a card's check digit holds (ISO/IEC 7812-1, annex B)."""
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0
