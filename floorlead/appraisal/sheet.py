"""The appraisal on paper and as JSON: the team's scores and indicators, and one person's sheet with every point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from floorlead.appraisal.records import ATTENDANCE, INDICATORS, VERDICTS, Appraisal, Close, Sheet, Taken
from floorlead.paper.model import Block, Column, Facts, Heading, Note, Paper, Sign, Table
from floorlead.phones import mask_in
from floorlead.words import _, language, pick

Head = tuple[str, str, str]
BESIDE = 4
"""Indicators beside each other on a page."""


def number(value: float | None) -> str:
    """A score: 87.4, 100, a dash where nobody scored."""
    return "-" if value is None else f"{value:g}"


def deducted(sheet: Sheet) -> int:
    """The points of the daily work that count."""
    return sum(one.point.points for one in sheet.taken if one.counts and one.point.part != ATTENDANCE)


def state(found: Appraisal) -> str:
    """Whether the month is closed, since when and by which revision."""
    closed = found.closed
    if closed is None:
        return _("not closed")
    told = _("closed {day}, revision {revision}").format(day=closed.at[:10], revision=closed.revision)
    return told + (f": {closed.reason}" if closed.reason else "")


def changed(found: Appraisal) -> list[str]:
    """Whose live sheet is no longer what was closed, in words."""
    live = {one.person: one for one in found.live}
    told = []
    for one in found.closed.sheets if found.closed else ():
        if one.person in found.differs:
            now = live.get(one.person)
            words = _("{name}: closed with {total}, now {now}")
            told.append(words.format(name=one.shown, total=number(one.total), now=number(now.total) if now else "-"))
    return told


def unattended(found: Appraisal) -> list[str]:
    """That nobody counts as absent only because nobody looked."""
    told = _("Attendance was never taken in {month}: its score is no finding")
    return [] if found.attended else [told.format(month=found.month)]


def team(head: Head, found: Appraisal, means: Mapping[int, float], printed: str = "") -> Paper:
    """The team's sheet: scores, indicators, what changed since the close, the year's mean, lines to sign on."""
    if not found.sheets:
        told = _("Nothing was kept in {month}, so nobody is scored").format(month=found.month)
        return _paper(_("Monthly appraisal"), head, [Note(told)], found, printed)
    parts = list(found.part_words)
    columns = [
        Column(_("Number"), 6), Column(_("Name"), 0), *(Column(found.part(code), 8, "right") for code in parts),
        Column(_("work"), 6, "right"), Column(_("missed"), 6, "right"), Column(_("attend."), 7, "right"),
        Column(_("total"), 6, "right"), Column(_("year mean"), 6, "right"),
    ]  # fmt: skip
    rows = [
        [
            one.number, one.shown, *(number(one.parts.get(code)) for code in parts), number(one.work), str(one.absent_days), number(one.attendance), number(one.total), number(means.get(one.person)),
        ]
        for one in found.sheets
    ]  # fmt: skip
    blocks: list[Block] = [Note(state(found)), Table(columns, rows), *map(Note, [*changed(found), *unattended(found)])]
    blocks += _indicators(found.sheets)
    blocks.append(Sign([_("Floor leader"), _("Sales manager"), _("HR")]))
    return _paper(_("Monthly appraisal"), head, blocks, found, printed)


def _indicators(sheets: Sequence[Sheet]) -> list[Block]:
    """The month's indicators, a few beside each other."""
    codes = list(INDICATORS)
    made: list[Block] = [Heading(_("Indicators"))]
    for start in range(0, len(codes), BESIDE):
        part = codes[start : start + BESIDE]
        columns = [
            Column(_("Number"), 7), Column(_("Name"), 0), *(Column(_(INDICATORS[code]), 14, "right") for code in part)
        ]  # fmt: skip
        made.append(
            Table(columns, [[one.number, one.shown, *(one.indicators[code] for code in part)] for one in sheets])
        )
    return made


def person(head: Head, found: Appraisal, one: Sheet, mean: float | None, printed: str = "") -> Paper:
    """One person's sheet: scores, every point with its day and what was said against it, lines to sign on."""
    told = [(found.part(code), [_score(one, code)]) for code in found.part_words]
    facts = Facts([
        *told, (_("daily work"), [number(one.work)]),
        (_("attendance"), [_("{score}, days absent {days}").format(score=number(one.attendance), days=one.absent_days)]),
        (_("total"), [number(one.total)]), (_("year mean"), [number(mean)]),
    ])  # fmt: skip
    columns = [
        Column(_("Day"), 11), Column(_("What"), 0), Column(_("points"), 7, "right"), Column(_("Objection"), 30)
    ]  # fmt: skip
    rows = [[one_.point.day.isoformat(), what(one_), points(one_), answer(one_)] for one_ in one.taken]
    blocks: list[Block] = [Note(state(found)), Heading(f"{one.number} {one.shown}"), facts]
    blocks += [Table(columns, rows)] if rows else [Note(_("Nothing stands against this month."))]
    indicators = [(_(word), [one.indicators[code]]) for code, word in INDICATORS.items()]
    blocks += [Heading(_("Indicators")), Facts(indicators), Sign([one.shown, _("Floor leader"), _("Sales manager")])]
    return _paper(_("Monthly appraisal"), head, blocks, found, printed)


def _score(one: Sheet, code: str) -> str:
    return "  ".join(filter(None, (number(one.parts.get(code)), one.notes.get(code, ""))))


def what(one: Taken) -> str:
    """What happened; how often it was doubled."""
    return one.point.shown + (f" x{2**one.point.times}" if one.point.times else "")


def points(one: Taken) -> str:
    """The points; given back ones stand in brackets."""
    return f"-{one.point.points}" if one.counts else f"({one.point.points})"


def answer(one: Taken) -> str:
    """What was said against a point and what came of it."""
    said = one.objection
    return "" if said is None else mask_in("; ".join(filter(None, (said.text, _(VERDICTS[said.state]), said.answer))))


def _paper(name: str, head: Head, blocks: Sequence[Block], found: Appraisal, printed: str) -> Paper:
    revision = f"-{found.closed.revision}" if found.closed else ""
    foot = f"{found.month.replace('-', '')}-A{revision} {printed}".strip()
    draft = "" if found.closed else _("not closed")
    return Paper("appraisal", language(), name, head, blocks, ("floorlead", foot), draft)


def to_json(found: Appraisal) -> dict[str, Any]:
    """The month as JSON-ready values: what was closed, else what stands now."""
    return {"month": found.month, "closed": _closed(found.closed), "people": [_json(one) for one in found.sheets]}


def _closed(one: Close | None) -> dict[str, Any] | None:
    return None if one is None else {"revision": one.revision, "at": one.at, "by": one.by, "reason": one.reason}


def _json(one: Sheet) -> dict[str, Any]:
    return {
        "number": one.number, "name": one.name, "total": one.total, "work": one.work, "attendance": one.attendance,
        "absent_days": one.absent_days, "parts": dict(one.parts), "indicators": dict(one.indicators),
        "points": [
            {
                "source": taken.point.source, "day": taken.point.day.isoformat(),
                "text": pick(taken.point.zh, taken.point.en), "points": taken.point.points, "counts": taken.counts,
                "objection": taken.objection.state.value if taken.objection else None,
            }
            for taken in one.taken
        ],
    }  # fmt: skip
