"""The walk-in dialog over a visit that stands in the list: to be filled in, or corrected.

A number that is kept is never shown in full here and not typed over; the customer's own dialog does that.
"""

from __future__ import annotations

from collections.abc import Sequence

from floorlead.customers import walkinrows
from floorlead.customers.walkin import CALL, FAST, LATER, WalkIn
from floorlead.record import replace
from floorlead.visits import moves as visit_moves
from floorlead.visits import queries as visits
from floorlead.visits import rules as visit_rules
from floorlead.visits.records import Visit
from floorlead.widgets.choose import Entry
from floorlead.widgets.keys import Bind
from floorlead.widgets.page import Dialog
from floorlead.words import _


class VisitForm(WalkIn):
    """A visit that stands in the list: to be filled in or corrected."""

    def _visit(self) -> Visit:
        return visits.get(self.store, int(self.args["visit"])) or visit_moves.blank(self.store)

    def alive(self) -> bool:
        return visits.get(self.store, int(self.args["visit"])) is not None

    def heading(self) -> str:
        return _("Visit {time}").format(time=self._visit().came_at[11:16])

    def advisor(self) -> int | None:
        chosen = self.values.get("advisor", "")
        return int(chosen) if chosen else None

    def entries(self) -> Sequence[Entry]:
        found = super().entries()
        if self._visit().customer_id:  # a number that is kept is shown masked, and not typed over here
            return [entry for entry in found if entry.name not in ("phone", "name")]
        return found

    def binds(self) -> Sequence[Bind]:
        return [one for one in super().binds() if one not in (CALL, LATER)]

    def press(self, key: str) -> bool:
        if key in ("-", "9") and self.here in FAST[:3]:
            return True
        return super().press(key)

    def save(self) -> None:
        before = self._visit()
        after = walkinrows.made(before, self.values, self.store)
        after = replace(after, advisor_id=self.advisor(), incomplete=False, explained="")
        after = replace(after, incomplete=not self.values.get("phone") and visit_rules.says_nothing(after))
        made: list[int] = []
        phone = self.values.get("phone", "")
        self._save(lambda: made.append(visit_moves.change(self.store, before, after, self._name(), phone)), made)


DIALOGS: dict[str, type[Dialog]] = {"visit": VisitForm}
