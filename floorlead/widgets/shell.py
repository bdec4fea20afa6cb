"""The terminal program around the desk: keys in, canvas out, drafts kept, signals and crashes survived."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual import events
from textual.app import ComposeResult

from floorlead.store import Damaged, Refused
from floorlead.widgets.canvas import Canvas
from floorlead.widgets.crash import write_crash
from floorlead.widgets.desk import Desk
from floorlead.widgets.keys import name_of
from floorlead.widgets.pasting import Burst, install
from floorlead.widgets.textline import TextLine
from floorlead.words import _

KEEP_AFTER_SECONDS = 0.2
"""Quiet after a key before the place and half-typed text are kept; shorter than the promised 0.4 s."""
RETRY_SECONDS = 0.5
HELD_SECONDS = 0.02
"""How often a held file is asked; that costs next to nothing, and its holder may let it go for a moment only."""
WARM_AFTER_SECONDS = 1.0
WARM_EVERY_SECONDS = 0.1
WARM_QUIET_SECONDS = 0.5
"""Quiet that loading a page waits for: it takes as long as three keys."""
CHECK_EVERY_SECONDS = 0.2
KEY_PATIENCE_SECONDS = 0.3
"""How long a key waits for another terminal's write before it is queued."""
CRASHED = 70
STDIN = 0
WATCH_EVERY_SECONDS = 0.5
"""How often it is looked whether the terminal is still there."""
PROBE = "\x1b7\x1b[1;1H√\x1b[6n\x1b8"
"""Draw the mark in the corner, ask where the cursor is, go back."""


class Shell(TextLine):
    """The app: one canvas, one text field that appears when needed."""

    CSS = "Screen { layers: base over; background: ansi_default; } Field { layer: over; }"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = []
    AUTO_FOCUS = None

    def __init__(self, desk: Desk, crashes: Path) -> None:
        super().__init__(ansi_color=True)
        install()
        self.desk = desk
        self.canvas = Canvas(desk)
        self.crashes = crashes
        self.crash_sentence = ""
        self.crash: Exception | None = None
        """What ended the app, for whoever can tell what it means."""
        self._keep_handle: asyncio.TimerHandle | None = None
        self._resume_handle: asyncio.TimerHandle | None = None
        self._held_told = ""
        self._idle_since = 0.0
        self._probing = False
        self._asked_to_leave = False
        desk.leave = self._leave
        desk.probe = self._probe
        desk.later = self._later

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """No colours of our own: the styles name meanings, the theme gives them."""
        return {}

    def compose(self) -> ComposeResult:
        """The canvas is the whole screen."""
        yield self.canvas

    def on_mount(self) -> None:
        """Take up the place, and start the clock."""
        self.desk.store.patience(KEY_PATIENCE_SECONDS)
        self.canvas.focus(scroll_visible=False)
        self._watch_signals()
        if not self.is_headless and os.isatty(STDIN):
            self.set_interval(WATCH_EVERY_SECONDS, self._watch_terminal)
        if self.desk.options["marks"] == "fine":
            self._probe()
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(self._fault)
        self._idle_since = loop.time()
        loop.call_later(60 - self.desk.now().second, self._minute)
        self.call_after_refresh(self._started)

    def _started(self) -> None:
        gc.enable()
        gc.freeze()
        self.after_key()
        asyncio.get_running_loop().call_later(WARM_AFTER_SECONDS, self._settled)

    def _settled(self) -> None:
        """The first screen has stood for a moment: what could wait is done now."""
        self._when_quiet()
        self._warm()
        self._watch_check()

    def _when_quiet(self) -> None:
        """Do what could wait, once no key has come for long enough."""
        loop = asyncio.get_running_loop()
        left = self.desk.quiet_seconds - (loop.time() - self._idle_since)
        if left > 0:
            loop.call_later(left, self._when_quiet)
        else:
            self.desk.attempt(self.desk.after_start)

    def _watch_check(self) -> None:
        """The file's check may end after the first screen; damage is said as soon as it is known."""
        try:
            done = self.desk.store.wait_checked(0)
        except Damaged as damage:
            self.desk.trouble = str(damage)
            self.canvas.paint()
            return
        if not done:
            asyncio.get_running_loop().call_later(CHECK_EVERY_SECONDS, self._watch_check)

    def _warm(self) -> None:
        """Load the other pages one by one while nobody presses a key."""
        loop = asyncio.get_running_loop()
        left = WARM_QUIET_SECONDS - (loop.time() - self._idle_since)
        if left > 0:
            loop.call_later(left, self._warm)
        else:
            self.desk.attempt(self._warm_one)

    def _warm_one(self) -> None:
        if self.desk.warm():
            asyncio.get_running_loop().call_later(WARM_EVERY_SECONDS, self._warm)

    # -- keys

    async def on_event(self, event: events.Event) -> None:
        """Every key passes here: an open text field takes what is text, the desk all else."""
        if isinstance(event, events.Key):
            if len(event.character or "") > 1:
                self.take_text(str(event.character))
            elif self._for_field(event):
                await self._edit(event)
            else:
                self.take_key(event)
            return
        if isinstance(event, events.Paste | Burst) and not event.is_forwarded:
            self.take_text(event.text, in_parts=isinstance(event, Burst))
            return
        if isinstance(event, events.CursorPosition):
            self._probed(event)
            return
        await super().on_event(event)

    def _probe(self) -> None:
        """Ask the terminal how wide it draws the mark `√`: in one cell the finer marks are safe, else letters stay."""
        if self._driver is not None and not self.is_headless:
            self._probing = True
            self._driver.write(PROBE)

    def _probed(self, event: events.CursorPosition) -> None:
        """One cell proves the finer marks for this terminal; anything else leaves the letters."""
        if self._probing:
            self._probing = False
            self.desk.fine = event.x == 1
            self.desk.attempt(self.desk.proven)
            self.canvas.repaint()

    def take_key(self, event: events.Key) -> None:
        """One key for the desk."""
        self._idle_since = asyncio.get_running_loop().time()
        sign = event.character if event.is_printable and event.character else ""
        if self.desk.waiting and sign:
            self.desk.in_turn("text", sign)
        else:
            self.desk.press(name_of(event), sign)
        self.after_key()

    def after_key(self) -> None:
        """Draw, place the text field, and keep the place soon."""
        self.canvas.paint()
        self._place_field()
        loop = asyncio.get_running_loop()
        if self._keep_handle is not None:
            self._keep_handle.cancel()
        self._keep_handle = loop.call_later(KEEP_AFTER_SECONDS, self._keep)
        self._resume_soon()
        if self.desk.keypad is not None and self.desk.keypad.guard.wait():
            loop.call_later(1, self._count_down)

    # -- time

    def _keep(self) -> None:
        before = self.desk.all_kept()
        try:
            self.desk.keep()
        except Refused as refused:
            self.desk.trouble = str(refused)
        if self.desk.trouble or self.desk.all_kept() != before:
            self.canvas.paint()
        self._resume_soon()

    def _resume_soon(self) -> None:
        if self._resume_handle is None and (self.desk.unsaved() or self.desk.owed):
            seconds = HELD_SECONDS if self.desk.held else RETRY_SECONDS
            self._resume_handle = asyncio.get_running_loop().call_later(seconds, self._resume)

    def _resume(self) -> None:
        """What waits for the file is tried again; the screen is drawn anew when something came of it or time is to be told."""
        self._resume_handle = None
        before = self.desk.unsaved(), len(self.desk.owed)
        self.desk.resume()
        if (self.desk.unsaved(), len(self.desk.owed)) != before:
            self.after_key()
        elif self.desk.held_words() != self._held_told:
            self.canvas.paint()
        self._held_told = self.desk.held_words()
        self._resume_soon()

    def _count_down(self) -> None:
        """Show each second of a wait for the next PIN."""
        self.canvas.paint()
        if self.desk.keypad is not None and self.desk.keypad.guard.wait():
            asyncio.get_running_loop().call_later(1, self._count_down)

    def _minute(self) -> None:
        loop = asyncio.get_running_loop()
        loop.call_later(60 - self.desk.now().second, self._minute)
        self.desk.attempt(self._tick)
        self.after_key()

    def _tick(self) -> None:
        idle = asyncio.get_running_loop().time() - self._idle_since
        self.desk.idle(max(idle, self.desk.idle_seconds()))
        self.desk.minute()

    # -- long work beside the keys

    def _later(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        """Do work in a thread; `done` gets its result, or the exception it raised."""

        async def run() -> None:
            try:
                result: Any = await asyncio.to_thread(work)
            except Refused as refused:
                result = refused
            except Exception as error:
                result = Refused("E98", write_crash(self.crashes, error, _("This did not work, everything is saved.")))
            self.desk.attempt(lambda: done(result))
            self.desk.tell_aftermath()
            self.after_key()

        self.run_worker(run(), exit_on_error=True)

    # -- leaving

    def _watch_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                number = getattr(signal, name)
                try:
                    loop.add_signal_handler(number, self._signalled, int(number))
                except (NotImplementedError, RuntimeError, ValueError):
                    continue

    def _watch_terminal(self) -> None:
        """A terminal may go without a signal, and its input then ends without end: leave as when its window is closed."""
        if not os.isatty(STDIN):
            self._signalled(int(getattr(signal, "SIGHUP", signal.SIGTERM)))

    def _signalled(self, number: int) -> None:
        """The window was closed or the machine goes down: keep the draft first, then leave."""
        self._keep()
        if number == int(getattr(signal, "SIGHUP", 0)):
            self.desk.store.close()
            os._exit(128 + number)
        self._leave(128 + number)

    def _leave(self, code: int) -> None:
        """Leave; with marks that are still waiting for another terminal's write only when asked twice."""
        if self.desk.unsaved():
            self.desk.resume()
        if self.desk.unsaved() and not code and not self._asked_to_leave:
            self._asked_to_leave = True
            told = _("{count} entries are not saved yet; ^Q again leaves without them")
            self.desk.say(told.format(count=self.desk.unsaved()))
            self.after_key()
            return
        self._keep()
        self.exit(code, return_code=code)

    def _fault(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """A fault in a timer or in work behind is a crash like any other; the loop would print it over the screen."""
        error = context.get("exception")
        if isinstance(error, Exception):
            self._handle_exception(error)

    def _handle_exception(self, error: Exception) -> None:
        """A crash: one sentence and a code, a file without anybody's data, and a failing exit."""
        if not self.crash_sentence:
            self.crash = error
            self.crash_sentence = write_crash(self.crashes, error)
            try:
                self.desk.keep()
            except Exception as second:
                print(type(second).__name__, file=sys.stderr)  # noqa: T201 - the screen is gone already
            self.exit(CRASHED, return_code=CRASHED)
