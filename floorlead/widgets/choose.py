"""Dialogs made of choices and fields: pick by a digit, write a line, fill a form."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from floorlead.store import Busy, Refused
from floorlead.text import fold, wrap
from floorlead.widgets.contest import OURS, THEIRS, Contested
from floorlead.widgets.contest import Entry as Entry
from floorlead.widgets.keys import Bind, bind, label_of
from floorlead.widgets.line import Line
from floorlead.widgets.page import Dialog, Page, TextField
from floorlead.words import N_, _, language

if TYPE_CHECKING:
    from floorlead.widgets.desk import Desk

_CODE = re.compile(r"\((E\d+)\)$")


TAKES = "row box page view cursor text paper"
"""What a numbered choice may do: it is carried out, or the next step of it is asked."""


class Choice(Dialog):
    """Numbered choices; a digit takes one at once. Enter alone does nothing: the confirming key is a digit."""

    def choices(self) -> Sequence[str]:
        """The choices, number 1 first; an empty one cannot be taken."""
        return ()

    def intro(self, cells: int) -> list[Line]:
        """Lines above the choices."""
        return []

    def outro(self, cells: int) -> list[Line]:
        """Lines below the choices."""
        return []

    def take(self, number: int) -> None:
        """Carry out a choice."""

    def lines(self, cells: int) -> list[Line]:
        picks = [
            Line().put(f" {n}", "key", f"key:{n}").put(f" {choice}", "", f"key:{n}")
            for n, choice in enumerate(self.choices(), 1)
            if choice
        ]
        return [*self.intro(cells), *picks, *self.outro(cells)]

    def binds(self) -> Sequence[Bind]:
        offered = [str(n) for n, choice in enumerate(self.choices(), 1) if choice]
        if not offered:
            return super().binds()
        take = bind(offered, label_of(offered), N_("choose"), changes=True, effect=TAKES)
        return (take, *super().binds())

    def press(self, key: str) -> bool:
        if key.isdigit() and 1 <= int(key) <= len(self.choices()) and self.choices()[int(key) - 1]:
            self.take(int(key))
            return True
        if key == "escape":
            self.put_away()
            return True
        return False


class Form(Contested):
    """Fields below each other. Enter and down go on, Enter on the last one saves, Esc leaves and forgets.

    `args["values"]` holds what is typed so far, so a half-filled form survives a restart; `args["was"]` is what stood
    there before.
    """

    KEYS: ClassVar[tuple[Bind, ...]] = (
        bind("enter", "Enter", N_("next/save"), changes=True),
        bind(("up", "down", "tab", "backtab"), "Tab", N_("field")),
        bind("ctrl+s", "^S", N_("save"), changes=True),
        bind("escape", "Esc", N_("back")),
    )

    BLAMES: ClassVar[dict[str, str]] = {}
    """Which field a refusal is about, by its code: the cursor goes there."""

    def __init__(self, desk: Desk, page: Page, args: dict[str, Any]) -> None:
        super().__init__(desk, page, args)
        self.values: dict[str, str] = args.setdefault("values", {})
        args.setdefault("was", dict(self.values))
        self.error = ""

    @property
    def at(self) -> int:
        """The field the cursor is in."""
        return int(self.args.get("at", 0)) % max(1, len(self.entries()))

    def entries(self) -> Sequence[Entry]:
        """The form's fields."""
        return ()

    def binds(self) -> Sequence[Bind]:
        if self.args.get("both"):
            return (bind((THEIRS, OURS), "1-2", N_("choose"), effect="view close"), self.KEYS[-1])
        last = self.at == len(self.entries()) - 1
        enter = bind(
            "enter", "Enter", N_("save") if last else N_("next field"), changes=True, effect="" if last else "cursor"
        )
        picks = len(self.entries()[self.at].choices)
        numbers = [str(n) for n in range(1, picks + 1)]
        chosen = (bind(numbers, label_of(numbers), N_("choose"), effect="text same"),) if picks else ()
        return (enter, *chosen, *(b for b in self.KEYS[1:] if len(self.entries()) > 1 or b.keys[0] == "escape"))

    def save(self) -> None:
        """Save the values and close; raises Refused with the sentence to show."""

    def finish(self, act: Callable[[], object]) -> bool:
        """Carry out what saves and close; what is refused stands in the form, and nothing that was typed is lost.

        Returns whether it was done.
        """
        done = self.desk.do(act)
        if done or self.desk.queue:
            self.close()
            self.page.enter()
        elif self.desk.trouble:
            self.refused(self.desk.trouble)
            self.desk.trouble = ""
        return done

    def refused(self, sentence: str) -> None:
        """Show why nothing was saved, with the cursor in the field that it is about."""
        self.error = sentence
        code = next(iter(_CODE.findall(sentence)), "")
        names = [entry.name for entry in self.entries()]
        if self.BLAMES.get(code) in names:
            self.args["at"] = names.index(self.BLAMES[code])

    def came_back(self, sentence: str) -> None:
        self.refused(sentence)

    def label_cells(self) -> int:
        """Cells for the field names."""
        return max(Line().put(_(entry.word)).cells for entry in self.entries()) + 2

    def lines(self, cells: int) -> list[Line]:
        if both := self.both_lines(cells):
            return both
        lines = [self._line(number, entry, cells) for number, entry in enumerate(self.entries())]
        if self.error:
            lines += [Line().put(f" {part}", "error") for part in wrap(f"!! {self.error}", cells - 2)]
        return lines

    def _line(self, number: int, entry: Entry, cells: int) -> Line:
        here = number == self.at
        line = Line().put("> " if here else "  ", "cursor", f"field:{number}")
        line.col(_(entry.word), self.label_cells(), "left", "cursor" if here else "", f"field:{number}")
        value = self.values.get(entry.name, "")
        if entry.choices:
            return self._choices(line, entry, value)
        line.put(value if not here else "", "", f"field:{number}")
        if here:
            line.put("_" * min(entry.limit * 2, cells - line.cells - 1), "dim")
        elif entry.hint and not value:
            line.put(_(entry.hint), "dim")
        return line

    def _choices(self, line: Line, entry: Entry, value: str) -> Line:
        for n, (code, word) in enumerate(entry.choices, 1):
            chosen = code == value
            text = f"{n}{_(word)}" if language() == "zh" else f"{n} {_(word)}"
            line.put(f"[{text}]" if chosen else f" {text} ", "chip" if chosen else "", f"pick:{entry.name}:{n}")
        return line

    def field(self) -> TextField | None:
        entry = self.entries()[self.at]
        if entry.choices or self.args.get("both"):
            return None
        x = 3 + 2 + self.label_cells()
        value = self.values.get(entry.name, "")
        prefilled = value == self.args.get("was", {}).get(entry.name)
        return TextField(entry.name, x, self.origin + self.at, 76 - x, value, entry.limit, prefilled)

    def typed(self, value: str) -> None:
        self.values[self.entries()[self.at].name] = value
        self.error = ""

    def begin_at(self, name: str, text: str) -> None:
        """Go to a text field and put typed text behind what was typed there before."""
        self.args["at"] = next(n for n, entry in enumerate(self.entries()) if entry.name == name)
        kept = self.values.get(name, "") if self.args.get("again") else ""
        self.typed(kept + text)

    def own_words(self, text: str) -> bool:
        """Typed where a digit would choose: it goes to the choice's own words, else to the next text field."""
        entries, here = self.entries(), self.entries()[self.at]
        after = [entry.name for entry in (*entries[self.at :], *entries[: self.at]) if not entry.choices]
        wanted = here.own if here.own in after else next(iter(after), "")
        if not here.choices or not wanted or self.args.get("both"):
            return False
        self.begin_at(wanted, text)
        return True

    def press(self, key: str) -> bool:
        if key == "escape":
            self.put_away()
        elif self.args.get("both") and key != "ctrl+s":
            self._decide(key)
        elif key in ("down", "tab"):
            self.args["at"] = (self.at + 1) % len(self.entries())
        elif key in ("up", "backtab"):
            self.args["at"] = (self.at - 1) % len(self.entries())
        elif key == "ctrl+s" or (key == "enter" and self.at == len(self.entries()) - 1):
            self._try_save()
        elif key == "enter":
            self.args["at"] = self.at + 1
        else:
            return self._pick(self.entries()[self.at], fold(key))
        return True

    def put_away(self) -> None:
        super().put_away()
        self.go_back()

    def half_typed(self) -> dict[str, Any]:
        was = self.args.get("was", {})
        typed = any(value != was.get(name, "") for name, value in self.values.items())
        return {"values": dict(self.values)} if typed else {}

    def take_up(self, kept: dict[str, Any]) -> None:
        self.values |= kept.get("values", {})

    def _pick(self, entry: Entry, key: str) -> bool:
        """A digit picks a choice and goes on to the next field; it never saves by itself."""
        if not (entry.choices and key.isdigit() and 1 <= int(key) <= len(entry.choices)):
            return False
        self.values[entry.name] = entry.choices[int(key) - 1][0]
        if self.at < len(self.entries()) - 1:
            self.args["at"] = self.at + 1
        return True

    def click(self, do: str) -> None:
        kind, _sep, rest = do.partition(":")
        if kind == "field":
            self.args["at"] = int(rest)
        elif kind == "pick":
            name, _sep, number = rest.partition(":")
            self.args["at"] = next(n for n, entry in enumerate(self.entries()) if entry.name == name)
            self._pick(self.entries()[self.at], number)

    def _try_save(self) -> None:
        try:
            self.meet()
            self.save()
        except Busy:
            raise
        except Refused as refused:
            self.refused(str(refused))


class Sentence(Choice):
    """One sentence in a box, with digits for what may be done about it."""

    def heading(self) -> str:
        return str(self.args.get("title", ""))

    def intro(self, cells: int) -> list[Line]:
        return [Line().put(" " + part) for part in wrap(str(self.args.get("sentence", "")), cells - 2)]


class Listing(Dialog):
    """Lines to read, with scrolling; what a number on the report or a row on a card is made of."""

    KEYS: ClassVar[tuple[Bind, ...]] = (
        bind(("up", "down", "pageup", "pagedown"), "PgDn", N_("scroll")),
        bind("escape", "Esc", N_("back")),
    )
    SHOWN = 14

    def heading(self) -> str:
        return str(self.args.get("title", ""))

    def binds(self) -> Sequence[Bind]:
        return self.KEYS if self.scrolls() else self.KEYS[1:]

    def scrolls(self) -> bool:
        """Whether there are more lines than fit."""
        return len(self.args.get("lines", [])) > self.SHOWN

    def lines(self, cells: int) -> list[Line]:
        texts = [str(text) for text in self.args.get("lines", [])] or [_("nothing here")]
        top = max(0, min(int(self.args.get("top", 0)), len(texts) - self.SHOWN))
        self.args["top"] = top
        return [Line().put(" " + text) for text in texts[top : top + self.SHOWN]]

    def press(self, key: str) -> bool:
        steps = {"up": -1, "down": 1, "pageup": -self.SHOWN, "pagedown": self.SHOWN, "home": -9999, "end": 9999}
        if key in steps:
            self.args["top"] = int(self.args.get("top", 0)) + steps[key]
        elif key in ("escape", "enter", "space"):
            self.close()
        else:
            return False
        return True
