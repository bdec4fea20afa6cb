"""The boxes over the spot checks: a note, and a look of before in the words of then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from floorlead.people import queries as people_queries
from floorlead.people.records import Person
from floorlead.phones import mask_in
from floorlead.spotchecks import board, moves, queries
from floorlead.spotchecks.records import Spot
from floorlead.widgets.choose import Entry, Form, Listing
from floorlead.widgets.line import Line
from floorlead.widgets.page import Dialog, Page
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.widgets.desk import Desk


class Note(Form):
    """What was seen; `args` names the look (0 while there is none) and the person."""

    def __init__(self, desk: Desk, page: Page, args: dict[str, Any]) -> None:
        super().__init__(desk, page, args)
        if not self.values:
            self.values["note"] = self._now()
            args["was"] = dict(self.values)

    def _now(self) -> str:
        spot = self._spot()
        return mask_in(spot.note) if spot else ""

    def _spot(self) -> Spot | None:
        return queries.of(self.page.store, int(self.args["id"])) if self.args["id"] else None

    def _person(self) -> Person | None:
        wanted = self.args["person"]
        return next((one for one in people_queries.everybody(self.page.store) if one.id == wanted), None)

    def alive(self) -> bool:
        return self._person() is not None and (not self.args["id"] or self._spot() is not None)

    def heading(self) -> str:
        person = self._person()
        return _("Spot check: {name}").format(name=person.shown) if person else ""

    def entries(self) -> Sequence[Entry]:
        return (Entry("note", N_("Note"), moves.NOTE_LIMIT),)

    def standing(self) -> Mapping[str, str] | None:
        return {"note": self._now()} if self._spot() else None

    def save(self) -> None:
        """Keep the note. Raises Refused."""
        person, spot = self._person(), self._spot()
        if person and self.values["note"] != self.args["was"]["note"]:
            note = self.values["note"]
            self.finish(lambda: moves.note(self.page.store, person, spot, note))
        else:
            self.close()


class Detail(Listing):
    """A look of before, item by item."""

    def heading(self) -> str:
        spot = queries.of(self.page.store, int(self.args["id"]))
        people = {one.id: one.shown for one in people_queries.everybody(self.page.store)}
        return f"{people.get(spot.person, '')}  {spot.at[:16].replace('T', ' ')}  {spot.by}" if spot else ""

    def alive(self) -> bool:
        return queries.of(self.page.store, int(self.args["id"])) is not None

    def lines(self, cells: int) -> list[Line]:
        spot = queries.of(self.page.store, int(self.args["id"]))
        self.args["lines"] = board.detail(spot) if spot else []
        return super().lines(cells)


DIALOGS: dict[str, type[Dialog]] = {"note": Note, "look": Detail}
"""The boxes by name."""
