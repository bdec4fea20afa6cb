"""The showroom's shifts, slots, needs and rules: `rota.toml`, the showroom's own before the shipped."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from floorlead import shelf
from floorlead.duty.records import Book, Kind, Need, Post, Shift, Slot, minute_of
from floorlead.store import Refused, Store
from floorlead.words import _

DRAFT = "rota"
"""Where the read file is kept for the next start."""
FILE = "rota.toml"
NEEDED = (("-", "off"), ("S", "leave"), ("O", "outing"))
"""Shifts that every rota has: a day off, sick leave, an outing."""
_kept: dict[str, Book] = {}


def book(store: Store) -> Book:
    """What `rota.toml` says; a showroom's own file that cannot be used is told of, and the shipped one counts."""
    path = shelf.found(store.path, FILE)
    mark = f"{path} {path.stat().st_mtime_ns} {path.stat().st_size}"
    if mark not in _kept:
        _kept[mark] = _remembered(store, mark) or _read(store, path, mark)
    return _kept[mark]


def _remembered(store: Store, mark: str) -> Book | None:
    """An unchanged file as it was read last: JSON is eight times as quick."""
    draft = json.loads(store.draft(DRAFT) or "{}")
    return book_of(draft["data"]) if draft.get("mark") == mark else None


def _read(store: Store, path: Path, mark: str) -> Book:
    try:
        data = _parsed(path)
        found = book_of(data)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:  # a broken TOML is a ValueError
        store.notice(_("{path} cannot be used, the shipped rota counts: {reason}").format(path=path, reason=error))
        return book_of(_parsed(shelf.find(FILE)))
    with contextlib.suppress(Refused):  # a file that is being written to: the next start reads it again
        store.keep_drafts({DRAFT: json.dumps({"mark": mark, "data": data}, ensure_ascii=False, default=str)})
    return found


def _parsed(path: Path) -> dict[str, Any]:
    import tomllib

    data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    return {**data, "closed": [str(day) for day in data.get("closed", ())]}


def book_of(data: Mapping[str, Any]) -> Book:
    """The book from the file's data. Raises KeyError, TypeError, ValueError for data of another shape."""
    words = data["words"]
    there = {(one["code"], one["kind"]) for one in data["shift"]}
    for code, kind in NEEDED:
        if (code, kind) not in there:
            raise ValueError(_("the shift {code} of the kind {kind} is missing").format(code=code, kind=kind))
    slots = [slot for post in data["post"] if post.get("on") for slot in _slots(post)]
    return Book(
        tuple(_shift(one) for one in data["shift"]), tuple(sorted(slots, key=lambda s: (s.starts, s.ends))),
        tuple(need for one in data["need"] for need in _needs(one)),
        frozenset(date.fromisoformat(day) for day in data["closed"]), frozenset(data["desk_roles"]),
        _pairs(words["substitution"]), _pairs(words["outing"]), {name: int(n) for name, n in data["rules"].items()},
        {name: float(n) for name, n in data.get("weights", {}).items()},
    )  # fmt: skip


def _shift(data: Mapping[str, Any]) -> Shift:
    starts, ends = _hours(data["hours"]) if "hours" in data else (0, 0)
    sign_zh, sign_en = data["sign"]
    return Shift(
        data["code"], Kind(data["kind"]), int(data.get("digit", 0)), sign_zh, sign_en, data["zh"], data["en"],
        starts, ends, int(data.get("paid", 0)), bool(data.get("paid_leave")), bool(data.get("at_work")),
        data.get("allowance"), _pairs(data.get("reasons", ())),
    )  # fmt: skip


def _slots(data: Mapping[str, Any]) -> list[Slot]:
    post = Post(data["code"], data["zh"], data["en"])
    return [Slot(f"{post.code} {hours[0]}", post, *_hours(hours)) for hours in data["slots"]]


def _needs(data: Mapping[str, Any]) -> list[Need]:
    starts, ends = _hours(data["hours"])
    return [Need(kind, starts, ends, int(data["heads"])) for kind in data["kind"]]


def _hours(data: Any) -> tuple[int, int]:
    """A band of one day. Raises ValueError when it ends before it begins."""
    starts, ends = (minute_of(text) for text in data)
    if not 0 <= starts < ends <= 24 * 60:
        raise ValueError(_("{band} is no band of one day").format(band="-".join(map(str, data))))
    return starts, ends


def _pairs(data: Any) -> tuple[tuple[str, str], ...]:
    return tuple((zh, en) for zh, en in data)
