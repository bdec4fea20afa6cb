"""The rota on paper: a month or a week of signs, and one day's desk with substitutes and room to write who took over.

One record, drawn as text in 80 columns or as landscape A4; nothing here reads the store.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from floorlead import clock
from floorlead.duty.records import AT_WORK, Slot, band, clocked
from floorlead.paper.model import Block, Column, Facts, Heading, Note, Paper, Sign, Table
from floorlead.people.records import Person
from floorlead.record import record
from floorlead.rota import signs
from floorlead.rota.records import Stretch
from floorlead.text import width
from floorlead.words import _, language, pick

DAY_CELLS, MONTH_DAY, MONTH_BESIDE, BESIDE = 5, 2, 31, 16
MARKED_DAY, MARKED_BESIDE = 3, 11
"""Cells of a day in a week and in a month; days that a page and the text form of a month have beside each other, fewer
where a change is marked behind a sign."""
SHORT_NAME, LONG_NAME, TEXT_LINE = 11, 16, 66
"""Cells of a name at most, in a month as text and everywhere else; cells of a day's slots on a line of text."""


@record
class RotaSheet:
    """What a paper shows: the days, the showroom, who drew it up, the how-manieth print; `leader` acts on a desk day."""

    stretch: Stretch
    showroom: str
    by: str
    leader: str = ""
    nth: int = 0


def draw_week(sheet: RotaSheet, *, text: bool = False) -> Paper:
    """A week: the signs with their counts, then the desk day by day, as text on as many lines as it needs."""
    stretch = sheet.stretch
    name = _name(stretch, LONG_NAME)
    columns = [
        name,
        *(Column(signs.day_head(day), DAY_CELLS, "center") for day in stretch.days),
        *_counted(4),
    ]
    days = [(_day(day), _desk_told(stretch, day, TEXT_LINE if text else 0)) for day in stretch.days]
    blocks: list[Block] = [
        Table(columns, _rows(stretch, stretch.days, 4, name.width)),
        Note(_legend(stretch)),
        *_notes(stretch),
    ]
    blocks += [Heading(_("Desk: holder/substitute")), Facts(days), _signed()]
    return _paper(sheet, _("Rota of the week"), _span(stretch.first, stretch.last), blocks)


def draw_month(sheet: RotaSheet, *, text: bool = False) -> Paper:
    """A month on one page; as text in tables below each other."""
    stretch = sheet.stretch
    name = _name(stretch, SHORT_NAME if text else LONG_NAME)
    marked = text and any(cell.marked for cell in stretch.cells.values())
    beside = MARKED_BESIDE if marked else BESIDE if text else MONTH_BESIDE
    parts = [stretch.days[n : n + beside] for n in range(0, len(stretch.days), beside)]
    blocks: list[Block] = []
    for part in parts:
        counted = _counted(4) if part[-1] == stretch.last else []
        days = [Column(_head(day, text), MARKED_DAY if marked else MONTH_DAY, "center") for day in part]
        blocks.append(Table([name, *days, *counted], _rows(stretch, part, len(counted), name.width)))
    blocks += [Note(_legend(stretch)), *_notes(stretch), _signed()]
    whole = stretch.first.day == 1 and (stretch.last + timedelta(days=1)).day == 1 and len(stretch.days) <= MONTH_BESIDE
    if not whole:
        return _paper(sheet, _("Rota"), _span(stretch.first, stretch.last), blocks)
    when = pick(f"{stretch.first.year}年{stretch.first.month}月", f"{stretch.first:%B %Y}")
    return _paper(sheet, _("Rota of the month"), when, blocks)


def _head(day: date, narrow: bool) -> str:
    """A month's column: the day alone, or with its weekday where the paper breaks it in two lines."""
    return str(day.day) if narrow else f"{day.day} {clock.weekday_short(day)[:2]}"


def _name(stretch: Stretch, most: int) -> Column:
    """The column of names, as wide as the longest up to `most` cells."""
    widest = max((width(signs.name_of(person, most)) for person in stretch.people), default=4)
    return Column(_("Name"), max(4, width(_("staffed")), min(most, widest)))


def _counted(most: int) -> list[Column]:
    return [Column(title, max(4, width(title)), "right") for title in signs.count_titles(most)]


def _rows(stretch: Stretch, days: Sequence[date], counted: int, room: int) -> list[list[str]]:
    """A row for each person, and how each day is staffed below."""
    rows = [
        [
            signs.name_of(person, room), *(_cell(stretch, person, day) for day in days),
            *(signs.counts(stretch.counts[person.id], counted) if counted else ()),
        ]
        for person in stretch.people
    ]  # fmt: skip
    return [*rows, [_("staffed"), *(stretch.lights[day].letters for day in days), *([""] * counted)]]


def _cell(stretch: Stretch, person: Person, day: date) -> str:
    """A sign, `*` behind it where it was changed since it was published."""
    cell = stretch.cells.get((person.id, day))
    return signs.text_of(stretch, person, day) + ("*" if cell and cell.marked else "")


def _legend(stretch: Stretch) -> str:
    """Each sign with its hours or its word."""
    return "  ".join(signs.meaning(shift) for shift in stretch.book.shifts if shift.digit)


def _notes(stretch: Stretch) -> list[Note]:
    """What the marks mean, and when the rota was published."""
    told = [_("staffed: v enough, -2 two short, X desk gap")]
    if any(person.trainee for person in stretch.people):
        told.append(_("{sign} trainee: not alone at the desk").format(sign=pick("实", "t")))
    if stretch.published_at:
        day = clock.short_day(date.fromisoformat(stretch.published_at[:10]))
        sentence = _("published {time}, changed cells are marked *")
        told.append(sentence.format(time=f"{day} {clock.hm(stretch.published_at)}"))
    return [Note("   ".join(told))]


def _desk_told(stretch: Stretch, day: date, cells: int) -> list[str]:
    """A day's slots on one line, or on lines of so many cells in which no slot is broken."""
    lines = [""]
    for words, _gap in signs.slot_words(stretch, day, pick("缺", "nobody")):
        joined = f"{lines[-1]}  {words}" if lines[-1] else words
        lines = [*lines[:-1], joined] if not cells or width(joined) <= cells else [*lines, words]
    return lines if lines[0] else [_("closed")]


def _day(day: date) -> str:
    return f"{clock.short_day(day)} {clock.weekday_short(day)}"


def _span(first: date, last: date) -> str:
    return _("{first} to {last}").format(first=first, last=last)


def _signed() -> Sign:
    return Sign((_("Drawn up by"), _("Sales manager")))


def draw_desk(sheet: RotaSheet, day: date) -> Paper:
    """One day's desk: holder, substitute, and lines to write by hand who took over when."""
    stretch = sheet.stretch
    rows = [_slot_row(stretch, day, slot) for slot in stretch.book.slots if (day, slot.code) in stretch.desk]
    columns = [
        Column(_("Time"), 12), Column(_("Holder"), 12), Column(_("Substitute"), 12),
        Column(_("Left, back"), 14), Column(_("Who took over, why"), 0),
    ]  # fmt: skip
    leader = _("Acting leader {name}").format(name=sheet.leader) if sheet.leader else ""
    blocks: list[Block] = [
        Heading("    ".join(filter(None, [_("Front desk"), leader]))),
        Table(columns, rows) if rows else Note(_("The showroom is closed on this day.")),
        Note(_("Nobody leaves the desk without a substitute; the substitute then answers for all of the desk's duty.")),
        Facts(_by_shift(stretch, day)),
        Sign((_("Floor leader"), _("Sales manager"))),
    ]
    return _paper(sheet, _("Desk of the day"), f"{day} {clock.weekday(day)}", blocks, f"-{day:%d}")


def _slot_row(stretch: Stretch, day: date, slot: Slot) -> list[str]:
    names = {person.id: person.shown for person in stretch.people}
    one = stretch.desk[day, slot.code]
    hours = f"{clocked(slot.starts)}-{clocked(slot.ends)}"
    post = "" if len({each.post.code for each in stretch.book.slots}) == 1 else f" {slot.post.shown}"
    return [hours + post, names.get(one.holder or 0, ""), names.get(one.substitute or 0, ""), "", ""]


def _by_shift(stretch: Stretch, day: date) -> list[tuple[str, list[str]]]:
    """Who has which shift on a day, a line for each shift."""
    by_code: dict[str, list[str]] = {}
    for person in stretch.people:
        cell = stretch.cells.get((person.id, day))
        if person.works_on(day) and cell and cell.code:
            by_code.setdefault(cell.code, []).append(person.shown)
    told = []
    for shift in stretch.book.shifts:
        if names := by_code.get(shift.code):
            hours = f" {band(shift.starts, shift.ends)}" if shift.kind in AT_WORK else ""
            told.append((f"{shift.shown}{hours}", [pick("、", ", ").join(names)]))
    return told or [(_("not planned"), [""])]


def _paper(sheet: RotaSheet, title: str, when: str, blocks: Sequence[Block], tail: str = "") -> Paper:
    head = (sheet.showroom, when, _("drawn up by {name}").format(name=sheet.by))
    number = _("no. {number}").format(number=f"{sheet.stretch.first:%Y%m%d}-P{tail}")
    again = " " + _("print {nth}").format(nth=sheet.nth) if sheet.nth > 1 else ""
    return Paper("rota", language(), title, head, blocks, ("floorlead", f"{number}{again}"))
