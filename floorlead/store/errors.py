"""What can go wrong with the file, each as one clear sentence and a code that can be read out on the
phone."""

from __future__ import annotations

import sqlite3

from floorlead.phones import safe
from floorlead.words import _


class Refused(Exception):
    """An action that was refused; nothing was changed. `sentence` says why and what to do, `code` is like
    `E31`. What it quotes of what somebody typed has no telephone number and no card number whole."""

    def __init__(self, code: str, sentence: str) -> None:
        self.code = code
        self.sentence = safe(sentence)
        super().__init__(self.sentence)

    def __str__(self) -> str:
        return f"{self.sentence} ({self.code})"


class Busy(Refused):
    """Another terminal is writing; the same action may be tried again in a moment."""


class CannotWrite(Refused):
    """The disk does not take the data; what was saved before is safe, the action may be tried again."""


class Damaged(Refused):
    """The file is damaged; it is left as it is, a backup can be restored beside it."""


SQLITE = (sqlite3.Error, UnicodeDecodeError)
"""What SQLite raises: on a damaged file even its complaint may be no text."""


DAMAGE = ("malformed", "not a database", "decode", "no such table", "no such column", "unsupported file format")
"""What SQLite says of a file that is not as this program left it."""


def told(error: sqlite3.Error | UnicodeDecodeError) -> Refused:
    """The refusal that tells a user what an SQLite error means."""
    text = str(error)
    if "floorlead: sealed" in text:
        return Refused("E41", _("This day's report is sealed; re-open it on F9 to change the day"))
    if any(sign in text for sign in DAMAGE):
        return Damaged("E13", _("The file is damaged; it is kept as it is, restore a backup"))
    if "locked" in text or "busy" in text:
        return Busy("E21", _("Another program holds the file; nothing was changed, try again"))
    if "readonly" in text:
        return CannotWrite("E23", _("The file is open for reading only; nothing was changed"))
    if "disk" in text or "full" in text or "I/O" in text or "unable to open" in text:
        return CannotWrite("E22", _("The disk does not take the data; what was saved before is safe"))
    return Refused("E20", _("The file refused this; nothing was changed: {reason}").format(reason=text))
