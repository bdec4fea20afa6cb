"""What was said and done about old cars as lines to read, and what came of it."""

from __future__ import annotations

from floorlead import clock
from floorlead.ageing.records import KIND_WORDS, MOVE, TOLD, AgedCar, Announced, Announcement
from floorlead.cars.records import PLACEMENT_WORDS, Placement
from floorlead.text import width
from floorlead.words import _, pick


def of_car(one: AgedCar) -> list[str]:
    """What was said of a car, the last time first."""
    words = _("{day} {kind} at {age}d  {what}  > {since}")
    return [
        words.format(day=clock.short_day(said.day), kind=_(KIND_WORDS[said.kind]), age=said.age, what=what(said),
                     since=said.since_words())
        for said in reversed(one.announced)
    ]  # fmt: skip


def what(said: Announced) -> str:
    """Who was to push a car and for which offer; for a move where it went."""
    if said.kind == MOVE:
        return said.place or _("yard")
    owner = said.owner or (_("to be named") if said.kind in TOLD else "")
    return " ".join(filter(None, [owner, said.offer])) or "-"


def of_announcement(one: Announcement) -> list[str]:
    """An announcement: when, by whom and what, then its cars with what happened since."""
    words = _("   {car} at {age}d  {what}  > {since}")
    cars = [
        words.format(car=pick(**car.name), age=car.said.age, what=what(car.said), since=car.said.since_words())
        for car in one.cars
    ]
    return [f"{clock.short_day(one.day)} {clock.hm(one.at)} {one.by}  {_(KIND_WORDS[one.kind])}", *cars]


def brief(name: str, cells: int) -> str:
    """A name that fits: its first word whole, of the others the initial where it is too wide (Zhang Wei: Zhang W)."""
    first, *others = name.split()
    return name if width(name) <= cells or not others else " ".join([first, *(word[0] for word in others)])


def place(one: AgedCar) -> str:
    """Where the car stands, in a word as short as a spot's name."""
    if one.car.placement is Placement.AWAY:
        return _("away")
    return one.car.spot or _(PLACEMENT_WORDS[one.car.placement])
