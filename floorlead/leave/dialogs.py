"""The forms over the leave page: a new request, how many days somebody has, a period closed to leave."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from floorlead.duty import lists
from floorlead.duty.records import HALVES
from floorlead.leave import moves, notes, queries
from floorlead.leave.records import Closure
from floorlead.people import queries as people_queries
from floorlead.people.records import Person
from floorlead.store import Refused
from floorlead.text import as_number
from floorlead.widgets.choose import Entry, Form
from floorlead.widgets.line import Line
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.widgets.desk import Desk
    from floorlead.widgets.page import Page

DAY = N_("such as 11-26; empty = the same day")
REASONS_SHOWN = 60


class LeaveForm(Form):
    """A request: who, what kind, from when to when, which half, why. Saved, it is decided in the next box."""

    BLAMES = {"E238": "person", "E233": "last"}

    def __init__(self, desk: Desk, page: Page, args: dict[str, Any]) -> None:
        super().__init__(desk, page, args)
        if not self.values:
            kinds = lists.book(page.store).leave_kinds()
            self.values.update(person="", kind=kinds[0].code if kinds else "", first="", last="", half="", reason="")
            self.values.update(args.get("given", {}))
            args["was"] = dict(self.values)

    def heading(self) -> str:
        """What it is."""
        return _("Leave is asked for")

    def entries(self) -> Sequence[Entry]:
        """The fields."""
        kinds = [(one.code, notes.short_kind(one)) for one in lists.book(self.page.store).leave_kinds()]
        return (
            Entry("person", N_("Who"), 40, hint=N_("number, name or pinyin initials")),
            Entry("kind", N_("Leave kind"), choices=kinds),
            Entry("first", N_("From"), 20, hint=N_("such as 11-26; -1 is yesterday")),
            Entry("last", N_("Until"), 20, hint=DAY),
            Entry("half", N_("Half"), choices=list(HALVES.items())),
            Entry("reason", N_("Reason"), moves.REASON_LIMIT),
        )

    def lines(self, cells: int) -> list[Line]:
        """The fields, who is meant, and the usual reasons."""
        lines = super().lines(cells)
        if self.error:
            return lines
        shift = lists.book(self.page.store).shift(self.values["kind"])
        usual = "  ".join(notes.said({"zh": zh, "en": en}) for zh, en in (shift.reasons if shift else ()))
        return [*lines, Line().put("  " + self._who_told(), "dim"), Line().put("  " + usual, "dim")]

    def _people(self) -> list[Person]:
        return people_queries.staff(self.page.store, self.page.store.today())

    def _who_told(self) -> str:
        typed = self.values["person"]
        found = people_queries.named(typed, self._people())
        if len(found) == 1:
            return f"{found[0].number} {found[0].shown}"
        return people_queries.unclear(typed, found) if typed.strip() else ""

    def save(self) -> None:
        """Keep the request and go on to deciding it. Raises Refused."""
        store, today, v = self.page.store, self.page.store.today(), self.values
        who = people_queries.meant(store, v["person"])
        if who is None:
            raise Refused("E238", _("Say whose leave it is: number, name or pinyin initials"))
        first = notes.day_in(v["first"], today)
        last = notes.day_in(v["last"], today, first)
        if v["half"] and last != first:
            raise Refused("E233", _("Half a day is one day; enter the other days for themselves"))
        leave = moves.blank(store, who, v["kind"], first, last, v["half"], v["reason"])
        made: list[int] = []
        if self.finish(lambda: made.append(moves.ask(store, leave))) and made:
            self.page.go_to(str(made[0]))
            self.desk.open("decide", {"leave": made[0]})


class AllowForm(Form):
    """How many days of a kind somebody has in a year."""

    def __init__(self, desk: Desk, page: Page, args: dict[str, Any]) -> None:
        super().__init__(desk, page, args)
        if not self.values:
            own = queries.allowances(page.store, args["year"], [args["person"]]).get((args["person"], args["kind"]))
            self.values["days"] = "" if own is None else f"{own:g}"
            args["was"] = dict(self.values)

    def heading(self) -> str:
        """Whose, which, when."""
        name = moves.person_of(self.page.store, self.args["person"]).shown
        kind = notes.said(notes.kind(lists.book(self.page.store), self.args["kind"]))
        return f"{name}  {kind}  {self.args['year']}"

    def entries(self) -> Sequence[Entry]:
        """The one field."""
        return (Entry("days", N_("Days a year"), 6, hint=N_("5 or 5.5; empty = as rota.toml says")),)

    def save(self) -> None:
        """Keep the allowance. Raises Refused."""
        text = self.values["days"].strip()
        days = as_number(text) if text else None
        if text and days is None:
            raise Refused("E236", _("Write the days as 5 or 5.5, up to {most}").format(most=moves.MOST_DAYS))
        store, args = self.page.store, self.args
        person = moves.person_of(store, args["person"])
        self.finish(lambda: moves.allow(store, person, args["year"], args["kind"], days))


class CloseForm(Form):
    """A period in which no leave is granted: new, or with an id the one that stands there."""

    BLAMES = {"E237": "name", "E233": "last"}

    def __init__(self, desk: Desk, page: Page, args: dict[str, Any]) -> None:
        super().__init__(desk, page, args)
        if not self.values:
            one = self._closure()
            days = (one.first.isoformat(), one.last.isoformat()) if one else ("", "")
            self.values.update(first=days[0], last=days[1], name=one.name if one else "")
            args["was"] = dict(self.values)

    def _closure(self) -> Closure | None:
        found = queries.closures(self.page.store, date.min)
        return next((one for one in found if one.id == self.args.get("id")), None)

    def heading(self) -> str:
        """What it is."""
        return _("Days closed to leave")

    def entries(self) -> Sequence[Entry]:
        """The fields."""
        return (
            Entry("first", N_("From"), 20, hint=N_("such as 2026-12-31")), Entry("last", N_("Until"), 20, hint=DAY),
            Entry("name", N_("Why closed"), moves.NAME_LIMIT, hint=N_("such as the motor show")),
        )  # fmt: skip

    def save(self) -> None:
        """Keep the period. Raises Refused."""
        store, today, before = self.page.store, self.page.store.today(), self._closure()
        first = notes.day_in(self.values["first"], today)
        last = notes.day_in(self.values["last"], today, first)
        one = Closure(before.id if before else 0, first, last, self.values["name"])
        self.finish(lambda: moves.close(store, one))
