"""Ctrl+P on the Customers page: which of the showroom's papers, whose, and whether the numbers stand on it whole.

Paper is not undone, so a digit confirms; a paper with whole numbers is noted before it is drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from floorlead.access import moves as access
from floorlead.customers import forms, notes, queries
from floorlead.customers.forms import CARD, DAY, GRID, REGISTER, Asked
from floorlead.customers.lists import lists
from floorlead.customers.records import Named
from floorlead.people import queries as people
from floorlead.people.records import Person, Role
from floorlead.store import Refused
from floorlead.widgets import printing
from floorlead.widgets.choose import TAKES, Choice
from floorlead.widgets.keys import Bind, bind, digits
from floorlead.widgets.line import Line
from floorlead.words import N_, _

KNOWN = (REGISTER, DAY, GRID, CARD)
MOST = 7
WHOLE = bind(
    "0", "0", N_("numbers"), effect="view", help=N_("print whole telephone numbers, which is noted; again masks them")
)


class PrintForms(Choice):
    """The papers by digit. `args`: `paper` once it is chosen, `month` shown by the grid, `customer` under the cursor."""

    def _forms(self) -> list[Named]:
        return [one for one in lists(self.page.store).forms if one.code in KNOWN][:9]

    def _day(self) -> date:
        month = str(self.args.get("month", ""))
        return date.fromisoformat(month) if month else self.page.store.today()

    def _customer(self) -> int:
        return int(self.args.get("customer", 0))

    def _staff(self) -> list[Person]:
        store = self.page.store
        return [one for one in people.staff(store, store.today()) if one.role is Role.CONSULTANT]

    def _some(self) -> list[Person]:
        """The consultants that the digits mean now."""
        staff = self._staff()
        first = int(self.args.get("first", 0)) % max(1, len(staff))
        return staff[first : first + MOST]

    # -- drawing

    def heading(self) -> str:
        paper = str(self.args.get("paper", ""))
        return forms.title(self.page.store, paper) if paper else _("Print")

    def choices(self) -> Sequence[str]:
        if not self.args.get("paper"):
            return [self._told(one) for one in self._forms()]
        some = [one.shown for one in self._some()]
        more = [*[""] * (MOST - len(some)), _("others")] if len(self._staff()) > MOST else []
        return [_("all consultants"), *some, *more]

    def _told(self, one: Named) -> str:
        """A paper with the day or the customer that it would be of; empty where there is nobody to make a card of."""
        if one.code == CARD:
            found = queries.get(self.page.store, self._customer())
            return f"{one.shown}  {notes.name_of(found)}" if found else ""
        return f"{one.shown}  {forms.day_words(Asked(one.code, self._day() if one.code == GRID else self.page.store.today()))}"

    def intro(self, cells: int) -> list[Line]:
        told = _("0 numbers whole, noted with your name") if self.args.get("phones") else _("0 numbers masked")
        return [Line().put(f" {told}", "warn" if self.args.get("phones") else "dim", "key:0"), Line()]

    def binds(self) -> Sequence[Bind]:
        last = max((n for n, text in enumerate(self.choices(), 1) if text), default=1)
        return (
            bind(digits(1, last), f"1-{last}", N_("choose"), changes=True, effect=TAKES),
            WHOLE,
            super().binds()[-1],
        )

    # -- keys

    def press(self, key: str) -> bool:
        if key == "0" and self.args.get("phones"):
            self.args["phones"] = False
            return True
        if key == "0":
            self.desk.ask_manager("export", lambda: self.args.update(phones=True))
            return True
        return super().press(key)

    def take(self, number: int) -> None:
        paper = str(self.args.get("paper", ""))
        if not paper:
            self._choose(self._forms()[number - 1].code)
        elif number > MOST + 1:
            self.args["first"] = (int(self.args.get("first", 0)) + MOST) % (-(-len(self._staff()) // MOST) * MOST)
        else:
            self._send(paper, self._some()[number - 2].id if number > 1 else None)

    def _choose(self, paper: str) -> None:
        if paper in (DAY, GRID):
            self.args["paper"] = paper
        else:
            self._send(paper, None)

    def _send(self, paper: str, advisor: int | None) -> None:
        store, phones = self.page.store, bool(self.args.get("phones")) and paper != GRID
        day = self._day() if paper == GRID else store.today()
        asked = Asked(paper, day, advisor, self._customer() if paper == CARD else 0, phones)
        made, shown = forms.make(store, asked)
        if shown and not self.desk.do(lambda: access.note(store, "print", shown, forms.number_of(asked)), quiet=True):
            raise Refused("E335", _("Not noted, so not printed; try again"))
        self.close()
        printing.send(self.desk, made, forms.PRINTED[paper], day, 0, forms.number_of(asked))
