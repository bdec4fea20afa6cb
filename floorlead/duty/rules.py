"""Who answers for each post at each minute: the plan, then whoever took over last; nobody away, nobody on two posts.

Where all of them are away the named substitute stands in, then the leader: an open minute is never without a name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from floorlead.duty.reception import Candidate, Held, Load, Member, Reception, Stretch
from floorlead.duty.records import Book, Desk, Slot, Substitution
from floorlead.record import replace
from floorlead.words import _

PLAN, STEPPED_UP, NAMED, LEADER = "plan", "substitution", "named", "leader"
"""Why somebody answers for a post: planned, took over, named as the substitute of one who is away, nobody else."""
NEAR = 60
"""Minutes before and after an appointment in which its consultant does not count as free."""


def end_of(one: Substitution, slot: Slot) -> int:
    """The minute at which a substitution is over: its own end, never after the slot's."""
    return slot.ends if one.ends is None else min(one.ends, slot.ends)


def active(reception: Reception, slot: Slot, minute: int) -> list[Substitution]:
    """The substitutions of a slot in force at a minute, the last one to begin at the end."""
    return [
        one for one in reception.substitutions
        if one.slot == slot.code and one.starts <= minute < end_of(one, slot)
    ]  # fmt: skip


def in_force(reception: Reception, minute: int) -> list[Desk]:
    """The slots that are open at a minute, in the order of the day."""
    return [desk for desk in reception.slots if desk.slot.starts <= minute < desk.slot.ends]


def holders_at(reception: Reception, minute: int) -> dict[str, int | None]:
    """Who answers for each slot open at a minute, as {slot's code: person's id}; None is a leader who is not among the
    people. Nobody answers for two posts, nobody while away."""
    return {code: one.who for code, one in held_at(reception, minute).items()}


def holder_at(reception: Reception, slot: str, minute: int) -> int | None:
    """Who answers for a slot at a minute in it; see `holders_at`. Raises KeyError for a slot that is not open then."""
    return holders_at(reception, minute)[slot]


def held_at(reception: Reception, minute: int) -> dict[str, Held]:
    """`holders_at` with the reasons.

    First every slot's own last claim, so that walking back one chain takes nobody from the post they are on; then back
    along the chain to the planned holder, to the named substitute, to the leader.
    """
    desks = in_force(reception, minute)
    claims = {desk.slot.code: list(_claims(reception, desk, minute)) for desk in desks}
    found: dict[str, Held] = {}
    taken: set[int | None] = set()
    for deep in (1, None):
        for code, wanted in claims.items():
            held = next((one for one in wanted[:deep] if _can(reception, one, minute, taken)), None)
            if code not in found and held:
                found[code] = held
                taken.add(held.who)
    for code, wanted in claims.items():
        if code not in found:
            found[code] = Held(_leads(reception, minute, taken), LEADER, wanted[0].substitution if wanted else None)
            taken.add(found[code].who)
    return {desk.slot.code: found[desk.slot.code] for desk in desks}


def _claims(reception: Reception, desk: Desk, minute: int) -> Iterator[Held]:
    """Who would answer for a slot, the strongest first; a report to the manager hands it to the leader."""
    for one in reversed(active(reception, desk.slot, minute)):
        yield Held(one.taker, LEADER if one.reported else STEPPED_UP, one)
        if one.reported:
            return
    if desk.holder is not None:
        yield Held(desk.holder, PLAN)
    if desk.substitute is not None:
        yield Held(desk.substitute, NAMED)


def _can(reception: Reception, held: Held, minute: int, taken: set[int | None]) -> bool:
    member = reception.staff.get(held.who or 0)
    return member is not None and held.who not in taken and member.away_at(minute) is None


def _leads(reception: Reception, minute: int, taken: set[int | None]) -> int | None:
    """Whom a post falls back to: the acting leader, else a leader who is there, else the manager."""
    free = (who for who in reception.leaders if _can(reception, Held(who, LEADER), minute, taken))
    return next(free, None)


def leads_at(reception: Reception, minute: int) -> int | None:
    """Whom a post falls back to at a minute; None is a leader who is not among the people."""
    return _leads(reception, minute, set(holders_at(reception, minute).values()))


def stretches(reception: Reception) -> list[Stretch]:
    """The whole day: each slot cut where its holder or the reason changes, slot by slot, without gap or overlap."""
    found: dict[str, list[Stretch]] = {desk.slot.code: [] for desk in reception.slots}
    marks = _marks(reception)
    slots = {desk.slot.code: desk.slot for desk in reception.slots}
    for minute, until in pairwise(marks):
        for code, held in held_at(reception, minute).items():
            before = found[code][-1] if found[code] else None
            if before and before.held == held:
                found[code][-1] = replace(before, ends=until)
            else:
                found[code].append(Stretch(slots[code], minute, until, held))
    return [one for stretch in found.values() for one in stretch]


def _marks(reception: Reception) -> list[int]:
    """The minutes at which anything may change."""
    slots = {desk.slot.code: desk.slot for desk in reception.slots}
    marks = {minute for slot in slots.values() for minute in (slot.starts, slot.ends)}
    for one in reception.substitutions:
        if one.slot in slots:
            marks |= {one.starts, end_of(one, slots[one.slot])}
    marks |= {minute for m in reception.staff.values() for one in m.away for minute in (one.starts, one.ends)}
    first, last = min(marks, default=0), max((slot.ends for slot in slots.values()), default=0)
    first = min((slot.starts for slot in slots.values()), default=first)
    return sorted(minute for minute in marks if first <= minute <= last)


def gaps(reception: Reception, since: int = 0) -> list[Stretch]:
    """The stretches from a minute on that fell to the leader without anybody having said so."""
    return [one for one in stretches(reception) if one.ends > since and is_gap(one)]


def is_gap(one: Stretch) -> bool:
    """Whether a stretch fell to the leader without anybody having said so."""
    return one.held.why == LEADER and not (one.held.substitution and one.held.substitution.reported)


def slot_now(reception: Reception, minute: int) -> Desk | None:
    """The slot that somebody would leave now: the one in force, before opening and in between the next; None after closing."""
    there = in_force(reception, minute)
    return there[0] if there else next((desk for desk in reception.slots if desk.slot.starts > minute), None)


def spans(
    reception: Reception, desk: Desk, starts: int, ends: int | None
) -> tuple[list[tuple[Desk, int, int | None]], bool]:
    """A substitution's slots as (slot, from, until), the last value None at the slot's end; and whether closing cut it.

    Where the wanted end lies beyond the slot, the next slots of the post get their own part.
    """
    post, first = desk.slot.post.code, desk.slot.starts
    mine = [one for one in reception.slots if one.slot.post.code == post and one.slot.starts >= first]
    wanted = desk.slot.ends if ends is None else ends
    found = [
        (one, max(starts, one.slot.starts), None if wanted >= one.slot.ends else wanted)
        for one in mine if one is desk or one.slot.starts < wanted
    ]  # fmt: skip
    closing = max((one.slot.ends for one in mine), default=desk.slot.ends)
    return found, wanted > closing


def left_by(reception: Reception, desk: Desk, starts: int, taker: int | None) -> int | None:
    """Who leaves a slot when somebody takes it over: whoever held it just before, by the links that began earlier."""
    kept = [one for one in reception.substitutions if one.slot != desk.slot.code or one.starts < starts]
    before = replace(reception, substitutions=tuple(kept))
    just, now = (
        holders_at(before, minute).get(desk.slot.code) for minute in (max(starts - 1, desk.slot.starts), starts)
    )
    return now if just == taker else just


def relinked(reception: Reception, desk: Desk) -> list[Substitution]:
    """The slot's substitutions that say somebody else left than did, set right: each one takes over from whoever held
    the post just then, also when an earlier one was entered later."""
    mine = [one for one in reception.substitutions if one.slot == desk.slot.code]
    right = [(one, left_by(reception, desk, one.starts, one.taker)) for one in mine]
    return [replace(one, left=left) for one, left in right if left not in (one.left, one.taker)]


def candidates(
    reception: Reception, desk: Desk, minute: int, loads: Mapping[int, Load], now: int | None = None
) -> list[Candidate]:
    """Who might take a slot over at a minute, the best first, those who are busy behind the free ones with the reason.

    Ranked: free, not within an hour of an appointment, the named substitute, the holder's team, no overdue follow-ups,
    fewest substitutions this month, fewest minutes at the desk this week, staff number.
    """
    at = {one.who: code for code, one in held_at(reception, minute).items() if code != desk.slot.code}
    holder = held_at(reception, minute).get(desk.slot.code)
    leaving = reception.staff.get((holder.who if holder else desk.holder) or 0)
    names = {one.slot.code: one.slot.both() for one in reception.slots}
    found = [
        _seen(member, loads.get(member.id, Load()), minute, names.get(at.get(member.id, "")))
        for member in reception.staff.values() if member.may_hold and member is not leaving
    ]  # fmt: skip
    return sorted(found, key=lambda one: _rank(one, desk, leaving.team if leaving else ""))


def _seen(member: Member, load: Load, minute: int, post: dict[str, str] | None) -> Candidate:
    away = member.away_at(minute)
    near = next((one for one in load.appointments if abs(one[0] - minute) <= NEAR), None)
    if away:
        return Candidate(member, load, "away", words=(away.zh, away.en))
    if post:
        return Candidate(member, load, "post", words=(post["zh"], post["en"]))
    if load.serving is not None:
        return Candidate(member, load, "serving", load.serving)
    if load.driving is not None:
        return Candidate(member, load, "driving", load.driving)
    if not member.starts <= minute < member.ends:
        return Candidate(member, load, "shift", member.starts if minute < member.starts else member.ends)
    if near:
        return Candidate(member, load, "appointment", near[0], near[1])
    return Candidate(member, load, "free")


STATES = ("free", "appointment", "serving", "driving", "shift", "post", "away")
"""In the order in which candidates are listed."""


def _rank(one: Candidate, desk: Desk, team: str) -> tuple[object, ...]:
    member, load = one.member, one.load
    return (
        STATES.index(one.state), member.id != desk.substitute, not team or member.team != team, load.overdue > 0,
        load.substitutions, load.minutes, len(member.number), member.number,
    )  # fmt: skip


def name_of(reception: Reception, who: int | None) -> str:
    """A person's name in the language spoken now; the trade's word for a leader who is not among the people."""
    member = reception.staff.get(who or 0)
    return member.shown if member else _("leader")


def typed_minute(text: str) -> int | None:
    """Minutes from midnight of a time as people type it: `9:20`, `920`, `0920`, `9.20`, `9`; None when it is none."""
    parts = text.strip().replace("：", ":").replace(".", ":").split(":")
    if len(parts) == 1 and len(parts[0]) > 2:
        parts = [parts[0][:-2], parts[0][-2:]]
    if not 1 <= len(parts) <= 2 or not all(part.isascii() and part.isdigit() and len(part) <= 2 for part in parts):
        return None
    hour, minute = int(parts[0]), int(parts[1]) if len(parts) == 2 else 0
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def reason_words(book: Book, reason: str) -> dict[str, str]:
    """A reason of leaving the post in both languages; a typed one is the same in both."""
    pair = next((pair for pair in book.substitution_reasons if reason in pair), (reason, reason))
    return {"zh": pair[0], "en": pair[1]}


def ledger(reception: Reception) -> tuple[dict[str, int], list[int], dict[int, int]]:
    """A day as worked: who is credited with each slot (whoever held most of it, of equals the later one), who stepped
    up (one entry for each time), and the minutes that each person held a post. A gap is nobody's credit."""
    most: dict[str, dict[int, int]] = {}
    minutes: dict[int, int] = {}
    stepped: list[int] = []
    for one in stretches(reception) if _stirred(reception) else _as_planned(reception):
        who = one.held.who
        if who is None or is_gap(one):
            continue
        held = most.setdefault(one.slot.code, {})
        held[who] = held.pop(who, 0) + one.ends - one.starts
        minutes[who] = minutes.get(who, 0) + one.ends - one.starts
        if one.held.why in (STEPPED_UP, NAMED) and not _goes_on(one, held):
            stepped.append(who)
    credited = {code: max(reversed(list(held)), key=lambda who: held[who]) for code, held in most.items()}
    return credited, stepped, minutes


def _goes_on(one: Stretch, held: Mapping[int, int]) -> bool:
    """Whether somebody had stepped up in this slot before: back after another link of the chain counts once."""
    return held[one.held.who or 0] > one.ends - one.starts


def _stirred(reception: Reception) -> bool:
    """Whether anything may have changed the plan of the day."""
    planned = [desk for desk in reception.slots if desk.holder is not None or desk.substitute is not None]
    members = [reception.staff.get(desk.holder or 0) for desk in planned]
    away = any(member is None or member.away for member in members)
    return bool(reception.substitutions) or away or _twice(planned)


def _twice(slots: Sequence[Desk]) -> bool:
    """Whether somebody is planned on two posts at the same time."""
    return any(
        one.holder == other.holder and one.slot.starts < other.slot.ends and other.slot.starts < one.slot.ends
        for at, one in enumerate(slots) for other in slots[at + 1 :]
    )  # fmt: skip


def _as_planned(reception: Reception) -> list[Stretch]:
    return [Stretch(one.slot, one.slot.starts, one.slot.ends, Held(one.holder, PLAN)) for one in reception.slots]
