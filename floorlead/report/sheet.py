"""The day report on paper, as a page for the printer, as text of 80 columns and as lines for the chat group."""

from __future__ import annotations

from floorlead import clock
from floorlead.paper.model import Block, Facts, Note, Paper, Sign
from floorlead.report.records import Report
from floorlead.report.sections import SECTIONS
from floorlead.store.chain import SEAL_DIGITS
from floorlead.text import numeral, wrap
from floorlead.words import _, language, pick

CHAT_LINES = 30
GIVE_WAY = ("consultants", "stock", "deliveries", "training", "outings", "duty", "leave", "events", "checks")
"""The sections whose details are left out of the chat text first."""
NEXT = {"traffic": 2, "remarks": 3, "people": 2, "tasks": 5, "pace": 6}
"""The sections that give way after them, with the lines that they keep."""
CHAT_CELLS = 120


def draw(report: Report, *, nth: int = 0, printed: str = "", draft: bool = False) -> Paper:
    """The paper of a report; `nth` marks a later print, `draft` a print before sealing."""
    shown = [s for s in SECTIONS if s.name in report.sections]
    facts = [(_label(n, s.word, s.name in report.changed), [said.text.strip() for said in s.say(report.sections[s.name])])
             for n, s in enumerate(shown)]  # fmt: skip
    blocks: list[Block] = [Facts(facts)]
    if report.void:
        blocks = [Note(_void(report))]
    elif report.revision > 1:
        blocks.append(Note(_opened_again(report)))
    blocks.append(Sign((_("Leader"), _("Sales manager"), _("Comment"))))
    again = _("print {nth}").format(nth=nth) if nth > 1 else ""
    return Paper(
        "report", language(), _("Showroom day report"), _head(report), blocks, _foot(report, again, printed),
        draft=_("VOID") if report.void else "" if report.sealed and not draft else _("DRAFT"), seal=report.seal[:SEAL_DIGITS],
        previous_seal=report.previous_seal[:SEAL_DIGITS],
        extra={"seal_word": _("seal"), "previous_word": _("previous seal")},
    )  # fmt: skip


def _opened_again(report: Report) -> str:
    """Why there is a further revision, and whether anything differs from the one before."""
    words = (
        _("* changed since revision {revision}; opened again because: {reason}")
        if report.changed
        else _("nothing changed since revision {revision}; opened again because: {reason}")
    )
    return words.format(revision=report.revision - 1, reason=report.reason or "-")


def _void(report: Report) -> str:
    told = _("Void: the report of this day does not count, its number stays; because: {reason}")
    return told.format(reason=report.reason)


def _label(number: int, word: str, changed: bool) -> str:
    return f"{numeral(number + 1)} {_(word)}{' *' if changed else ''}"


def _head(report: Report) -> tuple[str, str, str]:
    to = _("to {name}").format(name=report.manager) if report.manager else ""
    time = clock.hm(report.sealed_at) if report.sealed_at else ""
    leader = _("leader {name}").format(name=report.leader)
    return (
        f"{pick(report.showroom['zh'], report.showroom['en'])}  {to}".strip(),
        f"{report.day} {clock.weekday(report.day)}",
        f"{leader} {time}".strip(),
    )


def _foot(report: Report, again: str, printed: str) -> tuple[str, str]:
    number = _("no. {number}").format(number=f"{report.number} / {report.day:%Y%m%d}-D{report.revision}")
    sealed = _("sealed {time}").format(time=report.sealed_at.replace("T", " ")[:16]) if report.sealed_at else ""
    return "floorlead", "  ".join(filter(None, (number, sealed, again, printed)))


def as_chat(report: Report) -> str:
    """The report for the chat group: plain text, at most 30 lines, no mark that a phone would draw wide."""
    version = (
        _("revision {revision} sealed {time}").format(revision=report.revision, time=clock.hm(report.sealed_at))
        if report.sealed
        else _("draft")
    )
    lines = [_("[Day report] {day} {weekday} leader {leader} {version}").format(
        day=report.day, weekday=clock.weekday(report.day), leader=report.leader, version=version)]  # fmt: skip
    blocks = {"": [*lines, _void(report)] if report.void else lines}
    for section in (s for s in SECTIONS if s.name in report.sections):
        told = [said.text.strip() for said in section.say(report.sections[section.name])]
        blocks[section.name] = [f"{_(section.word)}{pick('：', ': ')}{told[0]}", *("  " + text for text in told[1:])]
    if report.seal:
        blocks["seal"] = [_("seal {seal}").format(seal=report.seal[:SEAL_DIGITS])]
    return "\n".join(_short(blocks)) + "\n"


def _short(blocks: dict[str, list[str]]) -> list[str]:
    """At most thirty lines: a long one runs on, details give way before tomorrow does, the last line (the seal) stays."""
    told = {name: [part for line in lines for part in _folded(line)] for name, lines in blocks.items()}
    for name, least in [*dict.fromkeys(GIVE_WAY, 1).items(), *NEXT.items()]:
        over = sum(map(len, told.values())) - CHAT_LINES
        if over > 0 and len(told.get(name, ())) > least:
            told[name] = _cut(name, told[name], max(least, len(told[name]) - over))
    folded = [part for lines in told.values() for part in lines]
    if len(folded) <= CHAT_LINES:
        return folded
    left = len(folded) - CHAT_LINES + 1
    return [*folded[: CHAT_LINES - 2], _("  and {count} more").format(count=left), folded[-1]]


def _cut(name: str, lines: list[str], keep: int) -> list[str]:
    """The first lines of a section, how many are left out behind the last; nothing where only a table's heading stays."""
    if name == "consultants" and keep == 1:
        return []
    return [*lines[: keep - 1], lines[keep - 1] + _("  and {count} more").format(count=len(lines) - keep)]


def _folded(line: str) -> list[str]:
    first, *more = wrap(line, CHAT_CELLS - 2)
    return [first, *("  " + part for part in more)]
