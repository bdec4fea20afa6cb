"""The papers of a delivery, D01 to D17: the list `delivery` of `checklists.toml`, the showroom's own before the shipped."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

from floorlead import shelf
from floorlead.orders.records import Paper
from floorlead.record import asdict
from floorlead.store import Refused, Store
from floorlead.words import _

DRAFT = "papers"
"""Where the parsed papers are kept for the next start."""
SAME = {"D04": "invoice", "D06": "insurance"}
"""Papers that are a step of the day's inspection."""
_kept: dict[str, tuple[Paper, ...]] = {}


def papers(store: Store) -> tuple[Paper, ...]:
    """The delivery file's papers in their order; a showroom's own file that cannot be used is told of."""
    path = shelf.found(store.path, "checklists.toml")
    mark = f"{path} {path.stat().st_mtime_ns} {path.stat().st_size}"
    if mark not in _kept:
        draft = json.loads(store.draft(DRAFT) or "{}")
        if draft.get("mark") == mark:
            _kept[mark] = tuple(Paper(*paper) for paper in draft["papers"])
        else:
            _kept[mark] = _usable(store, path)
            values = [list(asdict(paper).values()) for paper in _kept[mark]]
            with contextlib.suppress(Refused):  # a file that is being written to: the next start reads the list again
                store.keep_drafts({DRAFT: json.dumps({"mark": mark, "papers": values}, ensure_ascii=False)})
    return _kept[mark]


def _usable(store: Store, path: Path) -> tuple[Paper, ...]:
    try:
        return _read(path)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        store.notice(_("{path} cannot be used, the shipped lists count: {reason}").format(path=path, reason=error))
        return _read(shelf.find("checklists.toml"))


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
