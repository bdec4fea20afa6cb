"""The report's sections: each reads its facts from the store and says them in lines. Their order is the paper's."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from floorlead import clock, settings
from floorlead.checks import queries as check_queries
from floorlead.checks import rules as check_rules
from floorlead.checks.records import Card, CardWords, Mark
from floorlead.discipline import queries as discipline
from floorlead.people import notes
from floorlead.people import queries as people_queries
from floorlead.people.records import STATE_WORDS, Role, State
from floorlead.report.records import Data, Said, Section
from floorlead.store import Store
from floorlead.tasks import queries as task_queries
from floorlead.tasks.records import Task
from floorlead.words import N_, _, both, pick


def _pick(words: dict[str, str]) -> str:
    return pick(words["zh"], words["en"])


# -- head


def read_head(store: Store, day: date) -> Data:
    """Weather, who leads and who is here."""
    people = people_queries.day(store, day)
    states = {state.value: sum(1 for p in people if p.state is state and p.person.on_cards) for state in State}
    weather = store.one("SELECT weather FROM days WHERE day = ?", day.isoformat()) or ""
    return {"weather": weather, "staff": sum(1 for p in people if p.person.on_cards), "states": states,
            "showroom": settings.get(store, "showroom")}  # fmt: skip


def say_head(data: Data) -> list[Said]:
    """One line: weather and the head count."""
    here = data["states"]["present"] + data["states"]["late"]
    told = [_("weather {weather}").format(weather=data["weather"])] if data["weather"] else []
    told.append(_("here {here}/{staff}").format(here=here, staff=data["staff"]))
    told += [
        f"{_(STATE_WORDS[s])} {data['states'][s.value]}"
        for s in State
        if s is not State.PRESENT and data["states"][s.value]
    ]
    return [Said("  ".join(told))]


# -- appearance and environment


def read_checks(store: Store, day: date) -> Data:
    """Each card in numbers, and each of its exceptions with time and reason."""
    return {"cards": [_card_facts(card) for card in check_queries.cards_of(store, day, owed=True)]}


def _card_facts(card: Card) -> Data:
    found = check_rules.counts(card).to_dict()
    return {"code": card.words.code, "name": {"zh": card.words.zh, "en": card.words.en}, "made": bool(card.id),
            "counts": found, "exceptions": _exceptions(card)}  # fmt: skip


def _exceptions(card: Card) -> list[Data]:
    found = []
    for row in card.rows:
        for item in card.items(row):
            mark = card.mark(row, item)
            if mark and (mark.is_exception or mark.first):
                name = item.both() if row.subject == check_queries.DAY_SUBJECT else row.both()
                found.append({"row": name, "item": item.both(), "sign": check_rules.cell(card, row, item),
                              "at": clock.hm(mark.first_at or mark.at), "reason": _reason(card.words, mark),
                              "late": mark.late, "put_right": clock.hm(mark.at) if mark.first and not mark.is_exception else "",
                              "value": mark.value})  # fmt: skip
    return found


def _reason(words: CardWords, mark: Mark) -> dict[str, str]:
    for zh, en in words.reasons:
        if mark.reason in (zh, en):
            return {"zh": zh, "en": en}
    return {"zh": mark.reason, "en": mark.reason}


def say_checks(data: Data) -> list[Said]:
    """A line of numbers for each card that was made or is owed, its exceptions behind it."""
    lines: list[Said] = []
    for card in data["cards"]:
        told = [_exception(one) for one in card["exceptions"]]
        lines.append(Said(_card_line(card), told, "checks", card["code"]))
        if told:
            lines.append(Said("  " + "; ".join(told), told, "checks", card["code"]))
    return lines or [Said(_("none"))]


def _card_line(card: Data) -> str:
    n = card["counts"]
    if not card["made"]:
        return _("{card}: not made, {items} items open").format(card=_pick(card["name"]), items=n["items"])
    text = _("{card}: {items} items  ok {passed}  exc. {fail}  late {late}").format(
        card=_pick(card["name"]), items=n["items"], passed=n["pass"], fail=n["fail"], late=n["late"]
    )
    return text + ("  " + _("open {open}").format(open=n["open"]) if n["open"] else "")


def _exception(one: Data) -> str:
    row, item = _pick(one["row"]), _pick(one["item"])
    told = row if row == item else f"{row} {item}"
    if one["value"] is not None:
        told += f" {one['value']:g}"
    reason = _pick(one["reason"])
    if one["late"]:
        return " ".join((told, one["at"], reason or _("late")))
    told += f" ({reason})" if reason else ""
    if one["put_right"]:
        return told + " " + _("put right {time}").format(time=one["put_right"])
    return f"{told} {one['at']}"


# -- people


def read_people(store: Store, day: date) -> Data:
    """Who is not here or came late, and the month's points."""
    people = people_queries.day(store, day)
    away = [{"name": {"zh": p.person.name, "en": p.person.name_en or p.person.name}, "state": p.state.value,
             "words": both(STATE_WORDS[p.state]), "at": p.at[11:16], "note": dict(zip(("zh", "en"), p.planned, strict=True)) if p.planned[0] else notes.told(p.note)}
            for p in people if p.state is not State.PRESENT and p.person.on_cards]  # fmt: skip
    names = {p.person.id: {"zh": p.person.name, "en": p.person.name_en or p.person.name} for p in people}
    points = [{"name": names[who], "exceptions": count, "points": found}
              for who, (count, found) in discipline.deducted(store, day.replace(day=1), day).items() if who in names and found]  # fmt: skip
    taken = sum(1 for p in people if p.said)
    return {"taken": taken, "away": away, "points": points, "staff": sum(1 for p in people if p.person.on_cards)}


def say_people(data: Data) -> list[Said]:
    """Head count, each one away, and the month's points."""
    gone = [one for one in data["away"] if one["state"] != "late"]
    told = [_person(one) for one in data["away"]]
    here = _("here {here}/{staff}").format(here=data["staff"] - len(gone), staff=data["staff"])
    if told:
        whole = "  ".join([here, *told])
    else:
        whole = _("everybody is here") if data.get("taken", 1) else _("attendance was not taken")
    lines = [Said(whole, told, "people", "")]
    if data["points"]:
        scores = [f"{_pick(p['name'])} {p['points']}" for p in data["points"]]
        source = [_("{name}: {count} exceptions, {points} points").format(name=_pick(p["name"]), count=p["exceptions"], points=p["points"])
                  for p in data["points"]]  # fmt: skip
        lines.append(Said(_("points this month: {scores}").format(scores="  ".join(scores[:6])), source))
    return lines


def _person(one: Data) -> str:
    late = f" {one['at']}" if one["state"] == "late" else ""
    note = one["note"] if isinstance(one["note"], str) else _pick(one["note"])
    return f"{_pick(one['name'])} {_pick(one['words'])}{late} {note}".strip()


# -- cars, duty, leave, outings, training


def told(place: str) -> Callable[..., Any]:
    """A function of the report by its place (`duty:read_duty`), loaded when a showroom first needs it."""
    module, _sep, name = place.partition(":")

    def call(*args: Any) -> Any:
        return getattr(importlib.import_module(f"floorlead.report.{module}"), name)(*args)

    return call


def where(kept: str, place: str) -> Callable[[Store, date], Data]:
    """Facts about what the showroom keeps, by the SQL of a condition: elsewhere nothing is read and nothing loaded."""

    def call(store: Store, day: date) -> Data:
        data: Data = told(place)(store, day) if store.one(f"SELECT {kept}") else {}
        return data

    return call


CARS = "EXISTS (SELECT 1 FROM cars)"
MARKET = "EXISTS (SELECT 1 FROM visits) OR EXISTS (SELECT 1 FROM customers)"
TARGETS = "EXISTS (SELECT 1 FROM targets) OR EXISTS (SELECT 1 FROM visits) OR EXISTS (SELECT 1 FROM customers)"
LOG = "EXISTS (SELECT 1 FROM entries) OR EXISTS (SELECT 1 FROM violations) OR EXISTS (SELECT 1 FROM spot_checks)"


def unless_empty(read: Callable[..., Any]) -> Callable[..., Any]:
    """Facts of which none is there are no section."""

    def call(store: Store, day: date) -> Data:
        data: Data = read(store, day)
        return data if any(data.values()) else {}

    return call


# -- tasks


def read_tasks(store: Store, day: date) -> Data:
    """What was done today, and what is open for tomorrow or carried along."""
    tomorrow = day + timedelta(days=1)
    return {
        "done": [_task(t, carried=False) for t in task_queries.done_on(store, day)],
        "open": [_task(t, carried=t.due <= day) for t in task_queries.open_on(store, day, tomorrow)],
        "desk": told("duty:read_tomorrow")(store, day),
        "away": _away(store, tomorrow),
    }


def _away(store: Store, day: date) -> list[Data]:
    """Who is not here on a day to come, as it is planned."""
    return [
        {"name": {"zh": one.person.name, "en": one.person.name_en or one.person.name}, "state": one.state.value}
        for one in people_queries.day(store, day) if one.person.on_cards and not one.here
    ]  # fmt: skip


def _task(task: Task, *, carried: bool) -> Data:
    return {"text": task.text, "owner": task.owner, "due": task.due.isoformat(), "carried": carried}


def say_tasks(data: Data) -> list[Said]:
    """Tomorrow's tasks one by one, then how many were done today."""
    lines = [Said(task_words(one)) for one in data["open"]] or [Said(_("no tasks for tomorrow"))]
    if data["done"]:
        done = [f"{one['text']} {one['owner']}".strip() for one in data["done"]]
        lines.append(Said(_("done today {count}: {tasks}").format(count=len(done), tasks="; ".join(done)), done))
    return [*lines, *say_desk(data.get("desk")), *_say_away(data.get("away", ()))]


def _say_away(data: Sequence[Data]) -> list[Said]:
    """Who rests tomorrow, who is on leave or out; nothing where everybody comes."""
    named: dict[str, list[str]] = {}
    for one in data:
        named.setdefault(one["state"], []).append(_pick(one["name"]))
    told_of = [
        f"{_(STATE_WORDS[State(state)])} {len(names)}: {pick('、', ', ').join(names)}" for state, names in named.items()
    ]
    return (
        [Said(_("away tomorrow: {people}").format(people="  ".join(told_of)), told_of, "people", "")] if told_of else []
    )


def say_desk(data: list[Data] | None) -> list[Said]:
    """Who holds the desk tomorrow; nothing where it is not planned."""
    found: list[Said] = told("duty:say_tomorrow")(data) if data else []
    return found


def task_words(one: dict[str, Any]) -> str:
    """A task as a line: box, words, owner, and whether it was carried along."""
    due = clock.short_day(date.fromisoformat(one["due"]))
    carried = " " + _("(carried, due {day})").format(day=due) if one["carried"] else ""
    return f"[ ] {one['text']}  {one['owner']}".rstrip() + carried


# -- remarks


def read_remarks(store: Store, day: date) -> Data:
    """The leader's own words."""
    return {"text": store.one("SELECT remarks FROM days WHERE day = ?", day.isoformat()) or ""}


def say_remarks(data: Data) -> list[Said]:
    """The remarks, or that there are none."""
    return [Said(data["text"] or _("none"))]


SECTIONS = (
    Section("head", N_("Today"), read_head, say_head),
    Section("traffic", N_("Visits"), where(MARKET, "traffic:read_traffic"), told("traffic:say_traffic")),
    Section("results", N_("Results"), where(MARKET, "traffic:read_results"), told("traffic:say_results")),
    Section("pace", N_("Target"), where(TARGETS, "pace:read_pace"), told("pace:say_pace")),
    Section("followups", N_("Follow-ups"), where(MARKET, "traffic:read_followups"), told("traffic:say_followups")),
    Section(
        "consultants", N_("Consultants"), where(MARKET, "traffic:read_consultants"), told("traffic:say_consultants")
    ),
    Section("checks", N_("Cards"), read_checks, say_checks),
    Section("people", N_("People"), read_people, say_people),
    Section("duty", N_("Reception"), told("duty:read_duty"), told("duty:say_duty")),
    Section("leave", N_("Leave"), unless_empty(told("leave:read_leave")), told("leave:say_leave")),
    Section("outings", N_("Outings"), unless_empty(told("leave:read_outings")), told("leave:say_outings")),
    Section("training", N_("Training"), told("training:read_training"), told("training:say_training")),
    Section(
        "deliveries", N_("Deliveries"), where(CARS, "carsections:read_deliveries"), told("carsections:say_deliveries")
    ),
    Section("stock", N_("Stock"), where(CARS, "carsections:read_stock"), told("carsections:say_stock")),
    Section("events", N_("Log"), where(LOG, "events:read_events"), told("events:say_events")),
    Section("tasks", N_("Tomorrow"), read_tasks, say_tasks),
    Section("remarks", N_("Remarks"), read_remarks, say_remarks),
)
"""The report's blocks in the order of the paper."""


def manager_of(store: Store) -> str:
    """Whom the report goes to."""
    return settings.get(store, "manager") or people_queries.name_of_role(store, Role.MANAGER)
