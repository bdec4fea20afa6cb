"""Reading targets and what was done: the one place that counts visits, captured, drives, orders and deliveries.

A delivered order counts once: a past sale counts only where no order handed the same car over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from floorlead import settings
from floorlead.calendar import queries as calendar
from floorlead.calendar import rules as calendar_rules
from floorlead.calendar.records import Kind, Special
from floorlead.duty import lists
from floorlead.duty.records import AT_WORK
from floorlead.people import queries as people_queries
from floorlead.people.records import Person, Role
from floorlead.record import replace
from floorlead.store import Store
from floorlead.targets import rules
from floorlead.targets.records import (
    MEASURES,
    Cause,
    DayPlan,
    Month,
    Pace,
    Share,
    TargetDay,
    Weighing,
)

Row = tuple[date, str, int | None, int]
"""(business day, measure, person's id or None, count)."""
_DAY = timedelta(days=1)
_CAUSES = "id, day, measure, person_id, cause, action, at, by"
LOOKED_BACK = 62
CLOSES = 18 * 60
"""Minute at which a day is over where no shift says so."""


# -- what was done


def actuals(store: Store, first: date, last: date) -> dict[str, dict[int | None, int]]:
    """What the business days `first` to `last` brought: {measure: {person's id, None for nobody's: count}}.

    Visits are batches of walk-ins with intent; captured are first visits that left a number; drives are those of
    visits with intent; orders are placed orders but those called off on the same day; deliveries are orders handed
    over, and past sales that no order stands for.
    """
    found: dict[str, dict[int | None, int]] = {measure: {} for measure in MEASURES}
    for _day, measure, person, count in counted(store, first, last):
        found[measure][person] = found[measure].get(person, 0) + count
    return found


def counted(store: Store, first: date, last: date, *, people: bool = True) -> list[Row]:
    """What `actuals` sums up, day by day; without `people` nobody is named, which is quicker."""
    who = "advisor_id" if people else "NULL"
    return [*_visits(store, first, last, who), *_orders(store, first, last, who),
            *_deliveries(store, first, last, who), *_sales(store, first, last, people)]  # fmt: skip


def _visits(store: Store, first: date, last: date, who: str) -> list[Row]:
    sql = (
        f"SELECT day, {who}, count(*), sum(kind = 'first' AND captured), sum(test_drive) FROM visits "
        "WHERE day BETWEEN ? AND ? AND channel = 'walk_in' AND kind <> 'non_intent' GROUP BY 1, 2"
    )
    return [
        (date.fromisoformat(day), measure, person, count)
        for day, person, *counts in store.rows(sql, first.isoformat(), last.isoformat())
        for measure, count in zip(("visits", "captured", "drives"), counts, strict=True) if count
    ]  # fmt: skip


def _orders(store: Store, first: date, last: date, who: str) -> list[Row]:
    sql = (
        f"SELECT ordered_on, {who}, count(*) FROM orders WHERE ordered_on BETWEEN ? AND ? "
        "AND NOT (state = 'cancelled' AND substr(coalesce(closed_at, ''), 1, 10) = ordered_on) GROUP BY 1, 2"
    )
    return _rows("orders", store.rows(sql, first.isoformat(), last.isoformat()))


def _deliveries(store: Store, first: date, last: date, who: str) -> list[Row]:
    sql = (
        f"SELECT substr(closed_at, 1, 10), {who}, count(*) FROM orders WHERE closed_at >= ? AND closed_at < ? "
        "AND closed_at IS NOT NULL AND state = 'delivered' GROUP BY 1, 2"
    )
    return _rows("deliveries", store.rows(sql, first.isoformat(), (last + _DAY).isoformat()))


def _rows(measure: str, rows: Iterable[tuple[Any, ...]]) -> list[Row]:
    return [(date.fromisoformat(day), measure, person, count) for day, person, count in rows]


def _sales(store: Store, first: date, last: date, people: bool) -> list[Row]:
    """Past sales; the advisor stands there by number or name. The plus keeps to the index of the days."""
    sql = (
        f"SELECT s.day, {'s.advisor' if people else 'NULL'}, count(*) FROM sales s WHERE s.day BETWEEN ? AND ? "
        "AND +s.order_id IS NULL AND NOT EXISTS "
        "(SELECT 1 FROM cars c CROSS JOIN orders o ON o.car_id = c.id AND o.state <> 'cancelled' "
        "WHERE s.vin <> '' AND c.vin = s.vin AND o.state = 'delivered') GROUP BY 1, 2"
    )
    rows = store.rows(sql, first.isoformat(), last.isoformat())
    if not people:
        return _rows("deliveries", rows)
    known = _named(store) if rows else {}
    return [(date.fromisoformat(day), "deliveries", known.get(who.strip().lower()), count) for day, who, count in rows]


def _named(store: Store) -> dict[str, int]:
    """People by number and by name; a name that two have means nobody."""
    rows = store.rows("SELECT id, number, name, name_en FROM people")
    names = [name.lower() for _id, _number, *both in rows for name in dict.fromkeys(both) if name]
    found = {name.lower(): ident for ident, _number, *both in rows for name in both if names.count(name.lower()) == 1}
    return found | {number.lower(): ident for ident, number, *_both in rows}


def cancels(store: Store, first: date, last: date) -> dict[int | None, int]:
    """Orders called off from one business day to another, by person; one called off on its own day never counted."""
    sql = (
        "SELECT advisor_id, count(*) FROM orders WHERE closed_at >= ? AND closed_at < ? AND closed_at IS NOT NULL "
        "AND state = 'cancelled' AND substr(closed_at, 1, 10) <> ordered_on GROUP BY advisor_id"
    )
    return dict(store.rows(sql, first.isoformat(), (last + _DAY).isoformat()))


# -- what was set


def targets(store: Store, month: str) -> dict[str, int]:
    """A month's targets by measure; a measure without one is not among them."""
    return dict(store.rows("SELECT measure, amount FROM targets WHERE month = ? AND measure NOT LIKE 'kpi:%'", month))


def weighing(store: Store, month: str) -> Weighing:
    """What the kinds of days weigh, and the month's days whose weight was set."""
    sql = "SELECT day, weight FROM target_weights WHERE day BETWEEN ? AND ?"
    own = {date.fromisoformat(day): float(one) for day, one in store.rows(sql, f"{month}-01", f"{month}-31")}
    values = settings.all_of(store)
    return Weighing(_number(values, "weekend_weight"), _number(values, "workday_weight"), own)


def _number(values: Mapping[str, str], key: str) -> float:
    try:
        return max(0.0, float(values[key]))
    except ValueError:
        return float(settings.DEFAULTS[key])


def days(store: Store, month: str) -> list[TargetDay]:
    """The month's days with their weights: the office calendar's holidays, the showroom's closed days."""
    weighs, closed = weighing(store, month), lists.book(store).closed
    office = calendar_rules.office_of(_specials(store, month))
    made = []
    for day in rules.days_of(month):
        kind = calendar_rules.kind_of(office, closed, day)
        made.append(TargetDay(day, kind, rules.weight(kind, day, weighs), day in weighs.own))
    return made


def _specials(store: Store, month: str) -> list[Special]:
    """The special days of a month; the library's where the file holds none at all."""
    sql = "SELECT day, kind FROM calendar_days WHERE day BETWEEN ? AND ?"
    rows = store.rows(sql, f"{month}-01", f"{month}-31")
    if not rows and not store.one("SELECT 1 FROM calendar_days LIMIT 1"):
        return calendar.specials(store)
    return [Special(0, date.fromisoformat(day), Kind(kind), "") for day, kind in rows]


def shares(store: Store, month: str, month_days: list[TargetDay] | None = None) -> list[Share]:
    """Everybody's part of a month, in the order of the card: consultants who belong to it, and whoever has a share."""
    set_ = dict(store.rows("SELECT person_id, share FROM target_shares WHERE month = ?", month))
    span = month_days if month_days is not None else days(store, month)
    found = []
    for one in people_queries.everybody(store):
        part = rules.membership(one.joined, one.left_on, span)
        if one.id in set_ or (one.role is Role.CONSULTANT and part > 0):
            found.append(Share(one.id, float(set_.get(one.id, 1.0)), part, one.id in set_))
    return found


def forecasts(store: Store, day: date) -> dict[tuple[int, str], int]:
    """What people predicted for a day, by (person's id, measure)."""
    sql = "SELECT person_id, measure, amount FROM forecasts WHERE day = ?"
    return {(who, measure): amount for who, measure, amount in store.rows(sql, day.isoformat())}


def causes(store: Store, first: date, last: date) -> list[Cause]:
    """Causes given from one day to another, the newest first."""
    sql = f"SELECT {_CAUSES} FROM target_causes WHERE day BETWEEN ? AND ? ORDER BY day DESC, id DESC"
    rows = store.rows(sql, first.isoformat(), last.isoformat())
    return [Cause(ident, date.fromisoformat(day), *rest) for ident, day, *rest in rows]


def _given(store: Store, month: str, day: date) -> dict[str, date]:
    """The day of the last cause of each measure in a month, until a day."""
    sql = "SELECT measure, max(day) FROM target_causes WHERE day BETWEEN ? AND ? AND person_id IS NULL GROUP BY measure"
    return {name: date.fromisoformat(on) for name, on in store.rows(sql, f"{month}-01", day.isoformat())}


def behind_days(store: Store) -> int:
    """After how many open days behind in a row a cause is owed."""
    text = settings.get(store, "behind_days")
    return int(text) if text.isdecimal() else int(settings.DEFAULTS["behind_days"])


# -- where the month stands


def goes_on(store: Store, day: date) -> bool:
    """Whether a day is today and the last shift is not over yet: then the day itself is one of those left."""
    now = store.clock.now()
    if day != store.today() or now.date() != day:
        return False
    ends = [one.ends for one in lists.book(store).shifts if one.kind in AT_WORK]
    return now.hour * 60 + now.minute < max(ends, default=CLOSES)


def pace(store: Store, day: date, *, evening: bool | None = None) -> Pace:
    """A day's month until its evening: target, actual, today's target, time, gap and need of each measure.

    `evening` counts the day as over (or, False, as going on) whatever the clock says: a report is of the evening.
    """
    month = rules.month_of(day)
    set_, going = targets(store, month), goes_on(store, day) if evening is None else not evening
    rows = counted(store, rules.first_of(month), day, people=False)
    return _pace(store, day, set_, days(store, month), rows, going)


def _pace(
    store: Store, day: date, set_: Mapping[str, int], month_days: list[TargetDay], rows: list[Row], going: bool
) -> Pace:
    done: dict[str, dict[date, int]] = {}
    for on, measure, _person, count in rows:
        if on <= day:
            mine = done.setdefault(measure, {})
            mine[on] = mine.get(on, 0) + count
    given = _given(store, rules.month_of(day), day) if set_ else {}
    owed = behind_days(store) if set_ else 0
    return rules.pace(day, month_days, set_, done, given=given, behind_days=owed, goes_on=going)


def by_person(store: Store, day: date, at: Pace | None = None) -> dict[int, dict[str, int]]:
    """A day's targets by person, for those who share in the month and are here; empty where no target was set."""
    found = at or pace(store, day)
    if not found.any:
        return {}
    month = rules.month_of(day)
    mine = shares(store, month)
    here = [one.person.id for one in people_queries.day(store, day) if one.here]
    before = actuals(store, rules.first_of(month), day - _DAY) if day.day > 1 else {}
    made: dict[int, dict[str, int]] = {one.person: {} for one in mine if one.person in here and one.weight > 0}
    for measure, figure in found.figures.items():
        if figure.target is not None:
            done = {who: count for who, count in before.get(measure, {}).items() if who is not None}
            parts = rules.today_by_person(figure.today_target or 0, mine, done, here, figure.target, day.day)
            for who, part in parts.items():
                made[who][measure] = part
    return made


def month(store: Store, name: str) -> Month:
    """A whole month for its page; up to today, or its last day where it is over, its first where it is to come."""
    first, last = rules.first_of(name), rules.last_of(name)
    today = store.today()
    day = min(max(today, first), last)
    set_, span = targets(store, name), days(store, name)
    rows = counted(store, first, min(last, today)) if first <= today else []
    pace_ = _pace(store, day, set_, span, rows, today < first or goes_on(store, day))
    pace_ = replace(pace_, running=first <= today <= last)
    plans = _day_plans(set_, span, rows, day)
    done: dict[str, dict[int | None, int]] = {measure: {} for measure in MEASURES}
    for _on, measure, person, count in rows:
        done[measure][person] = done[measure].get(person, 0) + count
    mine = shares(store, name, span)
    weeks = rules.weeks(span, [one.planned for one in plans], [one.actual for one in plans])
    return Month(name, day, set_, pace_, plans, weeks, mine, _people(set_, mine), done,
                 forecasts(store, today), causes(store, first, last), _unknown_year(store, first))  # fmt: skip


def _unknown_year(store: Store, day: date) -> int | None:
    return None if calendar.office(store).known(day.year) else day.year


def _people(set_: Mapping[str, int], mine: list[Share]) -> dict[int, dict[str, int]]:
    """Each person's part of the month's targets."""
    parts = {measure: rules.to_people(amount, mine) for measure, amount in set_.items()}
    return {one.person: {measure: part[one.person] for measure, part in parts.items()} for one in mine}


def _day_plans(set_: Mapping[str, int], span: list[TargetDay], rows: list[Row], day: date) -> list[DayPlan]:
    actual: dict[date, dict[str, int]] = {one.day: {} for one in span}
    for on, measure, _person, count in rows:
        actual[on][measure] = actual[on].get(measure, 0) + count
    planned: dict[date, dict[str, int]] = {one.day: {} for one in span}
    for measure, amount in set_.items():
        before = sum(one.get(measure, 0) for on, one in actual.items() if on < day)
        for one, old, new in zip(span, rules.plan(amount, span), rules.replan(amount, span, before, day), strict=True):
            planned[one.day][measure] = old if one.day < day else new
    return [DayPlan(one, planned[one.day], actual[one.day]) for one in span]


def people(store: Store) -> dict[int, Person]:
    """Everybody by id."""
    return {one.id: one for one in people_queries.everybody(store)}


def last_open(store: Store, day: date) -> date:
    """The last day before `day` on which the showroom was open; the day before where none was for two months."""
    closed = lists.book(store).closed
    for back in range(1, LOOKED_BACK):
        if day - back * _DAY not in closed:
            return day - back * _DAY
    return day - _DAY
