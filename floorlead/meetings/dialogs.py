"""The boxes over a meeting: an answer, the good case, a consultant's prediction, an action, the cause, the paper.

What is typed is kept until it is saved or given up.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from floorlead import clock
from floorlead.meetings import moves, printing
from floorlead.meetings.records import KIND_WORDS, Kind
from floorlead.people import queries as people_queries
from floorlead.store import Refused
from floorlead.targets import moves as target_moves
from floorlead.targets.notes import CauseForm, meant, next_day
from floorlead.targets.records import FORECAST
from floorlead.text import fold
from floorlead.widgets.choose import Choice, Entry, Form
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line
from floorlead.widgets.page import Dialog
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.meetings.screen import MeetingsPage
    from floorlead.widgets.desk import Desk
    from floorlead.widgets.page import Page


class OnMeeting(Form):
    """A form over the meeting that is shown."""

    def __init__(self, desk: Desk, page: Page, args: dict[str, Any]) -> None:
        super().__init__(desk, page, args)
        if not self.values:
            self.values.update(self.now())
            args["was"] = dict(self.values)

    @property
    def below(self) -> MeetingsPage:
        """The page below."""
        return cast("MeetingsPage", self.page)

    def now(self) -> dict[str, str]:
        """What stands there now."""
        return {}


class Answer(OnMeeting):
    """What was said to a point."""

    def now(self) -> dict[str, str]:
        """The answer kept."""
        tick = self.below.read().meeting.ticks.get(self.args["item"])
        return {"answer": tick.answer if tick else ""}

    def alive(self) -> bool:
        """While the point is on the sheet."""
        return any(point.key == self.args["item"] for point in self.below.read().points())

    def heading(self) -> str:
        """The point."""
        return next((p.words for p in self.below.read().points() if p.key == self.args["item"]), "")[:40]

    def entries(self) -> Sequence[Entry]:
        """The answer."""
        return (
            Entry("answer", N_("Said to it"), moves.WORDS_LIMIT, hint=N_("what was said to it; empty takes it back")),
        )

    def save(self) -> None:
        """Keep it."""
        below = self.below
        self.finish(lambda: moves.answer(self.store, below.day, below.kind, self.args["item"], self.values["answer"]))


class Praise(OnMeeting):
    """One good case."""

    def now(self) -> dict[str, str]:
        """The words kept."""
        return {"praise": self.below.read().meeting.praise}

    def heading(self) -> str:
        """What it is."""
        return _("Praise, one good case")

    def entries(self) -> Sequence[Entry]:
        """The words."""
        return (Entry("praise", N_("Praise"), moves.WORDS_LIMIT, hint=N_("who did what well")),)

    def save(self) -> None:
        """Keep it."""
        below = self.below
        self.finish(lambda: moves.set_praise(self.store, below.day, below.kind, self.values["praise"]))


class Predict(OnMeeting):
    """What a consultant predicts for today, also in two digits."""

    def now(self) -> dict[str, str]:
        """The numbers kept."""
        one = next((m for m in self.below.read().members if m.person == self.args["person"]), None)
        return {name: str(one.predicted[name]) if one and name in one.predicted else "" for name in FORECAST}

    def alive(self) -> bool:
        """While the consultant is on the sheet."""
        return any(one.person == self.args["person"] for one in self.below.read().members)

    def heading(self) -> str:
        """Who."""
        name = next((m.name for m in self.below.read().members if m.person == self.args["person"]), "")
        return _("Predicted by {name}").format(name=name)

    def entries(self) -> Sequence[Entry]:
        """Orders and deliveries."""
        return (Entry("orders", N_("Orders today"), 5), Entry("deliveries", N_("Deliveries today"), 5))

    def save(self) -> None:
        """Keep them. Raises Refused for what is no number."""
        typed = {name: fold(self.values[name]).strip() for name in FORECAST}
        if any(text and not text.isdecimal() for text in typed.values()):
            raise Refused("E384", _("Write a whole number, or nothing"))
        said = {name: int(text) if text else None for name, text in typed.items()}
        person = next(one for one in people_queries.everybody(self.store) if one.id == self.args["person"])
        self.finish(lambda: target_moves.predict(self.store, self.below.day, person, said))


class Action(OnMeeting):
    """What is to be done, by whom, by when: a task in the same stroke."""

    def now(self) -> dict[str, str]:
        """The owner of the point it came from, tomorrow."""
        return {"text": "", "owner": str(self.args.get("owner", "")), "due": next_day(self.store)}

    def heading(self) -> str:
        """What it is."""
        return _("Action from the {meeting}").format(meeting=_(KIND_WORDS[self.below.kind]))

    def entries(self) -> Sequence[Entry]:
        """Words, owner, day."""
        return (
            Entry("text", N_("Action"), moves.ACTION_LIMIT, hint=N_("what is to be done")),
            Entry("owner", N_("Owner"), moves.OWNER_LIMIT, hint=N_("number, name or pinyin initials")),
            Entry("due", N_("Due"), 20, hint=N_("such as 2026-11-24")),
        )

    def lines(self, cells: int) -> list[Line]:
        """The fields, and whom the typed owner means."""
        lines = super().lines(cells)
        told = _("owner {name}").format(name=meant(self.store, self.values["owner"]) or "-")
        return lines if self.error else [*lines, Line().put("  " + told, "dim")]

    def save(self) -> None:
        """Make it. Raises Refused."""
        try:
            due = clock.parse_day(fold(self.values["due"]), self.store.today())
        except ValueError as error:
            raise Refused("E381", str(error)) from error
        owner, below = meant(self.store, self.values["owner"]), self.below
        self.finish(lambda: moves.act(self.store, below.day, below.kind, self.values["text"], owner, due))


class PrintMeeting(Choice):
    """Ctrl+P: paper is not undone, so a digit confirms."""

    def heading(self) -> str:
        """What is printed."""
        return _("Print the meeting's sheet")

    def choices(self) -> Sequence[str]:
        """The two meetings."""
        return (_("morning meeting, one copy"), _("evening meeting, one copy"))

    def binds(self) -> Sequence[Bind]:
        """The digits."""
        return (bind(("1", "2"), "1-2", N_("print")), bind("escape", "Esc", N_("back")))

    def take(self, number: int) -> None:
        """Print."""
        self.close()
        printing.print_meeting(self.desk, cast("MeetingsPage", self.page).day, list(Kind)[number - 1])


DIALOGS: dict[str, type[Dialog]] = {
    "answer": Answer, "praise": Praise, "predict": Predict, "action": Action, "cause": CauseForm, "print": PrintMeeting,
}  # fmt: skip
"""The page's boxes by name."""
