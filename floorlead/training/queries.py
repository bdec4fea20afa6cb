"""Reading trainings: who is idle on a morning, what was trained before, who was there how often."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from floorlead.duty import lists
from floorlead.duty import queries as duty
from floorlead.duty.records import AT_WORK, NOON, Cell, Training, minute_of
from floorlead.people import queries as people_queries
from floorlead.people.records import ROLE_WORDS, STATE_WORDS, Presence, Role
from floorlead.phones import mask_in
from floorlead.queue import queries as queue_queries
from floorlead.queue.records import State
from floorlead.record import record
from floorlead.store import Store
from floorlead.talks import queries as talks
from floorlead.training import rules
from floorlead.training.records import MINUTES, STARTS, TOPICS, Band, Facts, Standing, spoken
from floorlead.words import _

DAY_MINUTES = 2880
LOOKED_BACK = 30
"""Days over which it is counted how often each person was there."""
KEPT = 60
"""Mornings in the history."""
OFFERED = 6
"""Topics offered by a digit."""
LAST, LIBRARY = 2, 3
"""Of these the topics of the last mornings and the titles of the library that come before all else."""


@record
class Morning:
    """A day's training: what was entered (None when nothing was), everybody with the idle ones first, and when."""

    day: date
    training: Training | None
    standings: tuple[Standing, ...]
    starts: int

    @property
    def there(self) -> tuple[int, ...]:
        """Who was there, by id."""
        return self.training.people if self.training else ()

    @property
    def topic(self) -> str:
        """The topic in the language spoken now; empty while there is none."""
        return spoken(self.training.topic) if self.training else ""

    def idle(self) -> list[int]:
        """The idle group, by id."""
        return [one.person for one in self.standings if one.idle]

    def counted(self) -> tuple[int, int]:
        """How many of the idle group were there, and how many they are."""
        return rules.counted(self.standings, self.there)


def morning(store: Store, day: date) -> Morning:
    """A day's training as it stands now."""
    return _morning(store, day, duty.training(store, day))


def _morning(store: Store, day: date, training: Training | None) -> Morning:
    starts = training.starts if training and training.starts is not None else STARTS
    team = training.team if training else ""
    return Morning(day, training, tuple(rules.idle(facts(store, day), starts, MINUTES, team)), starts)


def facts(store: Store, day: date) -> list[Facts]:
    """What the morning knows of each of the staff but those who lead, in the order of the card."""
    (posts, standby), busy, works = _posts(store, day), _busy(store, day), _works(store, day)
    found = []
    for one in people_queries.day(store, day):
        person = one.person
        if person.on_cards:
            role = "" if person.role is Role.CONSULTANT else _(ROLE_WORDS[person.role])
            held, stands, taken = (tuple(part.get(person.id, ())) for part in (posts, standby, busy))
            hours = works.get(person.id, (0, DAY_MINUTES))
            found.append(Facts(person.id, person.team, _away(one), hours, held, stands, taken, role))
    return found


def _away(one: Presence) -> str:
    return "" if one.here else f"{_(STATE_WORDS[one.state])} {one.note}".strip()


def _works(store: Store, day: date) -> dict[int, tuple[int, int]]:
    """The working time of each person on the rota; half a day's leave or outing cut off."""
    cells = duty.laid(store, day, day)
    book = lists.book(store) if cells else None
    found = {}
    for (person, _day), cell in cells.items():
        shift = book.shift(cell.code) if book else None
        if shift and shift.kind in AT_WORK:
            found[person] = _halved(cell, shift.starts, shift.ends)
    return found


def _halved(cell: Cell, starts: int, ends: int) -> tuple[int, int]:
    return (
        (max(starts, NOON), ends) if cell.half == "am" else (starts, min(ends, NOON)) if cell.half else (starts, ends)
    )


def _posts(store: Store, day: date) -> tuple[dict[int, list[Band]], dict[int, list[Band]]]:
    """Who holds a post, who stepped up too, and who stands by for one; in which slots."""
    found: dict[int, list[Band]] = {}
    standby: dict[int, list[Band]] = {}
    slots = duty.desk(store, day, day)
    for desk in slots.values():
        for who, part in ((desk.holder, found), (desk.substitute, standby)):
            if who:
                part.setdefault(who, []).append((desk.slot.starts, desk.slot.ends, desk.slot.shown))
    for one in duty.substitutions(store, day, day):
        held = slots.get((day, one.slot))
        if one.taker and held:
            ends = held.slot.ends if one.ends is None else one.ends
            found.setdefault(one.taker, []).append((one.starts, ends, held.slot.shown))
    return found, standby


def _busy(store: Store, day: date) -> dict[int, list[Band]]:
    """Test drives and hand-overs, those to come too."""
    found: dict[int, list[Band]] = {}
    for one in queue_queries.busy(store, day):
        if one.state is State.SERVING:
            ends = _minute(one.ends, day) if one.ends else DAY_MINUTES
            found.setdefault(one.person, []).append((_minute(one.starts, day), ends, one.why))
    return found


def _minute(stamp: str, day: date) -> int:
    """Minutes from the midnight before a day."""
    return minute_of(stamp[11:16]) + 1440 * (date.fromisoformat(stamp[:10]) - day).days


# -- what was trained before


def topics(store: Store, day: date) -> list[str]:
    """The topics of the last mornings, then what the library has and was not trained lately, then the mornings before
    and those to begin with; as they are kept."""
    rows = store.rows("SELECT topic FROM trainings WHERE day < ? ORDER BY day DESC LIMIT ?", day.isoformat(), KEPT)
    used = list(dict.fromkeys(topic for (topic,) in rows if topic))
    fresh = [title for title in library(store) if title not in used][:LIBRARY]
    return list(dict.fromkeys([*used[:LAST], *fresh, *used, *TOPICS]))[:OFFERED]


def library(store: Store) -> list[str]:
    """The titles of the talk tracks and rival notes in use, each once: what may be trained."""
    return list(dict.fromkeys(mask_in(title) for title in talks.titles(store)))


def history(store: Store, until: date, most: int = KEPT) -> list[Training]:
    """The last trainings up to a day, the newest first."""
    sql = "SELECT id, day, starts, topic, trainer, team, note FROM trainings WHERE day <= ? ORDER BY day DESC LIMIT ?"
    rows = store.rows(sql, until.isoformat(), most)
    people: dict[int, list[int]] = {row[0]: [] for row in rows}
    if rows:
        sql = (
            "SELECT t.id, p.person_id FROM trainings t CROSS JOIN training_people p ON p.training_id = t.id "
            "WHERE t.day BETWEEN ? AND ? ORDER BY p.id"
        )
        for ident, person in store.rows(sql, rows[-1][1], rows[0][1]):
            people[ident].append(person)
    return [
        Training(ident, date.fromisoformat(day), starts, topic, trainer, team, note, tuple(people[ident]))
        for ident, day, starts, topic, trainer, team, note in rows
    ]  # fmt: skip


def past(store: Store, training: Training) -> Morning:
    """A morning of the history with its idle group as it was."""
    return _morning(store, training.day, training)


def attended(trainings: Sequence[Training], until: date) -> dict[int, tuple[int, date]]:
    """How often each person was there in the last 30 days, and when last, by id."""
    first = until - timedelta(days=LOOKED_BACK - 1)
    found: dict[int, tuple[int, date]] = {}
    for one in reversed(trainings):
        for person in one.people if first <= one.day <= until else ():
            found[person] = (found.get(person, (0, one.day))[0] + 1, one.day)
    return found


def held(trainings: Sequence[Training], until: date) -> int:
    """How many trainings there were in the last 30 days."""
    return sum(until - timedelta(days=LOOKED_BACK - 1) <= one.day <= until for one in trainings if one.people)


def trainer(store: Store, day: date) -> str:
    """Who trains where nobody was named: who acts for the leader, else the leader."""
    acting = duty.acting_leader(store, day)
    named = next((p.name for p in people_queries.everybody(store) if p.id == acting), "")
    return named or people_queries.leader(store)
