"""The box about one leave: what granting it means and who steps up, then a digit that decides; Ctrl+Z takes all of it back."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from floorlead.duty import lists
from floorlead.duty import queries as duty_queries
from floorlead.duty.records import Leave
from floorlead.leave import moves, notes, queries, rules
from floorlead.leave.records import BROKEN, Review
from floorlead.store import Refused
from floorlead.text import wrap
from floorlead.widgets.choose import Choice, Entry, Form
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.widgets.desk import Desk
    from floorlead.widgets.page import Page


class OfLeave(Choice):
    """What the boxes about one leave share: the leave as it is now, what granting means, who was picked to step up."""

    _seen: tuple[object, Review] | None = None

    def leave(self) -> Leave | None:
        """The leave, None when it is gone."""
        return duty_queries.leave(self.page.store, int(self.args["leave"]))

    def alive(self) -> bool:
        """While the leave is there."""
        return self.leave() is not None

    @property
    def now(self) -> Leave:
        """The leave, which is there while the box is."""
        found = self.leave()
        assert found
        return found

    def review(self) -> Review:
        """What granting would mean, read again when something was written or picked."""
        mark = (self.page.store.writes, str(self.args.get("picks")), self.desk.now())
        if self._seen is None or self._seen[0] != mark:
            picks = rules.picks_of(self.args.get("picks", {}))
            self._seen = (mark, queries.review(self.page.store, self.now, picks))
        return self._seen[1]

    def look_again(self) -> bool:
        """Another terminal may have written: read again. Returns whether granting means something else now."""
        if not self.page.store.changed_elsewhere():
            return False
        before = (
            (self._seen[1].leave.state, self._seen[1].stand_ins, rules.breaches(self._seen[1])) if self._seen else None
        )
        self._seen = None
        self.page.enter()
        if not self.alive():
            return True
        now = self.review()
        if before in (None, (now.leave.state, now.stand_ins, rules.breaches(now))):
            return False
        self.desk.say(_("Another terminal changed the desk; look again"))
        return True

    def heading(self) -> str:
        """Whose, when, what."""
        store, leave = self.page.store, self.now
        parts = (notes.who(queries.names(store), leave.person), notes.of(leave), notes.what(lists.book(store), leave))
        return "  ".join(notes.said(part) for part in parts)

    def done(self, act: Callable[[], object]) -> None:
        """Carry out a decision and close; what is refused stands on the last line and the box stays."""
        if self.desk.do(act) or self.desk.queue:
            self.close()
        self.page.enter()


class Decide(OfLeave):
    """A leave in full with what may be done about it: grant, refuse or take back a request, withdraw what was granted."""

    def intro(self, cells: int) -> list[Line]:
        """What it means, by its state."""
        leave = self.now
        if leave.state == "asked":
            return self._asked(cells)
        return [
            Line().put(" " + part) for text in queries.told(self.page.store, leave) for part in wrap(text, cells - 2)
        ]

    def _asked(self, cells: int) -> list[Line]:
        review, names = self.review(), queries.names(self.page.store)
        several = review.leave.first != review.leave.last
        lines = []
        for n, one in enumerate(review.stand_ins):
            here = n == self.at() and len(one.choices) > 1
            text = notes.slot_words(one, names, day=several)
            style = "warn" if one.holds and one.taker is None else ""
            lines.append(Line().put(">" if here else " ", "cursor").put(text, style))
        found = [
            Line().put(" " + part, style)
            for text, style in notes.lines(review, names)
            for part in wrap(text, cells - 2)
        ]
        return [*lines[:6], *found[:8], Line()]

    def at(self) -> int:
        """The slot whose substitute the arrows change."""
        return int(self.args.get("at", 0)) % max(1, len(self.review().stand_ins))

    def choices(self) -> Sequence[str]:
        """The decisions of its state."""
        leave = self.now
        if leave.state == "asked":
            broken = rules.broken(self.review())
            words = ", ".join(_(BROKEN[code]) for code in broken)
            same = _("grant all the same: {broken}").format(broken=words) if broken else ""
            return ("" if broken else _("grant"), _("refuse"), _("taken back by who asked"), same)
        if not leave.in_force:
            return ()
        return (_("withdraw: back at work"), _("back early: ends sooner") if leave.first < leave.last else "")

    def binds(self) -> Sequence[Bind]:
        """Each digit with its word."""
        back = bind("escape", "Esc", N_("back"))
        leave, choices = self.now, self.choices()
        if leave.state != "asked":
            early = (bind("2", "2", N_("back early")),) if choices and choices[1] else ()
            return (bind("1", "1", N_("withdraw"), changes=True), *early, back) if choices else (back,)
        words = (N_("grant"), N_("refuse"), N_("taken back"), N_("all the same"))
        keys = [bind(str(n), str(n), word, changes=n != 2) for n, word in enumerate(words, 1) if choices[n - 1]]
        slots = self.review().stand_ins
        other = (bind(("up", "down"), "Up/Dn", N_("substitute")),) if slots else ()
        more = (bind("tab", "Tab", N_("next slot")),) if len(slots) > 1 else ()
        return (*keys, *other, *more, back)

    def press(self, key: str) -> bool:
        """The arrows change who steps up, Tab goes to the next slot."""
        if key != "escape" and self.look_again():
            return True
        slots = self.review().stand_ins if self.now.state == "asked" else ()
        if key == "tab" and slots:
            self.args["at"] = (self.at() + 1) % len(slots)
        elif key in ("up", "down") and slots:
            one = slots[self.at()]
            if (taker := rules.cycled(one, 1 if key == "down" else -1)) is not None:
                self.args.setdefault("picks", {})[rules.key_of(one)] = taker
        else:
            return super().press(key)
        return True

    def take(self, number: int) -> None:
        """Carry out the decision."""
        store, leave = self.page.store, self.now
        picks = rules.picks_of(self.args.get("picks", {}))
        if leave.state != "asked" and number == 2:
            self.desk.open("early", {"leave": leave.id})
        elif leave.state != "asked" or number == 3:
            self.done(lambda: moves.withdraw(store, leave))
        elif number == 2:
            self.desk.open("refuse", {"leave": leave.id})
        else:
            self.done(lambda: moves.grant(store, leave, picks, all_the_same=number == 4))


class Refuse(Form):
    """Why a request is refused; an empty word is a word too."""

    def alive(self) -> bool:
        """While the request is undecided."""
        leave = duty_queries.leave(self.page.store, int(self.args["leave"]))
        return leave is not None and leave.state == "asked"

    def heading(self) -> str:
        """What it is."""
        return _("Leave refused")

    def entries(self) -> Sequence[Entry]:
        """The one field."""
        return (Entry("why", N_("Refused because"), moves.REASON_LIMIT),)

    def save(self) -> None:
        """Refuse; the box below closes too. Raises Refused."""
        store = self.page.store
        leave = duty_queries.leave(store, int(self.args["leave"]))
        below = [box for box in self.desk.stacks[self.page.name] if isinstance(box, Decide)]
        if leave and self.finish(lambda: moves.refuse(store, leave, self.values.get("why", ""))):
            for box in below:
                self.desk.close_dialog(box)


class Early(Form):
    """On which day somebody is back before granted leave is over; the days before stay leave."""

    def __init__(self, desk: Desk, page: Page, args: dict[str, Any]) -> None:
        super().__init__(desk, page, args)
        leave, today = self._taken(), page.store.today()
        if not self.values and leave:
            self.values["day"] = today.isoformat() if leave.first < today <= leave.last else ""
            args["was"] = dict(self.values)

    def _taken(self) -> Leave | None:
        return duty_queries.leave(self.page.store, int(self.args["leave"]))

    def alive(self) -> bool:
        """While the leave is in force."""
        leave = self._taken()
        return leave is not None and leave.in_force

    def heading(self) -> str:
        """Whose leave."""
        leave, store = self._taken(), self.page.store
        parts = (notes.who(queries.names(store), leave.person), notes.of(leave)) if leave else ()
        return "  ".join(notes.said(part) for part in parts)

    def entries(self) -> Sequence[Entry]:
        """The one field."""
        return (Entry("day", N_("First day back"), 20, hint=N_("such as 11-26; -1 is yesterday")),)

    def lines(self, cells: int) -> list[Line]:
        """The field, and what becomes of the desk."""
        lines, leave = super().lines(cells), self._taken()
        if self.error or leave is None:
            return lines
        told = queries.moved_told(self.page.store, leave, self._typed() or leave.first)
        parts = [part for text in told for part in wrap(text, cells - 2)]
        return [*lines, *(Line().put(" " + part, "dim") for part in parts[:8])]

    def _typed(self) -> date | None:
        with contextlib.suppress(Refused):
            return notes.day_in(self.values["day"], self.page.store.today())
        return None

    def save(self) -> None:
        """End the leave sooner; the box below closes too. Raises Refused."""
        store, leave = self.page.store, self._taken()
        day = notes.day_in(self.values["day"], store.today())
        below = [box for box in self.desk.stacks[self.page.name] if isinstance(box, Decide)]
        if leave and self.finish(lambda: moves.shorten(store, leave, day)):
            for box in below:
                self.desk.close_dialog(box)
