"""The report's section of the desk: who held which slot, who took over from whom and why, where nobody was named.

Its facts are plain data in both languages; a showroom that does not plan its desk has none.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from floorlead.duty import lists, queries, rules
from floorlead.duty.records import Substitution, clocked
from floorlead.people import queries as people
from floorlead.report.records import Data, Said
from floorlead.store import Store
from floorlead.words import _, pick

if TYPE_CHECKING:
    from floorlead.duty.reception import Reception, Stretch

PAGE = "rota"


def _pick(words: dict[str, str]) -> str:
    return pick(words["zh"], words["en"])


def read_duty(store: Store, day: date) -> Data:
    """Each slot with who was planned and who held it, each substitution with its reason, each gap; nothing where the
    desk was never planned."""
    if not store.one("SELECT 1 FROM desk_duty LIMIT 1"):
        return {}
    reception, leader = queries.reception(store, day), people.leader(store)
    if not reception.slots:
        return {}
    stretches = rules.stretches(reception)
    named = _Named(reception, leader)
    book = lists.book(store)
    return {
        "slots": [
            {"post": {"zh": d.slot.post.zh, "en": d.slot.post.en}, "band": d.slot.shown, "holder": named.of(d.holder),
             "substitute": named.of(d.substitute), "held": _held(named, [s for s in stretches if s.slot is d.slot])}
            for d in reception.slots
        ],
        "substitutions": [
            _substituted(named, one, reception, rules.reason_words(book, one.reason)) for one in reception.substitutions
            if reception.slot(one.slot)
        ],
        "stood_in": [_stretch(named, one) for one in stretches if one.held.why == rules.NAMED],
        "gaps": [_stretch(named, one) for one in rules.gaps(reception)],
        "acting": named.of(reception.acting),
    }  # fmt: skip


class _Named:
    """People by name in both languages; a leader who is not among the people by the leader's own name."""

    def __init__(self, reception: Reception, leader: str) -> None:
        self.staff, self.leader = reception.staff, leader

    def of(self, who: int | None) -> dict[str, str] | None:
        """A person, None for nobody."""
        member = self.staff.get(who or 0)
        return member.both() if member else None

    def holder(self, who: int | None) -> dict[str, str]:
        """Whoever holds a post: never nobody."""
        return self.of(who) or {"zh": self.leader, "en": self.leader}


def _held(named: _Named, stretches: Sequence[Stretch]) -> list[Data]:
    return [_stretch(named, one) for one in stretches]


def _stretch(named: _Named, one: Stretch) -> Data:
    return {
        "band": one.slot.shown, "from": clocked(one.starts), "to": clocked(one.ends), "name": named.holder(one.held.who),
    }  # fmt: skip


def _substituted(named: _Named, one: Substitution, reception: Reception, reason: dict[str, str]) -> Data:
    desk = reception.slot(one.slot)
    assert desk
    return {
        "band": desk.slot.shown, "from": clocked(one.starts), "to": clocked(rules.end_of(one, desk.slot)),
        "left": named.holder(one.left), "taker": named.holder(one.taker), "reason": reason, "reported": one.reported,
    }  # fmt: skip


def say_duty(data: Data) -> list[Said]:
    """The slots with who held them; then who took over, what was reported, where nobody was named."""
    held = [_slot(one) for one in data["slots"]]
    lines = [Said("  ".join(held), held, PAGE, "")]
    told = [_substitution(one) for one in data["substitutions"] if not one["reported"]]
    told += [_("{name} stood in {from_}-{to}").format(**_told(one)) for one in data["stood_in"]]
    lines += _listed(_("substitutions {count}: {told}"), told)
    reported = [_substitution(one) for one in data["substitutions"] if one["reported"]]
    lines += _listed(_("reported to the manager {count}: {told}"), reported)
    gaps = [_("{from_}-{to} {name}").format(**_told(one)) for one in data["gaps"]]
    lines += _listed(_("nobody named {count}: {told}"), gaps)
    if data["acting"]:
        lines.append(Said("  " + _("acting leader {name}").format(name=_pick(data["acting"])), (), PAGE, ""))
    return lines


def _listed(words: str, told: Sequence[str]) -> list[Said]:
    return [Said("  " + words.format(count=len(told), told="; ".join(told)), told, PAGE, "")] if told else []


def _slot(one: dict[str, Any]) -> str:
    """A slot with everybody who held it, in their order, each once."""
    names = dict.fromkeys(_pick(part["name"]) for part in one["held"])
    return f"{one['band']} {pick('、', ', ').join(names)}"


def _told(one: dict[str, Any]) -> dict[str, str]:
    return {"from_": one["from"], "to": one["to"], "name": _pick(one["name"])}


def _substitution(one: dict[str, Any]) -> str:
    words = {"from_": one["from"], "to": one["to"], "taker": _pick(one["taker"]), "left": _pick(one["left"])}
    reason = _pick(one["reason"])
    return _("{from_}-{to} {taker} for {left}").format(**words) + (f" ({reason})" if reason else "")


# -- tomorrow


def read_tomorrow(store: Store, day: date) -> list[Data]:
    """The next day's slots with holder and substitute; none on a closed day, nor where the desk was never planned."""
    if not store.one("SELECT 1 FROM desk_duty LIMIT 1"):
        return []
    reception = queries.reception(store, day + timedelta(days=1))
    named = _Named(reception, "")
    there = {code.slot.code for code in reception.slots if not _is_away(reception, code.holder, code.slot.starts)}
    return [
        {"band": d.slot.shown, "holder": named.of(d.holder) if d.slot.code in there else None, "substitute": named.of(d.substitute)}
        for d in reception.slots
    ]  # fmt: skip


def _is_away(reception: Reception, who: int | None, minute: int) -> bool:
    member = reception.staff.get(who or 0)
    return member is None or member.away_at(minute) is not None


def say_tomorrow(data: Sequence[Data]) -> list[Said]:
    """Tomorrow's desk on one line, `缺` where nobody is there to hold it."""
    if not data:
        return []
    told = [f"{one['band']} {_pick(one['holder']) if one['holder'] else pick('缺', 'nobody')}" for one in data]
    return [Said(_("desk tomorrow: {slots}").format(slots="  ".join(told)), told, PAGE, "")]
