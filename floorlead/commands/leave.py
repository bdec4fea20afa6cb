"""Leave on the command line: what was granted and asked for, the balances; and one grant with the desk covered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from floorlead.commands.common import format_option
from floorlead.commands.work import WrongUse, as_done, as_json, day_of, open_for, out
from floorlead.entry import Options
from floorlead.words import _

if TYPE_CHECKING:
    from datetime import date

    from floorlead.duty.records import Leave
    from floorlead.store import Store

STATES = ("asked", "granted", "refused", "withdrawn")


@click.command(short_help="Leave and balances. 请假与余额")
@click.option("--from", "first", help="First day (default: this month's first). 从哪天")
@click.option("--to", "last", help="Last day (default: that month's end; with --grant the first day). 到哪天")
@click.option("--grant", "who", help="Grant leave to this person (number or name). 给谁批假")
@click.option("--kind", default="P", show_default=True, help="Kind of leave, a code of rota.toml. 假别代号")
@click.option("--half", type=click.Choice(["", "am", "pm"]), default="", help="Half a day. 半天")
@click.option("--reason", default="", help="Why. 事由")
@click.option("--all-the-same", is_flag=True, help="Grant although a rule of the house is broken. 照准")
@format_option("text", "json")
@click.pass_obj
def leave(
    options: Options, first: str | None, last: str | None, who: str | None, kind: str, half: str, reason: str,
    all_the_same: bool, form: str,
) -> None:  # fmt: skip
    """Print the leave of a period with the year's balances, or grant one leave. 打印一段日子的请假和余额, 或批一次假。

    JSON: `from`, `to`, `leaves[]` (`number`, `name`, `kind`, `first`, `last`, `half`: am, pm or empty, `reason`, `state`:
    asked, granted, refused or withdrawn, `by`, `asked_at`, `decided_at`, `days`: what it takes of the balance,
    `absent_days`: what it takes in the attendance score) and `balances[]` of the first day's year (`number`, `name`,
    `kind`, `allowance` or null, `taken`, `left` or null, in days), `calendar_unknown[]` (years of the period whose holidays
    are not known); with `--grant` also `warnings[]`.
    """
    store = open_for(options, reading=who is None)
    if who is not None:
        if first is None:
            raise WrongUse(_("Say from which day: --from 2026-11-26"))
        start = day_of(store, first)
        _grant(store, who, kind, start, day_of(store, last) if last else start, half, reason, all_the_same)
    start = day_of(store, first) if first else store.today().replace(day=1)
    end = day_of(store, last) if last else _month_end(start)
    if end < start:
        raise WrongUse(_("The last day is before the first"))
    found = facts(store, start, end)
    told = as_json(found) if who is None else as_done(found)
    out(told if form == "json" else _text(store, found), None)


def _month_end(day: date) -> date:
    from datetime import timedelta

    return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _grant(
    store: Store, who: str, kind: str, first: date, last: date, half: str, reason: str, all_the_same: bool
) -> None:
    from floorlead.leave import moves
    from floorlead.people import queries as people
    from floorlead.store import Refused

    person = people.meant(store, who)
    if person is None or (half and first != last):
        raise Refused("E233", _("Half a day is one day; enter the other days for themselves"))
    moves.grant(store, moves.blank(store, person, kind, first, last, half, reason), all_the_same=all_the_same)


def facts(store: Store, first: date, last: date) -> dict[str, Any]:
    """The leave of a period and the balances of its first year, JSON-ready."""
    from floorlead.calendar import queries as calendar
    from floorlead.calendar import rules
    from floorlead.duty import lists, queries
    from floorlead.leave import queries as leaves
    from floorlead.people import queries as people

    everybody = {one.id: one for one in people.everybody(store)}
    staff = [one for one in everybody.values() if one.on_cards and one.works_on(first)]
    balances = leaves.balances(store, first.year, staff)
    kinds = lists.book(store).leave_kinds()
    own = [(one, balances[one.id, kind.code]) for one in staff for kind in kinds]
    return {
        "from": first.isoformat(), "to": last.isoformat(),
        "calendar_unknown": rules.unknown_years(calendar.office(store), first, last),
        "leaves": [_fact(store, one, everybody) for one in queries.leaves(store, first, last, STATES)],
        "balances": [
            {"number": p.number, "name": p.name, "kind": b.kind, "allowance": b.allowance, "taken": b.taken, "left": b.left}
            for p, b in own if b.taken or b.allowance
        ],
    }  # fmt: skip


def _fact(store: Store, one: Leave, everybody: dict[int, Any]) -> dict[str, Any]:
    from floorlead.leave import queries as leaves
    from floorlead.leave import rules

    person = everybody[one.person]
    works = leaves.works_of(store, person, one.first, one.last)
    return {
        "number": person.number, "name": person.name, "kind": one.kind, "first": one.first.isoformat(),
        "last": one.last.isoformat(), "half": one.half, "reason": one.reason, "state": one.state, "by": one.by,
        "asked_at": one.asked_at, "decided_at": one.decided_at or None,
        "days": rules.taken([one], works, one.first, one.last),
        "absent_days": len([day for day in rules.inside(one, one.first, one.last) if works(day)]),
    }  # fmt: skip


def _text(store: Store, found: dict[str, Any]) -> str:
    from floorlead.calendar.rules import unknown_words
    from floorlead.duty import lists
    from floorlead.duty.records import HALVES, LEAVE_STATES

    kinds = {one.code: one.shown for one in lists.book(store).leave_kinds()}
    lines = [
        _("Leave {first} to {last}: {count}").format(first=found["from"], last=found["to"], count=len(found["leaves"]))
    ]
    lines += [unknown_words(year) for year in found["calendar_unknown"]]
    for one in found["leaves"]:
        half = f" {_(HALVES[one['half']])}" if one["half"] else ""
        days = one["first"] if one["first"] == one["last"] else f"{one['first']}..{one['last']}"
        words = (
            one["number"],
            one["name"],
            kinds.get(one["kind"], one["kind"]),
            days + half,
            f"{one['days']:g}",
            _(LEAVE_STATES[one["state"]]),
            one["by"],
            one["reason"],
        )
        lines.append("  " + "  ".join(filter(None, words)))
    lines.append(_("Balances: taken/left"))
    for one in found["balances"]:
        left = "-" if one["left"] is None else f"{one['left']:g}"
        lines.append(
            f"  {one['number']}  {one['name']}  {kinds.get(one['kind'], one['kind'])}  {one['taken']:g}/{left}"
        )
    return "\n".join(lines) + "\n"
