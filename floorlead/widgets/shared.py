"""The dialogs that every page has: help made from the key tables, and the command list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from floorlead.finding import matches
from floorlead.text import width
from floorlead.widgets.choose import Listing
from floorlead.widgets.clockbox import ClockBox
from floorlead.widgets.keys import Bind, bind, digits, finds
from floorlead.widgets.line import Line
from floorlead.widgets.lock import PinBox
from floorlead.widgets.page import Command, Dialog, Part
from floorlead.widgets.printing import PrintTrouble
from floorlead.words import LANGUAGES, N_, _, language

if TYPE_CHECKING:
    from floorlead.widgets.desk import Desk

COMMANDS_SHOWN = 9
STEPS = {
    "down": 1, "tab": 1, "up": -1, "backtab": -1, "pagedown": COMMANDS_SHOWN, "pageup": -COMMANDS_SHOWN, "home": -9999, "end": 9999,
}  # fmt: skip
"""How far a key moves in the list of commands."""


class Help(Listing):
    """F1: every key that works here, in two columns on one screen; made from the tables the keys are bound by."""

    def heading(self) -> str:
        return _("Keys on this page: {page}").format(page=_(self.page.word))

    def _below(self) -> Part:
        """What F1 was pressed on: a dialog, else the page."""
        stack = self.desk.stacks[self.page.name]
        at = stack.index(self) if self in stack else 0
        return stack[at - 1] if at else self.page

    def lines(self, cells: int) -> list[Line]:
        from floorlead.widgets.desk import GLOBAL

        here = [(b.shown_label(), _(b.help or b.word)) for b in self._below().binds()]
        pages = [(door.key.upper(), _(door.word)) for door in self.desk.doors if door.key]
        everywhere = [(b.shown_label(), _(b.word)) for b in GLOBAL]
        lines = [Line().put(_("Here"), "title"), *_listed(here, cells)]
        lines += [Line().put(_("Everywhere"), "title"), *_columns([*pages, *everywhere], cells, 4)]
        lines.append(Line().put(_("Letters only find (pinyin initials, pinyin, Han, English), never change.")))
        lines.append(Line().put(_("No F-key? Esc, then its digit. Same F-key again: next view. Mouse works.")))
        return lines


def _listed(rows: list[tuple[str, str]], cells: int) -> list[Line]:
    longest = max((width(word) for _key, word in rows), default=0)
    return _columns(rows, cells, 1 if longest > cells // 2 - 10 else 2)


def _columns(rows: list[tuple[str, str]], cells: int, count: int) -> list[Line]:
    keys = max(width(key) for key, _word in rows) + 1
    each = cells // count
    height = -(-len(rows) // count)
    lines = []
    for n in range(height):
        line = Line()
        for key, word in rows[n::height]:
            line.put(" ").col(key, keys, style="key").col(word, each - keys - 2).put(" ")
        lines.append(line)
    return lines


class Palette(Dialog):
    """Ctrl+K: every command by its words or their pinyin initials; a digit carries it out."""

    KEYS: ClassVar[tuple[Bind, ...]] = (
        bind(digits(1, COMMANDS_SHOWN), "1-9", N_("do it"), changes=True), bind("enter", "Enter", N_("do it"), changes=True),
        bind(("down", "up", "pagedown", "pageup", "home", "end"), "Up/Dn", N_("move")), bind("escape", "Esc", N_("back")),
    )  # fmt: skip

    @property
    def typed_so_far(self) -> str:
        """The letters typed to narrow the list."""
        return str(self.args.get("typed", ""))

    def heading(self) -> str:
        return _("Commands") + f"  > {self.typed_so_far}_"

    def commands(self) -> list[Command]:
        """The commands that fit what is typed."""
        every = commands(self.desk)
        if not self.typed_so_far:
            return every
        scored = [
            (matches(self.typed_so_far, f"{_(c.word).lower().replace(' ', '')} {_(c.word).lower()} {c.finds}"), c)
            for c in every
        ]
        return [c for score, c in sorted((s for s in scored if s[0]), key=lambda s: -s[0])]

    def lines(self, cells: int) -> list[Line]:
        found = self.commands()
        at = self._at(found)
        first = max(0, at - COMMANDS_SHOWN + 1)
        lines = []
        for n, command in enumerate(found[first : first + COMMANDS_SHOWN], 1):
            here = first + n - 1 == at
            line = Line().put(">" if here else " ", "cursor").put(f"{n} ", "key", f"key:{n}")
            line.col(_(command.word), 48, style="cursor" if here else "", do=f"key:{n}")
            initials = command.finds.split(" ")[0] if language() == "zh" else ""
            lines.append(line.col(initials, 10, style="dim").put(command.key, "key"))
        lines += [Line().put(_(" Nothing fits"))] if not found else []
        lines += [Line() for _n in range(COMMANDS_SHOWN - len(lines))]
        more = (
            _("  {count} more below").format(count=len(found) - first - COMMANDS_SHOWN)
            if len(found) - first > COMMANDS_SHOWN
            else ""
        )
        return [*lines, Line().put(_(" letters narrow the list   digit or Enter = do it") + more, "dim")]

    def _at(self, found: Sequence[Command]) -> int:
        return max(0, min(int(self.args.get("at", 0)), len(found) - 1))

    def press(self, key: str) -> bool:
        found = self.commands()
        if key == "escape":
            self.close()
        elif key in STEPS:
            self.args["at"] = self._at(found) + STEPS[key]
        elif key == "backspace":
            self.args.update(typed=self.typed_so_far[:-1], at=0)
        elif key == "enter" and found:
            self._run(found[self._at(found)])
        elif key.isdigit() and len(key) == 1 and key != "0":
            number = max(0, self._at(found) - COMMANDS_SHOWN + 1) + int(key) - 1
            self._run(found[number]) if number < len(found) else None
        elif finds(key):
            self.args.update(typed=self.typed_so_far + key, at=0)
        else:
            return False
        return True

    def _run(self, command: Command) -> None:
        self.close()
        command.run()


def commands(desk: Desk) -> list[Command]:
    """Every command: this page's first, then the pages, the other pages' own, and the program's."""
    own = (
        [Command(N_("Print this page"), "dy dayin", lambda: desk.press("ctrl+p"), "^P")]
        if desk.page.print_dialog()
        else []
    )
    mine = desk.page.commands()
    pages = [
        Command(d.word, d.finds, _goer(desk, d.name), d.key.upper())
        for d in desk.doors
        if d.name != desk.page.name and d.listed
    ]
    others = [c for p in desk.pages if p is not desk.page for c in p.commands()]
    return [*own, *mine, *pages, *others, *_program(desk)]


def _goer(desk: Desk, name: str) -> Callable[[], None]:
    return lambda: desk.go(name)


def _program(desk: Desk) -> list[Command]:
    other = next(code for code in LANGUAGES if code != language())
    words = {"zh": N_("中文 Chinese"), "en": N_("English 英文")}
    return [
        Command(words[other], "yy yuyan language zhongwen english", lambda: desk.speak(other)),
        Command(N_("Undo"), "cx chexiao", lambda: desk.press("ctrl+z"), "^Z"),
        Command(N_("Redo"), "cz chongzuo", lambda: desk.press("ctrl+y"), "^Y"),
        Command(N_("Help for this page"), "bz bangzhu", lambda: desk.press("f1"), "F1"),
        Command(N_("Lock the screen"), "sp suoping lock", desk.lock_now, "F12"),
        Command(N_("Quit"), "tc tuichu", lambda: desk.leave(0), "^Q"),
    ]


SHARED: dict[str, type[Dialog]] = {
    "help": Help, "palette": Palette, "trouble": PrintTrouble, "listing": Listing, "pin": PinBox, "clock": ClockBox,
}  # fmt: skip
"""The dialogs that every page can open, by name."""
