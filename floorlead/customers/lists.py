"""The showroom's grades, sources, purposes and words: `customers.toml`, the showroom's own before the shipped."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from floorlead import shelf
from floorlead.customers.records import Grade, Lists, Named
from floorlead.store import Refused, Store
from floorlead.words import _

DRAFT = "customer_lists"
"""Where the read file is kept for the next start."""
FILE = "customers.toml"
_kept: dict[str, Lists] = {}


def lists(store: Store) -> Lists:
    """What `customers.toml` says; a showroom's own file that cannot be used is told of, and the shipped one counts."""
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
    except (KeyError, TypeError, ValueError, AttributeError) as error:  # a broken TOML is a ValueError
        sentence = _("{path} cannot be used, the shipped customer lists count: {reason}")
        store.notice(sentence.format(path=path, reason=error))
        return lists_of(_parsed(shelf.find(FILE)))
    with contextlib.suppress(Refused):  # a file that is being written to: the next start reads it again
        store.keep_drafts({DRAFT: json.dumps({"mark": mark, "data": data}, ensure_ascii=False, default=str)})
    return found


def _parsed(path: Path) -> dict[str, Any]:
    import tomllib

    return tomllib.loads(path.read_text(encoding="utf-8-sig"))


def lists_of(data: Mapping[str, Any]) -> Lists:
    """The lists from the file's data. Raises KeyError, TypeError, ValueError for data of another shape."""
    grades = [_grade(one) for one in data["grade"]]
    if not any(one.is_open and one.digit for one in grades):
        raise ValueError(_("no grade has a digit"))
    return Lists(
        MappingProxyType(_by_code(grades)), MappingProxyType(_by_code([_named(one) for one in data["source"]])),
        MappingProxyType(_by_code([_named(one) for one in data["purpose"]])),
        MappingProxyType({name: tuple((zh, en) for zh, en in pairs) for name, pairs in data["words"].items()}),
        tuple(Named(one["paper"], one["zh"], one["en"]) for one in data["form"]),
    )  # fmt: skip


def _by_code(found: list[Any]) -> dict[str, Any]:
    made = {one.code: one for one in found}
    if len(made) != len(found):
        raise ValueError(_("a code stands twice"))
    return made


def _grade(data: Mapping[str, Any]) -> Grade:
    days = data.get("days")
    return Grade(
        str(data["code"]), data["zh"], data["en"], None if days is None else int(days), bool(data["open"]),
        int(data.get("digit", 0)), bool(data.get("agree")), data.get("counts", ""), int(data.get("keep", 180)),
    )  # fmt: skip


def _named(data: Mapping[str, Any]) -> Named:
    return Named(str(data["code"]), data["zh"], data["en"], bool(data.get("intent", True)))
