"""Visits, prospects and follow-ups as plain values for other programs, and as short texts; numbers always masked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from floorlead.customers import board, monthly, notes, queries, rules
from floorlead.customers.records import Customer, Due
from floorlead.paper.model import Facts, Heading, Note, Paper, Table
from floorlead.phones import mask_in
from floorlead.record import asdict
from floorlead.store import Store
from floorlead.text import fit
from floorlead.visits import queries as visit_queries
from floorlead.visits import rules as visit_rules
from floorlead.visits.records import Visit
from floorlead.words import _

FLAGS = ("captured", "test_drive", "quote", "finance", "deal", "incomplete")
TEXTS = ("number", "party", "times", "colour", "grade", "explained", "source", "purpose", "competitor")


def _advisor(ident: int | None, known: board.Names) -> dict[str, Any] | None:
    found = known.people.get(ident or 0)
    return {"number": found.number, "name": found.shown} if found else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _model(ident: int | None, known: board.Names) -> str:
    found = known.models.get(ident or 0)
    return found.code if found else ""


def _called(one: Customer) -> dict[str, Any]:
    return {
        "id": one.id,
        "number": one.number,
        "name": notes.name_of(one),
        "phone": notes.phone(one) if one.phone else "",
    }


def visits(store: Store, day: date) -> dict[str, Any]:
    """The visits and calls of a day with their counts."""
    known, found = board.names(store), visit_queries.on_day(store, day)
    owners = queries.some(store, {one.customer_id for one in found})
    counts = asdict(visit_rules.counts(found))
    rows = [_visit(one, owners.get(one.customer_id or 0), known) for one in found]
    return {"day": day.isoformat(), "counts": counts, "visits": rows}


def _visit(one: Visit, owner: Customer | None, known: board.Names) -> dict[str, Any]:
    head = {
        "channel": one.channel.value,
        "kind": one.kind.value,
        "came_at": one.came_at,
        "left_at": one.left_at or None,
    }
    who = {"advisor": _advisor(one.advisor_id, known), "customer": _called(owner) if owner else None}
    told = {name: getattr(one, name) for name in (*TEXTS, *FLAGS)}
    return {**head, **who, "model": _model(one.model_id, known), **told, "note": mask_in(one.note)}


def customers(store: Store, day: date) -> dict[str, Any]:
    """The open prospects with their advisors and the floor."""
    known, floor = board.names(store), monthly.floor(store)
    found = [one for one in queries.open_all(store) if one.first_on <= day]
    grades: dict[str, int] = {}
    for one in found:
        grades[one.grade] = grades.get(one.grade, 0) + 1
    advisors = [_load(load, floor, known) for load in monthly.loads(store, day)]
    rows = [_customer(one, day, known) for one in found]
    return {"day": day.isoformat(), "floor": floor, "grades": grades, "advisors": advisors, "customers": rows}


def _load(load: monthly.Load, floor: int, known: board.Names) -> dict[str, Any]:
    who = _advisor(load.person, known) or {"number": None, "name": None}
    below = max(0, floor - load.total) if load.person else 0
    return {**who, "grades": load.grades, "total": load.total, "below": below, "due": load.due, "overdue": load.overdue}


def _customer(one: Customer, day: date, known: board.Names) -> dict[str, Any]:
    days = {name: _day(getattr(one, name)) for name in ("first_on", "last_contact", "next_due")}
    return {
        **_called(one), "grade": one.grade, "model": _model(one.model_id, known), "colour": one.colour, "source": one.source,
        "advisor": _advisor(one.advisor_id, known), **days, "late": rules.days_late(one, day), "no_contact": one.no_contact,
        "progress": one.progress, "competitor": one.competitor,
    }  # fmt: skip


def customers_text(store: Store, found: Mapping[str, Any]) -> str:
    """A line for each advisor, then how many of each grade."""
    codes = [grade.code for grade in board.names(store).lists.grades.values() if grade.is_open]
    head = fit(_("Advisor"), 12) + "".join(fit(code, 5, "right") for code in codes) + fit(_("all"), 6, "right")
    lines = [head + fit(_("to floor"), 9, "right") + fit(_("overdue"), 8, "right")]
    for one in found["advisors"]:
        counts = "".join(fit(str(one["grades"].get(code, 0)), 5, "right") for code in codes)
        below = f"-{one['below']}" if one["below"] else ""
        lines.append(f"{fit(one['name'] or '-', 12)}{counts}{one['total']:>6}{below:>9}{one['overdue']:>8}")
    grades = "  ".join(f"{code} {found['grades'][code]}" for code in codes if code in found["grades"])
    return (
        "\n".join([found["day"], *lines, grades, "", *(_prospect(one, _cars(store)) for one in found["customers"])])
        + "\n"
    )


def _cars(store: Store) -> dict[str, str]:
    """The models' names in the language spoken now, by their codes."""
    return {model.code: model.shown for model in board.names(store).models.values()}


def _prospect(one: Mapping[str, Any], cars: Mapping[str, str]) -> str:
    """An open prospect in a line: grade, name, masked number, car, advisor, last contact, next day."""
    late = _("{days}d late").format(days=one["late"]) if one["late"] else ""
    cells = (
        fit(one["grade"], 3), fit(one["name"], 12), fit(one["phone"], 12), fit(cars.get(one["model"], "-"), 10),
        fit(one["advisor"]["name"] if one["advisor"] else "-", 12), fit(one["last_contact"] or "-", 11),
        fit(one["next_due"] or "-", 11), late,
    )  # fmt: skip
    return " ".join(cells).rstrip()


def followups(store: Store, day: date) -> dict[str, Any]:
    """Who is to be called by whom, the oldest first."""
    known, groups = board.names(store), queries.due_by_advisor(store, day)
    told = {one.person_id: one.at for one in queries.reminders(store, day)}
    advisors: list[dict[str, Any]] = []
    for who, owed in groups.items():
        head = _advisor(who, known) or {"number": None, "name": None}
        late = [due.late for due in owed if due.late]
        advisors.append({**head, "due": len(owed), "overdue": len(late), "oldest": max(late, default=0),
                         "reminded_at": told.get(who or 0), "customers": [_due(due, known) for due in owed]})  # fmt: skip
    done = len({event.customer_id for event in queries.contacted_on(store, day)})
    due, overdue = (sum(one[name] for one in advisors) for name in ("due", "overdue"))
    return {"day": day.isoformat(), "due": due, "overdue": overdue, "done": done, "advisors": advisors}


def _due(due: Due, known: board.Names) -> dict[str, Any]:
    one = due.customer
    return {
        **_called(one), "grade": one.grade, "model": _model(one.model_id, known), "due": _day(one.next_due),
        "shown_on": due.on.isoformat(), "late": due.late, "asked": due.asked,
    }  # fmt: skip


def followups_text(store: Store, found: Mapping[str, Any]) -> str:
    """A block for each advisor."""
    cars = _cars(store)
    lines = [
        _("{day}   due {due}   overdue {overdue}   done {done}").format(
            **{k: found[k] for k in ("day", "due", "overdue", "done")}
        )
    ]
    for one in found["advisors"]:
        lines.append(
            _("{name}   due {due}   overdue {overdue}").format(
                name=one["name"] or "-", due=one["due"], overdue=one["overdue"]
            )
        )
        for row in one["customers"]:
            late = _("{days}d late").format(days=row["late"]) if row["late"] else ""
            texts = (
                fit(row["name"], 12),
                fit(row["phone"], 12),
                fit(row["grade"], 3),
                fit(cars.get(row["model"], "-"), 10),
                row["due"],
                late,
            )
            lines.append("  " + " ".join(texts).rstrip())
    return "\n".join(lines) + "\n"


def meant(store: Store, typed: str) -> int:
    """The id of a customer by the dealer system's number, or by the id itself; 0 for none."""
    if not typed:
        return 0
    found = store.one("SELECT id FROM customers WHERE number = ? COLLATE NOCASE", typed)
    return int(found or (typed if typed.isdecimal() else 0))


def paper(kind: str, day: date, made: Paper) -> dict[str, Any]:
    """A paper's tables, facts and notes as values."""
    tables, facts, told = [], [], []
    heading = ""
    for block in made.blocks:
        if isinstance(block, Heading):
            heading = block.text
        elif isinstance(block, Table):
            rows: Sequence[Sequence[str]] = block.rows
            tables.append(
                {"heading": heading, "columns": [c.title for c in block.columns], "rows": [list(row) for row in rows]}
            )
        elif isinstance(block, Facts):
            facts += [{"label": label, "text": " ".join(lines)} for label, lines in block.rows]
        elif isinstance(block, Note):
            told.append(block.text)
    head = {"paper": kind, "title": made.title, "day": day.isoformat(), "head": list(made.head)}
    return {**head, "tables": tables, "facts": facts, "notes": told}
