"""Numbers that no note may hold: identity cards and bank cards, however they are written.

Telephone numbers, VINs, days, prices and order numbers pass. What is found is only told, never kept or shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_HAN_DIGITS = {ord(char): str(n) for n, char in enumerate("零一二三四五六七八九")} | {ord("〇"): "0"}
_HAN_RUN = re.compile(r"(?:[零〇一二三四五六七八九][\s\-.]{0,2}){15,}")
_BETWEEN = r"[\s\-\u2010-\u2015\u2212_.·•/\\]{1,3}"
_RUN = re.compile(rf"[0-9](?:(?:{_BETWEEN})?[0-9])*(?:(?:{_BETWEEN})?[xX](?![A-Za-z0-9]))?")
_SPLIT = re.compile(_BETWEEN)
_VIN = re.compile(r"(?<![A-Za-z0-9])(?=[0-9]*[A-Za-z])(?![A-Za-z]*[0-9]{15})[A-Za-z0-9]{17}(?![A-Za-z0-9])")
_PHONE = re.compile(
    r"(?<![0-9])(?:\+?86[\s\-.]{0,2})?1[3-9][0-9](?:[0-9]{8}|([\s\-.]{1,2})[0-9]{4}\1[0-9]{4})(?![0-9])"
)
_DAY = re.compile(r"(?<![0-9])20[2-3][0-9]([\-./])[01]?[0-9]\1[0-3]?[0-9](?![0-9])")
_DATED = re.compile(r"20[2-3][0-9](?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
_PROVINCE = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91")
_BORN = re.compile(r"(?:(?:18|19|20)[0-9]{2})(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
_BORN_OLD = re.compile(r"[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
LEAST = 15
"""Digits of the shortest such number."""
CARD_LEAST, CARD_MOST = 16, 19
"""Digits of a bank card's number (ISO/IEC 7812; UnionPay's have up to 19)."""
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
"""GB 11643: what the digits of an identity number weigh in its check digit."""


def holds_number(text: str) -> bool:
    """Whether a text holds the number of an identity card (15 or 18 places) or of a bank card (16 to 19)."""
    plain = _plain(text)
    for ordinary in (_VIN, _PHONE, _DAY):
        plain = ordinary.sub("|", plain)
    return any(_refused(_SPLIT.split(found[0])) for found in _RUN.finditer(plain))


def hidden(text: str) -> str:
    """The text with the digits of such numbers as stars, for where a refused line is told; others stay as they are."""
    if sum(map(str.isnumeric, text)) < LEAST or not holds_number(text):
        return text
    plain = filled = _plain(text)
    for ordinary in (_VIN, _PHONE, _DAY):
        filled = ordinary.sub(lambda found: "|" * len(found[0]), filled)
    for found in _RUN.finditer(filled):
        if _refused(_SPLIT.split(found[0])):
            plain = plain[: found.start()] + "*" * len(found[0]) + plain[found.end() :]
    return plain


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


def _refused(groups: list[str]) -> bool:
    return any(_long(group) for group in groups) or any(_split_up(part) for part in _spans(groups))


def _long(group: str) -> bool:
    """One unbroken number, perhaps with X at its end."""
    digits = group.rstrip("xX")
    if len(digits) < 15 or (_DATED.match(digits) and len(digits) == len(group)):
        return False
    if len(digits) == 15:
        return _identity(digits) or (digits[0] == "3" and luhn(digits))
    if len(digits) <= CARD_MOST:
        return True
    return any(_checked(digits[at : at + 18]) for at in range(len(digits) - 17))


def _spans(groups: list[str]) -> Iterator[list[str]]:
    """Neighbouring groups that make 15 to 19 digits together."""
    for first in range(len(groups)):
        count = len(groups[first].rstrip("xX"))
        for last in range(first + 1, len(groups)):
            count += len(groups[last].rstrip("xX"))
            if count > CARD_MOST:
                break
            if count >= 15:
                yield groups[first : last + 1]


def _split_up(groups: list[str]) -> bool:
    """A number written in groups: told by what it says, since prices and years stand side by side as well."""
    whole = "".join(groups)
    if whole[-1] in "xX":
        return len(whole) == 18
    if _identity(whole):
        return True
    if len(whole) < CARD_LEAST or whole[0] not in "3456789":
        return False
    sizes = {len(group) for group in groups[:-1]}
    return luhn(whole) or whole.startswith("62") or (len(sizes) == 1 and sizes <= {1, 4} and len(groups[-1]) <= 4)


def _identity(digits: str) -> bool:
    """Whether the digits name a province and a birthday where an identity number does."""
    born = _BORN if len(digits) == 18 else _BORN_OLD
    return len(digits) in (15, 18) and bool(_PROVINCE.match(digits) and born.match(digits, 6))


def _checked(digits: str) -> bool:
    rest = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False)) % 11
    return _identity(digits[:17] + "0") and "10X98765432"[rest] == digits[17]


def luhn(digits: str) -> bool:
    """Whether a card's check digit holds (ISO/IEC 7812-1, annex B)."""
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0
