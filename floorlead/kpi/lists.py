"""The showroom's figures and appraisal weights: `kpi.toml`, the showroom's own before the shipped."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from floorlead import shelf
from floorlead.kpi.counts import NAMES
from floorlead.kpi.records import PERCENT, YUAN, Book, Definition, Kpi, Part, Parts, Weights
from floorlead.store import Refused, Store
from floorlead.words import _

DRAFT = "kpi"
"""Where the read file is kept for the next start."""
FILE = "kpi.toml"
MOST = 9
"""Definitions of a figure: a digit chooses one."""
CONDUCT = "conduct"
"""The part of the daily work that the dated checks make."""
_kept: dict[str, Book] = {}


def book(store: Store) -> Book:
    """What `kpi.toml` says; a showroom's own file that cannot be used is told of, and the shipped one counts."""
    path = shelf.found(store.path, FILE)
    mark = f"{path} {path.stat().st_mtime_ns} {path.stat().st_size}"
    if mark not in _kept:
        _kept[mark] = _remembered(store, mark) or _read(store, path, mark)
    return _kept[mark]


def _remembered(store: Store, mark: str) -> Book | None:
    draft = json.loads(store.draft(DRAFT) or "{}")
    return book_of(draft["data"]) if draft.get("mark") == mark else None


def _read(store: Store, path: Path, mark: str) -> Book:
    try:
        data = _parsed(path)
        found = book_of(data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:  # a broken TOML is a ValueError
        store.notice(_("{path} cannot be used, the shipped figures count: {reason}").format(path=path, reason=error))
        return book_of(_parsed(shelf.find(FILE)))
    with contextlib.suppress(Refused):  # a file that is being written to: the next start reads it again
        store.keep_drafts({DRAFT: json.dumps({"mark": mark, "data": data}, ensure_ascii=False, default=str)})
    return found


def _parsed(path: Path) -> dict[str, Any]:
    import tomllib

    return tomllib.loads(path.read_text(encoding="utf-8-sig"))


def book_of(data: Mapping[str, Any]) -> Book:
    """The book from the file's data. Raises KeyError, TypeError, ValueError for data of another shape."""
    kpis = tuple(_kpi(one) for one in data["kpi"])
    _once(one.code for one in kpis)
    return Book(kpis, _weights(data["appraisal"]))


def _once(codes: Any) -> None:
    known = list(codes)
    if len(set(known)) != len(known):
        raise ValueError(_("a code stands twice"))


def _kpi(data: Mapping[str, Any]) -> Kpi:
    made = tuple(_definition(one) for one in data["definition"])
    _once(one.code for one in made)
    if not 1 <= len(made) <= MOST:
        raise ValueError(_("{name} needs 1 to {most} definitions").format(name=data["code"], most=MOST))
    usual = next((one["code"] for one in data["definition"] if one.get("default")), made[0].code)
    unit = data.get("unit", PERCENT)
    if unit not in (PERCENT, YUAN):
        raise ValueError(_("'{word}' is no unit; write percent or yuan").format(word=unit))
    return Kpi(str(data["code"]), data["zh"], data["en"], unit, made, str(usual))


def _definition(data: Mapping[str, Any]) -> Definition:
    return Definition(str(data["code"]), data["zh"], data["en"], _sum(data["n"]), _sum(data["d"]))


def _sum(words: list[str]) -> Parts:
    """Named counts with their signs. Raises ValueError for a name that nothing counts."""
    made = tuple((-1, word[1:].strip()) if word.startswith("-") else (1, word) for word in words)
    unknown = [name for _sign, name in made if name not in NAMES]
    if unknown or not made:
        raise ValueError(_("nothing is counted under '{name}'").format(name=", ".join(unknown)))
    return made


def _weights(data: Mapping[str, Any]) -> Weights:
    parts = tuple(Part(str(one["code"]), one["zh"], one["en"], float(one["weight"])) for one in data["part"])
    _once(one.code for one in parts)
    work, attendance = float(data["work"]), float(data["attendance"])
    conduct = next((one for one in parts if one.code == CONDUCT), None)
    if conduct is None or conduct.weight <= 0 or min(one.weight for one in parts) < 0 or len(parts) > MOST:
        raise ValueError(_("the appraisal needs the part conduct with a weight"))
    if min(work, attendance) < 0 or work + attendance <= 0:
        raise ValueError(_("the appraisal needs weights above 0"))
    report, spot_fail, incomplete = (int(data.get(name, 0)) for name in ("report", "spot_fail", "incomplete"))
    return Weights(work, attendance, parts, report, spot_fail, incomplete, frozenset(map(str, data.get("doubles", ()))))
