"""Boxes about one customer or visit: who takes over, consent, why details are missing; each thing by one digit."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from floorlead.customers import consent, moves, notes, queries, rules
from floorlead.customers.lists import lists
from floorlead.customers.records import Customer, Pair
from floorlead.people import queries as people
from floorlead.people.records import Person, Role
from floorlead.store import Store
from floorlead.visits import moves as visit_moves
from floorlead.visits import queries as visits
from floorlead.widgets.choose import Choice
from floorlead.widgets.line import Line
from floorlead.words import _, pick

MOST = 8
"""Advisors that a digit picks; 9 shows the next ones."""


class OneCustomer(Choice):
    """A box about one customer; it closes when the customer is gone."""

    def customer(self) -> Customer | None:
        """The customer as it is now."""
        return queries.get(self.page.store, int(self.args["customer"]))

    def alive(self) -> bool:
        return self.customer() is not None

    def name(self) -> str:
        """The customer's name."""
        return notes.name_of(self.customer())

    def done(self, act: Callable[[Store, Customer], object]) -> None:
        """Close, carry out, read again."""
        store, customer = self.page.store, self.customer()
        self.close()
        if customer:
            self.desk.do(lambda: act(store, customer))
        self.page.enter()


class HandBox(OneCustomer):
    """Who takes the customer; 0 means every customer of the advisor, at once where the advisor has left."""

    def _advisor(self) -> Person | None:
        customer = self.customer()
        owner = customer.advisor_id if customer else None
        return next((one for one in people.everybody(self.page.store) if one.id == owner), None)

    def _takers(self) -> list[Person]:
        staff = people.staff(self.page.store, self.page.store.today())
        customer = self.customer()
        return [p for p in staff if p.role is Role.CONSULTANT and customer and p.id != customer.advisor_id]

    def _page(self) -> list[Person]:
        takers = self._takers()
        first = int(self.args.get("first", 0)) % max(1, len(takers))
        return takers[first : first + MOST]

    def _all(self) -> bool:
        owner = self._advisor()
        gone = owner is not None and not owner.works_on(self.page.store.today())
        return bool(self.args.get("all", gone)) and owner is not None

    def _moving(self) -> list[Customer]:
        customer = self.customer()
        if customer is None:
            return []
        if not self._all():
            return [customer]
        return [one for one in queries.open_all(self.page.store) if one.advisor_id == customer.advisor_id]

    def heading(self) -> str:
        return _("Who takes over?")

    def intro(self, cells: int) -> list[Line]:
        owner, moving = self._advisor(), self._moving()
        told = self.name() if len(moving) == 1 and not self._all() else _("all {count} customers of {name}").format(
            count=len(moving), name=owner.shown if owner else "-")  # fmt: skip
        line = Line().put(f" {told}   ", "bold")
        if owner:
            line.put(
                _("0 only this one") if self._all() else _("0 all of {name}").format(name=owner.shown), "key", "key:0"
            )
        return [line, Line()]

    def choices(self) -> Sequence[str]:
        counts = queries.prospects(self.page.store, self.page.store.today())
        told = [f"{one.shown}  {sum(counts.get(one.id, {}).values())}" for one in self._page()]
        return [*told, *([""] * (MOST - len(told)) + [_("others")] if len(self._takers()) > MOST else [])]

    def press(self, key: str) -> bool:
        if key == "0":
            self.args["all"] = not self._all()
            return True
        return super().press(key)

    def take(self, number: int) -> None:
        if number > MOST:
            self.args["first"] = int(self.args.get("first", 0)) + MOST
            if self.args["first"] >= len(self._takers()):
                self.args["first"] = 0
            return
        taker, moving, store = self._page()[number - 1], self._moving(), self.page.store
        self.close()
        self.desk.do(lambda: moves.reassign(store, moving, taker.id))
        self.page.enter()


class ConsentBox(OneCustomer):
    """How the customer agreed to be called, or that nobody is to call."""

    def _pairs(self) -> Sequence[Pair]:
        return lists(self.page.store).words.get("consent", ())[:5]

    def heading(self) -> str:
        return _("{name}: consent").format(name=self.name())

    def intro(self, cells: int) -> list[Line]:
        one = self.customer()
        if one is None or not one.consent_at:
            return [Line().put(" " + _("no consent noted yet"), "dim"), Line()]
        told = _("agreed {day}, {how}").format(
            day=one.consent_at[:10], how=rules.spoken(one.consent_how, self._pairs())
        )
        return [Line().put(" " + told), Line()]

    def choices(self) -> Sequence[str]:
        one = self.customer()
        stop = _("may be called again") if one and one.no_contact else _("never call again")
        return [*(_("agreed: {how}").format(how=pick(*pair)) for pair in self._pairs()), stop]

    def take(self, number: int) -> None:
        pairs = self._pairs()
        if number > len(pairs):
            self.done(lambda store, one: consent.stop_contact(store, one, not one.no_contact))
            return
        how = pairs[number - 1][0]
        self.done(lambda store, one: consent.give_consent(store, one, "" if one.consent_how == how else how))


class ExplainBox(Choice):
    """Why a visit's details are not filled in; the same reason again takes it back."""

    def alive(self) -> bool:
        return visits.get(self.page.store, int(self.args["visit"])) is not None

    def _pairs(self) -> Sequence[Pair]:
        return lists(self.page.store).words.get("explained", ())[:9]

    def heading(self) -> str:
        return _("Not filled in, why?")

    def choices(self) -> Sequence[str]:
        return [pick(*pair) for pair in self._pairs()]

    def take(self, number: int) -> None:
        visit, why = visits.get(self.page.store, int(self.args["visit"])), self._pairs()[number - 1][0]
        assert visit
        self.close()
        self.desk.do(lambda: visit_moves.explain(self.page.store, visit, "" if visit.explained == why else why))
        self.page.enter()
