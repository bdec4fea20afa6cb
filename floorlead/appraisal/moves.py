"""What is written for the appraisal: scores, objections and their answers, the close of a month; each one action."""

from __future__ import annotations

from typing import Any

from floorlead.appraisal import queries, rules
from floorlead.appraisal.records import Close, Objection, Sheet, Taken, Verdict
from floorlead.kpi import lists
from floorlead.kpi import rules as kpi_rules
from floorlead.kpi.lists import CONDUCT
from floorlead.store import Refused, Store, decided
from floorlead.text import free
from floorlead.words import N_, _

TEXT_LIMIT = 120
FULL = 100


def _name(sheet: Sheet) -> dict[str, str]:
    return {"zh": sheet.name, "en": sheet.name_en or sheet.name}


@decided
def score(store: Store, month: str, sheet: Sheet, part: str, points: float | None, note: str = "") -> None:
    """Score a part of somebody's work, 0 to 100; None takes the score back. Raises Refused."""
    one = next((one for one in lists.book(store).weights.parts if one.code == part and part != CONDUCT), None)
    if one is None:
        raise Refused("E395", _("There is no part '{part}' to be scored").format(part=part))
    if points is not None and not 0 <= points <= FULL:
        raise Refused("E395", _("A score lies between 0 and 100"))
    note = free(note, TEXT_LIMIT)
    words = N_("{name} {month}: {part} {points}")
    told = "-" if points is None else f"{points:g}"
    with store.write(words, name=_name(sheet), month=month, part=one.both(), points=told) as db:
        db.execute(
            "DELETE FROM appraisal_scores WHERE month = ? AND person_id = ? AND item = ?", (month, sheet.person, part)
        )
        if points is not None:
            values = (month, sheet.person, part, float(points), note, store.clock.stamp(), store.by)
            sql = "INSERT INTO appraisal_scores(month, person_id, item, points, note, at, by) VALUES (?, ?, ?, ?, ?, ?, ?)"
            db.execute(sql, values)


@decided
def raise_objection(store: Store, month: str, sheet: Sheet, taken: Taken, text: str) -> None:
    """Note what the person says against a point; the point stands until it is decided. Raises Refused."""
    text = free(text, TEXT_LIMIT)
    if not text:
        raise Refused("E390", _("Write what is said against the point"))
    there = store.one(
        "SELECT 1 FROM objections WHERE month = ? AND person_id = ? AND source = ?",
        month,
        sheet.person,
        taken.point.source,
    )
    if there or taken.objection is not None:
        raise Refused("E397", _("An objection to this point stands already"))
    words = N_("{name} objects to {what} of {day}")
    what = {"zh": taken.point.zh, "en": taken.point.en}
    with store.write(words, name=_name(sheet), what=what, day=taken.point.day.isoformat()) as db:
        sql = (
            "INSERT INTO objections(month, person_id, source, text, at, by, state) VALUES (?, ?, ?, ?, ?, ?, 'raised')"
        )
        db.execute(sql, (month, sheet.person, taken.point.source, text, store.clock.stamp(), store.by))


@decided
def decide(store: Store, sheet: Sheet, taken: Taken, uphold: bool, answer: str) -> None:
    """Uphold an objection, which gives the points back, or dismiss it; both with an answer. Raises Refused."""
    answer = free(answer, TEXT_LIMIT)
    if taken.objection is None:
        raise Refused("E396", _("No objection was raised to this point"))
    if not answer:
        raise Refused("E391", _("Write the answer; it stands beside the point"))
    state = Verdict.UPHELD if uphold else Verdict.DISMISSED
    words = N_("{name}: objection to {what} upheld") if uphold else N_("{name}: objection to {what} dismissed")
    with store.write(words, name=_name(sheet), what={"zh": taken.point.zh, "en": taken.point.en}) as db:
        _unchanged(db, taken.objection)
        sql = "UPDATE objections SET state = ?, answer = ?, decided_at = ? WHERE id = ?"
        db.execute(sql, (state.value, answer, store.clock.stamp(), taken.objection.id))


def _unchanged(db: Any, before: Objection) -> None:
    row = db.execute("SELECT state FROM objections WHERE id = ?", (before.id,)).fetchone()
    if row is None or row[0] != before.state.value:
        raise Refused("E396", _("This objection was changed by another terminal meanwhile; look again"))


def may_close(store: Store, month: str) -> tuple[list[Sheet], Close | None]:
    """The sheets to be closed and the close before. Raises Refused: not over, nobody scored, nothing changed since."""
    if store.today() < kpi_rules.last_of(month):
        raise Refused("E392", _("{month} is not over; it is closed from its last day on").format(month=month))
    found, before = queries.sheets(store, month), queries.newest(store, month)
    if not found:
        raise Refused("E398", _("Nothing was kept in {month}, so nobody is scored").format(month=month))
    if before and not rules.differing(found, before.sheets):
        raise Refused("E394", _("{month} is closed, and nothing changed since").format(month=month))
    return found, before


@decided
def close(store: Store, month: str, reason: str = "") -> int:
    """Close a month as it stands now; closed again it is a new revision and needs a reason. Returns the revision.

    Raises Refused: what `may_close` refuses, or the reason is missing.
    """
    found, before = may_close(store, month)
    reason = free(reason, TEXT_LIMIT)
    if before and not reason:
        raise Refused("E393", _("{month} is closed; say why it is closed anew").format(month=month))
    revision = before.revision + 1 if before else 1
    words = N_("Appraisal of {month} closed, revision {revision}")
    with store.write(words, month=month, revision=revision) as db:
        body = queries.body_of(found, lists.book(store).weights)
        sql = "INSERT INTO month_closes(month, revision, at, by, reason, body) VALUES (?, ?, ?, ?, ?, ?)"
        db.execute(sql, (month, revision, store.clock.stamp(), store.by, reason, body))
    return revision
