"""Enter on a cell: the person's day in full, what it breaks, and what is wished for it.

A digit writes a wish at once; the same digit again weighs it more, up to 9, and 0 takes it back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, cast

from floorlead import clock
from floorlead.duty.records import Shift
from floorlead.people.records import Person
from floorlead.rota import findings, moves, stories
from floorlead.rota.records import Wish
from floorlead.text import wrap
from floorlead.widgets.keys import Bind, bind, label_of
from floorlead.widgets.line import Line
from floorlead.widgets.page import Dialog
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.rota.screen import RotaPage

HEAVIEST = 9


class CellBox(Dialog):
    """One person's day."""

    @property
    def below(self) -> RotaPage:
        """The page below."""
        return cast("RotaPage", self.page)

    @property
    def day(self) -> date:
        """The day."""
        return date.fromisoformat(self.args["day"])

    def person(self) -> Person | None:
        """The person."""
        return next((p for p in self.below.read().people if p.id == self.args["person"]), None)

    def alive(self) -> bool:
        """While the person and the day are shown."""
        stretch = self.below.read()
        return self.person() is not None and stretch.first <= self.day <= stretch.last

    def shifts(self) -> Sequence[Shift]:
        """What may be wished: work, desk and days off."""
        return [one for one in self.below.read().book.shifts if one.digit and one.kind in ("work", "desk", "off")]

    def heading(self) -> str:
        """Who and when."""
        person = self.person()
        return f"{person.shown if person else ''}  {clock.short_day(self.day)} {clock.weekday(self.day)}"

    def lines(self, cells: int) -> list[Line]:
        """The day in words, what is broken on it, the wishes."""
        person = self.person()
        assert person
        told = [stories.cell_words(self.below.read(), person, self.day), *self._why(person)]
        lines = [Line().put(" " + part) for text in told for part in wrap(text, cells - 2)]
        wish = self.below.read().wishes.get((person.id, self.day))
        line = Line().put(" " + _("Wish") + "  ", "title")
        for shift in self.shifts():
            mine = wish is not None and wish.shift == shift.code
            text = f"{shift.digit} {shift.shown}" + (f" x{wish.weight}" if mine and wish else "")
            line.put(f"[{text}]" if mine else f" {text} ", "chip" if mine else "", f"key:{shift.digit}")
        return [*lines, Line(), line, Line().put("  " + _("the same digit again weighs it more"), "dim")]

    def _why(self, person: Person) -> list[str]:
        """What was published instead, and the rules that are broken here."""
        found = self.below.broken()
        return [findings.words_of(one) for one in found if one.date == self.day and person.id in one.people]

    def binds(self) -> Sequence[Bind]:
        """The digits of the shifts, 0 and the way back."""
        digits = [str(one.digit) for one in self.shifts()]
        wishes = (bind(digits, label_of(sorted(digits)), N_("wish"), changes=True),) if digits else ()
        none = (bind("0", "0", N_("no wish"), changes=True),) if self._wished() else ()
        return (*wishes, *none, bind("escape", "Esc", N_("back")))

    def _wished(self) -> Wish | None:
        person = self.person()
        return self.below.read().wishes.get((person.id, self.day)) if person else None

    def press(self, key: str) -> bool:
        """Take a key."""
        shift = next((one for one in self.shifts() if str(one.digit) == key), None)
        if key in ("escape", "enter"):
            self.close()
        elif shift:
            self._wish(shift)
        elif key == "0":
            self._write(None)
        else:
            return False
        return True

    def _wish(self, shift: Shift) -> None:
        person = self.person()
        assert person
        wish = self.below.read().wishes.get((person.id, self.day))
        again = wish is not None and wish.shift == shift.code
        self._write(Wish(shift.code, wish.weight % HEAVIEST + 1 if again and wish else 1))

    def _write(self, wish: Wish | None) -> None:
        person, day, store = self.person(), self.day, self.page.store
        assert person
        self.desk.do(lambda: moves.wish(store, person, day, wish))
        self.page.enter()
