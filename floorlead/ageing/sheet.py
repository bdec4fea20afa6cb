"""The ageing list on paper: the old cars, the stock by bucket, what is announced, and a line to sign.

One record of the day, drawn as text or PDF; the command's JSON is made of the same cars.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from floorlead import clock
from floorlead.ageing import rules, stories
from floorlead.ageing.records import AgedCar, Ageing, Announced
from floorlead.paper.model import Block, Column, Heading, Note, Paper, Sign, Table
from floorlead.record import record
from floorlead.text import numeral, width
from floorlead.words import _, language, pick

PAGE, LEAST = 80, 9
"""Cells of the paper as text, and what offer and owner take of them at least."""


@record
class AgeingSheet:
    """What the paper shows: the whole list, the cars named on it, `over` days where only older ones are, the words
    announced (`said`: when and by whom, empty while they are only proposed)."""

    ageing: Ageing
    cars: Sequence[AgedCar]
    over: int | None
    showroom: str
    by: str
    text: str = ""
    said: str = ""
    printed: str = ""
    nth: int = 0


def _none(ageing: Ageing) -> str:
    """Why the list is empty: nobody is old, or nobody is here."""
    return _("No car stands here that long.") if ageing.cars else _("No car is in stock.")


def draw(sheet: AgeingSheet) -> Paper:
    """The paper."""
    ageing = sheet.ageing
    blocks: list[Block] = [Heading(_section(1, _which(sheet), _numbers(ageing)))]
    blocks.append(_table(ageing, sheet.cars) if sheet.cars else Note(_none(ageing)))
    blocks += [Heading(_section(2, _("Stock by age"))), _buckets(ageing)]
    if sheet.text:
        said = sheet.said or _("to be announced")
        blocks += [Heading(_section(3, _("Announcement"), said)), Note(sheet.text)]
    blocks.append(Sign((_("Read out by"), _("Sales manager"), _("Remarks"))))
    head = (sheet.showroom, f"{ageing.day} {clock.weekday(ageing.day)}", _("drawn up by {name}").format(name=sheet.by))
    return Paper("ageing", language(), _("Ageing list"), head, blocks, _foot(sheet))


def _section(number: int, words: str, right: str = "") -> str:
    return f"{numeral(number)} {words}    {right}".rstrip()


def _which(sheet: AgeingSheet) -> str:
    count = len(sheet.cars)
    if sheet.over is None:
        return _("Cars on hand: {count}").format(count=count)
    return _("Over {days} days: {count} of {all}").format(days=sheet.over, count=count, all=len(sheet.ageing.cars))


def _numbers(ageing: Ageing) -> str:
    mean = rules.mean_age(ageing.cars)
    told = _("mean {mean}d  interest {day}/day at {rate}  to date {sum}")
    return told.format(
        mean="-" if mean is None else mean, day=f"{ageing.interest_per_day:,.1f}", rate=f"{ageing.apr:g}%",
        sum=f"{ageing.interest_to_date:,.0f}",
    )  # fmt: skip


def _table(ageing: Ageing, cars: Sequence[AgedCar]) -> Table:
    told = Column(_("told"), 5 if language() == "zh" else 6)
    ages = [
        Column(title, max(4, width(title)), "right")
        for title in (_("age"), pick("财务", "paid"), pick("车龄", "built"))
    ]
    sums = [Column(title, max(least, width(title)), "right") for title, least in ((_("a day"), 5), (_("to date"), 7))]
    number, tail = Column("#", max(2, len(str(len(cars)))), "right"), Column(_("tail"), 4)
    behind = [tail, ages[0], Column("", max(4, width(_("OVER"))) + 1), *ages[1:], *sums, Column(_("spot"), 5), told]
    left = PAGE - LEAST - 1 - sum(column.width + 1 for column in (number, *behind))
    name = max(width(_("Car, colour")), min(left, max(width(one.car.shown) for one in cars)))
    return Table([number, Column(_("Car, colour"), name), *behind, Column(_("Push, offer"), 0)],
                 [_row(ageing, n, one) for n, one in enumerate(cars, 1)])  # fmt: skip


def _row(ageing: Ageing, number: int, one: AgedCar) -> list[str]:
    last = one.last_told
    level = rules.level(one.bucket, ageing.thresholds) if one.bucket >= len(ageing.thresholds) else ""
    who = " ".join(filter(None, [one.owner, one.car.offer]))
    return [
        str(number), one.car.shown, one.car.tail, str(one.stock_age), level, _days(one.paid_age),
        _days(one.built_age), f"{one.interest_per_day:.1f}", f"{one.interest_to_date:,.0f}", stories.place(one),
        clock.short_day(last) if last else "-", who or "-",
    ]  # fmt: skip


def _days(age: int | None) -> str:
    return "-" if age is None else str(age)


def _buckets(ageing: Ageing) -> Table:
    """The stock by age, a column for each bucket: four lines, whatever the number of cars."""
    sums = [*rules.by_bucket(ageing), rules.total(ageing, ageing.cars, _("all"))]
    each = max(8, 64 // len(sums) - 1)
    columns = [Column("", 17), *(Column(one.name, each, "right") for one in sums), Column("", 0)]
    lines = [
        (_("count of cars"), [str(one.count) for one in sums]), (_("mean age"), [_days(one.mean) for one in sums]),
        (_("interest a day"), [f"{one.per_day:,.1f}" for one in sums]),
        (_("interest to date"), [f"{one.to_date:,.0f}" for one in sums]),
    ]  # fmt: skip
    return Table(columns, [[word, *numbers, ""] for word, numbers in lines])


def _foot(sheet: AgeingSheet) -> tuple[str, str]:
    number = _("no. {number}").format(number=f"{sheet.ageing.day:%Y%m%d}-A1")
    again = " " + _("print {nth}").format(nth=sheet.nth) if sheet.nth > 1 else ""
    return "floorlead", f"{number}{again} {sheet.printed}".strip()


def to_json(ageing: Ageing) -> dict[str, Any]:
    """The list as JSON-ready values; the fields stand in the command's help. Money is in yuan."""
    return {
        "as_of": ageing.day.isoformat(),
        "thresholds": list(ageing.thresholds),
        "apr": round(ageing.apr / 100, 8),
        "cars": [_car_json(ageing, one) for one in ageing.cars],
        "buckets": dict(zip(ageing.buckets, rules.counts(ageing), strict=True)),
        "interest_per_day": round(ageing.interest_per_day, 2),
    }


def _car_json(ageing: Ageing, one: AgedCar) -> dict[str, Any]:
    car = one.car
    return {
        "vin": car.vin, "model": car.model, "colour": car.colour, "trim": car.trim, "spot": car.spot,
        "stock_age": one.stock_age, "paid_age": one.paid_age, "built_age": one.built_age,
        "bucket": ageing.buckets[one.bucket], "interest_per_day": round(one.interest_per_day, 2),
        "interest_to_date": round(one.interest_to_date, 2), "announced": [_said_json(said) for said in one.announced],
    }  # fmt: skip


def _said_json(said: Announced) -> dict[str, Any]:
    return {
        "day": said.day.isoformat(), "kind": said.kind, "age": said.age, "owner": said.owner, "offer": said.offer,
        "by": said.by, "since": said.since_words(),
    }  # fmt: skip
