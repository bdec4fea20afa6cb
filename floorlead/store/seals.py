"""What a report's seal is taken over: a list of salted digests, so that a name can leave and the seal still holds.

Each section, the text, the template, the author and the time are members. A section's private texts stand in it by their
own digests: without those texts (and their salts) the rest is still proven by the sixteen digits on paper.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from floorlead.record import record
from floorlead.store import chain

RULE = "floorlead seal 2"
"""The first part of what is hashed: no seal of the first rule looks like one of this."""
PUBLIC = frozenset((
    "at", "band", "car", "closed_at", "code", "day", "due", "effective", "first", "from", "handover_at", "half",
    "holder", "item", "kind", "last", "leader", "level", "manager", "measure", "missing", "month", "name", "ordered_on", "paper",
    "people", "plate_at", "post", "put_right", "reminded", "row", "rule", "sealed_at", "showroom", "sign", "starts", "state",
    "substitute", "there", "not_there", "others", "told_at", "to", "unread", "words", "advisor", "changed", "time", "stand_ins",
))  # fmt: skip
"""Keys of facts that name neither a customer nor hold free text; every other text is private."""
ERASED = "erased on {day}"
"""What stands in the place of an erased text; a page says it in its own language."""
_ERASED = re.compile(r"erased on (\d{4}-\d\d-\d\d)")
SALTED, GONE = "", "="
"""How a private text is kept: its salt, or behind a `=` what is left when it was erased, its digest."""
_BLANK = "0" * chain.SEAL_DIGITS
COLUMNS = (
    "id, day, number, revision, sealed_at, by, language, body, text, template_id, seq, head, previous_seal, seal, void"
)


@record
class Members:
    """What a seal was taken over: `tops` are (name, salt or None, digest), `leaves` private texts by their place,
    `reopens` the rows of `reopens` that this seal is the first to cover."""

    tops: Sequence[tuple[str, str | None, str]]
    leaves: Mapping[str, str]
    reopens: Sequence[int]

    def text(self) -> str:
        """As it is stored."""
        return chain.canonical({"leaves": self.leaves, "reopens": self.reopens, "tops": self.tops})

    def salt(self, name: str) -> str | None:
        """A member's salt; None when it was erased or there is none of the name."""
        return next((salt for top, salt, _digest in self.tops if top == name), None)


def members_of(text: str) -> Members:
    """The members as they are stored. Raises ValueError for anything else."""
    try:
        told = json.loads(text)
        tops = tuple((str(name), salt, str(digest)) for name, salt, digest in told["tops"])
        made = Members(tops, dict(told["leaves"]), tuple(int(row) for row in told["reopens"]))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(text[:40]) from error
    if made.text() != text:
        raise ValueError(text[:40])
    return made


def erased_day(text: str) -> str:
    """The day on which a text was erased; empty for a text that was not."""
    found = _ERASED.fullmatch(text)
    return found[1] if found else ""


# -- the parts


def document(body: Mapping[str, Any], reopens: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """A report's facts and the re-openings that its seal covers, as one tree; a re-opening is (id, day, revision, at, by,
    reason)."""
    names = ("id", "day", "revision", "at", "name", "reason")
    head = {name: value for name, value in body.items() if name != "sections"}
    return {
        "body": head,
        "sections": body.get("sections", {}),
        "reopens": [dict(zip(names, row, strict=True)) for row in reopens],
    }


def private(tree: Any, place: str = "", key: str = "") -> dict[str, str]:
    """The private texts of a tree by their place (`sections/events/entries/0/customer`)."""
    if isinstance(tree, str):
        return {place: tree} if tree and key not in PUBLIC else {}
    found: dict[str, str] = {}
    for name, one, word in _inside(tree, key):
        found |= private(one, f"{place}/{name}" if place else name, word)
    return found


def _inside(tree: Any, key: str) -> list[tuple[str, Any, str]]:
    """What a tree holds: (name, value, the key that tells its sense; both languages and a list's rows have their owner's)."""
    if isinstance(tree, Mapping):
        return [(str(name), one, key if name in ("zh", "en") else str(name)) for name, one in tree.items()]
    return [(str(n), one, key) for n, one in enumerate(tree)] if isinstance(tree, list | tuple) else []


def public(tree: Any, leaves: Mapping[str, str], place: str = "") -> Any:
    """The tree with each of the `leaves` replaced by its digest: what may be shown to anybody."""
    if isinstance(tree, str):
        kept = leaves.get(place)
        return tree if kept is None else {"digest": leaf_digest(kept, place, tree)}
    if isinstance(tree, Mapping):
        return {name: public(one, leaves, f"{place}/{name}" if place else str(name)) for name, one in tree.items()}
    if isinstance(tree, list | tuple):
        return [public(one, leaves, f"{place}/{n}") for n, one in enumerate(tree)]
    return tree


def leaf_digest(kept: str, place: str, text: str) -> str:
    """The digest of a private text, or the one that is left where it was erased (then the text says so)."""
    if kept.startswith(GONE):
        return kept.removeprefix(GONE) if erased_day(text) else ""
    return chain.sha(kept, place, text)


def parts(shown: Mapping[str, Any]) -> dict[str, str]:
    """The members of a public tree by name, each as the text that its digest is taken of."""
    sections = {f"section {name}": chain.canonical(facts) for name, facts in shown["sections"].items()}
    return {"body": chain.canonical(shown["body"]), **sections, "reopens": chain.canonical(shown["reopens"])}


def blanked(text: str, seal: str) -> str:
    """A report's text with its own seal's digits as zeros: the text shows the seal that covers it."""
    return text.replace(seal[: chain.SEAL_DIGITS], _BLANK) if seal else text


def top_digest(salt: str, name: str, content: str) -> str:
    """A member's digest."""
    return chain.sha(salt, name, content)


def seal_of(core: Sequence[Any], tops: Sequence[tuple[str, Any, str]]) -> str:
    """The seal: `core` is (previous seal, row, number, revision, day, language, void, seq, chain head)."""
    said = [cell for name, _salt, digest in tops for cell in (name, digest)]
    return chain.sha(RULE, *map(str, core), str(len(tops)), *said)


# -- what a file keeps


def template_text(db: sqlite3.Connection, template: int | None) -> str:
    """A template as a seal covers it: its row, digest and source."""
    if template is None:
        return ""
    found = db.execute("SELECT id, digest, source FROM templates WHERE id = ?", (template,)).fetchone()
    return chain.canonical(found) if found else ""


def earlier(db: sqlite3.Connection, before: int) -> str:
    """Every byte of the reports sealed under the first rule before a row, with their templates; empty when there is none."""
    sql = f"SELECT {COLUMNS} FROM reports WHERE id < ? AND id NOT IN (SELECT id FROM seals) ORDER BY id"
    rows = db.execute(sql, (before,)).fetchall()
    kept = {row[9] for row in rows if row[9] is not None}
    return chain.canonical([rows, [template_text(db, one) for one in sorted(kept)]]) if rows else ""


def reopened(db: sqlite3.Connection, rows: Sequence[int]) -> list[tuple[Any, ...]]:
    """Re-openings by their row, those that are not there left out."""
    sql = "SELECT id, day, revision, at, by, reason FROM reopens WHERE id = ?"
    return [found for row in rows if (found := db.execute(sql, (row,)).fetchone())]


def uncovered(db: sqlite3.Connection) -> list[int]:
    """The rows of `reopens` that no seal covers yet: those entered since the last seal of this rule."""
    last = db.execute("SELECT seq FROM reports WHERE id = (SELECT max(id) FROM seals)").fetchone()
    if last is None:
        return [row for (row,) in db.execute("SELECT id FROM reopens ORDER BY id").fetchall()]
    action = "SELECT first_change FROM actions WHERE seq = ?"
    since = f"SELECT max(id) FROM changes WHERE id >= ({action}) AND tbl = 'seals' AND op = 'I'"
    sql = f"SELECT row FROM changes WHERE id > ({since}) AND tbl = 'reopens' AND op = 'I' ORDER BY row"
    return [row for (row,) in db.execute(sql, (last[0] + 1,)).fetchall()]


def contents(db: sqlite3.Connection, row: Mapping[str, Any], members: Members) -> dict[str, str]:
    """The members of a stored report by name, each as the text that its digest is taken of."""
    tree = document(json.loads(row["body"]), reopened(db, members.reopens))
    told = {
        **parts(public(tree, members.leaves)), "text": blanked(row["text"], row["seal"]),
        "template": template_text(db, row["template_id"]), "author": row["by"], "time": row["sealed_at"],
    }  # fmt: skip
    first = db.execute("SELECT min(id) FROM seals").fetchone()[0]
    old = earlier(db, row["id"]) if first in (None, row["id"]) else ""
    return told | {"earlier": old} if old else told


def core_of(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """What a seal covers beside its members."""
    names = ("previous_seal", "id", "number", "revision", "day", "language", "void", "seq", "head")
    return tuple(row[name] for name in names)


def enter(db: sqlite3.Connection, facts: Mapping[str, Any], body: Mapping[str, Any], text_of: Any) -> dict[str, Any]:
    """Seal a report inside an open action; returns its row. `facts` are `day`, `number`, `revision`, `sealed_at`, `by`,
    `language`, `template_id` and perhaps `void`; `text_of(seal, previous seal)` draws the text that is kept."""
    head = db.execute("SELECT seq, chain FROM actions WHERE chain <> '' ORDER BY seq DESC LIMIT 1").fetchone()
    before = db.execute("SELECT seal FROM reports ORDER BY id DESC LIMIT 1").fetchone()
    row = {
        "void": 0, **facts, "id": (db.execute("SELECT max(id) FROM reports").fetchone()[0] or 0) + 1,
        "body": chain.canonical(body), "previous_seal": before[0] if before else "", "seq": head[0] if head else 0,
        "head": head[1] if head else "", "seal": "",
    }  # fmt: skip
    row["text"] = text_of("0" * 64, row["previous_seal"])
    covered = uncovered(db)
    leaves = {place: chain.new_salt() for place in private(document(body, reopened(db, covered)))}
    told = contents(db, row, Members((), leaves, covered))
    salts = {name: chain.new_salt() for name in told}
    tops = tuple((name, salts[name], top_digest(salts[name], name, told[name])) for name in told)
    row["seal"] = seal_of(core_of(row), tops)
    drawn = text_of(row["seal"], row["previous_seal"])
    if blanked(drawn, row["seal"]) != row["text"]:
        raise RuntimeError("a text that changes with its seal cannot be sealed")
    row["text"] = drawn
    names = COLUMNS.split(", ")
    db.execute(f"INSERT INTO reports({COLUMNS}) VALUES ({', '.join('?' * len(names))})", [row[n] for n in names])
    db.execute("INSERT INTO seals(id, members) VALUES (?, ?)", (row["id"], Members(tops, leaves, covered).text()))
    return row
