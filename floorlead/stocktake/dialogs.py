"""The boxes of a stock-take: typing the ends of VINs one after the other, choosing between several cars, the end.

The walk's box stays open from car to car; each number is saved as soon as it is entered.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from floorlead.cars.records import Car
from floorlead.stocktake import moves, papers, queries, rules
from floorlead.stocktake.records import Mark, Walk
from floorlead.stocktake.sheet import counts_words, difference
from floorlead.store import Refused
from floorlead.text import as_many, wrap
from floorlead.widgets.choose import Choice, Entry, Form
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line
from floorlead.widgets.page import Dialog
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.stocktake.screen import StocktakePage

SAID, MOST = 6, 9
"""Lines of what was seen last, and cars offered at once."""


class OnWalk(Dialog):
    """What the boxes share: the walk of the page below."""

    @property
    def stocktake(self) -> StocktakePage:
        """The page below."""
        return cast("StocktakePage", self.page)

    def walk(self) -> Walk | None:
        """The walk that the page shows."""
        if self.stocktake.walk is None:
            self.stocktake.enter()
        return self.stocktake.walk

    def alive(self) -> bool:
        walk = self.walk()
        return walk is not None and walk.take.open

    @property
    def now(self) -> Walk:
        """The walk, which is there while the box is."""
        found = self.walk()
        assert found
        return found

    def done(self, act: Callable[[], object]) -> str:
        """Do it and read again; returns why it was refused, empty when it was not."""
        trouble = "" if self.desk.do(act) or self.desk.queue else self.desk.trouble
        if trouble:
            self.desk.trouble = ""
        self.page.enter()
        return trouble


class Typing(OnWalk, Form):
    """The end of a VIN and Enter, car after car; Esc ends the typing, not the walk."""

    KEYS = (
        bind("enter", "Enter", N_("counted"), changes=True), bind("ctrl+s", "^S", N_("end"), changes=True),
        bind("escape", "Esc", N_("to the list")),
    )  # fmt: skip

    def heading(self) -> str:
        return _("Walk") + "  " + _("{seen} of {count} seen").format(seen=len(self.now.seen), count=_expected(self.now))

    def entries(self) -> Sequence[Entry]:
        return (Entry("tail", N_("VIN ends"), 20, hint=N_("4 to 8 letters or digits")),)

    def binds(self) -> Sequence[Bind]:
        return self.KEYS

    def press(self, key: str) -> bool:
        if key != "ctrl+s":
            return super().press(key)
        self.close()
        self.desk.open("end", {})
        return True

    def lines(self, cells: int) -> list[Line]:
        said = [Line().put("  " + text, "" if n else "bold") for n, text in enumerate(self.args.get("said", []))]
        hint = Line().put("  " + _("Type the end of the VIN, 4 letters or digits are enough, then Enter."), "dim")
        return [*super().lines(cells), Line(), *(said or [hint])]

    def save(self) -> None:
        typed = self.values.get("tail", "")
        if not rules.enough(rules.tail_of(typed)):
            raise Refused("E162", _("Type 4 to 17 letters or digits from the end of the VIN"))
        found = queries.meant(self.page.store, self.now, typed)
        if len(found) > 1:
            self.desk.open("which", {"typed": typed})
        else:
            self.seen(typed, found[0] if found else None)

    def seen(self, typed: str, car: Car | None) -> None:
        """Keep what was seen, say it, and be ready for the next one."""
        walk = self.now
        trouble = self.done(lambda: moves.see(self.page.store, walk, typed, car))
        self.values["tail"] = ""  # whoever walks the yard does not look at the screen: the next number stands alone
        if trouble:
            self.args["said"] = [f"= {trouble}", *self.args.get("said", [])][:SAID]
            return
        expected = car is not None and car.id in walk.take.expected
        tail = rules.tail_of(typed)
        mark = Mark(0, tail, car.id if car else None, "", "")
        name = f"{car.vin[-8:]}  {car.shown}  {car.trim}" if car else tail
        told = f"v {name}  {car.place_words()}" if car and expected else f"{name}  !! {difference(mark, car)}"
        self.args["said"] = [told, *self.args.get("said", [])][:SAID]


def _expected(walk: Walk) -> int:
    return len(walk.seen) + len(walk.unseen)


class Which(OnWalk, Choice):
    """Several cars end alike: which one it is, by digit."""

    def heading(self) -> str:
        return _("Which car?") + f"  {self.args['typed']}"

    def _found(self) -> list[Car]:
        return queries.meant(self.page.store, self.now, str(self.args["typed"]))[:MOST]

    def choices(self) -> Sequence[str]:
        return [_named(self.now, car) for car in self._found()]

    def take(self, number: int) -> None:
        car = self._found()[number - 1]
        self.close()
        below = self.desk.dialog()
        if isinstance(below, Typing):
            below.seen(str(self.args["typed"]), car)


def _named(walk: Walk, car: Car) -> str:
    mark = walk.mark_of(car)
    seen = _("seen {time}").format(time=mark.at[11:16]) if mark else ""
    return "  ".join(filter(None, (car.vin[-8:], car.shown, car.trim, car.place_words(), seen)))


class End(OnWalk, Choice):
    """The end of the walk: what was not seen, what was found, and 1 closes it so."""

    def heading(self) -> str:
        return _("End of the stock-take")

    def intro(self, cells: int) -> list[Line]:
        walk = self.now
        told = [counts_words(walk)]
        if walk.unseen:
            names = [f"{car.shown} {car.tail}" for car, _mark in walk.unseen]
            told.append(_("not seen: {cars}").format(cars=as_many(names, 3 * cells - 40, ", ")))
        if walk.found:
            names = [f"{mark.typed} {difference(mark, car)}" for mark, car in walk.found]
            told.append(_("differences: {cars}").format(cars=as_many(names, 2 * cells - 40, ", ")))
        return [*(Line().put(" " + part) for text in told for part in wrap(text, cells - 2)), Line()]

    def choices(self) -> Sequence[str]:
        walk = self.now
        words = _("close it with these differences") if walk.unseen or walk.found else _("close it: everything is here")
        return (words, _("walk on"))

    def take(self, number: int) -> None:
        walk = self.now
        self.close()
        if number == 1:
            self.desk.stacks[self.page.name].clear()
            self.desk.do(lambda: moves.close(self.page.store, walk))
            self.page.enter()
        else:
            self.desk.open("walk", {})


class NoteForm(OnWalk, Form):
    """A note about a car that was not seen, or about something found."""

    def alive(self) -> bool:
        return self.walk() is not None and self._subject() is not None

    def _subject(self) -> tuple[Car | None, Mark | None] | None:
        return self.stocktake.subject(int(self.args["id"]))

    def heading(self) -> str:
        car, mark = self._subject() or (None, None)
        return _("Note") + "  " + (f"{car.shown} {car.tail}" if car else mark.typed if mark else "")

    def entries(self) -> Sequence[Entry]:
        return (Entry("note", N_("Note"), 60, hint=N_("such as: at the paint shop")),)

    def save(self) -> None:
        car, mark = self._subject() or (None, None)
        take, text = self.now.take, self.values.get("note", "")
        self.close()
        self.done(lambda: moves.note(self.page.store, take, text, mark, car))


class Print(Choice):
    """Ctrl+P: paper is not undone, so a digit confirms."""

    def alive(self) -> bool:
        return queries.newest(self.page.store) is not None

    def heading(self) -> str:
        return _("Print")

    def choices(self) -> Sequence[str]:
        walk = cast("StocktakePage", self.page).walk
        result = walk is not None and not walk.take.open
        return (_("Stock-take result, one copy") if result else _("Stock-take list, one copy"),)

    def take(self, number: int) -> None:
        self.close()
        papers.print_list(self.desk)


DIALOGS: dict[str, type[Dialog]] = {
    "walk": Typing, "which": Which, "end": End, "note": NoteForm, "print": Print,
}  # fmt: skip
