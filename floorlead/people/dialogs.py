"""The boxes over the people: why somebody is away, when a late one came, and a person's record."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from floorlead import clock
from floorlead.people import notes, queries
from floorlead.people.records import ROLE_WORDS, STATE_WORDS, Person, Presence, Role, State
from floorlead.people.rows import weekday
from floorlead.record import replace
from floorlead.store import Refused
from floorlead.text import clean, fold
from floorlead.widgets.choose import Entry, Form
from floorlead.widgets.line import Line
from floorlead.widgets.ownwords import WordsInForm
from floorlead.widgets.page import Dialog, Page
from floorlead.words import N_, _, pick

if TYPE_CHECKING:
    from floorlead.people.screen import PeoplePage
    from floorlead.widgets.desk import Desk

_TIME = re.compile(r"([01]?\d|2[0-3]):?([0-5]\d)")
DAY = N_("such as 2026-11-23")
YES, NO = "yes", "no"
LAST = 10**6


class OnDay(Dialog):
    """A dialog about one person's day; `args` holds the person's id."""

    _known: Presence | None = None

    @property
    def one(self) -> Presence:
        """The person's day as it stands now, or as it was last known. Raises KeyError for nobody."""
        page = cast("PeoplePage", self.page)
        if not page.day:
            page.enter()
        found = next((one for one in page.day if one.person.id == self.args["person"]), self._known)
        if found is None:
            raise KeyError(self.args["person"])
        self._known = found
        return found

    def alive(self) -> bool:
        page = cast("PeoplePage", self.page)
        if not page.day:
            page.enter()
        return any(one.person.id == self.args["person"] for one in page.day)

    def heading(self) -> str:
        """Who, and where."""
        return f"{self.one.person.shown}  {_(STATE_WORDS[self.one.state])}"

    def amend(self, note: str, time: str = "") -> None:
        """Save the note and close."""
        store, one = self.page.store, self.one
        self.close()
        self.desk.do(lambda: queries.amend(store, store.today(), one, note, time))
        cast("PeoplePage", self.page).enter()


class Why(OnDay, WordsInForm):
    """The usual reasons of a leave or an outing; the last digit types another one."""

    OWN = "note"

    @property
    def reasons(self) -> tuple[str, ...]:
        """The usual reasons, as messages."""
        return notes.QUICK.get(self.one.state, ())

    def choices(self) -> Sequence[str]:
        """The reasons, and typing."""
        return (*map(_, self.reasons), _("another one (type)"))

    def take(self, number: int) -> None:
        """Save a reason, or go on to typing."""
        if number <= len(self.reasons):
            self.amend(_(self.reasons[number - 1]))
        else:
            self.close()
            self.desk.open("note", {"person": self.args["person"]})


class Note(OnDay, Form):
    """A typed note; for a late one also the time."""

    def __init__(self, desk: Desk, page: Page, args: dict[str, Any]) -> None:
        super().__init__(desk, page, args)
        if not self.values:
            self.values.update(time=self.one.at[11:16], note=self.one.note)

    def entries(self) -> Sequence[Entry]:
        """The fields."""
        note = Entry("note", N_("Note"), queries.NOTE_LIMIT)
        return (Entry("time", N_("Time"), 5), note) if self.one.state is State.LATE else (note,)

    def save(self) -> None:
        """Check the time and save."""
        late = self.one.state is State.LATE
        self.amend(self.values["note"], hour_minute(self.values["time"]) if late else "")


def hour_minute(typed: str) -> str:
    """A time as `08:45`, whether typed so, as `8:45` or as `845`. Raises Refused."""
    match = _TIME.fullmatch(fold(typed).strip())
    if match is None:
        raise Refused("E73", _("Write the time as 08:30"))
    return f"{int(match[1]):02}:{match[2]}"


class PersonForm(Form):
    """A person's record: new without an id, else the record as it was when the form was opened."""

    def __init__(self, desk: Desk, page: Page, args: dict[str, Any]) -> None:
        super().__init__(desk, page, args)
        if not self.values:
            self.values.update(self._now())
            args["was"] = dict(self.values)

    def _person(self) -> Person:
        everybody = queries.everybody(self.page.store)
        return next((p for p in everybody if p.id == self.args.get("id")), queries.blank())

    def _now(self) -> dict[str, str]:
        person, today = self._person(), self.page.store.today()
        ids = [p.id for p in queries.roster(self.page.store, today) if not queries.gone(p, today)]
        place = str(ids.index(person.id) + 1) if person.id in ids else ""
        return {**values_of(person), "place": place}

    def heading(self) -> str:
        """Who."""
        return self._person().shown or _("A new person")

    def entries(self) -> Sequence[Entry]:
        """The fields."""
        days = [(str(n), weekday(n)) for n in range(7)]
        return (
            Entry("number", N_("Number"), 20, hint=N_("empty = the next free one")),
            Entry("name", N_("Name"), queries.NAME_LIMIT),
            Entry("name_en", N_("Latin"), queries.NAME_LIMIT),
            Entry("title", N_("Title"), queries.NAME_LIMIT),
            Entry("role", N_("Role"), choices=[(role.value, ROLE_WORDS[role]) for role in Role]),
            Entry("team", N_("Team"), 20),
            Entry("rest_day", N_("Rest day"), choices=[*days, ("", N_("none"))]),
            Entry("joined", N_("Joined"), 20, hint=DAY),
            Entry("left_on", N_("Left"), 20, hint=DAY),
            Entry("trainee", N_("Trainee"), choices=[(NO, N_("no")), (YES, N_("yes"))]),
            Entry("place", N_("Place"), 4, hint=N_("1 = first on the card, empty = last")),
        )

    def lines(self, cells: int) -> list[Line]:
        """The fields; the roles need a line of their own."""
        lines = super().lines(cells)
        entry = self.entries()[self.at]
        if entry.name == "role":
            line = Line().put(" ")
            for n, (_code, word) in enumerate(entry.choices, 1):
                shown, do = pick(_(word), " " + _(word)), f"pick:role:{n}"
                line.put(str(n), "key", do).put(shown + " ", "", do)
            lines.append(line)
        return lines

    def _choices(self, line: Line, entry: Entry, value: str) -> Line:
        if entry.name != "role":
            return super()._choices(line, entry, value)
        return line.put(f"[{_(ROLE_WORDS[Role(value)])}]", "chip")

    def standing(self) -> Mapping[str, str] | None:
        """The record as it stands now."""
        return self._now() if self.args.get("id") else None

    def save(self) -> None:
        """Save the record as one action; what another terminal changed meanwhile is not overwritten."""
        store, before = self.page.store, self._person()
        person = person_from(self.values, before, store.today())
        place = place_in(self.values["place"]) if self.values["place"] != self.args["was"]["place"] else None
        saved: list[int] = []
        self.desk.do(lambda: saved.append(queries.save(store, person, before if before.id else None, place)))
        if saved or self.desk.queue:
            self.close()
            self.page.enter()
        if saved:
            self.page.go_to(str(saved[0]))


def values_of(person: Person) -> dict[str, str]:
    """A person as the form's texts."""
    return {
        "number": person.number, "name": person.name, "name_en": person.name_en, "title": person.title,
        "role": person.role.value, "team": person.team,
        "rest_day": "" if person.rest_day is None else str(person.rest_day),
        "joined": person.joined.isoformat() if person.joined else "",
        "left_on": person.left_on.isoformat() if person.left_on else "",
        "trainee": YES if person.trainee else NO,
    }  # fmt: skip


def person_from(values: dict[str, str], old: Person, today: date) -> Person:
    """The record that the form's texts make of an old one. Raises Refused."""
    return replace(
        old, number=clean(fold(values["number"]), 20), name=values["name"], name_en=values["name_en"],
        title=values["title"], role=Role(values["role"]), team=values["team"],
        rest_day=int(values["rest_day"]) if values["rest_day"] else None,
        joined=_day(values["joined"], today), left_on=_day(values["left_on"], today),
        trainee=values["trainee"] == YES,
    )  # fmt: skip


def _day(typed: str, today: date) -> date | None:
    text = clean(fold(typed), 20)
    try:
        return clock.parse_day(text, today) if text else None
    except ValueError as error:
        raise Refused("E81", str(error)) from None


def place_in(typed: str) -> int:
    """A place in the order, 1 first; left empty it is the last. Raises Refused."""
    text = fold(typed).strip()
    if text and not (text.isascii() and text.isdigit() and int(text)):
        raise Refused("E82", _("Write the place as a number, 1 is the first"))
    return int(text or LAST)
