"""The weekly roll-up on paper: one page for the manager."""

from __future__ import annotations

from datetime import date
from typing import Any

from floorlead import clock
from floorlead.kpi.rules import rate
from floorlead.paper.model import Block, Column, Facts, Heading, Paper, Sign, Table
from floorlead.report.records import Data
from floorlead.words import N_, _, language, pick

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
        data["showroom"] or _("Showroom"),
        f"{first} - {last}",
        _("week {number}").format(number=first.isocalendar()[1]),
    )
    return Paper("week", language(), _("Week of the showroom"), head, blocks, ("floorlead", f"{first:%Y%m%d}-W"))


def _days(data: Data) -> Table:
    columns = [Column(_("Day"), 15), *_measures(), Column(_("Report"), 0)]
    rows = [[_day(one["day"]), *(str(one[m]) for m in MEASURES), _report(one["report"])] for one in data["days"]]
    for word, key in ((_("week"), "total"), (_("week before"), "before")):
        rows.append([word, *(str(data[key][m]) for m in MEASURES), ""])
    return Table(columns, rows)


def _measures() -> list[Column]:
    return [Column(_(WORDS[m]), size, "right") for m, size in zip(MEASURES, (7, 9, 12, 7, 11), strict=True)]


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day:%m-%d} {clock.weekday(day)}"


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
             for word, key in ((N_("week"), "total"), (N_("week before"), "before"))]  # fmt: skip
    left, coming = data["open"], data["next"]["deliveries"]
    log = [f"{one['day'][5:]} {one['text']}" for one in left["log"]]
    todo = [f"{one['text']} {one['owner']} {one['due'][5:]}".replace("  ", " ") for one in left["tasks"]]
    counts = _("orders not delivered {undelivered}  losses to be decided {asked}").format(**left)
    missing = _("{count} papers missing")
    told = [f"{one['day'][5:]} {one['customer']} {missing.format(count=one['missing'])}" for one in coming]
    return [
        (_("Captured"), ["   ".join(rates)]), (_("Left open"), [counts, *log[:8]]), (_("Tasks"), todo[:10] or [_("none")]),
        (_("Hand-overs next week"), ["; ".join(told)] if told else [_("none")]),
    ]  # fmt: skip
