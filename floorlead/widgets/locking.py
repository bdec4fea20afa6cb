"""Idle and locked: after quiet minutes Today with names masked, later a board that a PIN opens; nothing typed is lost.

What lay half filled over a page is kept, also over a kill, and offered when somebody comes back.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from floorlead.store import Refused, Store
from floorlead.store.slots import places
from floorlead.widgets.lock import ANY, Guard, Keypad
from floorlead.widgets.mask import Masker
from floorlead.widgets.page import Dialog, Door
from floorlead.widgets.waiting import Waiting
from floorlead.words import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from floorlead.widgets.desk import Desk


class Locking(Waiting):
    """A desk's rest and its lock."""

    def __init__(self, store: Store, doors: Sequence[Door], shared: dict[str, type[Dialog]]) -> None:
        super().__init__(store, doors, shared)
        self.guard: Guard | None = None
        self.keypad: Keypad | None = None
        """The digits of a locked screen; None while it is open."""
        self.masker: Masker | None = None
        """What masks an idle screen; None while somebody is there."""
        self.offer = ""
        """The page where something lies half filled since the screen went to rest."""
        self.follows: Callable[[], None] | None = None
        """What follows once the manager's PIN was given."""
        self._parked: list[Dialog] = []
        self._touched: datetime = store.clock.now()

    @property
    def locked(self) -> bool:
        """Whether only a PIN is taken now."""
        return self.keypad is not None

    @property
    def masked(self) -> bool:
        """Whether customers' names and numbers are masked because nobody is there."""
        return self.masker is not None

    # -- time

    def touch(self) -> None:
        """A key was pressed."""
        self._touched = self.store.clock.now()

    def idle_seconds(self) -> float:
        """Seconds since the last key by the showroom's clock; a clock that was set back says none."""
        return max(0.0, (self.store.clock.now() - self._touched).total_seconds())

    def idle(self, seconds: float) -> None:
        """So long nobody has pressed a key: go to rest, then lock."""
        if self.locked:
            return
        minutes = seconds / 60
        if minutes >= float(self.options["lock_minutes"]) and self.lock():
            return
        if minutes >= float(self.options["idle_minutes"]):
            self.rest()

    # -- rest

    def rest(self) -> None:
        """Back to Today with names and numbers masked; what lies over the page is kept and offered."""
        resting = self.doors[0].name
        if not self.masked:
            self._park(resting)
        if self.guard is not None:
            self.masker = Masker(self.guard.names(), self.guard.staff())
        if self.page.name != resting:
            self.go(resting)
        self.finder.clear()

    def _park(self, resting: str) -> None:
        stack = self.stacks[self.page.name]
        stack[:] = [dialog for dialog in stack if type(dialog) not in self.shared.values()]
        typing = not stack and self.page.field() is not None
        if stack or typing:
            self.offer = self.page.name
        if stack and self.page.name == resting:
            self._parked, self.stacks[resting] = list(stack), []

    def wake(self, key: str) -> bool:
        """Somebody is there again; returns whether the key was the answer to what is offered."""
        self.masker = None
        if not self.offer:
            return False
        if self.page.name != self.doors[0].name or self.dialog() is not None or self.finder.open:
            if self.page.name == self.offer and not self.finder.open:
                self._put_parked_back()
            return False
        if key not in ("enter", "escape"):
            return False
        self._take_up(key)
        return True

    def _put_parked_back(self) -> None:
        """Nobody answered the offer: what was parked lies below what is open now."""
        page, self.offer = self.offer, ""
        if self._parked:
            self.stacks[page][:0], self._parked = self._parked, []

    def _take_up(self, key: str) -> None:
        page, self.offer = self.offer, ""
        if self._parked:
            self.stacks[page], self._parked = self._parked, []
        if key == "enter":
            if self.page.name != page:
                self.go(page)
        elif self.page.name == page and (dialog := self.dialog()) is not None:
            dialog.press("escape")

    def offered(self) -> str:
        """What lies half filled, to be gone on with."""
        if not self.offer:
            return ""
        stack = self._parked or self.stacks[self.offer]
        word = stack[-1].heading() if stack else _(self.page_named(self.offer).word)
        return _("Go on with: {what}?  Enter, Esc puts it away").format(what=word)

    # -- lock

    def lock(self) -> bool:
        """Lock the screen, now and for the next start too; returns whether there is a PIN that could open it."""
        if self.guard is None or not self.guard.locks():
            return False
        self._take_keypad()
        with contextlib.suppress(Refused):
            self.keep()
        return True

    def _take_keypad(self) -> None:
        self.keypad = Keypad(cast("Desk", self), ANY, self._unlocked)

    def lock_now(self) -> None:
        """F12."""
        if not self.lock():
            self.say(_("No PIN is set: Settings, Lock (^K) sets one; then F12 locks"))

    def _unlocked(self, name: str) -> None:
        self.keypad = self.masker = None
        self.store.by = name or self.store.by
        self.touch()
        self.page.enter()
        self.say(_("Open: {name}").format(name=self.store.by))
        with contextlib.suppress(Refused):
            self.keep()

    def ask_manager(self, what: str, act: Callable[[], None]) -> None:
        """Do something that only the manager may: at once where the manager has no PIN, else after asking for it."""
        words = self.guard.needs(what) if self.guard is not None else ""
        if not words:
            act()
            return
        self.follows = act
        self.open("pin", {"what": what, "words": words})
        self.follows = None

    # -- place

    def _state(self) -> dict[str, Any]:
        resting = self.doors[0].name
        before = self.stacks[resting]
        self.stacks[resting] = [*self._parked, *before]
        try:
            state = super()._state()
        finally:
            self.stacks[resting] = before
        return {**state, "locked": True} if self.locked else state

    def _restore(self, kept: str | None) -> None:
        super()._restore(kept)
        if self.guard is None or not self.guard.locks():
            return
        place: Any = {}
        with contextlib.suppress(ValueError):
            place = json.loads(kept or "{}")
        fresh = isinstance(place, dict) and place.get("day") == self.store.clock.today().isoformat()
        if not fresh or place.get("locked") or any(one.get("locked") for one in places(self.store).values()):
            self._take_keypad()
