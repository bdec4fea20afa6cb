"""Reading a month's appraisal: as it stands now from the checks, and as it was closed; a year as the mean of its months."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from floorlead.appraisal import gathering, rules
from floorlead.appraisal.records import (
    ATTENDANCE,
    INDICATORS,
    WORK,
    Appraisal,
    Close,
    Objection,
    Point,
    Score,
    Sheet,
    Taken,
    Verdict,
)
from floorlead.kpi import lists
from floorlead.kpi import queries as kpi
from floorlead.kpi import rules as kpi_rules
from floorlead.kpi.lists import CONDUCT
from floorlead.kpi.records import Fact, Weights
from floorlead.leave.rules import attendance_score
from floorlead.people import queries as people_queries
from floorlead.people.records import Person, Role
from floorlead.record import asdict
from floorlead.store import Store
from floorlead.targets import queries as targets
from floorlead.targets import rules as target_rules

DEVELOPED = ("outing", "show", "leaflet", "referral")
"""Sources of customers whom a consultant found."""
COUNTED = ("orders", "cards_made", "visits", "lost")
NOTHING = "-"


def month(store: Store, name: str) -> Appraisal:
    """A month as it stands and as it was closed."""
    live, closed = sheets(store, name), newest(store, name)
    differs = rules.differing(live, closed.sheets) if closed else frozenset[int]()
    words = {one.code: (one.zh, one.en) for one in lists.book(store).weights.parts}
    return Appraisal(name, live, closed, differs, words, kpi.attended(store, *kpi.span(store, name)))


def sheets(store: Store, name: str) -> list[Sheet]:
    """Everybody's month as the checks say now; nobody's for a month to come, nor for one of which nothing was kept: no
    entry at all is no perfect month."""
    first, last = kpi.span(store, name)
    if last < first:
        return []
    weights = lists.book(store).weights
    said, given = objections(store, name), scores(store, name)
    upheld = {key for key, one in said.items() if one.state is Verdict.UPHELD}
    points = gathering.by_person(gathering.points(store, weights, first, last, upheld))
    if not points and not given and not kpi.used(store, first, last):
        return []
    told = _indicators(store, name, first, last)
    return [
        _sheet(one, points.get(one.id, []), said, given.get(one.id, {}), weights, told.get(one.id, {}))
        for one in people_queries.everybody(store) if one.role is not Role.MANAGER and kpi.belongs(one, first, last)
    ]  # fmt: skip


def _sheet(
    person: Person,
    points: list[Point],
    said: Mapping[tuple[int, str], Objection],
    given: Mapping[str, Score],
    weights: Weights,
    told: Mapping[str, str],
) -> Sheet:
    taken = [Taken(one, said.get((person.id, one.source))) for one in points]
    of_work = [one for one in taken if one.point.part == WORK]
    missed = {one.point.day for one in taken if one.point.part == ATTENDANCE and one.counts}
    parts: dict[str, float | None] = {
        one.code: rules.conduct(of_work) if one.code == CONDUCT else given[one.code].points if one.code in given else None
        for one in weights.parts
    }  # fmt: skip
    attendance = float(attendance_score(len(missed)))
    # the total is made of what the sheet shows, so that it can be worked out again by hand
    work = rules.tenth(rules.work(parts, {one.code: one.weight for one in weights.parts}))
    total = rules.total(work, attendance, weights.work, weights.attendance)
    discipline = sum(one.point.points for one in of_work if one.counts and one.point.source.startswith("violation:"))
    misses = sum(one.counts and one.point.source.startswith(("visit:", "report:")) for one in of_work)
    shown = {**dict.fromkeys(INDICATORS, NOTHING), **told, "discipline": str(discipline), "misses": str(misses)}
    notes = {code: score.note for code, score in given.items() if score.note}
    return Sheet(
        person.id, person.number, person.name, person.name_en, taken, parts, notes, len(missed), attendance,
        work, total, shown,
    )  # fmt: skip


# -- indicators


def _indicators(store: Store, name: str, first: date, last: date) -> dict[int, dict[str, str]]:
    """What each person brought in the month, as it is shown; people without anything are not among them."""
    found = kpi.facts(store, name, COUNTED)
    before = kpi.by_person(kpi.facts(store, kpi_rules.moved(name, -1), ("orders",)))
    counted, phones = kpi.by_person(found), _phones(store, first, last)
    planned, own = _planned(store, name), _developed(store, [one for one in found if one.name == "cards_made"])
    made = {}
    staff = [one.id for one in people_queries.everybody(store) if one.role is Role.CONSULTANT]
    for who in {*staff, *counted, *phones, *planned, *before} - {None}:
        assert who is not None
        mine = counted.get(who, {})
        days = [date.fromisoformat(one.day) for one in found if one.person == who and one.name == "orders"]
        orders = mine.get("orders", 0)
        made[who] = {
            "target": str(planned[who]) if who in planned else NOTHING, "orders": str(orders),
            "cards": str(mine.get("cards_made", 0)), "visits": str(mine.get("visits", 0)),
            "calls": str(phones.get(who, 0)), "weeks": rules.weeks(days, first, last),
            "growth": _signed(orders - before.get(who, {}).get("orders", 0)), "developed": str(own.get(who, 0)),
            "lost": str(mine.get("lost", 0)),
        }  # fmt: skip
    return made


def _signed(change: int) -> str:
    return f"{change:+d}" if change else "0"


def _phones(store: Store, first: date, last: date) -> dict[int, int]:
    """Contacts of the month that were no visit, by person."""
    sql = (
        "SELECT person_id, count(*) FROM customer_events WHERE day BETWEEN ? AND ? AND kind = 'contact' "
        "AND visit_id IS NULL AND person_id IS NOT NULL GROUP BY person_id"
    )
    return dict(store.rows(sql, first.isoformat(), last.isoformat()))


def _planned(store: Store, name: str) -> dict[int, int]:
    """Each person's part of the month's target of orders."""
    amount = targets.targets(store, name).get("orders")
    return target_rules.to_people(amount, targets.shares(store, name)) if amount else {}


def _developed(store: Store, cards: list[Fact]) -> dict[int, int]:
    """Of the cards made those from sources that the consultant found, by person."""
    made: dict[int, int] = {}
    for one in cards:
        if one.person and store.one("SELECT source FROM customers WHERE id = ?", one.row) in DEVELOPED:
            made[one.person] = made.get(one.person, 0) + 1
    return made


# -- what was entered


def scores(store: Store, month: str) -> dict[int, dict[str, Score]]:
    """What the leader scored in a month, by person and part."""
    made: dict[int, dict[str, Score]] = {}
    sql = "SELECT person_id, item, points, note FROM appraisal_scores WHERE month = ?"
    for who, item, points, note in store.rows(sql, month):
        made.setdefault(who, {})[item] = Score(float(points), note)
    return made


def objections(store: Store, month: str) -> dict[tuple[int, str], Objection]:
    """The objections of a month by person and point."""
    sql = "SELECT id, month, person_id, source, text, at, by, state, answer, decided_at FROM objections WHERE month = ?"
    found = {}
    for ident, of, who, source, text, at, by, state, answer, decided in store.rows(sql, month):
        found[who, source] = Objection(ident, of, who, source, text, at, by, Verdict(state), answer, decided or "")
    return found


# -- closed months


def newest(store: Store, month: str) -> Close | None:
    """The newest revision of a closed month."""
    sql = (
        "SELECT month, revision, at, by, reason, body FROM month_closes WHERE month = ? ORDER BY revision DESC LIMIT 1"
    )
    found = store.rows(sql, month)
    return _close(found[0]) if found else None


def revisions(store: Store, month: str) -> list[Close]:
    """All revisions of a closed month, the oldest first."""
    sql = "SELECT month, revision, at, by, reason, body FROM month_closes WHERE month = ? ORDER BY revision"
    return [_close(row) for row in store.rows(sql, month)]


def _close(row: tuple[Any, ...]) -> Close:
    *head, body = row
    month, revision, at, by, reason = head
    return Close(month, revision, at, by, reason, tuple(sheet_of(one) for one in json.loads(body)["people"]))


def body_of(found: list[Sheet], weights: Weights) -> str:
    """A month as it is frozen: every sheet with its points, scores and objections, and the weights that counted."""
    weighed = {"work": weights.work, "attendance": weights.attendance, "parts": [asdict(one) for one in weights.parts]}
    whole = {"weights": weighed, "people": [asdict(one) for one in found]}
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, default=_plain)


def _plain(value: object) -> str:
    assert isinstance(value, date)
    return value.isoformat()


def sheet_of(data: Mapping[str, Any]) -> Sheet:
    """A sheet as it was frozen."""
    taken = [Taken(_point(one["point"]), _objection(one["objection"])) for one in data["taken"]]
    return Sheet(**{**data, "taken": taken})


def _point(data: Mapping[str, Any]) -> Point:
    return Point(**{**data, "day": date.fromisoformat(data["day"])})


def _objection(data: Mapping[str, Any] | None) -> Objection | None:
    return Objection(**{**data, "state": Verdict(data["state"])}) if data else None


def year(store: Store, number: int) -> dict[int, dict[str, float]]:
    """The totals of a year's closed months, by person and month; the mean of them is the year's score."""
    made: dict[int, dict[str, float]] = {}
    sql = "SELECT DISTINCT month FROM month_closes WHERE month BETWEEN ? AND ? ORDER BY month"
    for (name,) in store.rows(sql, f"{number:04}-01", f"{number:04}-12"):
        closed = newest(store, name)
        for one in closed.sheets if closed else ():
            made.setdefault(one.person, {})[name] = one.total
    return made


def is_closed(store: Store, month: str) -> bool:
    """Whether a month was ever closed."""
    return bool(store.one("SELECT 1 FROM month_closes WHERE month = ? LIMIT 1", month))
