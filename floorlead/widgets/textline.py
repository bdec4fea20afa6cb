"""The terminal program's one text line: what is typed and what is pasted is with the desk before the next key comes."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from textual import events
from textual.app import App
from textual.binding import NoBinding

from floorlead.text import clean
from floorlead.widgets.keys import EDITING
from floorlead.words import _

if TYPE_CHECKING:
    from textual.widgets import Input

    from floorlead.widgets.canvas import Canvas
    from floorlead.widgets.desk import Desk
    from floorlead.widgets.field import Field


PASTE_LIMIT = 5000
BACKWARDS = ("backspace", "ctrl+w", "ctrl+u")
"""What takes back the sign before, or more of it; while the file is held one sign."""


class TextLine(App[int]):
    """An app whose desk says where its one text line lies and what it holds."""

    desk: Desk
    canvas: Canvas
    _field: Field | None = None
    _idle_since = 0.0

    def after_key(self) -> None:
        """Draw, and keep the place soon."""

    def _for_field(self, event: events.Key) -> bool:
        return self.desk.field() is not None and (event.is_printable or event.key in EDITING)

    async def _edit(self, event: events.Key) -> None:
        """A key for the open text field; the desk knows the text before the next key comes."""
        self._idle_since = asyncio.get_running_loop().time()
        self.desk.touch()
        if self.desk.waiting:
            if event.key in BACKWARDS or event.is_printable:
                self.desk.in_turn("text", "\b" if event.key in BACKWARDS else event.character or "")
            self.after_key()
            return
        field = self._open_field()
        with field.prevent(field.Changed):
            if event.is_printable and event.character:
                field.put(event.character)
            else:
                with contextlib.suppress(NoBinding):
                    for binding in field._bindings.get_bindings_for_key(event.key):
                        await self.run_action(binding.action, default_namespace=field)
        self._typed(field.value)

    def take_text(self, text: str, *, in_parts: bool = False) -> None:
        """A text that came as a whole: for the open field, or for the desk where none is open."""
        self._idle_since = asyncio.get_running_loop().time()
        if self.desk.waiting:
            self.desk.in_turn("text", clean(text, PASTE_LIMIT))
            self.after_key()
            return
        text = self.desk.pasted(text) if self.desk.field() is None else text
        if not text or self.desk.field() is None:
            self.after_key()
            return
        field = self._open_field()
        with field.prevent(field.Changed):
            if not field.put_pasted(text, edges=in_parts):
                self.desk.say(_("What was pasted is longer than this field; its end was left out"))
        self._typed(field.value)

    def _open_field(self) -> Field:
        self._place_field()
        assert self._field is not None
        return self._field

    def _typed(self, value: str) -> None:
        """The text field's text goes to the desk at once."""
        now = self.desk.field()
        if now is not None and now.value != value:
            self.desk.typed(value)
        self.after_key()

    def _place_field(self) -> None:
        wanted = self.desk.field()
        if wanted is None:
            if self._field is not None and self._field.display:
                self._field.display = False
                self.canvas.focus(scroll_visible=False)
            return
        if self._field is None:
            from floorlead.widgets.field import Field

            self._field = Field()
            self._field.follow(wanted)
            self.mount(self._field)
        self._field.follow(wanted)

    def on_input_changed(self, event: Input.Changed) -> None:
        """The text field changed by itself: a cut, or what the mouse does."""
        self._typed(event.value)
