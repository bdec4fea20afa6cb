"""The log as lines: the list with its counts, and the line under the cursor in full with its story.

Stored words are shown with every telephone number in them masked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta

from floorlead import clock
from floorlead.log import rules
from floorlead.log.records import SORT_WORDS, Entry, Level, Lists, Row, Sort, Step, StepKind
from floorlead.phones import mask_in, masked
from floorlead.text import cut, width, wrap
from floorlead.widgets.grid import Cell, Column
from floorlead.widgets.line import Line, rule
from floorlead.words import N_, _, language, pick

PAGE = 80
PANEL = 8
"""Lines below the list that tell the line under the cursor."""
STORY_LINES = 3
FILTERS = ("open", "today", *(sort.value for sort in Sort))
FILTER_WORDS = {
    "open": ("未结", "open"), "today": ("今日", "today"), "task": ("任务", "tasks"), "incident": ("突发", "incidents"),
    "complaint": ("投诉", "complaints"), "notice": ("政策", "notices"), "plate": ("上牌", "plates"),
    "leave": ("请假", "leave"), "outing": ("外拓", "outings"), "violation": ("纪律", "discipline"),
}  # fmt: skip
"""The filters in both languages."""
SHORT = {
    Sort.COMPLAINT: ("诉", "cplt"), Sort.INCIDENT: ("突", "inc"), Sort.TASK: ("任", "task"), Sort.NOTICE: ("政", "ntc"),
    Sort.PLATE: ("牌", "plate"), Sort.LEAVE: ("假", "leave"), Sort.OUTING: ("拓", "out"), Sort.VIOLATION: ("纪", "disc"),
}  # fmt: skip
"""A kind in a column of two Han cells or five letters."""
STEP_SAID = {
    StepKind.ACTION: "{text}", StepKind.RESPONSE: "{text}", StepKind.ESCALATED: N_("told {text}"),
    StepKind.CLOSED: N_("closed {text}"), StepKind.REOPENED: N_("open again"), StepKind.OWNER: N_("owner {text}"),
    StepKind.DUE: N_("due {text}"),
}  # fmt: skip

NAMES = (StepKind.OWNER, StepKind.ESCALATED)
"""Steps whose text is somebody's name."""
Called = Callable[[str], str]


def numbers(count: int) -> int:
    """Cells of the numbers of so many lines."""
    return max(2, len(str(count)))


def columns(count: int) -> list[Column]:
    """The columns of a list of so many lines."""
    zh = language() == "zh"
    head = [
        Column("#", numbers(count), "right"), Column(_("Time"), 5 if zh else 6), Column(pick("类", "Kind"), 2 if zh else 5),
        Column(_("Owner"), 8 if zh else 12), Column(_("Due"), 7), Column(_("State"), 9),
    ]  # fmt: skip
    left = PAGE - 2 - sum(column.cells + 1 for column in head) - 1
    return [*head[:3], Column(_("What"), left), *head[3:]]


def cells(number: int, row: Row, today: date) -> list[Cell]:
    """A line's cells; what is late has a `!` before its due."""
    look = "" if row.open else "dim"
    due = spoken_due(row.due, today)
    return [
        Cell(str(number), look), Cell(spoken_at(row.at, today), look), Cell(pick(*SHORT[row.sort]), look),
        Cell(row.text, look), Cell(row.owner or "-", look),
        Cell(f"!{due}" if row.late else due or "-", "late" if row.late else look), Cell(row.state, look),
    ]  # fmt: skip


def spoken_at(at: str, today: date) -> str:
    """When something came up: the time of today, yesterday's word, else the day."""
    day = date.fromisoformat(at[:10])
    if day == today:
        return at[11:16] if len(at) > 10 else _("today")
    if day == today - timedelta(days=1):
        return pick("昨日", f"{day:%a}")
    return clock.short_day(day)


def spoken_due(due: str, today: date) -> str:
    """A due in seven cells at most: the time of today, today, tomorrow, else the day."""
    if not due:
        return ""
    day = date.fromisoformat(due[:10])
    if day == today:
        return due[11:16] or _("today")
    return _("tmrw") if day == today + timedelta(days=1) else clock.short_day(day)


def title(word: str, chosen: str, counted: Mapping[str, int], cells: int = PAGE) -> Line:
    """The filters with their counts, those without anything left out, and how many are late."""
    there = [name for name in FILTERS if name in ("open", "today", chosen) or counted[name]]
    texts = {name: f"{pick(*FILTER_WORDS[name])} {counted[name]}" for name in there}
    late = _("late {count}").format(count=counted["late"]) if counted["late"] else ""
    room = cells - 1 - width(f" {word} ") - (width(late) + 1 if late else 0)
    texts = _fitted(texts, chosen, room)
    line = Line().put(f" {word} ", "title", "key:f8")
    for name, text in texts.items():
        here = name == chosen
        line.put(f"[{text}]" if here else f" {text} ", "chip" if here else "", f"filter:{name}")
    return line.put(f" {late}", "late")


def _fitted(texts: dict[str, str], chosen: str, room: int) -> dict[str, str]:
    """The chips that fit: first their words give way from the right, then the last of them but the chosen one."""
    short = {name: f"{pick(*SHORT[Sort(name)]) if name in set(Sort) else text.split()[0]} {text.split()[-1]}"
             for name, text in texts.items()}  # fmt: skip
    found = dict(texts)
    for name in reversed(texts):
        if sum(width(text) + 2 for text in found.values()) <= room:
            return found
        found[name] = short[name]
    for name in reversed(texts):
        if sum(width(text) + 2 for text in found.values()) <= room:
            return found
        if name not in (chosen, "open"):
            del found[name]
    return found


# -- the line in full


def panel(
    row: Row, number: int, entry: Entry | None, steps: Sequence[Step], lists: Lists, now: datetime, called: Called
) -> list[Line]:
    """The line under the cursor: an entry's words, story, result and clock; of anything else its words in full.

    `called` says a kept name in the language spoken.
    """
    if entry is None:
        head = rule(f"{number} {_(SORT_WORDS[row.sort])} {spoken_at(row.at, now.date())}", PAGE - 1, _where(row))
        return [head, *_facts([(_("What"), row.text)], 3)]
    level = lists.level(entry.kind.value, entry.level)
    name = f"{number} {_(SORT_WORDS[row.sort])} {spoken_at(entry.at, now.date())}"
    who = f"{mask_in(entry.customer)} {masked(entry.phone)}".strip()
    head = rule(" ".join(filter(None, [name, level.shown if level else ""])), PAGE - 1, who)
    pairs = [
        (pick("经过", "What"), mask_in(entry.text)),
        (pick("处理", "Action"), "  ".join(story(steps, entry.at[:10], called)) or "-"),
    ]
    lines = _facts(pairs, STORY_LINES)
    return [head, *lines, *_ending(entry, called), *_clock(entry, lists, now)]


def _where(row: Row) -> str:
    words = {
        "tasks": N_("Enter changes it"), "orders": N_("Enter sets the time"), "leaves": N_("Enter goes to leave"),
        "outings": N_("Enter goes to outings"), "violations": N_("Enter changes it"),
    }  # fmt: skip
    return _(words.get(row.table, ""))


def _facts(pairs: Sequence[tuple[str, str]], most: int) -> list[Line]:
    lines = []
    for word, text in pairs:
        parts = wrap(text, PAGE - 13) or [""]
        shown = parts[:most]
        if len(parts) > most:
            shown[-1] = cut(f"{shown[-1]} ...", PAGE - 13)
        for n, part in enumerate(shown):
            lines.append(Line().put("   ").col(word if not n else "", 8).put(" " + part))
    return lines


def story(steps: Sequence[Step], day: str, called: Called) -> list[str]:
    """What was done, each with its time; of another day with the day before it."""
    told = []
    for step in steps:
        text = called(step.text) if step.kind in NAMES else mask_in(step.text)
        said = _(STEP_SAID[step.kind]).format(text=text)
        when = step.at[11:16] if step.at[:10] == day else f"{step.at[5:10]} {step.at[11:16]}"
        told.append(f"{when} {said}".rstrip())
    return told


def _ending(entry: Entry, called: Called) -> list[Line]:
    line = Line().put("   ").col(_("Result"), 8)
    if entry.kind.value == "notice":
        return []
    text = mask_in(entry.result) or (_("(open)") if entry.open else _("(closed without one)"))
    line.put(f" {text}", "open" if entry.open else "")
    if entry.satisfied is not None:
        line.put("  " + (_("satisfied") if entry.satisfied else _("not satisfied")))
    if entry.escalated_at:
        told = _("told {name} {time}").format(name=called(entry.escalated_to), time=entry.escalated_at[11:16])
    else:
        told = _("manager not told")
    return [line.put(f"     {told}")]


def _clock(entry: Entry, lists: Lists, now: datetime) -> list[Line]:
    if entry.kind.value not in ("complaint", "incident"):
        return []
    seen = rules.watch(entry, now.strftime("%Y-%m-%dT%H:%M:%S"), lists.clocks)
    text, look = response_words(seen, entry), "late" if seen.slow and seen.response is None else ""
    line = Line().put("   ").col(_("Clock"), 8).put(f" {text}", look)
    if entry.kind.value == "complaint":
        line.put("   " + clocks_words(seen, lists), "late" if seen.late else "dim")
    return [line]


def response_words(seen: rules.Watch, entry: Entry) -> str:
    """How long the first response took, or how long it is missing."""
    if seen.response is None:
        if not entry.open:
            return _("closed without a response")
        return _("no response for {time}").format(time=lasting(seen.open_for))
    return _("first response after {time}").format(time=lasting(seen.response))


def clocks_words(seen: rules.Watch, lists: Lists) -> str:
    """The two limits in hours, `!` before one that is over."""
    clocks = lists.clocks
    parts = [
        ("!" if seen.unacknowledged else "") + _("acknowledge {hours} h").format(hours=clocks.acknowledge_hours),
        ("!" if seen.uninvestigated else "") + _("investigate {hours} h").format(hours=clocks.investigate_hours),
    ]
    return "  ".join(parts)


def lasting(minutes: int) -> str:
    """Minutes in words: 8 min, 3 h 05, 2 d 4 h."""
    if minutes < 60:
        return _("{count} min").format(count=minutes)
    if minutes < 24 * 60:
        return _("{hours} h {minutes}").format(hours=minutes // 60, minutes=f"{minutes % 60:02d}")
    return _("{days} d {hours} h").format(days=minutes // 1440, hours=minutes % 1440 // 60)


def hint(entry: Entry | None, lists: Lists, now: datetime) -> Line:
    """What presses about the entry under the cursor; else what Ins and a digit make."""
    level = lists.level(entry.kind.value, entry.level) if entry else None
    if entry and entry.open and entry.kind.value == "complaint" and not entry.responded_at:
        seen = rules.watch(entry, now.strftime("%Y-%m-%dT%H:%M:%S"), lists.clocks)
        if seen.slow:
            told = _("no response for {time}; Enter writes what was done").format(time=lasting(seen.open_for))
            return Line().put(" " + told, "warn")
    if entry and entry.open and _wants_manager(level) and not entry.escalated_at:
        told = _("{level}: the manager is to be told; 1 when it is done")
        return Line().put(" " + told.format(level=level.shown if level else ""), "warn")
    return Line().put(" " + _("Ins enters an incident, complaint, task, leave, outing, policy, plate time"), "dim")


def _wants_manager(level: Level | None) -> bool:
    return bool(level and level.manager)


def nothing(chosen: str) -> list[Line]:
    """What would be here."""
    told = {
        "open": N_("Nothing is open.   Something happened? Ins enters it"),
        "today": N_("Nothing today.   Something happened? Ins enters it"),
        "violation": N_("No breach today.   4 and a digit note one"),
    }
    text = _(told.get(chosen, N_("Nothing of this kind.   Ins and a digit make one")))
    return [Line(), *(Line().put("   " + part) for part in wrap(text, PAGE - 6))]
