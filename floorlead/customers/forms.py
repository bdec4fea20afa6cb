"""What the sheets and the card show, read from the store; which of them a showroom uses says `customers.toml`.

Telephone numbers are masked; a paper with whole numbers is asked for and noted by whoever prints it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from floorlead import clock, settings
from floorlead.cars.lists import colour_now
from floorlead.customers import board, daysheet, formsheet, grid, monthly, notes, queries, rules, stories
from floorlead.customers.formsheet import GRID_WIDE, WIDE, Head
from floorlead.customers.lists import lists
from floorlead.customers.records import Customer
from floorlead.kpi.rules import rate
from floorlead.paper.model import Paper
from floorlead.paper.queries import prints
from floorlead.paper.text import PAGE, as_text
from floorlead.people import queries as people
from floorlead.phones import mask_in, masked
from floorlead.record import record, replace
from floorlead.store import Refused, Store
from floorlead.visits import queries as visits
from floorlead.visits import rules as visit_rules
from floorlead.visits.records import CHANNEL_WORDS, KIND_WORDS, Channel, Visit
from floorlead.words import N_, _, pick

REGISTER, DAY, GRID, CARD = "register", "day", "grid", "card"
PRINTED = {REGISTER: "register", DAY: "day", GRID: "grid", CARD: "card_of"}
"""The kind under which a print of each paper is noted."""
Subject = tuple[str, int]
_ALL = N_("{batches} batches: walk-ins {walk_ins}, calls {calls}   first {first}, carded first {carded_first}, again {repeat}, "
          "no intent {non_intent}, not filled in {incomplete}")  # fmt: skip
_RATES = N_("captured {captured}   test drives {drives}   quotes {quotes}   deals {deals}")


@record
class Asked:
    """A paper that is asked for: its kind, a day (of a month for the grid), whose, of which customer, numbers whole."""

    kind: str
    day: date
    advisor: int | None = None
    customer: int = 0
    phones: bool = False


def title(store: Store, kind: str) -> str:
    """What the showroom calls a paper. Raises Refused for one that it does not use."""
    found = next((one for one in lists(store).forms if one.code == kind), None)
    if found is None:
        codes = ", ".join(one.code for one in lists(store).forms)
        raise Refused("E333", _("There is no paper '{kind}'; there are: {kinds}").format(kind=kind, kinds=codes))
    return found.shown


def make(store: Store, asked: Asked) -> tuple[Paper, list[Subject]]:
    """A paper, and whose whole numbers it holds (nobody's where they are masked). Raises Refused."""
    showroom = pick(settings.get(store, "showroom"), settings.get(store, "showroom_en")) or _("Showroom")
    nth = prints(store, PRINTED.get(asked.kind, ""), asked.day, 0) + 1
    name = title(store, asked.kind)
    head = Head(
        name, showroom, people.leader_shown(store), store.clock.stamp()[:16].replace("T", " "), not asked.phones, nth
    )
    maker = {REGISTER: _register, DAY: _day, GRID: _grid, CARD: _card}.get(asked.kind)
    if maker is None:
        raise Refused("E333", _("There is no paper '{kind}'; there are: {kinds}").format(
            kind=asked.kind, kinds=", ".join(PRINTED)))  # fmt: skip
    paper, shown = maker(store, head, asked)
    return paper, [("customers", one.id) for one in shown if one.phone] if asked.phones else []


def text_of(kind: str, paper: Paper) -> str:
    """A paper as plain text, as wide as it needs."""
    return as_text(paper, {GRID: GRID_WIDE, CARD: PAGE}.get(kind, WIDE))


def _phone(one: Customer | None, asked: Asked) -> str:
    if one is None or not one.phone:
        return "-"
    return one.phone if asked.phones else masked(one.phone)


def _yes(flag: bool) -> str:
    return "v" if flag else "."


# -- the register


def _register(store: Store, head: Head, asked: Asked) -> tuple[Paper, Sequence[Customer]]:
    found = [one for one in visits.on_day(store, asked.day) if asked.advisor in (None, one.advisor_id)]
    known, owners = board.names(store), queries.some(store, {one.customer_id for one in found})
    rows = [_visit(n, one, owners.get(one.customer_id or 0), known, asked) for n, one in enumerate(found, 1)]
    counts = visit_rules.counts(found)
    told = {name: getattr(counts, name) for name in ("batches", "walk_ins", "calls", "first", "carded_first", "repeat",
                                                     "non_intent", "incomplete", "quotes", "deals")}  # fmt: skip
    rates = {
        "captured": rate(counts.captured, counts.captured + counts.looked).text,
        "drives": rate(counts.drives, counts.intent).text,
    }
    totals = [_(_ALL).format(**told), _(_RATES).format(**(told | rates))]
    weather = str(store.one("SELECT weather FROM days WHERE day = ?", asked.day.isoformat()) or "")
    return formsheet.register(head, asked.day, weather, rows, totals), list(owners.values())


def _visit(number: int, one: Visit, owner: Customer | None, known: board.Names, asked: Asked) -> list[str]:
    source, purpose = known.lists.sources.get(one.source), known.lists.purposes.get(one.purpose)
    car = f"{known.model(one.model_id)} {colour_now(one.colour)}".strip() if one.model_id else "-"
    kind = CHANNEL_WORDS[one.channel] if one.channel is Channel.CALL else KIND_WORDS[one.kind]
    note = [_("{times} times").format(times=one.times) if one.times > 1 else "", _("not filled in") if one.incomplete else "",
            rules.spoken(one.explained, known.lists.words.get("explained", ())), mask_in(one.note)]  # fmt: skip
    return [
        str(number), one.came_at[11:16], one.left_at[11:16] or "-", str(one.party), grid.brief(known.person(one.advisor_id)),
        notes.name_of(owner) if owner else "-", _phone(owner, asked), car, one.grade or "-", _(kind),
        purpose.shown if purpose else "-", source.shown if source else "-", _yes(one.captured), _yes(one.quote),
        _yes(one.test_drive), _yes(one.finance), _yes(one.deal), one.competitor or "-", "  ".join(filter(None, note)),
    ]  # fmt: skip


# -- the day sheet


def _day(store: Store, head: Head, asked: Asked) -> tuple[Paper, Sequence[Customer]]:
    known = board.names(store)
    groups: list[tuple[str, list[list[str]], str]] = []
    shown: list[Customer] = []
    sheets = daysheet.read(store, asked.day, asked.advisor)
    for one in sheets:
        rows = [_met(n, met, known, asked) for n, met in enumerate(one.met, 1)]
        groups.append((known.person(one.person), rows, _group(one, known)))
        shown += [met.customer for met in one.met]
    told = _("all: planned {planned}, done {done}, visits today {visits}, this month {month}")
    return formsheet.day_sheet(head, asked.day, groups, told.format(**daysheet.sums(sheets))), shown


def _group(one: daysheet.Sheet, known: board.Names) -> str:
    grades = "  ".join(f"{code} {one.grades[code]}" for code in rules.in_order(one.grades, known.lists.grades))
    told = _("prospects {grades}   planned {planned}, done {done}   visits today {visits}, this month {month}")
    return told.format(grades=grades or "0", planned=one.planned, done=one.done, visits=one.visits, month=one.month)


def _met(number: int, met: daysheet.Met, known: board.Names, asked: Asked) -> list[str]:
    one = met.customer
    source = known.lists.sources.get(one.source)
    car = f"{known.model(one.model_id)} {colour_now(one.colour)}".strip()
    purpose = known.lists.purposes.get(met.purpose)
    how = {"walk_in": _("came"), "call": _("call"), "phone": _("phone"), "": "-"}[met.how]
    return [
        str(number), notes.name_of(one), _phone(one, asked), car, source.shown if source else "-",
        purpose.shown if purpose else "-", _yes(met.carried), _yes(met.planned), how, met.before or "-", met.now or "-",
        notes.next_words(one, asked.day) if one.closed_on is None else "-", known.progress(one) or "-", met.result(known),
    ]  # fmt: skip


# -- the grid and the card


def _grid(store: Store, head: Head, asked: Asked) -> tuple[Paper, Sequence[Customer]]:
    first, last = grid.month_of(asked.day)
    found = monthly.month(store, first, asked.advisor)
    known = board.names(store)
    pairs = [pair for name in ("lost", "frozen", "unreachable") for pair in known.lists.words.get(name, ())]
    rows = [
        [str(n), notes.name_of(row.customer), known.model(row.customer.model_id), grid.brief(known.person(row.customer.advisor_id)),
         row.began or "+", *(row.days.get(day, "") for day in range(1, last.day + 1)), row.result,
         rules.spoken(row.reason, pairs)]
        for n, row in enumerate(found, 1)
    ]  # fmt: skip
    counted = grid.counted(row.result for row in found)
    told = "  ".join(f"{code} {counted[code]}" for code in rules.in_order(counted, known.lists.grades))
    whose = known.person(asked.advisor) if asked.advisor else _("all consultants")
    sums = _("{whose}: {count} prospects   {grades}").format(whose=whose, count=len(found), grades=told)
    return formsheet.grid(replace(head, masked=True), first, last, rows, sums), []


def _card(store: Store, head: Head, asked: Asked) -> tuple[Paper, Sequence[Customer]]:
    one = queries.get(store, asked.customer)
    if one is None:
        raise Refused("E334", _("Whose card? Put the cursor on a customer first"))
    known = board.names(store)
    facts = [(label, [text]) for label, text in stories.facts(one, known) if label != _("Phone")]
    called = [(_("Customer"), [notes.name_of(one)]), (_("Phone"), [_phone(one, asked)])]
    grade = [(_("Grade"), [notes.grade_words(known.lists, one.grade)])]
    note = [(_("Note"), [mask_in(one.note)])] if one.note else []
    parts = (
        (_("Orders"), stories.ordered(store, one, known)), (_("Visits"), stories.came(store, one, known)),
        (_("Story"), stories.events(store, one, known)),
    )  # fmt: skip
    return formsheet.card(head, [*called, *grade, *facts, *note], parts, asked.day, one.id), [one]


def number_of(asked: Asked) -> str:
    """The name of the paper's file."""
    whose = f"-{asked.customer}" if asked.kind == CARD else f"-{asked.advisor}" if asked.advisor else ""
    day = f"{asked.day:%Y%m}" if asked.kind == GRID else f"{asked.day:%Y%m%d}"
    return f"{day}-{PRINTED[asked.kind]}{whose}"


def day_words(asked: Asked) -> str:
    """The day or month that a paper is of."""
    return f"{asked.day:%Y-%m}" if asked.kind == GRID else clock.short_day(asked.day)
