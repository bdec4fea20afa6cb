"""Everything about one customer in a box: the row, its visits, its orders, its story; what is done to it by a digit.

The telephone number stands here masked like everywhere; digit 1 shows it after a reason.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from floorlead.access import moves as access
from floorlead.customers import acts, board, consent, ends, notes, queries, stories
from floorlead.customers.lists import lists
from floorlead.customers.records import Customer
from floorlead.customers.rules import DELIVERED
from floorlead.phones import mask_in
from floorlead.text import wrap
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line
from floorlead.widgets.page import Dialog
from floorlead.words import N_, _

ACTS = (
    N_("show number"), N_("change"), N_("consent"), N_("no calls"), N_("hand over"), N_("next day"), N_("order"), N_("opened again"),
    N_("data"),
)  # fmt: skip
NUMBER, CHANGE, CONSENT, STOP, HAND, NEXT, ORDER, REOPEN, DATA = range(1, 10)
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
        for number in self._acts(one):
            word = N_("calls again") if number == STOP and one.no_contact else ACTS[number - 1]
            line = lines[number > HAND]
            line.put(f" {number}", "key", f"key:{number}").put(f" {_(word)} ", "", f"key:{number}")
        return [line for line in lines if line.cells]

    def _acts(self, one: Customer) -> list[int]:
        """The digits that mean something now."""
        if one.erased_on:
            return []
        closed = one.closed_on is not None
        ended = closed and one.grade != DELIVERED
        found = [NUMBER] if one.phone else []
        return [
            *found,
            CHANGE,
            CONSENT,
            STOP,
            HAND,
            *([] if closed else [NEXT]),
            ORDER,
            *([REOPEN] if ended else []),
            DATA,
        ]

    # -- keys

    def binds(self) -> Sequence[Bind]:
        one = self.customer()
        acts = [str(number) for number in self._acts(one)] if one else []
        chosen = (bind(acts, f"{acts[0]}-{acts[-1]}", N_("choose"), changes=True),) if acts else ()
        return (*chosen, SCROLL, BACK)

    def press(self, key: str) -> bool:
        steps = {"up": -1, "down": 1, "pageup": -SHOWN, "pagedown": SHOWN, "home": -9999, "end": 9999}
        one = self.customer()
        if key in ("escape", "enter") or one is None:
            self.close()
        elif key in steps:
            self.args["top"] = int(self.args.get("top", 0)) + steps[key]
        elif key.isdecimal() and len(key) == 1 and int(key) in self._acts(one):
            self._act(one, int(key))
        else:
            return False
        return True

    def _act(self, one: Customer, number: int) -> None:
        store = self.page.store
        if number in BOXES:
            self.desk.open(BOXES[number], {"customer": one.id})
        elif number == STOP:
            self._do(lambda: consent.stop_contact(store, one, not one.no_contact))
        elif number == REOPEN:
            self._do(lambda: ends.reopen(store, one))
        elif number == DATA:
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
