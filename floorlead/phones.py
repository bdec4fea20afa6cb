"""Telephone numbers: as they are kept (digits), as they are shown (masked), and wherever they hide in free text."""

from __future__ import annotations

import re
import unicodedata

MOBILE = 11
"""Digits of a mobile number."""
LEAST, MOST = 5, 15
"""How many digits a number that can be called has, a fixed line or one from abroad too."""
_PERMISSIVE = re.compile(r"(?<![0-9])(?:\+?86[\s\-.]*)?(1[3-9][0-9](?:[\s\-.·()]*[0-9]){8})(?![0-9])")
"""A mobile number as people write it: with +86, blanks, dashes or dots between the digits."""


def digits(text: str) -> str:
    """A number as it is kept: digits only, full-width ones too, without +86 before a mobile number."""
    found = re.sub(r"[^0-9]", "", unicodedata.normalize("NFKC", text))
    return found[2:] if len(found) == 13 and found.startswith("861") else found


def is_mobile(number: str) -> bool:
    """Whether kept digits are a mobile number: 11 digits from 13 to 19."""
    return re.fullmatch(r"1[3-9][0-9]{9}", number) is not None


def masked(phone: str) -> str:
    """A number as it may stand on a screen or a paper: 138****1001."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 8 else ("*" * len(phone))


def mask_in(text: str) -> str:
    """Free text with every mobile number in it masked, however it was written; text without one stays as it is."""
    if sum(c.isdigit() for c in text) < MOBILE:
        return text
    plain = unicodedata.normalize("NFKC", text)
    return _PERMISSIVE.sub(lambda found: masked(digits(found[1])), plain) if _PERMISSIVE.search(plain) else text
