"""Who counts as here: what was signed in, else the rota, else the weekly rest day, else present."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from floorlead.people.records import Person, Presence, State
from floorlead.words import pick

Planned = tuple[State, tuple[str, str]]
"""Where the rota has somebody, and the kind of leave or outing in Chinese and English."""


def presence(
    person: Person, day: date, said: tuple[State, str, str] | None, planned: Planned | None = None
) -> Presence:
    """A person's day; `said` is (state, local time, note) when somebody signed it, `planned` what the rota says."""
    if said:
        return Presence(person, *said, said=True)
    if planned:
        state, note = planned
        return Presence(person, state, "", pick(*note), said=False, planned=note)
    resting = person.rest_day is not None and person.rest_day == day.weekday()
    return Presence(person, State.REST if resting else State.PRESENT, "", "", said=False)


def counts(day: Iterable[Presence]) -> dict[State, int]:
    """How many people are in each state."""
    found = dict.fromkeys(State, 0)
    for one in day:
        found[one.state] += 1
    return found


def sign_in(late_after: str, now: str) -> State:
    """What signing in now means: `late` after the line-up time (`08:30`), which itself is still on time."""
    return State.LATE if now[:5] > late_after else State.PRESENT
