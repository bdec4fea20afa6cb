"""How the leave box looks: the half of the day, the slots that fall open, what granting means, the reasons by digit."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from floorlead.duty import lists
from floorlead.duty.records import HALVES, Leave, Shift
from floorlead.leave import moves, notes, queries, rules
from floorlead.leave.records import Review
from floorlead.text import wrap
from floorlead.widgets.line import Line
from floorlead.widgets.page import Dialog, TextField
from floorlead.words import N_, _, pick

if TYPE_CHECKING:
    from floorlead.widgets.desk import Desk
    from floorlead.widgets.page import Page

REASONS, SLOTS, LINES = 6, 4, 7
FIELDS = {"reason": N_("Reason"), "until": N_("Until")}


class LeaveLook(Dialog):
    """Leave for one person from one day on; `args`: person (id), day (ISO), kind (a code)."""

    def __init__(self, desk: Desk, page: Page, args: dict[str, Any]) -> None:
        super().__init__(desk, page, args)
        self._seen: tuple[object, Review] | None = None
        self._field_at = 0
        if "half" not in args:
            others = queries.on(page.store, args["person"], self.day) if not self.own() else []
            taken = {one.half for one in others}
            args["half"] = "pm" if taken == {"am"} else "am" if taken == {"pm"} else ""

    # -- what it is about

    @property
    def day(self) -> date:
        """The first day."""
        return date.fromisoformat(self.args["day"])

    @property
    def shift(self) -> Shift:
        """The kind of leave."""
        found = lists.book(self.page.store).shift(self.args["kind"])
        assert found
        return found

    def alive(self) -> bool:
        """While the kind of leave is one."""
        return lists.book(self.page.store).shift(self.args["kind"]) is not None

    def own(self) -> Leave | None:
        """The leave of this kind that the cell has already."""
        found = queries.on(self.page.store, self.args["person"], self.day)
        return next((one for one in found if one.kind == self.args["kind"] and not self.args.get("more")), None)

    def wanted(self, reason: str = "") -> Leave:
        """The leave as it would be granted now."""
        own = self.own()
        if own is not None:
            return own
        last = date.fromisoformat(self.args.get("last", self.args["day"]))
        person, kind = self.args["person"], self.args["kind"]
        return moves.blank(self.page.store, person, kind, self.day, last, self.args.get("half", ""), reason)

    def picks(self) -> dict[tuple[date, str], int]:
        """Who was chosen to step up."""
        return rules.picks_of(self.args.get("picks", {}))

    def review(self) -> Review:
        """What granting would mean, read again when something was written or chosen."""
        mark = (self.page.store.writes, str(self.args), self.desk.now())
        if self._seen is None or self._seen[0] != mark:
            self._seen = (mark, queries.review(self.page.store, self.wanted(), self.picks()))
        return self._seen[1]

    def look_again(self) -> bool:
        """Another terminal may have written: read again. Returns whether granting means something else now."""
        if not self.page.store.changed_elsewhere():
            return False
        before = self._seen[1] if self._seen else None
        self._seen = None
        self.page.enter()
        if before is None or self._meaning(before) == self._meaning(self.review()):
            return False
        self.args["refused"] = _("Another terminal changed the desk; look again")
        return True

    @staticmethod
    def _meaning(one: Review) -> tuple[object, ...]:
        """What is decided on: which leave, who steps up, which rules it breaks."""
        return one.leave.id, one.leave.state, one.stand_ins, rules.breaches(one)

    # -- drawing

    def heading(self) -> str:
        """Who, when, what."""
        leave = self.wanted()
        name = notes.who(queries.names(self.page.store), leave.person)
        return "  ".join([notes.said(name), notes.said(notes.of(leave)), self.shift.shown])

    def lines(self, cells: int) -> list[Line]:
        """What it means, then the digits."""
        own = self.own()
        if own is not None and own.in_force:
            return self._withdrawing(own, cells)
        lines = [self._halves(), *self._slots(), *self._means(cells), Line()]
        lines += self._asked_lines() if own else self._reasons()
        if self.args.get("typing"):
            self._field_at = len(lines)
            lines.append(Line().put(f" {_(FIELDS[self.args['typing']])} ", "key"))
        if refused := self.args.get("refused"):
            lines += [Line().put(f" {part}", "error") for part in wrap(f"!! {refused}", cells - 2)]
        return lines

    def _halves(self) -> Line:
        line = Line().put(" ")
        if self.args.get("last"):
            return line.put(notes.said(notes.of(self.wanted())), "chip")
        for half, word in HALVES.items():
            here = half == self.wanted().half
            line.put(f"[{_(word)}]" if here else f" {_(word)} ", "chip" if here else "", f"half:{half}")
        return line

    def _slots(self) -> list[Line]:
        review, names = self.review(), queries.names(self.page.store)
        several, at = review.leave.first != review.leave.last, self.at()
        first = max(0, min(at, len(review.stand_ins) - SLOTS))
        lines = []
        for n, one in enumerate(review.stand_ins[first : first + SLOTS], first):
            style = "warn" if one.holds and one.taker is None else ""
            pointer = ">" if n == at and len(one.choices) > 1 else " "
            lines.append(
                Line().put(pointer, "cursor").put(notes.slot_words(one, names, day=several), style, f"slot:{n}")
            )
        if len(review.stand_ins) > SLOTS:
            count = len(review.stand_ins)
            lines.append(Line().put(" " + _("slots that fall open: {count}, Tab goes on").format(count=count), "dim"))
        return lines or [Line().put(" " + _("holds no desk slot then"), "dim")]

    def _means(self, cells: int) -> list[Line]:
        told = notes.lines(self.review(), queries.names(self.page.store))
        return [Line().put(f" {part}", style) for text, style in told for part in wrap(text, cells - 2)][:LINES]

    def _reasons(self) -> list[Line]:
        line = Line().put(" ")
        for n, (zh, en) in enumerate(self.shift.reasons[:REASONS], 1):
            line.put(str(n), "key", f"key:{n}").put(pick(zh, " " + en) + "  ", "", f"key:{n}")
        return [line]

    def _asked_lines(self) -> list[Line]:
        words = (_("grant what is asked for"), _("taken back by who asked"))
        return [
            Line().put(f" {n}", "key", f"key:{n}").put(f" {word}", "", f"key:{n}") for n, word in enumerate(words, 1)
        ]

    def _withdrawing(self, own: Leave, cells: int) -> list[Line]:
        told = queries.told(self.page.store, own)
        lines = [Line().put(" " + part) for text in told for part in wrap(text, cells - 2)]
        lines += [Line(), Line().put(" 1", "key", "key:1").put(" " + _("withdraw: back at work"), "", "key:1")]
        if own.half:
            lines.append(Line().put(" 2", "key", "key:2").put(" " + _("the other half of the day too"), "", "key:2"))
        if own.first < self.day:
            back = _("back early: at work from {day} on").format(day=notes.said(notes.day_words(self.day)))
            lines.append(Line().put(" 2", "key", "key:2").put(" " + back, "", "key:2"))
        return lines

    def field(self) -> TextField | None:
        """The reason or the last day, while it is typed."""
        typing = self.args.get("typing")
        if not typing:
            return None
        x = 3 + Line().put(f" {_(FIELDS[typing])} ").cells
        return TextField(
            typing, x, self.origin + self._field_at, 70 - x, self.args.get("typed", ""), moves.REASON_LIMIT
        )

    def typed(self, value: str) -> None:
        """The field's text changed."""
        self.args["typed"] = value

    def at(self) -> int:
        """The slot whose substitute the arrows change."""
        return int(self.args.get("at", 0)) % max(1, len(self.review().stand_ins))
