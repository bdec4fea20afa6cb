"""How customers are told of: names, days and grades for lists and for the record; never a telephone number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from floorlead import clock
from floorlead.cars.lists import colour_now
from floorlead.customers import rules
from floorlead.customers.records import Customer, Lists
from floorlead.phones import mask_in, masked
from floorlead.words import _


def called(customer: Customer) -> str:
    """The name, a number typed into it masked; where none was left, the end of the phone."""
    return mask_in(customer.name) or (f"*{customer.phone[-4:]}" if customer.phone else "-")


def name_of(customer: Customer | None) -> str:
    """The name for a list: an erased customer and somebody who left nothing are told as such."""
    if customer is None:
        return _("no number")
    return _("erased") if customer.erased_on else called(customer)


def tail(customer: Customer | None) -> str:
    """The last four digits of the phone, `-` without one."""
    return customer.phone[-4:] if customer and customer.phone else "-"


def phone(customer: Customer) -> str:
    """The phone as it may be shown."""
    return masked(customer.phone) if customer.phone else "-"


def day_told(day: date | None) -> dict[str, str]:
    """A day for the record, which is read in either language: `12-03`, `3 Dec`; `-` for none."""
    return {"zh": f"{day:%m-%d}", "en": f"{day.day} {day:%b}"} if day else {"zh": "-", "en": "-"}


def change(before: str, after: str) -> str:
    """A change of grade: `B->H`; a first one alone."""
    return after if before in ("", after) else f"{before}->{after}"


def next_words(customer: Customer, day: date) -> str:
    """When the next follow-up is, or how late it is: `11-25` or `25 Nov`, `逾3天`."""
    if customer.no_contact:
        return _("no calls")
    if customer.next_due is None:
        return "-"
    late = (day - customer.next_due).days
    if late > 0:
        return _("{days}d late").format(days=late)
    return _("today") if late == 0 else clock.short_day(customer.next_due)


def grade_words(lists: Lists, code: str) -> str:
    """A grade with its meaning: `H 7天内`."""
    grade = lists.grades.get(code)
    return f"{code} {grade.shown}" if grade else code


def digit_words(lists: Lists) -> str:
    """The grades with their keys as the bottom line says them: `1H 2A 3B 4C`."""
    return " ".join(f"{g.digit}{g.code}" for g in lists.grades.values() if g.digit)


def facts(customer: Customer, lists: Lists) -> Sequence[str]:
    """What is known besides the columns of a list, free text masked."""
    source = lists.sources.get(customer.source)
    told = [
        phone(customer) if customer.phone else "", source.shown if source else "", colour_now(customer.colour),
        _("since {day}").format(day=clock.short_day(customer.first_on)), customer.competitor,
        rules.spoken(customer.progress, lists.words.get("progress", ())),
        mask_in(customer.note),
    ]  # fmt: skip
    return [text for text in told if text]


def both_names(name: str, name_en: str) -> dict[str, str]:
    """A person's name for the record."""
    return {"zh": name, "en": name_en or name}
