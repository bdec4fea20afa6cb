"""The card lists in force: the shipped or the showroom's own `checklists.toml`, and what was edited in the app over it.

A card that was made keeps the words it was made with; this is for the cards still to come.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from floorlead.checks.records import CardWords, CheckList, Item
from floorlead.ownfile import OwnFile, Wrong
from floorlead.ownfile.shape import NAMED, Keys, clock, code, flag, many, number, one_of, table, text, whole
from floorlead.record import asdict, replace
from floorlead.store import Refused, Store
from floorlead.words import N_, _

DRAFT = "checklists"
"""Where the parsed lists are kept for the next start."""
SUBJECTS = ("person", "display_car", "table", "zone", "test_drive_car", "day")
"""Kinds of subject that a card can look at."""


MOST_REASONS = 6
"""Quick reasons that have a digit; the next one types."""


def _due(value: Any, keys: Keys) -> str:
    return "" if value == "" else str(clock(value, keys))


_TEXTS = ("short_zh", "short_en", "long_zh", "long_en", "unit", "unit_en")
ITEM = table(NAMED, {
    **dict.fromkeys(_TEXTS, text()), "severity": one_of("R", "Y", "G"), "points": whole(0, 100),
    "answer": one_of("tick", "number"), "low": number(-1e6, 1e6), "high": number(-1e6, 1e6), "due": _due,
})  # fmt: skip
SHAPE = table({
    "reasons": many(table({"zh": text(1), "en": text()})),
    "card": many(table(NAMED, {"on": flag}), once="code"),
    "list": many(table({
        **NAMED, "card": code, "subject": one_of(*SUBJECTS, "order"), "item": many(ITEM, 1, once="code"),
    }, {"on": flag, "due": _due}), once="code"),
})  # fmt: skip
"""What `checklists.toml` must be like: points up to 100, due times of one day."""


def shipped(store: Store) -> list[CardWords]:
    """Every card of the data file. A showroom's own file that cannot be used is told of, and the shipped one counts."""
    return list(OWN.read(store))


def _cards(data: Mapping[str, Any]) -> tuple[CardWords, ...]:
    reasons = tuple((reason["zh"], reason["en"]) for reason in data["reasons"][:MOST_REASONS])
    lists = [_list(one, at) for at, one in enumerate(data["list"])]
    return tuple(
        CardWords(c["code"], c["zh"], c["en"], bool(c.get("on", False)),
                  tuple(one for one in lists if one.card == c["code"]), reasons)
        for c in data["card"]
    )  # fmt: skip


def _list(data: Mapping[str, Any], at: int) -> CheckList:
    items = tuple(item_from(one, data.get("due", "")) for one in data["item"])
    for n, one in enumerate(items):
        if one.low is not None and one.high is not None and one.low > one.high:
            raise Wrong(_("The lowest value is above the highest"), ("list", at, "item", n, "low"))
    return CheckList(
        data["code"], data["card"], data["zh"], data["en"], data["subject"], bool(data.get("on", False)), items
    )


def item_from(data: dict[str, Any], due: str = "") -> Item:
    """An item from its data; an unknown field is an error, a missing due time is the list's."""
    return Item(**{"due": due, **data})


def in_force(store: Store) -> list[CardWords]:
    """The cards that the showroom uses, with its own edits; a card whose lists look at nothing here is left out."""
    return [card for card in every(store) if card.is_on and card.lists and card.lists[0].subject in SUBJECTS]


def every(store: Store) -> list[CardWords]:
    """Every card, switched on or not, with the showroom's edits."""
    on = {code: bool(value) for code, value in store.rows("SELECT code, is_on FROM check_lists")}
    edits: dict[str, list[tuple[str, dict[str, Any] | None]]] = {}
    for name, item, body in store.rows("SELECT list, code, body FROM check_items ORDER BY id"):
        edits.setdefault(name, []).append((item, json.loads(body)))
    if not on and not edits:
        return shipped(store)
    return [_edited(card, on, edits) for card in shipped(store)]


def _edited(card: CardWords, on: dict[str, bool], edits: dict[str, list[tuple[str, Any]]]) -> CardWords:
    lists = tuple(replace(one, items=_items(one, edits.get(one.code, []))) for one in card.lists)
    return replace(card, is_on=on.get(card.code, card.is_on), lists=lists)


def _items(one: CheckList, edits: list[tuple[str, Any]]) -> tuple[Item, ...]:
    """The list's items with edits in place, removed ones (null) left out, added ones at the end."""
    changed = dict(edits)
    kept = [
        item_from(changed[i.code]) if i.code in changed else i for i in one.items if changed.get(i.code, 1) is not None
    ]
    known = {item.code for item in one.items}
    added = [item_from(body) for code, body in edits if code not in known and body is not None]
    return (*kept, *added)


def switch(store: Store, card: CardWords) -> None:
    """Switch a card on or off, from today on."""
    from floorlead.checks import queries  # it reads cards with the words from here

    words = N_("Card {card} switched off") if card.is_on else N_("Card {card} switched on")
    queries.put_switch(store, card.code, not card.is_on, words, {"zh": card.zh, "en": card.en})


def save_item(store: Store, one: CheckList, item: Item) -> None:
    """Change an item of a list or add one; past cards keep their words. Raises Refused."""
    if not item.zh and not item.en:
        raise Refused("E67", _("An item needs words"))
    if item.is_number and item.low is not None and item.high is not None and item.low > item.high:
        raise Refused("E68", _("The lowest value is above the highest"))
    _write(store, one, item.code, json.dumps(asdict(item), ensure_ascii=False), N_("Item {item} changed"), item)


def remove_item(store: Store, one: CheckList, item: Item) -> None:
    """Take an item off a list; past cards keep it."""
    _write(store, one, item.code, "null", N_("Item {item} removed"), item)


def _write(store: Store, one: CheckList, code: str, body: str, words: str, item: Item) -> None:
    from floorlead.checks import queries

    queries.put_item(store, one.code, code, body, words, item.both())


def to_json(card: CardWords) -> dict[str, Any]:
    """A card's words as they are kept with the cards made from them."""
    found: dict[str, Any] = asdict(card)
    return found


def from_json(data: dict[str, Any]) -> CardWords:
    """A card's words as they were kept."""
    lists = tuple(CheckList(**{**one, "items": tuple(Item(**item) for item in one["items"])}) for one in data["lists"])
    return CardWords(**{**data, "lists": lists, "reasons": tuple(tuple(r) for r in data["reasons"])})


OWN = OwnFile("checklists.toml", DRAFT, SHAPE, _cards)
