"""The boxes over the line: what else may be done with a person, which place, and why out of turn.

A digit acts at once and Ctrl+Z takes it back; a place given by hand always says why.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, cast

from floorlead.queue import moves
from floorlead.queue.records import REASONS, State, Turn
from floorlead.text import wrap
from floorlead.widgets.choose import Choice, Entry, Form
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line
from floorlead.widgets.ownwords import WordsInForm
from floorlead.widgets.page import Dialog
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.queue.screen import QueuePage

PLACES = 9
"""Places that a digit can give."""


class _OfPerson(Dialog):
    """A box about one person of the line; `args` holds the id."""

    @property
    def below(self) -> QueuePage:
        """The page below."""
        return cast("QueuePage", self.page)

    def found(self) -> Turn | None:
        """Where the person stands now."""
        return self.below.turn_of(int(self.args["person"]))

    @property
    def turn(self) -> Turn:
        """Where the person stands; the box closes when there is nobody."""
        found = self.found()
        assert found
        return found

    def alive(self) -> bool:
        return self.found() is not None

    def name(self) -> str:
        """Who."""
        return self.below.name_of(self.turn.person)

    def done(self, act: Callable[[], object]) -> None:
        """Carry it out and close."""
        if self.desk.do(act) or self.desk.queue:
            self.close()
        self.page.enter()

    def then(self, box: str, **about: int) -> None:
        """Ask on in another box about the same person."""
        person = self.turn.person
        self.close()
        self.desk.open(box, {"person": person, **about})

    def because(self) -> str:
        """What is about to be done, for the boxes that ask why."""
        place = int(self.args["place"])
        told = _("{name} to place {place}, because") if place else _("{name} takes a customer, because")
        return told.format(name=self.name(), place=place)


class Box(_OfPerson, Choice):
    """Everything that may be done with a person; each digit means the same whoever it is."""

    def heading(self) -> str:
        return self.name()

    def choices(self) -> Sequence[str]:
        state, place = self.turn.state, self.turn.place
        first = _("takes a customer") if place <= 1 else _("takes a customer out of turn, because ..")
        return (
            first if state is not State.SERVING else "",
            "" if state is State.WAITING else _("to the end of the line"),
            _("to another place, because .."),
            _("steps away") if state in (State.WAITING, State.SERVING) else "",
            _("leaves the queue for today") if state is not State.OUT else "",
        )

    def intro(self, cells: int) -> list[Line]:
        return [Line().put(" " + part, "dim") for part in wrap(self.below.told(self.turn), cells - 2)]

    def binds(self) -> Sequence[Bind]:
        words = (N_("serve"), N_("to the end"), N_("by hand"), N_("aside"), N_("out for today"))
        keys = [bind(str(n), str(n), word, changes=n != 3) for n, word in enumerate(words, 1) if self.choices()[n - 1]]
        return (*keys, bind("escape", "Esc", N_("back")))

    def take(self, number: int) -> None:
        turn, store = self.turn, self.page.store
        if number == 1 and turn.place > 1:
            self.then("reason", place=0)
        elif number == 3:
            self.then("place")
        else:
            act = {1: moves.serve, 2: moves.back, 4: moves.away, 5: moves.leave}[number]
            self.done(lambda: act(store, turn))


class Place(_OfPerson, Choice):
    """Which place of the line, by digit; who stands there now goes one down."""

    def heading(self) -> str:
        return _("{name} to which place").format(name=self.name())

    def choices(self) -> Sequence[str]:
        line = [one for one in self.below.turns if one.waiting]
        shown = [self.below.name_of(one.person) if one.person != self.turn.person else "" for one in line]
        if not self.turn.waiting:
            shown.append(_("the end"))
        return shown[:PLACES]

    def take(self, number: int) -> None:
        self.then("reason", place=number)


class Reason(_OfPerson, WordsInForm):
    """Why out of turn: the usual reasons, and typing; `args["place"]` 0 takes a customer at once."""

    OWN = "reason"

    def heading(self) -> str:
        return self.because()

    def choices(self) -> Sequence[str]:
        return (*map(_, REASONS), _("another one (type)"))

    def take(self, number: int) -> None:
        if number <= len(REASONS):
            self.done(lambda: out_of_turn(self, REASONS[number - 1]))
        else:
            self.then("note", place=int(self.args["place"]))


class Note(_OfPerson, Form):
    """A typed reason."""

    def heading(self) -> str:
        return self.because()

    def entries(self) -> Sequence[Entry]:
        return (Entry("reason", N_("Why"), moves.REASON_LIMIT),)

    def save(self) -> None:
        typed = self.values.get("reason", "")
        self.finish(lambda: out_of_turn(self, typed))


def out_of_turn(box: _OfPerson, reason: str) -> None:
    """Take a customer out of turn, or stand at another place, for a reason. Raises Refused."""
    place, store = int(box.args["place"]), box.page.store
    if place:
        moves.move(store, box.turn, place, reason)
    else:
        moves.serve(store, box.turn, reason)


DIALOGS: dict[str, type[Any]] = {"box": Box, "place": Place, "reason": Reason, "note": Note}
"""The page's boxes by name."""
