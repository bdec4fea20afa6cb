"""The locked screen, the digits of a PIN, and the box that asks for the manager's: digits only, nothing typed is kept.

Comparing takes a twentieth of a second and is done beside the keys; the right last digit opens without Enter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from floorlead.store import Refused
from floorlead.text import fold
from floorlead.widgets.keys import Bind, bind, digits
from floorlead.widgets.line import Line
from floorlead.widgets.page import Dialog
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.widgets.desk import Desk

ANY, MANAGER, RECOVERY = "any", "manager", "recovery"
SHOWN_AT_LEAST = 4


class Guard(Protocol):
    """What the screen asks of the lock."""

    def locks(self) -> bool:
        """Whether there is a PIN that could open a locked screen."""
        ...

    def wait(self) -> int:
        """Seconds until a PIN may be tried again."""
        ...

    def sizes(self, who: str) -> set[int]:
        """How many digits a PIN or code of `who` may have."""
        ...

    def trier(self, who: str, typed: str, *, counted: bool) -> Callable[[], Any]:
        """Work for a thread: what the digits open; counts the try unless it was `counted`. Raises Refused."""
        ...

    def tried(self, account: Any) -> str:
        """What a try came to; returns the name of who came in, or nothing."""
        ...

    def needs(self, what: str) -> str:
        """What needs the manager's PIN, in words; nothing where it goes without."""
        ...

    def board(self) -> list[str]:
        """The counts on a locked screen."""
        ...

    def heading(self) -> str:
        """Day and time."""
        ...

    def names(self) -> list[str]:
        """Every customer's name."""
        ...

    def staff(self) -> list[str]:
        """Names that may stand on an idle screen."""
        ...


class Keypad:
    """Digits typed for a PIN; `done` is told who came in. They live in this object only: no draft, no log."""

    def __init__(self, desk: Desk, who: str, done: Callable[[str], None]) -> None:
        self.desk = desk
        self.who = who
        self.first = who
        self.done = done
        self.typed = ""
        self.said = ""
        self.trying = False
        self.tested = 0
        """Digits of what was compared last: a shorter PIN is compared on the way to a longer one."""
        self.counted = False
        """Whether these digits count as one try already; taking one back begins another."""

    @property
    def guard(self) -> Guard:
        """The lock."""
        assert self.desk.guard is not None
        return self.desk.guard

    def press(self, key: str) -> bool:
        """Take a key; only digits, Enter, Backspace, Esc and Space (the recovery code) mean anything."""
        if self.first == ANY and not self.guard.locks():
            self.done("")  # the last PIN was taken away at another terminal: nothing could open this one
            return True
        digit = fold(key)
        if len(digit) == 1 and digit.isascii() and digit.isdigit():
            self._digit(digit)
        elif key == "enter":
            self._try(last=True)
        elif key == "backspace":
            self._begin(self.typed[:-1])
        elif key == "escape":
            self._begin("")
        elif key == "space":
            self._begin("")
            self.said = ""
            self.who = self.first if self.who == RECOVERY else RECOVERY
        else:
            return False
        return True

    def _begin(self, typed: str) -> None:
        """Digits were taken back: what is compared next is another try."""
        if not self.trying:
            self.typed, self.tested, self.counted = typed, 0, False

    def _digit(self, digit: str) -> None:
        sizes = self.guard.sizes(self.who)
        if len(self.typed) >= max(sizes, default=0):
            return
        self.said = ""
        self.typed += digit
        if len(self.typed) in sizes:
            self._try(last=len(self.typed) == max(sizes))

    def _try(self, *, last: bool) -> None:
        """Compare what is typed; what is compared counts before it is known whether it is right."""
        if self.trying or not self.typed:
            return
        if not self.counted and self.guard.wait():
            self._begin("")
            return
        try:
            work = self.guard.trier(self.who, self.typed, counted=self.counted)
        except Refused as refused:
            self._begin("")
            self.said = str(refused)
            return
        self.trying, self.counted, self.tested = True, True, len(self.typed)
        self.desk.later(work, lambda found: self._tried(found, last))

    def _tried(self, found: Any, last: bool) -> None:
        self.trying = False
        if isinstance(found, Exception):
            self._begin("")
            self.said = str(found)
        elif found is not None:
            self._begin("")
            self.done(self.guard.tried(found))
        elif last:
            self._begin("")
            self.said = _("wrong code") if self.who == RECOVERY else _("wrong PIN")
        else:
            self._go_on()

    def _go_on(self) -> None:
        """Digits that came while the shorter ones were compared."""
        sizes = [size for size in self.guard.sizes(self.who) if self.tested < size <= len(self.typed)]
        if len(self.typed) in sizes:
            self._try(last=len(self.typed) == max(self.guard.sizes(self.who)))

    def line(self) -> Line:
        """The digits as stars, or how long to wait."""
        if not self.counted and (left := self.guard.wait()):
            return Line().put(_("wrong PIN, wait {seconds} s").format(seconds=left), "warn")
        size = max(*(self.guard.sizes(self.who) or {0}), SHOWN_AT_LEAST)
        stars = " ".join("*" if n < len(self.typed) else "_" for n in range(size))
        word = _("Recovery code (digits):") if self.who == RECOVERY else _("PIN (digits):")
        if self.first == MANAGER and self.who == MANAGER:
            word = _("Manager's PIN (digits):")
        return Line().put(f"{word}  {stars}  ", "bold").put(self.said, "warn")


def board(desk: Desk, cells: int, height: int) -> list[Line]:
    """The whole locked screen."""
    assert desk.guard is not None and desk.keypad is not None
    title = "   ".join(("floorlead", _("locked"), desk.guard.heading()))
    forgot = _("Forgotten? The manager's PIN opens, or Space and the recovery code.   Esc clears")
    parts = [Line().put(title, "title"), Line().put("   ".join(desk.guard.board())), desk.keypad.line()]
    top = max(0, (height - 7) // 2)
    lines = [Line() for _n in range(height)]
    for n, part in enumerate((*parts, Line().put(forgot, "dim"))):
        if top + 2 * n < height:
            left = max(0, (cells - part.cells) // 2)
            lines[top + 2 * n] = Line().put(" " * left).add(part)
    return [line.cropped(cells) for line in lines]


class PinBox(Dialog):
    """The manager's PIN for one thing that only the manager may; `args` hold `what`, what follows is the desk's."""

    KEYS: ClassVar[tuple[Bind, ...]] = (
        bind(digits(0, 9), "0-9", N_("PIN")), bind("space", "Space", N_("recovery code")), bind("escape", "Esc", N_("back")),
    )  # fmt: skip

    def __init__(self, desk: Desk, page: Any, args: dict[str, Any]) -> None:
        super().__init__(desk, page, args)
        self.keypad = Keypad(desk, MANAGER, self._done)
        self.then = desk.follows

    def alive(self) -> bool:
        return self.then is not None and self.desk.guard is not None

    def heading(self) -> str:
        return _("{what} needs the sales manager's PIN").format(what=self.args.get("words", ""))

    def lines(self, cells: int) -> list[Line]:
        return [Line(), Line().put("  ").add(self.keypad.line()), Line()]

    def press(self, key: str) -> bool:
        if key == "escape" and not self.keypad.typed:
            self.close()
            return True
        return self.keypad.press(key) or key not in ("f1", "?", "ctrl+q")

    def _done(self, _name: str) -> None:
        then = self.then
        self.close()
        try:
            if then is not None:
                then()
        except Refused as refused:
            self.desk.trouble = str(refused)

    def binds(self) -> Sequence[Bind]:
        return self.KEYS
