"""Customers by what was typed: open prospects by name, pinyin or number, anybody by the phone or its last four."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from floorlead.customers import queries
from floorlead.customers.records import Customer
from floorlead.finding import matches
from floorlead.phones import MOST as LONGEST
from floorlead.phones import digits
from floorlead.store import Store
from floorlead.text import fold

MOST = 30
LAST, SHORTEST = 4, 7
"""Digits of a phone that people ask for: its end, or at least a whole fixed line."""
_BY_PHONE = "SELECT id FROM customers WHERE phone = ? ORDER BY closed_on IS NOT NULL, id LIMIT ?"
_BY_END = (
    "SELECT id FROM customers WHERE phone <> '' AND substr(phone, -4) = ? ORDER BY closed_on IS NOT NULL, id LIMIT ?"
)
_BEFORE_EXTENSION = {
    _BY_PHONE: "SELECT id FROM customers WHERE length(?1) >= 10 AND length(phone) - length(?1) BETWEEN 1 AND 4 "
    "AND substr(phone, 1, length(?1)) = ?1 ORDER BY closed_on IS NOT NULL, id LIMIT ?2",
    _BY_END: "SELECT id FROM customers WHERE length(phone) >= 12 AND "
    "?1 IN (substr(phone, 7, 4), substr(phone, 8, 4), substr(phone, 9, 4)) ORDER BY closed_on IS NOT NULL, id LIMIT ?2",
}
"""The same asked of numbers with an extension: of 12 digits or more the last ones may be one."""
Found = list[tuple[int, Customer]]
_last: WeakKeyDictionary[Store, tuple[tuple[str, int], Found]] = WeakKeyDictionary()
"""What was found last in a file: the views and the whole page ask for the same."""


def find(store: Store, typed: str) -> Found:
    """Customers that fit what was typed, best first, with their scores; closed ones by the phone's end only."""
    text = fold(typed).lower().replace(" ", "")
    mark = (text, int(store.one("SELECT max(id) FROM changes") or 0))
    if store not in _last or _last[store][0] != mark:
        _last[store] = (mark, _found(store, text))
    return _last[store][1]


def by_number(typed: str) -> bool:
    """Whether somebody is asked for by a telephone number: its last four digits, or all of it."""
    text = fold(typed).lstrip("+")
    return text.isdigit() and (len(text) == LAST or SHORTEST <= len(text) <= LONGEST)


def _found(store: Store, text: str) -> Found:
    if by_number(text):
        text = text if len(text) == LAST else digits(text)
        asked = _BY_END if len(text) == LAST else _BY_PHONE
        found = store.rows(asked, text, MOST) or store.rows(_BEFORE_EXTENSION[asked], text, MOST)
        idents = [ident for (ident,) in found]
        return [(4, one) for one in _in_order(store, idents)]
    if not text or text.isdigit():
        return []
    rows = store.rows("SELECT id, search FROM customers WHERE closed_on IS NULL AND instr(search, ?) > 0", text)
    scored = sorted(((matches(text, search), ident) for ident, search in rows), key=lambda one: -one[0])[:MOST]
    known = queries.some(store, [ident for _score, ident in scored])
    return [(score, known[ident]) for score, ident in scored if score]


def _in_order(store: Store, idents: list[int]) -> list[Customer]:
    known = queries.some(store, idents)
    return [known[ident] for ident in idents]


def scores(store: Store, typed: str) -> dict[int, int]:
    """How well the customers found fit, by id."""
    return {one.id: score for score, one in find(store, typed)}
