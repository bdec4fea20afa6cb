"""A stranger's problem, read liberally: what is missing takes its default, what is wrong is refused in one sentence.

Whatever this reads without refusing, every other part of the engine can work on.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from floorlead import words
from floorlead.planning.fields import BadProblem, Fields, Names, refuse
from floorlead.planning.problem import (
    KINDS,
    MEASURES,
    REST,
    Day,
    Leave,
    Need,
    Person,
    Problem,
    Rules,
    Shift,
    Slot,
    Weights,
    Wish,
)
from floorlead.planning.standing import Standing, cells_of
from floorlead.record import fields as names_of
from floorlead.words import _

LONGEST = 400
"""Days a period may span."""
PEOPLE, SHIFTS, SLOTS, OUTINGS = 500, 60, 60, 2_000
CELLS, HEADS = 20_000, 1_000_000
"""People times days, and demands times people, that are still planned."""


def read_text(text: str) -> Problem:
    """A problem from JSON text. Raises BadProblem."""
    return read(parsed(text))


def parsed(text: str) -> Any:
    """JSON's objects, all of their text such that it can be told again. Raises BadProblem."""
    try:
        told = json.loads(text, parse_constant=_no_number)
        json.dumps(told, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        broken = ascii(error.object[error.start : error.start + 1]).strip("'")
        raise BadProblem(
            _("The problem holds half a character ({broken}), which is no text").format(broken=broken)
        ) from error
    except (ValueError, RecursionError) as error:
        where = f" ({error})" if isinstance(error, json.JSONDecodeError) else ""
        raise BadProblem(_("The problem is not valid JSON{where}").format(where=where)) from error
    return told


def _no_number(name: str) -> float:
    """NaN and Infinity are no JSON."""
    raise BadProblem(_("The problem is not valid JSON{where}").format(where=f" ({name})"))


def read(told: Any) -> Problem:
    """A problem from JSON's objects, in the order and with the names that came. Raises BadProblem."""
    top = Fields(told, "")
    if top.told.get("lang") in words.LANGUAGES:
        words.use(top.told["lang"])
    days, given = _days(top)
    shifts = _shifts(top)
    who, codes = Names("people"), Names("shifts")
    for shift in shifts:
        codes.add(shift.code, "shifts")
    people = _people(top, who, codes)
    _not_too_large(len(people), len(days))
    period = days[0].date, days[-1].date
    slots, needs = _slots(top), _needs(top, "demand", period, HEADS // max(1, len(people)))
    stand = Standing(top, who, codes, slots, {one.group for one in people if one.group is not None}, period)
    return Problem(
        days, people, shifts, slots, needs, _leave(top, who, period),
        cells_of(top.each("locks"), who, codes, period), cells_of(top.each("forbid"), who, codes, period),
        _wishes(top, who, codes, period), _needs(top, "outings", period, OUTINGS), _training(top, period), _trained(top),
        _rules(top), _weights(top), top.number("seconds", 60.0, 0.1, 10**6), words.language(),
        stand.repair(), top.day("frozen_before", needed=False), stand.rota(), given,
    )  # fmt: skip


def _days(top: Fields) -> tuple[tuple[Day, ...], tuple[int, ...]]:
    top.needed("days")
    found: dict[date, Day] = {}
    for one in top.each("days"):
        day = one.date()
        kind = one.text("kind", "weekend" if day.weekday() >= 5 else "work")
        if kind not in KINDS:
            raise refuse(one.name("kind"), _("one of {names}").format(names=", ".join(KINDS)), kind)
        if day in found:
            raise BadProblem(_("{field} names {value} a second time").format(field=one.name("date"), value=day))
        found[day] = Day(day, kind)
    if not found:
        raise BadProblem(_("{field} must not be empty").format(field="days"))
    first, last = min(found), max(found)
    if (last - first).days >= LONGEST:
        raise BadProblem(_("days must not span more than {days} days").format(days=LONGEST))
    whole = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return (
        tuple(found.get(day) or Day(day, "closed") for day in whole),
        tuple(n for n, day in enumerate(whole) if day in found),
    )


def _not_too_large(people: int, days: int) -> None:
    if people * days > CELLS:
        told = _("{people} people on {days} days are too many: people times days may be {most}")
        raise BadProblem(told.format(people=people, days=days, most=CELLS))


def _shifts(top: Fields) -> tuple[Shift, ...]:
    top.needed("shifts")
    shifts = []
    for one in top.each("shifts", SHIFTS):
        start, end = _span(one)
        late = one.flag("late", False) if one.has("late") else None
        code = one.text("code", None)
        if code in ("", REST):
            raise refuse(one.name("code"), _("a code other than {rest}").format(rest=REST), code)
        shifts.append(Shift(code, start, end, one.whole("paid", end - start, 0, 1440), late, one.text("name")))
    if not shifts:
        raise BadProblem(_("{field} must not be empty").format(field="shifts"))
    return tuple(shifts)


def _slots(top: Fields) -> tuple[Slot, ...]:
    slots, seen = [], Names("slots")
    for one in top.each("slots", SLOTS):
        code = one.text("code", None)
        seen.add(code, one.name("code"))
        slots.append(Slot(code, *_span(one)))
    return tuple(slots)


def _span(one: Fields) -> tuple[int, int]:
    start, end = one.minute("start"), one.minute("end")
    if start >= end:
        raise BadProblem(_("{field} must lie after {start}").format(field=one.name("end"), start=one.name("start")))
    return start, end


def _people(top: Fields, who: Names, codes: Names) -> tuple[Person, ...]:
    top.needed("people")
    people = []
    for one in top.each("people", PEOPLE):
        ident = one.ident("id")
        who.add(ident, one.name("id"))
        people.append(_person(one, ident, codes))
    return tuple(people)


def _person(one: Fields, ident: Any, codes: Names) -> Person:
    history, done = one.inner("history"), one.inner("week_done")
    last = one.text("last_shift")
    return Person(
        ident, one.ident("group") if one.has("group") else None, one.flag("desk", True), one.flag("outing", True),
        one.whole("week_minutes") if one.has("week_minutes") else None, one.whole("streak"),
        one.day("joined", needed=False), one.day("left", needed=False),
        {name: history.whole(name) for name in MEASURES if history.has(name)},
        last if last in codes.known else None,
        (done.whole("minutes"), done.whole("rests")) if done.told else None,
        one.whole("month_overtime"), one.text("name"),
    )  # fmt: skip


def _needs(top: Fields, key: str, period: tuple[date, date], most: int) -> tuple[Need, ...]:
    found = [Need(one.date(), *_span(one), one.whole("heads", 1)) for one in top.each(key, most)]
    # outings keep their positions: the rota names them by these
    return tuple(need for need in found if key == "outings" or period[0] <= need.date <= period[1])


def _leave(top: Fields, who: Names, period: tuple[date, date]) -> tuple[Leave, ...]:
    leave = []
    for one in top.each("leave"):
        half = one.text("half")
        if half not in ("", "am", "pm"):
            raise refuse(one.name("half"), _("one of {names}").format(names="am, pm"), half)
        leave.append(Leave(who.find(one, "person"), one.date(), half))
    return tuple(one for one in leave if period[0] <= one.date <= period[1])


def _wishes(top: Fields, who: Names, codes: Names, period: tuple[date, date]) -> tuple[Wish, ...]:
    default = _weights(top).wish
    found = [
        Wish(who.find(one, "person"), one.date(), codes.shift(one), one.number("weight", default, -(10**6)))
        for one in top.each("wishes")
    ]
    return tuple(wish for wish in found if period[0] <= wish.date <= period[1])


def _training(top: Fields, period: tuple[date, date]) -> tuple[date, ...]:
    return tuple(sorted({d for one in top.each("training") if period[0] <= (d := one.date()) <= period[1]}))


def _trained(top: Fields) -> tuple[tuple[Any, int], ...]:
    counts = top.inner("trained")
    return tuple((group, counts.whole(group)) for group in counts.told)


def _rules(top: Fields) -> Rules:
    one, default = top.inner("rules"), Rules()
    values: dict[str, Any] = {
        name: one.whole(name, getattr(default, name))
        for name in names_of(Rules)
        if name not in ("hours_between", "history_from", "noon")
    }
    return Rules(
        **values, hours_between=one.number("hours_between", default.hours_between, 0, 48),
        history_from=one.day("history_from", needed=False), noon=one.minute("noon", default.noon),
    )  # fmt: skip


def _weights(top: Fields) -> Weights:
    one, default = top.inner("weights"), Weights()
    return Weights(**{name: one.number(name, getattr(default, name)) for name in names_of(Weights)})
