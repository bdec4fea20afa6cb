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


EFFECTS = (
    "page", "view", "box", "close", "row", "cursor", "paper", "text", "said", "same", "lock", "quit",
)  # fmt: skip
"""What a key may do: another page or view is up, a box opens or closes, a row is written, the cursor moves, a box of
papers or opens, an open box holds other text or another choice, a sentence is said, one of several choices stands already, the
screen locks, the program ends."""
_MOVES = ("cursor", "view")
_LOOKING: dict[str, tuple[str, ...]] = {
    "escape": ("close",), "f1": ("box",), "f10": ("box",), "f12": ("lock",), "ctrl+p": ("paper",), "ctrl+f": ("text",),
    "ctrl+s": ("said",), "ctrl+q": ("quit",), "a": ("text",),
    **dict.fromkeys(("tab", "backtab", "up", "down", "left", "right", "pageup", "pagedown"), _MOVES),
}  # fmt: skip
"""What a key that changes no data does, by its name."""


def _is_f_key(key: str) -> bool:
    return key[0] == "f" and key[1:].isdigit()


@record
class Bind:
    """One entry of a page's key table: its keys, the label and word shown (`word` is a message), what it is for.

    `changes` tells the audit that data changes; `help` is the sentence in F1 when the word is too short; `effect` are
    the kinds of what pressing it does, where they do not follow from the rest.
    """

    keys: tuple[str, ...]
    label: str
    word: str
    changes: bool = False
    help: str = ""
    effect: tuple[str, ...] = ()

    def effects(self) -> tuple[str, ...]:
        """The kinds of effect (`EFFECTS`) of which pressing has one: its own, else what follows from `changes`."""
        if self.effect:
            return self.effect
        first = self.keys[0]
        if self.changes:
            return ("row", "box", "close") if first in ("enter", "ctrl+s") else ("row", "box")
        return _LOOKING.get(first, ("page", "view") if _is_f_key(first) else ("box", "page", "paper"))

    def hint(self) -> str:
        """The key and its word as the bottom line shows them."""
        word = _(self.word)
        label = self.shown_label()
        return f"{label}{word}" if language() == "zh" else f"{label} {word}"

    def shown_label(self) -> str:
        """The key's label in the language spoken now."""
        return _IN_CHINESE.get(self.label, self.label) if language() == "zh" else self.label


def label_of(numbers: Iterable[str]) -> str:
    """Digits as a label, runs as one: `1-4 7`."""
    runs: list[list[str]] = []
    for one in numbers:
        if runs and int(one) == int(runs[-1][-1]) + 1:
            runs[-1].append(one)
        else:
            runs.append([one])
    return " ".join(run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def digits(first: int, last: int) -> tuple[str, ...]:
    """The digit keys from `first` to `last`."""
    return tuple(str(n) for n in range(first, last + 1))


def bind(
    keys: str | Iterable[str], label: str, word: str, *, changes: bool = False, help: str = "", effect: str = ""
) -> Bind:
    """A key table entry; `keys` is one key name or several, `effect` some of `EFFECTS` with spaces between."""
    return Bind((keys,) if isinstance(keys, str) else tuple(keys), label, word, changes, help, tuple(effect.split()))
