"""Where the points of a month come from: cards, discipline, spot checks, details and reports not handed in, absence.

Every point names its source and its day, so that it can be shown, objected to and checked against what was written.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from datetime import date

from floorlead.appraisal.records import ATTENDANCE, Point
from floorlead.appraisal.rules import doubled, streak
from floorlead.checks import lists as check_lists
from floorlead.checks.records import CardWords
from floorlead.discipline import queries as discipline
from floorlead.kpi import queries as kpi
from floorlead.kpi.records import INCOMPLETE, REPORT_MISSING, Weights
from floorlead.leave import queries as leave
from floorlead.people import queries as people_queries
from floorlead.people.records import Role
from floorlead.spotchecks import queries as spotchecks
from floorlead.spotchecks.records import FAIL
from floorlead.store import Store, sealed
from floorlead.words import N_, both

ABSENT_POINTS = 4
MISSING, LATE, DONE = "missing", "late", "done"
Works = Callable[[int, date], bool]
"""Whether a person is to work on a day."""
Apart = Collection[tuple[int, str]]
"""(person, source) of what was given back: it was no miss, so nothing after it doubles because of it."""


def points(store: Store, weights: Weights, first: date, last: date, apart: Apart = ()) -> list[Point]:
    """All points of a period, by day; `apart` are those whose objection was upheld."""
    works = _works(store, first, last)
    found = [
        *cards(store, first, last), *violations(store, weights, first, last, works, apart),
        *spots(store, weights, first, last), *details(store, weights, first, last, works, apart),
        *reports(store, weights, first, last, apart), *absent(store, first, last),
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.day, one.source))


def _works(store: Store, first: date, last: date) -> Works:
    """Whether a person is to work on a day; each person's rota is read when it is first asked for."""
    people = {one.id: one for one in people_queries.everybody(store)}
    known: dict[int, Callable[[date], bool]] = {}

    def works(person: int, day: date) -> bool:
        if person not in known:
            known[person] = leave.works_of(store, people[person], first, last)
        return known[person](day)

    return works


# -- cards


def cards(store: Store, first: date, last: date) -> list[Point]:
    """The exceptions on the cards that have points and an owner; what was put right keeps its first result."""
    sql = (
        "SELECT m.id, c.day, m.owner_id, m.points, m.item, r.list, r.label, r.label_en, c.words_id, m.late FROM cards c "
        "JOIN marks m ON m.card_id = c.id JOIN card_rows r ON r.id = m.row_id WHERE c.day BETWEEN ? AND ? "
        "AND (m.result = 'fail' OR m.late = 1 OR m.first IS NOT NULL) AND m.points > 0 AND m.owner_id IS NOT NULL "
        "ORDER BY c.day, m.id"
    )
    words: dict[int, CardWords] = {}
    found = []
    for ident, day, who, count, item, one, label, label_en, words_id, late in store.rows(
        sql, first.isoformat(), last.isoformat()
    ):
        if words_id not in words:
            body = store.one("SELECT body FROM card_words WHERE id = ?", words_id)
            words[words_id] = check_lists.from_json(json.loads(body))
        said = _item(words[words_id], one, item)
        late_words = both(N_("late")) if late else {"zh": "", "en": ""}
        told = {
            code: " ".join(filter(None, (name, said[code], late_words[code])))
            for code, name in (("zh", label), ("en", label_en or label))
        }
        found.append(Point(f"mark:{ident}", who, date.fromisoformat(day), told["zh"], told["en"], count))
    return found


def _item(words: CardWords, list_code: str, code: str) -> dict[str, str]:
    """An item's words as the card was made with."""
    for one in words.lists:
        for item in one.items if one.code == list_code else ():
            if item.code == code:
                return item.both()
    return {"zh": code, "en": code}


# -- discipline and process


def violations(store: Store, weights: Weights, first: date, last: date, works: Works, apart: Apart = ()) -> list[Point]:
    """Breaches of discipline that were not withdrawn; those that double do so rule by rule."""
    found = [
        Point(f"violation:{one.id}", one.person, one.day, one.zh, one.en, one.points)
        for one in discipline.between(store, first, last) if one.counts and one.points
    ]  # fmt: skip
    rules = {f"violation:{one.id}": one.rule for one in discipline.between(store, first, last)}
    made = [one for one in found if rules[one.source] not in weights.doubles]
    for rule in sorted(weights.doubles):
        made += doubled([one for one in found if rules[one.source] == rule], works, apart)
    return made


def spots(store: Store, weights: Weights, first: date, last: date) -> list[Point]:
    """The failed steps of the process spot checks."""
    if not weights.spot_fail:
        return []
    words = both(N_("spot check"))
    return [
        Point(f"spot:{spot.id}:{mark.item}", spot.person, spot.day, f"{words['zh']} {mark.zh}", f"{words['en']} {mark.en}",
              weights.spot_fail)
        for spot in spotchecks.between(store, first, last) for mark in spot.marks.values() if mark.result == FAIL
    ]  # fmt: skip


def details(store: Store, weights: Weights, first: date, last: date, works: Works, apart: Apart = ()) -> list[Point]:
    """Batches of days that are over whose details the advisor still owes and did not explain."""
    if not weights.incomplete:
        return []
    sql = (
        "SELECT id, day, advisor_id, came_at FROM visits WHERE day BETWEEN ? AND ? AND day < ? AND incomplete = 1 "
        "AND explained = '' AND advisor_id IS NOT NULL ORDER BY day, id"
    )
    words = both(N_("visit {time} not filled in"))
    rows = store.rows(sql, first.isoformat(), last.isoformat(), store.today().isoformat())
    made = [
        Point(f"visit:{ident}", who, date.fromisoformat(day), words["zh"].format(time=at[11:16]),
              words["en"].format(time=at[11:16]), weights.incomplete)
        for ident, day, who, at in rows
    ]  # fmt: skip
    return doubled(made, works, apart) if INCOMPLETE in weights.doubles else made


# -- the leader's reports


def reports(store: Store, weights: Weights, first: date, last: date, apart: Apart = ()) -> list[Point]:
    """Day reports sealed after their day, or never, of days on which the showroom was used; missing again doubles."""
    owed = owed_reports(store, first, last) if weights.report else []
    leaders = _leaders(store)
    held = [(day, DONE if (leaders(day), f"report:{day}") in apart else what) for day, what in owed]
    words = {MISSING: both(N_("day report missing")), LATE: both(N_("day report late"))}
    found = []
    doubles = REPORT_MISSING in weights.doubles
    for (day, what), row in zip(owed, streak(held, MISSING), strict=True):
        who, times = leaders(day), row if doubles else 0
        if what != DONE and who:
            said = words[what]
            count = weights.report * 2**times
            found.append(Point(f"report:{day.isoformat()}", who, day, said["zh"], said["en"], count, times=times))
    return found


def owed_reports(store: Store, first: date, last: date) -> list[tuple[date, str]]:
    """The days that are over and were used, each with what became of its report: done, late, missing.

    A showroom that never sealed a report before a day owes none for it: it only begins to write them.
    """
    since = sealed.first_day(store)
    if not since:
        return []
    sql = (
        "SELECT day FROM cards WHERE day BETWEEN ? AND ? UNION SELECT day FROM attendance WHERE day BETWEEN ? AND ? "
        "ORDER BY 1"
    )
    span = max(first.isoformat(), since), last.isoformat()
    times = sealed.first_times(store, date.fromisoformat(span[0]), last)
    today = store.today().isoformat()
    made = []
    for (text,) in store.rows(sql, *span, *span):
        if text < today:
            day = date.fromisoformat(text)
            at = times.get(text)
            late = at is not None and at >= store.clock.bounds(day, day)[1]
            made.append((day, MISSING if at is None else LATE if late else DONE))
    return made


def _leaders(store: Store) -> Callable[[date], int | None]:
    """Who led on a day: whoever acted as leader, else the first leader who belonged to the showroom."""
    people = [one for one in people_queries.everybody(store) if one.role is Role.LEADER]

    def leader(day: date) -> int | None:
        acting = store.one("SELECT person_id FROM acting_leaders WHERE day = ?", day.isoformat())
        return int(acting) if acting else next((one.id for one in people if one.works_on(day)), None)

    return leader


# -- absence


def absent(store: Store, first: date, last: date) -> list[Point]:
    """Four points of attendance for each day with any absence."""
    words = both(N_("absent that day"))
    return [
        Point(f"absent:{day.isoformat()}", who, day, words["zh"], words["en"], ABSENT_POINTS, ATTENDANCE)
        for who, days in kpi.absences(store, first, last).items() for day in days
    ]  # fmt: skip


def by_person(found: list[Point]) -> Mapping[int, list[Point]]:
    """Points by person, each by day."""
    made: dict[int, list[Point]] = {}
    for one in found:
        made.setdefault(one.person, []).append(one)
    return made
