"""Files in and out on the command line: a dealer system's cars, orders and sales, and every list to CSV or XLSX."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from floorlead.commands.common import format_option, sure_option
from floorlead.commands.pin import allow, pin_option
from floorlead.commands.work import WrongUse, open_for, open_sure, say_done
from floorlead.entry import Options
from floorlead.outputs import Output
from floorlead.phones import safe
from floorlead.store import aftermath
from floorlead.words import _

if TYPE_CHECKING:
    from floorlead.exchange.records import Plan, Table

_HELP = {
    "customers": (
        "Customers from CSV or XLSX. 客户清单",
        "Read prospects in; one is known by number or phone. 导入意向客户, 按编号或手机号认人。",
    ),
    "visits": ("Visits from CSV or XLSX. 来店来电记录", "Read visits and calls of past days in. 导入来店来电记录。"),
    "cars": ("Cars from CSV or XLSX. 车辆清单", "Read cars in from a dealer system's list. 从 DMS 的车辆清单导入。"),
    "orders": (
        "Orders from CSV or XLSX. 订单清单",
        "Read orders in; one with a VIN takes that car. 导入订单, 有车架号的即配车。",
    ),
    "sales": (
        "Sales from CSV or XLSX. 销售历史",
        "Read past sales in, for the order advice. 导入销售历史, 供订车建议用。",
    ),
}
NO_FIELD = "E174"
_MORE = """

    All or nothing: one refused line and nothing is entered, unless --partial. A backup is made first.
    有一行不合格就全部不导入, 除非加 --partial; 导入前先备份。

    JSON: `kind`, `file`, `lines` (below the heading), `new`, `changed`, `same`, `refused[]` (`line`, `reason`, `text`),
    `blank`, `remarks[]`, `entered`, `warnings[]`.
    """


def _reader(kind: str) -> click.Command:
    short, told = _HELP[kind]

    @click.command(kind, short_help=short, help=told + _MORE)
    @click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
    @click.option("--dry-run", is_flag=True, help="Only tell what would happen. 只预览")
    @click.option("--partial", is_flag=True, help="Enter the good lines, leave the refused ones. 只导入合格的行")
    @click.option(
        "--map", "maps", multiple=True, metavar="FIELD=HEADING", help="Which column is what, kept for next time. 指定列"
    )
    @sure_option
    @format_option("text", "json")
    @click.pass_obj
    def command(
        options: Options, file: Path, dry_run: bool, partial: bool, maps: tuple[str, ...], sure: bool, form: str
    ) -> None:
        _read_in(options, kind, file, dry_run, partial, maps, sure, form)

    return command


def _read_in(
    options: Options, kind: str, file: Path, dry_run: bool, partial: bool, maps: tuple[str, ...], sure: bool, form: str
) -> None:
    from floorlead.exchange import files, moves
    from floorlead.store.backup import copy

    path, data = files.fetch(str(file))
    store = open_sure(options, sure, reading=dry_run and options.path.exists(), create=True)
    table = files.read(data, path.name, kind)
    plan = moves.plan(store, table, _columns(table, maps) if maps else None)
    enters = not dry_run and (partial or not plan.refused)
    if enters and plan.does_something:
        if store.one("SELECT 1 FROM actions LIMIT 1"):
            copy(store.path, store.clock, "import")
        moves.carry_out(store, plan, partial=partial)
    told = _as_told(plan, str(path), enters)
    say_done(told, _lines(plan, dry_run, partial), form)
    sys.exit(1 if plan.refused and not (dry_run or partial) else 0)


def _columns(table: Table, maps: tuple[str, ...]) -> dict[str, int]:
    """The columns named by hand. Raises WrongUse where an option names no field, Refused where the file lacks the heading."""
    from floorlead.exchange.headings import given_by_hand
    from floorlead.store import Refused

    try:
        return given_by_hand(table, maps)
    except Refused as refused:
        if refused.code == NO_FIELD:
            raise WrongUse(refused.sentence) from refused
        raise


def _as_told(plan: Plan, path: str, entered: bool) -> dict[str, Any]:
    return {
        "kind": plan.table.kind, "file": path, "lines": plan.lines, "new": len(plan.new), "changed": len(plan.changed),
        "same": plan.same, "refused": [{"line": r.line, "reason": r.reason, "text": r.text} for r in plan.refused],
        "blank": plan.blank, "remarks": [safe(one) for one in plan.remarks], "entered": entered,
    }  # fmt: skip


def _lines(plan: Plan, dry_run: bool, partial: bool) -> str:
    from floorlead.exchange.headings import unused
    from floorlead.exchange.told import counted

    told = [counted(plan)]
    told += [
        _("line {line}: {reason}   {text}").format(line=r.line, reason=r.reason, text=r.text) for r in plan.refused
    ]
    told += list(plan.remarks)
    left = unused(plan.table, plan.columns)
    if left:
        told.append(_("Columns that are not used: {names}").format(names=", ".join(left)))
    if dry_run:
        told.append(_("Only looked at; nothing was entered"))
    elif plan.refused and not partial:
        told.append(_("Nothing was entered; mend these lines, or enter the others with --partial"))
    return "\n".join(map(safe, told)) + "\n"


READERS = tuple(_reader(kind) for kind in _HELP)
"""The subcommands of `import` besides people."""


@click.command(short_help="A list to CSV or XLSX. 导出清单")
@click.argument("name", metavar="NAME")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--phones", is_flag=True, help="Whole phone numbers; it is noted who took them. 手机号不打码, 留痕")
@pin_option
@format_option("text", "json")
@click.pass_obj
def export(options: Options, name: str, file: Path, phones: bool, pin_stdin: bool, form: str) -> None:
    """Write a list to FILE (.csv or .xlsx): cars, ageing, deliveries, orders, customers, visits, sales, advice, stocktake,
    people, showroom, tasks, calendar, history. Phones are masked. 导出清单, 手机号打码。

    JSON: `list`, `file`, `rows`, `warnings[]`.
    """
    from floorlead.exchange.lists import LISTS
    from floorlead.exchange.writing import write_list
    from floorlead.tables.writing import form_trouble

    if name not in LISTS:
        raise WrongUse(_("There is no list '{name}'; there are: {names}").format(name=name, names=", ".join(LISTS)))
    if wrong := form_trouble(file):
        raise WrongUse(wrong)
    file = _expanded(file)
    Output(file, options.path).check()
    store = open_for(options, reading=not phones)
    if phones:
        allow(store, "export", pin_stdin)
    count = write_list(store, name, file, phones=phones)
    told = _("{file}: {count} rows").format(file=file, count=count)
    aftermath.did(lambda: told)
    say_done({"list": name, "file": str(file), "rows": count}, told + "\n", form)


def _expanded(file: Path) -> Path:
    """The path with `~` read as the shell reads it. Raises Refused."""
    from floorlead.store import Refused

    try:
        return file.expanduser()
    except RuntimeError as error:
        raise Refused("E180", _("{path} is no place for a file").format(path=file)) from error
