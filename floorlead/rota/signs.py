"""The short words of a rota, the same on screen, on paper and in a file: signs, names, days, marks, gaps of the desk."""

from __future__ import annotations

from datetime import date

from floorlead.duty.records import Book, Cell, Kind, Shift, Slot, band
from floorlead.people.records import Person
from floorlead.rota.records import Count, Stretch
from floorlead.text import cut, width
from floorlead.words import _, pick

LITTLE = 8
"""Cells of a name that leave no room for a blank before the sign."""
GONE = "."
"""What stands where somebody does not belong to the showroom yet, or any more."""


def sign(book: Book, code: str) -> str:
    """A shift's sign; the code itself where the file no longer knows it."""
    shift = book.shift(code)
    return shift.sign if shift else code


def name_of(person: Person, cells: int) -> str:
    """A name in so many cells, a trainee with the sign for it, close by where there is little room."""
    if not person.trainee:
        return brief(person.shown, cells)
    mark = pick("实", "t")
    apart = " " if cells > LITTLE else ""
    return brief(person.shown, cells - width(mark) - len(apart)) + apart + mark


def brief(name: str, cells: int) -> str:
    """A name that is too long: a Latin one with its later names as initials, any other one cut."""
    if width(name) <= cells:
        return name
    first, *later = name.split()
    short = f"{first} {''.join(part[0] for part in later)}" if later and name.isascii() else name
    short = short if width(short) <= cells else short.replace(" ", "", 1) if later and name.isascii() else short
    return short if width(short) <= cells else cut(short, cells).rstrip()


def day_head(day: date) -> str:
    """A column's day: 一24, Mo24."""
    return f"{pick('一二三四五六日'[day.weekday()], day.strftime('%a')[:2])}{day.day}"


def day_words(day: date) -> str:
    """A day in a sentence: 周二24, Tue 24."""
    return pick(f"周{'一二三四五六日'[day.weekday()]}{day.day}", f"{day.strftime('%a')} {day.day}")


def text_of(stretch: Stretch, person: Person, day: date) -> str:
    """What stands in a cell: the sign of what the day is in the end."""
    if not person.works_on(day):
        return GONE
    cell = stretch.cells.get((person.id, day))
    return sign(stretch.book, cell.code) if cell and cell.code else ""


def marks(cell: Cell | None) -> str:
    """`*` changed since it was published, `=` locked."""
    return (("*" if cell.marked else "") + ("=" if cell.locked else "")) if cell else ""


def count_titles(most: int) -> list[str]:
    """The counts' names, short: desk, late, weekend, off; of three the weekend is left out."""
    if most == 4:
        return [_("desk"), pick("晚班", "late"), _("w.e."), pick("休", "off")]
    return [pick("前", "D"), pick("晚", "L"), pick("休", "-")]


def counts(count: Count, most: int) -> list[str]:
    """The numbers under those names."""
    numbers = (count.desk, count.late, count.weekend, count.off) if most == 4 else (count.desk, count.late, count.off)
    return [str(number) for number in numbers]


def meaning(shift: Shift) -> str:
    """A sign and what it says: the hours of a plain shift, the short word of anything else."""
    apart = " " if shift.sign.isascii() else ""
    if shift.kind is Kind.WORK:
        return f"{shift.sign}{apart}{band(shift.starts, shift.ends)}"
    word = shift.shown.removesuffix(" leave")
    return word if word.startswith(shift.sign) else f"{shift.sign} {word}"


def gaps(stretch: Stretch) -> list[tuple[date, Slot]]:
    """Where the desk has nobody from today on, on days that anything is planned for."""
    return [
        (day, slot) for day in stretch.days if day >= stretch.today and stretch.lights[day].planned
        for code in stretch.lights[day].gaps if (slot := stretch.book.slot(code))
    ]  # fmt: skip


def slot_words(stretch: Stretch, day: date, nobody: str) -> list[tuple[str, bool]]:
    """A day's slots with holder and substitute, each with whether nobody holds it."""
    names = {person.id: person.shown for person in stretch.people}
    found = []
    for (on, _slot), one in stretch.desk.items():
        if on == day:
            who, other = names.get(one.holder or 0, ""), names.get(one.substitute or 0, "")
            found.append((f"{one.slot.shown} {who or nobody}" + (f"/{other}" if other else ""), not who))
    return found
