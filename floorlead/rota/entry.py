"""What the keys of a cell do: a digit plans, asks about leave or sends out; the same digit again takes it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from floorlead.duty.records import Kind, Shift
from floorlead.rota import moves
from floorlead.words import _

if TYPE_CHECKING:
    from floorlead.rota.screen import RotaPage


def press(page: RotaPage, key: str) -> bool:
    """Take a key that marks the cell under the cursor; returns whether it was one."""
    person = page.person()
    if person is None:
        return False
    store, day = page.store, page.day
    if key.isdigit() and key != "0":
        return digit(page, int(key))
    if key in ("0", "-"):
        off = next((one for one in page.read().book.shifts if one.kind is Kind.OFF), None) if key == "-" else None
        return plan(page, off)
    if key == "space":
        return write(page, lambda: moves.lock(store, person, day))
    return False


def digit(page: RotaPage, number: int) -> bool:
    """Plan what the digit means; leave asks for its reason, an outing sends out or calls back."""
    shift = page.read().book.digit(number)
    if shift is None:
        page.desk.say(_("The digit {digit} means nothing in rota.toml").format(digit=number))
        return True
    if shift.kind is Kind.LEAVE:
        return _leave(page, shift)
    if shift.kind is Kind.OUTING:
        return _outing(page)
    return plan(page, shift)


def plan(page: RotaPage, shift: Shift | None) -> bool:
    """Plan a shift, or nothing when it is what stands there."""
    person, day, store = page.person(), page.day, page.store
    assert person
    cell = page.read().cells.get((person.id, day))
    same = shift is not None and cell is not None and cell.shift == shift.code and cell.code == shift.code
    wanted = None if same else shift
    if wanted is None and (cell is None or not cell.shift):
        page.desk.say(_("Nothing is planned here"))
        return True
    return write(page, lambda: moves.plan(store, person, day, wanted))


def _leave(page: RotaPage, shift: Shift) -> bool:
    person = page.person()
    assert person
    if not person.works_on(page.day):
        return write(page, lambda: moves.may_change(page.store, person, page.day))
    page.desk.open("leave", {"person": person.id, "day": page.day.isoformat(), "kind": shift.code})
    return True


def _outing(page: RotaPage) -> bool:
    """Send out, or call back who is sent out on that day already."""
    from floorlead.outings import moves as outings

    person, day, store = page.person(), page.day, page.store
    assert person
    cell = page.read().cells.get((person.id, day))

    def act() -> None:
        moves.may_change(store, person, day)
        (outings.recall if cell and cell.outing else outings.send)(store, person, day)

    return write(page, act)


def write(page: RotaPage, act: Callable[[], object]) -> bool:
    """Carry it out and read again."""
    page.desk.do(act)
    page.enter()
    return True


def copy_week(page: RotaPage) -> None:
    """Copy the week before into the empty cells of the one shown."""
    from floorlead.rota.queries import monday

    start, store = monday(page.day), page.store
    write(page, lambda: moves.copy_week(store, start))


def publish(page: RotaPage) -> None:
    """Publish what is shown: the week, or the month."""
    first, last = page.read().first, page.read().last
    write(page, lambda: moves.publish(page.store, first, last))


def draft(page: RotaPage) -> None:
    """Draft the empty cells of what is shown."""
    from floorlead.rota import drafting

    first, last = page.read().first, page.read().last
    write(page, lambda: drafting.fill(page.store, first, last))
