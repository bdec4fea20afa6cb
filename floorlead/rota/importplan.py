"""What reading a rota in would do, known before it is done, and doing it: all or nothing, one action.

Cells and slots that are not in the file stay as they are; the same file a second time changes nothing, and a line that
says what stands already is never refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from floorlead.duty import lists
from floorlead.duty import queries as duty
from floorlead.duty.moves import put_cell, put_desk
from floorlead.duty.records import NOON, Book, Cell, Kind, Slot
from floorlead.people import queries as people_queries
from floorlead.people.records import Person
from floorlead.record import record
from floorlead.rota import queries
from floorlead.rota.files import CellLine, RotaFile, SlotLine, Unreadable, read_rota
from floorlead.rota.signs import day_words
from floorlead.store import Refused, Store, decided
from floorlead.store.deciding import must_rest
from floorlead.tables.cells import Wrong, key
from floorlead.tables.refused import RefusedLine, refused_line
from floorlead.words import N_, _

SHOWN = 3
"""Namesakes that are named."""


@record
class Step:
    """One thing the file changes: a cell (`person`, `shift`, `locked`) or a slot (`slot`, `pair`), and how it is told."""

    day: date
    told: str
    person: int = 0
    shift: str = ""
    locked: bool = False
    slot: str = ""
    pair: tuple[int | None, int | None] = (None, None)


@record
class Import:
    """The plan: what is new, what changes, how many lines say what is there already, and the refused ones."""

    new: tuple[Step, ...]
    changed: tuple[Step, ...]
    same: int
    refused: tuple[RefusedLine, ...]
    seen: int = 0
    """The file's last action when it was compared."""

    @property
    def does_something(self) -> bool:
        """Whether there is anything to take over and nothing was refused."""
        return not self.refused and bool(self.new or self.changed)

    def first(self) -> date | None:
        """The first day that it changes."""
        return min((one.day for one in (*self.new, *self.changed)), default=None)


def found_in(store: Store, data: bytes) -> Import:
    """The plan for a file's bytes. Raises Refused where the file as a whole cannot be taken."""
    try:
        return compare(store, read_rota(data, lists.book(store)))
    except Unreadable as error:
        raise Refused("E227", str(error)) from error


def compare(store: Store, file: RotaFile) -> Import:
    """Compare a file with the rota that stands."""
    maker = _Maker(store, file)
    lines: list[CellLine | SlotLine] = [*file.cells, *file.slots]
    for one in lines:
        maker.take(one)
    refused = sorted((*file.refused, *maker.refused), key=lambda one: one.line)
    seen = store.one("SELECT max(seq) FROM actions") or 0
    return Import(tuple(maker.new), tuple(maker.changed), maker.same, tuple(refused), seen)


class _Maker:
    """Looks a file's lines up in the store, one after the other."""

    def __init__(self, store: Store, file: RotaFile) -> None:
        days = [*(one.day for one in file.cells), *(one.day for one in file.slots)]
        first, last = min(days, default=store.today()), max(days, default=store.today())
        self.book: Book = lists.book(store)
        self.today = store.today()
        self.people = people_queries.everybody(store)
        self.planned = queries.planned_in(store, first, last)
        self.laid = duty.laid(store, first, last)
        self.sealed = store.sealed(first, last)
        sql = "SELECT day, slot, holder_id, substitute_id FROM desk_duty WHERE day BETWEEN ? AND ?"
        rows = store.rows(sql, first.isoformat(), last.isoformat())
        self.held = {(date.fromisoformat(day), slot): (holder, other) for day, slot, holder, other in rows}
        self.records = file.records
        self.lines: dict[tuple[date, object], int] = {}
        self.new: list[Step] = []
        self.changed: list[Step] = []
        self.refused: list[RefusedLine] = []
        self.same = 0

    def take(self, one: CellLine | SlotLine) -> None:
        """Look at one line; what is wrong with it is kept with its reason."""
        try:
            self.cell(one) if isinstance(one, CellLine) else self.slot(one)
        except Wrong as wrong:
            self.refused.append(refused_line(self.records[one.line], wrong))

    def _once(self, line: int, day: date, what: object) -> None:
        first = self.lines.setdefault((day, what), line)
        if first != line:
            raise Wrong(_("stands in line {line} already").format(line=first))

    def _open(self, day: date) -> None:
        if day in self.sealed:
            raise Wrong(_("the report of {day} is sealed").format(day=day))
        if day in self.book.closed:
            raise Wrong(_("the showroom is closed on {day}").format(day=day))

    def cell(self, one: CellLine) -> None:
        """A line about somebody's day."""
        person = self._person(one.number, one.name)
        self._once(one.line, one.day, person.id)
        before = self.planned.get((person.id, one.day))
        locked = before[1] if one.locked is None and before else bool(one.locked)
        if before == (one.shift.code, locked):
            self.same += 1
            return
        self._there(person, one.day)
        self._open(one.day)
        if one.shift.kind is Kind.DESK:
            self._may_hold(person)
        old = self.book.shift(before[0]) if before else None
        told = f"{day_words(one.day)} {person.shown}: {f'{old.shown} -> ' if old else ''}{one.shift.shown}"
        step = Step(one.day, told + (", " + _("locked") if locked else ""), person.id, one.shift.code, locked)
        (self.changed if before else self.new).append(step)

    def slot(self, one: SlotLine) -> None:
        """A line about a desk slot."""
        self._once(one.line, one.day, one.slot.code)
        pair = [self._person(said, said, either=True) if said else None for said in (one.holder, one.substitute)]
        ids = (pair[0].id if pair[0] else None, pair[1].id if pair[1] else None)
        before = self.held.get((one.day, one.slot.code), (None, None))
        if before == ids:
            self.same += 1
            return
        self._open(one.day)
        if one.day < self.today:
            raise Wrong(_("{day} is over, its desk stays as it was").format(day=one.day))
        if pair[0] and pair[0] == pair[1]:
            raise Wrong(_("nobody can be their own substitute"))
        for person in filter(None, pair):
            self._holds(person, one.day, one.slot)
        names = "/".join(person.shown if person else "-" for person in pair)
        step = Step(one.day, f"{day_words(one.day)} {one.slot.shown}: {names}", slot=one.slot.code, pair=ids)
        (self.changed if any(before) else self.new).append(step)

    def _holds(self, person: Person, day: date, slot: Slot) -> None:
        """Whoever answers for a slot belongs here, may hold the desk and is not away for any of it."""
        self._there(person, day)
        self._may_hold(person)
        cell = self.laid.get((person.id, day), Cell())
        if (cell.half == "am" and slot.starts >= NOON) or (cell.half == "pm" and slot.ends <= NOON):
            return
        if cell.leave:
            raise Wrong(_("{name} is on leave on {day}").format(name=person.shown, day=day))
        if cell.outing:
            raise Wrong(_("{name} is sent out on {day}").format(name=person.shown, day=day))

    def _may_hold(self, person: Person) -> None:
        if not queries.may_hold(self.book, person):
            raise Wrong(_("{name} may not hold the desk").format(name=person.shown))

    def _there(self, person: Person, day: date) -> None:
        if not person.on_cards:
            raise Wrong(_("{name} is not on the rota").format(name=person.shown))
        if not person.works_on(day):
            raise Wrong(_("{name} does not belong to the showroom on {day}").format(name=person.shown, day=day))

    def _person(self, number: str, name: str, *, either: bool = False) -> Person:
        """The person of a number, else the one of a name; two of the same name need their number."""
        numbered = [one for one in self.people if number and key(one.number) == key(number)]
        if numbered:
            return numbered[0]
        if number and not either:
            raise Wrong(_("nobody has the number '{number}'").format(number=number))
        found = [one for one in self.people if key(name) in (key(one.name), key(one.name_en))]
        if not found:
            raise Wrong(_("nobody is called '{name}'").format(name=name))
        if len(found) > 1:
            numbers = ", ".join(one.number for one in found[:SHOWN])
            raise Wrong(_("{count} people are called '{name}': give the number ({numbers})").format(
                count=len(found), name=name, numbers=numbers))  # fmt: skip
        return found[0]


@decided
def carry_out(store: Store, plan: Import) -> None:
    """Take a plan over as one action; nothing where something was refused or nothing changes. Raises Refused."""
    if not plan.does_something:
        return
    must_rest(store, plan.seen, ("rota_cells", "desk_duty", "leaves", "outings", "outing_people", "people"))
    words = N_("Rota read in: {new} new, {changed} changed")
    with store.write(words, new=len(plan.new), changed=len(plan.changed)) as db:
        for one in (*plan.new, *plan.changed):
            if one.slot:
                put_desk(db, one.day, one.slot, *one.pair)
            else:
                put_cell(db, one.day, one.person, one.shift, one.locked)


def told(plan: Import, most: int | None = None) -> list[str]:
    """The plan in lines: numbers, what stays, refused lines, then each change."""
    counts = _("{new} new   {changed} changed   {same} the same   {refused} lines refused").format(
        new=len(plan.new), changed=len(plan.changed), same=plan.same, refused=len(plan.refused)
    )
    stays = _("All or nothing: mend the refused lines first.") if plan.refused else _("What is not in the file stays.")
    lines = [_("line {line}: {reason}").format(line=one.line, reason=one.reason) for one in plan.refused]
    lines += [one.told for one in _by_day(plan)]
    more = len(lines) - most if most else 0
    cut = lines[:most] if more > 0 else lines
    return [counts, stays, *cut, *([_("and {count} lines more").format(count=more)] if more > 0 else [])]


def _by_day(plan: Import) -> Sequence[Step]:
    return sorted((*plan.new, *plan.changed), key=lambda one: one.day)
