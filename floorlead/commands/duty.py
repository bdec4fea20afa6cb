"""Who answers for the desk at a minute, as text or JSON."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from floorlead.commands.common import format_option
from floorlead.commands.work import WrongUse, as_json, open_for, out
from floorlead.entry import Options
from floorlead.words import _

if TYPE_CHECKING:
    from floorlead.duty.reception import Reception, Stretch
    from floorlead.store import Store


@click.command(short_help="Who answers for the desk. 前台当班责任人")
@click.option("--at", "moment", help="The minute: 10:30, 2026-11-23T10:30. 哪一分钟")
@format_option("text", "json")
@click.pass_obj
def duty(options: Options, moment: str | None, form: str) -> None:
    """Say who answers for each post at a minute, who stands in, and who took over before. 某一分钟谁是当班责任人。

    JSON: `at`, and of each slot open then in `slots[]`: `slot`, `post`, `starts`, `ends`, `holder` (`number`, `name`;
    `number` null for a leader who is not among the people), `why` (plan, substitution, named, leader), `planned` and
    `substitute` (as `holder`, or null) and `chain[]` (`from`, `to`, `holder`, `why`, `left`, `reason`, `reported`).
    """
    from floorlead.duty import queries

    store = open_for(options)
    day, minute = _moment(store, moment)
    reception = queries.reception(store, day)
    facts = _facts(store, reception, minute)
    out(as_json(facts) if form == "json" else _text(facts), None)


def _moment(store: Store, text: str | None) -> tuple[date, int]:
    """Business day and minute of it. Raises WrongUse."""
    from floorlead.duty.rules import typed_minute

    if text and (typed := typed_minute(text)) is not None:
        return store.today(), typed
    try:
        at = datetime.fromisoformat(text.strip()) if text else store.clock.now()
    except ValueError as error:
        raise WrongUse(_("'{text}' is not a time; write it as 2026-11-23T08:41").format(text=text)) from error
    local = at.astimezone(store.clock.zone) if at.tzinfo else at.replace(tzinfo=store.clock.zone)
    day = store.clock.day_of(local)
    return day, local.hour * 60 + local.minute + 1440 * (local.date() - day).days


def _facts(store: Store, reception: Reception, minute: int) -> dict[str, Any]:
    from floorlead.duty import rules
    from floorlead.duty.records import clocked
    from floorlead.people.queries import leader

    chief = leader(store)
    every = rules.stretches(reception)
    slots = []
    for desk in rules.in_force(reception, minute):
        held = rules.held_at(reception, minute)[desk.slot.code]
        slots.append({
            "slot": desk.slot.code, "post": desk.slot.post.shown, "starts": clocked(desk.slot.starts),
            "ends": clocked(desk.slot.ends), "holder": _who(reception, held.who, chief), "why": held.why,
            "planned": _who(reception, desk.holder, ""), "substitute": _who(reception, desk.substitute, ""),
            "chain": [_link(reception, one, chief) for one in every if one.slot is desk.slot],
        })  # fmt: skip
    return {"at": f"{reception.day.isoformat()}T{minute // 60 % 24:02d}:{minute % 60:02d}", "slots": slots}


def _who(reception: Reception, who: int | None, chief: str) -> dict[str, str | None] | None:
    member = reception.staff.get(who or 0)
    if member:
        return {"number": member.number, "name": member.shown}
    return {"number": None, "name": chief} if chief else None


def _link(reception: Reception, one: Stretch, chief: str) -> dict[str, Any]:
    from floorlead.duty.records import clocked

    sub = one.held.substitution
    return {
        "from": clocked(one.starts), "to": clocked(one.ends), "holder": _who(reception, one.held.who, chief),
        "why": one.held.why, "left": _who(reception, sub.left, chief) if sub else None,
        "reason": sub.reason if sub else "", "reported": bool(sub and sub.reported),
    }  # fmt: skip


def _text(facts: dict[str, Any]) -> str:
    """A line for each slot, its chain below it."""
    if not facts["slots"]:
        return _("{at}: no slot of the desk is open").format(at=facts["at"]) + "\n"
    lines = []
    for one in facts["slots"]:
        stands = one["substitute"]["name"] if one["substitute"] else "-"
        words = _("{post} {starts}-{ends}  {name}  (substitute {stands})")
        lines.append(
            words.format(
                post=one["post"], starts=one["starts"], ends=one["ends"], name=one["holder"]["name"], stands=stands
            )
        )
        for link in one["chain"] if len(one["chain"]) > 1 else ():
            lines.append(f"  {link['from']}-{link['to']}  {link['holder']['name']}  {link['reason']}".rstrip())
    return "\n".join(lines) + "\n"
