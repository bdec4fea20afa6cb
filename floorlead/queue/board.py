"""The line and its record as rows: who is next, who is with a customer and for how long, what happened when.

What lowers a turn stands beside the name; nothing is hidden from those who read along.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from floorlead import clock
from floorlead.people.records import Person
from floorlead.queue.records import KIND_WORDS, STATE_WORDS, Kind, State, Step, Turn, spoken
from floorlead.widgets.grid import Cell, Column
from floorlead.words import _, language

STYLES = {State.WAITING: "", State.SERVING: "bold", State.AWAY: "dim", State.OUT: "dim"}


def columns() -> list[Column]:
    """The line's columns."""
    state = 10 if language() == "zh" else 15
    return [
        Column("#", 2, "right"), Column(_("Name"), 14), Column(_("Where"), state), Column(_("since"), 5),
        Column(_("min"), 4, "right"), Column(_("turns"), 5, "right"), Column(_("overdue"), 9),
        Column(_("Why"), 70 - 14 - state - 25),
    ]  # fmt: skip


def cells(turn: Turn, person: Person, now: datetime, post: str) -> list[Cell]:
    """A person's row; `post` is the one they answer for just now."""
    look = "bold" if turn.place == 1 else STYLES[turn.state]
    since = turn.since[11:16] if turn.state is not State.OUT else ""
    spent = str(minutes(turn, now)) if since and turn.state is not State.AWAY else ""
    texts = (
        str(turn.place or ""), person.shown, where(turn), since, spent, str(turn.taken or "."), owed(turn),
        "  ".join(filter(None, [spoken(turn.why), post, _("trainee") if person.trainee else ""])),
    )  # fmt: skip
    return [Cell(text, look) for text in texts]


def where(turn: Turn) -> str:
    """Where somebody stands, in words: next, waiting, with a customer, away, not in line, or from when on."""
    if turn.place == 1:
        return _("next in line")
    if turn.left:
        return _("left the line")
    if turn.state is State.OUT and turn.since:
        return _("from {time}").format(time=turn.since[11:16])
    return _(STATE_WORDS[turn.state])


def minutes(turn: Turn, now: datetime) -> int:
    """Minutes since somebody stands so."""
    return max(0, int((now.replace(tzinfo=None) - datetime.fromisoformat(turn.since)).total_seconds() // 60))


def owed(turn: Turn) -> str:
    """What lowers a turn: `-1 逾期3`; only the overdue follow-ups where there was nobody to let pass."""
    if not turn.overdue:
        return ""
    told = _("{count} due").format(count=turn.overdue)
    return f"-{turn.lowered_by} {told}" if turn.lowered_by else told


def counts(turns: Sequence[Turn]) -> list[str]:
    """The line in numbers: waiting, with a customer, away, not in line."""
    found = {state: sum(one.state is state for one in turns) for state in State}
    return [f"{_(STATE_WORDS[state])} {count}" for state, count in found.items() if count or state is State.WAITING]


def in_full(turn: Turn, person: Person, now: datetime) -> str:
    """The person under the cursor in one line."""
    told = [f"{person.shown} {person.number}", where(turn)]
    if turn.state is State.SERVING:
        told[1] = _("with a customer for {minutes} min").format(minutes=minutes(turn, now))
    told.append(_("turns today {count}").format(count=turn.taken))
    if turn.lowered_by:
        words = _("{places} lower for {count} overdue follow-ups")
        told.append(words.format(places=turn.lowered_by, count=turn.overdue))
    return "   ".join([*told, spoken(turn.why)]).rstrip()


# -- the record


def record_columns() -> list[Column]:
    """The record's columns."""
    return [
        Column(_("Time"), 5),
        Column(_("Name"), 14),
        Column(_("What"), 22),
        Column(_("Why"), 20),
        Column(_("By"), 12),
    ]


def record_cells(step: Step, names: Mapping[int, Person]) -> list[Cell]:
    """One moment of the day; what nobody keyed is dim."""
    look = "" if step.by else "dim"
    person = names.get(step.person)
    texts = (
        clock.hm(step.at),
        person.shown if person else "",
        what(step),
        spoken(step.reason),
        step.by or _("by itself"),
    )
    return [Cell(text, look) for text in texts]


def what(step: Step) -> str:
    """What happened: a customer taken out of turn names the place it was taken from."""
    if step.kind is Kind.JOIN and not step.by:
        return _("signs in")
    if step.kind is Kind.SERVE and (step.place or 0) > 1:
        return _("a customer, was {place}").format(place=step.place)
    return _(KIND_WORDS[step.kind]).format(place=step.place)


def tally(taken: Mapping[int, int], names: Mapping[int, Person]) -> list[str]:
    """Turns taken by each person, the most first: `王芳 3`."""
    ranked = sorted(taken.items(), key=lambda one: -one[1])
    return [f"{names[who].shown} {count}" for who, count in ranked if who in names]
