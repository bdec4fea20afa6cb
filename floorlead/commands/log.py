"""The log on the command line: a day's, or all that is open; telephone numbers are masked in every form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from floorlead.commands.common import day_option, format_option, output_option
from floorlead.commands.work import as_json, day_of, open_for, out
from floorlead.entry import Options
from floorlead.outputs import Output
from floorlead.words import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from floorlead.log.records import Entry, Step
    from floorlead.store import Store


@click.command(short_help="The log of a day. 台账")
@day_option
@click.option("--open", "only_open", is_flag=True, help="Only what is open. 只看未结")
@format_option("text", "json")
@output_option
@click.pass_obj
def log(options: Options, day: str | None, only_open: bool, form: str, output: Output | None) -> None:
    """Print the log: what was made or closed on the day, and what is open. 打印台账: 当天新记和办结的, 以及未结的。

    JSON: `day`, `entries[]`: `id`, `kind` (incident, complaint, notice, plate), `at`, `by`, `text`, `level`, `owner`,
    `due` (a day or a local minute, null), `customer`, `phone` (masked, empty without one), `effective_on`,
    `escalated_at`, `escalated_to`, `responded_at`, `response_minutes`, `result`, `closed_at`, `satisfied`, `late`,
    `steps[]` (`at`, `by`, `kind`, `text`), `unread[]` (names); and `violations[]`: `at`, `number`, `name`, `rule`,
    `points`, `slot`, `note`.
    """
    from floorlead.log import queries

    store = open_for(options)
    found = facts(store, day_of(store, day), only_open)
    out(as_json(found) if form == "json" else _text(found, queries.called(store)), output)


def facts(store: Store, day: date, only_open: bool = False) -> dict[str, Any]:
    """The log of a day, JSON-ready; with `only_open` what was open in its evening, without the breaches."""
    from floorlead.discipline import queries as discipline
    from floorlead.log import queries
    from floorlead.people import queries as people

    entries = queries.open_entries(store, day) if only_open else queries.of_the_day(store, day)
    steps = queries.steps(store, [one.id for one in entries])
    names = {one.id: one for one in people.everybody(store)}
    breaches = [] if only_open else [one for one in discipline.on_day(store, day) if one.counts]
    return {
        "day": day.isoformat(), "entries": [_fact(store, one, steps[one.id]) for one in entries],
        "violations": [
            {"at": one.at, "number": names[one.person].number, "name": names[one.person].name, "rule": one.rule,
             "points": one.points, "slot": one.slot, "note": one.note}
            for one in breaches
        ],
    }  # fmt: skip


def _fact(store: Store, one: Entry, steps: list[Step]) -> dict[str, Any]:
    from floorlead.log import lists, queries, rules
    from floorlead.log.records import Kind
    from floorlead.phones import mask_in, masked

    late = rules.is_late(one, store.clock.now(), store.today(), lists.lists(store).clocks)
    unread = [person.name for person in queries.unacknowledged(store, one)] if one.kind is Kind.NOTICE else []
    return {
        "id": one.id, "kind": one.kind.value, "at": one.at, "by": one.by, "text": mask_in(one.text), "level": one.level,
        "owner": mask_in(one.owner), "due": one.due or None, "customer": mask_in(one.customer), "phone": masked(one.phone),
        "effective_on": one.effective_on.isoformat() if one.effective_on else None,
        "escalated_at": one.escalated_at or None, "escalated_to": mask_in(one.escalated_to),
        "responded_at": one.responded_at or None,
        "response_minutes": rules.minutes(one.at, one.responded_at) if one.responded_at else None,
        "result": mask_in(one.result), "closed_at": one.closed_at or None, "satisfied": one.satisfied, "late": late,
        "steps": [{"at": s.at, "by": s.by, "kind": s.kind.value, "text": mask_in(s.text)} for s in steps],
        "unread": unread,
    }  # fmt: skip


def _text(found: dict[str, Any], called: Callable[[str], str] = str) -> str:
    from floorlead.log.records import SORT_WORDS, Sort

    lines = [_("Log {day}: {count}").format(day=found["day"], count=len(found["entries"]))]
    for one in found["entries"]:
        state = _("ended") if one["closed_at"] else _("still open, overdue") if one["late"] else _("still open")
        who = f"{one['customer']} {one['phone']}".strip()
        word = _(SORT_WORDS[Sort(one["kind"])])
        unread = _("not read by {count}: {names}").format(
            count=len(one["unread"]), names=", ".join(map(called, one["unread"]))
        )
        words = (one["at"][5:16].replace("T", " "), word, one["text"], who, called(one["owner"]), (one["due"] or "").replace("T", " "),
                 state, one["result"], unread if one["unread"] else "")  # fmt: skip
        lines.append("  " + "  ".join(filter(None, words)))
        lines += [f"    {s['at'][5:16].replace('T', ' ')}  {s['text']}" for s in one["steps"] if s["text"]]
    if found["violations"]:
        lines.append(_("Discipline: {count}").format(count=len(found["violations"])))
    lines += [
        f"  {v['at'][11:16]}  {v['number']}  {called(v['name'])}  {v['rule']}  {v['points']}"
        for v in found["violations"]
    ]
    return "\n".join(lines) + "\n"
