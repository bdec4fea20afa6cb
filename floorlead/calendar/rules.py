"""When the plate office, the banks and the maker's order desk are open, and which day of a week is the order day.

A week has at most one order day; a year whose holidays were not announced knows weekends only, and says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from datetime import date, timedelta

from floorlead.calendar.records import Kind, Special
from floorlead.record import record
from floorlead.words import _

FESTIVALS = 7
"""Festivals of the State Council's yearly notice; a year with fewer holidays entered is not complete."""
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)


@record
class Office:
    """The offices' calendar: special `days` by date, and the `years` whose holidays are known."""

    days: Mapping[date, Kind]
    years: frozenset[int]

    def is_open(self, day: date) -> bool:
        """Whether the plate office and the banks work: Monday to Friday but no holiday, or a make-up workday."""
        kind = self.days.get(day)
        return kind is Kind.WORKDAY if kind else day.weekday() < 5

    def is_holiday(self, day: date) -> bool:
        """Whether the day is a holiday by name, not only a weekend."""
        return self.days.get(day) is Kind.HOLIDAY

    def known(self, year: int) -> bool:
        """Whether the year's holidays are known; else only weekends count, and every place says so."""
        return year in self.years

    def next_open(self, day: date) -> date:
        """The first day from `day` on that the offices work."""
        while not self.is_open(day):
            day += _DAY
        return day


def office_of(specials: Iterable[Special]) -> Office:
    """The calendar that special days make; a year counts as known from seven holidays on, one a festival."""
    days = {special.day: special.kind for special in specials}
    off = Counter(day.year for day, kind in days.items() if kind is Kind.HOLIDAY)
    return Office(days, frozenset(year for year, count in off.items() if count >= FESTIVALS))


def kind_of(office: Office, closed: Container[date], day: date) -> str:
    """What a day is to the showroom: work, weekend, holiday, makeup or closed; weekends and holidays are its peak."""
    if day in closed:
        return "closed"
    if special := office.days.get(day):
        return "holiday" if special is Kind.HOLIDAY else "makeup"
    return "weekend" if day.weekday() >= 5 else "work"


def own_day(week_of: date, weekday: int = 0) -> date:
    """The day of a week that is the order day when nothing is in its way; `weekday` 0 is Monday."""
    return week_of - timedelta(days=week_of.weekday()) + timedelta(days=weekday)


def order_day(office: Office, week_of: date, weekday: int = 0) -> date:
    """The order day of the week that `week_of` lies in: the set weekday, on a holiday the next office day.

    When that falls into a later week, the later week's own order day stands for both: never two in one week.
    """
    own = own_day(week_of, weekday)
    while office.is_holiday(own):
        moved = office.next_open(own)
        if moved < own_day(own) + _WEEK:
            return moved
        own = own_day(moved, weekday)
    return own


def is_order_day(office: Office, day: date, weekday: int = 0) -> bool:
    """Whether the day is the one order day of its week."""
    return order_day(office, day, weekday) == day


def next_order_day(office: Office, day: date, weekday: int = 0) -> date:
    """The first order day from `day` on."""
    found = order_day(office, day, weekday)
    return found if found >= day else order_day(office, day + _WEEK, weekday)


def skipped(office: Office, order: date, weekday: int = 0) -> date | None:
    """The set weekday's holiday that an order day stands for, the last one; None where it is the set weekday itself."""
    own = own_day(order, weekday)
    return own if own < order and office.is_holiday(own) else None


def unknown_years(office: Office, first: date, last: date) -> tuple[int, ...]:
    """The years of a period whose holidays were not announced yet; its days are then taken for ordinary ones."""
    return tuple(year for year in range(first.year, last.year + 1) if not office.known(year))


def unknown_told(office: Office, first: date, last: date) -> list[str]:
    """A sentence for each such year of a period."""
    return [unknown_words(year) for year in unknown_years(office, first, last)]


def unknown_words(year: int) -> str:
    """That a year's holidays were not announced yet, as one sentence."""
    return _("The holidays of {year} are not known yet: only weekends are counted").format(year=year)
