"""The one box of the log that shows a telephone number in full; who looks and why is noted first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from floorlead.access import moves as access
from floorlead.log.writing import BACK, OfEntry
from floorlead.phones import mask_in
from floorlead.store import Refused
from floorlead.text import clean
from floorlead.widgets.choose import Entry as Field
from floorlead.widgets.choose import Form
from floorlead.widgets.keys import Bind
from floorlead.widgets.line import Line
from floorlead.widgets.page import Dialog, TextField
from floorlead.words import N_, _

WHY_LIMIT = 60
SHOWN_FOR = timedelta(minutes=2)
"""How long a number stands there."""


class Number(OfEntry, Form):
    """The customer's number in full, after the reason why it is wanted; a restart or two minutes hide it again."""

    shown_at: datetime | None = None

    @property
    def shown(self) -> bool:
        """Whether the number stands there now."""
        return self.shown_at is not None

    def alive(self) -> bool:
        """While the entry is there, and a number not for ever."""
        old = self.shown_at and self.page.store.clock.now() - self.shown_at > SHOWN_FOR
        return super().alive() and not old

    def heading(self) -> str:
        """Whose number."""
        one = self.entry()
        return _("Number of {name}").format(name=mask_in(one.customer) or "-") if one else ""

    def entries(self) -> Sequence[Field]:
        """The fields."""
        return (Field("why", N_("Why"), WHY_LIMIT, hint=N_("such as: call back about the complaint")),)

    def binds(self) -> Sequence[Bind]:
        """The keys that work now."""
        return (BACK,) if self.shown else super().binds()

    def lines(self, cells: int) -> list[Line]:
        """The lines inside the box."""
        one = self.entry()
        if self.shown and one:
            return [Line().put(f" {mask_in(one.customer)}  ").put(one.phone, "bold")]
        return [*super().lines(cells), Line().put("  " + _("shown after the reason; noted with your name"), "dim")]

    def field(self) -> TextField | None:
        """The open text field."""
        return None if self.shown else super().field()

    def press(self, key: str) -> bool:
        """Take a key."""
        if self.shown:
            self.close()
            return True
        return super().press(key)

    def save(self) -> None:
        """Note who looks and why, then show. Raises Refused without a reason."""
        one, why, store = self.entry(), clean(self.values.get("why", ""), WHY_LIMIT), self.page.store
        if not why:
            raise Refused("E351", _("Say why the number is wanted"))
        if one and self.desk.do(lambda: access.note(store, "reveal", [("entries", one.id)], why), quiet=True):
            self.shown_at = store.clock.now()


DIALOGS: dict[str, type[Dialog]] = {"number": Number}
"""The box by name."""
