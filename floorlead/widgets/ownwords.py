"""Usual words by digits, and a line for one's own: a digit picks as the first key only, any other sign is text.

The sign that opens the line stands in it, and from then on digits belong to the text. Esc goes back to the usual words
and what was typed stays; whatever closes the box, it waits until the box is opened again.
"""

from __future__ import annotations

from typing import Any

from floorlead.widgets.choose import Choice, Form
from floorlead.widgets.line import Line
from floorlead.widgets.page import Dialog
from floorlead.words import _

BLANK = 30
"""Cells of the empty line for own words."""


class OwnWords(Dialog):
    """A box with a line for own words, open while `args["typing"]` is there; `args["begun"]` is what waits there."""

    TYPE = "7"
    """The key that opens the line as it stands."""

    @property
    def typing(self) -> bool:
        """Whether own words are typed now."""
        return "typing" in self.args

    @property
    def words(self) -> str:
        """What is typed so far."""
        return str(self.args.get("typing", self.args.get("begun", "")))

    def takes_words(self) -> bool:
        """Whether own words may be typed in this state of the box."""
        return True

    def begin_words(self) -> None:
        """Open the line with what stands there already."""
        self.args["typing"] = self.words

    def enter_words(self, text: str) -> None:
        """Enter: carry out what the own words are for."""

    def own_words(self, text: str) -> bool:
        """Open the line with a first sign; returns False where it is open or closed in this state."""
        if self.typing or not self.takes_words():
            return False
        self.begin_words()
        self.typed(self.words + text)
        return True

    def typed(self, value: str) -> None:
        """The text changed."""
        self.args["typing"] = value

    def half_typed(self) -> dict[str, Any]:
        """The own words."""
        return {"typing": self.words} if self.words.strip() else {}

    def press_words(self, key: str) -> bool:
        """A key while own words are typed: Enter enters them, Esc goes back to the usual ones."""
        if key == "enter":
            self.enter_words(self.words)
        elif key == "escape":
            self.stop_words()
        else:
            return False
        return True

    def stop_words(self) -> None:
        """Back to the usual words; what was typed waits on the line."""
        self.args["begun"] = self.args.pop("typing", "")

    def forget_words(self) -> None:
        """What was typed is entered, or not wanted any more."""
        self.args.pop("typing", None)
        self.args.pop("begun", None)

    def words_line(self, lead: str = " ") -> Line:
        """The line to type on, with its key."""
        do = f"key:{self.TYPE}"
        line = Line().put(lead).put(self.TYPE, "key", do).put(" " + _("type:") + " ", "", do)
        if self.typing:
            return line
        return line.put(self.words, "", do) if self.words else line.put("_" * BLANK, "dim", do)

    def words_at(self, lead: str = " ") -> int:
        """The screen column where own words begin."""
        return 3 + Line().put(f"{lead}{self.TYPE} " + _("type:") + " ").cells


class UsualWords(OwnWords):
    """Own words beside usual ones, each of which a digit takes at once."""

    def usual(self) -> int:
        """How many usual words there are."""
        return 0

    def take_usual(self, number: int) -> None:
        """Carry out a usual word, 1 the first."""

    def press(self, key: str) -> bool:
        """Take a key."""
        if self.typing:
            return self.press_words(key)
        if key == "escape":
            self.put_away()
        elif key == self.TYPE:
            self.begin_words()
        elif key.isascii() and key.isdecimal() and 1 <= int(key) <= self.usual():
            self.take_usual(int(key))
        else:
            return False
        return True


class WordsInForm(Choice):
    """Choices of which the last opens a form; own words are typed into its field `OWN`."""

    OWN = ""

    def own_words(self, text: str) -> bool:
        """Open the form with a first sign in its field."""
        if not self.OWN or not self.choices():
            return False
        self.take(len(self.choices()))
        form = self.desk.dialog()
        if not isinstance(form, Form):
            return False
        form.begin_at(self.OWN, text)
        return True
