"""How leave is said: kind, reason and days for the log in both languages, what granting means in lines, what is kept.

What is kept with a leave is JSON in its note; a note that is none is plain words.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from floorlead import clock
from floorlead.calendar.rules import unknown_words
from floorlead.duty.records import HALVES, Book, Shift, band
from floorlead.leave.records import BROKEN, DESK, Kept, Moved, Pair, Review, StandIn, Staying
from floorlead.store import Refused
from floorlead.text import clean, fold
from floorlead.words import _, both, pick

if TYPE_CHECKING:
    from floorlead.duty.records import Leave
    from floorlead.people.records import Person

Names = Mapping[int, dict[str, str]]
"""Names in both languages by person's id."""
Told = tuple[str, str]
"""A line and its style: `warn` for what the house does not want, `dim` for what is only good to know."""
_WEEK = "一二三四五六日"


def names_of(people: Iterable[Person]) -> dict[int, dict[str, str]]:
    """Everybody's name in both languages."""
    return {one.id: {"zh": one.name, "en": one.name_en or one.name} for one in people}


def said(words: Mapping[str, str]) -> str:
    """Words in both languages in the one spoken now."""
    return pick(words["zh"], words["en"])


def who(names: Names, ident: int | None) -> dict[str, str]:
    """A name; nobody is the leader, to whom a post falls back."""
    return names.get(ident, both("leader")) if ident is not None else both("leader")


def seat(names: Names, ident: int | None, place: int) -> str:
    """Who sits in a slot as holder (0) or substitute (1); an empty holder's seat is the leader's."""
    if ident is None and place:
        return _("nobody")
    return said(who(names, ident))


def kind(book: Book, code: str) -> dict[str, str]:
    """A kind of leave; a code that the file no longer has stands for itself."""
    shift = book.shift(code)
    return shift.both() if shift else {"zh": code, "en": code}


def short_kind(shift: Shift) -> str:
    """A kind of leave where room is short: without the words that every kind shares."""
    return shift.shown.removesuffix(" leave").removeprefix("time off ")


def reason(book: Book, code: str, text: str) -> dict[str, str]:
    """A reason; one of the usual ones says the same in both languages."""
    shift = book.shift(code)
    pair = next((one for one in (shift.reasons if shift else ()) if text in one), (text, text))
    return {"zh": pair[0], "en": pair[1]}


def what(book: Book, leave: Leave) -> dict[str, str]:
    """Kind and reason: 事假(家事)."""
    named, why = kind(book, leave.kind), reason(book, leave.kind, leave.reason)
    tail = {"zh": f"({why['zh']})", "en": f" ({why['en']})"} if leave.reason else {"zh": "", "en": ""}
    return {code: named[code] + tail[code] for code in named}


def day_words(day: date) -> dict[str, str]:
    """A day with its weekday: 11-25三, Wed 25 Nov."""
    return {"zh": f"{day:%m-%d}{_WEEK[day.weekday()]}", "en": f"{day:%a} {day.day} {day:%b}"}


def span(first: date, last: date, half: str = "") -> dict[str, str]:
    """A leave's days: 11-25三上午, 11-25三至11-27五; Wed 25 Nov morning, 25 Nov - 3 Dec."""
    one, other = day_words(first), day_words(last)
    if first == last:
        part = both(HALVES[half]) if half else {"zh": "", "en": ""}
        return {"zh": one["zh"] + part["zh"], "en": f"{one['en']} {part['en']}".rstrip()}
    return {"zh": f"{one['zh']}至{other['zh']}", "en": f"{first.day} {first:%b} - {last.day} {last:%b}"}


def of(leave: Leave) -> dict[str, str]:
    """The days of a leave."""
    return span(leave.first, leave.last, leave.half)


def joined(parts: Sequence[dict[str, str]], before: str = "; ") -> dict[str, str]:
    """Several pieces for the end of a log line, nothing for none."""
    return {code: before + ", ".join(part[code] for part in parts) if parts else "" for code in ("zh", "en")}


def stand_ins(made: Iterable[StandIn], names: Names, *, days: bool) -> dict[str, str]:
    """Who stands in, for the log: `; 前台 9-11 杨帆`; with the day where the leave has several."""
    parts = []
    for one in made:
        slot, taker, day = one.slot.both(), who(names, one.taker), day_words(one.day)
        if one.holds:
            parts.append({c: f"{day[c] + ' ' if days else ''}{slot[c]} {taker[c]}" for c in ("zh", "en")})
    return joined(parts)


def day_in(typed: str, today: date, empty: date | None = None) -> date:
    """A day as people type it; one without a year that is long gone is of the next year. Raises Refused."""
    text = clean(fold(typed), 20)
    if not text and empty is not None:
        return empty
    try:
        found = clock.parse_day(text, today)
        gone = (today - found).days > 180 and str(found.year) not in text and text[:1] not in "+-"
        return clock.parse_day(text, date(today.year + 1, 1, 1)) if gone else found
    except ValueError as error:
        raise Refused("E238", str(error)) from error


# -- what granting means, line by line


def lines(review: Review, names: Names) -> list[Told]:
    """What granting would mean but for the slots: who stays, what is left, what stands against it."""
    found: list[Told] = [(_overlap(one), "error") for one in review.overlaps]
    found += _staying(review) + _balances(review)
    found += [(_("closed to leave: {name}").format(name=name), "warn") for name in review.closed]
    found += [(_("holiday: {name}, the showroom's busiest days").format(name=name), "warn") for name in review.holidays]
    found += [(unknown_words(year), "warn") for year in review.unknown_years]
    if review.published:
        days = pick("、", ", ").join(said(day_words(day)) for day in review.published[:3])
        found.append((_("published already: {days}; print the rota again").format(days=days), "warn"))
    if review.sent_out:
        days = pick("、", ", ").join(said(day_words(day)) for day in review.sent_out[:3])
        found.append((_("counted on for an outing: {days}; send somebody else").format(days=days), "warn"))
    if review.late:
        found.append((_("recorded late: the days before today stay as they were kept"), "warn"))
    appointments = [
        " ".join(filter(None, (said(day_words(date.fromisoformat(at[:10]))), at[11:16], text, customer)))
        for at, text, customer in review.appointments
    ]
    return found + [(_("own appointment: {words}").format(words=words), "warn") for words in appointments[:3]]


def _overlap(one: Leave) -> str:
    word = _("granted") if one.state == "granted" else _("asked for")
    return _("leave already: {days} ({state})").format(days=said(of(one)), state=word)


def worst(review: Review) -> Staying | None:
    """The band in which most people are missing; the first one of equals, None when nobody is counted."""
    counted = [one for one in review.staying if one.after < one.before] or list(review.staying)
    return min(counted, key=lambda one: (one.after - one.wanted, one.day), default=None)


def _staying(review: Review) -> list[Told]:
    one = worst(review)
    if one is None:
        return []
    day = "" if review.leave.first == review.leave.last else said(day_words(one.day)) + " "
    words = _("{day}{band} at work {before} -> {after}, wanted {wanted}")
    shown = half_or_band(one.starts, one.ends)
    told = words.format(day=day, band=shown, before=one.before, after=one.after, wanted=one.wanted)
    return [(told, "warn" if one.short else "")]


def half_or_band(starts: int, ends: int) -> str:
    """A band in short; the two halves of a day by name."""
    if starts == 0:
        return _("morning") if ends < 2880 else _("whole day")
    return _("afternoon") if ends == 2880 else band(starts, ends)


def _balances(review: Review) -> list[Told]:
    found = []
    for one, cost in zip(review.balances, review.costs, strict=True):
        if one.left is None:
            words = _("{year}: taken {taken:g} d, this takes {cost:g}").format(
                year=one.year, taken=one.taken, cost=cost
            )
        else:
            words = _("{year}: {left:g} of {allowance:g} d left, this takes {cost:g}").format(
                year=one.year, left=one.left, allowance=one.allowance, cost=cost
            )
        found.append((words, "warn" if one.left is not None and cost > one.left else ""))
    return found


def slot_words(one: StandIn, names: Names, *, day: bool) -> str:
    """A slot with who steps up: `9-11 holder -> Yang Fan, then Wang Fang`."""
    head = f"{said(day_words(one.day))} " if day else ""
    place = f"{head}{pick(one.slot.post.zh, one.slot.post.en)} {one.slot.shown}"
    if not one.holds:
        name = said(names[one.taker]) if one.taker in names and one.taker is not None else _("nobody")
        return _("{slot} (substitute) -> {name}").format(slot=place, name=name)
    if one.taker is None:
        return _("{slot} -> nobody can: falls to the leader").format(slot=place)
    named = _("the named substitute") if one.taker == one.was[1] else ""
    name = said(names[one.taker]) + (f" ({named})" if named else "")
    behind = one.then[1]
    if behind is None:
        return _("{slot} -> {name}, no substitute left").format(slot=place, name=name)
    return _("{slot} -> {name}, substitute {other}").format(slot=place, name=name, other=said(names[behind]))


def refusal(review: Review, codes: Sequence[str], names: Names) -> str:
    """Why granting breaks the rules of the house, as one sentence."""
    one = worst(review)
    told = []
    for code in codes:
        word = _(BROKEN[code])
        if code == "heads" and one is not None:
            word = _("only {after} stay ({band}), {wanted} are wanted").format(
                after=one.after, band=half_or_band(one.starts, one.ends), wanted=one.wanted
            )
        elif code == "closed":
            word = _("closed to leave: {name}").format(name=", ".join(review.closed))
        elif code == DESK:
            bare = [slot.slot.shown for slot in review.stand_ins if slot.holds and slot.taker is None]
            word = _("nobody can hold the desk {bands}").format(bands=", ".join(bare))
        told.append(word)
    return pick("；", "; ").join(told)


# -- what is kept with a leave


def written(kept: Kept) -> str:
    """What is kept, as the note of a leave or an outing; nothing for nothing."""
    if kept == Kept():
        return ""
    if not kept.desk and not kept.broken and not kept.said.startswith("{"):
        return kept.said
    desk = [
        [one.day.isoformat(), one.slot, list(one.was), list(one.then), *([one.since] if one.since is not None else [])]
        for one in kept.desk
    ]
    value = {"said": kept.said, "desk": desk, "broken": list(kept.broken)}
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def read(note: str) -> Kept:
    """What was kept; a note of any other shape is words."""
    try:
        value: Any = json.loads(note)
        desk = tuple(
            Moved(date.fromisoformat(day), str(slot), _pair(was), _pair(then), *(int(one) for one in since[:1]))
            for day, slot, was, then, *since in value["desk"]
        )
        return Kept(str(value["said"]), desk, tuple(str(one) for one in value["broken"]))
    except (ValueError, KeyError, TypeError):
        return Kept(said=note)


def _pair(value: Any) -> Pair:
    one, other = (None if ident is None else int(ident) for ident in value)
    return one, other


def moved(made: Iterable[StandIn]) -> tuple[Moved, ...]:
    """What is kept of the slots that somebody takes over."""
    return tuple(
        Moved(one.day, one.slot.code, one.was, one.then, one.since)
        for one in made if one.was != one.then and (one.since is None or one.taker is not None)
    )  # fmt: skip


def first_overlap(found: Sequence[Leave]) -> str:
    """Why a second leave over the same half day is refused, naming the first."""
    one = found[0]
    days = said(of(one))
    word = _("granted") if one.state == "granted" else _("asked for")
    return _("There is leave over {days} already ({state}); withdraw it first or take the other half").format(
        days=days, state=word
    )
