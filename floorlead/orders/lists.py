"""The papers of a delivery, D01 to D17: the list `delivery` of `checklists.toml`, the showroom's own before the shipped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from floorlead import shelf
from floorlead.orders.records import Paper
from floorlead.store import Store
from floorlead.words import _

SAME = {"D04": "invoice", "D06": "insurance"}
"""Papers that are a step of the day's inspection."""
_kept: dict[str, tuple[Paper, ...]] = {}


def papers(store: Store) -> tuple[Paper, ...]:
    """The delivery file's papers in their order; a showroom's own file that cannot be used is told of."""
    path = shelf.found(store.path, "checklists.toml")
    mark = f"{path} {path.stat().st_mtime_ns}"
    if mark not in _kept:
        try:
            _kept[mark] = _read(path)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            store.notice(_("{path} cannot be used, the shipped lists count: {reason}").format(path=path, reason=error))
            _kept[mark] = _read(shelf.find("checklists.toml"))
    return _kept[mark]


def _read(path: Path) -> tuple[Paper, ...]:
    import tomllib

    data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    found = next((one for one in data["list"] if one["code"] == "delivery"), None)
    if found is None:
        return _read(shelf.find("checklists.toml"))
    return tuple(
        Paper(item["code"], item["zh"], item["en"], item.get("severity", "Y"), SAME.get(item["code"], ""))
        for item in found["item"]
    )
