"""Who shares which duty, and with how many duties already on the account: fairness for joiners and the long absent.

A person who could not take part is credited with what the others did meanwhile, in whole duties, so nobody is made to
catch up; what others count is as worked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from floorlead.planning.problem import MEASURES

if TYPE_CHECKING:
    from floorlead.planning.frame import Frame

DESK = ("desk", "substitute", "evening_desk")


def shares(frame: Frame) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """For each measure: everybody's count before the period, credits included, and the positions of those compared."""
    missing = [_missing(frame, p) for p in range(len(frame.people))]
    open_days = sum(frame.open)
    base: dict[str, list[int]] = {}
    counted: dict[str, list[int]] = {}
    for measure in MEASURES:
        able = [
            p for p, gone in enumerate(missing) if gone < open_days and (frame.people[p].desk or measure not in DESK)
        ]
        if measure == "late" and not any(frame.late):
            able = []
        history = _history(frame, measure, able)
        base[measure] = [n + _credit(frame, measure, missing[p], len(able)) for p, n in enumerate(history)]
        counted[measure] = able if measure not in DESK or frame.slots else []
    return base, counted


def _missing(frame: Frame, p: int) -> int:
    """Open days that a person cannot share: not employed, or on long leave."""
    gone = sum(1 for d, away in enumerate(frame.away[p]) if away and frame.open[d])
    leave = sum(1 for d, open_ in enumerate(frame.open) if open_ and not frame.away[p][d] and (p, d) in frame.leave)
    whole = gone + leave
    return whole if leave >= frame.rules.long_leave_days or whole >= sum(frame.open) else gone


def _history(frame: Frame, measure: str, able: list[int]) -> list[int]:
    """Counts so far; who joined later than the history begins is credited with the mean of those who did not."""
    told = [(one.history or {}).get(measure, 0) for one in frame.people]
    present = [_present(frame, p) for p in range(len(frame.people))]
    whole = [told[p] for p in able if present[p] >= 1]
    mean = sum(whole) / len(whole) if whole else 0
    return [n if present[p] >= 1 else n + round_half(mean * (1 - present[p])) for p, n in enumerate(told)]


def _present(frame: Frame, p: int) -> float:
    """The part of the history's time in which a person was employed."""
    one, start, begin = frame.people[p], frame.days[0].date, frame.rules.history_from
    if one.joined is None or (one.joined <= (begin or one.joined) and one.joined < start):
        return 1.0
    if one.joined >= start:
        return 1.0 if any((one.history or {}).values()) else 0.0
    return (start - one.joined).days / (start - begin).days if begin and begin < start else 1.0


def _credit(frame: Frame, measure: str, missing: int, able: int) -> int:
    """Duties of the period that a person cannot share, as many as the others have on average in that time."""
    open_days = sum(frame.open)
    if not missing or not able or not open_days:
        return 0
    if measure in DESK:
        return round_half(frame.duties(measure) / able * missing / open_days)
    days = (
        sum(1 for d, heavy in enumerate(frame.heavy) if heavy and frame.open[d]) if measure == "weekend" else open_days
    )
    part = 5 / 7 if measure == "weekend" else 5 / 7 * sum(frame.late) / len(frame.late)
    return round_half(days * part * missing / open_days)


def round_half(value: float) -> int:
    """To the nearest whole number, a half upwards."""
    return int(value + 0.5)
