"""Telephone numbers: as they are kept (digits), as they are shown (masked), and wherever they hide in free text."""

from __future__ import annotations

import re
import unicodedata

from floorlead.secrets import hidden
from floorlead.words import _

MOBILE = 11
"""Digits of a mobile number."""
KEPT, LEAST_SHOWN = 4, 8
"""Digits of a number's end that are shown, and how many it must have for that."""
LEAST, MOST = 5, 15
"""How many digits a number that can be called has, a fixed line or one from abroad too."""
# the patterns are texts: each is compiled when a number is looked for, not at every start
_DASH = r"\-\u2010-\u2015\u2212"
_ABROAD = rf"(?:(?:\+|00)?86[\s.{_DASH}]*)?"
_MOBILE = (
    rf"(?<![0-9]){_ABROAD}(0?1[3-9][0-9](?:[\s.·•(){_DASH}]*[0-9]){{8}}|1[3-9][0-9]([^0-9A-Za-z])[0-9]{{4}}\2[0-9]{{4}}|"
    rf"1([\s.·{_DASH}])[3-9](?:\3[0-9]){{9}})(?![0-9])"
)
"""A mobile number as people write it: with +86 or 0086, blanks, dashes or dots between the digits."""
_FIXED = (
    rf"(?<![0-9A-Za-z])((?:0|(?:\+|00)86[\s.{_DASH}]*0?)(?:10|2[0-9]|[3-9][0-9]{{2}})[\s.(){_DASH}]{{0,3}}"
    rf"[2-8][0-9]{{2,3}}[\s.{_DASH}]?[0-9]{{4}})(?![0-9])"
)
"""A fixed line with its area code."""


_OTHER_COUNTRY = (
    rf"(?<![0-9A-Za-z+])(?:\+(?!86)(?=[1-9](?:[\s.·(){_DASH}]{{0,2}}[0-9]){{6,14}}(?![0-9]))|00(?!86)(?=[1-9][0-9]{{9,12}}(?![0-9])))"
    rf"([1-9](?:[\s.·(){_DASH}]{{0,2}}[0-9])+)"
)
"""A number of another country, with + or 00 before it."""
_HOME_MOBILE = r"(?:0086|86|0)1[3-9][0-9]{9}"
_AREA_LINE = r"(?![48]00)(?:10|2[0-9]|[3-9][0-9]{2})[2-8][0-9]{6,7}(?:[0-9]{1,4})?"
_SHEET = r"([0-9]{5,15})\.0+"
"""What a spreadsheet makes of a number."""
_EXTENSION = r"(?i)(?<=[0-9]{4})\s*(?:转|分机|ext\.?|#|x)\s*(?=[0-9])"
_WORDS = r"(?i)[\u3400-\u9fff]+|(?:wechat|weixin|vx|wx|tel|phone|mobile|mob|cell|no)(?![a-z])"
"""Words that people write beside a number: 微信同号, 王先生, tel."""
_SIGNS = " \t.,;:。、'\"“”‘’`!?()[]<>~*"
"""What may stand before and behind a number."""
_ONE = rf"\+?[0-9](?:[\s.·•(){_DASH}/]*[0-9])*"
_DAY = r"(?:19|20)[0-9]{2}([\-./])[01]?[0-9]\1[0-3]?[0-9](?:[ T].*)?"
_DECIMAL = r"[0-9]{5,}\.[0-9]{1,2}"


def digits(text: str) -> str:
    """A number as it is kept: digits only, full-width ones too, an extension behind them; one number one way.

    A number of this country has no +86 or 0086, one of another country begins with its code (with 001 for +1, which
    would else be taken for a mobile number here).
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = whole[1] if (whole := re.fullmatch(_SHEET, plain)) else plain
    found = re.sub(r"[^0-9]", "", plain)
    if re.fullmatch(_HOME_MOBILE, found):
        return found[-MOBILE:]
    if not (found.startswith("00") or re.match(r"[^0-9]*\+\s*\(?[0-9]", plain)):
        return found
    rest = found.removeprefix("00")
    if rest.startswith("86"):
        home = rest[2:]
        return f"0{home}" if re.fullmatch(_AREA_LINE, home) and not is_mobile(home[:MOBILE]) else home
    return f"00{rest}" if rest.startswith("1") else rest


def number_in(text: str, there: str = "") -> str:
    """The one number that a field or a cell tells, as it is kept; empty for nothing. Raises ValueError with a sentence.

    `there` is what is kept already and may stay.

    Signs and words around it (微信同号) do no harm, an extension is part of it. Two numbers are refused: which one is
    called would be a guess.
    """
    plain = unicodedata.normalize("NFKC", "".join(c for c in text if unicodedata.category(c) != "Cf"))
    if not plain.strip() or plain == there:
        return there if plain == there else ""
    bare = re.sub(_WORDS, " ", re.sub(_EXTENSION, "-", plain)).strip(_SIGNS)
    bare = whole[1] if (whole := re.fullmatch(_SHEET, bare)) else bare
    if _two(bare):
        raise ValueError(
            _("'{word}' is two telephone numbers; keep one here, the other in the note").format(word=starred(text))
        )
    if not re.fullmatch(_ONE, bare) or re.fullmatch(_DAY, bare) or re.fullmatch(_DECIMAL, bare):
        raise ValueError(_("'{word}' is no telephone number").format(word=starred(text)))
    number = digits(bare)
    marked = re.search(_EXTENSION, plain) is not None or re.search(rf"[{_DASH}][0-9]{{1,4}}$", bare) is not None
    extended = marked or len(number) - MOBILE in (3, 4)
    if re.match(r"1[3-9]|1.{7}", number) and not (is_mobile(number[:MOBILE]) and (extended or len(number) == MOBILE)):
        sentence = _("'{word}' is no telephone number: a mobile number has 11 digits, this one {count}")
        sentence = sentence if len(number) != MOBILE else _("'{word}' is no telephone number")
        raise ValueError(sentence.format(count=len(number), word=starred(text)))
    if not LEAST <= len(number) <= MOST:
        sentence = _("A telephone number has {least} to {most} digits, this one {count}")
        raise ValueError(sentence.format(least=LEAST, most=MOST, count=len(number)))
    return number


def _two(bare: str) -> bool:
    """Whether two numbers stand beside each other: either part could be called by itself."""
    parts = re.split(r"[/,;、|&\n\\]+", bare)
    sizes = [sum(map(str.isdigit, part)) for part in parts]
    apart = [len(re.sub(r"[^0-9]", "", part)) for part in bare.split()]
    return sum(size >= LEAST for size in sizes) > 1 or sum(size >= 7 for size in apart) > 1


def starred(text: str, most: int = 40) -> str:
    """What was typed for a number, quoted: the last four of eight digits or more stay, all others are stars."""
    plain = unicodedata.normalize("NFKC", text)[:most]
    left = sum(map(str.isdigit, plain))
    keep = KEPT if left >= LEAST_SHOWN else 0
    made = ""
    for char in plain:
        shown = not char.isdigit() or left <= keep
        left -= char.isdigit()
        made += (char if char.isprintable() else "?") if shown else "*"
    return made


def is_mobile(number: str) -> bool:
    """Whether kept digits are a mobile number: 11 digits from 13 to 19."""
    return re.fullmatch(r"1[3-9][0-9]{9}", number) is not None


def masked(phone: str) -> str:
    """A number as it may stand on a screen or a paper: 138****1001; of a short one nothing."""
    return f"{phone[:3]}****{phone[-KEPT:]}" if len(phone) >= LEAST_SHOWN else ("*" * len(phone))


def may_hold(text: str) -> bool:
    """Whether a text has digits enough to hold a number: a quick look before a thorough one."""
    count = sum(map(str.isnumeric, text))
    return count >= MOBILE or (count >= LEAST_SHOWN and "+" in unicodedata.normalize("NFKC", text))


def mask_in(text: str) -> str:
    """Free text with every mobile number, fixed line and number of another country masked, however written; other text
    stays as it is."""
    if not may_hold(text):
        return text
    plain = unicodedata.normalize("NFKC", text)
    made = re.sub(_FIXED, _stars, re.sub(_MOBILE, _stars, re.sub(_OTHER_COUNTRY, _stars, plain)))
    return text if made == plain else made


def safe(sentence: str) -> str:
    """A sentence about what somebody typed as it may be shown: no number whole in it, no sign that steers a terminal."""
    made = mask_in(hidden(sentence))
    return made if made.isprintable() else "".join(c if c.isprintable() or c == "\n" else "?" for c in made)


def _stars(found: re.Match[str]) -> str:
    return masked(digits(found[1]))
