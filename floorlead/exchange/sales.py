"""What a dealer system's history of sales would add; what is there already, also by a hand-over, is not added again.

Two sales that look the same are two sales: they are counted, and by their VIN where the file has it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from floorlead.cars import rules
from floorlead.exchange import known, queries
from floorlead.exchange.headings import need
from floorlead.exchange.parsing import Memo, Parser, Progress, iso, limited, refusal, silent, values_of, vin
from floorlead.exchange.records import Entered, Plan, Table, Values, consumed
from floorlead.store import Store
from floorlead.tables import cells
from floorlead.tables.cells import Wrong, yes_no
from floorlead.tables.refused import RefusedLine
from floorlead.words import _

FLAGS = ("insured", "financed", "accessories", "trade_in")
NEW: Mapping[str, Any] = {
    **dict.fromkeys(queries.SALE_NAMES, ""), **dict.fromkeys(FLAGS, 0), "age_days": None, "model": "", "model_name": "",
}  # fmt: skip


LOOK = ("day", "model_id", "trim", "colour", "advisor", "age_days")
"""What two sales are compared by where no VIN tells them apart."""


def age(cell: str) -> int | None:
    """Days in stock at the sale. Raises Wrong."""
    found = cells.amount(cell.removesuffix("天"))
    if found is not None and found > 10_000:
        raise Wrong(_("'{word}' is no age in days").format(word=cells.word(cell)))
    return found


def parsers(shift: int) -> dict[str, Parser]:
    """How each column is read."""
    short = Memo(limited(40)).__getitem__
    words = dict.fromkeys(("model_name", "trim", "colour", "advisor"), short)
    flags = dict.fromkeys(FLAGS, Memo(lambda cell: int(yes_no(cell))).__getitem__)
    return {
        **words,
        **flags,
        "day": Memo(iso(shift)).__getitem__,
        "age_days": Memo(age).__getitem__,
        "vin": vin,
        "model": Memo(cells.number_word).__getitem__,
    }


def plan(store: Store, table: Table, columns: Mapping[str, int], progress: Progress = silent) -> Plan:
    """What the file would add, reading only. Raises Refused where a needed column is missing."""
    need("sales", columns)
    refused: list[RefusedLine] = []
    models, people = known.Models(store), known.People(store)
    lines = []
    seen: dict[str, int] = {}
    today = store.today().isoformat()
    right = queries.corrected(store)
    for record, values in values_of(table, columns, parsers(table.shift), refused, progress):
        number = values.get("vin", "")
        told = {**NEW, **values, "vin": right.get(number, number)}
        try:
            lines.append((record.line, Values(_sale(record.line, told, models, people, seen, today))))
        except Wrong as wrong:
            refused.append(refusal(record, wrong, columns))
    count = len(lines)
    new = _not_there(store, lines, people, right)
    refused.sort(key=lambda one: one.line)
    used = models.used(entered.values["model_id"] for entered in new)
    blank = len(table.body) - count - len(refused)
    remarks = people.remarks(_("line {line}: consultant '{name}' is not known here"))
    return Plan(table, columns, new, (), count - len(new), refused, blank, remarks, used, {}, {},
                queries.last_action(store), False)  # fmt: skip


def _sale(
    line: int,
    sale: dict[str, Any],
    models: known.Models,
    people: known.People,
    seen: dict[str, int],
    today: str,
) -> dict[str, Any]:
    """One sale. Raises Wrong."""
    if not sale["day"]:
        raise Wrong(_("the day of the hand-over is missing"))
    if sale["day"] > today:
        raise Wrong(_("the hand-over {day} lies in the future").format(day=sale["day"]))
    if sale["vin"]:
        trouble = rules.vin_trouble(sale["vin"])
        if trouble and trouble.kind != "digit":
            raise Wrong(trouble.sentence)
        first = seen.setdefault(sale["vin"], line)
        if first != line:
            raise Wrong(_("{vin} stands in line {line} already").format(vin=sale["vin"], line=first))
    sale["model_id"] = models.key(sale["model"], sale["model_name"])
    people.ident(sale["advisor"], line)
    sale["advisor"] = people.number(sale["advisor"])
    return sale


def _not_there(
    store: Store, lines: list[tuple[int, Values]], people: known.People, right: Mapping[str, str]
) -> list[Entered]:
    """The sales that are not there yet: by VIN whatever the day, where both have one; else counted as they look."""
    if not lines:
        return []
    days = [sale["day"] for _line, sale in lines]
    rows = queries.sales_between(store, min(days), max(days))
    numbers = {sale["vin"] for _line, sale in lines}
    there = {right.get(number, number) for number in queries.sold_vins(store)} if numbers - {""} else set()
    bare = Counter(_look(*row[1:], people=people) for row in rows if not row[0])
    named = Counter(
        _look(*row[1:], people=people) for row in rows if row[0] and right.get(row[0], row[0]) not in numbers
    )
    new = []
    for line, sale in consumed(lines):
        if sale["vin"] in there:
            continue
        look = _look(*(sale[name] for name in LOOK), people=people)
        pool = bare if sale["vin"] or not named[look] else named
        if pool[look]:
            pool[look] -= 1
        else:
            new.append(Entered(line, sale))
    return new


def _look(
    day: str, model: Any, trim: str, colour: str, advisor: str, age_days: int | None, *, people: known.People
) -> tuple[Any, ...]:
    """What a sale looks like, whoever wrote it down."""
    return day, model, trim, colour, people.number(advisor).casefold(), age_days
