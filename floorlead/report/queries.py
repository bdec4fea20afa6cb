"""Reading a day's report, sealing it, opening it again. A sealed revision is never changed, only followed by another."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from floorlead import settings
from floorlead.people import queries as people_queries
from floorlead.phones import mask_in
from floorlead.record import replace
from floorlead.report.records import Report, from_body
from floorlead.report.sections import SECTIONS, manager_of
from floorlead.store import Refused, Store, chain, decided, seals
from floorlead.text import clean, in_all
from floorlead.words import N_, _, language

REMARKS_LIMIT = 500
_KEPT = "body, seal, previous_seal"


def live(store: Store, day: date) -> Report:
    """The day's report computed now: the draft of the next revision."""
    before = last_sealed(store, day)
    number = before.number if before else next_number(store)
    name = settings.get(store, "showroom") or _("Showroom")
    draft = Report(
        day, number, (before.revision if before else 0) + 1, "draft",
        {"zh": name, "en": settings.get(store, "showroom_en") or name}, people_queries.leader_shown(store), manager_of(store),
        # a sealed report can never be changed, so no telephone number may stand in its words
        {section.name: in_all(data, mask_in) for section in SECTIONS if (data := section.read(store, day))},
    )  # fmt: skip
    if before is None:
        return draft
    changed = tuple(name for name, data in draft.sections.items() if before.sections.get(name) != data)
    why = before.reason if before.void else reason(store, day, before.revision)
    return replace(draft, reason=why, changed=changed)


def current(store: Store, day: date) -> Report:
    """The sealed report when the day is closed, else the draft; of a day still to come the one that says it is void."""
    before = last_sealed(store, day)
    kept = before is not None and (is_closed(store, day) or (before.void and day > store.today()))
    return before if before and kept else live(store, day)


def sealed(store: Store, day: date, revision: int | None = None) -> Report:
    """A sealed revision as it was kept, the newest when none is named. Raises Refused when there is none."""
    where, values = ("AND revision = ?", (revision,)) if revision else ("", ())
    found = store.rows(
        f"SELECT {_KEPT} FROM reports WHERE day = ? {where} ORDER BY revision DESC LIMIT 1",
        day.isoformat(),
        *values,
    )
    if not found:
        raise Refused(
            "E44", _("There is no sealed report of {day}").format(day=day) + (f" ({revision})" if revision else "")
        )
    body, seal, previous = found[0]
    return _from(body, seal, previous)


def kept_text(store: Store, report: Report) -> tuple[str, str]:
    """(language, text) of a sealed revision, byte for byte as it was sealed; empty where somebody was erased from it."""
    sql = "SELECT language, text FROM reports WHERE day = ? AND revision = ?"
    found = store.rows(sql, report.day.isoformat(), report.revision)
    return str(found[0][0]), str(found[0][1])


def kept_template(store: Store, report: Report) -> dict[str, str]:
    """The template files that a sealed revision was sealed with, by name."""
    source = store.one(
        "SELECT t.source FROM reports r JOIN templates t ON t.id = r.template_id WHERE r.day = ? AND r.revision = ?",
        report.day.isoformat(), report.revision,
    )  # fmt: skip
    return dict(json.loads(source)) if source else {}


def last_sealed(store: Store, day: date) -> Report | None:
    """The day's newest sealed revision, re-opened or not."""
    found = store.rows(f"SELECT {_KEPT} FROM reports WHERE day = ? ORDER BY revision DESC LIMIT 1", day.isoformat())
    return _from(*found[0]) if found else None


def _from(body: str, seal: str, previous: str) -> Report:
    """A kept report; where a text was erased it says so in the language spoken now."""

    def said(text: str) -> str:
        day = seals.erased_day(text)
        return _("erased on {day}").format(day=day) if day else text

    return from_body(in_all(json.loads(body), said), seal, previous)


def is_closed(store: Store, day: date) -> bool:
    """Whether the day is sealed and not open again."""
    return bool(
        store.one(
            "SELECT r.void = 0 AND NOT EXISTS (SELECT 1 FROM reopens o WHERE o.day = r.day AND o.revision = r.revision) "
            "FROM reports r WHERE r.day = ? ORDER BY r.revision DESC LIMIT 1", day.isoformat(),
        )
    )  # fmt: skip


def reason(store: Store, day: date, revision: int) -> str:
    """Why a revision was re-opened; empty when it was not."""
    sql = "SELECT reason FROM reopens WHERE day = ? AND revision = ?"
    return str(store.one(sql, day.isoformat(), revision) or "")


def next_number(store: Store) -> int:
    """The number of the next new report; numbers have no gaps."""
    return int(store.one("SELECT max(number) FROM reports") or 0) + 1


@decided
def seal(store: Store, day: date, text_of: Callable[[Report], str]) -> Report:
    """Seal the day: number, revision, body, text and seal in one action; `text_of` draws what is kept as its text.

    Raises Refused when the day is sealed already or still to come.
    """
    if is_closed(store, day):
        raise Refused(
            "E45", _("The report of {day} is sealed already; re-open it with a reason to change it").format(day=day)
        )
    if day > store.today():
        raise Refused("E48", _("{day} is still to come; it cannot be sealed").format(day=day))
    words = N_("Report {number}.{revision} of {day} sealed")
    draft = replace(live(store, day), sealed_at=store.clock.stamp())
    with store.write(words, kind="seal", number=draft.number, revision=draft.revision, day=day.isoformat()) as db:
        return _enter(db, replace(live(store, day), sealed_at=draft.sealed_at, state="sealed"), text_of)


def _enter(db: Any, report: Report, text_of: Callable[[Report], str]) -> Report:
    """Number, body, text and seal of a report inside an open action; returns it with its seal."""
    facts = {
        "day": report.day.isoformat(), "number": report.number, "revision": report.revision, "by": report.leader,
        "sealed_at": report.sealed_at, "language": language(), "template_id": _template_id(db), "void": int(report.void),
    }  # fmt: skip

    def drawn(seal: str, before: str) -> str:
        return text_of(replace(report, seal=seal, previous_seal=before))

    row = seals.enter(db, facts, report.body(), drawn)
    return replace(report, seal=row["seal"], previous_seal=row["previous_seal"])


def _template_id(db: Any) -> int:
    """The template files in force, kept once for all reports sealed with them."""
    from pathlib import Path

    from floorlead.paper.template import sources

    path = next((row[2] for row in db.execute("PRAGMA database_list") if row[1] == "main"), "")
    source = chain.canonical(sources(Path(path) if path else None))
    digest = chain.sha(source)
    found = db.execute("SELECT id FROM templates WHERE digest = ?", (digest,)).fetchone()
    if found:
        return int(found[0])
    return int(db.execute("INSERT INTO templates(digest, source) VALUES (?, ?)", (digest, source)).lastrowid)


@decided
def reopen(store: Store, day: date, why: str) -> None:
    """Open a sealed day again; the sealed revision stays readable and printable. Raises Refused."""
    why = clean(why, 120)
    if not is_closed(store, day):
        raise Refused("E46", _("The report of {day} is not sealed").format(day=day))
    if not why:
        raise Refused("E47", _("Say why the report is opened again"))
    with store.write(
        N_("Report of {day} opened again: {reason}"), kind="reopen", day=day.isoformat(), reason=why
    ) as db:
        _note_reopened(db, store, sealed(store, day), why)


def _note_reopened(db: Any, store: Store, report: Report, why: str) -> None:
    if store.one("SELECT 1 FROM reopens WHERE day = ? AND revision = ?", report.day.isoformat(), report.revision):
        return
    sql = "INSERT INTO reopens(day, revision, at, by, reason) VALUES (?, ?, ?, ?, ?)"
    db.execute(sql, (report.day.isoformat(), report.revision, store.clock.stamp(), store.by, why))


@decided
def void(store: Store, day: date, why: str, text_of: Callable[[Report], str]) -> Report:
    """Say in a further revision that the report of a day still to come does not count; its number stays.

    Raises Refused where there is nothing to void, the day has come, or no reason is given.
    """
    why = clean(why, 120)
    if not why:
        raise Refused("E47", _("Say why the report is opened again"))
    words = N_("Report {number}.{revision} of {day} made void: {reason}")
    before = _voidable(store, day)
    told: dict[str, Any] = {"number": before.number, "revision": before.revision, "day": day.isoformat(), "reason": why}
    with store.write(words, kind="reopen", **told) as db:
        before = _voidable(store, day)
        _note_reopened(db, store, before, why)
        report = replace(
            live(store, day), sealed_at=store.clock.stamp(), state="void", sections={}, reason=why, changed=()
        )
        return _enter(db, report, text_of)


def _voidable(store: Store, day: date) -> Report:
    before = last_sealed(store, day)
    if before is None or before.void:
        raise Refused("E46", _("The report of {day} is not sealed").format(day=day))
    if day <= store.clock.today():
        sentence = _("{day} has come; a report of it is opened again, only one of a day still to come can be made void")
        raise Refused("E461", sentence.format(day=day))
    return before


@decided
def put_day(store: Store, day: date, field: str, text: str) -> None:
    """Write the day's `remarks` or `weather`. Raises Refused on a sealed day."""
    text = clean(text, REMARKS_LIMIT)
    if text == (store.one(f"SELECT {field} FROM days WHERE day = ?", day.isoformat()) or ""):
        return
    words = {"remarks": N_("Remarks {time}"), "weather": N_("Weather {text}")}[field]
    time = store.clock.stamp()[11:16]
    with store.write(words, text=text, time=time) as db:
        done = db.execute(f"UPDATE days SET {field} = ? WHERE day = ?", (text, day.isoformat()))
        if not done.rowcount:
            db.execute(f"INSERT INTO days(day, {field}) VALUES (?, ?)", (day.isoformat(), text))
