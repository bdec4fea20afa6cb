"""A meeting's sheet on paper: the figures, each consultant, then every point with a box to tick; one A4 page."""

from __future__ import annotations

from collections.abc import Sequence

from floorlead import clock
from floorlead.meetings.records import Block, Member, Point, Sheet
from floorlead.paper.model import Block as Part
from floorlead.paper.model import Column, Facts, Heading, Paper, Sign, Table
from floorlead.record import record
from floorlead.targets.records import FORECAST, MEASURE_WORDS, MEASURES
from floorlead.text import numeral, width
from floorlead.words import _, language, pick


@record
class MeetingSheet:
    """What the paper shows: the meeting, the showroom, who leads it, which print this is."""

    sheet: Sheet
    showroom: str
    leader: str
    nth: int = 0


def draw(whole: MeetingSheet) -> Paper:
    """The paper."""
    sheet = whole.sheet
    held = sheet.meeting
    blocks: list[Part] = [Heading(_numbered(1, _("The team"))), _team(sheet)]
    if sheet.members:
        blocks += [Heading(_numbered(2, by_consultant(sheet))), _members(sheet)]
    blocks += [Heading(_numbered(3, _("To read out") if sheet.morning else _("To go through"))), _facts(sheet)]
    blocks.append(Sign((_("Leader"), _("Sales manager"), _("Remarks"))))
    title = _("Morning meeting") if sheet.morning else _("Evening meeting")
    times = "-".join(clock.hm(at) for at in (held.begun_at, held.ended_at) if at)
    leader = _("leader {name}").format(name=held.by or whole.leader)
    head = (whole.showroom, f"{held.day} {clock.weekday(held.day)}", f"{leader} {times}".strip())
    return Paper("meeting", language(), title, head, blocks, _foot(whole))


def by_consultant(sheet: Sheet) -> str:
    """The heading over the consultants: what each column of their table tells or asks."""
    if sheet.morning:
        return _("By consultant: asked today; ord? del? predicted; f-up still due(late)")
    return _("By consultant: done/wanted; f-up still due(late)")


def follow_ups(one: Member) -> str:
    """Follow-ups still due, in brackets those of them that are late: `5(4)`."""
    return f"{one.due}({one.overdue})" if one.due else "-"


def _numbered(number: int, word: str) -> str:
    return f"{numeral(number)} {word}"


def _measures(least: int = 8) -> list[Column]:
    words = [_(MEASURE_WORDS[name]) for name in MEASURES]
    return [Column(word, max(least, width(word)), "right") for word in words]


def _team(sheet: Sheet) -> Table:
    columns = [Column("", 18), *_measures(), Column("", 0)]
    return Table(columns, [[row.name, *row.cells, ""] for row in sheet.rows])


def _members(sheet: Sheet) -> Table:
    more = [Column(_("ord?"), 6, "right"), Column(_("del?"), 6, "right")] if sheet.morning else []
    columns = [Column(_("name"), 16), *_measures(6), *more, Column(_("f-up"), 0)]
    return Table(columns, [_member(sheet, one) for one in sheet.members])


def _member(sheet: Sheet, one: Member) -> list[str]:
    name = one.name if one.here else one.name + " " + _("not here")
    owed = follow_ups(one)
    if not sheet.morning:
        return [name, *(f"{one.done.get(m, 0)}/{one.wanted.get(m, '-')}" for m in MEASURES), owed]
    said = [str(one.predicted.get(m, "___")) for m in FORECAST]
    return [name, *(str(one.wanted.get(m, "-")) for m in MEASURES), *said, owed]


def _facts(sheet: Sheet) -> Facts:
    """The blocks with their points, each behind its box."""
    shown = [block for block in sheet.blocks if block.points or block.none]
    return Facts([(block.title, _lines(sheet, block)) for block in shown])


def _lines(sheet: Sheet, block: Block) -> Sequence[str]:
    return [_line(sheet, point) for point in block.points] or [block.none]


def _line(sheet: Sheet, point: Point) -> str:
    tick = sheet.meeting.ticks.get(point.key)
    box = "[v]" if tick or point.done else "[ ]"
    late = " !" if point.late and not tick and not point.done else ""
    said = pick("  答: ", "  -> ") + tick.answer if tick and tick.answer else ""
    return f"{box}{late} {point.words}{said}"


def _foot(whole: MeetingSheet) -> tuple[str, str]:
    held = whole.sheet.meeting
    number = _("no. {number}").format(number=f"{held.day:%Y%m%d}-{'M' if whole.sheet.morning else 'E'}1")
    again = " " + _("print {nth}").format(nth=whole.nth) if whole.nth > 1 else ""
    return "floorlead", f"{number}{again}"
