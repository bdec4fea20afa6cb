"""Telephone numbers: as they are kept (digits), as they are shown (masked), and wherever they hide in free text."""

from __future__ import annotations

import re
import unicodedata

MOBILE = 11
"""Digits of a mobile number."""
LEAST, MOST = 5, 15
"""How many digits a number that can be called has, a fixed line or one from abroad too."""
_DASH = r"\-\u2010-\u2015\u2212"
_ABROAD = rf"(?:(?:\+|00)?86[\s.{_DASH}]*)?"
_MOBILE = re.compile(
    rf"(?<![0-9]){_ABROAD}(0?1[3-9][0-9](?:[\s.·•(){_DASH}]*[0-9]){{8}}|1[3-9][0-9]([^0-9A-Za-z])[0-9]{{4}}\2[0-9]{{4}}|"
    rf"1([\s.·{_DASH}])[3-9](?:\3[0-9]){{9}})(?![0-9])"
)
"""A mobile number as people write it: with +86 or 0086, blanks, dashes or dots between the digits."""
_FIXED = re.compile(
    rf"(?<![0-9A-Za-z])((?:0|(?:\+|00)86[\s.{_DASH}]*0?)(?:10|2[0-9]|[3-9][0-9]{{2}})[\s.(){_DASH}]{{0,3}}"
    rf"[2-8][0-9]{{2,3}}[\s.{_DASH}]?[0-9]{{4}})(?![0-9])"
)
"""A fixed line with its area code."""


_ABROAD_MOBILE = re.compile(r"(?:0086|86|0)1[3-9][0-9]{9}")


def digits(text: str) -> str:
    """A number as it is kept: digits only, full-width ones too, without +86 or 0086 before a mobile number."""
    found = re.sub(r"[^0-9]", "", unicodedata.normalize("NFKC", text))
    return found[-MOBILE:] if _ABROAD_MOBILE.fullmatch(found) else found


def is_mobile(number: str) -> bool:
    """Whether kept digits are a mobile number: 11 digits from 13 to 19."""
    return re.fullmatch(r"1[3-9][0-9]{9}", number) is not None


def masked(phone: str) -> str:
    """A number as it may stand on a screen or a paper: 138****1001."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 8 else ("*" * len(phone))


def mask_in(text: str) -> str:
    """Free text with every mobile number and fixed line in it masked, however written; other text stays as it is."""
    if sum(c.isdigit() for c in text) < MOBILE:
        return text
    plain = unicodedata.normalize("NFKC", text)
    made = _FIXED.sub(_stars, _MOBILE.sub(_stars, plain))
    return text if made == plain else made


def _stars(found: re.Match[str]) -> str:
    return masked(digits(found[1]))
