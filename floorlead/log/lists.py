"""The showroom's levels, clocks, usual words, discipline rules and spot-check items: `log.toml`, the showroom's own
before the shipped."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from floorlead.log.records import Clocks, Item, Kind, Level, Lists, Result, Rule
from floorlead.ownfile import OwnFile
from floorlead.ownfile.shape import NAMED, flag, many, one_of, pair, table, whole
from floorlead.record import fields
from floorlead.store import Store

DRAFT = "log_lists"
"""Where the read file is kept for the next start."""
FILE = "log.toml"
MOST_WORDS, MOST_ROWS = 6, 9
"""Usual words and results that have a digit; rules and items that have one."""
MONTH_MINUTES = 31 * 24 * 60
SHAPE = table({
    "level": many(table({**NAMED, "kind": one_of(*Kind)}, {"result": flag, "manager": flag})),
    "clock": table({}, dict.fromkeys(fields(Clocks), whole(0, MONTH_MINUTES))),
    "words": table({"action": many(pair()), "result": many(pair(flag), 1), "plate": many(pair())}, rest=many(pair())),
    "rule": many(table({**NAMED, "points": whole(0, 100)}), 1, once="code"),
    "item": many(table(NAMED, {"short": pair()}), 1, once="code"),
})  # fmt: skip
"""What `log.toml` must be like: clocks in minutes and hours up to a month, points up to 100."""


def lists(store: Store) -> Lists:
    """What `log.toml` says; a showroom's own file that cannot be used is told of, and the shipped one counts."""
    return OWN.read(store)


def lists_of(data: Mapping[str, Any]) -> Lists:
    """The lists from data of the file's shape."""
    words = data["words"]
    results = tuple(Result(one[0], one[1], one[2] if len(one) > 2 else None) for one in words["result"][:MOST_WORDS])
    pairs = {name: tuple((one[0], one[1]) for one in found[:MOST_WORDS]) for name, found in words.items()}
    return Lists(
        tuple(_level(one) for one in data["level"]), Clocks(**data["clock"]),
        MappingProxyType(pairs), results,
        tuple(Rule(one["code"], one["zh"], one["en"], one["points"]) for one in data["rule"][:MOST_ROWS]),
        tuple(_item(one) for one in data["item"][:MOST_ROWS]),
    )  # fmt: skip


def _level(data: Mapping[str, Any]) -> Level:
    result, manager = bool(data.get("result")), bool(data.get("manager"))
    return Level(data["kind"], data["code"], data["zh"], data["en"], result, manager)


def _item(data: Mapping[str, Any]) -> Item:
    zh, en = data.get("short", (data["zh"], data["en"]))
    return Item(data["code"], data["zh"], data["en"], (zh, en))


OWN = OwnFile(FILE, DRAFT, SHAPE, lists_of)
