"""The invented showroom's targets, notices, open entries of the log and talk tracks, from `market.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from floorlead.log import moves as log
from floorlead.log.records import Entry, Kind, StepKind
from floorlead.people import queries as people
from floorlead.people.records import Person
from floorlead.record import replace
from floorlead.setup import moves as told
from floorlead.store import Store
from floorlead.targets.rules import moved
from floorlead.words import N_, pick

Data = Mapping[str, Any]


def load(store: Store, data: Data) -> None:
    """Enter it all as one noted action."""
    staff = {one.number: one for one in people.everybody(store)}
    month = store.today().isoformat()[:7]
    with store.write(N_("Targets and log of the demo showroom"), kind="note") as db:
        for one in data["target"]:
            amounts = {name: amount for name, amount in one.items() if name != "months_ago"}
            told.put_targets(db, moved(month, -one["months_ago"]), amounts)
        for kind in (Kind.NOTICE, Kind.COMPLAINT, Kind.INCIDENT):
            for one in data[kind.value]:
                _enter(db, store, kind, one, staff)
        for one in data["talk"]:
            told.put_talk(db, store, one)


def _enter(db: Any, store: Store, kind: Kind, one: Data, staff: Mapping[str, Person]) -> None:
    day = store.today() - timedelta(days=one["days_ago"])
    at = f"{day}T{one['at']}:00"
    owner = staff.get(one.get("owner", ""))
    entry = replace(
        log.blank(store, kind), day=day, at=at, text=pick(one["zh"], one["en"]), owner_id=owner.id if owner else None,
        owner=owner.name if owner else "", customer=one.get("customer", ""), phone=one.get("phone", ""),
        due="" if kind is Kind.NOTICE else f"{store.today()}T18:00",
    )  # fmt: skip
    ident = log.put_entry(db, _answered(entry, one))
    if "action_zh" in one:
        log.put_step(db, ident, _later(at), store.by, StepKind.RESPONSE, pick(one["action_zh"], one["action_en"]))
    for number in one.get("acknowledged", ()):
        told.acknowledge(db, ident, staff[number].id, _later(at), store.by)


def _later(at: str) -> str:
    """Eight minutes later."""
    minute = int(at[14:16]) + 8
    return f"{at[:11]}{int(at[11:13]) + minute // 60:02d}:{minute % 60:02d}{at[16:]}"


def _answered(entry: Entry, one: Data) -> Entry:
    return replace(entry, responded_at=_later(entry.at)) if "action_zh" in one else entry
