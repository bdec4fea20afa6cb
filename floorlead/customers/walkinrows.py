"""The fields of the walk-in dialog, and a visit as its values and back: the cells a leader types, the record kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from floorlead.customers.board import Names
from floorlead.record import replace
from floorlead.store import Refused, Store
from floorlead.text import as_many, width
from floorlead.visits.records import KIND_WORDS, Channel, Kind, Visit
from floorlead.widgets.choose import Entry
from floorlead.widgets.line import Line
from floorlead.widgets.reading import a_moment
from floorlead.words import N_, _, pick

MODELS = 7
"""Models by digit; 8 is another one."""
YES_NO = (("1", N_("yes")), ("", N_("no")))


OTHER, MORE = "other", ">>"


def has_more(names: Names, page: int) -> bool:
    """Whether another page of models follows."""
    return len(names.models) > (page + 1) * MODELS


def models(names: Names, page: int) -> list[tuple[str, str]]:
    """The models of a page by digit, then another one or the next page."""
    found = list(names.models.values())[page * MODELS : (page + 1) * MODELS]
    shown = [(str(one.id), one.shown) for one in found]
    shown += [("-", "")] * (MODELS - len(found))
    return [*shown, (OTHER, MORE if has_more(names, page) else _("other model"))]


def _cut(word: str, cells: int) -> str:
    """The beginning of a word; two dots would cost the letters that tell it from the next."""
    while width(word) > cells:
        word = word[:-1]
    return word.rstrip()


def choices(line: Line, entry: Entry, value: str, cells: int) -> Line:
    """The choices of a field as one line, `1Lavida [2Tiguan]`; the longest words are cut until all fit."""
    words = {n: _(word) for n, (_code, word) in enumerate(entry.choices, 1) if word}
    room = max(map(width, words.values()))
    while room > 3 and sum(min(width(word), room) + 2 for word in words.values()) + line.cells + 1 > cells:
        room -= 1
    chosen = next((n for n, (code, _word) in enumerate(entry.choices, 1) if code == value and n in words), 0)
    for n, word in words.items():
        here, before = n == chosen, n - 1 == chosen and chosen
        text = f"{n}{_cut(word, room)}"
        line.put("[" if here else "]" if before else " ", "chip" if here or before else "")
        line.put(text, "chip" if here else "", f"pick:{entry.name}:{n}")
    return line.put("]" if chosen == max(words) else "", "chip")


def entries(names: Names, page: int) -> Sequence[Entry]:
    """The dialog's fields: the fast ones first."""
    known = names.lists
    grades = sorted((g for g in known.grades.values() if g.digit), key=lambda g: g.digit)
    return (
        Entry("model", N_("Model"), choices=models(names, page), own="name"),
        Entry("grade", N_("Grade"), choices=[(g.code, pick(f"{g.code}({g.shown})", g.code)) for g in grades], own="name"),
        Entry("drive", N_("Test drive"), choices=YES_NO, own="name"),
        Entry("phone", N_("Phone"), 30, hint=N_("empty Enter = not captured")),
        Entry("name", N_("Name"), 40),
        Entry("kind", N_("Kind"), choices=[("", N_("by itself")), *((k.value, KIND_WORDS[k]) for k in Kind)]),
        Entry("party", N_("Heads"), 3), Entry("came", N_("Came"), 8), Entry("left", N_("Left at"), 8),
        Entry("source", N_("Source"), choices=[(one.code, one.shown) for one in known.sources.values()][:9]),
        Entry("purpose", N_("Purpose"), choices=[(one.code, one.shown) for one in known.purposes.values()][:9]),
        Entry("quote", N_("Quote"), choices=YES_NO), Entry("competitor", N_("Rival"), 30),
        Entry("colour", N_("Colour"), 30), Entry("note", N_("Note"), 100),
    )  # fmt: skip


def shown(visit: Visit) -> dict[str, str]:
    """A visit as the dialog's values."""
    kind = visit.kind.value if visit.id else ""
    return {
        "model": str(visit.model_id or ""), "grade": visit.grade, "drive": "1" if visit.test_drive else "",
        "kind": kind, "party": str(visit.party), "came": visit.came_at[11:16], "left": visit.left_at[11:16],
        "source": visit.source, "purpose": visit.purpose, "quote": "1" if visit.quote else "",
        "competitor": visit.competitor, "colour": visit.colour, "note": visit.note, "channel": visit.channel.value,
        "phone": "", "name": "", "advisor": str(visit.advisor_id or "") if visit.id else "",
    }  # fmt: skip


def made(before: Visit, values: Mapping[str, str], store: Store) -> Visit:
    """The visit that the values say. Raises Refused."""
    purpose = values.get("purpose", "")
    kind = Kind(values["kind"]) if values.get("kind") else before.kind if before.id else Kind.FIRST
    if kind is (before.kind if before.id else Kind.FIRST) and purpose != before.purpose:
        kind = _kind_of(purpose, kind, store)
    model = values.get("model", "")
    return replace(
        before, model_id=int(model) if model.isdecimal() else None, grade=values.get("grade", ""),
        test_drive=values.get("drive") == "1", kind=kind, party=_heads(values.get("party", "")),
        came_at=_stamp(values.get("came", ""), before.came_at, before), left_at=_left(values.get("left", ""), before),
        source=values.get("source", ""), purpose=purpose, quote=values.get("quote") == "1",
        competitor=values.get("competitor", ""), colour=values.get("colour", ""), note=values.get("note", ""),
        channel=Channel(values.get("channel") or before.channel.value),
        incomplete=values.get("later") == "1" or before.incomplete,
    )  # fmt: skip


def _kind_of(purpose: str, kind: Kind, store: Store) -> Kind:
    """A purpose without intent makes a visit without intent; any other leaves the kind as it is."""
    from floorlead.customers.lists import lists

    found = lists(store).purposes.get(purpose)
    return Kind.NON_INTENT if found and not found.intent else kind


def _heads(text: str) -> int:
    text = text.strip()
    if text and not (text.isdecimal() and 1 <= int(text) <= 99):
        raise Refused("E301", _("A party has 1 to 99 heads"))
    return int(text or 1)


def _stamp(text: str, unchanged: str, before: Visit) -> str:
    """A time of the visit's day as a stamp; what was not touched keeps its seconds."""
    if not text.strip() or text.strip() == unchanged[11:16]:
        return unchanged
    return f"{a_moment(text, before.day)}:00"


def _left(text: str, before: Visit) -> str:
    return _stamp(text, before.left_at, before) if text.strip() else ""


def summary(values: Mapping[str, str], names: Names) -> Line:
    """What stands behind Tab, in a line."""
    source = names.lists.sources.get(values.get("source", ""))
    purpose = names.lists.purposes.get(values.get("purpose", ""))
    told = [
        values.get("came", ""), _("party of {count}").format(count=values.get("party") or 1),
        source.shown if source else "", purpose.shown if purpose else "", values.get("competitor", ""),
    ]  # fmt: skip
    return Line().put("  Tab ", "key", "key:tab").put(as_many([text for text in told if text], 66), "dim")
