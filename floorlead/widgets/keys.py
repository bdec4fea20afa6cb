"""Keys under their short names, and what each does where: the table behind the bottom line, F1 and the key audit.

Full-width digits and punctuation count as plain ones; a letter never changes data, it only finds.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual.events import Key

from floorlead.record import record
from floorlead.text import fold
from floorlead.words import _, language

_ESC_DIGITS = dict(
    zip(
        ("inverted_exclamation_mark", "trade_mark_sign", "pound_sign", "cent_sign", "infinity", "section_sign",
         "pilcrow_sign", "bullet", "feminine_ordinal_indicator", "masculine_ordinal_indicator", "ª", "º"),
        ("f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f10", "f9", "f10"),
        strict=True,
    )
)  # fmt: skip
"""What the screen library makes of Esc and a digit together: our F-keys for laptops without an F-row."""

_NAMES = {" ": "space", "\t": "tab", "—": "-", "－": "-", "＋": "+"}
EDITING = frozenset(
    ("left", "right", "home", "end", "backspace", "delete", "ctrl+left", "ctrl+right", "shift+left", "shift+right",
     "shift+home", "shift+end", "ctrl+u", "ctrl+w", "ctrl+v", "ctrl+x", "ctrl+c")
)  # fmt: skip
"""Keys that belong to a text field while one is open."""


def name_of(event: Key) -> str:
    """A key's short name: `f3`, `ctrl+a`, `1`, `space`, `-`, a letter, or a Han character as itself."""
    if event.key in _ESC_DIGITS:
        return _ESC_DIGITS[event.key]
    if event.character and event.is_printable:
        return name_of_sign(event.character)
    return {"shift+tab": "backtab"}.get(event.key, event.key)


def name_of_sign(char: str) -> str:
    """The short name of the key that a sign is typed with."""
    return _NAMES.get(char) or _NAMES.get(fold(char)) or fold(char)


def finds(key: str) -> bool:
    """Whether a key is text to find by: a letter or a Han character."""
    return len(key) == 1 and key.isalpha()


_IN_CHINESE = {"Space": "空格", "Up/Dn": "上下", "L/R": "左右", "Down": "下", "Bksp": "退格"}
"""Keys whose names are words; arrows as signs would take two cells on some terminals."""


@record
class Bind:
    """One entry of a page's key table: its keys, the label and word shown (`word` is a message), what it is for.

    `changes` tells the audit that data changes; `help` is the sentence in F1 when the word is too short.
    """

    keys: tuple[str, ...]
    label: str
    word: str
    changes: bool = False
    help: str = ""

    def hint(self) -> str:
        """The key and its word as the bottom line shows them."""
        word = _(self.word)
        label = self.shown_label()
        return f"{label}{word}" if language() == "zh" else f"{label} {word}"

    def shown_label(self) -> str:
        """The key's label in the language spoken now."""
        return _IN_CHINESE.get(self.label, self.label) if language() == "zh" else self.label


def digits(first: int, last: int) -> tuple[str, ...]:
    """The digit keys from `first` to `last`."""
    return tuple(str(n) for n in range(first, last + 1))


def bind(keys: str | Iterable[str], label: str, word: str, *, changes: bool = False, help: str = "") -> Bind:
    """A key table entry; `keys` is one key name or several."""
    return Bind((keys,) if isinstance(keys, str) else tuple(keys), label, word, changes, help)
