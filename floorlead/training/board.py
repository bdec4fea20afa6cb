"""The idle group, the mornings gone by and each person's share as rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from floorlead import clock
from floorlead.duty.records import Training, clocked
from floorlead.people.records import Person
from floorlead.text import as_many, cut, width
from floorlead.training import rules
from floorlead.training.records import MINUTES, STARTS, Standing, spoken
from floorlead.widgets.grid import Cell, Column
from floorlead.widgets.line import Line
from floorlead.words import _, pick

PAGE = 79
GAPS = 4
"""Cells around a topic that a digit picks."""


def columns() -> list[Column]:
    """The morning's columns."""
    return [
        Column("", 2), Column(_("Name"), 16), Column(_("Team"), 6), Column(_("30 days"), 8, "right"),
        Column(_("last time"), 10), Column(_("not idle because"), 28),
    ]  # fmt: skip


def cells(one: Standing, person: Person, there: bool, seen: tuple[int, date] | None) -> list[Cell]:
    """A person of the morning: there or not yet marked, how often in the last 30 days, why not idle."""
    look = "" if one.idle or there else "dim"
    mark = Cell("v", "good") if there else Cell("." if one.idle else "", "open")
    count, last = seen or (0, None)
    why = _("the rota's team") if one.first else one.words() if not one.idle else ""
    texts = (person.shown, person.team, str(count or "."), clock.short_day(last) if last else "", why)
    return [mark, *(Cell(text, "bold" if one.first and n == 0 else look) for n, text in enumerate(texts))]


def heading(training: Training | None, trainer: str, starts: int) -> Line:
    """Topic, trainer and time of the morning; what is missing says how it is entered."""
    hours = f"{clocked(starts)}-{clocked(starts + MINUTES)}"
    line = Line().put(f"   {hours}  ", "bold")
    topic = spoken(training.topic) if training else ""
    if topic:
        line.put(topic, "bold")
    else:
        line.put(_("no topic yet: a digit or Enter"), "open")
    told = _("trainer {name}").format(name=(training.trainer if training else "") or trainer)
    team = "  " + _("team {team}").format(team=training.team) if training and training.team else ""
    return line.put(f"   {told}{team}").cropped(PAGE)


def picks(topics: Sequence[str], chosen: str) -> list[Line]:
    """The topics by their digits, the chosen one marked, in one line or two; long ones give way where that is too few."""
    texts = [pick(f"{n}{spoken(topic)}", f"{n} {spoken(topic)}") for n, topic in enumerate(topics, 1)]
    if sum(map(width, texts)) <= PAGE - GAPS * len(texts):
        return [_picked(list(zip(topics, texts, strict=True)), chosen, 1)]
    half = -(-len(texts) // 2)
    parts = (list(zip(topics[at : at + half], texts[at : at + half], strict=True)) for at in (0, half))
    return [_picked(part, chosen, n) for n, part in zip((1, 1 + half), parts, strict=True)]


def _picked(part: list[tuple[str, str]], chosen: str, first: int) -> Line:
    """A line of topics beginning with digit `first`."""
    texts = [text for _topic, text in part]
    while sum(map(width, texts)) > PAGE - GAPS * len(texts):
        longest = max(range(len(texts)), key=lambda n: width(texts[n]))
        texts[longest] = cut(texts[longest], width(texts[longest]) - 1).rstrip()
    line = Line().put(" ")
    for n, (text, (topic, _whole)) in enumerate(zip(texts, part, strict=True), first):
        here = topic == chosen
        line.put(f"[{text}]" if here else text, "chip" if here else "", f"key:{n}").put("  ")
    return line


def day_columns() -> list[Column]:
    """The columns of the mornings gone by."""
    return [
        Column(_("Day"), 10), Column(_("Time"), 5, "right"), Column(_("Topic"), 30), Column(_("Trainer"), 14),
        Column(_("idle there"), 10, "right"),
    ]  # fmt: skip


class DayRows:
    """The mornings gone by; what a row needs to be counted is read when it is in sight."""

    def __init__(self, trainings: Sequence[Training], standings: Callable[[Training], Sequence[Standing]]) -> None:
        self.trainings = trainings
        self.standings = standings

    def __len__(self) -> int:
        return len(self.trainings)

    def row(self, index: int) -> Sequence[Cell]:
        """One morning's cells."""
        one = self.trainings[index]
        there, idle = rules.counted(self.standings(one), one.people)
        more = len(one.people) - there
        counted = f"{there}/{idle}" + (f" +{more}" if more else "")
        day = f"{clock.short_day(one.day)} {clock.weekday_short(one.day)}"
        starts = clocked(STARTS if one.starts is None else one.starts)
        return [Cell(day), Cell(starts), Cell(spoken(one.topic) or "-"), Cell(one.trainer), Cell(counted)]


def who(one: Training, standings: Sequence[Standing], names: Mapping[int, Person]) -> list[Line]:
    """Who was there on a morning, and who of the idle group was not."""
    there = [names[ident].shown for ident in one.people if ident in names]
    missing = [names[s.person].shown for s in standings if s.idle and s.person not in one.people and s.person in names]
    return [_named(_("there"), there), _named(_("not there"), missing)]


def _named(word: str, names: Sequence[str]) -> Line:
    return Line().put("   ").col(word, 10).put(as_many(names, PAGE - 14) if names else "-")


def person_columns() -> list[Column]:
    """The columns of each person's share."""
    return [
        Column(_("Name"), 16), Column(_("Team"), 8), Column(_("in 30 days"), 10, "right"), Column(_("last time"), 18),
    ]  # fmt: skip


def person_cells(person: Person, seen: tuple[int, date] | None, held: int) -> list[Cell]:
    """How often a person was there, of how many trainings."""
    count, last = seen or (0, None)
    look = "bold" if held and not count else ""
    told = clock.short_day(last) if last else _("none in 30 days")
    return [Cell(person.shown, look), Cell(person.team), Cell(f"{count}/{held}", look), Cell(told, look)]
