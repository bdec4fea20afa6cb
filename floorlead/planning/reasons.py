"""A conflict in words: each fact, what giving it up would mean, and one sentence that counts."""

from __future__ import annotations

from floorlead.planning import sentences as say
from floorlead.planning.frame import Frame
from floorlead.planning.problem import REST
from floorlead.planning.rota import Fact
from floorlead.words import N_, _

FACTS = {
    "leave": N_("{name} is on leave on {day}"),
    "half_leave": N_("{name} is on leave for half of {day}"),
    "lock": N_("{name} is locked to {shift} on {day}"),
    "forbid": N_("{name} may not have {shift} on {day}"),
    "max_run": N_("{name} may work {most} days in a row at most, {streak} are worked already"),
    "week_rest": N_("{name} needs {most} days of rest a week"),
    "overtime": N_("{name} may have {most} h overtime a month at most"),
    "reception": N_("{day} {slot} needs somebody at the desk"),
    "substitute": N_("{day} {slot} needs a named substitute"),
}
GIVEN_UP = {
    "leave": N_("Ask {name} to work on {day} in spite of leave"),
    "half_leave": N_("Ask {name} to work all of {day} in spite of leave"),
    "lock": N_("Unlock {name} on {day}"),
    "forbid": N_("Allow {name} {shift} on {day}"),
    "max_run": N_("Let {name} work more than {most} days in a row (against the law)"),
    "week_rest": N_("Let {name} rest fewer than {most} days in a week (against the law)"),
    "overtime": N_("Let {name} have more than {most} h overtime (against the law)"),
    "reception": N_("Leave the desk empty on {day} {slot}"),
    "substitute": N_("Do without a substitute on {day} {slot}"),
}
ON_LEAVE = ("leave", "half_leave")


def told(frame: Frame, fact: Fact, *, giving_up: bool = False) -> str:
    """One fact, or what giving it up means."""
    rules = frame.rules
    most = {
        "max_run": str(rules.max_run), "week_rest": str(rules.rest_days_per_week),
        "overtime": say.hours(rules.overtime_month_minutes),
    }  # fmt: skip
    return _((GIVEN_UP if giving_up else FACTS)[fact.kind]).format(
        name="" if fact.person is None else say.name(frame.people[frame.person[fact.person]]),
        day="" if fact.date is None else say.on(fact.date), slot=_span(frame, fact),
        shift=say.called(frame, fact.shift or REST), most=most.get(fact.kind, ""),
        streak=0 if fact.person is None else frame.people[frame.person[fact.person]].streak,
    )  # fmt: skip


def _span(frame: Frame, fact: Fact) -> str:
    if fact.slot is None:
        return ""
    slot = frame.slots[frame.slot[fact.slot]]
    return f"{say.hm(slot.start)}-{say.hm(slot.end)}"


def unexplained() -> str:
    """That there is no rota, before it is known why."""
    return _("No rota can keep all the rules; the time was too short to tell which of them stand against each other")


def sentence(frame: Frame, facts: tuple[Fact, ...]) -> str:
    """The conflict in one sentence that counts."""
    if not facts:
        return _("What is fixed already leaves no way")
    wanted = [fact for fact in facts if fact.slot is not None]
    if wanted:
        return _desk(frame, wanted, facts)
    if len(facts) <= 3:
        return _("These cannot all hold: {facts}").format(facts="; ".join(told(frame, fact) for fact in facts))
    names = dict.fromkeys(fact.person for fact in facts if fact.person is not None)
    law = [told(frame, fact) for fact in facts if fact.kind in ("max_run", "week_rest", "overtime")]
    who = ", ".join(say.name(frame.people[frame.person[one]]) for one in names)
    counted = _("{name} is bound on {count} days").format(name=who, count=len(facts) - len(law))
    return _("{counted}; but {law}").format(counted=counted, law="; ".join(law)) if law else counted


def _desk(frame: Frame, wanted: list[Fact], facts: tuple[Fact, ...]) -> str:
    """What the desk needs and who is left for it."""
    days = list(dict.fromkeys(fact.date for fact in wanted if fact.date is not None))
    blocked = {fact.person: fact.kind for fact in facts if fact.person is not None and _blocks(fact)}
    d = frame.day[days[0]]
    kinds = [k for k in range(len(frame.slots)) if any(fact.slot == frame.slots[k].code for fact in wanted)]
    able = [
        p for p in range(len(frame.people))
        if not frame.away[p][d] and frame.would_serve(p, d)
        and (frame.people[p].id in blocked or any(frame.can_serve(p, d, k) for k in kinds))
    ]  # fmt: skip
    left = [frame.people[p] for p in able if frame.people[p].id not in blocked]
    names = ", ".join(say.name(one) for one in left[:4]) + (" …" if len(left) > 4 else "")
    away = sum(1 for p in able if blocked.get(frame.people[p].id) in ON_LEAVE)
    other = sum(1 for p in able if blocked.get(frame.people[p].id, "leave") not in ON_LEAVE)
    needed = _heads(wanted, days[0])
    when = f"{say.on(days[0])} " + ", ".join(
        dict.fromkeys(_span(frame, fact) for fact in wanted if fact.date == days[0])
    )
    return "; ".join(
        part for part in (
            _("{when} needs {count} people for the desk").format(when=when, count=needed) if needed > 1 else
            _("{when} needs somebody for the desk").format(when=when),
            _("only {names} is left").format(names=names) if len(left) == 1 else
            _("nobody is left") if not left else _("only {names} are left").format(names=names),
            _("{count} are on leave").format(count=away) if away else "",
            _("{count} are bound otherwise").format(count=other) if other else "",
        ) if part
    )  # fmt: skip


def _blocks(fact: Fact) -> bool:
    return fact.kind in ("leave", "half_leave", "lock", "forbid", "max_run", "week_rest", "overtime")


def _heads(wanted: list[Fact], day: object) -> int:
    """Different people that the wanted entries of one day need: a slot's two, or as many holders as slots."""
    entries = [fact for fact in wanted if fact.date == day]
    slots = {fact.slot for fact in entries}
    pairs = max(sum(1 for fact in entries if fact.slot == slot) for slot in slots)
    holders = sum(1 for fact in entries if fact.kind == "reception")
    return max(pairs, holders)
