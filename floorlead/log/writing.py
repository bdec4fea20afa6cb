"""What the boxes about one entry share: which one it is, usual words by digits, a line to type after 7."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, cast

from floorlead.log import moves, queries
from floorlead.log.lists import lists
from floorlead.log.records import SORT_WORDS, Entry, Lists, Sort
from floorlead.store import Store
from floorlead.text import fold
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line
from floorlead.widgets.ownwords import UsualWords
from floorlead.widgets.page import Dialog, TextField
from floorlead.widgets.reading import a_moment
from floorlead.words import N_, _, language

if TYPE_CHECKING:
    from floorlead.log.screen import LogPage

BACK = bind("escape", "Esc", N_("back"))


def moment_in(store: Store, typed: str) -> str:
    """A typed day and time as `a_moment` reads it; a time alone after midnight is of the business day's own night."""
    stamp, text = a_moment(typed, store.today()), fold(typed).strip()
    alone = " " not in text and "-" not in text and not stamp.endswith("T00:00")
    if stamp and alone and store.clock.day_at(f"{stamp}:00") < store.today():
        return f"{store.today() + timedelta(days=1)}{stamp[10:]}"
    return stamp


class OfEntry(Dialog):
    """A box about one entry; it closes when the entry is gone."""

    @property
    def below(self) -> LogPage:
        """The page below."""
        return cast("LogPage", self.page)

    def lists(self) -> Lists:
        """The showroom's lists."""
        return lists(self.page.store)

    def entry(self) -> Entry | None:
        """The entry as it is now."""
        return queries.of(self.page.store, int(self.args["id"]))

    def alive(self) -> bool:
        """Whether what it is about is still there."""
        return self.entry() is not None

    def heading(self) -> str:
        """What it is about."""
        one = self.entry()
        if one is None:
            return ""
        level = self.lists().level(one.kind.value, one.level)
        word = _(SORT_WORDS[Sort(one.kind.value)])
        return "  ".join(filter(None, [word, one.at[5:16].replace("T", " "), level.shown if level else ""]))


class Typing(UsualWords, OfEntry):
    """A box with usual words by digits and a line to type after 7; `take` gets what was chosen or typed."""

    WORD = ""

    def said(self) -> Sequence[str]:
        """The usual words, digit 1 first."""
        return ()

    def take(self, number: int, text: str) -> None:
        """Write it; `number` is 0 for what was typed."""

    def typing_line(self) -> int:
        """The number of the line inside the box on which is typed."""
        return 0

    def picks(self, cells: int) -> list[Line]:
        """The usual words by their digits, as many in a line as fit."""
        lines = [Line().put(" ")]
        for n, word in enumerate(self.said(), 1):
            text = f"{n}{word}" if language() == "zh" else f"{n} {word}"
            if lines[-1].cells + Line().put(text).cells + 2 > cells:
                lines.append(Line().put(" "))
            lines[-1].put(f"{n}", "key", f"key:{n}").put(text[1:], "", f"key:{n}").put("  ")
        return lines

    def field(self) -> TextField | None:
        """The open text field."""
        if not self.typing:
            return None
        x = self.words_at()
        return TextField("text", x, self.origin + self.typing_line(), 74 - x, self.words, moves.STEP_LIMIT)

    def usual(self) -> int:
        """How many usual words there are."""
        return len(self.said())

    def take_usual(self, number: int) -> None:
        """Write a usual word."""
        self.take(number, self.said()[number - 1])

    def enter_words(self, text: str) -> None:
        """Write what was typed; nothing typed writes nothing."""
        if text.strip():
            self.take(0, text)

    def typing_binds(self) -> tuple[Bind, ...]:
        """The keys while a line is typed."""
        return (bind("enter", "Enter", N_("save"), changes=True), BACK)

    def carry_out(self, done: bool) -> None:
        """After a write: close where it was done; what was refused stays with what was typed."""
        if done or self.desk.queue:
            self.close()
        self.page.enter()
