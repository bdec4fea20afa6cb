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
from floorlead.store import Refused, Store, chain
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
    return replace(draft, reason=reason(store, day, before.revision), changed=changed)


def current(store: Store, day: date) -> Report:
    """The sealed report when the day is closed, else the draft."""
    return sealed(store, day) if is_closed(store, day) else live(store, day)


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
    return from_body(json.loads(body), seal, previous)


def kept_text(store: Store, report: Report) -> tuple[str, str]:
    """(language, text) of a sealed revision, byte for byte as it was sealed."""
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
    return from_body(json.loads(found[0][0]), found[0][1], found[0][2]) if found else None


def is_closed(store: Store, day: date) -> bool:
    """Whether the day is sealed and not open again."""
    return bool(
        store.one(
            "SELECT NOT EXISTS (SELECT 1 FROM reopens o WHERE o.day = r.day AND o.revision = r.revision) "
            "FROM reports r WHERE r.day = ? ORDER BY r.revision DESC LIMIT 1", day.isoformat(),
        )
    )  # fmt: skip


def reason(store: Store, day: date, revision: int) -> str:
    """Why a revision was re-opened; empty when it was not."""
    return str(store.one("SELECT reason FROM reopens WHERE day = ? AND revision = ?", day.isoformat(), revision) or "")


def next_number(store: Store) -> int:
    """The number of the next new report; numbers have no gaps."""
    return int(store.one("SELECT max(number) FROM reports") or 0) + 1


def previous_seal(store: Store) -> str:
    """The seal of the report sealed last, of whatever day."""
    return str(store.one("SELECT seal FROM reports ORDER BY id DESC LIMIT 1") or "")


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
        draft = replace(live(store, day), sealed_at=draft.sealed_at)
        head_seq, head = db.execute("SELECT seq, chain FROM actions ORDER BY seq DESC LIMIT 1 OFFSET 1").fetchone() or (
            0,
            "",
        )
        body, before = chain.canonical(draft.body()), previous_seal(store)
        mark = chain.seal_of(before, draft.number, draft.revision, day.isoformat(), body, head)
        done = replace(draft, state="sealed", seal=mark, previous_seal=before)
        _insert(db, done, body, head_seq, head, text_of(done))
    return done


def _insert(db: Any, done: Report, body: str, seq: int, head: str, text: str) -> None:
    values = (done.day.isoformat(), done.number, done.revision, done.sealed_at, done.leader, language(), body,
              text, _template_id(db), seq, head, done.previous_seal, done.seal)  # fmt: skip
    db.execute(
        "INSERT INTO reports(day, number, revision, sealed_at, by, language, body, text, template_id, seq, head, "
        f"previous_seal, seal) VALUES ({', '.join('?' * 13)})", values,
    )  # fmt: skip


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


def reopen(store: Store, day: date, why: str) -> None:
    """Open a sealed day again; the sealed revision stays readable and printable. Raises Refused."""
    why = clean(why, 120)
    if not is_closed(store, day):
        raise Refused("E46", _("The report of {day} is not sealed").format(day=day))
    if not why:
        raise Refused("E47", _("Say why the report is opened again"))
    revision = sealed(store, day).revision
    with store.write(
        N_("Report of {day} opened again: {reason}"), kind="reopen", day=day.isoformat(), reason=why
    ) as db:
        db.execute("INSERT INTO reopens(day, revision, at, by, reason) VALUES (?, ?, ?, ?, ?)",
                   (day.isoformat(), revision, store.clock.stamp(), store.by, why))  # fmt: skip


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


def last_before(store: Store, day: date) -> tuple[date, str] | None:
    """The newest sealed day before `day` and when it was sealed; None when there is none."""
    found = store.rows(
        "SELECT day, sealed_at FROM reports WHERE day < ? ORDER BY day DESC, revision DESC LIMIT 1", day.isoformat()
    )
    return (date.fromisoformat(found[0][0]), str(found[0][1])) if found else None
