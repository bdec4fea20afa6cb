"""The advice in words: its arithmetic, its order day, its trims; the same on the screen and on paper."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from floorlead import clock
from floorlead.advice.records import Advice, ColourLine, Edits, ModelLine, OrderDay, Push
from floorlead.calendar.rules import unknown_words
from floorlead.cars.records import PLACEMENT_WORDS
from floorlead.percent import percent
from floorlead.text import width
from floorlead.words import _, pick

_PLACES = {placement.value: word for placement, word in PLACEMENT_WORDS.items()}


def sum_of(model: ModelLine) -> str:
    """The last step of a model's arithmetic: `29+2-17=14`; `5-9<0` where nothing is needed."""
    waiting = f"+{model.waiting}" if model.waiting else ""
    left = model.target + model.waiting - model.available
    return f"{model.target}{waiting}-{model.available}" + (f"={left}" if left >= 0 else "<0")


def arithmetic(model: ModelLine, window: int) -> str:
    """A model's whole arithmetic in one line."""
    least = "  " + _("(at least {minimum})").format(minimum=model.minimum) if model.minimum else ""
    first = _("{sold} sold / {window} days x {days} days = {target}").format(
        sold=model.sold, window=window, days=model.target_days, target=model.target
    )
    rest = _("+ {waiting} waiting - {available} free = {need}").format(
        waiting=model.waiting, available=model.available, need=model.need
    )
    return f"{first}{least}  {rest}"


def shut(push_days: int) -> str:
    """Why a colour or a model is not ordered although it is short."""
    return _("every trim has a car older than {days} days: push first").format(days=push_days)


def of_model(model: ModelLine, advice: Advice) -> str:
    """A model's arithmetic, and why it is not ordered where every colour has to be pushed first."""
    text = arithmetic(model, advice.window)
    return text if model.advice == model.need else f"{text}  {shut(advice.push_days)}"


def of_colour(line: ColourLine, advice: Advice) -> str:
    """A colour's arithmetic: its share, its goal, what is there."""
    text = _("share {share}% of {pool} = {goal}, free {free} + on the way {coming}").format(
        share=percent(line.share), pool=pool(line, advice), goal=f"{line.goal - line.waiting:.1f}",
        free=line.free, coming=line.in_transit,
    )  # fmt: skip
    if line.waiting:
        text += ", " + _("orders waiting: {count}").format(count=line.waiting)
    return text + left_out(line, advice.push_days)


def left_out(line: ColourLine, push_days: int) -> str:
    """The trims that are left out, empty where none is."""
    if line.shut:
        return "; " + shut(push_days)
    return "; " + _("without {trims}: push first").format(trims=", ".join(line.blocked)) if line.blocked else ""


def pool(line: ColourLine, advice: Advice) -> int:
    """What a model's colours share: what is free and what is needed, the orders that wait in a colour taken off."""
    model = next(model for model in advice.models if model.model == line.model)
    return model.available + model.need - sum(other.waiting for other in advice.of(line.model))


def trims(parts: Iterable[tuple[str, int]]) -> str:
    """Trims with how many of each: `舒适版x5 旗舰版x3`."""
    return " ".join(map(_trim, parts))


def _trim(part: tuple[str, int]) -> str:
    return f"{part[0]}x{part[1]}" if part[0] else str(part[1])


def trim_lines(parts: Iterable[tuple[str, int]], cells: int) -> list[str]:
    """Trims in lines of at most `cells` cells, broken between trims only; one line at least."""
    lines = [""]
    for text in map(_trim, parts):
        longer = f"{lines[-1]} {text}".lstrip()
        if lines[-1] and width(longer) > cells:
            lines.append(text)
        else:
            lines[-1] = longer
    return lines


def spot(push: Push) -> str:
    """The spot's name where a car to push stands on one, else empty."""
    return "" if push.spot in _PLACES else push.spot


def place(push: Push) -> str:
    """Where a car to push stands: its spot, or the yard."""
    return _(_PLACES.get(push.spot, "")) or push.spot


def order_day(order: OrderDay) -> str:
    """The order day's state: today, or which day is next and what holiday moved it."""
    if order.is_order_day:
        return _("today is order day") + _moved(order)
    return _("order day {day}").format(day=_day(order.next)) + _moved(order)


def _moved(order: OrderDay) -> str:
    return _(" ({day} is a holiday)").format(day=_day(order.instead_of)) if order.instead_of else ""


def _day(day: date) -> str:
    """The day with its weekday: `10-08 周四`, `Thu 8 Oct`."""
    return pick(
        f"{clock.short_day(day)} 周{clock.weekday_short(day)}", f"{clock.weekday_short(day)} {clock.short_day(day)}"
    )


def unknown(order: OrderDay) -> str:
    """That the calendar lacks a year, empty where it does not."""
    return unknown_words(order.unknown_year) if order.unknown_year else ""


def unreasoned(edits: Edits) -> list[str]:
    """Keys of the lines whose own quantity has no reason yet."""
    return [key for key, edit in edits.items() if not edit.reason]
