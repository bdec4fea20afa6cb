"""A month's targets on paper and as JSON: where it stands, by week and day, by person, the causes, who signs.

The plan of past days stays as the month was split; the days to come carry what is left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from floorlead import clock
from floorlead.calendar.rules import unknown_words
from floorlead.paper.model import Block, Column, Heading, Note, Pair, Paper, Sign, Table
from floorlead.percent import in_percent
from floorlead.record import record
from floorlead.targets import rules
from floorlead.targets.records import FORECAST, MEASURE_WORDS, MEASURES, DayPlan, Figure, Month, Pace, WeekPlan
from floorlead.text import numeral, width
from floorlead.words import _, language, pick

LEFT = 40
"""Cells of the left half of the days."""


@record
class TargetSheet:
    """What the paper shows: the month, names by id, who drew it up and when, which print this is."""

    month: Month
    names: Mapping[int, str]
    showroom: str
    leader: str
    day: date
    nth: int = 0


def draw(sheet: TargetSheet) -> Paper:
    """The paper."""
    month = sheet.month
    blocks: list[Block] = [Heading(_numbered(1, _("Where the month stands"), _stands(month.pace))), _figures(month)]
    blocks += [Heading(_numbered(2, _("By week (done/wanted)"))), _weeks(month)]
    blocks += [Heading(_numbered(3, _("By day (past: done/first split; from today on: what is left)"))), _days(month)]
    if month.shares:
        blocks += [Heading(_numbered(4, _("By person (done/wanted)"))), _people(sheet)]
    blocks += [Note(text) for text in _causes(month)]
    blocks += [Note(unknown_words(month.unknown_year))] if month.unknown_year else []
    blocks.append(Sign((_("Leader"), _("Sales manager"), _("Remarks"))))
    leader = _("leader {name}").format(name=sheet.leader)
    head = (sheet.showroom, f"{month.month}  ({sheet.day})", leader)
    return Paper("targets", language(), _("Month targets"), head, blocks, _foot(sheet))


def _numbered(n: int, word: str, right: str = "") -> str:
    return f"{numeral(n)} {word}    {right}".rstrip()


def _stands(pace: Pace) -> str:
    return _("open days {days}, left {left}, time {time}").format(
        days=pace.days, left=pace.left, time=in_percent(pace.time)
    )


def _figures(month: Month) -> Table:
    words = (_("target"), _("actual"), _("reached"), _("time gone"), _("vs. plan"), _("per day"), _("today"))
    columns = [Column("", 14), *(Column(word, max(7, width(word)), "right") for word in words), Column("", 0)]
    return Table(columns, [[*_figure(one, month.pace), ""] for one in month.pace.figures.values()])


def _figure(one: Figure, pace: Pace) -> list[str]:
    done = in_percent(one.done)
    target, today = (("-" if n is None else str(n)) for n in (one.target, one.today_target))
    now = f"{one.today}/{today}" if pace.running else "-"
    return [one.word, target, str(one.actual), done, in_percent(pace.time), one.against_plan, one.per_day, now]


def _measures(names: Sequence[str] = MEASURES, least: int = 8) -> list[Column]:
    return [Column(_(MEASURE_WORDS[name]), max(least, width(_(MEASURE_WORDS[name]))), "right") for name in names]


def _pair(done: Mapping[str, int], wanted: Mapping[str, int], name: str) -> str:
    return f"{done.get(name, 0)}/{wanted.get(name, '-')}"


def _weeks(month: Month) -> Table:
    rows = [
        [week_days(one), f"{one.weight:g}",
         *(_pair(one.actual, one.planned, name) for name in MEASURES), ""]
        for one in month.weeks
    ]  # fmt: skip
    weight = Column(_("weight"), max(6, width(_("weight"))), "right")
    return Table([Column(_("Week"), 14), weight, *_measures(), Column("", 0)], rows)


def week_days(one: WeekPlan) -> str:
    """A week's days, `11-02..08` or `2-8 Nov`."""
    if one.first == one.last:
        return clock.short_day(one.first)
    return pick(f"{one.first:%m-%d}..{one.last:%d}", f"{one.first.day}-{clock.short_day(one.last)}")


def _days(month: Month) -> Pair:
    """The days in two halves beside each other, with walk-ins, orders and deliveries; `*` weighs as set by hand."""
    names = ("visits", "orders", "deliveries")
    columns = [Column(_("day"), 11), *_measures(names, 5)]
    rows = [_day(month, one, names) for one in month.days]
    half = (len(rows) + 1) // 2
    return Pair(Table(columns, rows[:half]), Table(columns, rows[half:]), LEFT)


def _day(month: Month, one: DayPlan, names: Sequence[str]) -> list[str]:
    day = one.day.day
    head = [f"{clock.short_day(day)} {clock.weekday_short(day)}" + ("*" if one.day.own else "")]
    if day <= month.day or any(one.actual.values()):
        return [*head, *(_pair(one.actual, one.planned, name) for name in names)]
    return [*head, *(str(one.planned.get(name, "-")) for name in names)]


def _people(sheet: TargetSheet) -> Table:
    month = sheet.month
    rows = []
    for one in month.shares:
        done = {name: month.done.get(name, {}).get(one.person, 0) for name in MEASURES}
        wanted = month.people.get(one.person, {})
        said = [month.forecasts.get((one.person, name)) for name in FORECAST]
        predicted = "-" if said == [None, None] else "/".join("-" if n is None else str(n) for n in said)
        rows.append([sheet.names.get(one.person, "-"), in_percent(one.share), in_percent(one.part),
                     *(_pair(done, wanted, name) for name in MEASURES), predicted])  # fmt: skip
    total = {name: rules.team(month.done, name) for name in MEASURES}
    rows.append([_("team"), "", "", *(_pair(total, month.targets, name) for name in MEASURES), ""])
    columns = [
        Column(_("name"), 12),
        Column(_("share"), 5, "right"),
        Column(_("here for"), 5, "right"),
        *_measures(least=7),
    ]
    return Table([*columns, Column(_("predicted"), 0)], rows)


def _causes(month: Month) -> list[str]:
    told = []
    for one in reversed(month.causes):
        word = _(MEASURE_WORDS.get(one.measure, one.measure))
        action = f" -> {one.action}" if one.action else ""
        told.append(f"{clock.short_day(one.day)} {word}: {rules.cause_words(one.cause)}{action}")
    return [_("Causes: {causes}").format(causes="; ".join(told))] if told else []


def _foot(sheet: TargetSheet) -> tuple[str, str]:
    number = _("no. {number}").format(number=f"{sheet.month.month.replace('-', '')}-T1")
    again = " " + _("print {nth}").format(nth=sheet.nth) if sheet.nth > 1 else ""
    return "floorlead", f"{number}{again}"


def to_json(month: Month, names: Mapping[int, str]) -> dict[str, Any]:
    """The month as JSON-ready values; the fields stand in the command's help."""
    pace = month.pace
    return {
        "month": month.month, "as_of": month.day.isoformat(), "open_days": pace.days, "days_left": pace.left,
        "calendar_known": month.unknown_year is None, "time": round(pace.time, 4), "measures": [_measure_json(one) for one in pace.figures.values()],
        "days": [{"day": one.day.day.isoformat(), "kind": one.day.kind, "weight": one.day.weight,
                  "wanted": dict(one.planned), "done": dict(one.actual)} for one in month.days],
        "people": [{"name": names.get(one.person, ""), "share": one.share, "part": round(one.part, 4),
                    "wanted": dict(month.people.get(one.person, {})),
                    "done": {name: month.done.get(name, {}).get(one.person, 0) for name in MEASURES}}
                   for one in month.shares],
        "causes": [{"day": one.day.isoformat(), "measure": one.measure, "cause": one.cause, "action": one.action,
                    "by": one.by} for one in month.causes],
    }  # fmt: skip


def _measure_json(one: Figure) -> dict[str, Any]:
    return {
        "measure": one.measure, "target": one.target, "actual": one.actual,
        "done": None if one.done is None else round(one.done, 4), "gap": one.gap,
        "needed_per_day": None if one.needed is None else round(one.needed, 2), "today": one.today,
        "today_target": one.today_target, "days_behind": one.behind, "cause_due": one.cause_due,
    }  # fmt: skip
