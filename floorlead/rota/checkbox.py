"""Ctrl+E: every rule that the rota shown breaks, law, house and wish apart; Enter goes to the cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from floorlead.calendar import queries as calendar
from floorlead.calendar.rules import unknown_told
from floorlead.planning.rota import Violation
from floorlead.rota import findings
from floorlead.text import wrap
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line
from floorlead.widgets.page import Dialog
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.rota.screen import RotaPage

SHOWN = 13


class CheckBox(Dialog):
    """The broken rules, one under the cursor."""

    @property
    def below(self) -> RotaPage:
        """The page below."""
        return cast("RotaPage", self.page)

    def found(self) -> list[Violation]:
        """What is broken now."""
        return self.below.broken()

    @property
    def at(self) -> int:
        """The number of the one under the cursor."""
        return max(0, min(int(self.args.get("at", 0)), len(self.found()) - 1))

    def heading(self) -> str:
        """How many of each kind."""
        return _("Check the rota") + "  " + findings.counted(self.found())

    def lines(self, cells: int) -> list[Line]:
        """The rules by kind, the cursor kept in sight."""
        found = self.found()
        above = [Line().put(" " + part, "warn") for text in self._above() for part in wrap(text, cells - 2)]
        return [*above, *self._rules(found, cells, SHOWN - len(above))] if found else above

    def _above(self) -> list[str]:
        """What is not planned, years without holidays; else that all holds."""
        stretch, office = self.below.read(), calendar.office(self.page.store)
        unknown = unknown_told(office, stretch.first, stretch.last)
        return [*unknown, *findings.verdict(findings.unplanned(stretch), self.found())]

    def _rules(self, found: Sequence[Violation], cells: int, shown: int) -> list[Line]:
        """The broken rules by kind."""
        drawn: list[tuple[int, Line]] = []
        kind = ""
        for n, one in enumerate(found):
            if one.kind != kind:
                kind = one.kind
                drawn.append((n, Line().put(" " + _(findings.KINDS[kind]), "title")))
            here = n == self.at
            for k, part in enumerate(wrap(one.text, cells - 5)):
                pointer = " > " if here and not k else "   "
                drawn.append((n, Line().put(pointer + part, "cursor" if here else "", f"at:{n}")))
        first = next(i for i, (n, _line) in enumerate(drawn) if n == self.at)
        top = max(0, min(first - shown // 2, len(drawn) - shown))
        return [line for _n, line in drawn[top : top + shown]]

    def binds(self) -> Sequence[Bind]:
        """The keys."""
        go = (bind(("up", "down"), "Up/Dn", N_("choose")), bind("enter", "Enter", N_("to the cell"), effect="close"))
        return (*(go if self.found() else ()), bind("escape", "Esc", N_("back")))

    def press(self, key: str) -> bool:
        """Take a key."""
        steps = {"up": -1, "down": 1, "pageup": -SHOWN, "pagedown": SHOWN, "home": -9999, "end": 9999}
        if key in steps:
            self.args["at"] = max(0, min(self.at + steps[key], len(self.found()) - 1))
        elif key == "enter" and self.found():
            self._go(self.found()[self.at])
        elif key in ("escape", "enter"):
            self.close()
        else:
            return False
        return True

    def click(self, do: str) -> None:
        """A click on a rule."""
        kind, _sep, rest = do.partition(":")
        if kind == "at":
            self.args["at"] = int(rest)

    def _go(self, one: Violation) -> None:
        self.close()
        if one.date or one.people:
            self.below.stand(one.date or self.below.day, int(one.people[0]) if one.people else 0)
