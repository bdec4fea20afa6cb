"""The showroom's levels, clocks, usual words, discipline rules and spot-check items: `log.toml`, the showroom's own
before the shipped."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from floorlead import shelf
from floorlead.log.records import Clocks, Item, Level, Lists, Result, Rule
from floorlead.store import Refused, Store
from floorlead.words import _

DRAFT = "log_lists"
"""Where the read file is kept for the next start."""
FILE = "log.toml"
MOST_WORDS, MOST_ROWS = 6, 9
"""Usual words and results that have a digit; rules and items that have one."""
_kept: dict[str, Lists] = {}


def lists(store: Store) -> Lists:
    """What `log.toml` says; a showroom's own file that cannot be used is told of, and the shipped one counts."""
    path = shelf.found(store.path, FILE)
    mark = f"{path} {path.stat().st_mtime_ns} {path.stat().st_size}"
    if mark not in _kept:
        _kept[mark] = _remembered(store, mark) or _read(store, path, mark)
    return _kept[mark]


def _remembered(store: Store, mark: str) -> Lists | None:
    draft = json.loads(store.draft(DRAFT) or "{}")
    return lists_of(draft["data"]) if draft.get("mark") == mark else None


def _read(store: Store, path: Path, mark: str) -> Lists:
    try:
        data = _parsed(path)
        found = lists_of(data)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:  # a broken TOML is a ValueError
        sentence = _("{path} cannot be used, the shipped log lists count: {reason}")
        store.notice(sentence.format(path=path, reason=error))
        return lists_of(_parsed(shelf.find(FILE)))
    with contextlib.suppress(Refused):  # a file that is being written to: the next start reads it again
        store.keep_drafts({DRAFT: json.dumps({"mark": mark, "data": data}, ensure_ascii=False, default=str)})
    return found


def _parsed(path: Path) -> dict[str, Any]:
    import tomllib

    return tomllib.loads(path.read_text(encoding="utf-8-sig"))


def lists_of(data: Mapping[str, Any]) -> Lists:
    """The lists from the file's data. Raises KeyError, TypeError, ValueError, IndexError for data of another shape."""
    words = data["words"]
    results = tuple(Result(one[0], one[1], one[2] if len(one) > 2 else None) for one in words["result"][:MOST_WORDS])
    pairs = {name: tuple((one[0], one[1]) for one in found[:MOST_WORDS]) for name, found in words.items()}
    return Lists(
        tuple(_level(one) for one in data["level"]), Clocks(**{name: _whole(n) for name, n in data["clock"].items()}),
        MappingProxyType(pairs), results,
        _once([Rule(str(one["code"]), one["zh"], one["en"], _whole(one["points"])) for one in data["rule"]]),
        _once([_item(one) for one in data["item"]]),
    )  # fmt: skip


def _level(data: Mapping[str, Any]) -> Level:
    result, manager = bool(data.get("result")), bool(data.get("manager"))
    return Level(data["kind"], str(data["code"]), data["zh"], data["en"], result, manager)


def _item(data: Mapping[str, Any]) -> Item:
    zh, en = data.get("short", (data["zh"], data["en"]))
    return Item(str(data["code"]), data["zh"], data["en"], (zh, en))


def _whole(value: Any) -> int:
    number = int(value)
    if number < 0:
        raise ValueError(_("{number} is below nought").format(number=number))
    return number


def _once(found: Sequence[Any]) -> tuple[Any, ...]:
    """Rules or items that have a digit each; no code stands twice, there is at least one."""
    if not found:
        raise ValueError(_("at least one rule and one item are needed"))
    if len({one.code for one in found}) != len(found):
        raise ValueError(_("a code stands twice"))
    return tuple(found[:MOST_ROWS])
