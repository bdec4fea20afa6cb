"""A solver's answer in lines: who works when, what changes, how fair it is, what each unmet wish costs, or why it cannot be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from floorlead import clock
from floorlead.calendar.rules import unknown_told
from floorlead.duty.records import Kind
from floorlead.people.records import Person
from floorlead.planning.fairness import Share, fairness
from floorlead.planning.reading import read
from floorlead.planning.rota import from_json
from floorlead.rota import problem
from floorlead.rota.accepting import Proposal
from floorlead.rota.period import Period
from floorlead.store import Store
from floorlead.text import fit, wrap
from floorlead.widgets.line import Line
from floorlead.words import N_, _

MEASURES = {
    "weekend": N_("weekend days"), "late": N_("late shifts"), "desk": N_("desk slots"),
    "substitute": N_("substitute"), "evening_desk": N_("evening desk"),
}  # fmt: skip
SHORT = {
    "weekend": N_("weekend"), "late": N_("late shifts"), "desk": N_("desk"), "substitute": N_("substitute"),
    "evening_desk": N_("evening"),
}  # fmt: skip
PHASES = {
    "build": N_("building"), "draft": N_("first draft"), "solve": N_("proving"), "conflict": N_("looking for the contradiction"),
    "repair": N_("fewest changes"),
}  # fmt: skip
NAME_CELLS = 9
View = tuple[str, list[Line]]


def progress(told: Mapping[str, Any]) -> list[str]:
    """How far the solver is: its phase, the best rota so far, how much better one could still be."""
    phase = PHASES.get(str(told.get("phase")))
    found = [_(phase)] if phase else []
    if told.get("objective") is not None or told.get("best") is not None:
        best = told.get("best", told.get("objective"))
        found.append(_("best {cost:g}, at least {bound:g}").format(cost=best, bound=max(0, told.get("bound") or 0)))
    return found


def verdict(rota: Mapping[str, Any]) -> str:
    """Whether the rota is proven the fairest, and how long that took; whether it is a rota at all comes first."""
    seconds = f"{rota['seconds']:.1f}"
    if unknown(rota):
        count = len(rota.get("violations", ()))
        return _("NO ROTA YET in {seconds} s: the best so far breaks {count} rules").format(
            seconds=seconds, count=count
        )
    if rota.get("changes") is not None:
        told = _("fewest changes, proven, {seconds} s") if rota.get("minimal") else _("{seconds} s, not proven")
    elif rota["status"] == "optimal":
        told = _("proven the best, {seconds} s")
    else:
        return _("best found in {seconds} s, at most {gap:g} better").format(
            seconds=seconds, gap=(rota["objective"] or 0) - (rota["bound"] or 0)
        )
    return told.format(seconds=seconds)


def unknown(rota: Mapping[str, Any]) -> bool:
    """Whether the answer breaks a rule that holds, because the time was too short for one that breaks none."""
    return bool(rota["status"] == "unknown")


def not_told() -> str:
    """Neither a rota nor a contradiction was found in time."""
    return _("The time was too short to tell whether locks, leave and rules can all hold; try a shorter period")


def unannounced(one: Period, cells: int) -> list[Line]:
    """Years without holidays, whose days were planned as ordinary ones."""
    told = unknown_told(one.office, one.first, one.last)
    return [Line().put(f" {part}", "warn") for text in told for part in wrap(text, cells - 2)]


def views(store: Store, one: Period, found: Proposal, rota: Mapping[str, Any], kind: str) -> list[View]:
    """The views of a proposal: changes first for a repair, else the rota; fairness; what it costs."""
    names = {person.id: person for person in one.people}
    rotas = (_("rota"), _grid(one, found))
    changes = (_("changes"), _changes(one, found, names))
    fair = (_("fairness"), _fairness(store, one, rota, names))
    costs = (_("costs"), _ledger(rota))
    told = [changes, rotas, fair, costs] if kind == "repair" else [rotas, fair, costs, changes]
    return [(_("broken rules"), _broken(rota)), *told] if unknown(rota) else told


def _broken(rota: Mapping[str, Any]) -> list[Line]:
    """Every law and rule that the answer breaks."""
    return [Line().put(f" - {part}", "error") for one in rota.get("violations", ()) for part in wrap(one["text"], 74)]


def _grid(one: Period, found: Proposal) -> list[Line]:
    """Person by day, what is new marked with a star in a week, bold in a month."""
    week = len(one.days) <= 7
    head = Line().put(" " * (NAME_CELLS + 1))
    for day in one.days:
        head.put(fit(f"{clock.weekday_short(day)[:2]}{day.day}", 6) if week else fit(str(day.day), 2))
    lines = [head]
    for person in one.people:
        line = Line().put(" ").col(person.shown, NAME_CELLS)
        for day in one.days:
            key = (person.id, day)
            shift = one.book.shift(found.after.get(key, ""))
            sign, new = shift.sign if shift else ".", key in found.cells
            text = fit(sign + ("*" if new else ""), 6) if week else fit(sign, 2)
            line.put(text, "bold" if new else "dim" if shift and shift.kind is Kind.OFF else "")
        lines.append(line)
    return lines


def _changes(one: Period, found: Proposal, names: Mapping[int, Person]) -> list[Line]:
    lines = []
    for (who, day), code in sorted(found.cells.items(), key=lambda item: (item[0][1], item[0][0])):
        cell = one.cells.get((who, day))
        before = one.book.shift(cell.shift) if cell and cell.shift else None
        after = one.book.shift(code)
        told = f"{before.shown if before else '-'} -> {after.shown if after else code}"
        lines.append(Line().put(" ").col(_day(day), 10).col(names[who].shown, 12).put(told))
    for (day, code), pair in sorted(found.desk.items()):
        slot = one.desk[day, code]
        told = " -> ".join(_pair(p, names) for p in ((slot.holder, slot.substitute), pair))
        lines.append(Line().put(" ").col(_day(day), 10).col(f"{slot.slot.post.shown} {slot.slot.shown}", 12).put(told))
    for _outing, day, who in found.sent:
        lines.append(Line().put(" ").col(_day(day), 10).col(names[who].shown, 12).put(_("outing")))
    return lines or [Line().put(" " + _("nothing changes"))]


def _day(day: date) -> str:
    return f"{clock.weekday_short(day)} {clock.short_day(day)}"


def _pair(pair: tuple[int | None, int | None], names: Mapping[int, Person]) -> str:
    holder, other = (names[who].shown if who is not None and who in names else "-" for who in pair)
    return f"{holder}({other})"


def _fairness(store: Store, one: Period, rota: Mapping[str, Any], names: Mapping[int, Person]) -> list[Line]:
    """For each duty who has most and who fewest, with everybody's count; as worked before, planned from now on."""
    shares = fairness(read(problem.told(store, one)), from_json(dict(rota)))
    head = Line().put(" ").col(_("as worked and planned"), 22)
    for word in (_("fewest"), _("most"), _("apart"), _("before")):
        head.col(word, 8, "right")
    lines = [head]
    for share in shares:
        line = Line().put(" ").col(_(MEASURES[share.measure]), 22)
        for number in (share.low, share.high, share.range, share.before):
            line.col(str(number), 8, "right")
        lines.append(line)
    return [*lines, Line(), *_by_person(shares, names)]


def _by_person(shares: Sequence[Share], names: Mapping[int, Person]) -> list[Line]:
    counts = {share.measure: dict(share.counts) for share in shares}
    head = Line().put(" ").col("", 14)
    for share in shares:
        head.col(_(SHORT[share.measure]), 12, "right")
    lines = [head]
    for person in names.values():
        line = Line().put(" ").col(person.shown, 14)
        for share in shares:
            line.col(str(counts[share.measure].get(person.id, "-")), 12, "right")
        lines.append(line)
    return lines


def _ledger(rota: Mapping[str, Any]) -> list[Line]:
    """Every soft rule that is not kept whole, the dearest first, with what it costs."""
    terms = sorted(rota.get("ledger", ()), key=lambda term: -float(term.get("cost") or 0))
    lines = [Line().put(" ").col(_("cost"), 7, "right").put("  " + _("what could not be had"), "dim")] if terms else []
    for term in terms:
        lines.append(
            Line().put(" ").col(f"{float(term['cost']):g}", 7, "right").put("  " + (term["text"] or term["reason"]))
        )
    return lines or [Line().put(" " + _("every wish is met, every share is even"))]


def conflict(found: Mapping[str, Any], cells: int) -> list[Line]:
    """A contradiction: the sentence, its facts, the cheapest way out."""
    lines = [Line().put(" " + part, "warn") for part in wrap(str(found.get("sentence", "")), cells - 2)]
    facts = found.get("facts", ())
    if facts:
        told = _("These {count} facts cannot all hold; without any one of them they could:").format(count=len(facts))
        lines += [Line(), *(Line().put(" " + part) for part in wrap(told, cells - 2))]
        lines += _listed([fact["text"] for fact in facts], cells)
    given = found.get("give_up", ())
    if given:
        lines += [Line(), Line().put(" " + _("Cheapest way out:"))]
        lines += _listed([fact["text"] for fact in given], cells)
    return lines[:18]


def _listed(texts: Sequence[str], cells: int) -> list[Line]:
    return [Line().put(" - " + part) for text in texts for part in wrap(text, cells - 4)]


def more(count: int) -> list[Line]:
    """How many lines are below."""
    return [Line().put(" " + _("{count} more below").format(count=count), "dim")] if count > 0 else []
