"""The boxes over the desk besides leaving the post: who is planned for a slot, who takes it back, who acts for the leader.

A digit acts at once, the same digit again takes it back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from floorlead.duty import moves, notes, queries, rules
from floorlead.people import queries as people_queries
from floorlead.people.records import Person
from floorlead.record import replace
from floorlead.rota import candidates
from floorlead.rota.slotbox import OfSlot, minute_now
from floorlead.text import fold
from floorlead.widgets.choose import Choice
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line
from floorlead.widgets.page import Page
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.duty.reception import Candidate

HOLDER, STAND_IN = "holder", "substitute"


class Holder(OfSlot):
    """Who is planned for a slot: first the holder, then the named substitute. The same digit again takes it back."""

    @property
    def step(self) -> str:
        """Which of the two is asked for now."""
        return str(self.args.get("step", HOLDER))

    @cached_property
    def found(self) -> list[Candidate]:
        """Who might be planned, the best first."""
        slot = self.slot
        if slot is None:
            return []
        bare = replace(slot, holder=None, substitute=None)
        slots = tuple(bare if one is slot else one for one in self.reception.slots)
        empty = replace(self.reception, slots=slots, substitutions=())
        loads = notes.loads(self.store, self.reception, slot.slot.starts)
        loads = {who: replace(load, serving=None, driving=None) for who, load in loads.items()}  # that is over by then
        every = rules.candidates(empty, bare, slot.slot.starts, loads)
        return [one for one in every if self.step == HOLDER or one.member.id != slot.holder]

    def alive(self) -> bool:
        """While the slot is in the book."""
        return self.slot is not None

    def heading(self) -> str:
        """The slot."""
        assert self.slot
        return f"{self.day.isoformat()}  {self.slot.slot.post.shown} {self.slot.slot.shown}"

    def lines(self, cells: int) -> list[Line]:
        """Who holds, who stands in, and the people."""
        slot = self.slot
        assert slot
        now = [_("holder {name}"), _("substitute {name}")]
        names = [self._named(slot.holder), self._named(slot.substitute)]
        line = Line()
        for step, words, name in zip((HOLDER, STAND_IN), now, names, strict=True):
            line.put("  ").put(words.format(name=name), "chip" if step == self.step else "")
        picked = slot.holder if self.step == HOLDER else slot.substitute
        people = candidates.lines(self.found, self.args.get("page", 0), slot.slot.starts, cells, picked or 0)
        return [line, Line(), *people, *self.trouble(cells)]

    def _named(self, who: int | None) -> str:
        return rules.name_of(self.reception, who) if who else "-"

    def binds(self) -> Sequence[Bind]:
        """The keys that work now."""
        last = len(candidates.page_of(self.found, self.args.get("page", 0)))
        word = N_("holds it") if self.step == HOLDER else N_("stands in")
        people = (
            (bind([str(n) for n in range(1, last + 1)], f"1-{last}", word, changes=True, effect="row box view"),)
            if last
            else ()
        )
        more = (bind(("pagedown", "pageup"), "PgDn", N_("others")),) if len(self.found) > candidates.SHOWN else ()
        go_on = bind(
            "enter", "Enter", N_("on to the substitute") if self.step == HOLDER else N_("done"), effect="view close box"
        )
        return (*people, bind("0", "0", N_("nobody"), changes=True), *more, go_on, bind("escape", "Esc", N_("back")))

    def press(self, key: str) -> bool:
        """Take a key."""
        if self.look_again(lambda: [one.member.id for one in self.found]):
            return True
        key = fold(key)
        if key == "escape" or (key == "enter" and self.step == STAND_IN):
            self.close()
        elif key == "enter":
            self._go_on()
        elif key in ("pagedown", "pageup"):
            start = self.args.get("page", 0) + (candidates.SHOWN if key == "pagedown" else -candidates.SHOWN)
            self.args["page"] = start if 0 <= start < len(self.found) else 0
        elif key.isdigit() and len(key) == 1 and int(key) <= candidates.SHOWN:
            self._pick(int(key))
        else:
            return False
        return True

    def _go_on(self) -> None:
        self.args |= {"step": STAND_IN, "page": 0, "error": ""}
        self.__dict__.pop("found", None)

    def _pick(self, number: int) -> None:
        slot, people = self.slot, candidates.page_of(self.found, self.args.get("page", 0))
        if slot is None or number > len(people):
            return
        who = people[number - 1].member.id if number else None
        holder, stand_in = slot.holder, slot.substitute
        if self.step == HOLDER:
            holder = None if who == holder else who
            stand_in = None if stand_in == holder else stand_in
        else:
            stand_in = None if who == stand_in else who
        self.args["error"] = ""
        store, day, code = self.store, self.day, slot.slot.code
        if self.desk.do(lambda: moves.assign(store, day, code, holder, stand_in)) or self.desk.queue:
            self.look_anew()
            self._after(holder, stand_in)
        else:
            self.args["error"], self.desk.trouble = self.desk.trouble, ""

    def _after(self, holder: int | None, stand_in: int | None) -> None:
        """Named a holder, the substitute is asked for; named one too, the box closes; taken back, it stays."""
        if self.step == HOLDER and holder:
            self._go_on()
        elif self.step == STAND_IN and stand_in:
            self.close()
        self.desk.page.enter()


class GiveBack(OfSlot, Choice):
    """Several have taken a slot over one after the other: to whom it goes back, the leader chooses."""

    def alive(self) -> bool:
        """While there is a chain."""
        return len(self.links()) > 1

    def links(self) -> list[int]:
        """The links of the chain that are in force now, by their ids."""
        slot = self.slot
        return [one.id for one in rules.active(self.reception, slot.slot, self.minute)] if slot else []

    def heading(self) -> str:
        """The slot."""
        assert self.slot
        return _("Who takes {slot} back?").format(slot=f"{self.slot.slot.post.shown} {self.slot.slot.shown}")

    def choices(self) -> Sequence[str]:
        """One link back, or to whoever held it first."""
        links = self.links()
        return [rules.name_of(self.reception, self._after(set(gone))) for gone in (links[-1:], links)]

    def _after(self, gone: set[int]) -> int | None:
        kept = tuple(one for one in self.reception.substitutions if one.id not in gone)
        assert self.slot
        after = replace(self.reception, substitutions=kept)
        return rules.holders_at(after, self.minute).get(self.slot.slot.code)

    def take(self, number: int) -> None:
        """End the last link, or all of them."""
        store, day, code, minute = self.store, self.day, self.args["slot"], self.minute
        self.done(self.desk.do(lambda: moves.give_back(store, day, code, minute, original=number == 2)))


def back(page: Page, day: date, slot: str) -> None:
    """Space on a slot: whoever left is back. One link ends at once; where there are more, it is asked to whom."""
    desk, store = page.desk, page.desk.store
    reception, minute = queries.reception(store, day), minute_now(store, day)
    there = reception.slot(slot)
    if there and len(rules.active(reception, there.slot, minute)) > 1:
        desk.open("back", {"slot": slot, "day": day.isoformat()})
        return
    desk.do(lambda: moves.give_back(store, day, slot, minute))
    page.enter()


class Acting(OfSlot, Choice):
    """Who acts for the leader on a day; the same digit again takes it back."""

    def alive(self) -> bool:
        """Always."""
        return True

    def heading(self) -> str:
        """The day."""
        return _("Who acts for the leader on {day}?").format(day=self.day.isoformat())

    def _people(self) -> list[Person]:
        """Who is there on the day, nine at a time."""
        there = {who for who, member in self.reception.staff.items() if member.away_at(self.minute) is None}
        found = [one for one in people_queries.staff(self.store, self.day) if one.id in there]
        start = self.args.get("page", 0)
        return (found[start:] or found)[:9]

    def choices(self) -> Sequence[str]:
        """The names, the one who acts marked."""
        acting = self.reception.acting
        mark = "  (" + _("acts for the leader") + ")"
        return [one.shown + (mark if one.id == acting else "") for one in self._people()]

    def binds(self) -> Sequence[Bind]:
        """The digits, and the next nine."""
        return (
            *super().binds()[:-1],
            bind(("pagedown", "tab"), "PgDn", N_("next nine")),
            bind("escape", "Esc", N_("back")),
        )

    def press(self, key: str) -> bool:
        """PgDn shows the next nine."""
        if key not in ("pagedown", "tab"):
            return super().press(fold(key))
        start = self.args.get("page", 0) + 9
        self.args["page"] = start if start < len(self.reception.staff) else 0
        return True

    def take(self, number: int) -> None:
        """Name them; the one who acts already no longer does."""
        person, store, day = self._people()[number - 1], self.store, self.day
        wanted = None if person.id == self.reception.acting else person
        self.done(self.desk.do(lambda: moves.act_for(store, day, wanted)))
