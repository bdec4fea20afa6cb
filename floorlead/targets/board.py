"""A month's targets as lines: measures, weeks, days and people; `done/wanted` stands in one cell.

A number that was never set is `-`, so that nobody takes it for 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from floorlead import clock
from floorlead.people.records import Person
from floorlead.percent import in_percent
from floorlead.targets import rules
from floorlead.targets.records import (
    FORECAST,
    KINDS,
    MEASURE_WORDS,
    MEASURES,
    DayPlan,
    Figure,
    Month,
    Pace,
    Share,
    WeekPlan,
)
from floorlead.targets.sheet import week_days
from floorlead.text import as_many, cut, width
from floorlead.widgets.grid import Cell, Column, Grid, Rows
from floorlead.widgets.line import Line, rule
from floorlead.words import _, language

PAGE = 80
CAUSES = 3
"""Causes told below the month's measures."""


def number(value: int | None) -> str:
    """A whole number, `-` where there is none."""
    return "-" if value is None else str(value)


def pair(done: int, wanted: int | None) -> str:
    """Done and wanted, `2/15`."""
    return f"{done}/{number(wanted)}"


def _cells(least: int, word: str) -> int:
    return max(least, width(word))


# -- the month


def columns() -> list[Column]:
    """Measure, target and where it stands."""
    first = max(width(_(word)) for word in MEASURE_WORDS.values())
    heads = (
        _("target"),
        _("actual"),
        _("reached"),
        _("time gone"),
        _("vs. plan"),
        _("per day"),
        _("today"),
        _("days behind"),
    )
    return [Column("", max(10, first)), *(Column(word, _cells(6, word), "right") for word in heads)]


def cells(one: Figure, pace: Pace) -> list[Cell]:
    """One measure's cells; a month that is over, or to come, has no today."""
    style = "warn" if one.cause_due else ""
    today = pair(one.today, one.today_target) if pace.running else "-"
    return [
        Cell(one.word, style), Cell(number(one.target), "bold"), Cell(str(one.actual)), Cell(in_percent(one.done)),
        Cell(in_percent(pace.time)), Cell(one.against_plan, style), Cell(one.per_day), Cell(today),
        Cell(str(one.behind) if one.target is not None else "-", style),
    ]  # fmt: skip


def measure_columns() -> list[Column]:
    """A column for each measure, wide enough for `120/140`."""
    return [Column(_(MEASURE_WORDS[name]), _cells(7, _(MEASURE_WORDS[name])), "right") for name in MEASURES]


def _pairs(done: Mapping[str, int], wanted: Mapping[str, int]) -> list[Cell]:
    return [Cell(pair(done.get(name, 0), wanted.get(name))) for name in MEASURES]


def weeks(month: Month, cells_: int) -> list[Line]:
    """The weeks below each other, the one of the day marked."""
    days = Column(_("Week"), 13)
    grid = Grid([days, Column(_("weight"), _cells(5, _("weight")), "right"), *measure_columns()],
                Rows([_week(one) for one in month.weeks]))  # fmt: skip
    here = next((n for n, one in enumerate(month.weeks) if one.first <= month.day <= one.last), -1)
    grid.cursor = here
    rows = [grid.drawn(n, grid.source.row(n), cells_, n == here) for n in range(len(month.weeks))]
    for line in rows:  # the weeks are read, not gone to
        line.pieces = [piece._replace(do="") for piece in line.pieces]
    return [rule(_("Weeks: done/wanted"), PAGE - 1), grid.head(cells_), *rows]


def _week(one: WeekPlan) -> list[Cell]:
    return [Cell(week_days(one)), Cell(f"{one.weight:g}"), *_pairs(one.actual, one.planned)]


def owed(pace: Pace, room: int) -> str:
    """What is behind for so long that a cause is owed, in at most `room` cells."""
    told = _("Behind for {days} open days: {what}. Space: the cause")
    days = max(pace.figures[name].behind for name in pace.causes_due)
    words = [_(MEASURE_WORDS[name]) for name in pace.causes_due]
    return told.format(days=days, what=as_many(words, room - width(told.format(days=days, what="")), ", "))


def causes(month: Month) -> list[Line]:
    """The last causes given; nothing where there is none."""
    told: dict[tuple[date, str, str], list[str]] = {}
    for one in month.causes:
        told.setdefault((one.day, one.cause, one.action), []).append(_(MEASURE_WORDS.get(one.measure, one.measure)))
    lines = []
    for (day, cause, action), measures in list(told.items())[:CAUSES]:
        parts = [clock.short_day(day), ", ".join(reversed(measures)) + ":", rules.cause_words(cause)]
        text = " ".join(parts) + (f"  -> {action}" if action else "")
        lines.append(Line().put("  " + cut(text, PAGE - 4).rstrip() if width(text) > PAGE - 4 else "  " + text, "dim"))
    return [rule(_("Causes given"), PAGE - 1), *lines] if lines else []


# -- days


def day_columns() -> list[Column]:
    """Day, weekday, kind, weight, measures."""
    day = 5 if language() == "zh" else 6
    kind = max(width(_(word)) for word in KINDS.values())
    weight = Column(_("weight"), _cells(5, _("weight")), "right")
    return [Column(_("day"), day), Column("", 3), Column(_("sort"), kind), weight, *measure_columns()]


class DayRows:
    """The month's days as rows."""

    def __init__(self, month: Month) -> None:
        self.month = month

    def __len__(self) -> int:
        return len(self.month.days)

    def row(self, index: int) -> Sequence[Cell]:
        """A day: done and wanted until today, then what is wanted."""
        one = self.month.days[index]
        head = [
            Cell(clock.short_day(one.day.day)),
            Cell(clock.weekday_short(one.day.day)),
            Cell(_(KINDS[one.day.kind])),
        ]
        weight = Cell(f"{one.day.weight:g}" + ("*" if one.day.own else ""), "bold" if one.day.own else "")
        return [*head, weight, *self._numbers(one)]

    def _numbers(self, one: DayPlan) -> list[Cell]:
        if one.day.day <= self.month.day or any(one.actual.values()):
            return _pairs(one.actual, one.planned)
        return [Cell(number(one.planned.get(name)), "dim") for name in MEASURES]


# -- people


def people_columns() -> list[Column]:
    """Name, share, part of the month, measures, prediction."""
    share, part = _("share"), _("here for")
    return [Column(_("name"), 12), Column(share, _cells(5, share), "right"), Column(part, _cells(4, part), "right"),
            *measure_columns(), Column(_("pred."), _cells(5, _("pred.")), "right")]  # fmt: skip


def person_cells(month: Month, one: Share, person: Person) -> list[Cell]:
    """A person's part of the month."""
    done = {name: month.done.get(name, {}).get(one.person, 0) for name in MEASURES}
    share = Cell(in_percent(one.share) + ("*" if one.set else ""), "bold" if one.set else "")
    said = [month.forecasts.get((one.person, name)) for name in FORECAST]
    predicted = "-" if said == [None, None] else "/".join(map(number, said))
    wanted = month.people.get(one.person, {})
    return [Cell(person.shown), share, Cell(in_percent(one.part)), *_pairs(done, wanted), Cell(predicted)]


def people_foot(month: Month) -> list[Cell]:
    """Everybody together; what nobody's name stands at counts here too."""
    done = {name: rules.team(month.done, name) for name in MEASURES}
    sums = [sum(n for (_who, name), n in month.forecasts.items() if name == one) for one in FORECAST]
    predicted = "/".join(map(str, sums)) if month.forecasts else "-"
    return [Cell(_("team")), Cell(""), Cell(""), *_pairs(done, month.targets), Cell(predicted)]
