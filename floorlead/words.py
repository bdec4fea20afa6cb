"""Every word on screen and paper in two languages: English in the code, Chinese in the catalogue.

The language is one switch for the whole program and may be turned while it runs.
"""

from __future__ import annotations

import gettext as _gettext
import os
from pathlib import Path

LANGUAGES = ("zh", "en")
_FOLDER = Path(__file__).parent / "locale"
_current: _gettext.NullTranslations = _gettext.NullTranslations()
_language = "en"


def use(language: str) -> None:
    """Speak `language` (`zh` or `en`) from now on."""
    global _current, _language
    _language = language if language in LANGUAGES else "en"
    _current = _gettext.translation("floorlead", _FOLDER, [_language], fallback=True)


def language() -> str:
    """The language spoken now: `zh` or `en`."""
    return _language


def from_locale() -> str:
    """The language of the user's locale: `zh*` is Chinese, all else English."""
    named = next((v for k in ("LC_ALL", "LC_MESSAGES", "LANG") if (v := os.environ.get(k))), "")
    return "zh" if named.lower().startswith("zh") else "en"


def _(message: str) -> str:
    """The message in the language spoken now; an empty message stays empty."""
    return _current.gettext(message) if message else ""


def N_(message: str) -> str:
    """Mark a message that is translated later, where it is shown."""
    return message


def pick(zh: str, en: str) -> str:
    """Of two wordings from data the one in the language spoken now; the other when it is empty."""
    return (zh or en) if _language == "zh" else (en or zh)


def both(message: str) -> dict[str, str]:
    """A message in both languages, for a record that is read in either later."""
    return {code: _spoken(code, message) for code in LANGUAGES}


def _spoken(code: str, message: str) -> str:
    return _gettext.translation("floorlead", _FOLDER, [code], fallback=True).gettext(message) if message else ""
