"""Finding by typing: letters narrow, the cursor follows the first hit, a digit then marks what was found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from floorlead.phones import mask_in
from floorlead.widgets.keys import Bind, bind, finds
from floorlead.widgets.line import Line
from floorlead.widgets.page import Hit
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.widgets.desk import Desk

MARKING = frozenset((*"0123456789", "-", "+", "space", "insert"))
"""Keys that change data; while finding they mean the hit that is shown, or nothing."""
LONGEST = 60
"""Signs that are found by: no name or number is longer."""
SHOWN = 3
"""Hits listed at once."""

FIND_KEYS = (
    bind(("down", "up"), "Up/Dn", N_("hits")), bind("enter", "Enter", N_("go there")), bind("backspace", "Bksp", N_("erase")),
    bind("escape", "Esc", N_("close")),
)  # fmt: skip


class Finder:
    """What is typed to find, and what fits it."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.typed = ""
        self.digits = False
        self.open = False
        self.at = 0
        self.hits: list[Hit] = []

    def begin(self, key: str, digits: bool = False) -> None:
        """Start finding with a letter, or with Ctrl+F for digits."""
        if digits or finds(key):
            self.open, self.digits, self.typed = True, digits, key
            self._look()

    def paste(self, text: str) -> None:
        """Find what was pasted or committed by an input method: a number, a VIN, a name."""
        self.open, self.digits = True, self.digits or any(sign.isdigit() for sign in text)
        self._add(text)

    def _add(self, text: str) -> None:
        """Go on with what is typed, as far as anything could fit it."""
        typed = (self.typed + text)[:LONGEST]
        if typed != self.typed or not self.hits:
            self.typed = typed
            self._look()

    def clear(self) -> None:
        """Forget what was typed."""
        self.open, self.typed, self.hits, self.at = False, "", [], 0

    def press(self, key: str) -> bool:
        """Take a key while finding; any other key closes it and goes on to the page."""
        if not self.open:
            return False
        if finds(key) or (key.isdigit() and self._goes_on(key)) or (self.digits and key == "."):
            self._add(key)
        elif key in MARKING and not self._on_a_hit():
            self.desk.say(_("That marks only what is found on this page; Enter goes to a hit, Esc closes"))
        elif key == "backspace":
            self.typed = self.typed[:-1]
            self._look() if self.typed or self.digits else self.clear()
        elif key == "escape":
            self.clear()
        elif key in ("down", "up") and self.hits:
            self._step(1 if key == "down" else -1)
        elif key == "enter" and self.hits:
            self.take(self.at)
        else:
            self.clear()
            return False
        return True

    def _goes_on(self, digit: str) -> bool:
        """Whether a digit belongs to what is typed: after Ctrl+F, or where a number such as `d07` begins so."""
        return self.digits or bool(self.desk.page.hits(self.typed + digit))

    def _on_a_hit(self) -> bool:
        """Whether the cursor stands on what was found, so that a marking key means it."""
        if not self.hits:
            return False
        hit = self.hits[self.at]
        return hit.page == self.desk.page.name and hit.near

    def _look(self) -> None:
        """Find on the page first, then on the others; the cursor follows a first hit on the page."""
        page = self.desk.page
        here = page.hits(self.typed) if self.typed else []
        there = (
            [hit for other in self.desk.asked if other is not page for hit in other.hits(self.typed)]
            if self.typed
            else []
        )
        there = [hit for hit in there if hit.page != page.name]
        seen = {hit.label for hit in here}
        self.hits = sorted(here, key=lambda hit: (not hit.near, -hit.score)) + [
            hit for hit in there if hit.label not in seen
        ]
        self.at = 0
        self._follow()

    def _step(self, by: int) -> None:
        self.at = (self.at + by) % len(self.hits)
        self._follow()

    def _follow(self) -> None:
        if self.hits and self.hits[self.at].page == self.desk.page.name and self.hits[self.at].near:
            self.desk.page.go_to(self.hits[self.at].place)

    def take(self, number: int) -> None:
        """Go to a hit."""
        hit = self.hits[number]
        self.clear()
        if hit.page == self.desk.page.name:
            self.desk.page.go_to(hit.place)
        else:
            self.desk.go(hit.page, hit.place)

    def binds(self) -> Sequence[Bind]:
        """The page's marking keys still work while finding; its own keys come after them."""
        if not self.open:
            return ()
        marking = [b for b in self.desk.page.binds() if b.changes and b.keys[0].isdigit()][: not self.digits]
        return (*marking, *FIND_KEYS)

    def lines(self, cells: int) -> list[Line]:
        """The find box."""
        count = _("{count} found").format(count=len(self.hits)) if self.typed else ""
        title = _("Find digits") if self.digits else _("Find")
        head = Line().put("+- ", "box").put(f"{title}  {mask_in(self.typed)}_", "title").put(f"   {count} ", "box")
        back = " Esc " + _("back") + " -+"
        head.put("-" * (cells - head.cells - Line().put(back).cells), "box").put(back, "box", "key:escape")
        return [head, *self._hit_lines(cells), Line().put("+" + "-" * (cells - 2) + "+", "box")]

    def _hit_lines(self, cells: int) -> list[Line]:
        first = max(0, min(self.at - SHOWN + 1, len(self.hits) - SHOWN))
        lines = []
        for number, hit in enumerate(self.hits[first : first + SHOWN], first):
            here = number == self.at
            line = Line().put("> " if here else "  ", "cursor").col(hit.label, 24, style="cursor" if here else "")
            lines.append(line.put(" " + hit.where))
        if self.digits and not self.typed:
            lines.append(
                Line().put(_("  The digits: a phone's last four or all of them, a VIN's end, an order's number."))
            )
        elif not self.hits:
            lines.append(Line().put(_("  Nothing fits. Pinyin initials, pinyin, Han or English all do.")))
        return [
            Line().put("| ", "box", f"hit:{n}").add(_clickable(line, n, cells - 4)).put(" |", "box")
            for n, line in enumerate(lines, first)
        ]

    def state(self) -> dict[str, Any]:
        """What is typed, to be kept."""
        return {"typed": self.typed, "digits": self.digits, "at": self.at} if self.open else {}

    def restore(self, state: dict[str, Any]) -> None:
        """Find again what was typed before."""
        if state:
            self.desk.page.enter()
            self.open, self.digits, self.typed = True, bool(state["digits"]), str(state["typed"])
            self._look()
            self.at = min(int(state["at"]), max(0, len(self.hits) - 1))


def _clickable(line: Line, number: int, cells: int) -> Line:
    made = Line()
    for piece in line.cropped(cells).pieces:
        made.put(piece.text, piece.style, f"hit:{number}")
    return made
