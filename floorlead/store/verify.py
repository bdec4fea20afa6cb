"""Proof that the file says what was entered: the log is replayed against the rows, the chain and the seals
recomputed.

It reads only, and names each row that differs. What it cannot see, a forger who recomputes everything, is
caught by the seal that stands on paper (`seal`).
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from floorlead.phones import mask_in
from floorlead.record import asdict, record
from floorlead.store import LINK_COLUMNS, chain, erase, file, loose, schema, sealcheck
from floorlead.store.errors import SQLITE, Busy, Refused, told
from floorlead.text import fold, show
from floorlead.words import _


@record
class Finding:
    """One thing that is not as it was entered; `table` and `row` name the place."""

    table: str
    row: int
    sentence: str


class Verdict:
    """What a verification found; `ok` when there are no findings."""

    def __init__(self) -> None:
        self.actions = 0
        self.rows = 0
        self.reports = 0
        self.last_seal = ""
        self.first_rule: tuple[int, ...] = ()
        """Numbers of the reports whose seal covers their body only, until a later seal covers them whole."""
        self.erased = 0
        """Texts of sealed reports that were erased for somebody's sake."""
        self.findings: list[Finding] = []

    @property
    def ok(self) -> bool:
        """Whether everything is as it was entered."""
        return not self.findings

    def to_dict(self) -> dict[str, Any]:
        """The verdict as JSON-ready values."""
        return {"ok": self.ok, **asdict(self.__dict__)}


def verify(path: Path, seal: str = "") -> Verdict:
    """Verify the whole file; `seal` is what a paper shows (at least 8 hex digits). Raises Refused when it
    cannot be read."""
    if file.looked_at(path) == 0:
        raise file.none_at(path)
    verdict = Verdict()
    try:
        with contextlib.closing(file.connect_reading(path)) as db:
            db.execute("BEGIN")  # one picture of the file, while other terminals go on
            file.check_integrity(db)
            for check in (_triggers, _beside_the_log, _log, _rows, _reports, _revisions):
                verdict.findings.extend(check(db, verdict))
            verdict.findings.extend(_paper(db, seal))
    except (*SQLITE, Refused) as error:
        refusal = error if isinstance(error, Refused) else told(error)
        if isinstance(refusal, Busy) or refusal.code == "E14":
            raise refusal from error
        verdict.findings.append(Finding("", 0, str(refusal)))
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError) as error:
        # what cannot even be read as it was written is damage as well, whatever shape it has
        verdict.findings.append(
            Finding("", 0, _("what is kept here cannot be read ({kind})").format(kind=_kind(error)))
        )
    return verdict


def _kind(error: Exception) -> str:
    return type(error).__name__


def _beside_the_log(db: sqlite3.Connection, _verdict: Verdict) -> Iterator[Finding]:
    """Half-typed texts and the tables' own words, which no action covers."""
    for key in loose.changed(db):
        if key == loose.SCHEMA:
            yield Finding("sqlite_schema", 0, _("the tables are not as this program made them"))
        else:
            yield Finding("drafts", 0, _("the draft {key} is not as it was kept").format(key=show(key)))


def _triggers(db: sqlite3.Connection, _verdict: Verdict) -> Iterator[Finding]:
    wanted, there = schema.expected_triggers(db), schema.present_triggers(db)
    for name in sorted({**wanted, **there}):
        if wanted.get(name) != there.get(name):
            yield Finding("sqlite_schema", 0, _("the guard {name} is missing or was changed").format(name=name))
    broken = db.execute("PRAGMA foreign_key_check").fetchall()
    for table, row, parent, _no in broken:
        yield Finding(table, row or 0, _("points to a row of {table} that is not there").format(table=parent))


def _log(db: sqlite3.Connection, verdict: Verdict) -> Iterator[Finding]:
    changes = _Cursor(db.execute("SELECT id, tbl, row, op, old, new, seq FROM changes ORDER BY id"))
    before, wanted = "", 1
    erased, left = erase.listed(db)
    gone: list[tuple[Any, ...]] = []
    sql = f"SELECT what, args, salt, digest, chain, {LINK_COLUMNS} FROM actions ORDER BY seq"
    actions = db.execute(sql).fetchall()
    for index, (what, args, salt, digest, link, *action) in enumerate(actions):
        seq, first = action[0], action[-1]
        after = actions[index + 1][-1] if index + 1 < len(actions) else None
        mine = changes.until(after)
        if seq in erased and salt is None and not (what or args):
            gone += [change[:6] for change in mine]
            yield from _whole(seq, wanted, first, mine)
        else:
            yield from _action(seq, wanted, first, salt, what, args, digest, mine)
        if link != chain.link(before, action, digest):
            yield Finding("actions", seq, _("the chain does not hold at action {seq}").format(seq=seq))
        before, wanted = link, seq + 1
        verdict.actions += 1
    for change in changes.until(None):
        yield Finding("changes", change[0], _("a change that belongs to no action"))
    if left and left != chain.payload_digest("", "", "", gone):
        yield Finding("actions", max(erased, default=0), _("what is left of erased entries was changed afterwards"))


def _action(
    seq: int,
    wanted: int,
    first: int,
    salt: str | None,
    what: str,
    args: str,
    digest: str,
    mine: list[tuple[Any, ...]],
) -> Iterator[Finding]:
    if salt is None:
        yield Finding("actions", seq, _("what action {seq} did was removed").format(seq=seq))
    elif digest != chain.payload_digest(salt, what, args, [change[:6] for change in mine]):
        yield Finding("actions", seq, _("what action {seq} did was changed afterwards").format(seq=seq))
    yield from _whole(seq, wanted, first, mine)


def _whole(seq: int, wanted: int, first: int, mine: list[tuple[Any, ...]]) -> Iterator[Finding]:
    """An action follows the one before, and its changes are all there; that holds for an erased one as well."""
    if seq != wanted:
        yield Finding("actions", seq, _("actions {first} to {last} are missing").format(first=wanted, last=seq - 1))
    if not mine or mine[0][0] != first or any(change[6] != seq for change in mine):
        yield Finding("changes", first, _("the changes of action {seq} are not whole").format(seq=seq))


class _Cursor:
    """Changes in their order, handed out up to the next action's first one."""

    def __init__(self, rows: sqlite3.Cursor) -> None:
        self._rows = rows
        self._next = rows.fetchone()

    def until(self, limit: int | None) -> list[tuple[Any, ...]]:
        found = []
        while self._next is not None and (limit is None or self._next[0] < limit):
            found.append(self._next)
            self._next = self._rows.fetchone()
        return found


def _rows(db: sqlite3.Connection, verdict: Verdict) -> Iterator[Finding]:
    """Each row must be what its last recorded change left, and each recorded row must be there."""
    last: dict[tuple[str, int], str | None] = {}
    for table, row, new in db.execute("SELECT tbl, row, new FROM changes ORDER BY id"):
        last[table, row] = new
    for table in schema.recorded(db):
        names, defaults = schema.columns(db, table), schema.defaults(db, table)
        for values in db.execute(f"SELECT * FROM {table}").fetchall():
            verdict.rows += 1
            text = last.pop((table, values[0]), None)
            yield from _row(table, names, defaults, list(values), text)
    for (table, row), new in last.items():
        if new is not None:
            yield Finding(table, row, _("{table} row {row} was removed behind the log").format(table=table, row=row))


def _row(table: str, names: list[str], defaults: list[Any], values: list[Any], text: str | None) -> Iterator[Finding]:
    row = values[0]
    if text is None:
        yield Finding(table, row, _("{table} row {row} was added behind the log").format(table=table, row=row))
        return
    entered = schema.parse_values(text)
    entered += defaults[len(entered) :]
    for name, now, then in zip(names, values, entered, strict=False):
        if not _same(now, then):
            told = _("{table} row {row}: {column} is {now!r}, entered was {then!r}")
            yield Finding(
                table, row, mask_in(told.format(table=table, row=row, column=name, now=now, then=then))
            )  # fmt: skip


def _same(now: Any, then: Any) -> bool:
    """Whether a value is the entered one; of a broken number every bit counts, also the sign of a zero."""
    if isinstance(now, float) and isinstance(then, int | float):
        return repr(now) == repr(float(then))
    return bool(now == then)


def _reports(db: sqlite3.Connection, verdict: Verdict) -> Iterator[Finding]:
    found = sealcheck.check(db)
    verdict.reports, verdict.last_seal = found.reports, found.last
    verdict.first_rule, verdict.erased = found.first_rule, found.erased
    yield from (Finding(*fault) for fault in found.faults)


def _revisions(db: sqlite3.Connection, _verdict: Verdict) -> Iterator[Finding]:
    """A day is sealed again only after its last revision was opened again, or made void."""
    reopened = set(db.execute("SELECT day, revision FROM reopens").fetchall())
    if "void" in schema.columns(db, "reports"):
        reopened |= set(db.execute("SELECT day, revision FROM reports WHERE void = 1").fetchall())
    for ident, day, number, revision in db.execute("SELECT id, day, number, revision FROM reports WHERE revision > 1"):
        if (day, revision - 1) not in reopened:
            sentence = _("report {number}.{revision} of {day} was sealed although {before} was not opened again")
            yield Finding("reports", ident, sentence.format(
                number=number, revision=revision, day=day, before=f"{number}.{revision - 1}"))  # fmt: skip


def _paper(db: sqlite3.Connection, seal: str) -> Iterator[Finding]:
    wanted = "".join(fold(seal).lower().replace("-", " ").split())
    if not wanted:
        return
    seals = [row[0] for row in db.execute("SELECT seal FROM reports").fetchall()]
    if len(wanted) < 8 or not any(found.startswith(wanted) for found in seals):
        yield Finding("reports", 0, _("no report in this file has the seal {seal}").format(seal=seal))
