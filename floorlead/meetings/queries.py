"""Reading a meeting: what was entered of it, the figures of the team, and the points of its blocks.

Everything stands elsewhere already; a meeting only gathers it, and keeps what was said to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from floorlead import clock
from floorlead.customers import queries as customers
from floorlead.customers.records import Due
from floorlead.meetings import evening, morning
from floorlead.meetings.records import Block, Kind, Meeting, Member, Row, Sheet, Tick
from floorlead.people import queries as people_queries
from floorlead.people.records import Presence
from floorlead.percent import in_percent
from floorlead.store import Store
from floorlead.targets import queries as targets
from floorlead.targets.records import FORECAST, MEASURES, Pace
from floorlead.words import _


def meeting(store: Store, day: date, kind: Kind) -> Meeting:
    """A day's meeting as it was held, one without times where nobody began it."""
    sql = "SELECT id, begun_at, ended_at, praise, by FROM meetings WHERE day = ? AND kind = ?"
    found = store.rows(sql, day.isoformat(), kind.value)
    if not found:
        return Meeting(0, day, kind)
    ident, begun, ended, praise, by = found[0]
    rows = store.rows("SELECT item, at, answer FROM meeting_ticks WHERE meeting_id = ? ORDER BY id", ident)
    ticks = {item: Tick(at, answer) for item, at, answer in rows}
    return Meeting(ident, day, kind, begun, ended or "", praise, by, ticks)


def sheet(store: Store, day: date, kind: Kind) -> Sheet:
    """All of a meeting, as it stands now."""
    held = meeting(store, day, kind)
    pace = targets.pace(store, day, evening=kind is Kind.EVENING or day != store.today())
    owed = customers.due_by_advisor(store, day)
    presences = {one.person.id: one for one in people_queries.day(store, day)}
    team = members(store, day, pace, owed, presences)
    blocks: list[Block]
    if kind is Kind.MORNING:
        rows, blocks = _morning_rows(store, pace), morning.blocks(store, held, pace, presences)
    else:
        rows, blocks = _evening_rows(pace), evening.blocks(store, held, pace, owed)
    return Sheet(held, rows, team, blocks)


def members(
    store: Store, day: date, pace: Pace, owed: Mapping[int | None, list[Due]], presences: Mapping[int, Presence]
) -> list[Member]:
    """Those who share in the month and belong to the showroom on the day, in the order of the card."""
    wanted = targets.by_person(store, day, pace)
    done, said = targets.actuals(store, day, day), targets.forecasts(store, day)
    found = []
    for share in targets.shares(store, pace.month):
        one = presences.get(share.person)
        if one is not None and share.weight > 0:
            mine = owed.get(share.person, [])
            open_ = [due for due in mine if not due.done]
            found.append(Member(
                share.person, one.person.shown, one.here, wanted.get(share.person, {}),
                {name: done[name].get(share.person, 0) for name in MEASURES},
                {name: said[share.person, name] for name in FORECAST if (share.person, name) in said},
                len(open_), sum(due.late > 0 for due in open_),
            ))  # fmt: skip
    return found


def _morning_rows(store: Store, pace: Pace) -> list[Row]:
    """The last open day against its target, the month, what each day must bring, today's target."""
    before = targets.last_open(store, pace.day)
    past = targets.pace(store, before, evening=True)
    figures = pace.figures.values()
    yesterday = [_pair(one.today, one.today_target) for one in past.figures.values()]
    return [
        Row(_("{day} asked").format(day=clock.short_day(before)), yesterday),
        Row(_("month {share}").format(share=in_percent(pace.time)), [_pair(one.actual, one.target) for one in figures]),
        Row(_("reached"), [in_percent(one.done) for one in figures]),
        Row(_("per day"), [one.per_day for one in figures]),
        Row(_("today"), ["-" if one.today_target is None else str(one.today_target) for one in figures]),
    ]  # fmt: skip


def _evening_rows(pace: Pace) -> list[Row]:
    """Today against its target, the month, how far ahead or behind."""
    figures = pace.figures.values()
    return [
        Row(_("today"), [_pair(one.today, one.today_target) for one in figures]),
        Row(_("month {share}").format(share=in_percent(pace.time)), [_pair(one.actual, one.target) for one in figures]),
        Row(_("reached"), [in_percent(one.done) for one in figures]),
        Row(_("vs. plan"), [one.against_plan for one in figures]),
    ]  # fmt: skip


def _pair(done: int, wanted: int | None) -> str:
    return f"{done}/{'-' if wanted is None else wanted}"
