"""When a prospect is to be called again, what a change of grade does, and how a list of prospects is counted.

The interval counts from the last contact, never from today; a rest day moves only the day on which it is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta

from floorlead.customers.records import Customer, Due, Grade, Pair
from floorlead.words import pick

NEW = "N"
"""The grade of who was not judged yet."""
ORDERED, DELIVERED = "O", "D"
LONGEST_REST = 14
"""Days that a due day is looked back over for one on which the advisor works."""


def next_due(grade: Grade | None, last_contact: date) -> date | None:
    """The day of the next follow-up: `last_contact` + the grade's interval; None for an end state."""
    if grade is None or grade.days is None or not grade.is_open:
        return None
    return last_contact + timedelta(days=grade.days)


def shown_due(due: date, rests: Callable[[date], bool], after: date | None = None) -> date:
    """The day on which a follow-up is shown: the due day, or the nearest day before on which the advisor works.

    Never on or before `after` (the last contact); where every day between is a rest day it stays on the due day.
    """
    day = due
    for _n in range(LONGEST_REST):
        if not rests(day):
            return day
        day -= timedelta(days=1)
        if after is not None and day <= after:
            break
    return due


def days_late(customer: Customer, day: date) -> int:
    """Days past the due day; on the due day itself, and before it, 0."""
    return max(0, (day - customer.next_due).days) if customer.next_due else 0


def order_of(due: Due) -> tuple[date, int]:
    """The longest overdue first; of the same day in the order of entry."""
    return (due.customer.next_due or date.max, due.customer.id)


def by_advisor(found: Iterable[Due]) -> dict[int | None, list[Due]]:
    """Follow-ups by advisor, each oldest first; the advisor who owes the oldest one stands first, nobody's last."""
    groups: dict[int | None, list[Due]] = {}
    for one in sorted(found, key=order_of):
        groups.setdefault(one.customer.advisor_id, []).append(one)
    if None in groups:
        groups[None] = groups.pop(None)
    return groups


def after_grade(customer: Customer, grade: Grade) -> date | None:
    """The next follow-up after a change of grade: from the last contact, or from the first day without one."""
    return next_due(grade, customer.last_contact or customer.first_on)


def is_rise(grades: Sequence[str], before: str, after: str) -> bool:
    """Whether a grade is hotter than another; `grades` are the codes from hot to cold."""
    return before in grades and after in grades and grades.index(after) < grades.index(before)


def in_order(codes: Iterable[str], grades: Mapping[str, Grade]) -> list[str]:
    """Grade codes from hot to cold, unknown ones last."""
    order = list(grades)
    return sorted(codes, key=lambda code: order.index(code) if code in grades else len(order))


def spoken(word: str, pairs: Iterable[Pair]) -> str:
    """A kept word in the language spoken now; a typed one stays as it is."""
    return next((pick(*pair) for pair in pairs if word in pair), word)


def both(word: str, pairs: Iterable[Pair]) -> dict[str, str]:
    """A kept word for the record, which is read in either language."""
    zh, en = next((pair for pair in pairs if word in pair), (word, word))
    return {"zh": zh, "en": en}
