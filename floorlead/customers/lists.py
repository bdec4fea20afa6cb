"""The showroom's grades, sources, purposes and words: `customers.toml`, the showroom's own before the shipped."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from floorlead.customers.records import Grade, Lists, Named
from floorlead.customers.rules import DELIVERED, NEW, ORDERED
from floorlead.ownfile import OwnFile, Wrong
from floorlead.ownfile.shape import NAMED, code, flag, many, pair, table, text, whole
from floorlead.store import Store
from floorlead.words import _

DRAFT = "customer_lists"
"""Where the read file is kept for the next start."""
FILE = "customers.toml"
YEAR_DAYS = 366
NEEDED = (NEW, ORDERED, DELIVERED)
"""Grades that every list has: new, ordered, delivered."""
SHAPE = table({
    "grade": many(table({**NAMED, "open": flag}, {
        "days": whole(0, YEAR_DAYS), "digit": whole(0, 9), "agree": flag, "counts": text(0, 40),
        "keep": whole(1, 30 * YEAR_DAYS),
    }), 1, once="code"),
    "source": many(table(NAMED, {"intent": flag}), 1, once="code"),
    "purpose": many(table(NAMED, {"intent": flag}), 1, once="code"),
    "words": table({}, rest=many(pair())),
    "form": many(table({"paper": code, "zh": text(), "en": text()})),
})  # fmt: skip
"""What `customers.toml` must be like: days of a follow-up up to a year, data kept up to 30 years."""


def lists(store: Store) -> Lists:
    """What `customers.toml` says; a showroom's own file that cannot be used is told of, and the shipped one counts."""
    return OWN.read(store)


def lists_of(data: Mapping[str, Any]) -> Lists:
    """The lists from data of the file's shape. Raises Wrong where a grade is missing that every list needs."""
    grades = [_grade(one) for one in data["grade"]]
    if not any(one.is_open and one.digit for one in grades):
        raise Wrong(_("no grade has a digit"), ("grade",))
    there = {one.code: one for one in grades}
    for needed in NEEDED:
        if needed not in there:
            raise Wrong(_("the grade {code} is missing").format(code=needed), ("grade",))
    if not there[NEW].is_open:
        raise Wrong(_("the grade {code} must be open").format(code=NEW), ("grade", grades.index(there[NEW]), "open"))
    return Lists(
        MappingProxyType(there), MappingProxyType(_by_code(data["source"])),
        MappingProxyType(_by_code(data["purpose"])),
        MappingProxyType({name: tuple((zh, en) for zh, en in pairs) for name, pairs in data["words"].items()}),
        tuple(Named(one["paper"], one["zh"], one["en"]) for one in data["form"]),
    )  # fmt: skip


def _by_code(found: list[dict[str, Any]]) -> dict[str, Named]:
    return {one["code"]: Named(one["code"], one["zh"], one["en"], one.get("intent", True)) for one in found}


def _grade(data: Mapping[str, Any]) -> Grade:
    return Grade(
        data["code"], data["zh"], data["en"], data.get("days"), data["open"], data.get("digit", 0),
        bool(data.get("agree")), data.get("counts", ""), data.get("keep", 180),
    )  # fmt: skip


OWN = OwnFile(FILE, DRAFT, SHAPE, lists_of)
