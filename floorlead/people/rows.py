"""How a person looks as a line: on the morning's sign-in, and on the roster.

A column is as wide as what stands in it; where that is more than the screen has, names give way first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from floorlead import clock
from floorlead.people import rules
from floorlead.people.records import HERE, ROLE_WORDS, STATE_WORDS, Person, Presence, State
from floorlead.record import record
from floorlead.text import show, width
from floorlead.widgets.grid import Cell, Column
from floorlead.words import N_, _, pick

STYLES = {State.LATE: "late", State.ABSENT: "bad", State.REST: "dim", State.PRESENT: "good"}
LEAST, NOTE, ROOM = 4, 24, 80
MEASURED = 300
"""Lines looked at to size the columns: more people than a showroom has."""
_MONDAY = date(2024, 1, 1)


@record
class Lines:
    """A source that makes a line's cells only when the line is in sight."""

    things: Sequence[Any]
    cells: Callable[[Any], Sequence[Cell]]

    def __len__(self) -> int:
        return len(self.things)

    def row(self, index: int) -> Sequence[Cell]:
        """One line's cells."""
        return self.cells(self.things[index])


def weekday(number: int | None) -> str:
    """A weekday (Monday 0) in short: 周一, Mon; empty for None."""
    if number is None:
        return ""
    short_name = clock.weekday_short(_MONDAY + timedelta(days=number))
    return pick(f"周{short_name}", short_name)


def today_titles() -> tuple[str, ...]:
    """The column titles of the sign-in."""
    return (_("No."), _("Name"), _("Role"), _("Team"), _("Rest"), _("Today"), _("Time"), _("Note"))


def today_cells(one: Presence) -> list[Cell]:
    """A person on the sign-in; where nobody has said anything there is a point, on a rest day its word."""
    person = one.person
    time = one.at[11:16] if one.said else ""
    head = (person.number, person.shown, _(ROLE_WORDS[person.role]), person.team, weekday(person.rest_day))
    return [*map(Cell, head), _state(one), Cell(time), Cell(one.note)]


def _state(one: Presence) -> Cell:
    if not one.said and one.state is State.PRESENT:
        return Cell(".", "open")
    return Cell(_(STATE_WORDS[one.state]), STYLES.get(one.state, "") if one.said else "dim")


def today_counts(day: Sequence[Presence]) -> list[str]:
    """The day in numbers: here of all, still open, then whatever else there is."""
    said = rules.counts(one for one in day if one.said)
    resting = sum(one.state is State.REST for one in day)
    waiting = sum(not one.said and one.state is State.PRESENT for one in day)
    here = sum(said[state] for state in HERE)
    told = [_("here {here}/{all}").format(here=here, all=len(day)), _("open {count}").format(count=waiting)]
    found = {**said, State.PRESENT: 0, State.REST: resting}
    return told + [f"{_(STATE_WORDS[state])} {count}" for state, count in found.items() if count]


def roster_titles() -> tuple[str, ...]:
    """The column titles of the roster."""
    return (_("No."), _("Name"), _("Latin"), _("Title"), _("Role"), _("Team"), _("Rest"), _("Joined"),
            _("Left"), _("Tr"))  # fmt: skip


def roster_cells(person: Person) -> list[Cell]:
    """A person on the roster; who leaves is dim, and the day stands there."""
    style = "dim" if person.left_on else ""
    texts = (person.number, person.name, person.name_en, person.title, _(ROLE_WORDS[person.role]),
             person.team, weekday(person.rest_day), short(person.joined), short(person.left_on),
             "T" if person.trainee else "")  # fmt: skip
    return [Cell(text, style) for text in texts]


def short(day: date | None) -> str:
    """A day in eight cells, `24-03-01`; empty for None."""
    return day.strftime("%y-%m-%d") if day else ""


def today_columns(lines: Lines) -> list[Column]:
    """The columns of the sign-in; what a key may put there later has its room already."""
    states = max(width(_(word)) for word in STATE_WORDS.values())
    return columns(today_titles(), lines, {5: states, 6: len("08:30"), 7: NOTE}, (0, 1, 3, 7))


def roster_columns(lines: Lines) -> list[Column]:
    """The columns of the roster."""
    return columns(roster_titles(), lines, {}, (0, 1, 2, 3, 5))


def columns(titles: Sequence[str], rows: Lines, least: dict[int, int], yields: Sequence[int]) -> list[Column]:
    """Columns as wide as what stands in them, at `least` so wide; those in `yields` are cut at need."""
    shown = [rows.row(n) for n in range(min(len(rows), MEASURED))]
    cells = [
        max([width(title), least.get(n, 0), *(width(show(row[n].text)) for row in shown)])
        for n, title in enumerate(titles)
    ]
    room = ROOM - 2 - len(cells)
    while sum(cells) > room:
        widest = max(yields, key=lambda n: cells[n])
        if cells[widest] <= LEAST:
            break
        cells[widest] -= 1
    return [Column(title, size) for title, size in zip(titles, cells, strict=True)]


def in_full(person: Person) -> str:
    """A person in one line with everything that a column may have cut."""
    days = [(N_("joined {day}"), person.joined), (N_("left {day}"), person.left_on)]
    told = [_(words).format(day=day.isoformat()) for words, day in days if day]
    role = _(ROLE_WORDS[person.role])
    names = [person.number, person.name, person.name_en, person.title if person.title != role else "", role]
    return "  ".join(filter(None, [*names, *told, _("trainee") if person.trainee else ""]))
