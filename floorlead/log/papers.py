"""What the log of a day shows on paper, read from the store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from floorlead import settings
from floorlead.log import board, queries
from floorlead.log.gathering import Gathering
from floorlead.log.lists import lists
from floorlead.log.records import Entry, Kind, Row, Sort
from floorlead.log.sheet import LogSheet, Told
from floorlead.people import queries as people_queries
from floorlead.phones import mask_in, masked
from floorlead.store import Store
from floorlead.words import _, pick

TOLD = (Kind.COMPLAINT, Kind.INCIDENT)
LISTED = (Sort.NOTICE, Sort.TASK, Sort.PLATE, Sort.LEAVE, Sort.OUTING, Sort.VIOLATION)


def read(store: Store, day: date, nth: int = 0) -> LogSheet:
    """What the paper shows of today's log (of a past day: its own entries)."""
    showroom = pick(settings.get(store, "showroom"), settings.get(store, "showroom_en")) or _("Showroom")
    found = queries.of_the_day(store, day)
    rows = Gathering(store).rows() if day == store.today() else []
    told = [
        (pick(*board.FILTER_WORDS[kind.value]), _told(store, [one for one in found if one.kind is kind], day))
        for kind in TOLD
    ]
    tables = [(pick(*board.FILTER_WORDS[sort.value]), _rows(rows, sort, day)) for sort in LISTED]
    return LogSheet(
        day,
        showroom,
        people_queries.leader_shown(store),
        told,
        [one for one in tables if one[1]],
        unread(store, found),
        nth,
    )


def _told(store: Store, found: Sequence[Entry], day: date) -> list[Told]:
    steps = queries.steps(store, [one.id for one in found])
    gathering, book, called = Gathering(store), lists(store), queries.called(store)
    made = []
    for one in found:
        row, level = gathering.entry(one), book.level(one.kind.value, one.level)
        parts = (
            level.shown if level else "", f"{mask_in(one.customer)} {masked(one.phone)}".strip(),
            _("owner {name}").format(name=row.owner or "-"),
            _("due {when}").format(when=board.spoken_due(one.due, day) or "-"), row.state,
        )  # fmt: skip
        facts, story = "  ".join(filter(None, parts)), board.story(steps[one.id], one.at[:10], called)
        made.append(Told(board.spoken_at(one.at, day), facts, mask_in(one.text), story))
    return made


def _rows(rows: Sequence[Row], sort: Sort, day: date) -> list[list[str]]:
    return [
        [board.spoken_at(row.at, day), row.text, row.owner or "-", board.spoken_due(row.due, day) or "-", row.state]
        for row in rows if row.sort is sort
    ]  # fmt: skip


def unread(store: Store, found: Sequence[Entry]) -> list[tuple[str, str]]:
    """The open notices that somebody has not read, with the names."""
    left = queries.unacknowledged_of(store, [one for one in found if one.open])
    named = {ident: ", ".join(person.shown for person in people) for ident, people in left.items() if people}
    return [(mask_in(one.text), named[one.id]) for one in found if one.id in named]
