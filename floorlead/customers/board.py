"""What the views of the Customers page show alike: names of people and models, a customer's cells, the keys."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from floorlead import clock
from floorlead.cars import queries as cars
from floorlead.cars.records import Model
from floorlead.customers import notes, rules
from floorlead.customers.lists import lists
from floorlead.customers.records import Customer, Lists
from floorlead.customers.views import View
from floorlead.people import queries as people
from floorlead.people.records import Person
from floorlead.record import record
from floorlead.store import Store
from floorlead.text import as_many
from floorlead.widgets.grid import Cell, Column
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line
from floorlead.words import N_, language

GRADE_DIGITS = 4
"""Digits that regrade; the next ones mean something else."""

NEW = bind(("insert", "+"), "Ins", N_("New"), changes=True, help=N_("a walk-in or a call comes in"))
LOST = bind(
    "6", "6", N_("lost"), changes=True, help=N_("apply for an end: lost, frozen, out of touch; again: withdraw")
)
ORDER = bind("7", "7", N_("order"), changes=True, help=N_("an order of this customer"))
HAND = bind("8", "8", N_("hand"), changes=True, help=N_("another advisor takes the customer, or all of them"))
CALLED = bind(
    "space", "Space", N_("rang"), changes=True,
    help=N_("followed up now, the next day by the grade's interval; again takes it back"),
)  # fmt: skip
OPEN = bind("enter", "Enter", N_("file"), help=N_("everything about this customer"))
HELP = bind("f1", "F1", N_("help"))


class Grading(Bind):
    """The digits that regrade: their label says it all."""

    def hint(self) -> str:
        """The label alone: `1H 2A 3B 4C`."""
        return self.label


@record
class Names:
    """People by id, models by id, the showroom's lists: read once for a view."""

    people: Mapping[int, Person]
    models: Mapping[int, Model]
    lists: Lists

    def person(self, ident: int | None) -> str:
        """A person's name, `-` for nobody."""
        found = self.people.get(ident or 0)
        return found.shown if found else "-"

    def model(self, ident: int | None) -> str:
        """A model's name, `-` for none."""
        found = self.models.get(ident or 0)
        return found.shown if found else "-"

    def progress(self, customer: Customer | None) -> str:
        """How far the customer is, in the language spoken now."""
        return rules.spoken(customer.progress, self.lists.words.get("progress", ())) if customer else ""

    def has_left(self, ident: int | None, day: date) -> bool:
        """Whether a customer's advisor is not of the showroom any more."""
        found = self.people.get(ident or 0)
        return found is not None and not found.works_on(day)


def names(store: Store) -> Names:
    """The names as they are now."""
    everybody = {person.id: person for person in people.everybody(store)}
    return Names(everybody, {model.id: model for model in cars.models(store)}, lists(store))


def grade_of(digit: str, known: Lists) -> str:
    """The grade that a digit means, empty for none."""
    found = (g.code for g in known.grades.values() if g.digit and str(g.digit) == digit and g.digit <= GRADE_DIGITS)
    return next(found, "")


def turning(view: View) -> Bind:
    """Tab, with the name of the view that it goes on to."""
    return bind(("tab", "backtab"), "Tab", view.page.after(view).word, help=N_("the next view"))


def grading(known: Lists) -> Bind:
    """The digits that regrade, as the bottom line says them: `1H 2A 3B 4C`."""
    found = [g for g in known.grades.values() if g.digit and g.digit <= GRADE_DIGITS]
    label = " ".join(f"{g.digit}{g.code}" for g in found)
    help = N_("grade; the next call counts from the last")
    return Grading(tuple(str(g.digit) for g in found), label, N_("grade"), True, help, ("row", "box", "same"))


def next_cell(customer: Customer | None, day: date) -> Cell:
    """When the next follow-up is; an overdue one stands out."""
    if customer is None or customer.closed_on:
        return Cell("-")
    late = rules.days_late(customer, day) and not customer.no_contact
    return Cell(notes.next_words(customer, day), "bad" if late else "")


def day_cell(day: date | None) -> Cell:
    """A day in short, `-` for none."""
    return Cell(clock.short_day(day) if day else "-")


def day_column(title: str) -> Column:
    """A column of days in short."""
    return Column(title, pick_cells(5, 6))


def pick_cells(zh: int, en: int) -> int:
    """Cells in the language spoken now: a day in short is one longer in English, what stands beside it one shorter."""
    return zh if language() == "zh" else en


def name_cell(customer: Customer | None) -> Cell:
    """Who it is."""
    return Cell(notes.name_of(customer), "bold" if customer else "dim")


def facts(customer: Customer | None, known: Names, cells: int) -> list[Line]:
    """What a list has no column for, in a line."""
    if customer is None:
        return [Line()]
    grade = notes.grade_words(known.lists, customer.grade)
    told = [notes.name_of(customer), grade, *notes.facts(customer, known.lists)]
    return [Line().put("   " + as_many(told, cells - 5)).cropped(cells - 1)]


def late_words(overdue: Mapping[int | None, int], known: Names, cells: int) -> str:
    """Who has how many overdue follow-ups, the most first: `王芳 2  李娜 1`."""
    ordered = sorted(overdue.items(), key=lambda one: -one[1])
    return as_many([f"{known.person(who)} {count}" for who, count in ordered], cells)
