"""A seeded maker of showroom problems, as a stranger's JSON would tell them: three shifts, four desk slots."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

SHIFTS = [
    {"code": "E", "start": 510, "end": 1050, "paid": 480},
    {"code": "L", "start": 630, "end": 1170, "paid": 480},
    {"code": "F", "start": 510, "end": 1170, "paid": 600},
]
SLOTS = [
    {"code": "R1", "start": 510, "end": 690},
    {"code": "R2", "start": 690, "end": 840},
    {"code": "R3", "start": 840, "end": 990},
    {"code": "R4", "start": 990, "end": 1170},
]
MOST = {"weekend": 3, "late": 4, "desk": 3, "substitute": 3, "evening_desk": 2}


def instance(people: int, days: int, seed: int, *, tight: bool = False) -> dict[str, Any]:
    """A problem for so many people and days; `tight` asks for more heads, wishes and leave than there is room for."""
    luck = random.Random(f"{people}-{days}-{seed}-{tight}")
    first = date(2026, 12, 1) if days > 20 else date(2026, 11, 23)
    told = [first + timedelta(days=n) for n in range(days)]
    kinds = {day: "weekend" if day.weekday() >= 5 else "work" for day in told}
    if days > 20:
        kinds[told[luck.randrange(days)]] = "holiday"
    staff = [_person(n, people, luck, first) for n in range(people)]
    leave = _some(luck, staff, told, 0.06 if tight else 0.03)
    taken = {(one["person"], one["date"]) for one in leave}
    free = [
        one for one in _some(luck, staff, told, 0.3 if tight else 0.12) if (one["person"], one["date"]) not in taken
    ]
    locks = [{**one, "shift": luck.choice(["E", "L", "-", "-"])} for one in free[: max(1, len(free) // 8)]]
    wishes = [
        {**one, "shift": luck.choice(["-", "-", "E", "L"]), "weight": luck.choice([1, 2, 3])}
        for one in free[max(1, len(free) // 8) :]
    ]
    return {
        "days": [{"date": day.isoformat(), "kind": kinds[day]} for day in told],
        "people": staff, "shifts": SHIFTS, "slots": SLOTS,
        "demand": [need for day in told for need in _demand(day, kinds[day], people, 1.12 if tight else 1.0)],
        "leave": leave, "locks": locks, "wishes": wishes,
        "outings": [
            {"date": day.isoformat(), "start": 840, "end": 990, "heads": 2} for day in told if day.weekday() == 2
        ],
        "training": [{"date": day.isoformat()} for day in told if kinds[day] == "work"],
        "seconds": 60,
    }  # fmt: skip


def _person(n: int, people: int, luck: random.Random, first: date) -> dict[str, Any]:
    history = {measure: luck.randint(0, most) for measure, most in MOST.items()}
    streak = luck.randint(0, 3)
    person: dict[str, Any] = {
        "id": f"P{n:02}", "group": "ABC"[n % 3], "desk": n % 7 != 6, "outing": luck.random() < 0.6,
        "week_minutes": 2400, "streak": streak, "joined": None, "left": None, "history": history,
    }  # fmt: skip
    before = first.weekday()
    if before:
        worked = min(before, luck.randint(max(0, before - 2), before))
        person["week_done"] = {"minutes": 480 * worked, "rests": before - worked}
        person["streak"] = worked if worked == before else luck.randint(0, min(3, worked))
    return person


def _some(luck: random.Random, staff: list[dict[str, Any]], days: list[date], part: float) -> list[dict[str, Any]]:
    cells = [{"person": one["id"], "date": day.isoformat()} for one in staff for day in days]
    return luck.sample(cells, max(1, round(part * len(cells))))


def _demand(day: date, kind: str, people: int, more: float) -> list[dict[str, Any]]:
    heads = {(510, 690): 0.26, (690, 990): 0.5, (990, 1170): 0.26}
    busy = 1.15 if kind != "work" else 1.0
    return [
        {"date": day.isoformat(), "start": start, "end": end, "heads": round(part * people * more * busy)}
        for (start, end), part in heads.items()
    ]
