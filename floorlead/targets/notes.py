"""What is noted when a month is behind: the box for the cause and for an action with its owner and day.

The targets' page and the meeting open the same box; what it saves is one action.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from floorlead import clock
from floorlead.people import queries as people_queries
from floorlead.record import replace
from floorlead.store import Refused, Store
from floorlead.targets import moves
from floorlead.targets.records import CAUSES, MEASURE_WORDS, MEASURES
from floorlead.text import clean, fold
from floorlead.widgets.choose import Entry, Form
from floorlead.widgets.line import Line
from floorlead.widgets.page import TextField
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.widgets.desk import Desk
    from floorlead.widgets.page import Page

BOX, TYPED = 76, "7"
"""Cells inside a box at its usual width, and the digit that types a cause."""


def meant(store: Store, typed: str) -> str:
    """Whom typed letters mean: one of the staff by number, name or initials, else as it stands."""
    text = clean(typed, moves.OWNER_LIMIT)
    found = people_queries.named(text, people_queries.staff(store, store.today())) if fold(text).isascii() else []
    return found[0].name if len(found) == 1 else text


def next_day(store: Store) -> str:
    """Tomorrow, as it is typed."""
    return (store.today() + timedelta(days=1)).isoformat()


class CauseForm(Form):
    """Why measures are behind (`measures` in the arguments), by digit or typed, and what is done about it."""

    def __init__(self, desk: Desk, page: Page, args: dict[str, Any]) -> None:
        super().__init__(desk, page, args)
        if not self.values:
            self.values.update(cause="", words="", action="", owner="", due=next_day(self.store))
            args["was"] = dict(self.values)

    def measures(self) -> list[str]:
        """The measures it is about."""
        return [name for name in self.args.get("measures", []) if name in MEASURES]

    def alive(self) -> bool:
        """While it is about something."""
        return bool(self.measures())

    def heading(self) -> str:
        """What is behind."""
        return _("Behind: {what}").format(what=", ".join(_(MEASURE_WORDS[name]) for name in self.measures()))

    def entries(self) -> Sequence[Entry]:
        """Cause by digit, own words, action, owner, day."""
        picks = [(cause, cause) for cause in CAUSES]
        return (
            Entry("cause", N_("Cause"), choices=picks, own="words"),
            Entry("words", N_("7 in words"), moves.CAUSE_LIMIT, hint=N_("what the digits do not say")),
            Entry("action", N_("Action"), moves.ACTION_LIMIT, hint=N_("becomes a task; may stay empty")),
            Entry("owner", N_("Owner"), moves.OWNER_LIMIT, hint=N_("number, name or pinyin initials")),
            Entry("due", N_("Due"), 20, hint=N_("such as 2026-11-24")),
        )

    def lines(self, cells: int) -> list[Line]:
        """The causes in as many lines as they need, then the fields."""
        first, *fields = super().lines(cells)
        return [*_folded(first, cells), *fields]

    def field(self) -> TextField | None:
        """The open field, below all of the causes."""
        found = super().field()
        extra = len(self.lines(BOX)) - len(super().lines(BOX))
        return None if found is None else replace(found, y=found.y + extra)

    def press(self, key: str) -> bool:
        """7 on the causes goes on to own words."""
        if self.at == 0 and fold(key) == TYPED:
            self.args["at"] = 1
            return True
        return super().press(key)

    def save(self) -> None:
        """Keep the cause, and the task with it. Raises Refused."""
        values = self.values
        action = values["action"].strip()
        try:
            due = clock.parse_day(fold(values["due"]), self.store.today()) if action else None
        except ValueError as error:
            raise Refused("E377", str(error)) from error
        cause = values["words"].strip() or values["cause"]
        owner = meant(self.store, values["owner"])
        self.finish(lambda: moves.give_cause(self.store, self.measures(), cause, action, owner, due))


def _folded(line: Line, cells: int) -> list[Line]:
    """The pieces of a line on as many lines as they need, the later ones under the first choice."""
    lines, start = [Line()], sum(piece.cells for piece in line.pieces[:2])
    for piece in line.pieces:
        if lines[-1].cells + piece.cells > cells:
            lines.append(Line().to(start))
        lines[-1].pieces.append(piece)
        lines[-1].cells += piece.cells
    return lines
