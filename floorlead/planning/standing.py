"""A rota that a stranger's problem tells: one that stands, is to be checked, or is to be repaired.

Nothing in it is left out silently: who, which slot, which outing it names must be there, and nothing stands twice.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from floorlead.planning.fields import BadProblem, Fields, Names, moment
from floorlead.planning.problem import Cell, Desk, Id, Repair, Slot
from floorlead.words import _

Period = tuple[date, date]


def cells_of(listed: list[Fields], who: Names, codes: Names, period: Period) -> tuple[Cell, ...]:
    """Cells of the period: a person, a day, a shift or `-`. Raises BadProblem."""
    found = [Cell(who.find(one, "person"), one.date(), codes.shift(one)) for one in listed]
    return tuple(one for one in found if period[0] <= one.date <= period[1])


class Standing:
    """Reads the problem's `rota` and `repair` with the names that the rest of the problem gives."""

    def __init__(
        self, top: Fields, who: Names, codes: Names, slots: Collection[Slot], groups: Collection[Id], period: Period
    ) -> None:
        self.top, self.who, self.codes, self.period = top, who, codes, period
        self.slots, self.groups = Names("slots"), Names("people[].group")
        for slot in slots:
            self.slots.add(slot.code, "slots")
        for group in groups:
            self.groups.known.setdefault(str(group), group)

    def rota(self) -> Repair | None:
        """The field `rota`; None where there is none."""
        if not self.top.has("rota"):
            return None
        return self._told(self.top.inner("rota"), (), self.period[0], 0)

    def repair(self) -> Repair | None:
        """The field `repair`; None where there is none."""
        if not self.top.has("repair"):
            return None
        one = self.top.inner("repair")
        one.needed("rota")
        absent = tuple((self.who.find(each, "person"), each.date()) for each in one.each("absent"))
        first = min((day for _who, day in absent), default=self.period[0])
        now = moment(one.told["now"], one.name("now")) if one.has("now") else (first, 0)
        return self._told(one.inner("rota"), absent, *now)

    def _told(self, one: Fields, absent: tuple[tuple[Id, date], ...], day: date, minute: int) -> Repair:
        cells = one.each("cells")
        found = cells_of(cells, self.who, self.codes, (date.min, date.max))
        _once(cells, [(cell.person, cell.date) for cell in found])
        inside = tuple(cell for cell in found if self.period[0] <= cell.date <= self.period[1])
        return Repair(inside, self._desk(one), absent, day, minute, self._training(one), self._outings(one))

    def _desk(self, one: Fields) -> tuple[Desk, ...]:
        listed = one.each("desk")
        found = [
            Desk(each.date(), str(self.slots.find(each, "slot")), self._who(each, "holder"), self._who(each, "substitute"))
            for each in listed
        ]  # fmt: skip
        _once(listed, [(desk.date, desk.slot) for desk in found])
        return tuple(found)

    def _who(self, one: Fields, key: str) -> Id | None:
        return self.who.find(one, key) if one.has(key) else None

    def _training(self, one: Fields) -> tuple[tuple[date, Id], ...]:
        listed = one.each("training")
        found = [(each.date(), self.groups.find(each, "group")) for each in listed]
        _once(listed, [day for day, _group in found])
        return tuple(found)

    def _outings(self, one: Fields) -> tuple[tuple[int, tuple[Id, ...]], ...]:
        listed = one.each("outings")
        most = len(self.top.each("outings")) - 1
        found = []
        for place, each in enumerate(listed):
            index = each.whole("outing", place)
            if index > most:
                told = _("{field} names {value}, which is not in {list}")
                raise BadProblem(told.format(field=each.name("outing"), value=index, list="outings"))
            found.append((index, self._people(each)))
        _once(listed, [index for index, _people in found])
        return tuple(found)

    def _people(self, one: Fields) -> tuple[Id, ...]:
        value = one.told.get("people")
        named = [Fields({"people": who}, one.where) for who in value] if isinstance(value, list) else []
        found = tuple(self.who.find(each, "people") for each in named)
        _once([one] * len(found), list(found))
        return found


def _once(listed: list[Fields], keys: list[Any]) -> None:
    """Refuse what is told a second time."""
    seen: dict[Any, str] = {}
    for one, key in zip(listed, keys, strict=True):
        if key in seen:
            told = _("{field} tells what {before} tells already")
            raise BadProblem(told.format(field=one.where, before=seen[key]))
        seen[key] = one.where
