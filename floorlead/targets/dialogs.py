"""The boxes over a month: a number, a day's weight, a person's share and prediction, the paper.

What is typed is kept until it is saved or given up; a refused number stays in its field.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from floorlead import clock
from floorlead.percent import as_set
from floorlead.store import Refused
from floorlead.targets import moves, printing
from floorlead.targets.notes import CauseForm
from floorlead.targets.records import KINDS, MEASURE_WORDS
from floorlead.text import as_number, fold
from floorlead.widgets.choose import Choice, Entry, Form
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.page import Dialog
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.targets.screen import TargetsPage
    from floorlead.widgets.desk import Desk
    from floorlead.widgets.page import Page


def whole(text: str) -> int | None:
    """A whole number from 0 as typed, None for nothing typed. Raises Refused for anything else."""
    typed = fold(text).strip()
    if not typed:
        return None
    if not typed.isdecimal():
        raise Refused("E371", _("A target is a whole number from 0 to {most}").format(most=moves.HIGHEST))
    return int(typed)


class OnMonth(Form):
    """A form over the page of targets; `first` in the arguments is a digit that was typed to open it."""

    def __init__(self, desk: Desk, page: Page, args: dict[str, Any]) -> None:
        super().__init__(desk, page, args)
        if not self.values:
            self.values.update(self.now())
            args["was"] = dict(self.values)
            if first := args.pop("first", ""):
                self.values[self.entries()[0].name] = str(first)

    @property
    def below(self) -> TargetsPage:
        """The page below."""
        return cast("TargetsPage", self.page)

    def now(self) -> dict[str, str]:
        """What stands there now, as text."""
        return {}


class Number(OnMonth):
    """A month's target of one measure."""

    def now(self) -> dict[str, str]:
        """The number set."""
        amount = self.below.read().targets.get(self.args["measure"])
        return {"amount": "" if amount is None else str(amount)}

    def heading(self) -> str:
        """Which target."""
        word = _(MEASURE_WORDS[self.args["measure"]])
        return _("Target {month}: {measure}").format(month=self.args["month"], measure=word)

    def entries(self) -> Sequence[Entry]:
        """The number."""
        return (Entry("amount", N_("Target"), 5, hint=N_("a whole number; empty takes it away")),)

    def save(self) -> None:
        """Set it. Raises Refused."""
        amount = whole(self.values["amount"])
        self.finish(lambda: moves.set_target(self.store, self.args["month"], self.args["measure"], amount))


class Weight(OnMonth):
    """What one day counts."""

    @property
    def day(self) -> date:
        """The day."""
        return date.fromisoformat(self.args["day"])

    def now(self) -> dict[str, str]:
        """The weight in force."""
        found = next(one.day for one in self.below.read().days if one.day.day == self.day)
        return {"weight": f"{found.weight:g}"}

    def alive(self) -> bool:
        """While the month is shown."""
        return str(self.args["day"]).startswith(self.below.month)

    def heading(self) -> str:
        """Which day."""
        found = next((one.day for one in self.below.read().days if one.day.day == self.day), None)
        kind = _(KINDS[found.kind]) if found else ""
        return f"{clock.short_day(self.day)} {clock.weekday(self.day)}  {kind}".rstrip()

    def entries(self) -> Sequence[Entry]:
        """The weight."""
        return (Entry("weight", N_("Weight"), 5, hint=N_("a workday is 1; 0 asks nothing; empty: as its kind")),)

    def save(self) -> None:
        """Set it. Raises Refused."""
        typed = self.values["weight"].strip()
        weight = as_number(typed) if typed else None
        if typed and weight is None:
            raise Refused("E374", _("A day's weight is 0 (nothing is asked of it) to 99; a workday is 1"))
        self.finish(lambda: moves.set_weight(self.store, self.day, weight))


class Part(OnMonth):
    """A person's share of the month, and what the person predicts for today."""

    def now(self) -> dict[str, str]:
        """Share in percent, the predictions."""
        month, who = self.below.read(), self.args["person"]
        share = next((one.share for one in month.shares if one.person == who), 1.0)
        said = {name: month.forecasts.get((who, name)) for name in ("orders", "deliveries")}
        return {"share": as_set(share), **{name: "" if n is None else str(n) for name, n in said.items()}}

    def alive(self) -> bool:
        """While the person shares in the month."""
        return any(one.person == self.args["person"] for one in self.below.read().shares)

    def heading(self) -> str:
        """Who."""
        return f"{self.below.people[self.args['person']].shown}  {self.below.month}"

    def entries(self) -> Sequence[Entry]:
        """Share, predicted orders, predicted deliveries."""
        return (
            Entry("share", N_("Share in %"), 5, hint=N_("100 is a full one; empty: the usual")),
            Entry("orders", N_("Orders today"), 5, hint=N_("predicted this morning")),
            Entry("deliveries", N_("Deliveries today"), 5, hint=N_("predicted this morning")),
        )

    def save(self) -> None:
        """Set what was changed. Raises Refused."""
        was, person = self.args["was"], self.below.people[self.args["person"]]
        said = {name: whole(self.values[name]) for name in ("orders", "deliveries")}
        typed = self.values["share"].strip().removesuffix("%")
        share = as_number(typed) if typed else None
        if typed and share is None:
            raise Refused("E373", _("A share is 0 to 1000 percent; 100 is a full one"))

        part = None if share is None else share / 100
        if self.values["share"] == was["share"]:
            self.finish(lambda: moves.predict(self.store, self.store.today(), person, said))
        else:
            self.finish(lambda: moves.set_part(self.store, self.below.month, person, part, said))


class PrintMonth(Choice):
    """Ctrl+P: paper is not undone, so a digit confirms."""

    def heading(self) -> str:
        """What is printed."""
        return _("Print the month's targets")

    def choices(self) -> Sequence[str]:
        """One copy."""
        return (_("targets {month}, one copy").format(month=cast("TargetsPage", self.page).month),)

    def binds(self) -> Sequence[Bind]:
        """The digit."""
        return (bind("1", "1", N_("print")), bind("escape", "Esc", N_("back")))

    def take(self, number: int) -> None:
        """Print."""
        self.close()
        printing.print_month(self.desk, cast("TargetsPage", self.page).month)


DIALOGS: dict[str, type[Dialog]] = {
    "number": Number, "weight": Weight, "part": Part, "cause": CauseForm, "print": PrintMonth,
}  # fmt: skip
"""The page's boxes by name."""
