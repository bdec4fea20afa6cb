"""Leave from a cell of the rota: what it means first, then one digit is the reason and grants it, the desk covered too.

The same digit on a cell that has such leave already offers to take it back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from floorlead.duty.records import HALVES, Leave
from floorlead.leave import moves, notes, rules
from floorlead.rota.leavelook import REASONS, LeaveLook
from floorlead.store import Refused
from floorlead.widgets.keys import Bind, bind
from floorlead.words import N_, _

TYPE, ASK, UNTIL, SAME = "7", "8", "9", "0"
BACK = bind("escape", "Esc", N_("back"))


class LeaveBox(LeaveLook):
    """Leave for one person from one day on; `args`: person (id), day (ISO), kind (a code)."""

    def binds(self) -> Sequence[Bind]:
        """The keys that work now."""
        own = self.own()
        if self.args.get("typing"):
            word = N_("grant") if self.args["typing"] == "reason" else N_("until then")
            return (bind("enter", "Enter", word, changes=self.args["typing"] == "reason"), BACK)
        if own is not None and own.in_force:
            more = (bind("2", "2", N_("other half too")),) if own.half else ()
            if own.first < self.day:
                more = (bind("2", "2", N_("back early"), changes=True),)
            return (bind("1", "1", N_("withdraw"), changes=True), *more, BACK)
        slots = self.review().stand_ins
        same = (bind(SAME, SAME, N_("all the same"), changes=True),) if rules.broken(self.review()) else ()
        other = (bind(("up", "down"), "Up/Dn", N_("other")),) if slots else ()
        if own is not None:
            return (
                bind("1", "1", N_("grant"), changes=True),
                bind("2", "2", N_("taken back"), changes=True),
                *same,
                *other,
                BACK,
            )
        last = len(self.shift.reasons[:REASONS])
        grant = bind([str(n) for n in range(1, last + 1)], f"1-{last}", N_("grant"), changes=True)
        half = (bind(("left", "right", "tab"), "L/R", N_("half")),) if not self.args.get("last") else ()
        rest = (
            bind(TYPE, TYPE, N_("type"), effect="text"),
            bind(ASK, ASK, N_("asked"), changes=True),
            bind(UNTIL, UNTIL, N_("until"), effect="text"),
        )
        return (grant, *rest, *same, *half, *other, BACK)

    def press(self, key: str) -> bool:
        """Take a key."""
        if key != "escape" and self.look_again():
            return True
        own = self.own()
        if self.args.get("typing"):
            return self._press_typing(key)
        if key == "escape":
            self.put_away()
        elif own is not None and own.in_force:
            return self._press_withdrawing(own, key)
        elif key in ("left", "right", "tab", "backtab"):
            self._turn(key)
        elif key in ("up", "down"):
            self._other(1 if key == "down" else -1)
        elif key == SAME and rules.broken(self.review()):
            self._grant(self.args.get("reason", ""), all_the_same=True)
        elif own is not None:
            return self._press_asked(own, key)
        else:
            return self._press_new(key)
        return True

    def _press_new(self, key: str) -> bool:
        reasons = self.shift.reasons[:REASONS]
        if key.isdigit() and 1 <= int(key) <= len(reasons):
            self._grant(reasons[int(key) - 1][0])
        elif key in (TYPE, UNTIL):
            self._type("reason" if key == TYPE else "until")
        elif key == ASK:
            leave = self.wanted(self.args.get("reason", ""))
            self._do(lambda: moves.ask(self.page.store, leave))
        else:
            return False
        return True

    def _type(self, what: str) -> None:
        """Open a field; a reason goes on with what waits there."""
        self.args.update(typing=what, typed=self.args.get("begun", "") if what == "reason" else "", refused="")

    def own_words(self, text: str) -> bool:
        """A typed reason, where leave is being granted."""
        if self.own() is not None or self.args.get("typing"):
            return False
        self._type("reason")
        self.typed(self.args["typed"] + text)
        return True

    def half_typed(self) -> dict[str, Any]:
        """The reason that is typed or waits."""
        text = self.args.get("typed", "") if self.args.get("typing") == "reason" else self.args.get("begun", "")
        return {"typing": "reason", "typed": text} if text.strip() else {}

    def _press_asked(self, own: Leave, key: str) -> bool:
        if key == "1":
            self._grant(own.reason)
        elif key == "2":
            self._do(lambda: moves.withdraw(self.page.store, own))
        else:
            return False
        return True

    def _press_withdrawing(self, own: Leave, key: str) -> bool:
        if key == "1":
            self._do(lambda: moves.withdraw(self.page.store, own))
        elif key == "2" and own.first < self.day:
            self._do(lambda: moves.shorten(self.page.store, own, self.day))
        elif key == "2" and own.half:
            self.args.update(more=True, half="pm" if own.half == "am" else "am", reason=own.reason)
        else:
            return False
        return True

    def _press_typing(self, key: str) -> bool:
        if key == "escape":
            if self.args["typing"] == "reason":
                self.args["begun"] = self.args.get("typed", "")
            self.args["typing"] = ""
        elif key == "enter" and self.args["typing"] == "reason":
            self.args["typing"] = ""
            self._grant(self.args.get("typed", ""))
        elif key == "enter":
            self._until(self.args.get("typed", ""))
        else:
            return False
        return True

    def _until(self, typed: str) -> None:
        """Take the last day; what is no day, or before the first one, stands in the box as refused."""
        try:
            last = notes.day_in(typed, self.day, self.day)
        except Refused as refused:
            self.args["refused"] = str(refused)
            return
        if last < self.day:
            self.args["refused"] = _("Leave cannot end before it begins; look at the two days")
            return
        self.args.update(typing="", refused="", half="", last=last.isoformat(), picks={}, at=0)
        if last == self.day:
            del self.args["last"]

    def _turn(self, key: str) -> None:
        """The next half of the day; Tab goes through the slots first where there are several."""
        slots = self.review().stand_ins
        if key in ("tab", "backtab") and len(slots) > 1:
            self.args["at"] = (self.at() + (1 if key == "tab" else -1)) % len(slots)
        elif not self.args.get("last") and not self.own():
            halves = list(HALVES)
            step = -1 if key in ("left", "backtab") else 1
            self.args["half"] = halves[(halves.index(self.args.get("half", "")) + step) % len(halves)]
            self.args.update(at=0, picks={}, refused="")

    def _other(self, step: int) -> None:
        slots = self.review().stand_ins
        if slots and (taker := rules.cycled(slots[self.at()], step)) is not None:
            self.args.setdefault("picks", {})[rules.key_of(slots[self.at()])] = taker

    def _grant(self, reason: str, *, all_the_same: bool = False) -> None:
        self.args["reason"] = reason
        leave, picks = self.wanted(reason), self.picks()
        self._do(lambda: moves.grant(self.page.store, leave, picks, all_the_same=all_the_same))

    def _do(self, act: Callable[[], object]) -> None:
        """Carry it out and close; what is refused stands in the box."""
        if self.desk.do(act) or self.desk.queue:
            self.close()
        else:
            self.args["refused"], self.desk.trouble = self.desk.trouble, ""
        self.page.enter()

    def click(self, do: str) -> None:
        """A click on a half or a slot."""
        kind, _sep, rest = do.partition(":")
        if kind == "half" and not self.own():
            self.args.update(half=rest, at=0, picks={}, refused="")
        elif kind == "slot":
            self.args["at"] = int(rest)
