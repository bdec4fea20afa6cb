"""A second reading of the rules, written apart from the engine: what a rota costs and which rule it breaks.

It works on the JSON of problem and rota, with loops a person can follow, and shares no code with the engine.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

WEIGHTS = {
    "demand": 100, "outing": 60, "training": 40, "overtime": 2, "undertime": 1, "long_day": 2, "late_early": 3,
    "turns": 2, "attendance": 1, "weekend": 5, "late": 3, "desk": 4, "substitute": 3, "evening_desk": 5,
}  # fmt: skip


class Scorer:
    """One problem; `broken(rota)` lists broken hard rules, `cost(rota)` adds up the soft ones."""

    def __init__(self, problem: dict[str, Any]) -> None:
        self.problem = problem
        self.weights = {**WEIGHTS, **problem.get("weights", {})}
        self.days = [one["date"] for one in problem["days"]]
        self.kind = {one["date"]: one["kind"] for one in problem["days"]}
        self.shifts = {one["code"]: one for one in problem["shifts"]}
        self.people = {one["id"]: one for one in problem["people"]}
        self.leave = {(one["person"], one["date"]) for one in problem.get("leave", [])}
        self.rules = {"max_run": 6, "rest_days_per_week": 1, "overtime_month_minutes": 2160, **problem.get("rules", {})}

    def cells(self, rota: dict[str, Any]) -> dict[tuple[Any, str], str]:
        return {(one["person"], one["date"]): one["shift"] for one in rota["cells"]}

    def weeks(self) -> list[list[str]]:
        found: dict[date, list[str]] = {}
        for day in self.days:
            at = date.fromisoformat(day)
            found.setdefault(at - timedelta(days=at.weekday()), []).append(day)
        return list(found.values())

    def broken(self, rota: dict[str, Any]) -> list[str]:
        cells, found = self.cells(rota), []
        for (who, day), shift in cells.items():
            if shift != "-" and ((who, day) in self.leave or self.kind[day] == "closed"):
                found.append(f"{who} works on {day}")
        for lock in self.problem.get("locks", []):
            if cells[lock["person"], lock["date"]] != lock["shift"]:
                found.append(f"lock {lock}")
        for who, person in self.people.items():
            found += self._law(who, person, cells)
        return found + self._desk(rota, cells)

    def _law(self, who: Any, person: dict[str, Any], cells: dict[tuple[Any, str], str]) -> list[str]:
        found, run = [], person.get("streak", 0)
        for day in self.days:
            run = run + 1 if cells[who, day] != "-" else 0
            if run > self.rules["max_run"]:
                found.append(f"{who} run {day}")
        months: dict[str, float] = {}
        for week in self.weeks():
            known, _done, rested = self._known(person, week)
            rest = self.rules["rest_days_per_week"] * known // 7
            if rested + sum(cells[who, day] == "-" for day in week) < rest:
                found.append(f"{who} rest {week[0]}")
            months[week[-1][:7]] = months.get(week[-1][:7], 0) + self._over(who, person, week, cells)
        for month, minutes in months.items():
            carried = person.get("month_overtime", 0) if month == self.days[0][:7] else 0
            if minutes + carried > self.rules["overtime_month_minutes"] and minutes:
                found.append(f"{who} overtime {month}")
        return found

    def _known(self, person: dict[str, Any], week: list[str]) -> tuple[int, int, int]:
        before = date.fromisoformat(week[0]).weekday()
        done = person.get("week_done")
        if done and week[0] == self.days[0] and before:
            return len(week) + before, done["minutes"], done["rests"]
        return len(week), 0, 0

    def _over(self, who: Any, person: dict[str, Any], week: list[str], cells: dict[tuple[Any, str], str]) -> float:
        known, done, _rested = self._known(person, week)
        own = person.get("week_minutes") or 2400
        allowed = max(0, min(own, -(-known * own // 5)) - done)
        return max(0, self._minutes(who, week, cells) - allowed)

    def _minutes(self, who: Any, week: list[str], cells: dict[tuple[Any, str], str]) -> int:
        return sum(self.shifts[cells[who, day]]["paid"] for day in week if cells[who, day] != "-")

    def _desk(self, rota: dict[str, Any], cells: dict[tuple[Any, str], str]) -> list[str]:
        found, seen = [], {(one["date"], one["slot"]): one for one in rota["desk"]}
        group = {one["date"]: one["group"] for one in rota["training"]}
        first = min((slot["start"] for slot in self.problem["slots"]), default=0)
        for day in (day for day in self.days if self.kind[day] != "closed"):
            held: list[Any] = []
            second: list[Any] = []
            for slot in self.problem["slots"]:
                one = seen.get((day, slot["code"]), {"holder": None, "substitute": None})
                for who in (one["holder"], one["substitute"]):
                    shift = self.shifts.get(cells.get((who, day), "-"))
                    if shift is None or not (shift["start"] <= slot["start"] and slot["end"] <= shift["end"]):
                        found.append(f"{day} {slot['code']} {who} not there")
                    elif not self.people[who]["desk"]:
                        found.append(f"{who} does no desk")
                    elif slot["start"] == first and self.people[who]["group"] == group.get(day, "nobody's"):
                        found.append(f"{who} is in training")
                if one["holder"] == one["substitute"]:
                    found.append(f"{day} {slot['code']} same")
                held.append(one["holder"])
                second.append(one["substitute"])
            if len(set(held)) < len(held) or any(second.count(who) > 2 for who in second):
                found.append(f"{day} too much for one")
        return found

    def cost(self, rota: dict[str, Any]) -> float:
        cells, w = self.cells(rota), self.weights
        open_ = [one for one in self.problem.get("demand", []) if self.kind[one["date"]] != "closed"]
        total = sum(w["demand"] * self.short(need, cells) for need in open_)
        going = {one["outing"]: one["people"] for one in rota["outings"]}
        for n, need in enumerate(self.problem.get("outings", [])):
            if self.kind[need["date"]] != "closed":
                total += w["outing"] * max(0, need["heads"] - len(going.get(n, [])))
        total += self._training(rota, cells)
        for who, person in self.people.items():
            total += self._person(who, person, cells)
        for wish in self.problem.get("wishes", []):
            met = cells[wish["person"], wish["date"]] == wish["shift"]
            total += wish["weight"] * (not met)
        for measure, counts in self.counts(rota).items():
            if counts:
                total += w[measure] * (max(counts.values()) - min(counts.values()))
        return total

    def short(self, need: dict[str, Any], cells: dict[tuple[Any, str], str]) -> int:
        """Heads missing at the worst quarter of an hour."""
        on = [self.shifts[cells[who, need["date"]]] for who in self.people if cells[who, need["date"]] != "-"]
        moments = range(need["start"], need["end"], 15)
        return max(max(0, need["heads"] - sum(s["start"] <= m and m + 15 <= s["end"] for s in on)) for m in moments)

    def _training(self, rota: dict[str, Any], cells: dict[tuple[Any, str], str]) -> float:
        w, total = self.weights, 0.0
        groups = {one["group"] for one in self.people.values()} - {None}
        days = [one["date"] for one in self.problem.get("training", []) if self.kind[one["date"]] != "closed"]
        if not groups or not days:
            return 0.0
        chosen = {one["date"]: one["group"] for one in rota["training"]}
        times = dict.fromkeys(groups, 0)
        for day in days:
            group = chosen.get(day)
            members = [who for who, one in self.people.items() if group is not None and one["group"] == group]
            gone = [who for who in members if cells[who, day] == "-"]
            total += w["training"] * (len(gone) == len(members)) + w["attendance"] * len(gone)
            if group is not None:
                times[group] += 1
        if len(groups) > 1:
            total += w["turns"] * (max(times.values()) - min(times.values()))
        return total

    def _person(self, who: Any, person: dict[str, Any], cells: dict[tuple[Any, str], str]) -> float:
        w, total = self.weights, 0.0
        own = person.get("week_minutes") or 2400
        for week in self.weeks():
            known, done, _rested = self._known(person, week)
            open_ = [day for day in week if self.kind[day] != "closed"]
            leave = sum((who, day) in self.leave for day in open_)
            owed = 5 * known // 7 * own // 5 - done - leave * own // 5
            owed = min(owed, (len(open_) - leave) * own // 5, max(0, min(own, -(-known * own // 5)) - done))
            worked = self._minutes(who, week, cells)
            total += w["overtime"] * self._over(who, person, week, cells) / 60
            total += w["undertime"] * max(0, owed - worked) / 60
        before = self.shifts.get(person.get("last_shift") or "")
        for day in self.days:
            now = self.shifts.get(cells[who, day])
            if now:
                total += w["long_day"] * max(0, now["paid"] - 480) / 60
            if now and before and now["start"] + 1440 - before["end"] < 14 * 60:
                total += w["late_early"]
            before = now
        return total

    def counts(self, rota: dict[str, Any]) -> dict[str, dict[Any, int]]:
        """Everybody's duties, history and rota; only for problems without joiners and long leave."""
        cells, found = self.cells(rota), {}
        late = max(one["end"] for one in self.problem["shifts"])
        last = max(self.problem["slots"], key=lambda one: one["end"])["code"] if self.problem["slots"] else ""
        for measure in ("weekend", "late", "desk", "substitute", "evening_desk"):
            able = [who for who, one in self.people.items() if one["desk"] or measure in ("weekend", "late")]
            if measure == "late" and len({one["end"] for one in self.problem["shifts"]}) == 1:
                continue
            counts = {who: (self.people[who].get("history") or {}).get(measure, 0) for who in able}
            for who in able:
                mine = {day: cells[who, day] for day in self.days if cells[who, day] != "-"}
                if measure == "weekend":
                    counts[who] += sum(self.kind[day] in ("weekend", "holiday") for day in mine)
                elif measure == "late":
                    counts[who] += sum(self.shifts[shift]["end"] == late for shift in mine.values())
            for one in rota["desk"]:
                side = "substitute" if measure == "substitute" else "holder"
                if measure in ("desk", "substitute") or (measure == "evening_desk" and one["slot"] == last):
                    counts[one[side]] = counts.get(one[side], 0) + 1
            found[measure] = counts
        return found
