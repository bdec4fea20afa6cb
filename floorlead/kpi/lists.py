"""The showroom's figures and appraisal weights: `kpi.toml`, the showroom's own before the shipped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from floorlead.kpi.counts import NAMES
from floorlead.kpi.records import PERCENT, YUAN, Book, Definition, Kpi, Part, Parts, Weights
from floorlead.ownfile import OwnFile, Wrong
from floorlead.ownfile.shape import NAMED, Keys, code, flag, many, number, one_of, table, text, whole
from floorlead.store import Store
from floorlead.words import _

DRAFT = "kpi"
"""Where the read file is kept for the next start."""
FILE = "kpi.toml"
MOST = 9
"""Definitions of a figure: a digit chooses one."""
CONDUCT = "conduct"
"""The part of the daily work that the dated checks make."""


def _sum(value: Any, keys: Keys) -> list[str]:
    """Named counts, one that is taken away written `-name`. Raises Wrong for a name that nothing counts."""
    words: list[str] = many(text(1), 1, 50)(value, keys)
    unknown = [word for word in words if word.removeprefix("-").strip() not in NAMES]
    if unknown:
        raise Wrong(_("nothing is counted under '{name}'").format(name=", ".join(unknown)), keys)
    return words


SHAPE = table({
    "kpi": many(table({
        **NAMED, "definition": many(table({**NAMED, "n": _sum, "d": _sum}, {"default": flag}), 1, MOST, once="code"),
    }, {"unit": one_of(PERCENT, YUAN)}), 1, once="code"),
    "appraisal": table({
        "work": number(0, 1000), "attendance": number(0, 1000),
        "part": many(table({**NAMED, "weight": number(0, 1000)}), 1, MOST, once="code"),
    }, {**dict.fromkeys(("report", "spot_fail", "incomplete"), whole(0, 100)), "doubles": many(code)}),
})  # fmt: skip
"""What `kpi.toml` must be like: weights up to 1000, points up to 100."""


def book(store: Store) -> Book:
    """What `kpi.toml` says; a showroom's own file that cannot be used is told of, and the shipped one counts."""
    return OWN.read(store)


def book_of(data: Mapping[str, Any]) -> Book:
    """The book from data of the file's shape. Raises Wrong for weights that weigh nothing."""
    return Book(tuple(_kpi(one) for one in data["kpi"]), _weights(data["appraisal"]))


def _kpi(data: Mapping[str, Any]) -> Kpi:
    made = tuple(_definition(one) for one in data["definition"])
    usual = next((one["code"] for one in data["definition"] if one.get("default")), made[0].code)
    return Kpi(data["code"], data["zh"], data["en"], data.get("unit", PERCENT), made, usual)


def _definition(data: Mapping[str, Any]) -> Definition:
    return Definition(data["code"], data["zh"], data["en"], _parts(data["n"]), _parts(data["d"]))


def _parts(words: list[str]) -> Parts:
    """Named counts with their signs."""
    return tuple((-1, word[1:].strip()) if word.startswith("-") else (1, word.strip()) for word in words)


def _weights(data: Mapping[str, Any]) -> Weights:
    parts = tuple(Part(one["code"], one["zh"], one["en"], float(one["weight"])) for one in data["part"])
    work, attendance = float(data["work"]), float(data["attendance"])
    conduct = next((one for one in parts if one.code == CONDUCT), None)
    if conduct is None or conduct.weight <= 0:
        raise Wrong(_("the appraisal needs the part conduct with a weight"), ("appraisal", "part"))
    if work + attendance <= 0:
        raise Wrong(_("the appraisal needs weights above 0"), ("appraisal", "work"))
    report, spot_fail, incomplete = (data.get(name, 0) for name in ("report", "spot_fail", "incomplete"))
    return Weights(work, attendance, parts, report, spot_fail, incomplete, frozenset(data.get("doubles", ())))


OWN = OwnFile(FILE, DRAFT, SHAPE, book_of)
