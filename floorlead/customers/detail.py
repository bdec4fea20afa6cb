"""Everything about one customer in a box: the row, its visits, its orders, its story; what is done to it by a digit.

The telephone number stands here masked like everywhere; digit 1 shows it after a reason.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from floorlead.access import moves as access
from floorlead.customers import acts, board, ends, notes, queries, stories
from floorlead.customers.lists import lists
from floorlead.customers.records import Customer
from floorlead.customers.rules import DELIVERED
from floorlead.phones import mask_in
from floorlead.text import wrap
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line
from floorlead.widgets.page import Dialog
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.customers.screen import CustomersPage

NUMBER, CHANGE, CONSENT, NEXT, END, ORDER, HAND, DATA = "1", "2", "3", "5", "6", "7", "8", "9"
ACTS = {
    NUMBER: N_("show number"), CHANGE: N_("change"), CONSENT: N_("consent"), NEXT: N_("next day"), END: N_("apply for an end"),
    ORDER: N_("order"), HAND: N_("hand over"), DATA: N_("data"),
}  # fmt: skip
"""What a digit does; from 5 to 8 the same as on the page."""
BOXES = {NUMBER: "reveal", CHANGE: "customer_form", CONSENT: "consent", HAND: "hand", NEXT: "next"}
SHOWN = 8
"""Lines of the story in sight."""
LABEL = 13
SCROLL = bind(("up", "down", "pageup", "pagedown", "home", "end"), "Up/Dn", N_("scroll"))
BACK = bind("escape", "Esc", N_("back"))


class DetailBox(Dialog):
    """One customer; `args["top"]` is the first line of the story in sight."""

    def customer(self) -> Customer | None:
        """The customer as it is now."""
        return queries.get(self.page.store, int(self.args["customer"]))

    def alive(self) -> bool:
        return self.customer() is not None

    def heading(self) -> str:
        one = self.customer()
        return f"{notes.name_of(one)}  {notes.grade_words(lists(self.page.store), one.grade)}" if one else ""

    # -- drawing

    def lines(self, cells: int) -> list[Line]:
        one = self.customer()
        if one is None:
            return []
        known = board.names(self.page.store)
        story = self._story(one, known, cells)
        top = self.args["top"] = max(0, min(int(self.args.get("top", 0)), len(story) - SHOWN))
        more = len(story) - top - SHOWN
        below = _("   {count} more below").format(count=more) if more > 0 else ""
        shown = story[top : top + SHOWN]
        return [*self._facts(one, known, cells), Line(), *shown, Line().put(below, "dim"), *self._digits(one)]

    def _facts(self, one: Customer, known: board.Names, cells: int) -> list[Line]:
        half = cells // 2
        lines = []
        pairs = stories.facts(one, known)
        for left, right in zip(pairs[::2], pairs[1::2], strict=True):
            line = Line().put(" ").col(left[0], LABEL, style="dim").col(left[1], half - LABEL - 2).put(" ")
            lines.append(line.col(right[0], LABEL, style="dim").put(right[1]))
        if one.note:
            note = wrap(mask_in(one.note), cells - LABEL - 2)[:2]
            lines += [
                Line().put(" ").col(_("Note") if not n else "", LABEL, style="dim").put(part)
                for n, part in enumerate(note)
            ]
        return lines

    def _story(self, one: Customer, known: board.Names, cells: int) -> list[Line]:
        store = self.page.store
        parts = (
            (_("Orders"), stories.ordered(store, one, known)), (_("Visits"), stories.came(store, one, known)),
            (_("Story"), stories.events(store, one, known)),
        )  # fmt: skip
        lines = []
        for title, told in parts:
            if told:
                lines.append(Line().put(f" {title}", "title").put(f" {len(told)}", "dim"))
                lines += [Line().put("  " + part) for text in told for part in wrap(text, cells - 3)]
        return lines

    def _digits(self, one: Customer) -> list[Line]:
        lines = [Line(), Line()]
        for digit in self._acts(one):
            word = N_("opened again") if digit == END and one.closed_on else ACTS[digit]
            lines[digit > NEXT].put(f" {digit}", "key", f"key:{digit}").put(f" {_(word)} ", "", f"key:{digit}")
        return [line for line in lines if line.cells]

    def _acts(self, one: Customer) -> list[str]:
        """The digits that mean something now."""
        if one.erased_on:
            return []
        off = {
            NUMBER: not one.phone,
            NEXT: one.closed_on is not None,
            END: one.closed_on is not None and one.grade == DELIVERED,
        }
        return [digit for digit in ACTS if not off.get(digit)]

    # -- keys

    def binds(self) -> Sequence[Bind]:
        one = self.customer()
        acts = self._acts(one) if one else []
        chosen = (bind(acts, f"{acts[0]}-{acts[-1]}", N_("choose"), changes=True),) if acts else ()
        return (*chosen, SCROLL, BACK)

    def press(self, key: str) -> bool:
        steps = {"up": -1, "down": 1, "pageup": -SHOWN, "pagedown": SHOWN, "home": -9999, "end": 9999}
        one = self.customer()
        if key in ("escape", "enter") or one is None:
            self.close()
        elif key in steps:
            self.args["top"] = int(self.args.get("top", 0)) + steps[key]
        elif key in self._acts(one):
            self._act(one, key)
        else:
            return False
        return True

    def _act(self, one: Customer, digit: str) -> None:
        store = self.page.store
        if digit in BOXES:
            self.desk.open(BOXES[digit], {"customer": one.id})
        elif digit == END and one.closed_on:
            self._do(lambda: ends.reopen(store, one))
        elif digit == END:
            acts.end(cast("CustomersPage", self.page).view, one)
        elif digit == DATA:
            self._data(one)
        else:
            self.close()
            acts.order(self.desk, one, 0)

    def _data(self, one: Customer) -> None:
        """Who saw the customer's data, and erasing them: a box of the settings, where the manager's matters are."""
        if self.desk.do(lambda: access.note(self.page.store, "who_saw", [("customers", one.id)]), quiet=True):
            self.close()
            self.desk.go_and_open("settings", "person", {"customer": one.id})

    def _do(self, act: Callable[[], object]) -> None:
        self.desk.do(act)
        self.page.enter()
