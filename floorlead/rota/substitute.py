"""Leaving the post: who takes over, why, and from when until when. Two digits and it is recorded.

A post is never left without a name: without a substitute the manager is told and the leader holds it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from floorlead import clock
from floorlead.duty import lists, moves, notes, rules
from floorlead.duty.records import clocked
from floorlead.rota import candidates
from floorlead.rota.slotbox import OfSlot
from floorlead.text import fold, width, wrap
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line
from floorlead.widgets.page import TextField
from floorlead.words import N_, _, pick

if TYPE_CHECKING:
    from floorlead.duty.reception import Candidate

REPORT = -1
"""Stands for the report to the manager where a person was picked."""
TYPED = 6
"""The digit under which a reason is typed."""
TIME_CELLS, REASON_CELLS = 6, 40


class Substitute(OfSlot):
    """Person, reason: two digits. Enter changes the time, 9 reports to the manager, Esc takes a step back."""

    @cached_property
    def found(self) -> list[Candidate]:
        """Who might take over at the time that is entered, the best first."""
        if self.slot is None:
            return []
        loads = notes.loads(self.store, self.reception, self.starts)
        return rules.candidates(self.reception, self.slot, self.starts, loads)

    @property
    def starts(self) -> int:
        """From when: as entered, else now, else when the slot begins."""
        slot = self.slot
        if self.args.get("from") is not None or slot is None:
            return int(self.args.get("from") or 0)
        return min(max(self.minute, slot.slot.starts), slot.slot.ends - 1)

    @property
    def ends(self) -> int | None:
        """Until when: as entered, None for the end of the slot."""
        return self.args.get("to")

    @property
    def picked(self) -> int:
        """The person picked, REPORT for the manager, 0 while nobody is."""
        return int(self.args.get("who", 0))

    def leaving(self) -> str:
        """Who leaves the post."""
        held = rules.holders_at(self.reception, self.starts)
        return rules.name_of(self.reception, held.get(self.args.get("slot", "")))

    def heading(self) -> str:
        """Post, band, who leaves; of another day than today its date first."""
        if self.slot is None:
            return _("Substitute")
        slot = self.slot.slot
        told = {"post": slot.post.shown, "band": f"{clocked(slot.starts)}-{clocked(slot.ends)}", "name": self.leaving()}
        words = _("Substitute  {post} {band}  {name}").format(**told)
        return words if self.day == self.store.today() else f"{clock.short_day(self.day)}  {words}"

    def lines(self, cells: int) -> list[Line]:
        """People, reasons, time, the rule."""
        if self.slot is None:
            return [Line().put(" " + _("The desk is closed for today; nobody leaves it any more"))]
        named = self.slot.substitute or 0
        people = candidates.lines(self.found, self.args.get("page", 0), self.starts, cells, self.picked, named=named)
        if not any(one.free for one in self.found):
            people.insert(
                0, Line().put(" " + _("Nobody is free; 9 reports to the sales manager, the leader holds"), "warn")
            )
        error = self.trouble(cells)
        return [
            Line().put(" " + self._question()),
            *people,
            *(error or [Line()]),
            *self._reasons(cells),
            self._time(),
            *self._rule(cells),
        ]

    def _question(self) -> str:
        if self.picked == REPORT:
            return _("The manager is told and the leader holds the post: why does {name} leave?").format(
                name=self.leaving()
            )
        if self.picked:
            told = {"name": self.leaving(), "taker": rules.name_of(self.reception, self.picked)}
            return _("{taker} takes over: why does {name} leave?").format(**told)
        return _("Who takes over? Who is free comes first")

    def _reasons(self, cells: int) -> list[Line]:
        """The quick reasons, flowing; the field of a typed one."""
        if self.args.get("mode") == "reason":
            return [Line().put(" " + _("Reason")).put("   ").put("_" * REASON_CELLS, "dim")]
        words = [*(pick(*pair) for pair in self._pairs()), _("other (typed)")]
        lines, line = [], Line().put(" " + _("Reason")).put("   ")
        indent = line.cells
        for number, word in enumerate(words, 1):
            if line.cells + 2 + width(word) > cells and line.cells > indent:
                lines.append(line)
                line = Line().to(indent)
            line.put(f"{number} ", "key" if self.picked else "dim", f"key:{number}" if self.picked else "")
            line.put(word, "" if self.picked else "dim", f"key:{number}" if self.picked else "").put("  ")
        return [*lines, line]

    def _pairs(self) -> Sequence[tuple[str, str]]:
        return lists.book(self.store).substitution_reasons[: TYPED - 1]

    def _time(self) -> Line:
        line = Line().put(" " + _("Time")).put("   ")
        slot = self.slot
        assert slot
        for name, minute, told in (("from", self.starts, ""), ("to", self.ends, clocked(slot.slot.ends))):
            if name == "to":
                line.put(" - ")
            if self.args.get("mode") == name:
                line.put("_" * TIME_CELLS, "dim")
            else:
                line.put(told if minute is None else clocked(minute))
        note = self._note()
        return line.put(f" ({note})" if note else "", "warn" if self.ends is not None else "").right(
            _("Enter changes it"), 74, "dim", "key:enter"
        )

    def _note(self) -> str:
        """Where the end falls: at the slot's end, in the next slot, cut by closing."""
        assert self.slot
        parts, cut = rules.spans(self.reception, self.slot, self.starts, self.ends)
        if cut:
            closing = clocked(parts[-1][0].slot.ends)
            return _("closing is at {time}, it ends then").format(time=closing)
        if len(parts) > 1:
            return _("goes on into {slots}").format(slots=" ".join(part[0].slot.shown for part in parts[1:]))
        return _("until the slot ends") if self.ends is None else ""

    def _rule(self, cells: int) -> list[Line]:
        told = _(
            "The substitute answers for the whole reception. Nobody to take over: the post is not left; 9 reports to the manager"
        )
        return [Line().put(f" {part}", "dim") for part in wrap(told, cells - 2)]

    # -- keys

    def binds(self) -> Sequence[Bind]:
        """The keys that work now."""
        back = bind("escape", "Esc", N_("back"))
        if self.slot is None:
            return (back,)
        if self.args.get("mode"):
            return (bind("enter", "Enter", N_("next/save"), changes=self.args["mode"] == "reason"), back)
        time, others = bind("enter", "Enter", N_("time")), bind(("pagedown", "pageup"), "PgDn", N_("others"))
        more = (others,) if len(self.found) > candidates.SHOWN else ()
        if self.picked:
            digits = [str(n) for n in range(1, len(self._pairs()) + 1)]
            reasons = bind(digits, f"1-{digits[-1]}", N_("reason, recorded"), changes=True)
            return (reasons, bind(str(TYPED), str(TYPED), N_("type"), effect="text view"), time, back)
        last = len(candidates.page_of(self.found, self.args.get("page", 0)))
        people = (
            (
                bind(
                    [str(n) for n in range(1, last + 1)],
                    f"1-{last}" if last > 1 else "1",
                    N_("takes over"),
                    effect="view",
                ),
            )
            if last
            else ()
        )
        return (*people, bind("9", "9", N_("report to manager")), *more, time, back)

    def field(self) -> TextField | None:
        """The field that is open: from, until or a typed reason."""
        mode = self.args.get("mode")
        if not mode or self.slot is None:
            return None
        lines = [line.text() for line in self.lines(74)]
        row = next(n for n, text in enumerate(lines) if "_____" in text)
        x = width(lines[row].partition("_")[0])
        size, limit = (REASON_CELLS, REASON_CELLS) if mode == "reason" else (TIME_CELLS, 5)
        value = self.args.get("typed", "")
        return TextField(
            mode, x + 3, self.origin + row, size, value, limit, mode != "reason" and value == self.args.get("was")
        )

    def typed(self, value: str) -> None:
        """The open field's text changed."""
        self.args["typed"], self.args["error"] = value, ""

    def own_words(self, text: str) -> bool:
        """A typed reason, once somebody was picked."""
        if not self.picked or self.args.get("mode"):
            return False
        self._open("reason")
        self.typed(self.args["typed"] + text)
        return True

    def half_typed(self) -> dict[str, Any]:
        """The field that is open, or the reason that waits; with who was picked."""
        text = self.args.get("typed", "") if self.args.get("mode") == "reason" else self.args.get("begun", "")
        return {"who": self.picked, "mode": "reason", "typed": text} if text.strip() else {}

    def press(self, key: str) -> bool:
        """Take a key."""
        if self.args.get("mode"):
            return self._press_field(key)
        if self.look_again(lambda: [one.member.id for one in self.found]) and not self.picked:
            return True
        key = fold(key)
        if key == "escape":
            self._step_back()
        elif self.slot is None:
            return False
        elif key == "enter":
            self._open("from")
        elif key in ("pagedown", "pageup") and not self.picked:
            self._turn(candidates.SHOWN if key == "pagedown" else -candidates.SHOWN)
        elif key.isdigit() and len(key) == 1:
            return self._digit(int(key))
        else:
            return False
        return True

    def _step_back(self) -> None:
        self.args["error"] = ""
        if self.picked:
            self.args["who"] = 0
        else:
            self.put_away()

    def _turn(self, by: int) -> None:
        start = self.args.get("page", 0) + by
        self.args["page"] = start if 0 <= start < len(self.found) else 0

    def _digit(self, number: int) -> bool:
        self.args["error"] = ""
        if not self.picked:
            people = candidates.page_of(self.found, self.args.get("page", 0))
            if number == 9:
                self.args["who"] = REPORT
            elif 1 <= number <= len(people):
                self.args["who"] = people[number - 1].member.id
            return 1 <= number <= max(9, len(people))
        if 1 <= number <= len(self._pairs()):
            self._record(pick(*self._pairs()[number - 1]))
        elif number == TYPED:
            self._open("reason")
        return 1 <= number <= TYPED

    def _open(self, mode: str) -> None:
        """Open a field with what stands there."""
        there = {
            "from": clocked(self.starts),
            "to": "" if self.ends is None else clocked(self.ends),
            "reason": self.args.get("begun", ""),
        }
        self.args |= {"mode": mode, "typed": there[mode], "was": there[mode], "error": ""}

    def _press_field(self, key: str) -> bool:
        if key == "escape":
            self._begun()
        elif key == "enter":
            self._close_field(self.args["mode"], self.args.get("typed", ""))
        else:
            return False
        return True

    def _begun(self) -> None:
        """Back from a field; a half-typed reason waits there."""
        if self.args["mode"] == "reason":
            self.args["begun"] = self.args.get("typed", "")
        self.args["mode"] = ""

    def _close_field(self, mode: str, text: str) -> None:
        if mode == "reason":
            if text.strip():
                self.args["mode"] = ""
                self._record(text)
            return
        minute = rules.typed_minute(fold(text))
        if minute is None and (text.strip() or mode == "from"):
            self.args["error"] = _("'{text}' is no time; write it as 10:20").format(text=text)
            return
        self.args[mode] = minute
        self.__dict__.pop("found", None)
        self.args["mode"] = ""
        if mode == "from":
            self._open("to")

    def _record(self, reason: str) -> None:
        """Record it; refused, it stands here with nothing lost."""
        store, day, slot, starts, ends = self.store, self.day, self.args["slot"], self.starts, self.ends
        who = self.picked
        if who == REPORT:
            self.done(self.desk.do(lambda: moves.report(store, day, slot, starts, ends, reason)))
        else:
            self.done(self.desk.do(lambda: moves.substitute(store, day, slot, who, starts, ends, reason)))
        if self.args.get("error"):
            self.args["who"] = 0
