"""Signs on a desk: what is typed or pasted where no text field is open begins a text, finds, or is told to be none.

A sign that is no digit never chooses; a digit chooses as the first key, not inside a text.
"""

from __future__ import annotations

from collections.abc import Sequence

from floorlead.store import Busy, Store
from floorlead.text import clean
from floorlead.widgets.keys import finds
from floorlead.widgets.locking import Locking
from floorlead.widgets.page import Dialog, Door, TextField
from floorlead.words import N_, _

PASTED = 200
"""Signs of a paste without a field that are looked at."""
NO_TEXT = N_("No text here, only digits choose; Backspace first, then the digit")


def sign_of(key: str) -> str:
    """What a key of this name types; nothing for a key that is no sign."""
    return " " if key == "space" else key if len(key) == 1 else ""


class Signs(Locking):
    """A desk's way with text."""

    hidden: bool

    def field(self) -> TextField | None:
        """The text field that is open now."""
        raise NotImplementedError

    def __init__(self, store: Store, doors: Sequence[Door], shared: dict[str, type[Dialog]]) -> None:
        super().__init__(store, doors, shared)
        self._strayed: Dialog | None = None
        """The box into which text was typed that it does not take."""

    def pasted(self, text: str) -> str:
        """A text that came as a whole while no field is open: it begins a text in the box, or finds on the page.

        Returns what is left for the field; nothing of it is a digit that chooses or marks.
        """
        found = clean(text[:PASTED], PASTED)
        if self.locked or self.hidden or not found:
            return ""
        dialog = self.dialog()
        if dialog is None:
            self.finder.paste(found)
            return ""
        self.touch()
        try:
            with self.looking():
                if not dialog.own_words(found[0]) and finds(found[0]):
                    dialog.press(found[0])
        except Busy:
            self.is_held()
            self.waiting.append(("text", found))
            return ""
        if self.field() is None:
            self.say(_("Nothing here takes a text; what was pasted is left out"), here=True)
            return ""
        return text.lstrip()[1:]

    def begins(self, dialog: Dialog, key: str, sign: str) -> bool:
        """A sign that a box has no other use for goes into its open field, or opens its line for own words.

        Where it has none, that is said. Returns whether it went anywhere.
        """
        if sign and (field := self.field()) is not None:
            self.typed((("" if field.prefilled else field.value) + sign)[: field.limit])
            return True
        if not sign.strip() or (key.isdigit() and key.isascii()):
            return False
        if dialog.own_words(sign):
            return True
        if not finds(key) or not any(one.isdigit() for bind in dialog.binds() for one in bind.keys):
            return False
        self._strayed = dialog
        self.say(_(NO_TEXT), here=True)
        return True

    def strays(self, dialog: Dialog, sign: str) -> bool:
        """Whether a sign belongs to a text that the box does not take: nothing of it chooses, until another key comes."""
        if self._strayed is dialog and sign:
            return True
        self._strayed = None
        return False
