"""Reading a month of figures: counts of the team and of each person, what was frozen at its start, what is chosen.

Where the month's start was not frozen, it is worked out from the events as of the 1st, and said so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from floorlead.duty import lists as duty_lists
from floorlead.duty import queries as duty
from floorlead.kpi import counting, counts, lists, rules
from floorlead.kpi.records import Choice, Fact, Kpi, Mine, Month, Rate
from floorlead.leave import queries as leave
from floorlead.leave import rules as leave_rules
from floorlead.people import queries as people_queries
from floorlead.people.records import Person, Role, State
from floorlead.store import Store

OPEN, UNDELIVERED = "open_prospects", "undelivered_orders"
"""What is frozen on the 1st, under these names in month_starts."""
STARTS = {"open_at_start": OPEN, "undelivered_at_start": UNDELIVERED}
TARGET = "kpi:"
"""Before a figure's code in the table of targets."""
WORKING = ("visits", "calls", "cards_made", "orders", "deliveries")
"""Whoever has one of these is shown beside the consultants."""
FULL = 100


def choices(store: Store) -> list[Choice]:
    """Which definitions were chosen since when, the oldest first."""
    rows = store.rows("SELECT kpi, definition, since FROM kpi_choices ORDER BY since, id")
    return [Choice(kpi, code, date.fromisoformat(since)) for kpi, code, since in rows]


def span(store: Store, month: str) -> tuple[date, date]:
    """A month's first day and the last one counted: its own, or today; before the first for a month to come."""
    return rules.first_of(month), min(rules.last_of(month), store.today())


def month(store: Store, month: str | date) -> Month:
    """A month of all figures."""
    name = rules.month_of(month) if isinstance(month, date) else month
    first, last = span(store, name)
    found = facts(store, name, counts.NAMES)
    chosen, kpis, end = choices(store), lists.book(store).kpis, max(first, last)
    frozen = frozen_at(store, name)
    changed = {one.code: old for one in kpis if (old := rules.changed(one, chosen, first, end))}
    return Month(
        name, first, last, summed(found), _people(store, first, end, by_person(found)),
        {one.code: rules.in_force(one, chosen, end) for one in kpis}, changed,
        frozenset() if frozen else frozenset(STARTS), frozen, targets(store, name),
    )  # fmt: skip


def facts(store: Store, month: str, names: Collection[str]) -> list[Fact]:
    """Everything a month counts under some names, by the readings that they need; nothing for a month to come."""
    first, last = span(store, month)
    if last < first:
        return []
    found: list[Fact] = []
    for group in sorted(counts.groups(tuple(names))):
        if group == counts.STARTS:
            found += starts(store, month)
        elif group == counts.TARGETS:
            found += _next_target(store, month)
        elif group == counts.ATTENDANCE:
            found += attendance(store, first, last)
        else:
            found += counting.READERS[group](store, first, last)
    return [one for one in found if one.name in names]


def summed(found: Iterable[Fact]) -> dict[str, int]:
    """Facts added up by name."""
    made: dict[str, int] = {}
    for one in found:
        made[one.name] = made.get(one.name, 0) + one.amount
    return made


def by_person(found: Iterable[Fact]) -> dict[int | None, dict[str, int]]:
    """Facts added up by person (None: nobody's) and name."""
    made: dict[int | None, dict[str, int]] = {}
    for one in found:
        mine = made.setdefault(one.person, {})
        mine[one.name] = mine.get(one.name, 0) + one.amount
    return made


def _people(store: Store, first: date, last: date, found: Mapping[int | None, Mapping[str, int]]) -> list[Mine]:
    """The consultants who belong to the month and whoever else sold or received in it, in the order of the card."""
    made = []
    for one in people_queries.everybody(store):
        mine = found.get(one.id, {})
        if (one.role is Role.CONSULTANT and belongs(one, first, last)) or any(mine.get(name) for name in WORKING):
            made.append(Mine(one, mine))
    return made


def belongs(person: Person, first: date, last: date) -> bool:
    """Whether a person belongs to the showroom on a day of a period."""
    return (person.joined is None or person.joined <= last) and (person.left_on is None or person.left_on >= first)


# -- the month's start


def frozen_at(store: Store, month: str) -> str:
    """When a month's start was frozen, as a local stamp; empty when it was not."""
    sql = "SELECT max(taken_at) FROM month_starts WHERE month = ? AND person_id IS NULL"
    return str(store.one(sql, month) or "")


def starts(store: Store, month: str) -> list[Fact]:
    """The prospects and undelivered orders that the month began with: as frozen, else as the events tell."""
    first = rules.first_of(month)
    if not frozen_at(store, month):
        return started(store, first)
    names = {kept: name for name, kept in STARTS.items()}
    sql = "SELECT id, name, person_id, count FROM month_starts WHERE month = ? ORDER BY id"
    rows = [row for row in store.rows(sql, month) if row[1] in names]
    found = [
        Fact(names[kept], who, first.isoformat(), count, "month_starts", ident) for ident, kept, who, count in rows
    ]
    mine = summed(one for one in found if one.person is not None)
    return [_rest(one, mine) if one.person is None else one for one in found]


def _rest(team: Fact, mine: Mapping[str, int]) -> Fact:
    """Of the team's count what is nobody's, so that all facts together are the team's."""
    return Fact(team.name, None, team.day, team.amount - mine.get(team.name, 0), team.table, team.row)


def started(store: Store, first: date) -> list[Fact]:
    """What was open and undelivered when a day began, from the events."""
    return [*counting.open_prospects(store, first), *counting.undelivered(store, first)]


# -- targets and attendance


def targets(store: Store, month: str) -> dict[str, int]:
    """The targets set for figures in a month, in percent or yuan, by the figure's code."""
    sql = "SELECT measure, amount FROM targets WHERE month = ? AND measure >= 'kpi:' AND measure < 'kpi;'"
    return {measure.removeprefix(TARGET): int(amount) for measure, amount in store.rows(sql, month)}


def _next_target(store: Store, month: str) -> list[Fact]:
    later = rules.moved(month, 1)
    amount = store.one("SELECT amount FROM targets WHERE month = ? AND measure = 'deliveries'", later)
    return [Fact("next_month_target", None, f"{later}-01", int(amount), "targets")] if amount else []


def absences(store: Store, first: date, last: date) -> dict[int, list[date]]:
    """The days of a period with any absence, by person: granted leave (half a day counts as one), and days on which
    somebody was said to be absent or on leave."""
    book = duty_lists.book(store)
    elsewhere = [kind.code for kind in book.leave_kinds() if kind.at_work]
    given = duty.leaves(store, first, last)
    found: dict[int, set[date]] = {}
    for one in people_queries.everybody(store):
        mine = [granted for granted in given if granted.person == one.id]
        if mine:
            works = leave.works_of(store, one, first, last)
            found[one.id] = set(leave_rules.absence_days(mine, works, first, last, elsewhere))
    sql = "SELECT day, person_id FROM attendance WHERE day BETWEEN ? AND ? AND state IN (?, ?)"
    away = State.ABSENT.value, State.LEAVE.value
    for day, who in store.rows(sql, first.isoformat(), last.isoformat(), *away):
        found.setdefault(who, set()).add(date.fromisoformat(day))
    return {who: sorted(days) for who, days in found.items()}


def used(store: Store, first: date, last: date) -> bool:
    """Whether the showroom kept a card, an attendance, a rota or a visit in a period."""
    sql = (
        "SELECT EXISTS (SELECT 1 FROM cards WHERE day BETWEEN ?1 AND ?2) OR EXISTS (SELECT 1 FROM attendance WHERE day "
        "BETWEEN ?1 AND ?2) OR EXISTS (SELECT 1 FROM visits WHERE day BETWEEN ?1 AND ?2) OR EXISTS (SELECT 1 FROM "
        "rota_cells WHERE day BETWEEN ?1 AND ?2)"
    )
    return bool(store.one(sql, first.isoformat(), last.isoformat()))


def attended(store: Store, first: date, last: date) -> bool:
    """Whether attendance was taken, a rota planned or leave granted for any day of a period: else nobody is known to
    have been here."""
    sql = (
        "SELECT EXISTS (SELECT 1 FROM attendance WHERE day BETWEEN ?1 AND ?2) OR EXISTS (SELECT 1 FROM rota_cells WHERE "
        "day BETWEEN ?1 AND ?2)"
    )
    return bool(store.one(sql, first.isoformat(), last.isoformat())) or bool(duty.leaves(store, first, last))


def attendance(store: Store, first: date, last: date) -> list[Fact]:
    """A hundred points for everybody on the cards, less four for each day absent; none in a month without any entry,
    which is no perfect one."""
    if not used(store, first, last):
        return []
    missed = absences(store, first, last)
    found = []
    for one in people_queries.everybody(store):
        if not (one.on_cards and belongs(one, first, last)):
            continue
        days = missed.get(one.id, [])
        found.append(Fact("attendance_full", one.id, last.isoformat(), FULL, "people", one.id))
        score = leave_rules.attendance_score(len(days))
        found.append(Fact("attendance_points", one.id, last.isoformat(), score, "people", one.id))
        found += [Fact("absent_days", one.id, day.isoformat(), 1, "people", one.id) for day in days]
    return found


# -- one figure


def trend(store: Store, kpi: Kpi, code: str, months: Sequence[str], person: int | None = None) -> list[Rate]:
    """A figure under one definition over months: the team's, or a person's."""
    names = kpi.definition(code).names
    made = []
    for one in months:
        found = facts(store, one, names)
        mine = [fact for fact in found if fact.person == person] if person is not None else found
        made.append(rules.figure(kpi, code, summed(mine)))
    return made


def since_month(store: Store) -> str:
    """The first month from which figures can be read: that of the oldest visit, customer, order or sale; else this."""
    days = [
        store.one("SELECT min(day) FROM visits"), store.one("SELECT min(first_on) FROM customers"),
        store.one("SELECT min(ordered_on) FROM orders"), store.one("SELECT min(day) FROM sales"),
        store.one("SELECT min(day) FROM cards"), store.today().isoformat(),
    ]  # fmt: skip
    return min(str(day) for day in days if day)[:7]
