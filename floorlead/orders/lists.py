"""The papers of a delivery, D01 to D17: the list `delivery` of `checklists.toml`, the showroom's own before the shipped."""

from __future__ import annotations

from collections.abc import Iterable

from floorlead.checks import lists as check_lists
from floorlead.checks.records import CardWords
from floorlead.orders.records import Paper
from floorlead.store import Store

SAME = {"D04": "invoice", "D06": "insurance"}
"""Papers that are a step of the day's inspection."""


def papers(store: Store) -> tuple[Paper, ...]:
    """The delivery file's papers in their order; the shipped ones where the showroom's own lists have none."""
    return _of(check_lists.shipped(store)) or _of(check_lists.OWN.shipped())


def _of(cards: Iterable[CardWords]) -> tuple[Paper, ...]:
    delivery = (one for card in cards for one in card.lists if one.code == "delivery")
    return tuple(
        Paper(item.code, item.zh, item.en, item.severity, SAME.get(item.code, ""))
        for one in delivery for item in one.items
    )  # fmt: skip
