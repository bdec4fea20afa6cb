"""The boxes over the age list: announce, offer and owner, another place, print, and what was announced.

A digit acts at once and Ctrl+Z takes it back; only paper is asked for twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, cast

from floorlead.ageing import moves, notice, printing, queries, rules, stories
from floorlead.ageing.records import PUSH, TELL, AgedCar
from floorlead.cars.records import Placement
from floorlead.furniture.records import Furniture
from floorlead.people import queries as people_queries
from floorlead.people.records import Person
from floorlead.store import Refused
from floorlead.text import wrap
from floorlead.widgets.choose import Choice, Entry, Form, Listing
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.ageing.screen import AgeingPage
    from floorlead.widgets.desk import Desk
    from floorlead.widgets.page import Page

TEXT_LINES, NINE = 8, 9


class _OfCars:
    """What the boxes share: the cars they are about, by the ids in their arguments."""

    page: Page
    args: dict[str, Any]
    desk: Desk

    @property
    def below(self) -> AgeingPage:
        """The page below."""
        return cast("AgeingPage", self.page)

    def cars(self) -> list[AgedCar]:
        """The cars, oldest first; one that left the list is no longer among them."""
        return self.below.named(self.args.get("cars", []))

    def alive(self) -> bool:
        """Whether a car is left."""
        return bool(self.cars())

    def what(self) -> str:
        """The one car by name, several by their number."""
        cars = self.cars()
        return cars[0].name if len(cars) == 1 else _("{count} picked cars").format(count=len(cars))


class Announce(_OfCars, Choice):
    """What to do about the picked cars, with the announcement ready to read out."""

    def heading(self) -> str:
        """Which cars."""
        return _("Announce {what}").format(what=self.what())

    def choices(self) -> Sequence[str]:
        """Announce and push, announce, offer, move."""
        move = _("move: to the display or the yard") if len(self.cars()) == 1 else ""
        if len(self.cars()) > 1 and all(one.car.on_display for one in self.cars()):
            move = _("move: all to the yard")
        return (_("announce + push"), _("announce only"), _("change offer, owner"), move)

    def outro(self, cells: int) -> list[Line]:
        """The announcement, and how many were announced this week already."""
        cars, day = self.cars(), self.below.read().day
        parts = wrap(notice.text(cars, day), cells - 2)
        more = len(parts) - TEXT_LINES
        lines = [Line().put(" " + part) for part in parts[:TEXT_LINES]]
        if more > 0:
            lines.append(Line().put(" " + _(".. {count} more lines").format(count=more), "dim"))
        again = sum(rules.told_this_week(one, day) for one in cars)
        if again:
            lines.append(Line().put(" " + _("announced this week already: {count}").format(count=again), "dim"))
        return [Line(), *lines]

    def binds(self) -> Sequence[Bind]:
        """Each digit with its word."""
        words = (N_("announce+push"), N_("announce"), N_("offer"), N_("new place"))
        cars = self.cars()
        at_once = {1, 2} if len(cars) == 1 and cars[0].car.placement is Placement.YARD else {1, 2, 4}
        keys = [
            bind(str(n), str(n), word, changes=n in at_once) for n, word in enumerate(words, 1) if self.choices()[n - 1]
        ]
        return (*keys, bind("escape", "Esc", N_("back")))

    def take(self, number: int) -> None:
        """1 and 2 announce at once; 3 and 4 ask."""
        if number <= 2:
            self._announce(PUSH if number == 1 else TELL)
        elif number == 3:
            self.desk.open("offer", {"cars": self.args["cars"]})
        elif len(self.cars()) > 1 or self.cars()[0].car.placement is not Placement.YARD:
            cars = self.cars()
            self._done(self.desk.do(lambda: moves.to_yard(self.page.store, cars)))
        else:
            self.desk.open("move", {"cars": self.args["cars"]})

    def _announce(self, kind: str) -> None:
        cars = self.cars()
        self._done(self.desk.do(lambda: moves.announce(self.page.store, cars, kind)))

    def _done(self, done: bool) -> None:
        if done or self.desk.queue:
            self.below.picked.clear()
            self.close()
        self.page.enter()


class OfferForm(_OfCars, Form):
    """What is offered for the cars and who pushes them; only what was changed here is written."""

    def __init__(self, desk: Desk, page: Page, args: dict[str, Any]) -> None:
        super().__init__(desk, page, args)
        if not self.values:
            self.values.update(self._now())
            args["was"] = dict(self.values)

    def _now(self) -> dict[str, str]:
        cars = self.cars()
        numbers = {person.id: person.number for person in self._people()}
        offers = {one.car.offer for one in cars}
        owners = {numbers.get(one.car.push_id or 0, "") for one in cars}
        return {"offer": offers.pop() if len(offers) == 1 else "", "owner": owners.pop() if len(owners) == 1 else ""}

    def _people(self) -> list[Person]:
        today = self.page.store.today()
        return [
            person for person in people_queries.everybody(self.page.store) if not people_queries.gone(person, today)
        ]

    def heading(self) -> str:
        """Which cars."""
        return _("Offer and owner: {what}").format(what=self.what())

    def entries(self) -> Sequence[Entry]:
        """Offer and owner."""
        differ = len(self.cars()) > 1 and not any(self.args.get("was", {}).values())
        return (
            Entry("offer", N_("Offer"), 40, hint=N_("left empty each keeps its own") if differ else N_("such as -5k, free insurance")),
            Entry("owner", N_("Push owner"), 40, hint=N_("number, name or pinyin initials")),
        )  # fmt: skip

    def lines(self, cells: int) -> list[Line]:
        """The fields, and who the typed owner is."""
        lines = super().lines(cells)
        return lines if self.error else [*lines, Line().put("  " + self._owner_told(), "dim")]

    def _owner_told(self) -> str:
        typed = self.values["owner"]
        found = people_queries.named(typed, self._people())
        if not typed.strip():
            return _("Push owner: the keeper of the spot, else to be named")
        if len(found) == 1:
            return _("Push owner: {number} {name}").format(number=found[0].number, name=found[0].shown)
        return people_queries.unclear(typed, found)

    def save(self) -> None:
        """Write what was changed, as one action. Raises Refused where the owner is not clear."""
        was, typed, cars = self.args["was"], self.values["owner"], self.cars()
        found = people_queries.named(typed, self._people())
        if typed.strip() and len(found) != 1:
            raise Refused("E141", people_queries.unclear(typed, found))
        offer = self.values["offer"] if self.values["offer"] != was["offer"] else None
        owner = None
        if typed != was["owner"]:
            owner = (found[0].id, found[0].shown) if found else (0, "")
        done = self.desk.do(lambda: moves.set_offer(self.page.store, cars, offer, owner))
        if done or self.desk.queue:
            self.close()
        self.page.enter()


class Move(_OfCars, Choice):
    """A car of the yard goes on display: the spots on which nothing stands, by digit, nine at a time."""

    def _spots(self) -> list[Furniture]:
        spots = queries.free_spots(self.page.store)
        start = int(self.args.get("from", 0))
        return (spots[start:] or spots)[:NINE]

    def alive(self) -> bool:
        """While the car stands in the yard."""
        cars = self.cars()
        return bool(cars) and cars[0].car.placement is Placement.YARD

    def heading(self) -> str:
        """Which car."""
        return _("{car} on display").format(car=self.what())

    def choices(self) -> Sequence[str]:
        """The free spots."""
        return [f"{piece.spot} {piece.shown}".strip() for piece in self._spots()]

    def intro(self, cells: int) -> list[Line]:
        """Why there is no choice."""
        return [] if self._spots() else [Line().put(" " + _("No display spot is free; move a car to the yard first"))]

    def binds(self) -> Sequence[Bind]:
        """The digits, and the next nine."""
        more = bind("tab", "Tab", N_("next nine"))
        last = len(self._spots())
        picks = (
            [bind([str(n) for n in range(1, last + 1)], f"1-{last}" if last > 1 else "1", N_("spot"), changes=True)]
            if last
            else []
        )
        many = len(queries.free_spots(self.page.store)) > NINE
        return (*picks, *((more,) if many else ()), bind("escape", "Esc", N_("back")))

    def press(self, key: str) -> bool:
        """Tab shows the next nine spots."""
        if key != "tab":
            return super().press(key)
        start = int(self.args.get("from", 0)) + NINE
        self.args["from"] = start if start < len(queries.free_spots(self.page.store)) else 0
        return True

    def take(self, number: int) -> None:
        """Put the car on the spot."""
        car, piece = self.cars()[0], self._spots()[number - 1]
        name = piece.spot or piece.shown
        if self.desk.do(lambda: moves.put_on_display(self.page.store, car, piece.id, name)) or self.desk.queue:
            self.below.picked.discard(car.id)
            self.close()
        self.page.enter()


class PrintList(_OfCars, Choice):
    """Ctrl+P: paper is not undone, so a digit confirms."""

    def alive(self) -> bool:
        """Always."""
        return True

    def heading(self) -> str:
        """What is printed."""
        return _("Print the ageing list")

    def choices(self) -> Sequence[str]:
        """The cars over the push age, or what the filter shows."""
        ageing = self.below.read()
        old = sum(one.stock_age > ageing.push_days for one in ageing.cars)
        shown = len(rules.above(ageing, self.below.filter))
        over = _("over {days} days: {count} cars, one copy").format(days=ageing.push_days, count=old)
        return (over, _("all that are shown: {count} cars, one copy").format(count=shown))

    def take(self, number: int) -> None:
        """Print."""
        self.close()
        shown = [one.id for one in rules.above(self.below.read(), self.below.filter)]
        printing.print_list(self.desk, self.page.store.today(), shown if number == 2 else None)


class WhatWasAnnounced(Listing):
    """The last announcements, car by car with what happened since."""

    KEYS: ClassVar[tuple[Bind, ...]] = Listing.KEYS

    def heading(self) -> str:
        """What it is."""
        return _("What was announced")

    def lines(self, cells: int) -> list[Line]:
        """The announcements, the newest first."""
        found = queries.last_announcements(self.page.store)
        self.args["lines"] = [
            part for one in found for text in stories.of_announcement(one) for part in wrap(text, cells - 2)
        ]
        return super().lines(cells)
