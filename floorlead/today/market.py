"""What Today says of visits, follow-ups and targets: the day's counts beside their targets, the month's pace, who is owed.

Loaded only in a showroom that writes visits, customers or targets.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from floorlead.customers import lists
from floorlead.customers import queries as customers
from floorlead.kpi.rules import rate
from floorlead.people import queries as people
from floorlead.percent import percent
from floorlead.record import record
from floorlead.store import Store
from floorlead.targets import queries as targets
from floorlead.targets.records import Pace
from floorlead.today.records import Notice
from floorlead.visits import queries as visits
from floorlead.visits import rules
from floorlead.words import _

EVENING = 17 * 60
"""Minute of the day from which incomplete visits are pressing."""


@record
class MarketToday:
    """The market as Today shows it: two lines of numbers, and what must not be forgotten."""

    numbers: Sequence[str]
    notices: Sequence[Notice]


def read(store: Store, day: date) -> MarketToday:
    """The day's numbers and follow-ups."""
    pace = targets.pace(store, day)
    return MarketToday(
        _numbers(store, day, pace), [*_followups(store, day), *_incomplete(store, day), *_asked(store), *_behind(pace)]
    )


def _numbers(store: Store, day: date, pace: Pace) -> list[str]:
    """Today's counts as target/actual, then the month's deliveries with their pace."""
    n = rules.counts(visits.on_day(store, day))
    told = []
    for one in pace.figures.values():
        goal = "" if one.today_target is None else f"{one.today_target}/"
        text = f"{one.word} {goal}{one.today}"
        if one.measure == "captured":
            share = rate(n.captured, n.captured + n.looked).text
            text += f" ({share.replace('(', '').replace(')', '')})"
        told.append(text)
    return ["  ".join(told), *_month(pace)]


def _month(pace: Pace) -> list[str]:
    """How far the month's hand-overs are beside its time; the causes that are asked for."""
    one = pace.figures["deliveries"]
    if not one.target:
        return []
    words = _("month's hand-overs {done}/{target}  time {time}%  done {share}%")
    told = words.format(done=one.actual, target=one.target, time=percent(pace.time), share=percent(one.done or 0))
    if (gap := one.gap) is not None:
        word = _("short {count}") if gap > 0 else _("ahead by {count}") if gap else _("on pace")
        told += "  " + word.format(count=abs(gap))
    need = f"{one.needed or 0:.1f}".removesuffix(".0")
    return [told + ("  " + _("need {need} x {days} days").format(need=need, days=one.left) if one.left else "")]


def _behind(pace: Pace) -> list[Notice]:
    """A month behind its pace for so long that a cause must be given."""
    if not pace.causes_due:
        return []
    told = "  ".join(pace.figures[name].word for name in pace.causes_due)
    return [Notice(_("behind"), told, _("give the cause"), "targets", "cause", True)]


def _followups(store: Store, day: date) -> list[Notice]:
    """What is due today by grade, and the advisor whose follow-up waits longest."""
    due = customers.due(store, day)
    if not due:
        return []
    grades = lists.lists(store).grades
    counted = {code: sum(1 for one in due if one.customer.grade == code) for code in grades}
    told = "  ".join(f"{code} {count}" for code, count in counted.items() if count)
    worst = max(due, key=lambda one: one.late)
    names = {one.id: one.shown for one in people.everybody(store)}
    who = names.get(worst.customer.advisor_id or 0, "-")
    longest = _("longest: {name}, {days} days").format(name=who, days=worst.late) if worst.late > 0 else ""
    return [Notice(_("follow-ups"), told, longest, "customers", "due", worst.late > 0)]


def _incomplete(store: Store, day: date) -> list[Notice]:
    """Visits whose details an advisor still owes."""
    found = [one for one in visits.incomplete(store, day) if not one.explained]
    if not found:
        return []
    now = store.clock.now()
    names = {one.id: one.shown for one in people.everybody(store)}
    told = "  ".join(dict.fromkeys(names.get(one.advisor_id or 0, "-") for one in found))
    late = now.hour * 60 + now.minute >= EVENING
    return [Notice(_("visits"), _("{count} incomplete").format(count=len(found)), told, "customers", "", late)]


def _asked(store: Store) -> list[Notice]:
    found = customers.asked(store)
    if not found:
        return []
    return [Notice(_("lost?"), _("{count} to be decided").format(count=len(found)), "", "customers", "asked")]
