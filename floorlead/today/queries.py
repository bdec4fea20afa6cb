"""Everything that Today shows, read in one go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from floorlead import settings
from floorlead.checks import lists as check_lists
from floorlead.checks import queries as check_queries
from floorlead.checks import rules as check_rules
from floorlead.checks.records import FAIL, Card, Counts, Item, Mark, Row
from floorlead.discipline import queries as discipline
from floorlead.people import queries as people_queries
from floorlead.people.records import Presence
from floorlead.record import record
from floorlead.report import queries as report_queries
from floorlead.store import Store, log
from floorlead.store.schema import STANDS
from floorlead.tasks import queries as task_queries
from floorlead.tasks.records import Task
from floorlead.today import desk as desks
from floorlead.today import duties
from floorlead.today import training as trainings
from floorlead.today.records import Notice

if TYPE_CHECKING:
    from floorlead.today.cars import CarsToday
    from floorlead.today.desk import DeskToday
    from floorlead.today.market import MarketToday
    from floorlead.today.training import Brief

LATEST = 6
APPRAISAL_DUE = 8
"""The day of the month by which last month's appraisal goes to the people's office."""


@record
class Watched:
    """Something to keep an eye on: a fault that stands, or a task that is due."""

    card: Card | None = None
    row: Row | None = None
    item: Item | None = None
    mark: Mark | None = None
    task: Task | None = None
    notice: Notice | None = None


@record
class Today:
    """The day as Today shows it."""

    day: date
    cards: Sequence[Card]
    counts: Sequence[Counts]
    people: Sequence[Presence]
    watched: Sequence[Watched]
    sealed: bool
    has_remarks: bool
    unsealed_before: date | None
    quiet: int
    recheck: Sequence[tuple[Card, Row, Item]]
    carried: Sequence[Task]
    month: tuple[int, int]
    latest: Sequence[log.Action]
    cars: CarsToday | None = None
    desk: DeskToday | None = None
    brief: Brief | None = None
    market: MarketToday | None = None


def read(store: Store) -> Today:
    """Read the day. A few short reads, whatever the age of the store."""
    day = store.today()
    cards = [check_queries.card(store, day, words) for words in check_lists.in_force(store)]
    tasks = task_queries.open_until(store, day)
    quiet_from = int(settings.get(store, "quiet_days"))
    quiet = check_queries.quiet_days(store, quiet_from)
    rows = [(card, row) for card in cards if card.words.lists[0].subject != "day" for row in card.rows]
    count = int(settings.get(store, "rechecks"))
    found = _cars(store, day)
    people = people_queries.day(store, day)
    desk = desks.read(store, day)
    market = _market(store, day)
    notices = [*duties.read(store, day, people), *_logged(store, day), *(market.notices if market else ())]
    notices += _appraisal(store, day)
    first = [*duties.sealed_ahead(store), *(desk.notices if desk else ())]
    points = discipline.deducted(store, day.replace(day=1), day).values()
    return Today(
        day, cards, [check_rules.counts(card) for card in cards], people, _watched(cards, tasks, found, first, notices),
        report_queries.is_closed(store, day), bool(store.one("SELECT remarks FROM days WHERE day = ? AND remarks <> ''", day.isoformat())),
        _unsealed(store, day), quiet, check_rules.recheck(rows, day, count) if quiet >= quiet_from else (),
        [task for task in tasks if task.due < day], (sum(count for count, _points in points), sum(found for _count, found in points)),
        [a for a in log.actions(store, day, LATEST * 2) if a.kind in ("do", "undo", "redo", "seal")][:LATEST], found,
        desk, trainings.read(store, day) if people else None, market,
    )  # fmt: skip


def _cars(store: Store, day: date) -> CarsToday | None:
    if not store.one("SELECT 1 FROM cars LIMIT 1"):
        return None
    from floorlead.today import cars

    return cars.read(store, day)


def _market(store: Store, day: date) -> MarketToday | None:
    if not store.one(
        "SELECT EXISTS (SELECT 1 FROM visits) OR EXISTS (SELECT 1 FROM customers) OR EXISTS (SELECT 1 FROM targets)"
    ):
        return None
    from floorlead.today import market

    return market.read(store, day)


def _appraisal(store: Store, day: date) -> list[Notice]:
    """In the first days of a month: last month's appraisal, until it is closed."""
    if day.day > APPRAISAL_DUE:
        return []
    from floorlead.appraisal import notes

    return [Notice(*told) for told in notes.notices(store, day)]


def _logged(store: Store, day: date) -> list[Notice]:
    """What stands open in the log; nothing is loaded where nothing was ever written."""
    if not store.one("SELECT 1 FROM entries LIMIT 1"):
        return []
    from floorlead.today import log as logged

    return logged.notices(store, day)


def _watched(
    cards: Sequence[Card],
    tasks: Sequence[Task],
    cars: CarsToday | None,
    gaps: Sequence[Notice],
    notices: Sequence[Notice],
) -> list[Watched]:
    """Gaps at the desk, hand-overs and plates, the people, tasks by their day, what else the cars need, faults."""
    faults = [
        Watched(card, row, item, mark)
        for card in cards
        for row in card.rows
        for item in card.items(row)
        if (mark := card.mark(row, item)) and mark.result == FAIL
    ]
    faults.sort(
        key=lambda one: ("RYG".find(one.item.severity) if one.item else 9, one.mark.reason != "" if one.mark else 0)
    )
    first, later = (cars.first, cars.later) if cars else ((), ())
    return [
        *(Watched(notice=one) for one in (*gaps, *first, *notices)), *(Watched(task=task) for task in tasks),
        *(Watched(notice=one) for one in later), *faults,
    ]  # fmt: skip


def _unsealed(store: Store, day: date) -> date | None:
    """The newest earlier day, at most a week back, that has cards but no sealed report."""
    found = store.one(
        "SELECT max(c.day) FROM cards c WHERE c.day < ? AND c.day >= ? AND NOT EXISTS (SELECT 1 FROM reports r WHERE r.day = c.day "
        f"AND {STANDS})",
        day.isoformat(), (day - timedelta(days=7)).isoformat(),
    )  # fmt: skip
    return date.fromisoformat(found) if found else None
