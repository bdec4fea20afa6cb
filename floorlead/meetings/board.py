"""A meeting as lines on the screen: the team's figures, a line for each consultant, the points of the blocks.

Every line that something can be done with carries its point; headings carry none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from floorlead import clock
from floorlead.meetings.records import KIND_WORDS, Kind, Meeting, Member, Point, Sheet, Sort
from floorlead.meetings.sheet import by_consultant, follow_ups
from floorlead.record import record
from floorlead.targets.records import FORECAST, MEASURE_WORDS, MEASURES
from floorlead.text import cut, width
from floorlead.widgets.grid import Cell, Column, Grid, Rows
from floorlead.widgets.line import Line, rule
from floorlead.words import _

PAGE = 80
STATE = "state"


@record
class Entry:
    """A line of the page, and what it stands for; None for a heading."""

    line: Line
    point: Point | None = None


def state_words(held: Meeting) -> str:
    """When the meeting began and ended, and what Space does next."""
    word = _(KIND_WORDS[held.kind])
    if not held.id:
        return _("{meeting}: Space begins it").format(meeting=word)
    begun = _("begun {time}").format(time=clock.hm(held.begun_at))
    if held.ended_at:
        return f"{word}: {begun}  " + _("ended {time}").format(time=clock.hm(held.ended_at))
    return f"{word}: {begun}  " + _("Space ends it")


def columns(sheet: Sheet) -> list[Column]:
    """Name, the measures, in the morning the predictions, follow-ups due and overdue."""
    words = [_(MEASURE_WORDS[name]) for name in MEASURES]
    more = [_("ord?"), _("del?"), _("f-up")] if sheet.morning else [_("f-up")]
    first = max(14 if sheet.morning else 16, *(width(row.name) for row in sheet.rows))
    least = [*[7] * len(words), *[5] * (len(more) - 1), 6]
    heads = zip([*words, *more], least, strict=True)
    return [Column("", first), *(Column(word, max(cells, width(word)), "right") for word, cells in heads)]


def entries(sheet: Sheet, column: str) -> list[Entry]:
    """The whole page from top to bottom; `column` is the prediction that a digit sets."""
    state = Point(STATE, Sort.STATE, state_words(sheet.meeting), done=bool(sheet.meeting.ended_at))
    grid = Grid(columns(sheet), pointer=True, cursor=-1)
    made = [Entry(_point(state, sheet.meeting.ticks), state), Entry(grid.head(PAGE))]
    for row in sheet.rows:
        made.append(Entry(_row(grid, [Cell(row.name, "bold"), *(Cell(text) for text in row.cells)])))
    if sheet.members:
        made.append(Entry(rule(by_consultant(sheet), PAGE - 1)))
    for one in sheet.members:
        point = Point(f"person:{one.person}", Sort.PERSON, one.name, one.person)
        made.append(Entry(_row(grid, member_cells(sheet, one, column)), point))
    for block in sheet.blocks:
        if block.points or block.none:
            made.append(Entry(rule(block.title, PAGE - 1)))
            made += [Entry(_point(point, sheet.meeting.ticks), point) for point in block.points]
            if not block.points:
                made.append(Entry(Line().put("     " + block.none, "dim")))
    return made


def _row(grid: Grid, cells: Sequence[Cell]) -> Line:
    grid.source = Rows([cells])
    return grid.drawn(0, cells, PAGE, False)


def member_cells(sheet: Sheet, one: Member, column: str) -> list[Cell]:
    """One consultant's line: the morning tells what is asked, the evening what was done of it."""
    style = "" if one.here else "dim"
    name = Cell(one.name, style)
    owed = Cell(follow_ups(one), "warn" if one.overdue else style)
    if not sheet.morning:
        return [name, *(Cell(_done(one, measure), style) for measure in MEASURES), owed]
    wanted = [Cell(str(one.wanted.get(measure, "-")), style) for measure in MEASURES]
    said = [Cell(_said(one, measure, column), "bold" if measure == column else style) for measure in FORECAST]
    return [name, *wanted, *said, owed]


def _done(one: Member, measure: str) -> str:
    return f"{one.done.get(measure, 0)}/{one.wanted.get(measure, '-')}"


def _said(one: Member, measure: str, column: str) -> str:
    text = str(one.predicted.get(measure, "."))
    return f"[{text}]" if measure == column else f"{text} "


def _point(point: Point, ticks: Mapping[str, object]) -> Line:
    """A point: the pointer's two cells, its mark, its words, the answer behind them."""
    done = point.done or point.key in ticks
    mark = "v" if done and point.sort is not Sort.STATE else " "
    line = Line().put("  ").put(f"{mark} ", "bold").put("! " if point.late and not done else "  ", "warn")
    said = getattr(ticks.get(point.key), "answer", "")
    words = point.words + (f"  -> {said}" if said else "")
    style = "title" if point.sort is Sort.STATE else "dim" if done else ""
    room = PAGE - 1 - line.cells
    return line.put(cut(words, room) if width(words) > room else words, style)


def pointed(entry: Entry, here: bool, number: int) -> Line:
    """The line with the pointer where the cursor stands; a click goes to it."""
    if entry.point is None:
        return entry.line
    pieces = [
        piece._replace(do=piece.do if ":" in piece.do and "row:" not in piece.do else f"row:{number}")
        for piece in entry.line.pieces
    ]
    line = Line(pieces, entry.line.cells)
    if here and pieces:
        line.pieces[0] = pieces[0]._replace(text=">" + pieces[0].text[1:], style="cursor")
    return line


def kinds(chosen: Kind) -> Line:
    """The two meetings; the one shown is marked."""
    line = Line()
    for kind, word in KIND_WORDS.items():
        here = kind is chosen
        line.put(f"[{_(word)}]" if here else f" {_(word)} ", "chip" if here else "", f"kind:{kind.value}")
    return line
