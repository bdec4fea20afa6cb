"""What the desk's boxes share: the slot they are about, the day's desk as it was read, where they go when they close."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from floorlead.duty import queries, rules
from floorlead.duty.records import Desk as Planned
from floorlead.text import wrap
from floorlead.widgets.line import Line
from floorlead.widgets.page import Dialog, Page
from floorlead.words import _

if TYPE_CHECKING:
    from floorlead.duty.reception import Reception
    from floorlead.store import Store
    from floorlead.widgets.desk import Desk


class OfSlot(Dialog):
    """What the desk's boxes share: a slot of a day by its code in the arguments, and where they go when they close."""

    def __init__(self, desk: Desk, page: Page, args: dict[str, Any]) -> None:
        super().__init__(desk, page, args)
        if "day" not in args:
            args |= {"day": self.store.today().isoformat(), "today": True}
        if "slot" not in args and (now := rules.slot_now(self.reception, self.minute)):
            args["slot"] = now.slot.code

    def alive(self) -> bool:
        """A box about today, opened without naming a day, does not survive the night."""
        return not self.args.get("today") or self.day == self.store.today()

    @property
    def store(self) -> Store:
        """The open file."""
        return self.desk.store

    @property
    def day(self) -> date:
        """The day."""
        return date.fromisoformat(self.args["day"])

    @property
    def minute(self) -> int:
        """Now, in minutes of the business day."""
        return minute_now(self.store, self.day)

    @cached_property
    def reception(self) -> Reception:
        """The day's desk as it was when the box was opened, or as another terminal left it."""
        return queries.reception(self.store, self.day)

    @property
    def slot(self) -> Planned | None:
        """The slot; None after closing."""
        return self.reception.slot(self.args.get("slot", ""))

    def look_again(self, numbers: Callable[[], Sequence[int]] = tuple) -> bool:
        """Another terminal may have written: what is shown is read again. Returns whether the numbers mean others now."""
        if not self.store.changed_elsewhere():
            return False
        before = list(numbers())
        self.look_anew()
        self.page.enter()
        if list(numbers()) == before:
            return False
        self.args["error"] = _("Another terminal changed the desk; look again")
        return True

    def look_anew(self) -> None:
        """What is shown is read again when it is next drawn."""
        for kept in ("reception", "found"):
            self.__dict__.pop(kept, None)

    def close(self) -> None:
        """Close; a box opened from another page goes back there."""
        super().close()
        self.go_back()

    def done(self, done: bool) -> None:
        """After writing: close, or show why it was refused with nothing lost."""
        if done or self.desk.queue:
            self.close()
            self.desk.page.enter()
        else:
            self.args["error"], self.desk.trouble = self.desk.trouble, ""
            self.look_anew()

    def trouble(self, cells: int) -> list[Line]:
        """What was refused."""
        error = self.args.get("error", "")
        return [Line().put(f" {part}", "error") for part in wrap(f"!! {error}", cells - 2)] if error else []


def minute_now(store: Store, day: date) -> int:
    """Now in minutes of a business day: after midnight it goes on counting, on another day it is its start."""
    now = store.clock.now()
    behind = (now.date() - day).days
    return now.hour * 60 + now.minute + 1440 * behind if day == store.today() else 0
