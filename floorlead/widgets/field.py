"""The one text field, laid over the canvas where the desk says; Chinese input methods compose at its cursor."""

from __future__ import annotations

from textual import events
from textual.widgets import Input

from floorlead.text import clean, show
from floorlead.widgets.page import TextField

PASTE_LIMIT = 5000
"""Characters of a paste that are looked at; a field holds far fewer."""


class Field(Input):
    """Textual's input line without border or blinking; what is pasted is cleaned first, line ends become blanks."""

    DEFAULT_CSS = """
    Field { position: absolute; height: 1; border: none; padding: 0; background: ansi_default; color: ansi_default;
            text-style: underline; }
    Field:focus { border: none; }
    """

    def __init__(self) -> None:
        super().__init__(compact=True, select_on_focus=False)
        self.cursor_blink = False
        self.name_now = ""

    def follow(self, field: TextField) -> None:
        """Take the place and, for another field than before, the value."""
        self.styles.offset = (field.x, field.y)
        self.styles.width = field.cells
        self.max_length = field.limit
        value = show(field.value)
        if field.name != self.name_now or self.value != value:
            self.name_now = field.name
            with self.prevent(Input.Changed):
                self.value = value
                self.cursor_position = len(value)
            if field.prefilled and value:
                self.select_all()
        self.display = True
        self.focus(scroll_visible=False)

    def put(self, text: str) -> None:
        """Typed text at the cursor, or over what is selected."""
        self.replace(text, *self.selection)

    def put_pasted(self, text: str, *, edges: bool = False) -> bool:
        """As much of a pasted text as the field holds, cleaned, line ends as blanks; returns whether that is all of it.

        `edges` keeps a blank at its beginning and end, for a text that comes in parts.
        """
        start, end = sorted(self.selection)
        room = (self.max_length or PASTE_LIMIT) - len(self.value) + end - start
        if room <= 0:
            return not text.strip()
        kept = clean(text[:PASTE_LIMIT], PASTE_LIMIT)
        if edges and kept:
            kept = f"{' ' * text[0].isspace()}{kept}{' ' * text[-1].isspace()}"
        self.replace(kept[:room], start, end)
        return len(kept) <= room and len(text) <= PASTE_LIMIT

    def _on_paste(self, event: events.Paste) -> None:
        self.put_pasted(event.text)
        event.stop()
        event.prevent_default()
