"""Every seal of a file recomputed: under the rule that it was made by, and bound to the log and to the seal before it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

from floorlead.record import record
from floorlead.store import chain, seals
from floorlead.words import N_, _

Fault = tuple[str, int, str]
"""A table, a row in it, and the sentence about it."""
_MEMBERS = {
    "body": N_("the head"), "text": N_("the text"), "template": N_("the template"), "author": N_("the author"),
    "time": N_("the time"), "reopens": N_("a reason for opening again"), "earlier": N_("an earlier report"),
}  # fmt: skip


@record
class Sealed:
    """What was found of a file's reports: how many, the newest seal, the numbers under the first rule, erased texts."""

    reports: int
    last: str
    first_rule: tuple[int, ...]
    erased: int
    faults: tuple[Fault, ...]


def check(db: sqlite3.Connection) -> Sealed:
    """Recompute every seal in the order in which they were made."""
    there = {row[1] for row in db.execute("PRAGMA table_info(reports)")}
    names = [name for name in seals.COLUMNS.split(", ") if name in there]
    kept = dict(db.execute("SELECT id, members FROM seals").fetchall()) if "void" in there else {}
    faults: list[Fault] = []
    first_rule: list[int] = []
    previous, erased, covered = "", 0, [0]
    rows = [
        dict(zip(names, row, strict=True)) for row in db.execute(f"SELECT {', '.join(names)} FROM reports ORDER BY id")
    ]
    for row in rows:
        faults += _bound(db, row, previous)
        if row["id"] in kept:
            faults += _under_second(db, row, kept[row["id"]], covered)
            erased += _gone(kept[row["id"]])
        else:
            faults += _under_first(row, previous, after=len(first_rule) < rows.index(row))
            first_rule.append(row["number"])
        previous = row["seal"]
    faults += [("seals", one, _("a seal without its report")) for one in sorted({*kept} - {row["id"] for row in rows})]
    faults += [*_numbers(rows), *_templates(db), *_voids(rows), *_uncovered(db, covered)]
    return Sealed(len(rows), previous, tuple(dict.fromkeys(first_rule)), erased, tuple(faults))


def _bound(db: sqlite3.Connection, row: Mapping[str, Any], previous: str) -> Iterator[Fault]:
    at_head = db.execute("SELECT chain FROM actions WHERE seq = ?", (row["seq"],)).fetchone()
    if row["previous_seal"] != previous:
        yield "reports", row["id"], _("the seal of report {number} does not hold").format(number=row["number"])
    elif (at_head[0] if at_head else "" if row["seq"] == 0 else None) != row["head"]:  # 0: nothing was entered before
        yield "reports", row["id"], _("report {number} was sealed over another log").format(number=row["number"])


def _under_first(row: Mapping[str, Any], previous: str, *, after: bool) -> Iterator[Fault]:
    told = (previous, row["number"], row["revision"], row["day"], row["body"], row["head"])
    if row["seal"] != chain.seal_of(*told) or after:
        yield "reports", row["id"], _("the seal of report {number} does not hold").format(number=row["number"])


def _under_second(db: sqlite3.Connection, row: Mapping[str, Any], text: str, covered: list[int]) -> Iterator[Fault]:
    """`covered` are the re-openings that seals before cover; this seal's follow them."""
    broken = _("the seal of report {number} does not hold").format(number=row["number"])
    try:
        members = seals.members_of(text)
        told = seals.contents(db, row, members)
        tree = seals.document(json.loads(row["body"]), seals.reopened(db, members.reopens))
    except (ValueError, AttributeError, TypeError):
        yield "reports", row["id"], broken
        return
    if (
        {*members.leaves} - {*_texts(tree)}
        or not _follows(members.reopens, covered)
        or len(tree["reopens"]) != len(members.reopens)
    ):
        yield "seals", row["id"], broken
    covered += members.reopens
    for name in {*told} ^ {name for name, _salt, _digest in members.tops}:
        yield "reports", row["id"], _changed(name, row["number"])
    for name, salt, digest in members.tops:
        if salt is None and (name != "text" or row["text"]):
            yield "reports", row["id"], _changed(name, row["number"])
        elif salt is not None and digest != seals.top_digest(salt, name, told.get(name, "")):
            yield (
                ("reopens" if name == "reopens" else "reports"),
                _place(name, row, members),
                _changed(name, row["number"]),
            )
    if row["seal"] != seals.seal_of(seals.core_of(row), members.tops):
        yield "reports", row["id"], broken


def _place(name: str, row: Mapping[str, Any], members: seals.Members) -> int:
    return members.reopens[0] if name == "reopens" and members.reopens else int(row["id"])


def _follows(rows: Any, covered: list[int]) -> bool:
    """Whether re-openings follow in their order, each covered once."""
    return list(rows) == sorted({*rows}) and (not rows or rows[0] > covered[-1])


def _texts(tree: Any) -> dict[str, str]:
    """Every text of a tree by its place."""
    return {place: text for place, text in _walk(tree, "") if text}


def _walk(tree: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(tree, str):
        yield place, tree
    elif isinstance(tree, Mapping):
        for name, one in tree.items():
            yield from _walk(one, f"{place}/{name}" if place else str(name))
    elif isinstance(tree, list | tuple):
        for n, one in enumerate(tree):
            yield from _walk(one, f"{place}/{n}")


def _changed(name: str, number: int) -> str:
    what = _(_MEMBERS[name]) if name in _MEMBERS else _("section {name}").format(name=name.removeprefix("section "))
    return _("report {number}: {what} was changed after the seal").format(number=number, what=what)


def _gone(text: str) -> int:
    """How many texts of a sealed report were erased."""
    try:
        members = seals.members_of(text)
    except ValueError:
        return 0
    return sum(kept.startswith(seals.GONE) for kept in members.leaves.values())


def _numbers(rows: list[dict[str, Any]]) -> Iterator[Fault]:
    numbers = {row["number"] for row in rows}
    if sorted(numbers) != list(range(1, len(numbers) + 1)):
        yield "reports", 0, _("the report numbers have a gap")


def _uncovered(db: sqlite3.Connection, covered: list[int]) -> Iterator[Fault]:
    """A re-opening older than those that seals cover stands under none of them."""
    for (row,) in db.execute("SELECT id FROM reopens WHERE id < ?", (covered[-1],)).fetchall():
        if row not in covered:
            yield "reopens", row, _("reopens row {row} was added behind the seals").format(row=row)


def _templates(db: sqlite3.Connection) -> Iterator[Fault]:
    used = "SELECT id, digest, source FROM templates WHERE id IN (SELECT template_id FROM reports)"
    for row, digest, source in db.execute(used).fetchall():
        if digest != chain.sha(source):
            yield "templates", row, _("a template was changed after the seal")


def _voids(rows: list[dict[str, Any]]) -> Iterator[Fault]:
    """A void report says so in its column and in its body alike."""
    for row in rows:
        if bool(row.get("void")) != ('"void":true' in row["body"]):
            yield "reports", row["id"], _("the seal of report {number} does not hold").format(number=row["number"])
