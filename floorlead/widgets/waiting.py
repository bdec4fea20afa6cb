"""Another program holds the file: the picture stays, what is pressed and typed waits in its order, nothing is lost.

A key sees one picture of the file. Where the file cannot be read, or a write of before still waits, keys are carried out
once it is free; what was typed meanwhile lies in a file beside it until then.
"""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, cast

from floorlead import settings
from floorlead.store import Busy, Refused, Store
from floorlead.text import clean
from floorlead.widgets.beside import Beside
from floorlead.widgets.keys import name_of_sign
from floorlead.widgets.page import Dialog, Door
from floorlead.words import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from floorlead.widgets.desk import Desk

LONG_SECONDS = 60
"""From then on the screen says how long the file is held."""
EVERY_SECONDS = 10
"""How often that number changes."""


class Waiting(Beside):
    """A desk that outlives a file that cannot be read."""

    now_seconds = staticmethod(time.monotonic)

    def __init__(self, store: Store, doors: Sequence[Door], shared: dict[str, type[Dialog]]) -> None:
        super().__init__(store, doors, shared)
        self.waiting: list[tuple[str, str]] = []
        """Keys (`key`), signs and texts for a field (`text`), clicks (`click`) that wait, in their order."""
        self.owed: list[Callable[[], object]] = []
        """What is read as soon as the file is free."""
        self._held_at: float | None = None
        self._looks = False

    @property
    def held(self) -> bool:
        """Whether the file was held when it was asked last."""
        return self._held_at is not None

    @contextlib.contextmanager
    def looking(self) -> Iterator[None]:
        """One picture of the file for what is done inside. Raises Busy before anything is done."""
        if self._looks:
            yield
            return
        self.take_up_other()
        self._looks = True
        try:
            self.store.hold()
            if not (self.unsaved() or self.owed):
                self._is_free()
            yield
        finally:
            self._looks = False
            self.store.let_go()

    def take_up_other(self) -> bool:
        """Go on with another file that was put in this one's place; returns whether there is one."""
        if not self.store.replaced():
            return False
        state = json.dumps(self._state())
        try:
            self.store.take_up()
        except Busy:
            raise
        except Refused as refused:
            told = _("Another file lies in this one's place ({code}): {reason}")
            self.trouble = told.format(code=refused.code, reason=refused.sentence)
            return True
        self.store.clock = settings.own_clock(self.store)
        self._begin_anew(state)
        self.say(_("Another file was put in this one's place; it is open now, look before the next key"))
        return True

    def _begin_anew(self, state: str) -> None:
        """Every page is read anew, at the same place, with what is half typed."""
        self.forget()
        self._loaded.clear()
        self.options = settings.all_of(self.store)
        self._undoable, self.trouble = (-1, False), ""
        self._restore(state)
        self.page = self.page_named(self.page.name)
        self.page.enter()

    def is_held(self) -> None:
        """The file was found held: from now on it is only asked, never waited for."""
        if self._held_at is None:
            self._held_at = self.now_seconds()
            self.store.hurry(True)

    def _is_free(self) -> None:
        if self._held_at is not None:
            self._held_at = None
            self.store.hurry(False)

    def held_words(self) -> str:
        """What the warning line says of it; nothing where the file is free."""
        if self._held_at is None:
            return ""
        seconds = int(self.now_seconds() - self._held_at)
        told = _("Another program holds the file; it is tried again by itself")
        if seconds >= LONG_SECONDS:
            told = _("Another program has held the file for {seconds} s; it is tried again by itself")
        told = told.format(seconds=seconds // EVERY_SECONDS * EVERY_SECONDS)
        count = self.unsaved()
        return (f"{told}  " + _("{count} wait").format(count=count) if count else told) + " (E21)"

    def saved_words(self) -> str:
        """Whether all is saved, in words."""
        if not self.all_kept():
            return _("Not everything is saved yet; it waits for the file")
        return _("Everything is saved already")

    def _at_once(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        """Long work without an app around it (tests): done at once, with the file let go as in a thread."""
        self.store.let_go()
        done(work())

    def typed(self, value: str) -> None:
        """The open field's text changed."""
        if not cast("Desk", self).locked:
            cast("Desk", self).touch()
            try:
                self.top().typed(value)
            except Busy:
                self.is_held()
                self.owe(lambda: self.top().typed(value))

    # -- reading

    def attempt(self, work: Callable[[], object]) -> bool:
        """Do something that reads; where the file is held it is owed, and done as soon as it is free."""
        done = self._so_far()
        try:
            with self.looking():
                work()
        except Busy:
            self.is_held()
            self.owe(work if self._so_far() == done else self._look_anew)
            return False
        return True

    def _so_far(self) -> tuple[int, int]:
        return self.store.writes, len(self.queue)

    def owe(self, work: Callable[[], object]) -> None:
        """Something is done as soon as the file is free, once however often it is owed."""
        if work not in self.owed:
            self.owed.append(work)

    def _look_anew(self) -> None:
        self.page.enter()

    # -- keys in their order

    def in_turn(self, kind: str, value: str) -> None:
        """Carry out a key, a sign, a click; while something waits before it, it waits too."""
        if self.take_up_other():
            return
        if self._must_wait(kind, value) or not self._carry_out(kind, value):
            sign = kind == "key" and len(value) == 1  # where it belongs is known when it is its turn
            self.waiting.append(("text" if sign else kind, value))

    def _must_wait(self, kind: str, value: str) -> bool:
        if self.waiting:
            return True
        return bool(self.queue) and self.held and (kind == "click" or (kind == "key" and self._changes(value)))

    def _changes(self, key: str) -> bool:
        """Whether a key changes data here; one that only moves need not wait for what is still to be saved."""
        try:
            with self.looking():
                here = cast("Desk", self).binds()
        except Busy:
            return True
        key = name_of_sign(key) if len(key) == 1 else key
        return key in ("ctrl+z", "ctrl+y") or any(bind.changes and key in bind.keys for bind in here)

    def _carry_out(self, kind: str, value: str) -> bool:
        """Returns whether it was done; what was done and only cannot be shown is owed."""
        done = self._so_far()
        try:
            with self.looking():
                self._take(kind, value)
        except Busy:
            self.is_held()
            if self._so_far() == done:
                return False
            self.owe(self._look_anew)
        return True

    def _take(self, kind: str, value: str) -> None:
        desk = cast("Desk", self)
        if kind == "key":
            _press(desk, value)
        elif kind == "click":
            desk.take_click(value)
        elif desk.field() is not None:
            self._put(value)
        elif len(value) == 1:
            _press(desk, value)
        elif rest := desk.pasted(value):
            self._put(rest)

    def _put(self, text: str) -> None:
        """Signs for the open field, at its end: the cursor was moved there by what waited before them."""
        desk = cast("Desk", self)
        field = desk.field()
        assert field is not None
        before = "" if field.prefilled else field.value
        value = field.value[:-1] if text == "\b" else before + clean(text, field.limit)
        desk.top().typed(value[: field.limit])

    def resume(self) -> bool:
        """Try again all that waits, in its order; returns whether nothing waits any more."""
        owed, self.owed = self.owed, []
        for n, work in enumerate(owed):
            if not self.attempt(work):
                self.owed += owed[n + 1 :]
                return False
        if self.queue:
            self.retry()
        while self.waiting and not (self.queue and self.held):
            one = self.waiting.pop(0)
            if not self._carry_out(*one):
                self.waiting.insert(0, one)
                return False
        if self.unsaved() or self.owed:
            return False
        self._is_free()
        return True

    def retry(self) -> None:
        """Try again what could not be saved, in its order."""
        if self.queue and self._retried():
            self.attempt(self._look_anew)


def _press(desk: Desk, value: str) -> None:
    """A key by its name, or by the sign it types."""
    if len(value) == 1:
        desk.take_key(name_of_sign(value), value)
    else:
        desk.take_key(value)
