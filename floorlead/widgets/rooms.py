"""Which page is up, which dialogs lie over each page, and where everything was left: the place that survives a kill.

A page is loaded when it is first gone to; the place is plain JSON, kept as a draft in the store.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, cast

from floorlead.secrets import hidden
from floorlead.store import Busy, Refused, Store
from floorlead.store.slots import Slot
from floorlead.text import in_all
from floorlead.widgets.finder import Finder
from floorlead.widgets.page import Dialog, Door, Page, Part
from floorlead.words import _

if TYPE_CHECKING:
    from floorlead.widgets.desk import Desk

MOST_KEPT = 30
"""Boxes left half typed whose words are kept; the oldest give way."""
UNUSABLE = (ValueError, KeyError, TypeError, IndexError, StopIteration, AttributeError, Refused)
"""What a kept place may raise that is of another version, or about something that is gone."""


class Rooms:
    """The pages behind their doors, with the dialogs that lie over them."""

    def __init__(self, store: Store, doors: Sequence[Door], shared: dict[str, type[Dialog]]) -> None:
        self.store = store
        self.doors = doors
        self.shared = shared
        self.stacks: dict[str, list[Dialog]] = {door.name: [] for door in doors}
        self._loaded: dict[str, Page] = {}
        self._places: dict[str, dict[str, Any]] = {}
        """Where pages that are not loaded yet were left."""
        self._typed: dict[str, dict[str, Any]] = {}
        """What was typed into boxes that were left, by what they were opened on."""
        self.page: Page = Nowhere(self._desk)
        self.finder = Finder(self._desk)
        self._kept = ""
        self.slot = Slot(1)
        """Which terminal this is of those on the file."""
        self.terminal = ""
        """What this terminal is called."""

    @property
    def _desk(self) -> Desk:
        return cast("Desk", self)

    def top(self) -> Part:
        """What takes keys first: the uppermost dialog, else the page."""
        stack = self.stacks[self.page.name]
        return stack[-1] if stack else self.page

    def dialog(self) -> Dialog | None:
        """The uppermost dialog of the page, or None."""
        stack = self.stacks[self.page.name]
        return stack[-1] if stack else None

    def page_named(self, name: str) -> Page:
        """A page by its name, loaded when it is wanted for the first time."""
        if name not in self._loaded:
            page = next(door for door in self.doors if door.name == name).load()(self._desk)
            self._loaded[name] = page
            with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError):
                page.restore(self._places.pop(name, {}))
        return self._loaded[name]

    @property
    def pages(self) -> list[Page]:
        """Every page, in the order of the tabs."""
        return [self.page_named(door.name) for door in self.doors]

    @property
    def asked(self) -> list[Page]:
        """The pages that finding asks from wherever it begins; the others are asked only while they are up."""
        return [self.page_named(door.name) for door in self.doors if door.asked]

    def warm(self) -> bool:
        """Load one more page while nobody waits; returns whether there are others still to load."""
        waiting = [door.name for door in self.doors if door.name not in self._loaded]
        if waiting:
            self.page_named(waiting[0])
        return len(waiting) > 1

    def go(self, name: str, place: str = "") -> None:
        """Go to a page, and there to a place."""
        self.page = self.page_named(name)
        self.finder.clear()
        self.page.enter()
        if place:
            self.page.go_to(place)

    def open(self, name: str, args: dict[str, Any] | None = None) -> None:
        """Open a dialog over the page by its name in the page's or the shared table."""
        kind = self.page.DIALOGS.get(name) or self.shared[name]
        self.finder.clear()
        args = {} if args is None else args
        subject = _subject(self.page.name, name, args)
        made = kind(self._desk, self.page, args)
        made.subject = subject
        kept = self._typed.pop(subject, None)
        if kept:
            made.take_up(kept)
            made.args["again"] = True
        self.stacks[self.page.name].append(made)

    def leave_box(self, dialog: Dialog) -> bool:
        """The one way out of a box that was not finished: what is typed waits until it is opened again.

        What lies over it is left too. Returns whether something is kept.
        """
        stack = self.stacks[dialog.page.name]
        left = stack[stack.index(dialog) :] if dialog in stack else []
        kept = [self._keep_typed(one) for one in left]
        del stack[len(stack) - len(left) :]
        return any(kept)

    def _keep_typed(self, dialog: Dialog) -> bool:
        typed = dialog.half_typed()
        if typed:
            self._typed.pop(dialog.subject, None)
            self._typed[dialog.subject] = json.loads(json.dumps(typed))
            for oldest in list(self._typed)[:-MOST_KEPT]:
                del self._typed[oldest]
        return bool(typed)

    def forget(self) -> None:
        """Forget everything half typed: somebody's data are erased, wherever they were."""
        self.stacks = {door.name: [] for door in self.doors}
        self._typed.clear()
        self._places.clear()
        self.finder.clear()
        self._kept = ""

    def go_and_open(self, page: str, dialog: str, args: dict[str, Any] | None = None) -> None:
        """Go to a page and open a dialog there."""
        if self.page.name != page:
            self.go(page)
        self.open(dialog, args)

    def _open_once(self, name: str) -> None:
        """Open a shared dialog, unless it is open already."""
        if not any(type(dialog) is self.shared[name] for dialog in self.stacks[self.page.name]):
            self.open(name)

    def _close_gone(self) -> bool:
        """Close dialogs whose subject is gone from the page: deleted, or on another card than the one shown.

        Returns whether there was one.
        """
        gone = next((dialog for dialog in self.stacks[self.page.name] if not dialog.alive()), None)
        if gone is not None:
            self.close_dialog(gone)
        return gone is not None

    def close_dialog(self, dialog: Dialog) -> None:
        """Close a dialog, and whatever lies over it."""
        stack = self.stacks[self.page.name]
        if dialog in stack:
            del stack[stack.index(dialog) :]

    def keep(self) -> None:
        """Keep the place, with whatever is half typed, if it changed."""
        # numbers of identity and bank cards, which no row takes, are not kept half typed either
        place = json.dumps(in_all(self._state(), hidden), ensure_ascii=False, sort_keys=True)
        if place == self._kept:
            return
        if self._kept and self.store.draft(self.slot.key) is None:
            self._erased()
            return
        self.store.keep_drafts({self.slot.key: place})
        self._kept = place

    def _erased(self) -> None:
        """Another terminal erased what this one had kept, because it named somebody: it is not written anew."""
        self.forget()
        self._desk.say(_("What was half typed here named somebody who is erased; it is gone"))

    def _state(self) -> dict[str, Any]:
        return {
            "page": self.page.name,
            "terminal": self.terminal,
            "day": self.store.clock.today().isoformat(),
            "find": self.finder.state(),
            "pages": {
                **self._places,
                **{name: state for name, page in self._loaded.items() if (state := page.state())},
            },
            "dialogs": {
                name: [[_name_of(self, name, d), d.args, d.subject] for d in stack]
                for name, stack in self.stacks.items()
                if stack
            },
            "typed": list(self._typed.items()),
        }

    def _restore(self, kept: str | None) -> None:
        if not kept:
            return
        with contextlib.suppress(*UNUSABLE):
            place = json.loads(kept)
            self._places = dict(place.get("pages", {}))
            self._typed = {str(subject): dict(typed) for subject, typed in place.get("typed", [])}
            self.page = self.page_named(place["page"])
            for name, stack in place.get("dialogs", {}).items():
                with contextlib.suppress(*UNUSABLE):
                    self._reopen(name, stack)
            self.finder.restore(place.get("find", {}))

    def _reopen(self, page_name: str, stack: list[Any]) -> None:
        """Open a page's dialogs again; the first that cannot be, and what lay over it, stay away, nothing else does."""
        page = self.page_named(page_name)
        for name, args, *subject in stack:
            kind = page.DIALOGS.get(name) or self.shared[name]
            made = kind(self._desk, page, args)
            made.subject = str(subject[0]) if subject else _subject(page_name, name, args)
            self.stacks[page_name].append(made)

    def _shed(self, draw: Callable[[], object]) -> None:
        """Close the dialogs that cannot be drawn, each page's uppermost first; those that can stay."""
        here = self.page
        for name in (*(name for name, stack in self.stacks.items() if stack and name != here.name), here.name):
            self.page = self.page_named(name)
            while not self._drawn(draw, enter=self.page is not here) and self.stacks[name]:
                self.stacks[name].pop()
        self.page = here

    def _drawn(self, draw: Callable[[], object], *, enter: bool) -> bool:
        try:
            if enter:
                self.page.enter()
            draw()
        except Busy:
            raise
        except Exception:
            self.finder.clear()
            return False
        return True


class Nowhere(Page):
    """No page yet: what the desk stands on before it is started."""


def _subject(page: str, dialog: str, args: dict[str, Any]) -> str:
    """What a dialog is about: its page, its name and its plain arguments."""
    about = {key: value for key, value in args.items() if key not in ("values", "was", "at", "again", "top", "back")}
    return json.dumps([page, dialog, about], ensure_ascii=False, sort_keys=True)


def _name_of(desk: Rooms, page_name: str, dialog: Dialog) -> str:
    tables = {**desk.shared, **desk.page_named(page_name).DIALOGS}
    return next(name for name, kind in tables.items() if kind is type(dialog))
