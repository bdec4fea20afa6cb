"""The people who might take a post over, as the boxes show them: numbered, free ones first, the busy with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from floorlead.duty.records import clocked
from floorlead.orders.records import STEP_WORDS
from floorlead.text import fit, width
from floorlead.widgets.line import Line
from floorlead.words import _, pick

if TYPE_CHECKING:
    from floorlead.duty.reception import Candidate

SHOWN = 8
"""People on one page, because the digit is the person and 9 is the report."""
NAME, STATE = 14, 23


def reason(one: Candidate, minute: int) -> str:
    """Whether somebody is free, else why not, in a few words."""
    if one.free:
        return pick("空闲", "free")
    if one.state == "appointment":
        return _("{time} {step}").format(time=clocked(one.minute), step=_(STEP_WORDS[one.step]))
    if one.state == "serving":
        return _("with a customer {minutes} min").format(minutes=max(0, minute - one.minute))
    if one.state == "driving":
        return _("test drive since {time}").format(time=clocked(one.minute))
    if one.state == "shift":
        words = _("begins {time}") if minute < one.minute else _("off since {time}")
        return words.format(time=clocked(one.minute))
    return pick(*one.words)


def page_of(found: Sequence[Candidate], start: int) -> Sequence[Candidate]:
    """The people numbered now."""
    return found[start : start + SHOWN] or found[:SHOWN]


def lines(
    found: Sequence[Candidate], start: int, minute: int, cells: int, picked: int = 0, *, named: int = 0
) -> list[Line]:
    """A numbered line for each; `picked` is marked, `named` is the plan's own substitute."""
    drawn = []
    for number, one in enumerate(page_of(found, start), 1):
        here = one.member.id == picked
        look = "chip" if here else "dim" if one.barred else ""
        line = Line().put(" >" if here else "  ", "cursor").put(f" {number} ", "key", f"key:{number}")
        name = fit(one.member.shown, NAME) if width(one.member.shown) > NAME else one.member.shown
        line.put(name, look, f"key:{number}").to(5 + NAME + 1).put(
            fit(reason(one, minute), STATE), "" if one.free else "dim"
        )
        line.put("  ".join(_facts(one, named)), "dim")
        drawn.append(line.cropped(cells))
    more = len(found) - start - len(page_of(found, start))
    if start or more > 0:
        told = _("PgDn: others, {count} in all").format(count=len(found))
        drawn.append(Line().put("     " + told, "dim", "key:pagedown"))
    return drawn


def _facts(one: Candidate, named: int) -> list[str]:
    """What the order goes by: turns at the desk today, the plan's substitute, next in line, an appointment later on."""
    facts = [_("today {count}x").format(count=one.load.today)] if not one.barred else []
    if one.member.id == named:
        facts.append(_("planned substitute"))
    if one.load.turn and one.free:
        facts.append(_("next customer"))
    return facts
