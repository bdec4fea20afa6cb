"""Whether a day has enough people, moment by moment, and whether every desk slot has a holder who is there.

Somebody counts from the start of the shift to its end; half a day of leave or an outing takes that half away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from floorlead.duty.records import AT_WORK, NOON, Book, Cell, Desk
from floorlead.rota.records import Key, Light

Band = tuple[int, int]


def at_work(book: Book, cell: Cell | None) -> Band | None:
    """From when until when the cell has its person in the showroom (minutes of the day); None for not at all."""
    shift = book.shift(cell.code) if cell else None
    if cell is None or shift is None or shift.kind not in AT_WORK:
        return None
    start = max(shift.starts, NOON) if cell.half == "am" else shift.starts
    end = min(shift.ends, NOON) if cell.half == "pm" else shift.ends
    return (start, end) if start < end else None


def covers(band: Band | None, starts: int, ends: int) -> bool:
    """Whether somebody at work for `band` is there for all of a slot."""
    return band is not None and band[0] <= starts and ends <= band[1]


def lights(
    book: Book, kinds: Mapping[date, str], people: Sequence[int], cells: Mapping[Key, Cell],
    desk: Mapping[tuple[date, str], Desk],
) -> dict[date, Light]:  # fmt: skip
    """Each day's light."""
    return {day: _light(book, day, kind, people, cells, desk) for day, kind in kinds.items()}


def _light(
    book: Book, day: date, kind: str, people: Sequence[int], cells: Mapping[Key, Cell],
    desk: Mapping[tuple[date, str], Desk],
) -> Light:  # fmt: skip
    bands = {who: at_work(book, cells.get((who, day))) for who in people}
    there = [band for band in bands.values() if band]
    planned = any((who, day) in cells for who in people)
    gaps = [
        slot.code for slot in book.slots
        if (one := desk.get((day, slot.code))) and not covers(bands.get(one.holder or 0), slot.starts, slot.ends)
    ]  # fmt: skip
    needs = [(one.starts, one.ends, one.heads) for one in book.needs if one.kind == kind]
    return Light(planned, _short(needs, there) if planned else 0, tuple(gaps))


def _short(needs: Iterable[tuple[int, int, int]], there: Sequence[Band]) -> int:
    """Heads missing at the worst moment of a day; it only changes where somebody comes or goes."""
    worst = 0
    for starts, ends, heads in needs:
        moments = {starts, *(m for band in there for m in band if starts < m < ends)}
        least = min(sum(a <= moment < b for a, b in there) for moment in moments)
        worst = max(worst, heads - least)
    return worst
