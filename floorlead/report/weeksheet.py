"""The weekly roll-up on paper: one page for the manager."""

from __future__ import annotations

from datetime import date
from typing import Any

from floorlead import clock
from floorlead.kpi.rules import rate
from floorlead.paper.model import Block, Column, Facts, Heading, Paper, Sign, Table
from floorlead.report.records import Data
from floorlead.text import width
from floorlead.words import N_, _, language, pick

NUMBER_CELLS = 6
"""Cells of a column of numbers whose word is shorter."""
MEASURES = ("visits", "captured", "drives", "orders", "deliveries")
WORDS = {
    "visits": N_("visits"), "captured": N_("captured"), "drives": N_("test drives"), "orders": N_("orders"),
    "deliveries": N_("hand-overs"),
}  # fmt: skip


def draw(data: Data) -> Paper:
    """The paper of a week's facts."""
    first, last = date.fromisoformat(data["first"]), date.fromisoformat(data["last"])
    blocks: list[Block] = [Heading(_("Day by day")), _days(data), Heading(_("Consultants")), _people(data)]
    blocks += [Facts(_facts(data)), Sign((_("Leader"), _("Sales manager"), _("Comment")))]
    head = (
        pick(data["showroom"], data["showroom_en"]) or _("Showroom"),
        f"{first} - {last}",
        _("week {number}").format(number=first.isocalendar()[1]),
    )
    return Paper("week", language(), _("Week of the showroom"), head, blocks, ("floorlead", f"{first:%Y%m%d}-W"))


def _days(data: Data) -> Table:
    columns = [Column(_("Day"), 12), *_measures(), Column(_("Report"), 0)]
    rows = [[_day(one["day"]), *(str(one[m]) for m in MEASURES), _report(one["report"])] for one in data["days"]]
    for word, key in ((_("whole week"), "total"), (_("week before"), "before")):
        rows.append([word, *(str(data[key][m]) for m in MEASURES), ""])
    return Table(columns, rows)


def _measures() -> list[Column]:
    return [Column(_(WORDS[m]), max(NUMBER_CELLS, width(_(WORDS[m]))), "right") for m in MEASURES]


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{clock.short_day(day)} {clock.weekday_short(day)}"


def _short(text: str) -> str:
    return clock.short_day(date.fromisoformat(text))


def _report(told: dict[str, Any] | None) -> str:
    if told is None:
        return _("not sealed")
    return _("no. {number}.{revision} {time}").format(**told, time=clock.hm(told["at"]))


def _rates(total: dict[str, int]) -> str:
    return rate(total["captured"], total["first"]).text


def _people(data: Data) -> Table:
    columns = [Column(_("Name"), 15), *_measures(), Column(_("overdue"), 8, "right"), Column(_("points"), 0, "right")]
    rows = [
        [pick(**one["name"]), *(str(one[m]) for m in MEASURES), str(one["overdue"]), str(one["points"])]
        for one in data["people"]
    ]
    return Table(columns, rows)


def _facts(data: Data) -> list[tuple[str, list[str]]]:
    """What stays open, what comes next week."""
    rates = [_("{word} {rate}").format(word=_(word), rate=_rates(data[key]))
             for word, key in ((N_("whole week"), "total"), (N_("week before"), "before"))]  # fmt: skip
    left, coming = data["open"], data["next"]["deliveries"]
    log = [f"{_short(one['day'])} {one['text']}" for one in left["log"]]
    todo = [f"{one['text']} {one['owner']} {_short(one['due'])}".replace("  ", " ") for one in left["tasks"]]
    counts = _("orders not delivered {undelivered}  losses to be decided {asked}").format(**left)
    missing = _("{count} papers missing")
    told = [
        f"{_short(one['day'])} {one['customer']} " + (missing.format(count=one["missing"]) if one["missing"] else "")
        for one in coming
    ]
    return [
        (_("Captured"), ["   ".join(rates)]), (_("Left open"), [counts, *log[:8]]), (_("Tasks"), todo[:10] or [_("none")]),
        (_("Hand-overs next week"), ["; ".join(map(str.rstrip, told))] if told else [_("none")]),
    ]  # fmt: skip
