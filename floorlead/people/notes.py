"""The usual reasons why somebody is away, picked by a digit.

Picked in one language and read in the other they say the same; what was typed stays as it was typed.
"""

from __future__ import annotations

from functools import lru_cache

from floorlead.people.records import State
from floorlead.words import N_, _, both

QUICK = {
    State.LEAVE: (N_("personal"), N_("sick"), N_("annual")),
    State.OUTING: (N_("leafleting"), N_("roadshow"), N_("business")),
}
"""The usual reasons of a state, as messages; the first one on digit 1."""


@lru_cache(maxsize=1)
def _messages() -> dict[str, str]:
    every = [message for reasons in QUICK.values() for message in reasons]
    return {spoken: message for message in every for spoken in (message, *both(message).values())}


def spoken(note: str) -> str:
    """The note in the language spoken now."""
    return _(_messages().get(note, "")) or note


def told(note: str) -> str | dict[str, str]:
    """The note for the log, which is read in either language."""
    return both(_messages()[note]) if note in _messages() else note
