"""The desk in rows: who holds which slot, who is its named substitute, and what that asks of the shifts at least."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from floorlead.planning.frame import Frame
from floorlead.planning.rows import INFINITE

if TYPE_CHECKING:
    from floorlead.planning.model import Model, Terms


def slots(model: Model, d: int, whole: bool) -> None:
    """Columns for who holds and who substitutes; each slot has one of each, both covering it."""
    frame, people = model.frame, range(len(model.frame.people))
    for k in (k for k in range(len(frame.slots)) if (d, k) not in model.pins.desk):
        wanted = ((model.held, "reception"), (model.second, "substitute"))[: 2 if whole else int(k == frame.last_slot)]
        for p in people:
            busy = any(p in model.pins.desk.get((d, j), ()) for j in frame.overlap[k])
            if not busy and _may(model, p, d, k) and model.works(p, d, frame.covering[k]):
                for columns, _kind in wanted:
                    columns[p, d, k] = model.rows.column()
        for columns, kind in wanted:
            terms = [(columns[p, d, k], 1.0) for p in people if (p, d, k) in columns]
            model.add(terms, 1, 1, kind, "house", model.fact(kind, None, d, k))
    for p in people:
        _serves(model, p, d)
        if model.named:
            _half(model, p, d)


def _may(model: Model, p: int, d: int, k: int) -> bool:
    """Whether a person gets a slot's columns; where facts are named, half a day's leave is one and no lack of columns."""
    frame = model.frame
    return frame.would_serve(p, d) if model.named else frame.can_serve(p, d, k)


def _half(model: Model, p: int, d: int) -> None:
    """Nobody has a slot in the half of the day that is leave."""
    columns = (model.held, model.second)
    slots = [k for k in range(len(model.frame.slots)) if model.frame.half_away(p, d, k)]
    terms = [(one[p, d, k], 1.0) for one in columns for k in slots if (p, d, k) in one]
    if terms:
        model.add(terms, 0, 0, "half_leave", "law", model.fact("half_leave", p, d))


def _serves(model: Model, p: int, d: int) -> None:
    """A person's slots of one day: covered by the shift, not two at a time, not too many."""
    frame, rules, mine = (
        model.frame,
        model.frame.rules,
        [k for k in range(len(model.frame.slots)) if (p, d, k) in model.held],
    )
    if not mine:
        return
    for clique in _cliques(frame, mine):
        terms = [
            (columns[p, d, k], 1.0) for k in clique for columns in (model.held, model.second) if (p, d, k) in columns
        ]
        on = sorted({s for k in clique for s in frame.covering[k]})
        model.rows.row([*terms, *_less(model.works(p, d, on))], -INFINITE, 0, "covered")
    for k in mine:
        if len(frame.overlap[k]):
            own = [(columns[p, d, k], 1.0) for columns in (model.held, model.second) if (p, d, k) in columns]
            model.rows.row([*own, *_less(model.works(p, d, frame.covering[k]))], -INFINITE, 0, "covered")
    begun = [pair for (e, _k), pair in model.pins.desk.items() if e == d]
    for side, (columns, limit) in enumerate(
        ((model.held, rules.held_a_day), (model.second, rules.substitutions_a_day))
    ):
        most = max(0, limit - sum(1 for pair in begun if pair[side] == p))
        if len(mine) > most:
            terms = [(columns[p, d, k], 1.0) for k in mine if (p, d, k) in columns]
            on = sorted({s for k in mine for s in frame.covering[k]})
            model.rows.row([*terms, *_less(model.works(p, d, on), most)], -INFINITE, 0, "slots a day")


def heads(model: Model, d: int) -> None:
    """What the desk needs of the shifts at least: two people a slot, and enough for any set of slots."""
    frame, slots = model.frame, range(len(model.frame.slots))
    sizes = range(1, len(slots) + 1) if len(slots) <= 5 else (1, len(slots))
    for size in sizes:
        for some in combinations(slots, size):
            at_once = max(len(clique) for clique in _cliques(frame, list(some)))
            need = max(2 * at_once, -(-size // frame.rules.held_a_day))
            terms = []
            for p in range(len(frame.people)):
                on = {s for k in some if frame.can_serve(p, d, k) for s in frame.covering[k]}
                terms += model.works(p, d, sorted(on))
            if need > 2 or size == 1:
                model.rows.row(terms, need, INFINITE, "heads for the desk")
    _somebody(model, d)


def _somebody(model: Model, d: int) -> None:
    """Who holds any slot on a day: as many as there are slots, each at work, the last slot's holder among them."""
    frame, most = model.frame, model.frame.rules.held_a_day
    for p in range(len(frame.people)):
        on = {s for k in range(len(frame.slots)) if frame.can_serve(p, d, k) for s in frame.covering[k]}
        if works := model.works(p, d, sorted(on)):
            model.some[p, d] = column = model.rows.column(0, 0, most)
            model.rows.row([(column, 1.0), *_less(works, most)], -INFINITE, 0, "holds some")
            if frame.last_slot is not None and (p, d, frame.last_slot) in model.held:
                model.rows.row(
                    [(column, 1.0), (model.held[p, d, frame.last_slot], -1.0)], 0, INFINITE, "holds the last"
                )
    terms = [(c, 1.0) for (_p, e), c in model.some.items() if e == d]
    model.rows.row(terms, len(frame.slots), len(frame.slots), "all slots held")


def _cliques(frame: Frame, mine: list[int]) -> list[list[int]]:
    """The largest sets of a person's slots that overlap at one moment."""
    found: list[list[int]] = []
    for k in mine:
        moment = frame.slots[k].start
        together = [j for j in mine if frame.slots[j].start <= moment < frame.slots[j].end]
        if not any(set(together) <= set(other) for other in found):
            found = [other for other in found if not set(other) <= set(together)] + [together]
    return found


def _less(terms: Terms, times: float = 1.0) -> Terms:
    return [(c, -times * v) for c, v in terms]
