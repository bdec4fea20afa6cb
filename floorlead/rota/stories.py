"""The rota in words: the cell under the cursor, the day's desk, what marks mean, what to do where nothing is yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from floorlead.duty.records import band, half_words
from floorlead.people.records import Person
from floorlead.planning.rota import Violation
from floorlead.rota import findings, signs
from floorlead.rota.board import PAGE
from floorlead.rota.light import at_work
from floorlead.rota.records import Stretch
from floorlead.rota.signs import day_words
from floorlead.text import cut, width
from floorlead.widgets.line import Line, rule
from floorlead.words import _, pick


def nobody() -> list[str]:
    """The empty state."""
    return [_("Nobody is on the rota yet. The people page adds them: ^K, People, Ins.")]


def cell_words(stretch: Stretch, person: Person, day: date) -> str:
    """A cell in full: shift and hours, what lies over it, slots held, wish, lock, change."""
    if not person.works_on(day):
        return _("not in the showroom on this day")
    cell = stretch.cells.get((person.id, day))
    shift = stretch.book.shift(cell.code) if cell else None
    parts = [shift.shown if shift else _("not planned")]
    if cell and (hours := at_work(stretch.book, cell)):
        parts[0] += f" {band(*hours)}"
    if cell and cell.half:
        over = stretch.book.shift(cell.leave or "O")
        parts.append(f"{over.shown if over else ''} {half_words(cell.half)}".strip())
    held = [one.slot.shown for one in stretch.held(person.id, day)]
    parts += [_("desk {slots}").format(slots=" ".join(held))] if held else []
    wish = stretch.wishes.get((person.id, day))
    wished = stretch.book.shift(wish.shift) if wish else None
    parts += [_("wishes {shift}").format(shift=wished.shown)] if wished else []
    parts += [_("locked")] if cell and cell.locked else []
    parts += [_("changed")] if cell and cell.marked else []
    return ", ".join(parts)


def under(stretch: Stretch, person: Person | None, day: date) -> Line:
    """The line under the legend: whose desk follows, and the cell under the cursor in words."""
    words = f"{person.shown} {day_words(day)}: {cell_words(stretch, person, day)}" if person else ""
    head = _("Desk {day}").format(day=day_words(day))
    room = PAGE - 1 - width(head) - 12
    return rule(head, PAGE - 1, words if width(words) <= room else cut(words, room).rstrip())


def desk_lines(stretch: Stretch, day: date) -> list[Line]:
    """The day's slots with their holders, on as few lines as they need."""
    parts = signs.slot_words(stretch, day, pick("缺", "nobody"))
    return _flowing(parts)


def _flowing(parts: Sequence[tuple[str, bool]]) -> list[Line]:
    lines, line = [], Line().put("  ")
    for text, bad in parts:
        if line.cells + width(text) + 2 > PAGE and line.cells > 2:
            lines.append(line)
            line = Line().put("  ")
        line.put(text, "warn" if bad else "").put("  ")
    return [*lines, line] if parts else [Line().put("  " + _("closed"), "dim")]


def warning(stretch: Stretch, found: Sequence[Violation], person: int, day: date, cells: int) -> Line:
    """The weightiest broken rule, in its kind one of the cell under the cursor; else what the signs mean, or how to begin."""
    if not any(cell.shift for cell in stretch.cells.values()):
        return Line().put(
            " " + _("Nothing is planned yet: a digit plans a day, ^D copies last week, ^K drafts or makes"), "dim"
        )
    first = findings.weightiest(found, person, day)
    if first is None:
        return Line().put(" " + _("v enough, -2 two short, X desk gap   * changed   = locked   . not here"), "dim")
    words = findings.words_of(first)
    more = "  " + _("and {count} more, ^E").format(count=len(found) - 1) if len(found) > 1 else ""
    room = cells - 3 - width(more)
    words = words if width(words) <= room else cut(words, room).rstrip()
    return Line().put(f" {words}", "bad" if first.kind == "law" else "warn").put(more, "dim", "key:ctrl+e")
