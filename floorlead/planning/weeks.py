"""Calendar weeks (Monday to Sunday) of a period, also those that reach over its ends.

A week that is not wholly known is judged by its known days: each day may carry a fifth of the week's minutes, and the
days of rest are the week's in proportion, rounded down.
"""

from __future__ import annotations

from datetime import date

from floorlead.planning.problem import Problem
from floorlead.record import record


@record
class Week:
    """The positions of a calendar week's days in the period; `before` are its days before the period."""

    days: tuple[int, ...]
    before: int
    first: bool
    month: str
    """The month that the week's overtime counts for: that of its last day in the period."""


def weeks_of(problem: Problem) -> list[Week]:
    """The period's calendar weeks in order."""
    found: dict[date, list[int]] = {}
    for d, day in enumerate(problem.days):
        monday = date.fromordinal(day.date.toordinal() - day.date.weekday())
        found.setdefault(monday, []).append(d)
    return [
        Week(
            tuple(days), problem.days[days[0]].date.weekday(), days[0] == 0,
            problem.days[days[-1]].date.isoformat()[:7],
        )
        for days in found.values()
    ]  # fmt: skip


def known(problem: Problem, p: int, week: Week) -> tuple[int, int, int]:
    """Of a person's week: the days known, and the minutes worked and days rested before the period."""
    done = problem.people[p].week_done if week.first else None
    if done is None or not week.before:
        return len(week.days), 0, 0
    return len(week.days) + week.before, done[0], done[1]


def allowance(problem: Problem, p: int, week: Week, minutes: int) -> int:
    """Minutes that a person may still work in this week before overtime begins."""
    days, done, _rests = known(problem, p, week)
    return max(0, (min(minutes, -(-days * minutes // 5))) - done)


def rests(problem: Problem, p: int, week: Week) -> int:
    """Days of rest that a person still needs in this week."""
    days, _done, rested = known(problem, p, week)
    return min(len(week.days), max(0, problem.rules.rest_days_per_week * days // 7 - rested))


def contract(problem: Problem, p: int, week: Week, minutes: int, leave: int, free: int) -> int:
    """Minutes that a person is to work in this week: five sevenths of the known days, each a fifth of the week's
    minutes, less the days of `leave`, and not on more than the `free` days on which work is possible.
    """
    days, done, _rests = known(problem, p, week)
    owed = max(0, min(5 * days // 7 * minutes // 5 - done - leave * minutes // 5, free * minutes // 5))
    return min(owed, allowance(problem, p, week, minutes))
