"""The boxes over the figures: the rows behind one, which definition counts since when, a target, print."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from floorlead.kpi import behind, lists, moves, papers, queries, rules
from floorlead.kpi.records import YUAN, Kpi
from floorlead.store import Refused
from floorlead.text import as_number, wrap
from floorlead.widgets.choose import Choice, Entry, Form, Listing
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line
from floorlead.widgets.page import Dialog
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.kpi.screen import KpiPage
    from floorlead.widgets.desk import Desk
    from floorlead.widgets.page import Page


class _OfFigure(Dialog):
    """What the boxes share: the figure that they are about, by its code in their arguments."""

    @property
    def kpi(self) -> Kpi:
        """The figure."""
        return moves.known(self.page.store, str(self.args["kpi"]))

    def alive(self) -> bool:
        return lists.book(self.page.store).kpi(str(self.args.get("kpi", ""))) is not None


class Behind(_OfFigure, Listing):
    """The visits, orders and customers that a figure counts."""

    SHOWN = 16

    def __init__(self, desk: Desk, page: Page, args: dict[str, Any]) -> None:
        super().__init__(desk, page, args)
        self._told: list[str] | None = None

    def heading(self) -> str:
        who = str(self.args.get("name", ""))
        return "  ".join(filter(None, (self.kpi.shown, str(self.args["month"]), who)))

    def lines(self, cells: int) -> list[Line]:
        if self._told is None:
            told = behind.lines(
                self.page.store, self.kpi, self.args["code"], self.args["month"], self.args.get("person")
            )
            self._told = told
        top = max(0, min(int(self.args.get("top", 0)), len(self._told) - self.SHOWN))
        self.args["top"] = top
        return [Line().put(" " + text) for text in self._told[top : top + self.SHOWN]]


class Choose(_OfFigure, Choice):
    """The definitions of a figure: a digit takes one, from the day shown on."""

    def heading(self) -> str:
        return _("Definition") + "  " + self.kpi.shown

    def since(self) -> date:
        """From which day on: the month's first, today, the next month's first."""
        today = self.page.store.today()
        month = rules.month_of(today)
        days = (rules.first_of(month), today, rules.first_of(rules.moved(month, 1)))
        return days[int(self.args.get("since", 0)) % len(days)]

    def choices(self) -> Sequence[str]:
        return [f"{one.code:<4}{one.shown}" for one in self.kpi.definitions]

    def intro(self, cells: int) -> list[Line]:
        now = rules.in_force(self.kpi, queries.choices(self.page.store), self.since())
        told = _("counts from {day} on; then in force: {code}").format(day=self.since().isoformat(), code=now)
        return [Line().put(" " + told), Line()]

    def outro(self, cells: int) -> list[Line]:
        words = _("Nothing is lost: counts are kept, and a month in which it changed shows both.")
        return [Line(), *(Line().put(" " + part, "dim") for part in wrap(words, cells - 2))]

    def binds(self) -> Sequence[Bind]:
        last = len(self.choices())
        label = f"1-{last}" if last > 1 else "1"
        take = bind([str(n) for n in range(1, last + 1)], label, N_("count so"), changes=True)
        return (take, bind(("left", "right"), "L/R", N_("from when")), bind("escape", "Esc", N_("back")))

    def press(self, key: str) -> bool:
        if key in ("left", "right"):
            self.args["since"] = (int(self.args.get("since", 0)) + (1 if key == "right" else -1)) % 3
            return True
        return super().press(key)

    def take(self, number: int) -> None:
        one = self.kpi.definitions[number - 1]
        if self.desk.do(lambda: moves.choose(self.page.store, self.kpi, one.code, self.since())) or self.desk.queue:
            self.close()
        self.page.enter()


class Target(_OfFigure, Form):
    """A figure's target of the month; empty takes it away."""

    def heading(self) -> str:
        return _("Target") + f"  {self.kpi.shown}  {self.args['month']}"

    def entries(self) -> Sequence[Entry]:
        hint = N_("yuan a car") if self.kpi.unit == YUAN else N_("percent, 0 to 100; empty for none")
        return (Entry("amount", N_("Target"), 7, hint=hint),)

    def save(self) -> None:
        typed = self.values.get("amount", "").replace("%", "").replace("％", "").strip()
        value = as_number(typed) if typed else None
        if typed and (value is None or value != int(value)):
            raise Refused("E387", _("Write the target as a whole number"))
        amount = None if value is None else int(value)
        self.finish(lambda: moves.put_target(self.page.store, self.kpi, str(self.args["month"]), amount))


class Print(Choice):
    """Ctrl+P: paper is not undone, so a digit confirms."""

    def heading(self) -> str:
        return _("Print") + "  " + cast("KpiPage", self.page).month

    def choices(self) -> Sequence[str]:
        return (_("Figures of the month, one copy"),)

    def take(self, number: int) -> None:
        self.close()
        papers.print_month(self.desk, cast("KpiPage", self.page).month)


DIALOGS: dict[str, type[Dialog]] = {"rows": Behind, "choose": Choose, "target": Target, "print": Print}
