"""The desk: which page is up, which dialogs lie over it, what was typed to find, what the bottom lines say.

It draws the whole screen as lines and takes every key by name; it knows nothing of terminals, so tests drive it bare.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from floorlead import ownfile, settings
from floorlead.store import Busy, Refused, Store
from floorlead.store import undo as undoing
from floorlead.widgets import frame
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line
from floorlead.widgets.page import KEPT, Dialog, Door, Page, TextField
from floorlead.widgets.rooms import Nowhere
from floorlead.widgets.signs import Signs, sign_of
from floorlead.widgets.writing import Unsaved
from floorlead.words import N_, _, use

if TYPE_CHECKING:
    from datetime import datetime

ESC_HOLDS_SECONDS = 2.0
"""How long a bare Esc waits for the digit that makes it an F-key."""

GLOBAL = (
    bind(("f1", "?"), "F1", N_("help")),
    bind(("f10", "ctrl+k"), "^K", N_("commands")),
    bind("ctrl+z", "^Z", N_("undo"), changes=True),
    bind("ctrl+y", "^Y", N_("redo"), changes=True),
    bind("ctrl+p", "^P", N_("print")),
    bind("ctrl+f", "^F", N_("find digits")),
    bind("f12", "F12", N_("lock screen")),
    bind("ctrl+s", "^S", N_("saved")),
    bind("ctrl+q", "^Q", N_("quit")),
)
"""Keys that work on every page."""


class Desk(Signs):
    """One leader's screen. `doors` are `app.PAGES`, in the order of the tabs; a page is loaded when it is gone to."""

    def __init__(self, store: Store, doors: Sequence[Door], shared: dict[str, type[Dialog]]) -> None:
        self.options = settings.all_of(store)
        super().__init__(store, doors, shared)
        self.queue: list[Unsaved] = []
        self.trouble = ""
        self.last = ""
        self.leave: Callable[[int], None] = lambda code: None
        """End the program with an exit code."""
        self.later: Callable[[Callable[[], Any], Callable[[Any], None]], None] = self._at_once
        self.after_start: Callable[[], None] = lambda: None
        """What may wait until the first screen stands."""
        self.each_minute: Callable[[], None] = lambda: None
        """What the clock alone brings, though nobody presses a key: also behind a locked screen."""
        self.quiet_seconds = 0.0
        """How long no key must have come before `after_start`."""
        self.probe: Callable[[], None] | None = None
        self.hidden = False
        """Whether the window is too small to show the page: keys then change nothing unseen."""
        self.fine = False
        """Whether this terminal was seen to draw the finer marks in one cell."""
        self._undoable = (-1, False)
        self._said_here = ""
        self._escaped = -ESC_HOLDS_SECONDS
        self._picture: list[Line] = []
        self._field: TextField | None = None

    # -- what is shown

    @property
    def theme(self) -> str:
        """The theme in force."""
        return self.options["theme"]

    def now(self) -> datetime:
        """The showroom's time."""
        return self.store.clock.now()

    def field(self) -> TextField | None:
        """The text field that is open now."""
        if self.locked:
            return None
        with contextlib.suppress(Busy):
            self._field = self.top().field()
        return self._field

    def frame(self, cells: int, height: int) -> list[Line]:
        """The whole screen as `height` lines of `cells` cells; what stood there before while the file is held."""
        try:
            with self.looking():
                self._close_gone()
                self._picture = frame.draw(self, cells, height)
        except Busy:
            self.is_held()
            self._picture = frame.held(self, self._picture, cells, height)
        lines = self._picture
        return lines if self.masker is None or self.locked else [self.masker.line(line) for line in lines]

    # -- going about

    def start(self) -> None:
        """Take up the place that was kept, and show the last action that can be undone."""
        self.store.by = self.store.by or _leader(self.store)
        self._restore(self.take_left() or self.store.draft(self.slot.key))
        if isinstance(self.page, Nowhere):
            self.page = self.page_named(self.doors[0].name)
        self.page.enter()
        self._give_up_what_cannot_be_shown()
        self.say_last()
        ownfile.tell_all(self.store)
        self.trouble = "  ".join(self.store.notices)

    def _give_up_what_cannot_be_shown(self) -> None:
        """A kept dialog that can no longer be drawn must not stop every start from now on."""
        self._shed(lambda: self.frame(frame.LEAST_CELLS, frame.LEAST_LINES))

    def speak(self, language: str) -> None:
        """Switch the language now and for the next start."""
        use(language)
        self.set_option("language", language)
        self.page.enter()
        self.say_last()

    def proven(self) -> None:
        """The terminal told how wide it draws the finer marks; they are kept as the setting only when they fit."""
        if self.fine:
            self.set_option("marks", "fine")
        elif self.options["marks"] == "fine":
            self.options["marks"] = "letters"
        if not self.fine and self.page.name == "settings":
            self.say(_("This terminal draws the finer marks two cells wide; the letters stay"))
        self.page.enter()

    def set_option(self, key: str, value: str) -> None:
        """Keep a setting of the screen; it is noted, not undone."""
        if not self.store.reading:
            self.do(lambda: settings.put(self.store, key, value, undoable=False), quiet=True)
        self.options[key] = value

    # -- keys

    def press(self, key: str, sign: str = "") -> None:
        """Take a key by its short name; `sign` is what it types, where that is not the name itself."""
        if (self.hidden and key != "ctrl+q") or _is_no_key(key):
            return
        self.touch()
        if key == "ctrl+q" and self.unsaved():
            self.leave(0)
            return
        self.in_turn("key", sign if sign and (len(key) == 1 or key == "space") else key)

    def take_key(self, key: str, sign: str = "") -> None:
        """Carry out a key. Raises Busy where the file is held."""
        if self.keypad is not None:
            self.keypad.press(key)
            return
        if self.wake(key):
            return
        if self._close_gone():  # what the key was meant for is not there any more
            return
        if not self.queue:
            self.trouble = ""
        meant = self._aliased(key)
        try:
            self._route(meant, (sign or sign_of(key)) if meant == key else "")
        except Busy:
            raise
        except Refused as refused:
            self.trouble = str(refused)

    def _aliased(self, key: str) -> str:
        """Esc and then a digit is the F-key of that number, also when they arrive apart."""
        held = time.monotonic() - self._escaped < ESC_HOLDS_SECONDS
        self._escaped = -ESC_HOLDS_SECONDS
        return f"f{key if key != '0' else '10'}" if held and len(key) == 1 and key.isdigit() else key

    def _route(self, key: str, sign: str) -> None:
        dialog = self.dialog()
        if dialog is not None:
            if not self.strays(dialog, sign) and not dialog.press(key) and not self.begins(dialog, key, sign):
                self._global(key, in_dialog=True)
            return
        if self.finder.press(key) or self.page.press(key):
            return
        if not self._global(key):
            self.finder.begin(key)

    def _global(self, key: str, in_dialog: bool = False) -> bool:
        for door in self.doors:
            if door.key == key:
                self._page_key(self.page_named(door.name))
                return True
        act = self._acts().get(key)
        typing = in_dialog and self.field() is not None
        if (
            act is not None
            and not (in_dialog and key in ("ctrl+f", "?"))
            and not (typing and key in ("ctrl+z", "ctrl+y"))
        ):
            act()
            return True
        if key.startswith("f") and key[1:].isdigit():
            self.say(_("{key} has no page; F1 shows every key").format(key=key.upper()))
            return True
        return False

    def _page_key(self, page: Page) -> None:
        if page is not self.page:
            if self._said_here and self.last == self._said_here:
                self.say_last()
            self.go(page.name)
            if not self.stacks[page.name]:
                page.arrive()
            return
        self.finder.clear()
        if stack := self.stacks[page.name]:
            if self.leave_box(stack[0]):
                self.say(_(KEPT), here=True)
        else:
            page.next_view()

    def _acts(self) -> dict[str, Callable[[], None]]:
        shown = self.shared
        return {
            "f1": lambda: self._open_once("help"), "?": lambda: self._open_once("help"),
            "f10": lambda: self._open_once("palette"), "ctrl+k": lambda: self._open_once("palette"),
            "ctrl+z": lambda: self.undo(undoing.undo, _("Undone: {words}   ^Y does it again"), _("Nothing to undo today")),
            "ctrl+y": lambda: self.undo(undoing.redo, _("Done again: {words}"), _("Nothing to do again")),
            "ctrl+p": self._print, "ctrl+f": lambda: self.finder.begin("", digits=True),
            "ctrl+s": lambda: self.say(self.saved_words()), "ctrl+q": lambda: self.leave(0),
            "escape": self._escape, "f12": self.lock_now,
        } if shown is not None else {}  # fmt: skip

    def _escape(self) -> None:
        self._escaped = time.monotonic()

    def _print(self) -> None:
        wanted = self.page.print_dialog()
        if wanted is None:
            self.say(_("Nothing to print here"))
        elif not any(type(d) is self.page.DIALOGS.get(wanted[0]) for d in self.stacks[self.page.name]):
            self.open(*wanted)

    def click(self, do: str) -> None:
        """A click on a piece of the screen; a locked one has none."""
        if not self.locked:
            self.in_turn("click", do)

    def take_click(self, do: str) -> None:
        """Carry out a click. Raises Busy where the file is held."""
        kind, _sep, rest = do.partition(":")
        if kind == "key":
            self.press(rest)
        elif kind == "hit":
            self.finder.take(int(rest))
        elif do and (dialog := self.dialog()):
            dialog.click(do)
        elif do:
            self.page.click(do)

    def binds(self) -> Sequence[Bind]:
        """The keys of the bottom line; a locked screen has none there."""
        if self.locked:
            return ()
        return self.finder.binds() or self.top().binds()

    # -- place

    def minute(self) -> None:
        """A minute has passed: times and counts are read again."""
        self.each_minute()
        if not self.locked:
            self.page.enter()


def _is_no_key(key: str) -> bool:
    """Whether it is a sign such as 2 in superscript or 1 in a circle: a digit to read, none to press."""
    return len(key) == 1 and key.isdigit() and not key.isascii()


def _leader(store: Store) -> str:
    return str(
        store.one("SELECT value FROM settings WHERE key = 'leader'")
        or store.one("SELECT name FROM people WHERE role = 'leader' AND left_on IS NULL ORDER BY position, id")
        or _("leader")
    )
