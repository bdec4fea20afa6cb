"""The age list and its summary as lines: every car with its bar, one car in full below, or all in a matrix.

Rows are drawn when they are in sight, so that a long list costs what is seen of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from floorlead import clock
from floorlead.ageing import rules, stories
from floorlead.ageing.records import AgedCar, Ageing
from floorlead.text import width, wrap
from floorlead.widgets.grid import Cell, Column
from floorlead.widgets.line import Line, rule
from floorlead.words import _, language

PAGE = 80
PANEL = 6
"""Lines below the list that tell the car under the cursor in full."""
TOLD_SHOWN = 2
STYLES = ("bad", "late", "bold", "dim")
"""How the words from OVER to NOTE look."""


def money(value: float) -> str:
    """Yuan with thousands apart, cents rounded to tens: 1,234.5."""
    return f"{value:,.1f}"


def percent(ageing: Ageing) -> str:
    """The yearly rate: 5%, 5.25%."""
    return f"{ageing.apr:g}%"


def day_cells() -> int:
    """Cells of a day such as 11-24 or 24 Nov."""
    return 5 if language() == "zh" else 6


def columns(ageing: Ageing) -> list[Column]:
    """The list's columns for a day's cars: ages with more digits take more cells from the last column."""
    oldest = ageing.cars[0].stock_age if ageing.cars else 0
    head = [
        Column("", 1), Column("#", max(2, len(str(len(ageing.cars)))), "right"),
        Column(_("Car, colour"), 12), Column(_("tail"), 4), Column(_("age"), max(width(_("age")), 3, len(str(oldest))), "right"),
        Column("", 5 if language() == "en" else 4),
        Column(_("1 cell = {days} days").format(days=rules.DAYS_A_CELL), rules.LONGEST_BAR),
        Column(_("told"), day_cells()), Column(_("n"), 2, "right"), Column(_("spot"), 4),
    ]  # fmt: skip
    left = PAGE - 2 - sum(column.cells + 1 for column in head)
    return [*head, Column(_("Push, offer"), left)]


class CarRows:
    """The cars shown, as rows that are made when they are in sight."""

    def __init__(self, ageing: Ageing, cars: Sequence[AgedCar], picked: set[int]) -> None:
        self.ageing = ageing
        self.cars = cars
        self.picked = picked

    def __len__(self) -> int:
        return len(self.cars)

    def row(self, index: int) -> Sequence[Cell]:
        """One car's cells."""
        one = self.cars[index]
        word = rules.level(one.bucket, self.ageing.thresholds)
        look = STYLES[min(len(self.ageing.thresholds) - one.bucket, len(STYLES) - 1)] if word else ""
        last = one.last_told
        pick_ = f"pick:{index}"
        return (
            Cell("*" if one.id in self.picked else "", "bold", pick_), Cell(str(index + 1), "", pick_),
            Cell(one.car.shown), Cell(one.car.tail), Cell(str(one.stock_age)), Cell(word, look),
            Cell(rules.bar(one.stock_age)), Cell(clock.short_day(last) if last else "-"), Cell(str(len(one.told))),
            Cell(stories.place(one)), Cell(self._push(one)),
        )  # fmt: skip

    def _push(self, one: AgedCar) -> str:
        """The offer and who pushes the car; a keeper whom nobody has named for it yet stands in brackets."""
        if not one.owner:
            return one.car.offer or "-"
        room = columns(self.ageing)[-1].cells
        if one.owner_id == one.car.push_id:
            taken = width(f"{one.car.offer} ") if one.car.offer else 0
            return f"{one.car.offer} {stories.brief(one.owner, room - taken)}".strip()
        return f"{one.car.offer} ({stories.brief(one.owner, room - 2)})".strip()


def panel(ageing: Ageing, one: AgedCar) -> list[Line]:
    """A car in full: number, ages, interest, who pushes it, what was announced and what happened since."""
    car = one.car
    head = rule("  ".join(filter(None, [f"{car.shown} {car.tail}", car.trim, car.vin])), PAGE - 1, _where(one))
    return [head, Line().put(_ages(one)), Line().put(_costs(ageing, one)), Line().put(_push(one)), *_told(one)]


def _where(one: AgedCar) -> str:
    return one.car.place_words()


def _ages(one: AgedCar) -> str:
    """Each age with the day that it counts from."""
    parts = []
    for word, age, day in (
        (_("in stock"), one.stock_age, one.car.arrived_on), (_("paid"), one.paid_age, one.car.paid_on),
        (_("built"), one.built_age, one.car.built_on),
    ):  # fmt: skip
        parts.append(_("{what} {age}d ({day})").format(what=word, age=age, day=day) if day else f"{word} -")
    return " " + "  ".join(parts)


def _costs(ageing: Ageing, one: AgedCar) -> str:
    cost = f"{one.car.cost:,}" if one.car.cost is not None else "-"
    told = _("cost {cost}   interest a day {day}, to date {sum}   {rate} a year, {free} days free")
    return " " + told.format(
        cost=cost, day=money(one.interest_per_day), sum=money(one.interest_to_date), rate=percent(ageing),
        free=one.car.free_days,
    )  # fmt: skip


def _push(one: AgedCar) -> str:
    owner = one.owner or _("to be named")
    if one.owner_id and one.owner_id != one.car.push_id:
        owner = _("{name} (keeper of the spot)").format(name=one.owner)
    return " " + _("push: {owner}   offer: {offer}").format(owner=owner, offer=one.car.offer or "-")


def _told(one: AgedCar) -> list[Line]:
    if not one.announced:
        return [Line().put(" " + _("not announced yet"), "dim")]
    return [Line().put(" " + said) for said in stories.of_car(one)[:TOLD_SHOWN]]


def title(ageing: Ageing, word: str, chosen: int, picked: int) -> Line:
    """The filters with their counts, how many are picked, the mean age and what all of it costs a day."""
    line = _title(ageing, word, chosen, picked, bounds=True)
    return line if line.cells < PAGE else _title(ageing, word, chosen, picked, bounds=False)


def _title(ageing: Ageing, word: str, chosen: int, picked: int, *, bounds: bool) -> Line:
    line = Line().put(f" {word} ", "title", "key:f4")
    for step in range(steps(ageing)):
        text = f"{_filter(ageing, step, bounds)} {len(rules.above(ageing, step))}"
        here = step == chosen
        line.put(f"[{text}]" if here else f" {text} ", "chip" if here else "", f"filter:{step}")
    mean = rules.mean_age(ageing.cars)
    told = [_("{count} picked").format(count=picked)] if picked else []
    told += [_("mean {days}d").format(days="-" if mean is None else mean)]
    told += [_("{money}/d").format(money=f"{ageing.interest_per_day:,.0f}"), percent(ageing)]
    return line.put(" " + " ".join(told))


def steps(ageing: Ageing) -> int:
    """How many filters there are: all, and above each threshold but the first."""
    return max(2, min(4, len(ageing.thresholds)))


def _filter(ageing: Ageing, step: int, bounds: bool = True) -> str:
    if not step:
        return _("all")
    word = rules.level(len(ageing.thresholds) + 1 - step, ageing.thresholds)
    bound = f">{ageing.thresholds[-step]}"
    return f"{word}{bound}" if bounds else bound


def nothing(ageing: Ageing, step: int) -> list[Line]:
    """What would be here."""
    if not ageing.cars:
        told = _("Ageing    no car is in stock yet.   ^K imports a list, F5 Tab Tab Ins enters one")
    else:
        oldest = ageing.cars[0]
        told = _("{what}    no car is over {days} days.   The oldest: {car}, {age} days").format(
            what=rules.level(len(ageing.thresholds) + 1 - step, ageing.thresholds),
            days=ageing.thresholds[-step], car=oldest.name, age=oldest.stock_age,
        )  # fmt: skip
    return [Line(), *(Line().put("   " + part) for part in wrap(told, PAGE - 6))]


# -- the summary


def summary_columns(ageing: Ageing) -> list[Column]:
    """Model, buckets, all, mean age, interest a day and to date; the model's name takes what is left."""
    dearest = [max(f"{one.per_day:,.0f}", f"{one.to_date:,.0f}", key=width) for one in rules.by_bucket(ageing)]
    each = [max(5, width(name), width(sum_)) for name, sum_ in zip(ageing.buckets, dearest, strict=True)]
    to_date = max(8, width(f"{ageing.interest_to_date:,.0f}"))
    right = [
        *(Column(name, cells, "right") for name, cells in zip(ageing.buckets, each, strict=True)),
        Column(_("all"), 4, "right"), Column(_("mean"), 4, "right"),
        Column(_("a day"), max(7, width(money(ageing.interest_per_day))), "right"),
        Column(_("to date"), to_date, "right"),
    ]  # fmt: skip
    left = PAGE - 4 - sum(column.cells + 1 for column in right)
    return [Column(_("Model"), max(8, min(16, left))), *right]


def sum_cells(one: rules.Sum) -> list[Cell]:
    """A model's numbers; a nought is a dot."""
    counts = [Cell(str(count) if count else ".", "" if count else "dim") for count in one.buckets]
    mean = Cell("-" if one.mean is None else str(one.mean))
    return [Cell(one.name), *counts, Cell(str(one.count)), mean, Cell(money(one.per_day)), Cell(f"{one.to_date:,.0f}")]


def summary_feet(ageing: Ageing) -> list[list[Cell]]:
    """All models together, then mean age and interest of each bucket."""
    whole, buckets = rules.total(ageing, ageing.cars, _("all")), rules.by_bucket(ageing)
    mean = [Cell(_("mean age")), *(Cell("-" if one.mean is None else str(one.mean)) for one in buckets)]
    day = [Cell(_("a day")), *(Cell(f"{one.per_day:,.0f}") for one in buckets)]
    to_date = [Cell(_("to date")), *(Cell(f"{one.to_date:,.0f}") for one in buckets)]
    return [sum_cells(whole), mean, day, to_date]


def explains(ageing: Ageing, early: int) -> str:
    """What the numbers mean, or what is wrong with the clock."""
    if early:
        return _("The clock stands before an arrival; cars that count as arrived today: {count}").format(count=early)
    return _("* picked  (name) keeper of the spot") + "  " + _("days since arrival; a move keeps them")
