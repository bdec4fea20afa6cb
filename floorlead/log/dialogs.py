"""The boxes over the log: what is new, an entry's story with what was done now, how it ends, the print box.

A usual word is one digit, 7 types another; everything is written with its time and one Ctrl+Z takes it back.
"""

from __future__ import annotations

from collections.abc import Sequence

from floorlead.log import board, moves, printing, queries, rules
from floorlead.log.records import Entry, Kind
from floorlead.log.writing import BACK, OfEntry, Typing
from floorlead.phones import mask_in, masked
from floorlead.text import wrap
from floorlead.widgets.choose import Choice
from floorlead.widgets.keys import Bind, bind, digits
from floorlead.widgets.line import Line
from floorlead.widgets.page import Dialog
from floorlead.words import N_, _, pick

EDIT, REVEAL, WITHOUT = "8", "9", "0"
STORY_SHOWN = 8


class New(Choice):
    """What is new: a digit says which kind."""

    WORDS = (
        N_("incident"), N_("complaint"), N_("task"), N_("leave"), N_("outing"), N_("policy of the maker's"),
        N_("plate time"),
    )  # fmt: skip

    def heading(self) -> str:
        """What it is about."""
        return _("New in the log")

    def choices(self) -> Sequence[str]:
        """What can be chosen."""
        return [_(word) for word in self.WORDS]

    def take(self, number: int) -> None:
        """Open the kind's own form; leave and outings have theirs on their pages."""
        self.close()
        if number in (4, 5):
            page, box = ("leave", "leave") if number == 4 else ("outings", "outing")
            self.desk.go_and_open(page, box, {"back": "log"})
        elif number == 3:
            self.desk.open("task", {})
        elif number == 7:
            self.desk.open("plates", {})
        else:
            kind = {1: Kind.INCIDENT, 2: Kind.COMPLAINT, 6: Kind.NOTICE}[number]
            self.desk.open("entry", {"kind": kind.value})


class Detail(Typing):
    """An entry in full: its words, its story, and by digit what was done now."""

    def said(self) -> Sequence[str]:
        one = self.entry()
        name = "plate" if one and one.kind is Kind.PLATE else "action"
        return [pick(*pair) for pair in self.lists().words.get(name, ())]

    def lines(self, cells: int) -> list[Line]:
        """The lines inside the box."""
        one = self.entry()
        if one is None:
            return []
        return [*self._facts(one, cells), Line(), *self.picks(cells), self.words_line()]

    def typing_line(self) -> int:
        """The last line."""
        return len(self.lines(76)) - 1

    def _facts(self, one: Entry, cells: int) -> list[Line]:
        who = f"{mask_in(one.customer)} {masked(one.phone)}".strip()
        told, called = wrap(mask_in(one.text), cells - 2), queries.called(self.page.store)
        meta = [
            _("owner {name}").format(name=called(one.owner) or "-"),
            _("due {when}").format(when=_due(one) or "-"),
            who,
        ]
        told.append("   ".join(filter(None, meta)))
        steps = queries.steps(self.page.store, [one.id])[one.id]
        story = [part for said in board.story(steps, one.at[:10], called) for part in wrap(said, cells - 4)]
        hidden = len(story) - STORY_SHOWN
        lines = [Line().put(" " + part) for part in told]
        if hidden > 0:
            lines.append(Line().put("   " + _("{count} earlier lines").format(count=hidden), "dim"))
        lines += [Line().put("   " + part) for part in story[-STORY_SHOWN:]]
        if one.kind is Kind.COMPLAINT:
            seen = rules.watch(one, self.page.store.clock.stamp(), self.lists().clocks)
            words = f"{board.response_words(seen, one)}   {board.clocks_words(seen, self.lists())}"
            lines.append(Line().put(" " + words, "late" if seen.late else "dim"))
        return lines

    def binds(self) -> Sequence[Bind]:
        """The keys that work now."""
        if self.typing:
            return self.typing_binds()
        one, most = self.entry(), len(self.said())
        pick_ = (bind(digits(1, most), f"1-{most}", N_("was done"), changes=True),) if most else ()
        shows = (bind(REVEAL, REVEAL, N_("show number")),) if one and one.phone else ()
        return (
            *pick_,
            bind(self.TYPE, self.TYPE, N_("type"), effect="text"),
            bind(EDIT, EDIT, N_("edit")),
            *shows,
            BACK,
        )

    def press(self, key: str) -> bool:
        """Take a key."""
        one = self.entry()
        if one is None or self.typing or key not in (EDIT, REVEAL):
            return super().press(key)
        if key == EDIT:
            self.desk.open("entry", {"kind": one.kind.value, "id": one.id})
        elif one.phone:
            self.desk.open("number", {"id": one.id})
        return True

    def take(self, number: int, text: str) -> None:
        """Write what was done, with the time."""
        one = self.entry()
        if one:
            self.carry_out(self.desk.do(lambda: moves.act(self.page.store, one, text)))


def _due(one: Entry) -> str:
    return one.due.replace("T", " ")


class Ending(Typing):
    """How an entry ends: a usual result by digit, 7 types one, 0 closes without where that is allowed."""

    def heading(self) -> str:
        """What it is about."""
        one = self.entry()
        return _("Close: {text}").format(text=moves.told(one)) if one else ""

    def said(self) -> Sequence[str]:
        return [one.shown for one in self.lists().results]

    def lines(self, cells: int) -> list[Line]:
        """The lines inside the box."""
        lines = self.picks(cells)
        if self._may_go_without():
            without = _("close without a result")
            lines.append(Line().put(" ").put(WITHOUT, "key", f"key:{WITHOUT}").put(f" {without}", "", f"key:{WITHOUT}"))
        else:
            lines.append(Line().put(" " + _("A complaint ends with a result; say which one"), "dim"))
        return [*lines, self.words_line()]

    def typing_line(self) -> int:
        """The last line."""
        return len(self.lines(76)) - 1

    def _may_go_without(self) -> bool:
        one = self.entry()
        return one is not None and not rules.needs_result(self.lists().level(one.kind.value, one.level), one.kind)

    def binds(self) -> Sequence[Bind]:
        """The keys that work now."""
        if self.typing:
            return self.typing_binds()
        most = len(self.said())
        without = (bind(WITHOUT, WITHOUT, N_("without"), changes=True),) if self._may_go_without() else ()
        return (
            bind(digits(1, most), f"1-{most}", N_("result"), changes=True), bind(self.TYPE, self.TYPE, N_("type"), effect="text"), *without, BACK,
        )  # fmt: skip

    def press(self, key: str) -> bool:
        """Take a key."""
        if key == WITHOUT and not self.typing and self._may_go_without():
            self.take(0, "")
            return True
        return super().press(key)

    def take(self, number: int, text: str) -> None:
        """Close it; a typed result is asked how the customer took it."""
        one = self.entry()
        if one is None:
            return
        if not number and text and one.kind is Kind.COMPLAINT:
            self.close()
            self.desk.open("satisfied", {"id": one.id, "result": text})
            return
        satisfied = self.lists().results[number - 1].satisfied if number else None
        self.carry_out(self.desk.do(lambda: moves.close(self.page.store, one, text, satisfied)))


class Satisfied(OfEntry, Choice):
    """Whether the customer was satisfied with a result that was typed."""

    def heading(self) -> str:
        """What it is about."""
        return _("Is the customer satisfied?")

    def intro(self, cells: int) -> list[Line]:
        """Lines above the choices."""
        return [Line().put(" " + part) for part in wrap(mask_in(str(self.args["result"])), cells - 2)]

    def choices(self) -> Sequence[str]:
        """What can be chosen."""
        return (_("satisfied"), _("not satisfied"), _("not known"))

    def take(self, number: int) -> None:
        """Close the complaint with both."""
        one, result = self.entry(), str(self.args["result"])
        self.close()
        if one:
            satisfied = (True, False, None)[number - 1]
            self.desk.do(lambda: moves.close(self.page.store, one, result, satisfied))
        self.page.enter()


class PrintLog(Choice):
    """Ctrl+P: paper is not undone, so a digit confirms."""

    def heading(self) -> str:
        """What it is about."""
        return _("Print the day's log")

    def choices(self) -> Sequence[str]:
        """What can be chosen."""
        return (_("one copy"),)

    def take(self, number: int) -> None:
        """Print."""
        self.close()
        printing.print_log(self.desk, self.page.store.today())


DIALOGS: dict[str, type[Dialog]] = {
    "new": New, "detail": Detail, "ending": Ending, "satisfied": Satisfied, "print": PrintLog,
}  # fmt: skip
"""The boxes by name."""
