"""What a proposed rota changes, and taking it over as one action that Ctrl+Z takes back whole.

What was said by hand stays: the past, locked cells, leave, outings, days of training elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from floorlead.calendar.rules import kind_of
from floorlead.duty import moves as duty
from floorlead.duty.records import AT_WORK, Cell, Kind
from floorlead.outings import moves as outings
from floorlead.planning.rota import Rota
from floorlead.record import record
from floorlead.rota.period import Period, twins
from floorlead.store import Store, decided
from floorlead.store.deciding import must_rest
from floorlead.training import moves as training
from floorlead.words import N_

Key = tuple[int, date]
Held = tuple[int | None, int | None]
"""Who holds a slot, who stands in."""
WORDS = {
    "make": N_("Rota made: {first} to {last}, {count} cells"),
    "repair": N_("Rota repaired: {first} to {last}, {count} cells"),
}

MADE_FROM = (
    "rota_cells", "desk_duty", "leaves", "outings", "outing_people", "people", "trainings", "training_people",
    "wishes", "calendar_days", "closed_to_leave",
)  # fmt: skip
"""What a rota is made from: a proposal no longer holds when one of these changed."""


@record
class Proposal:
    """A rota as it would stand: shifts by person and day, the desk by day and slot, only what differs from today's.

    `cells` and `desk` are the differences; `after` every cell of the period that is planned then.
    """

    cells: Mapping[Key, str]
    desk: Mapping[tuple[date, str], Held]
    after: Mapping[Key, str]
    groups: Mapping[date, str]
    sent: tuple[tuple[int, date, int], ...]
    """Who goes out: (outing, day, person)."""


def proposed(one: Period, rota: Rota, kind: str = "make") -> Proposal:
    """Compare a rota of the solver with what stands; desk shifts are named where somebody holds a slot.

    A repair may still change what of today has not begun; whoever is no longer on the rota is left out.
    """
    since, ids = (one.today if kind == "repair" else one.free_from), {person.id for person in one.people}
    named = {code: desk for desk, code in twins(one.book).items() if desk != code}
    held = {(desk.holder, desk.date) for desk in rota.desk}
    after = {key: cell.code for key, cell in one.cells.items() if one.first <= key[1] <= one.last and cell.code}
    cells: dict[Key, str] = {}
    for cell in rota.cells:
        key = (int(cell.person), cell.date)
        code = named.get(cell.shift, cell.shift) if key in held else cell.shift
        if key[0] in ids and _free(one, key, since) and one.cells.get(key, Cell()).shift != code:
            cells[key] = code
    desk = {(d.date, d.slot): (_id(d.holder), _id(d.substitute)) for d in rota.desk if d.date >= since}
    there = {key: (slot.holder, slot.substitute) for key, slot in one.desk.items()}
    known = {None, *ids}
    changed = {key: pair for key, pair in desk.items() if key in there and there[key] != pair and set(pair) <= known}
    groups = {day: str(group) for day, group in rota.training if day >= since and group is not None}
    sent = tuple(
        (one.wanted[n].outing, one.wanted[n].day, int(str(who))) for n, going in rota.outings
        if n < len(one.wanted) and one.wanted[n].day >= since for who in going if int(str(who)) in ids
    )  # fmt: skip
    return Proposal(cells, changed, after | cells, groups, sent)


def _id(found: object) -> int | None:
    return None if found is None else int(str(found))


def _free(one: Period, key: Key, since: date) -> bool:
    """Whether a cell is the solver's to say."""
    cell = one.cells.get(key, Cell())
    shift = one.book.shift(cell.shift)
    open_day = kind_of(one.office, one.book.closed, key[1]) != "closed"
    ours = shift is None or shift.kind in (*AT_WORK, Kind.OFF)
    return key[1] >= since and ours and not cell.locked and open_day and cell.code == cell.shift


@decided
def accept(store: Store, one: Period, proposal: Proposal, kind: str) -> None:
    """Take a proposal over, all of it or nothing. Raises Refused."""
    must_rest(store, one.seen, MADE_FROM)
    first, last = one.first.isoformat(), one.last.isoformat()
    with store.write(WORDS[kind], count=len(proposal.cells), first=first, last=last) as db:
        for (person, day), code in proposal.cells.items():
            duty.put_cell(db, day, person, code)
        for (day, slot), (holder, substitute) in proposal.desk.items():
            duty.put_desk(db, day, slot, holder, substitute)
        for day, group in proposal.groups.items():
            training.put_team(db, day, group)
        for outing, day, person in proposal.sent:
            outings.put_going(db, outing, day, person)


@decided
def unlock(store: Store, one: Period, keys: Sequence[Key]) -> None:
    """Take the locks off some cells, as one action. Raises Refused."""
    must_rest(store, one.seen, ("rota_cells",))
    with store.write(N_("{count} cells unlocked"), count=len(keys)) as db:
        for person, day in keys:
            duty.put_cell(db, day, person, one.cells[person, day].shift, locked=False)
