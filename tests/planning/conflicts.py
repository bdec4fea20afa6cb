"""Problems that cannot be solved for one planted reason each."""

from __future__ import annotations

from typing import Any

from tests.planning.instances import instance

PLANTED = (
    "one left for a slot",
    "nobody for the evening",
    "locked too long",
    "leave against lock",
    "no rest in the week",
    "overtime locked",
)


def planted(kind: str, people: int, days: int, seed: int) -> dict[str, Any]:
    """An ordinary problem with one conflict planted; the rest of its locks taken out."""
    told = instance(people, days, seed)
    told["locks"] = []
    dates = [one["date"] for one in told["days"]]
    week = dates[dates.index(next(one["date"] for one in told["days"] if _monday(one["date"]))) :][:7]
    staff = [one["id"] for one in told["people"]]
    if kind == "one left for a slot":
        able = [one["id"] for one in told["people"] if one["desk"]]
        told["leave"] = [one for one in told["leave"] if one["date"] != week[6]]
        told["leave"] += [{"person": who, "date": week[6]} for who in able[1:]]
    elif kind == "nobody for the evening":
        told["locks"] = [{"person": who, "date": week[2], "shift": "E"} for who in staff]
        told["leave"] = [one for one in told["leave"] if one["date"] != week[2]]
    elif kind == "locked too long":
        told["people"][3]["streak"] = 4
        told["leave"] = [one for one in told["leave"] if one["person"] != staff[3]]
        told["locks"] = [{"person": staff[3], "date": day, "shift": "E"} for day in dates[:3]]
    elif kind == "leave against lock":
        told["leave"] = [*told["leave"], {"person": staff[1], "date": week[1]}]
        told["locks"] = [{"person": staff[1], "date": week[1], "shift": "L"}]
    elif kind == "no rest in the week":
        told["people"][2]["streak"] = 0
        told["rules"] = {"max_run": 10}
        told["leave"] = [one for one in told["leave"] if one["person"] != staff[2]]
        told["locks"] = [{"person": staff[2], "date": day, "shift": "E"} for day in week]
    else:
        told["people"][4]["month_overtime"] = 2000
        told["leave"] = [one for one in told["leave"] if one["person"] != staff[4]]
        told["locks"] = [{"person": staff[4], "date": day, "shift": "F"} for day in week[:6]]
    return told


def _monday(day: str) -> bool:
    from datetime import date

    return date.fromisoformat(day).weekday() == 0
