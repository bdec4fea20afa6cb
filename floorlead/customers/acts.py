"""What a key does to a customer, alike in every view: grade, end, order, hand over, follow up, detail."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from floorlead.customers import board, ends, moves, notes, queries
from floorlead.customers.lists import lists
from floorlead.customers.records import Customer
from floorlead.customers.views import View
from floorlead.words import _

if TYPE_CHECKING:
    from floorlead.widgets.desk import Desk


def do(view: View, act: Callable[[], object]) -> None:
    """Carry out something that writes and read again; the cursor stays with what it stood on."""
    view.desk.do(act)
    view.page.enter()


def toggled(view: View, customer: Customer | None, code: str) -> str:
    """The grade that a digit means now: the same one again takes today's change back."""
    if customer is None or customer.grade != code:
        return code
    return queries.grade_before_today(view.store, customer.id, view.day) or code


def press(view: View, key: str, customer: Customer, visit: int = 0) -> bool:
    """Take a key that is about one customer; returns whether it was one."""
    grade = board.grade_of(key, lists(view.store))
    if grade:
        wanted = toggled(view, customer, grade)
        if wanted != customer.grade:
            do(view, lambda: moves.set_grade(view.store, customer, wanted))
        else:
            view.desk.say(_("{name} is {grade} already").format(name=notes.name_of(customer), grade=grade))
    elif key == "6":
        end(view, customer)
    elif key == "7":
        order(view.desk, customer, visit)
    elif key == "8":
        view.desk.open("hand", {"customer": customer.id})
    elif key == "space":
        follow_up(view, customer)
    elif key == "enter":
        view.desk.open("detail", {"customer": customer.id})
    else:
        return False
    return True


def end(view: View, customer: Customer) -> None:
    """Apply for an end; where one is applied for already, withdraw it."""
    pending = next((one for one in queries.asked(view.store) if one.customer_id == customer.id), None)
    if pending:
        do(view, lambda: ends.withdraw(view.store, pending))
    else:
        moves.open_and_free(view.store, customer)
        view.desk.open("end", {"customer": customer.id})


def order(desk: Desk, customer: Customer, visit: int) -> None:
    """An order of this customer, on the page of the cars."""
    desk.go_and_open("cars", "order", {"customer": customer.id, "visit": visit, "back": "customers"})


def follow_up(view: View, customer: Customer) -> None:
    """Followed up just now; done today already: taken back."""
    if queries.contact_today(view.store, customer.id, view.day):
        do(view, lambda: moves.uncontact(view.store, customer))
    else:
        do(view, lambda: moves.contact(view.store, customer))


def remind(view: View, overdue: Sequence[tuple[int, int]]) -> None:
    """Note that advisors were told of their overdue follow-ups."""
    do(view, lambda: moves.remind(view.store, overdue))
