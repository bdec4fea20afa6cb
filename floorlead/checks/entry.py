"""What the keys of a card do: from a digit to the marks that are saved, and the sentences that say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from floorlead import clock
from floorlead.checks import queries, rules, stories
from floorlead.checks.records import FAIL, NA, PASS, Item, Mark, RestPass, Row
from floorlead.duty import queries as duty
from floorlead.duty import rules as duty_rules
from floorlead.record import replace
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.checks.screen import ChecksPage

DESK_KEEPS = ("table", "zone")
"""What the reception keeps in order where nobody else does."""
MARKED = N_("{name} {item} {sign} {time}")


def fresh(page: ChecksPage, row: Row, item: Item) -> Mark:
    """A mark made now for an item of a row, with whose points they would be."""
    assert page.card
    owner = row.owner_id if row.owner_id in page.here else None
    if row.owner_id is None:
        owner = _at_the_desk(page, row)
    single = 2 if page.card.passes else 1
    return Mark(
        PASS, page.store.clock.stamp(), page.store.by, single=single, owner_id=owner, points=item.points if owner else 0
    )


def _at_the_desk(page: ChecksPage, row: Row) -> int | None:
    """Tables and zones that nobody keeps are the reception's: whoever answers for the desk at this minute."""
    card, now = page.card, page.store.clock.now()
    if card is None or card.day != page.store.today() or card.words.list_of(row.list).subject not in DESK_KEEPS:
        return None
    held = duty_rules.held_at(duty.reception(page.store, card.day), now.hour * 60 + now.minute)
    return next((one.who for one in held.values() if one.why != duty_rules.LEADER), None)


def is_past(page: ChecksPage, item: Item) -> bool:
    """Whether an item's due time on the card's day is over."""
    return bool(item.due) and page.card is not None and page.store.clock.passed(item.due, page.card.day)


def digit(page: ChecksPage, number: int) -> bool:
    """An exception in the column of the digit, or off again; a number item asks for its number."""
    row, item = page.board.row(), page.board.item(number)
    if row is None or item is None or page.card is None:
        return False
    if page.board.is_round:
        page.board.go(number - 1)
    if item.is_number:
        page.desk.open("number", {"list": row.list, "subject": row.subject, "item": item.code})
        return True
    mark = rules.toggled(page.card.mark(row, item), fresh(page, row, item), is_past(page, item))
    save_one(page, row, item, mark)
    return True


def save_one(page: ChecksPage, row: Row, item: Item, mark: Mark | None) -> None:
    """Save one mark and say so in one line."""
    card = page.card
    assert card
    sign = (
        "." if mark is None else "-" if mark.result == NA else "X" if mark.result == FAIL else "L" if mark.late else "v"
    )
    time = clock.hm(page.store.clock.stamp())
    page.desk.do(
        lambda: queries.put(
            page.store, card, [(row, item, mark)], MARKED, name=row.both(), item=item.both(), sign=sign, time=time
        )
    )


def whole_row(page: ChecksPage, key: str) -> None:
    """Space, 0 and - on a row."""
    row = page.board.row()
    if row is None or page.card is None:
        return
    if row.away and key == "space":
        told = _("{name}: {away}; sign in on the attendance page first")
        told = told if row.subject.startswith("person") else _("{name}: {away}; nothing to look at here any more")
        page.desk.say(told.format(name=row.shown, away=row.away))
    else:
        {"space": _row_fine, "0": _put_right, "-": _off}[key](page, row)
    if key == "space":
        page.board.go(page.board.cursor + 1)


def _row_fine(page: ChecksPage, row: Row) -> None:
    card = page.card
    assert card
    cells: list[queries.Cell] = [
        (row, item, rules.passed(fresh(page, row, item), is_past(page, item)))
        for item in page.board.items()
        if rules.cell(card, row, item) == "." and not item.is_number
    ]
    numbers = [item for item in page.board.items() if item.is_number and rules.cell(card, row, item) == "."]
    if cells:
        page.desk.do(lambda: queries.put(page.store, card, cells, N_("{name} row ok"), name=_named(page, row)))
    elif numbers:
        page.desk.open("number", {"list": row.list, "subject": row.subject, "item": numbers[0].code})
        page.board.go(page.board.cursor - 1)


def _named(page: ChecksPage, row: Row) -> dict[str, str]:
    return page.board.items()[0].both() if page.board.is_round else row.both()


def _put_right(page: ChecksPage, row: Row) -> None:
    card = page.card
    assert card
    stamp = page.store.clock.stamp()
    cells: list[queries.Cell] = [
        (row, item, rules.remedied(mark, stamp, page.store.by))
        for item in page.board.items()
        if (mark := card.mark(row, item)) and mark.is_exception
    ]
    if cells:
        page.desk.do(lambda: queries.put(page.store, card, cells, N_("{name} put right"), name=_named(page, row)))
    else:
        page.desk.say(_("{name} has no exception to put right").format(name=row.shown))


def _off(page: ChecksPage, row: Row) -> None:
    card = page.card
    assert card
    items = page.board.items()
    marks = [card.mark(row, item) for item in items]
    back = all(mark is not None and mark.result == NA for mark in marks)
    cells: list[queries.Cell] = [
        (row, item, None if back else Mark(NA, page.store.clock.stamp(), page.store.by, single=2 if card.passes else 1))
        for item in items
    ]
    words = N_("{name} counts again") if back else N_("{name} - not applicable")
    page.desk.do(lambda: queries.put(page.store, card, cells, words, name=_named(page, row)))


def rest_is_fine(page: ChecksPage) -> None:
    """Ctrl+A: what is still open in this filter is fine; past a due time it is asked how that is meant."""
    card = page.card
    assert card
    cells = rules.open_cells(card, page.rows())
    if any(is_past(page, item) for _row, item in cells):
        page.desk.open("late", {})
        return
    pass_rest(page, backfilled=False)
    if not cells:
        page.desk.say(_("Nothing is open here any more"))


def pass_rest(page: ChecksPage, *, backfilled: bool) -> None:
    """Fill everything open in this filter, as one action that one undo takes back."""
    card = page.card
    assert card
    found = rules.open_cells(card, page.rows())
    stamp = page.store.clock.stamp()
    cells: list[queries.Cell] = []
    for row, item in found:
        new = replace(fresh(page, row, item), single=0)
        cells.append((row, item, rules.passed(new, is_past(page, item), backfilled)))
    rows = len({(row.list, row.subject) for row, _item in found})
    rest = RestPass(stamp, page.store.by, rows, len(cells), backfilled)
    words = (
        N_("{card}: the rest is fine, {count} marks, entered later {time}")
        if backfilled
        else N_("{card}: the rest is fine, {count} marks {time}")
    )
    names = {"zh": card.words.zh, "en": card.words.en}
    page.desk.do(
        lambda: (
            queries.put(page.store, card, cells, words, rest, card=names, count=len(cells), time=clock.hm(stamp))
            if cells
            else None
        )
    )


def ask_why(page: ChecksPage) -> None:
    """Enter: the reason of the row's newest exception; without an exception the row's own story."""
    row = page.board.row()
    card = page.card
    if row is None or card is None:
        return
    waiting = stories.exceptions(card, row, page.board.items())
    if waiting:
        page.desk.open("reason", {"list": row.list, "subject": row.subject, "item": waiting[0].code})
    else:
        page.desk.open("row", {"list": row.list, "subject": row.subject})
