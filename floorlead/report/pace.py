"""The report's facts about targets: each measure today, in the month, against its target and its time, and why it is behind.

A sealed report keeps the figures of its day; the words are made when it is read.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from floorlead.kpi.rules import rate
from floorlead.percent import in_percent
from floorlead.report.records import Data, Said
from floorlead.store import Store
from floorlead.targets import queries as targets
from floorlead.targets import rules
from floorlead.targets.records import MEASURE_WORDS, Figure
from floorlead.words import _


def read_pace(store: Store, day: date) -> Data:
    """Each measure of the day's month until its evening, and the causes given on the day; nothing where there is no
    target and nothing was done."""
    pace = targets.pace(store, day, evening=True)
    if not pace.any and not any(one.actual for one in pace.figures.values()):
        return {}
    given = targets.causes(store, day, day)
    return {
        "month": pace.month, "time": round(pace.time, 4), "days": pace.days, "left": pace.left,
        "measures": [_facts(one) for one in pace.figures.values()],
        "causes": [
            {"measure": one.measure, "cause": rules.cause_both(one.cause), "action": one.action} for one in reversed(given)
        ],
    }  # fmt: skip


def _facts(one: Figure) -> Data:
    return {
        "measure": one.measure, "today": one.today, "today_target": one.today_target, "actual": one.actual,
        "target": one.target, "gap": one.gap, "needed": None if one.needed is None else round(one.needed, 2),
        "behind": one.behind, "cause_due": one.cause_due,
    }  # fmt: skip


def say_pace(data: Data) -> list[Said]:
    """The time of the month, a line for each measure that has a target, the others on one line, then the causes."""
    if not data:
        return []
    head = _("month {month}: time {time}, open days left {left}")
    told = head.format(month=data["month"], time=in_percent(data["time"]), left=data["left"])
    lines = [Said(told, (), "targets", f"month:{data['month']}")]
    for one in data["measures"]:
        if one["target"] is not None:
            lines.append(Said("  " + measure_words(data, one["measure"]), (), "targets", f"measure:{one['measure']}"))
    rest = [measure_words(data, one["measure"]) for one in data["measures"] if one["target"] is None]
    if rest:
        lines.append(Said("  " + _("no target: {measures}").format(measures="; ".join(rest)), rest, "targets", ""))
    return lines + say_causes(data)


def measure_words(data: Data, measure: str) -> str:
    """One measure as `today 2/3  month 41/60 (68%)  gap 5  need 2.7 a day`; without a target what was done."""
    one = next((one for one in data.get("measures", ()) if one["measure"] == measure), None)
    if one is None:
        return ""
    if one["target"] is None:
        told = _("today {done}").format(done=one["today"]), _("month {done}").format(done=one["actual"])
        return " ".join((_(MEASURE_WORDS[measure]), *told))
    share = f" ({rate(one['actual'], one['target']).share})" if one["target"] else ""
    parts = [
        _(MEASURE_WORDS[measure]),
        _("today {done}/{target}").format(done=one["today"], target=one["today_target"]),
        _("month {done}/{target}").format(done=one["actual"], target=one["target"]) + share,
        *([] if one["gap"] is None else [_gap(one)]),
    ]
    if data["left"]:
        parts.append(_("need {count}/day").format(count=f"{one['needed']:.1f}".removesuffix(".0")))
    return "  ".join(parts)


def _gap(one: dict[str, Any]) -> str:
    if one["gap"] > 0:
        return _("{count} short").format(count=one["gap"])
    return _("{count} ahead").format(count=-one["gap"]) if one["gap"] < 0 else _("on pace")


def say_causes(data: Data) -> list[Said]:
    """The causes given today with their actions, then what still owes one."""
    told: dict[tuple[str, str], list[str]] = {}
    for one in data.get("causes", ()):
        cause = (
            rules.cause_words(one["cause"]["en"]) if one["cause"]["en"] != one["cause"]["zh"] else one["cause"]["zh"]
        )
        told.setdefault((cause, one["action"]), []).append(_(MEASURE_WORDS.get(one["measure"], one["measure"])))
    lines = []
    for (cause, action), measures in told.items():
        words = _("  behind: {what}, because: {cause}").format(what=", ".join(measures), cause=cause)
        lines.append(Said(words + (f" -> {action}" if action else ""), (), "targets", "cause"))
    owed = [_(MEASURE_WORDS[one["measure"]]) for one in data.get("measures", ()) if one["cause_due"]]
    if owed:
        lines.append(Said(_("  no cause given yet: {what}").format(what=", ".join(owed)), owed, "targets", "cause"))
    return lines


def open_point(data: Data) -> str:
    """What is still owed before sealing, empty when no cause is."""
    owed = [_(MEASURE_WORDS[one["measure"]]) for one in data.get("measures", ()) if one["cause_due"]]
    return _("behind without a cause: {what}").format(what=", ".join(owed)) if owed else ""
