"""Setting PINs: digits only, shown as stars, kept nowhere but as a hash; the recovery code is shown once.

Who has a PIN already must type it (or the manager's, or the recovery code) before it is changed or removed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from floorlead.lock import moves, queries
from floorlead.lock.records import Holder, Role
from floorlead.lock.rules import LONGEST
from floorlead.store import Refused
from floorlead.text import fold, wrap
from floorlead.widgets.choose import Choice
from floorlead.widgets.final import Final
from floorlead.widgets.keys import Bind, bind, digits
from floorlead.widgets.line import Line
from floorlead.widgets.page import Dialog, Page
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.widgets.desk import Desk

MOST = 8


class Pins(Choice):
    """Everybody who may have a PIN, and whether one is set."""

    def _holders(self) -> list[Holder]:
        return queries.holders(self.store)[:MOST]

    def heading(self) -> str:
        return _("Lock: PINs")

    def intro(self, cells: int) -> list[Line]:
        told = _(
            "F12 locks, and so do {minutes} quiet minutes. With the manager's PIN set, erasing customers, exports with "
            "phone numbers, opening a sealed report and putting a backup back need it."
        )
        minutes = self.desk.options["lock_minutes"]
        return [Line().put(" " + part, "dim") for part in wrap(told.format(minutes=minutes), cells - 2)]

    def choices(self) -> Sequence[str]:
        return [
            "  ".join((holder.name, _(moves.ROLE_WORDS[holder.role]), _("PIN set") if holder.account else "-"))
            for holder in self._holders()
        ]

    def take(self, number: int) -> None:
        holder = self._holders()[number - 1]
        self.close()
        self.desk.open("pin_set", {"person": holder.person_id, "role": holder.role.value})


class PinSet(Dialog):
    """A new PIN typed twice; the digits live in this box only and are gone with it."""

    KEYS: ClassVar[tuple[Bind, ...]] = (
        bind(digits(0, 9), "0-9", N_("PIN"), changes=True), bind("enter", "Enter", N_("next/save"), changes=True),
        bind("backspace", "Bksp", N_("erase")), bind("escape", "Esc", N_("back")),
    )  # fmt: skip

    def __init__(self, desk: Desk, page: Page, args: dict[str, Any]) -> None:
        super().__init__(desk, page, args)
        self.entered = self.first = self.error = ""
        holder = self.holder()
        guarded = holder.role == Role.MANAGER and queries.manager_has_pin(self.store)
        self.known = holder.account is None and not guarded  # nobody makes himself a manager's PIN

    def holder(self) -> Holder:
        """Whose PIN it is."""
        wanted = (self.args["person"], self.args["role"])
        return next(h for h in queries.holders(self.store) if (h.person_id, h.role.value) == wanted)

    def alive(self) -> bool:
        wanted = (self.args["person"], self.args["role"])
        return any((h.person_id, h.role.value) == wanted for h in queries.holders(self.store))

    def heading(self) -> str:
        return _("PIN of {name}").format(name=self.holder().name)

    def lines(self, cells: int) -> list[Line]:
        word = _("PIN until now (digits):") if not self.known else _("New PIN (4 to 6 digits):")
        word = _("Once more:") if self.first else word
        stars = " ".join("*" * len(self.entered))
        hint = _("The manager's PIN or the recovery code will do.") if not self.known else ""
        lines = [Line(), Line().put(f"  {word}  {stars} _", "bold"), Line().put("  " + hint, "dim")]
        if self.holder().account and self.known and not self.first:
            lines.append(Line().put("  " + _("Enter on nothing removes the PIN."), "dim"))
        return lines + [Line().put(f"  !! {part}", "error") for part in wrap(self.error, cells - 6) if part]

    def press(self, key: str) -> bool:
        digit = fold(key)
        if len(digit) == 1 and digit.isascii() and digit.isdigit():
            self.error = ""
            self.entered += digit if len(self.entered) < (LONGEST if self.known else 12) else ""
        elif key == "backspace":
            self.entered = self.entered[:-1]
        elif key == "enter":
            self._enter()
        elif key == "escape":
            self.close()
        else:
            return key not in ("f1", "?", "ctrl+q", "f12")
        return True

    def _enter(self) -> None:
        typed, self.entered = self.entered, ""
        try:
            if not self.known:
                self._prove(typed)
            elif not self.first:
                self._take(typed)
            elif self.first != typed:
                self.first = ""
                raise Refused("E415", _("The two are not the same; type the new PIN again"))
            else:
                self._save(typed)
        except Refused as refused:
            self.error = str(refused)

    def _prove(self, typed: str) -> None:
        account = self.holder().account
        known = [*moves.managers(queries.accounts(self.store)), *([account] if account else [])]
        if moves.attempt(self.store, known, typed) is None:
            raise Refused("E416", _("This is not the PIN"))
        self.known = True

    def _take(self, typed: str) -> None:
        if not typed and self.holder().account:
            self.close()
            self.desk.open("pin_off", dict(self.args))
            box = self.desk.dialog()
            assert isinstance(box, PinOff)
            box.proven = True
            return
        self.first = moves.checked(typed)

    def _save(self, typed: str) -> None:
        holder, code = self.holder(), [""]
        self.close()
        self.desk.do(lambda: code.__setitem__(0, moves.set_pin(self.store, holder, typed)))
        if code[0]:
            self.desk.open("code", {})
            box = self.desk.dialog()
            assert isinstance(box, Code)
            box.code = code[0]
        self.page.enter()


class PinOff(Final):
    """A PIN is taken away by typing whose it is; the box does not outlive a restart, for the old PIN was given."""

    proven = False

    def _holder(self) -> Holder | None:
        wanted = (self.args["person"], self.args["role"])
        return next((h for h in queries.holders(self.store) if (h.person_id, h.role.value) == wanted), None)

    def alive(self) -> bool:
        return self.proven and self._holder() is not None

    def _name(self) -> str:
        holder = self._holder()
        return holder.name if holder else ""

    def heading(self) -> str:
        return _("Remove the PIN of {name}").format(name=self._name())

    def told(self) -> Sequence[str]:
        return (_("No undo brings it back. With the last PIN the lock and the recovery code are gone."),)

    def asked(self) -> str:
        return _("Type the name: {name}").format(name=self._name())

    def wanted(self) -> str:
        return self._name()

    def carry_out(self) -> None:
        holder = self._holder()
        assert holder
        self.desk.do(lambda: moves.clear_pin(self.store, holder))
        self.page.enter()


class Code(Dialog):
    """The recovery code, shown once: it is in no draft, so a restart closes the box."""

    KEYS: ClassVar[tuple[Bind, ...]] = (bind("enter", "Enter", N_("written down")),)

    def __init__(self, desk: Desk, page: Page, args: dict[str, Any]) -> None:
        super().__init__(desk, page, args)
        self.code = ""

    def alive(self) -> bool:
        return bool(self.code)

    def heading(self) -> str:
        return _("Recovery code")

    def lines(self, cells: int) -> list[Line]:
        shown = "  ".join(self.code[at : at + 4] for at in range(0, len(self.code), 4))
        told = _(
            "Write it on paper and give it to the sales manager. It opens the lock when a PIN is forgotten, and it is "
            "shown only now."
        )
        return [Line(), Line().put(f"      {shown or '-'}", "bold"), Line(),
                *(Line().put(" " + part) for part in wrap(told, cells - 2))]  # fmt: skip

    def press(self, key: str) -> bool:
        if key in ("enter", "escape"):
            self.close()
        return True


PINS: dict[str, type[Dialog]] = {"pins": Pins, "pin_set": PinSet, "pin_off": PinOff, "code": Code}
"""The boxes about PINs, by name."""
