"""The brief view of the report: its lines, and the spots among them where the cursor can stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from floorlead import clock
from floorlead.record import record
from floorlead.report.records import Report, Said, Section
from floorlead.report.sections import SECTIONS
from floorlead.store import Store, sealed
from floorlead.tasks.records import Task
from floorlead.text import wrap
from floorlead.widgets.line import Line, rule
from floorlead.words import N_, _, pick

REMARK_CELLS = 76
VIEWS = (N_("brief"), N_("preview"), N_("weekly"))


@record
class Spot:
    """A place on the report where the cursor can stand: a line of a section, a task, or the remarks."""

    kind: str
    section: str
    said: Said
    task: Task | None = None


def title(report: Report, view: int) -> Line:
    """The second line: the day, its state, what is missing, and the views; over the week its days."""
    if view == len(VIEWS) - 1:
        return _views(Line().put(f" {week_words(report.day)}", "title"), view)
    line = Line().put(" {} {}  ".format(_("Report"), clock.short_day(report.day)), "title")
    state = _("sealed {time}  no. {number}.{revision}") if report.sealed else _("draft")
    line.put(state.format(time=clock.hm(report.sealed_at), number=report.number, revision=report.revision), "bold")
    if not report.sealed:
        missing = [] if report.sections["remarks"]["text"] else [_("missing: remarks")]
        along = _("{count} tasks along").format(count=len(report.sections["tasks"]["open"]))
        line.put("  " + "  ".join([*missing, along]))
    return _views(line, view)


def week_words(today: date, back: int = 0) -> str:
    """The week that is looked at on a day, or one so many weeks before it: `week 47: 16 Nov - 22 Nov`."""
    from floorlead.report import week

    first = week.monday(week.shown(today)) - timedelta(days=7 * back)
    told = _("week {number}: {first} - {last}")
    last = clock.short_day(first + timedelta(days=6))
    return told.format(number=first.isocalendar()[1], first=clock.short_day(first), last=last)


def _views(line: Line, view: int) -> Line:
    """The views at the right end of the line; the one shown is marked."""
    line.to(max(line.cells + 1, 78 - sum(Line().put(_(word)).cells + 2 for word in VIEWS)))
    for n, word in enumerate(VIEWS):
        line.put(f"[{_(word)}]" if n == view else f" {_(word)} ", "chip" if n == view else "", f"view:{n}")
    return line


def spots(report: Report, tasks: list[Task]) -> list[Spot]:
    """Every spot of the report, section by section; the open tasks are those of the store, one spot each."""
    return [spot for section in SECTIONS if section.name in report.sections for spot in _spots(report, section, tasks)]


def _spots(report: Report, section: Section, tasks: list[Task]) -> list[Spot]:
    said = section.say(report.sections[section.name])
    if section.name == "remarks":
        return [Spot("remarks", section.name, said[0])]
    if section.name != "tasks":
        return [Spot("line", section.name, one) for one in said]
    live = [Spot("task", section.name, Said(_task_line(task, report)), task) for task in tasks]
    rest = said[len(report.sections["tasks"]["open"]) or 1 :] if live else said
    return live + [Spot("line", section.name, one) for one in rest]


def _task_line(task: Task, report: Report) -> str:
    late = "  " + _("from {day}").format(day=clock.short_day(task.due)) if task.due <= report.day else ""
    return f"[ ] {task.text}  {task.owner}".rstrip() + late


def task_args(task: Task) -> dict[str, Any]:
    """What the task's box begins with."""
    return {"id": task.id, "values": {"text": task.text, "owner": task.owner, "due": task.due.isoformat()}}


def weather_args(report: Report | None) -> dict[str, Any]:
    """What the weather's box begins with."""
    return {"values": {"weather": report.sections["head"]["weather"] if report else ""}}


def lines(report: Report, found: Sequence[Spot], cursor: int, *, typing: bool) -> tuple[list[Line], list[int]]:
    """The view's lines, and at which line each spot stands."""
    made: list[Line] = []
    starts: list[int] = []
    words = {section.name: section.word for section in SECTIONS}
    section = ""
    for number, spot in enumerate(found):
        if spot.section != section:
            section = spot.section
            made.append(rule(_(words[section]) + (" *" if section in report.changed else ""), 79))
        starts.append(len(made))
        made += _spot_lines(number, spot, number == cursor, typing)
    return made, starts


def _spot_lines(number: int, spot: Spot, here: bool, typing: bool) -> list[Line]:
    do = f"spot:{number}"
    lead = Line().put("> " if here else "  ", "cursor" if here else "", do)
    if spot.kind == "remarks" and typing:
        return [lead.put("_" * REMARK_CELLS, "dim")]
    texts = wrap(spot.said.text.strip(), REMARK_CELLS)
    first = lead.put(texts[0], "cursor" if here else "", do)
    return [first, *(Line().put("  " + text, "", do) for text in texts[1:])]


def open_points(report: Report) -> list[str]:
    """What is still open when the report is sealed: said and carried over, never blocking."""
    points = []
    for card in report.sections["checks"]["cards"]:
        name = card["name"]["zh"], card["name"]["en"]
        if not card["made"]:
            points.append(_("{card} not made").format(card=pick(*name)))
        elif card["counts"]["open"]:
            points.append(_("{card} {count} open").format(card=pick(*name), count=card["counts"]["open"]))
    if not report.sections["people"].get("taken", 1) and report.sections["people"]["staff"]:
        points.append(_("attendance not taken"))
    points += _market_points(report)
    if not report.sections["remarks"]["text"]:
        points.append(_("no remarks"))
    return points


def _market_points(report: Report) -> list[str]:
    """Visits that nobody filled in or explained, deliveries that nobody looked through, and a cause that is owed."""
    points = []
    if left := report.sections.get("deliveries", {}).get("not_reviewed"):
        points.append(_("deliveries not looked through {count}").format(count=left))
    open_ = [one for one in report.sections.get("traffic", {}).get("incomplete", ()) if not one["why"]]
    if open_:
        points.append(_("{count} visits incomplete").format(count=len(open_)))
    if "pace" in report.sections:
        from floorlead.report.pace import open_point

        points.append(open_point(report.sections["pace"]))
    return [one for one in points if one]


def changed_since(report: Report, live: Report) -> str:
    """What differs now from a sealed report: how many batches were sealed and are there now, then the sections' names."""
    kept = report.sections
    names = [_(s.word) for s in SECTIONS if s.name in live.sections and live.sections[s.name] != kept.get(s.name)]
    then, now = (one.sections.get("traffic", {}).get("counts", {}).get("batches", 0) for one in (report, live))
    if now != then:
        names.insert(0, _("visits sealed {then}, now {now}").format(then=then, now=now))
    return "  ".join(names)


def addressed(report: Report, store: Store) -> Line:
    """The last line: whom it goes to, which day was sealed last and when, the seal."""
    told = [_("to {name}").format(name=report.manager)] if report.manager else []
    if before := sealed.before(store, report.day):
        told.append(_("last sealed {day} {time}").format(day=clock.short_day(before.day), time=clock.hm(before.at)))
    if report.sealed:
        told.append(_("seal {seal}").format(seal=report.seal[:16]))
    return Line().put(" " + "    ".join(told), "dim")
