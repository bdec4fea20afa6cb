"""The line as text for a screen in the hall and as JSON for other programs; nothing in it depends on who reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from floorlead.people.records import Person
from floorlead.queue import board
from floorlead.queue.records import State, Step, Turn, told
from floorlead.text import fit
from floorlead.words import _


def to_json(now: datetime, turns: Sequence[Turn], story: Sequence[Step], names: Mapping[int, Person]) -> dict[str, Any]:
    """The line at `now` with its record of the day; people by number and name, reasons in both languages."""
    first = next((one.person for one in turns if one.place == 1), None)
    return {
        "as_of": now.strftime("%Y-%m-%dT%H:%M:%S"), "next": _who(names, first),
        "turns": [_turn(one, names, now) for one in turns], "history": [_step(one, names) for one in story],
    }  # fmt: skip


def _who(names: Mapping[int, Person], ident: int | None) -> dict[str, str] | None:
    person = names.get(ident or 0)
    return {"number": person.number, "name": person.name, "name_en": person.name_en} if person else None


def _turn(one: Turn, names: Mapping[int, Person], now: datetime) -> dict[str, Any]:
    counted = one.since and one.state is not State.OUT
    return {
        "person": _who(names, one.person), "place": one.place or None, "state": one.state.value,
        "since": one.since or None, "minutes": board.minutes(one, now) if counted else None,
        "lowered_by": one.lowered_by, "overdue": one.overdue, "taken": one.taken, "why": _why(one.why),
    }  # fmt: skip


def _step(one: Step, names: Mapping[int, Person]) -> dict[str, Any]:
    return {
        "at": one.at, "person": _who(names, one.person), "kind": one.kind.value, "place": one.place,
        "reason": _why(one.reason), "by": one.by or None,
    }  # fmt: skip


def _why(reason: str) -> dict[str, str] | None:
    return told(reason) if reason else None


def as_text(turns: Sequence[Turn], names: Mapping[int, Person], now: datetime) -> str:
    """A line for each person: place, name, where, since when and why."""
    if not turns:
        return _("Nobody is on duty") + "\n"
    lines = []
    for one in turns:
        cells = [cell.text for cell in board.cells(one, names[one.person], now, "")]
        sizes = [(column.cells, column.align) for column in board.columns()]
        lines.append(" ".join(fit(text, *size) for text, size in zip(cells, sizes, strict=True)).rstrip())
    return "\n".join(lines) + "\n"
