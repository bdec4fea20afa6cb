"""What the keys of the sign-in do: a digit says where somebody is, the same digit takes it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from floorlead import settings
from floorlead.people import notes, queries, rules
from floorlead.people.records import Presence, State
from floorlead.words import _

if TYPE_CHECKING:
    from floorlead.people.screen import PeoplePage

STATES = (State.PRESENT, State.LATE, State.ABSENT, State.LEAVE, State.REST, State.OUTING)
"""The states by their digits, 1 first."""


def press(page: PeoplePage, one: Presence, key: str) -> bool:
    """Take a key for the person under the cursor."""
    if len(key) == 1 and key.isdigit() and 1 <= int(key) <= len(STATES):
        mark(page, one, STATES[int(key) - 1])
    elif key == "space":
        sign_in(page, one)
    elif key == "ctrl+a":
        rest_is_here(page)
    elif key == "enter":
        ask_why(page, one)
    else:
        return False
    return True


def mark(page: PeoplePage, one: Presence, state: State) -> None:
    """Say where a person is; the same again leaves the day unsaid."""
    store, today = page.store, page.store.today()
    if one.said and one.state is state:
        page.desk.do(lambda: queries.unsay(store, today, one.person))
    else:
        page.desk.do(lambda: queries.say(store, today, one.person, state))
    page.enter()


def sign_in(page: PeoplePage, one: Presence) -> None:
    """Space signs in whom nobody has signed yet, and goes one down; it never changes what was said."""
    name, now = one.person.shown, f"{page.desk.now():%H:%M}"
    if one.said:
        page.desk.say(_("{name} is signed already: {state}").format(name=name, state=one.words()))
    elif one.state is State.REST:
        page.desk.say(_("{name} rests today; 1 signs in all the same").format(name=name))
    else:
        mark(page, one, rules.sign_in(settings.get(page.store, "line_up"), now))
    page.press("down")


def rest_is_here(page: PeoplePage) -> None:
    """Ctrl+A: everybody still open is here."""
    if not any(not one.said and one.state is State.PRESENT for one in page.day):
        page.desk.say(_("Everybody is signed already"))
    page.desk.do(lambda: queries.rest_are_here(page.store, page.store.today()))
    page.enter()


def ask_why(page: PeoplePage, one: Presence) -> None:
    """Enter: the reason of the state, or a note; a state has to be said first."""
    if one.said:
        page.desk.open("why" if one.state in notes.QUICK else "note", {"person": one.person.id})
    else:
        page.desk.say(_("{name}: first where, with 1 to 6, then why").format(name=one.person.shown))
