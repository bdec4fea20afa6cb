"""Who counts as here: what was signed in, else the weekly rest day, else present."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from floorlead.people.records import Person, Presence, State


def presence(person: Person, day: date, said: tuple[State, str, str] | None) -> Presence:
    """A person's day; `said` is (state, local time, note) when somebody signed it."""
    if said:
        return Presence(person, *said, said=True)
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
