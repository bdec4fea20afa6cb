"""The public shift scheduling instances of Curtois and Qu (2014): read, written as the engine's rows, judged apart from them."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from math import floor
from pathlib import Path

from floorlead.planning import backend
from floorlead.planning.rows import INFINITE, Rows


class Instance:
    """One file: horizon, shifts, staff, days off, requests, cover."""

    def __init__(self, path: Path) -> None:
        parts: dict[str, list[list[str]]] = defaultdict(list)
        section = ""
        for line in path.read_text().splitlines():
            if line.startswith("SECTION_"):
                section = line.strip()
            elif line.strip() and not line.startswith("#"):
                parts[section].append(line.strip().split(","))
        self.days = int(parts["SECTION_HORIZON"][0][0])
        self.length = {one[0]: int(one[1]) for one in parts["SECTION_SHIFTS"]}
        self.not_after = {one[0]: [x for x in one[2].split("|") if x] for one in parts["SECTION_SHIFTS"]}
        self.staff = {}
        for one in parts["SECTION_STAFF"]:
            most = {k: int(v) for k, v in (pair.split("=") for pair in one[1].split("|"))}
            self.staff[one[0]] = (most, *map(int, one[2:8]))
        self.off = {one[0]: {int(day) for day in one[1:]} for one in parts["SECTION_DAYS_OFF"]}
        self.on_wish = {(a, int(d), s): int(w) for a, d, s, w in parts["SECTION_SHIFT_ON_REQUESTS"]}
        self.off_wish = {(a, int(d), s): int(w) for a, d, s, w in parts["SECTION_SHIFT_OFF_REQUESTS"]}
        self.cover = [(int(d), s, int(n), int(u), int(o)) for d, s, n, u, o in parts["SECTION_COVER"]]


def proven(one: Instance, seconds: float) -> tuple[float, float, dict[tuple[str, int], str]]:
    """Objective, bound and roster. What the first roster costs limits how many heads may be missing in all in a better
    one, as no other cost is negative; saying so halves the proof.
    """
    rows, x, missing = rows_of(one)
    first = backend.solve(rows, min(4.0, seconds))
    if first.status != backend.OPTIMAL and first.values:
        rows.high[missing] = floor(first.objective / min(under for _day, _shift, _need, under, _over in one.cover))
        first = backend.solve(rows, seconds - 4.0)
    return first.objective, first.bound, roster_of(x, first.values)


def roster_of(x: dict[tuple[str, int, str], int], values: list[float]) -> dict[tuple[str, int], str]:
    """Who works which shift on which day."""
    return {(who, day): shift for (who, day, shift), column in x.items() if values[column] > 0.5}


def rows_of(one: Instance) -> tuple[Rows, dict[tuple[str, int, str], int], int]:
    """The instance as rows, its cells, and the column that counts the heads missing in all."""
    rows = Rows()
    x = {
        (who, day, shift): rows.column(0, 0, float(day not in one.off.get(who, ()) and most[shift] > 0))
        for who, (most, *_rest) in one.staff.items() for day in range(one.days) for shift in one.length
    }  # fmt: skip
    for who in one.staff:
        _person(one, rows, x, who)
    missing: list[tuple[int, float]] = []
    for day, shift, need, under, over in one.cover:
        less, more = rows.column(under, 0, need), rows.column(over, 0, len(one.staff))
        rows.row([*((x[who, day, shift], 1.0) for who in one.staff), (less, 1.0), (more, -1.0)], need, need, "cover")
        missing.append((less, 1.0))
    # how many heads are missing in all is a whole number, worth branching on first
    in_all = rows.column(0, 0, INFINITE)
    rows.row([*missing, (in_all, -1.0)], 0, 0, "missing in all")
    for place, weight in one.on_wish.items():
        rows.constant += weight
        rows.cost[x[place]] -= weight
    for place, weight in one.off_wish.items():
        rows.cost[x[place]] += weight
    return rows, x, in_all


def _person(one: Instance, rows: Rows, x: dict[tuple[str, int, str], int], who: str) -> None:
    most, minutes, least, longest, shortest, rest, weekends = one.staff[who]
    days = range(one.days)
    work = [[(x[who, d, s], 1.0) for s in one.length] for d in days]
    for d in days:
        rows.row(work[d], -INFINITE, 1, "one shift a day")
    for s in one.length:
        rows.row([(x[who, d, s], 1.0) for d in days], -INFINITE, most[s], "shifts")
        for d in days[1:]:
            then = [(x[who, d, t], 1.0) for t in one.not_after[s]]
            if then:
                rows.row([(x[who, d - 1, s], 1.0), *then], -INFINITE, 1, "rotation")
    rows.row([(x[who, d, s], float(n)) for d in days for s, n in one.length.items()], least, minutes, "minutes")
    for first in range(one.days - longest):
        rows.row([t for d in range(first, first + longest + 1) for t in work[d]], -INFINITE, longest, "run")
    if rest >= 2:
        # with rests of two days and more, two days of any max + 2 are free: cuts what fractions could do
        for first in range(one.days - longest - 1):
            rows.row([t for d in range(first, first + longest + 2) for t in work[d]], -INFINITE, longest, "run cut")
    _runs(rows, work, shortest, rest)
    free = [rows.column() for _week in range(one.days // 7)]
    for week, column in enumerate(free):
        for d in (7 * week + 5, 7 * week + 6):
            rows.row([*work[d], (column, -1.0)], -INFINITE, 0, "weekend")
    rows.row([(column, 1.0) for column in free], -INFINITE, weekends, "weekends")


def _runs(rows: Rows, work: list[list[tuple[int, float]]], shortest: int, rest: int) -> None:
    """No run of work and no rest shorter than allowed; those cut off by the horizon's ends may be shorter."""
    for least, sign, reason in ((shortest, 1.0, "run"), (rest, -1.0, "rest")):
        for length in range(1, least):
            for d in range(len(work) - length - 1):
                inner = [(c, sign) for e in range(d + 1, d + length + 1) for c, _v in work[e]]
                ends = [(c, -sign) for e in (d, d + length + 1) for c, _v in work[e]]
                rows.row([*inner, *ends], -INFINITE, length - 1 if reason == "run" else 1, reason)


def judge(one: Instance, roster: dict[tuple[str, int], str]) -> tuple[list[str], int]:
    """The rules that a roster breaks, and what it costs; reads the roster only."""
    wrong: list[str] = []
    for who, (most, minutes, least, longest, shortest, rest, weekends) in one.staff.items():
        line = [roster.get((who, day)) for day in range(one.days)]
        worked = sum(one.length[s] for s in line if s)
        wrong += [f"{who} minutes {worked}"] if not least <= worked <= minutes else []
        wrong += [f"{who} works on {day}" for day in one.off.get(who, ()) if line[day]]
        wrong += [f"{who} {s}" for s in one.length if line.count(s) > most[s]]
        wrong += [f"{who} {a}{b}" for a, b in pairwise(line) if a and b in one.not_after[a]]
        if sum(1 for w in range(one.days // 7) if line[7 * w + 5] or line[7 * w + 6]) > weekends:
            wrong.append(f"{who} weekends")
        text = "".join("w" if s else "-" for s in line)
        wrong += [f"{who} run"] if "w" * (longest + 1) in text else []
        inner = text.strip("w").split("-"), text.strip("-").split("w")
        wrong += [f"{who} short run"] if any(0 < len(run) < shortest for run in inner[0]) else []
        wrong += [f"{who} short rest"] if any(0 < len(run) < rest for run in inner[1]) else []
    cost = sum(w for (who, day, s), w in one.on_wish.items() if roster.get((who, day)) != s)
    cost += sum(w for (who, day, s), w in one.off_wish.items() if roster.get((who, day)) == s)
    for day, shift, need, under, over in one.cover:
        there = sum(roster.get((who, day)) == shift for who in one.staff)
        cost += under * max(0, need - there) + over * max(0, there - need)
    return wrong, cost
