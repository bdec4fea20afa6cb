"""The desk of a day: every slot with who holds it now, who stands in, who took over when and why, and where nobody is.

It is read in one go; drawing and moving the cursor ask the store nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from floorlead.duty import lists, notes, queries, rules
from floorlead.duty.records import Book, Slot, clocked
from floorlead.duty.records import Desk as Planned
from floorlead.record import record
from floorlead.rota import candidates, deskboxes
from floorlead.rota.slotbox import minute_now
from floorlead.store import Store
from floorlead.text import cut, width
from floorlead.widgets.grid import Cell, Column, Grid, Rows
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line, rule
from floorlead.widgets.page import Page
from floorlead.words import N_, _, pick

if TYPE_CHECKING:
    from floorlead.duty.reception import Candidate, Reception, Stretch

PAGE = 80
OFFERED = 3
"""People named on one line as those who could take over."""


@record
class DeskDay:
    """A day's desk as it was read; `minute` is now (-1 on another day), `offered` who could take the slot in force over."""

    reception: Reception
    book: Book
    stretches: tuple[Stretch, ...]
    minute: int
    offered: tuple[Candidate, ...] = ()

    def of(self, slot: Slot) -> list[Stretch]:
        """A slot's stretches."""
        return [one for one in self.stretches if one.slot is slot]

    def now(self, slot: Slot) -> Stretch | None:
        """The stretch of a slot that goes on now."""
        return next((one for one in self.of(slot) if one.starts <= self.minute < one.ends), None)


def read(store: Store, day: date, *, offer: bool = False) -> DeskDay:
    """Read a day's desk; with `offer` also who could take the slot in force over."""
    reception = queries.reception(store, day)
    minute = minute_now(store, day) if day == store.today() else -1
    there = rules.in_force(reception, minute)
    offered = (
        rules.candidates(reception, there[0], minute, notes.loads(store, reception, minute)) if offer and there else []
    )
    return DeskDay(reception, lists.book(store), tuple(rules.stretches(reception)), minute, tuple(offered))


def lines(found: DeskDay, cells: int) -> list[Line]:
    """The slots with who really holds them, on as few lines as they need: `9-11 李娜(在)  11-13 杨帆`."""
    drawn, line = [], Line().put(" ")
    for one in found.reception.slots:
        text, look = _slot_words(found, one)
        if line.cells + 2 + width(text) > min(cells, PAGE) and line.cells > 1:
            drawn.append(line)
            line = Line().put(" ")
        line.put(" ").put(text, look).put(" ")
    return [*drawn, line] if found.reception.slots else [Line().put("  " + _("closed"), "dim")]


def _slot_words(found: DeskDay, one: Planned) -> tuple[str, str]:
    """A slot and its holder: now who holds it now, later on who begins, gone by who held it."""
    stretches = found.of(one.slot)
    held = found.now(one.slot) or stretches[0 if found.minute < one.slot.starts else -1]
    gap = rules.is_gap(held)
    name = rules.name_of(found.reception, held.held.who)
    post = f"{one.slot.post.shown} " if len({d.slot.post.code for d in found.reception.slots}) > 1 else ""
    word, now = _("gap"), _("now")
    text = f"{post}{one.slot.shown} {f'{word}: ' if gap else ''}{name}"
    if found.now(one.slot):
        return f"{text}({now})", "warn" if gap else "bold"
    return text, "warn" if gap else "dim" if one.slot.ends <= found.minute else ""


def offer(found: DeskDay, cells: int) -> Line:
    """Who could take the slot in force over, the best first: `替岗 李娜 9-11: 杨帆 空闲`; nothing when none is."""
    there = rules.in_force(found.reception, found.minute)
    if not there or not found.offered:
        return Line()
    held = found.now(there[0].slot)
    name = rules.name_of(found.reception, held.held.who if held else None)
    line = Line().put(" " + _("Substitute {name} {band}:").format(name=name, band=there[0].slot.shown))
    for one in found.offered[:OFFERED]:
        text = f"{one.member.shown} {candidates.reason(one, found.minute)}"
        if line.cells + 2 + width(text) > min(cells, PAGE) - 1:
            break
        line.put("  ").put(text, "" if one.free else "dim")
    return line


def told(found: DeskDay, one: Stretch) -> str:
    """Why somebody holds a stretch: planned, for whom and why, by name, or nobody else."""
    sub, words = one.held.substitution, _("planned")
    if one.held.why == rules.STEPPED_UP and sub:
        words = _("for {name}").format(name=rules.name_of(found.reception, sub.left))
    elif one.held.why == rules.NAMED:
        words = _("planned substitute")
    elif one.held.why == rules.LEADER:
        words = _("nobody free, the manager was told") if not rules.is_gap(one) else _("gap: the leader answers")
    return f"{words} {_why(found, sub.reason) if sub else ''}".rstrip()


def _why(found: DeskDay, reason: str) -> str:
    words = rules.reason_words(found.book, reason)
    return pick(words["zh"], words["en"])


ENTER = bind("enter", "Enter", N_("take over"), help=N_("who takes the slot over; of a slot to come who holds it"))
PLAN = bind(("insert", "+"), "Ins", N_("holder"), help=N_("who is planned for the slot, and who stands in"))
BACK = bind(
    "space", "Space", N_("is back"), changes=True, help=N_("whoever left the post is back: the substitution ends now")
)
ACTING = bind("ctrl+n", "^N", N_("acting leader"), help=N_("who acts for the leader on this day"))


class DeskView:
    """The desk view of the rota page: a line for each slot, below it the slot under the cursor in full."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.slot = ""
        """The code of the slot under the cursor."""
        self.found: DeskDay | None = None
        self.grid = Grid(())

    def enter(self, day: date) -> None:
        """Read the day; the cursor stays on its slot, at first on the one in force."""
        self.found = read(self.page.store, day, offer=True)
        slots = self.found.reception.slots
        there = next((n for n, one in enumerate(slots) if one.slot.code == self.slot), None)
        if there is None:
            now = rules.slot_now(self.found.reception, self.found.minute)
            there = slots.index(now) if now else 0
        self.grid.cursor = there
        self.grid.columns = self._columns()
        self.grid.source = Rows([self._row(one) for one in slots])
        self.grid.clamp()
        self._note()

    def _note(self) -> None:
        slots = self.slots()
        self.slot = slots[self.grid.cursor].slot.code if slots else ""

    def _columns(self) -> list[Column]:
        post = (
            [Column(_("Post"), max(4, *(width(one.slot.post.shown) for one in self.slots())))] if self._posts() else []
        )
        rest = [Column(_("Planned"), 12), Column(_("Now"), 12), Column(_("Stands in"), 12)]
        return [*post, Column(_("Slot"), 6), *rest, Column(_("In turn"), 24 if post else 29)]

    def _posts(self) -> bool:
        """Whether there is more than one post."""
        return len({one.slot.post.code for one in self.slots()}) > 1

    def _row(self, one: Planned) -> Sequence[Cell]:
        found = self.found
        assert found
        stretches, now = found.of(one.slot), found.now(one.slot)
        chain = "  ".join(f"{clocked(s.starts)} {rules.name_of(found.reception, s.held.who)}" for s in stretches[1:])
        gap = any(rules.is_gap(s) for s in stretches)
        held = rules.name_of(found.reception, now.held.who) if now else ""
        planned = Cell(self._name(one.holder) or pick("缺", "nobody"), "" if one.holder else "warn")
        cells = [
            Cell(one.slot.shown), planned, Cell(held, "warn" if now and rules.is_gap(now) else "bold"),
            Cell(self._name(one.substitute) or "-"), Cell(chain or (_("gap") if gap else ""), "warn" if gap else ""),
        ]  # fmt: skip
        return [Cell(one.slot.post.shown), *cells] if self._posts() else cells

    def slots(self) -> Sequence[Planned]:
        """The day's slots."""
        return self.found.reception.slots if self.found else ()

    def _name(self, who: int | None) -> str:
        assert self.found
        return rules.name_of(self.found.reception, who) if who else ""

    def current(self) -> Planned | None:
        """The slot under the cursor."""
        return self.found.reception.slot(self.slot) if self.found else None

    def body(self, cells: int, height: int) -> list[Line]:
        """The slots, then the one under the cursor minute by minute."""
        found, one = self.found, self.current()
        if found is None or one is None:
            return [Line(), Line().put("   " + _("The showroom is closed on this day"), "dim")]
        detail = self._detail(found, one)
        rows = self.grid.lines(cells, max(3, height - 2 - len(detail)))
        return [
            self.grid.head(cells),
            *rows,
            rule(f"{one.slot.post.shown} {one.slot.shown}", PAGE - 1, self._leads(found)),
            *detail,
        ]

    def _leads(self, found: DeskDay) -> str:
        acting = found.reception.acting
        return _("acting leader {name}").format(name=rules.name_of(found.reception, acting)) if acting else ""

    def _detail(self, found: DeskDay, one: Planned) -> list[Line]:
        """Each stretch of the slot with who, for whom and why."""
        drawn = []
        for s in found.of(one.slot)[-6:]:
            now = s.starts <= found.minute < s.ends
            line = Line().put("   ").col(f"{clocked(s.starts)}-{clocked(s.ends)}", 13, style="bold" if now else "")
            name, words = rules.name_of(found.reception, s.held.who), told(found, s)
            sub = s.held.substitution
            entered = "  " + _("entered {time} {by}").format(time=sub.at[11:16], by=sub.by) if sub and sub.at else ""
            line.put(cut(name, 14) if width(name) > 14 else name, "bold" if now else "").to(31).put(
                words, "warn" if rules.is_gap(s) else ""
            )
            drawn.append(line.put(entered, "dim"))
        return drawn

    def warning(self, cells: int) -> Line:
        """A gap, else who could take over now."""
        if self.found is None:
            return Line()
        gaps = rules.gaps(self.found.reception, max(0, self.found.minute))
        if gaps and (self.found.minute >= 0 or self.found.reception.day >= self.page.store.today()):
            first = gaps[0]
            words = _("{post} {from_}-{until}: nobody is named, {name} answers; Enter names somebody")
            who = rules.name_of(self.found.reception, first.held.who)
            told_ = words.format(
                post=first.slot.post.shown, from_=clocked(first.starts), until=clocked(first.ends), name=who
            )
            return Line().put(" " + told_, "warn").cropped(cells)
        return offer(self.found, cells)

    # -- keys

    def binds(self) -> Sequence[Bind]:
        """The keys of this view; the page adds its own."""
        return (ENTER, BACK, PLAN, ACTING) if self.current() else (ACTING,)

    def press(self, key: str) -> bool:
        """Take a key; returns whether it was one of this view's."""
        one, found = self.current(), self.found
        if key == "ctrl+n" and found:
            self.page.desk.open("acting", {"day": found.reception.day.isoformat()})
        elif one is None or found is None:
            return False
        elif self.grid.move(key, 10):
            self._note()
        elif key in ("enter", "insert", "+"):
            self.page.desk.open(*self._opens(found, one, key))
        elif key == "space":
            deskboxes.back(self.page, found.reception.day, one.slot.code)
        else:
            return False
        return True

    def _opens(self, found: DeskDay, one: Planned, key: str) -> tuple[str, dict[str, str]]:
        """Of a slot that has begun today, or an earlier day's, somebody takes over; of one to come the plan is changed."""
        day = found.reception.day
        begun = day < self.page.store.today() or (found.minute >= one.slot.starts)
        name = "substitute" if key == "enter" and begun else "holder"
        return name, {"slot": one.slot.code, "day": day.isoformat()}

    def click(self, do: str) -> bool:
        """A click on a slot; returns whether it was one."""
        kind, _sep, rest = do.partition(":")
        if kind != "row" or not self.current():
            return False
        self.grid.cursor = int(rest)
        self.grid.clamp()
        self._note()
        return True
